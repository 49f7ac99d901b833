import {type ModuleDeclaration, type Program, parse, parseExpressionAt, type Statement, tokenizer} from "acorn";

/** What is wrong with code, and where: lines and columns count from 1; null where the place is not known. */
export interface CodeProblem {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Code made ready to run, or what keeps it from running. */
export type CellCode =
  | {readonly ok: true; readonly source: string; readonly firstLine: number}
  | {readonly ok: false; readonly problem: CodeProblem};

const options = {ecmaVersion: 2022, sourceType: "module", locations: true} as const;

/**
 * Turns a cell’s code into the source of a function that takes `names` as its parameters and gives a promise of the
 * cell’s value: of the whole cell when it is one expression, otherwise of its last statement when that is an expression
 * (as in a notebook). The cell may declare any name, those of its parameters too, and may use `await`.
 *
 * `firstLine` is the line of the source where the cell’s first line stands, counted from 1. An `import` or `export`
 * is a problem, since everything that can be used is there already.
 */
export function cellCode(code: string, names: readonly string[]): CellCode {
  let body: string;
  try {
    body = withReturn(code);
  } catch (error) {
    return {ok: false, problem: problemOf(error)};
  }
  // The inner function lets a cell declare a name that is a parameter of the outer one.
  return {
    ok: true,
    source: `(async function (${names.join(", ")}) { "use strict"; return (async () => {\n${body}\n})(); })`,
    firstLine: 2
  };
}

/** What keeps code from running, or null. For checks while somebody types. */
export function codeProblem(code: string): CodeProblem | null {
  const result = cellCode(code, []);
  return result.ok ? null : result.problem;
}

function withReturn(code: string): string {
  if (isExpression(code)) return `return (${code}\n);`;
  const program: Program = parse(code, {...options, allowAwaitOutsideFunction: true});
  for (const statement of program.body) refuseModule(statement);
  const last = program.body.at(-1);
  if (last?.type !== "ExpressionStatement") return code;
  return `${code.slice(0, last.start)}return ${code.slice(last.start)}`;
}

/** Whether the code is one expression and nothing else: `{a: 1}` is an object then, and not a block. */
function isExpression(code: string): boolean {
  try {
    const node = parseExpressionAt(code, 0, {...options, allowAwaitOutsideFunction: true});
    const named = node.type === "ClassExpression" || node.type === "FunctionExpression";
    if (named && (node as {id?: unknown}).id) return false;
    let end = node.end;
    // Parentheses around the whole are not part of its node.
    while (/^\s*\)/.test(code.slice(end))) end += code.slice(end).indexOf(")") + 1;
    return tokenizer(code.slice(end), options).getToken().type.label === "eof";
  } catch {
    return false;
  }
}

function refuseModule(statement: Statement | ModuleDeclaration): void {
  const refuse = (message: string) => {
    throw Object.assign(new SyntaxError(message), {loc: statement.loc?.start});
  };
  if (statement.type === "ImportDeclaration") {
    refuse(
      "Nothing can be imported here, and nothing needs to be: aq, Plot, the data and the analysis functions are there."
    );
  }
  if (statement.type.startsWith("Export")) refuse("A cell exports nothing: end with the value that is to be shown.");
}

function problemOf(error: unknown): CodeProblem {
  const {message, loc} = error as {message: string; loc?: {line: number; column: number}};
  return {
    // acorn puts the place at the end of its message.
    message: message.replace(/ \(\d+:\d+\)$/, ""),
    line: loc?.line ?? null,
    column: loc === undefined ? null : loc.column + 1
  };
}
