import {
  type ImportDeclaration,
  type ModuleDeclaration,
  type Program,
  parse,
  parseExpressionAt,
  type Statement,
  type TokenType,
  tokenizer,
  tokTypes
} from "acorn";
import {limits} from "./limits.js";
import type {Companions} from "./page-cells.js";
import {declaredNames, freeNames} from "./references.js";

/** What is wrong with code, and where: lines and columns count from 1; null where the place is not known. */
export interface CodeProblem {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Code made ready to run, or what keeps it from running. */
export type CellCode =
  | {readonly ok: true; readonly source: string; readonly firstLine: number; readonly others: readonly OtherCell[]}
  | {readonly ok: false; readonly problem: CodeProblem};

/** Where another cell of the page stands in the source: its first line and the line after its last, from 1. */
export interface OtherCell {
  readonly from: number;
  readonly to: number;
  /** The first line of its own code that is not empty. */
  readonly begins: string;
}

/** What a cell’s code is about, for those that run it together with others. */
export interface CellNames {
  readonly code: string;
  readonly declares: readonly string[];
  readonly needs: ReadonlySet<string>;
  /** Whether it is one expression and nothing else. */
  readonly expression: boolean;
  /** Whether it shows something on its page: it is an expression, or calls `display`. */
  readonly shows: boolean;
}

const options = {ecmaVersion: 2022, sourceType: "module", locations: true, allowAwaitOutsideFunction: true} as const;

/** The names under which code that was put together finds what the worker does for it. */
export const helper = "$run";

/** What the worker does for code that was put together. */
export interface Helper {
  /** Takes a value and shows nothing: what a cell before the edited one displays stays unseen. */
  readonly hide: (value: unknown) => unknown;
  /** Shows a value as one of the edited cell. */
  readonly show: (value: unknown) => unknown;
  /** Shows a value as one of a cell after it. */
  readonly showAfter: (value: unknown) => unknown;
  /** Shows the values of a cell that declares names and shows nothing by itself. */
  readonly showDeclared: (values: Readonly<Record<string, unknown>>) => void;
  /** What a module of the site exports. */
  readonly imported: (path: string) => unknown;
}

/**
 * Turns a cell’s code into the source of a function that takes `names` as its parameters and gives a promise of the
 * cell’s value: of the whole cell when it is one expression, otherwise of its last statement when that is an expression
 * (as in a notebook). The cell may declare any name, those of its parameters too, and may use `await`.
 *
 * With `companions`, other cells of a page run before it and after it, unseen and seen. Then, and for imports of the
 * site’s own modules (`"./statistics/wilson.js"`), one of the names must be that of the {@link Helper}.
 *
 * `firstLine` is the line of the source where the cell’s first line stands, counted from 1. Any other `import`, and
 * `export`, is a problem, since everything that can be used is there already.
 */
export function cellCode(
  code: string,
  names: readonly string[],
  {before, after}: Companions = {before: [], after: []}
): CellCode {
  const deep = [code, ...before, ...after].map(tooDeep).find((problem) => problem !== null);
  if (deep) return {ok: false, problem: deep};
  const lines: string[] = [];
  const others: OtherCell[] = [];
  const put = (text: string) => lines.push(...text.split("\n"));
  const putOther = (text: string, body: string) => {
    const from = lines.length + 1;
    put(body);
    others.push({from, to: lines.length + 1, begins: text.trim().split("\n", 1)[0] ?? ""});
  };
  let firstLine: number;
  try {
    // Function in function, so that a cell may declare a name that is a parameter, or stands in the cells before it.
    if (names.includes(helper)) {
      put(`(async function (${names.join(", ")}) { "use strict"; return ((display) => (async () => {`);
      for (const text of before) putOther(text, `${withoutImports(text, parse(text, options))}\n;`);
      put("return ((display) => (async () => {");
    } else {
      put(`(async function (${names.join(", ")}) { "use strict"; return (async () => {`);
    }
    firstLine = lines.length + 1;
    const value = after.length > 0 ? "show" : "return";
    put(withValue(code, value, names.includes(helper)));
    if (after.length > 0) {
      put("await ((display) => (async () => {");
      for (const text of after) {
        // On the cell’s own line begins its text, so that lines can be told.
        if (isExpression(text)) putOther(text, `display(await (${text}\n));`);
        else putOther(text, `${withoutImports(text, parse(text, options))}\n;`);
      }
      put(`})())(${helper}.showAfter);`);
    }
    put(names.includes(helper) ? `})())(${helper}.show); })())(${helper}.hide); })` : "})(); })");
  } catch (error) {
    return {ok: false, problem: problemOf(error)};
  }
  return {ok: true, source: lines.join("\n"), firstLine, others};
}

/** What keeps code from running, or null. For checks while somebody types. */
export function codeProblem(code: string): CodeProblem | null {
  const result = cellCode(code, []);
  return result.ok ? null : result.problem;
}

/** What a cell declares and needs; null where it does not parse. */
export function readCell(code: string): CellNames | null {
  if (tooDeep(code)) return null;
  try {
    const expression = isExpression(code);
    const program = parse(expression ? `(${code}\n)` : code, options);
    const needs = freeNames(program);
    return {code, declares: declaredNames(program), needs, expression, shows: expression || needs.has("display")};
  } catch {
    return null;
  }
}

/** What acorn knows of a token and does not say in its types. */
interface Token {
  readonly type: TokenType & {
    readonly beforeExpr?: boolean;
    readonly startsExpr?: boolean;
    readonly isAssign?: boolean;
    readonly prefix?: boolean;
  };
  readonly value?: unknown;
  readonly loc: {
    readonly start: {readonly line: number; readonly column: number};
    readonly end: {readonly line: number};
  };
}

const opening = new Set<TokenType>([tokTypes.parenL, tokTypes.bracketL, tokTypes.braceL, tokTypes.dollarBraceL]);
const closing = new Set<TokenType>([tokTypes.parenR, tokTypes.bracketR, tokTypes.braceR]);
const {arrow, question, colon, starstar, plusMin, semi, comma, _new, _if, _else, _for, _while, _do, _with} = tokTypes;
/** Tokens after which a part of the same statement begins that stands a level deeper. */
const deepening = new Set<TokenType>([arrow, question, colon, starstar, _new, _if, _else, _for, _while, _do, _with]);

/**
 * What is wrong with code that is nested deeper than limits.ts allows. Tokens are read one after the other, which no
 * depth can harm, while a parser that runs out of stack may take the page with it.
 */
export function tooDeep(code: string): CodeProblem | null {
  // How many levels each open bracket holds, outside of those within it.
  const levels = [0];
  let [depth, line, operand] = [0, 1, false];
  const add = (change: number) => {
    levels.push((levels.pop() ?? 0) + change);
    depth += change;
  };
  try {
    for (const {type, value, loc} of tokenizer(code, options) as unknown as Iterable<Token>) {
      // After what may end a statement, a new line may begin one.
      const starts = operand && loc.start.line > line;
      if (type === semi || type === comma || (starts && (type.startsExpr || type.keyword))) add(-(levels.at(-1) ?? 0));
      if (opening.has(type)) levels.push(0);
      else if (closing.has(type) && levels.length > 1) depth -= levels.pop() ?? 0;
      else if (deepening.has(type) || type.isAssign || value === "await") add(1);
      else if (type.prefix && (type !== plusMin || !operand)) add(1);
      if (depth + levels.length > limits.nesting) {
        const message = `The code is nested more than ${limits.nesting} levels deep.`;
        return {message, line: loc.start.line, column: loc.start.column + 1};
      }
      // What stands in parentheses may be a condition, and its statement follows.
      [operand, line] = [!type.beforeExpr && type !== tokTypes.parenR && value !== "await", loc.end.line];
    }
  } catch {
    // What is no token is for the parser to say.
  }
  return null;
}

/** The code with its value returned, or shown where other code follows. */
function withValue(code: string, way: "return" | "show", mayShow: boolean): string {
  if (isExpression(code)) return way === "return" ? `return (${code}\n);` : `${helper}.show(await (${code}\n));`;
  const program = parse(code, options);
  const body = withoutImports(code, program);
  const last = program.body.at(-1);
  if (last?.type === "ExpressionStatement") {
    // What is displayed already is not shown a second time.
    const {expression} = last;
    const displays =
      expression.type === "CallExpression" &&
      expression.callee.type === "Identifier" &&
      expression.callee.name === "display";
    if (displays) return body;
    // Imports, which stand before it, have become longer or shorter.
    const shift = body.length - code.length;
    const [start, end] = [last.start + shift, last.end + shift];
    const text = body.slice(start, end).replace(/;$/, "");
    const shown = way === "return" ? `return (${text}\n)` : `${helper}.show(await (${text}\n))`;
    return `${body.slice(0, start)}${shown}${body.slice(end)}`;
  }
  const names = declaredNames(program);
  if (way === "show" || !mayShow || names.length === 0 || freeNames(program).has("display")) return body;
  return `${body}\n;${helper}.showDeclared({${names.join(", ")}});`;
}

/** Whether the code is one expression and nothing else: `{a: 1}` is an object then, and not a block. */
function isExpression(code: string): boolean {
  try {
    const node = parseExpressionAt(code, 0, options);
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

/**
 * The code with imports of the site’s own modules made into declarations, as long as they were, so that every other
 * character stays where it is. Other imports, and exports, are refused.
 */
function withoutImports(code: string, program: Program): string {
  let [text, at] = ["", 0];
  for (const statement of program.body) {
    refuseModule(statement);
    if (statement.type !== "ImportDeclaration") continue;
    const {start, end} = statement;
    const lines = code.slice(start, end).split("\n").length - 1;
    text += `${code.slice(at, start)}${declaration(statement)}${"\n".repeat(lines)}`;
    at = end;
  }
  return text + code.slice(at);
}

function declaration({source, specifiers}: ImportDeclaration): string {
  const from = `${helper}.imported(${JSON.stringify(source.value)})`;
  const named = specifiers.flatMap((s) =>
    s.type === "ImportSpecifier"
      ? [`${s.imported.type === "Identifier" ? s.imported.name : JSON.stringify(s.imported.value)}: ${s.local.name}`]
      : []
  );
  const whole = specifiers.find((s) => s.type === "ImportNamespaceSpecifier");
  return whole ? `const ${whole.local.name} = ${from};` : `const {${named.join(", ")}} = ${from};`;
}

function refuseModule(statement: Statement | ModuleDeclaration): void {
  const refuse = (message: string) => {
    throw Object.assign(new SyntaxError(message), {loc: statement.loc?.start});
  };
  if (statement.type === "ImportDeclaration" && !/^\.\.?\//.test(String(statement.source.value))) {
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
