import {type Program, parse, type TokenType, tokenizer, tokTypes} from "acorn";
import {limits} from "./limits.js";
import {declaredNames, freeNames} from "./references.js";

/** What is wrong with code, and where: lines and columns count from 1; null where the place is not known. */
export interface CodeProblem {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** What a cell’s code is about. */
export interface CellNames {
  readonly code: string;
  readonly declares: readonly string[];
  readonly needs: ReadonlySet<string>;
  /** Whether it is one expression and nothing else: `{a: 1}` is an object then, and not a block. */
  readonly expression: boolean;
  /** Whether it shows something on its page: it is an expression, or calls `display`. */
  readonly shows: boolean;
}

/** Code made ready to run, or what keeps it from running. */
export type CellCode =
  | (CellNames & {readonly ok: true; readonly source: string})
  | {readonly ok: false; readonly problem: CodeProblem};

const options = {ecmaVersion: 2022, sourceType: "module", locations: true, allowAwaitOutsideFunction: true} as const;

/** The name under which a cell finds its {@link Helper}. */
export const helper = "$run";

/** What a cell asks of whoever runs it. */
export interface Helper {
  /** Takes the cell’s own value. */
  readonly value: (value: unknown) => void;
  /** What a module of the site exports. */
  readonly imported: (path: string) => unknown;
}

/**
 * Turns a cell’s code into the source of an async function of an object that has `names`, that of the {@link Helper}
 * among them; it gives an object of what the cell declares. The cell’s value is the whole cell when it is one
 * expression, otherwise its last statement when that is one, as in a notebook. It may declare any name, one of `names`
 * too, and may use `await`. Its first line is the second of the source. Imports but of the site’s own modules, and
 * exports, are refused.
 */
export function cellCode(code: string, names: readonly string[]): CellCode {
  try {
    const {program, ...cell} = parseCell(code);
    const [before, text] = withValue(code, program, cell.expression);
    const given = names.filter((name) => !cell.declares.includes(name)).join(", ");
    const source = `"use strict"; (async function ({${given}}) {${before}\n${text}\n;return {${cell.declares.join(", ")}}; })`;
    return {ok: true, source, ...cell};
  } catch (error) {
    const {message, loc} = error as {message: string; loc?: {line: number; column: number}};
    // acorn puts the place at the end of its message.
    const problem = {message: message.replace(/ \(\d+:\d+\)$/, ""), line: loc?.line ?? null};
    return {ok: false, problem: {...problem, column: loc ? loc.column + 1 : null}};
  }
}

/** What keeps code from running, or null. For checks while somebody types. */
export function codeProblem(code: string): CodeProblem | null {
  const result = cellCode(code, []);
  return result.ok ? null : result.problem;
}

/** What a cell declares and needs; null where it does not parse. */
export function readCell(code: string): CellNames | null {
  try {
    return parseCell(code);
  } catch {
    return null;
  }
}

/** What a cell is about, and its syntax tree. Throws a SyntaxError with its place. */
function parseCell(code: string): CellNames & {readonly program: Program} {
  const deep = tooDeep(code);
  if (deep) throw syntaxError(deep.message, {line: deep.line ?? 1, column: (deep.column ?? 1) - 1});
  const whole = parseExpression(code);
  const program = whole ?? parse(code, options);
  const [expression, needs] = [whole !== null, freeNames(program)];
  const shows = expression || needs.has("display");
  return {code, declares: declaredNames(program), needs, expression, shows, program};
}

/** The syntax tree of a cell that is one expression, put in parentheses; null for others. */
function parseExpression(code: string): Program | null {
  try {
    const program = parse(`(${code}\n)`, options);
    const [statement, ...others] = program.body;
    if (statement?.type !== "ExpressionStatement" || others.length > 0) return null;
    const {start, type} = statement.expression;
    const isNamed = (type === "ClassExpression" || type === "FunctionExpression") && statement.expression.id;
    // What begins with the parenthesis that was put before it is no whole: `a) + (b`.
    return start > 0 && !isNamed ? program : null;
  } catch {
    return null;
  }
}

function syntaxError(message: string, loc?: {line: number; column: number}): SyntaxError {
  return Object.assign(new SyntaxError(message), {loc});
}

/** What acorn knows of a kind of token and does not say in its types. */
type Kind = TokenType & {readonly [fact in "beforeExpr" | "startsExpr" | "isAssign" | "prefix"]?: boolean};

const opening = new Set<TokenType>([tokTypes.parenL, tokTypes.bracketL, tokTypes.braceL, tokTypes.dollarBraceL]);
const closing = new Set<TokenType>([tokTypes.parenR, tokTypes.bracketR, tokTypes.braceR]);
const {arrow, question, colon, starstar, plusMin, semi, comma, _new, _if, _else, _for, _while, _do, _with} = tokTypes;
/** Tokens after which a part of the same statement begins that stands a level deeper. */
const deepening = new Set<TokenType>([arrow, question, colon, starstar, _new, _if, _else, _for, _while, _do, _with]);

/**
 * What is wrong with code that is nested deeper than limits.ts allows. Tokens are read one after the other, which no
 * depth can harm; a parser that runs out of stack may take the page with it.
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
    for (const token of tokenizer(code, options)) {
      const [type, isAwait] = [token.type as Kind, "value" in token && token.value === "await"];
      const {start, end} = token.loc ?? {start: {line, column: 0}, end: {line}};
      // After what may end a statement, a new line may begin one.
      const starts = operand && start.line > line;
      if (type === semi || type === comma || (starts && (type.startsExpr || type.keyword))) add(-(levels.at(-1) ?? 0));
      if (opening.has(type)) levels.push(0);
      else if (closing.has(type) && levels.length > 1) depth -= levels.pop() ?? 0;
      else if (deepening.has(type) || type.isAssign || isAwait) add(1);
      else if (type.prefix && (type !== plusMin || !operand)) add(1);
      if (depth + levels.length > limits.nesting) {
        const message = `The code is nested more than ${limits.nesting} levels deep.`;
        return {message, line: start.line, column: start.column + 1};
      }
      // What stands in parentheses may be a condition, and its statement follows.
      [operand, line] = [!type.beforeExpr && type !== tokTypes.parenR && !isAwait, end.line];
    }
  } catch {
    // What is no token is for the parser to say.
  }
  return null;
}

/**
 * The code such that its value is handed over: what goes to the end of the line before it, and itself. Only ends of
 * lines get anything put to them, so that places stay right.
 */
function withValue(code: string, program: Program, expression: boolean): [before: string, text: string] {
  const open = `;${helper}.value(await (`;
  if (expression) return [open, `${code}\n));`];
  const last = program.body.at(-1);
  const {callee} = (last?.type === "ExpressionStatement" ? last.expression : {}) as {callee?: {name?: string}};
  // What is displayed already is not shown a second time.
  if (last?.type !== "ExpressionStatement" || callee?.name === "display") return ["", statements(code, program)];
  const from = program.body.at(-2)?.end ?? 0;
  const text = `${code.slice(from, last.end).replace(/;$/, "")}\n))${code.slice(last.end)}`;
  return from === 0 ? [open, text] : ["", statements(code.slice(0, from), program) + open + text];
}

/**
 * The code with imports of the site’s own modules made into declarations that take as many lines. Others are refused.
 */
function statements(code: string, {body}: Program): string {
  let [text, at] = ["", 0];
  for (const statement of body) {
    const place = statement.loc?.start;
    if (statement.type.startsWith("Export")) {
      throw syntaxError("A cell exports nothing: end with the value that is to be shown.", place);
    }
    if (statement.type !== "ImportDeclaration") continue;
    const {start, end, source, specifiers} = statement;
    if (!/^\.\.?\//.test(String(source.value))) {
      const there = "aq, Plot, the data and the analysis functions are there";
      throw syntaxError(`Nothing can be imported here, and nothing needs to be: ${there}.`, place);
    }
    const named = specifiers.flatMap((s) => {
      if (s.type !== "ImportSpecifier") return [];
      return `${s.imported.type === "Identifier" ? s.imported.name : JSON.stringify(s.imported.value)}: ${s.local.name}`;
    });
    const whole = specifiers.find((s) => s.type === "ImportNamespaceSpecifier")?.local.name;
    const lines = code.slice(start, end).split("\n").length - 1;
    const declared = `const ${whole ?? `{${named.join(", ")}}`} = ${helper}.imported(${JSON.stringify(source.value)});`;
    text += `${code.slice(at, start)}${declared}${"\n".repeat(lines)}`;
    at = end;
  }
  return text + code.slice(at);
}
