import jsep from "jsep";
import {alpha} from "../../src/statistics/alpha.js";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {ordinalAssociation} from "../../src/statistics/ordinal.js";
import {type PrintedNumber, TOTAL} from "../../src/tables/crosstab.js";
import {roundPercent} from "../../src/tables/rounding.js";
import type {TableId} from "../../src/tables/table-id.js";

/** What an expression may ask: the printed numbers, the respondents, the codebook and the catalogue. */
export interface Evidence {
  readonly printed: readonly PrintedNumber[];
  /** By survey, for each variable one code a respondent, null where there is no answer. */
  readonly respondents: ReadonlyMap<string, Readonly<Record<string, readonly (string | null)[]>>>;
  /** The survey that is asked where an expression names none. */
  readonly survey: string;
  /** By variable, its codes in the codebook's order with their English labels. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly tables: readonly EvidenceTable[];
  /** By table, the variables whose questions its title puts, with their English labels. */
  readonly asks?: ReadonlyMap<TableId, ReadonlyMap<string, string>>;
  /** The numbers that the prose gives in figures, by claim: a percent as a share. */
  readonly said: ReadonlyMap<string, {readonly unit: "percent" | "count"; readonly value: number}>;
}

/** A table of the catalogue, as an expression can refer to it. */
export interface EvidenceTable {
  readonly table: TableId;
  readonly kind: "crosstab" | "comparison" | "frequency" | "regression" | "chart";
  readonly survey: readonly string[];
  readonly row: string;
  readonly column: string | null;
}

/** A fraction of whole numbers in lowest terms, the denominator above 0. */
export interface Ratio {
  readonly n: number;
  readonly d: number;
}

/** A number that an expression gives. A share is 0 to 1, whether it was counted or printed as a percent. */
export interface NumberValue {
  readonly type: "number";
  readonly value: number;
  /** The same as a fraction, where it came of whole numbers alone and is exact. */
  readonly ratio: Ratio | null;
  readonly unit: "share" | "count" | "number";
  /** For a sum of shares: the sum, in percent points, of the parts each rounded half up to whole percents. */
  readonly roundedParts: {readonly percents: readonly number[]; readonly sum: number} | null;
}

/** What an expression gives: a number, or whether something holds. */
export type Value = NumberValue | {readonly type: "boolean"; readonly value: boolean};

/** One question put to the respondents: the variables it crosses, and for each the codes that it is narrowed to. */
export interface Use {
  readonly survey: string;
  /** Null where the variable is not narrowed to codes. */
  readonly variables: ReadonlyMap<string, readonly string[] | null>;
  /** Where in the expression, from 1. */
  readonly at: number;
}

/** An expression's value and how it came about. */
export interface Evaluation {
  readonly value: Value;
  /** The value for a reader: a number in figures, or the figures that were compared, as they in fact stand. */
  readonly text: string;
  readonly uses: readonly Use[];
  /** The tables of which printed cells were read. */
  readonly tables: readonly TableId[];
  /** The variables whose categories were counted. */
  readonly counted: readonly string[];
  /** Whether nothing was asked but the prose: the numbers in the expression itself and those of other claims. */
  readonly literal: boolean;
  /** Whether other numbers of the prose, or what a table is and not what it holds, had a part. */
  readonly leansOnText: boolean;
}

/**
 * An expression that cannot be read or has no value; says where, in characters from 1. The place of something longer is
 * that of its first word.
 */
export class ExpressionError extends Error {
  readonly expression: string;
  readonly position: number;
  readonly problem: string;

  constructor(expression: string, position: number, problem: string) {
    super(`“${expression}”, character ${position}: ${problem}`);
    this.name = "ExpressionError";
    this.expression = expression;
    this.position = position;
    this.problem = problem;
  }
}

type Node = {readonly at: number} & (
  | {readonly kind: "number"; readonly raw: string}
  | {readonly kind: "name"; readonly name: string}
  | {readonly kind: "list"; readonly items: readonly Node[]}
  | {readonly kind: "call"; readonly name: string; readonly args: readonly Node[]}
  | {readonly kind: "unary"; readonly operator: "-" | "!"; readonly operand: Node}
  | {readonly kind: "binary"; readonly operator: Operator; readonly left: Node; readonly right: Node}
);

const operators = ["+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "&&", "||"] as const;
type Operator = (typeof operators)[number];

/**
 * Evaluates an expression over what was printed and the respondents. Names stand for variables, categories and
 * measures; a code that is no name is quoted (`'20_50'`). The functions:
 *
 * - `printed(table, [row, [column,]] measure)`: a printed number; percents are shares. Of several total lines `total`
 *   is the first and `everybody` the last.
 * - `count(condition, …)`: how many respondents meet all conditions.
 * - `share(condition, condition, …)`: of the respondents who meet the later conditions and have answered the first
 *   one's question, the share that meets the first.
 * - `spread(variable, condition, …)`: the share of the most frequent answer less that of the least.
 * - `largest(variable, condition, …)`: the category that most are in.
 * - `highest(variable, condition, …)`, `lowest(…)`: the category in which `share(condition, …)` is highest or lowest.
 * - `falling(variable, condition, …)`: whether that share falls from each category to the next, in the codebook's order.
 * - `p(variable, variable, condition, …)`: P of Pearson's chi-square test; `significant(P)`: whether it is below 0.05.
 * - `gamma(variable, variable, condition, …)`: Goodman and Kruskal's gamma, categories in the codebook's order.
 * - `categories(variable)`, `codes(table, row)`: how many categories the codebook has, how many codes a table prints.
 * - `table(row, [column], [survey])`: the number of the table that shows this; `is_chart(table)`.
 * - `asks(table, variable)`: whether the title of a table puts the question of a variable.
 * - `parts(n, percent, …)`: the share of n that the percents together are, through the whole counts that print so.
 * - `said(claim)`: the number that another claim of the prose gives in figures; a percent is a share.
 * - `min`, `max`.
 *
 * A condition is `variable == code`, `variable != code`, either with a list `[code, …]`, or `answered(variable)`;
 * who has not answered meets none. `survey == 2008` asks another survey than the evidence's own.
 *
 * Throws an ExpressionError for anything else, and where there is nobody to take a share of.
 */
export function evaluate(expression: string, evidence: Evidence): Evaluation {
  const run = new Run(expression, evidence);
  const node = parse(expression);
  const {value, text} = attempt(() => run.evaluate(node), expression);
  if (value.type === "code") throw new ExpressionError(expression, 1, "a category is no value: compare it with one");
  const {uses, counted, literal, leansOnText} = run;
  return {value, text, uses, tables: [...new Set(run.tables)], counted, literal, leansOnText};
}

/** A RangeError (a statistic that is not defined here) as the expression's error. */
function attempt<T>(compute: () => T, expression: string): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError(expression, 1, error.message);
    throw error;
  }
}

/** Reads an expression into nodes that know their place. Throws an ExpressionError. */
function parse(expression: string): Node {
  let tree: jsep.Expression;
  try {
    tree = jsep(expression);
  } catch (error) {
    const {index = 0, description = String(error)} = error as {index?: number; description?: string};
    throw new ExpressionError(expression, index + 1, description);
  }
  // The parser does not say where a node stands; but its leaves, left to right, are the words of the text.
  const words = [...expression.matchAll(/'[^']*'|"[^"]*"|[A-Za-z_$][\w$]*|\d+(?:\.\d*)?|\.\d+/g)].map(
    (m) => m.index + 1
  );
  let next = 0;
  const refuse = (problem: string): never => {
    throw new ExpressionError(expression, words[next] ?? expression.length + 1, problem);
  };
  const read = (node: jsep.CoreExpression): Node => {
    const at = words[next] ?? expression.length + 1;
    switch (node.type) {
      case "Literal":
        next++;
        if (typeof node.value === "number") return {kind: "number", at, raw: node.raw};
        if (typeof node.value === "string") return {kind: "name", at, name: node.value};
        next--;
        return refuse(`“${node.raw}” is no number, name or quoted code`);
      case "Identifier":
        next++;
        return {kind: "name", at, name: node.name};
      case "ArrayExpression":
        return {
          kind: "list",
          at,
          items: node.elements.map((item) => (item ? read(item as jsep.CoreExpression) : refuse("a gap in a list")))
        };
      case "CallExpression": {
        const callee = node.callee as jsep.CoreExpression;
        if (callee.type !== "Identifier") return refuse("only a function’s name can stand before “(”");
        next++;
        return {
          kind: "call",
          at,
          name: callee.name,
          args: node.arguments.map((arg) => read(arg as jsep.CoreExpression))
        };
      }
      case "UnaryExpression": {
        const operator = node.operator;
        if (operator !== "-" && operator !== "!") return refuse(`no operator “${operator}”`);
        return {kind: "unary", at, operator, operand: read(node.argument as jsep.CoreExpression)};
      }
      case "BinaryExpression": {
        const operator = operators.find((o) => o === node.operator);
        if (!operator) return refuse(`no operator “${node.operator}”`);
        const left = read(node.left as jsep.CoreExpression);
        return {kind: "binary", at, operator, left, right: read(node.right as jsep.CoreExpression)};
      }
      case "Compound":
        return refuse(node.body.length === 0 ? "an empty expression" : "more than one expression");
      default:
        return refuse("numbers, names, lists, functions and operators only");
    }
  };
  return read(tree as jsep.CoreExpression);
}

interface CodeValue {
  readonly type: "code";
  readonly code: string;
}

/** A value on the way, with the figures that a reader should see for it. */
interface Shown {
  readonly value: Value | CodeValue;
  readonly text: string;
}

interface Condition {
  readonly variable: string;
  readonly codes: readonly string[];
  /** Whether the codes are those that do not meet the condition. */
  readonly negated: boolean;
}

/** A condition list resolved: who is asked, and on what. */
interface Population {
  readonly survey: string;
  readonly conditions: readonly Condition[];
}

class Run {
  readonly uses: Use[] = [];
  readonly tables: TableId[] = [];
  readonly counted: string[] = [];
  literal = true;
  leansOnText = false;

  constructor(
    readonly expression: string,
    readonly evidence: Evidence
  ) {}

  evaluate(node: Node): Shown {
    switch (node.kind) {
      case "number":
        return shown(fromRatio(literal(node.raw), "number"));
      case "name":
        return {value: {type: "code", code: node.name}, text: node.name};
      case "list":
        return this.refuse(node, "a list can only stand in a condition");
      case "call":
        return this.call(node);
      case "unary": {
        if (node.operator === "!") {
          const {holds, text} = this.truth(node.operand);
          return {value: {type: "boolean", value: !holds}, text};
        }
        const operand = this.number(node.operand);
        return shown(arithmetic("-", fromRatio({n: 0, d: 1}, "number"), operand));
      }
      case "binary":
        return this.binary(node);
    }
  }

  private binary(node: Node & {kind: "binary"}): Shown {
    const {operator} = node;
    if (operator === "&&" || operator === "||") {
      const [left, right] = [this.truth(node.left), this.truth(node.right)];
      const value = operator === "&&" ? left.holds && right.holds : left.holds || right.holds;
      return {value: {type: "boolean", value}, text: `${left.text}; ${right.text}`};
    }
    if (operator === "==" || operator === "!=") {
      const left = this.evaluate(node.left);
      if (left.value.type === "code") {
        if (node.left.kind !== "call") return this.refuse(node, "only largest, highest and lowest give a category");
        const codes = this.codesOf(this.variable(at(node.left.args, 0)));
        const code = this.name(node.right);
        if (!codes.has(code)) return this.refuse(node.right, `no category “${code}” there`);
        const same = left.value.code === code;
        return {value: {type: "boolean", value: same === (operator === "==")}, text: left.text};
      }
    }
    const [left, right] = [this.number(node.left), this.number(node.right)];
    if (operator === "+" || operator === "-" || operator === "*" || operator === "/") {
      if (operator === "/" && right.value === 0) return this.refuse(node.right, "division by 0");
      return shown(arithmetic(operator, left, right));
    }
    const difference = compare(left, right);
    const holds = {
      "<": difference < 0,
      "<=": difference <= 0,
      ">": difference > 0,
      ">=": difference >= 0,
      "==": difference === 0,
      "!=": difference !== 0
    }[operator];
    // The figures are shown as they in fact stand, whichever way they were said to.
    const sign = difference < 0 ? "<" : difference > 0 ? ">" : "=";
    // A plain number beside a share is one, as in “more than 0.5”.
    const unit = left.unit === "share" || right.unit === "share" ? "share" : null;
    const text = [left, right].map((side) => figure(unit ? {...side, unit} : side)).join(` ${sign} `);
    return {value: {type: "boolean", value: holds}, text};
  }

  private call(node: Node & {kind: "call"}): Shown {
    const {name, args} = node;
    if (!["min", "max", "parts", "said", "significant"].includes(name)) this.literal = false;
    if (["said", "table", "is_chart"].includes(name)) this.leansOnText = true;
    switch (name) {
      case "min":
      case "max": {
        const values = args.map((arg) => this.number(arg));
        const [first, ...others] = values;
        if (!first) return this.refuse(node, `${name} needs at least one number`);
        const better = (a: NumberValue, b: NumberValue) => (compare(a, b) < 0 === (name === "min") ? a : b);
        return shown(others.reduce(better, first));
      }
      case "printed":
        return this.printed(node);
      case "count": {
        const population = this.population(args);
        return shown(fromRatio({n: this.select(population, node).length, d: 1}, "count"));
      }
      case "share":
        return shown(this.share(args, node));
      case "spread": {
        const shares = this.distribution(node).map(({share}) => share);
        return shown(arithmetic("-", shares.reduce(higher), shares.reduce(lower)));
      }
      case "largest":
        return this.best(this.distribution(node), higher, node);
      case "highest":
        return this.best(this.byCategory(node), higher, node);
      case "lowest":
        return this.best(this.byCategory(node), lower, node);
      case "falling": {
        const shares = this.byCategory(node).map(({share}) => share);
        const holds = shares.every((share, i) => i === 0 || compare(share, shares[i - 1] ?? share) < 0);
        return {value: {type: "boolean", value: holds}, text: shares.map(figure).join(", ")};
      }
      case "p":
        return shown(inexact(chiSquareTest(this.counts(node)).p));
      case "significant": {
        this.arity(node, 1, 1);
        const {value} = this.number(at(args, 0));
        const text = value < 0.0005 ? "P below 0.001" : `P = ${value.toFixed(3)}`;
        return {value: {type: "boolean", value: value < alpha}, text};
      }
      case "gamma":
        return shown(inexact(this.gamma(node)));
      case "categories": {
        this.arity(node, 1, 1);
        const variable = this.variable(at(args, 0));
        this.counted.push(variable);
        return shown(fromRatio({n: this.codesOf(variable).size, d: 1}, "count"));
      }
      case "codes": {
        this.arity(node, 2, 2);
        const table = this.table(at(args, 0)).table;
        const row = this.name(at(args, 1));
        this.tables.push(table);
        const found = this.evidence.printed.filter((c) => c.table === table && c.row === row && c.measure === "code");
        if (found.length === 0) return this.refuse(at(args, 1), `table ${table} prints no codes of “${row}”`);
        return shown(fromRatio({n: found.length, d: 1}, "count"));
      }
      case "table":
        return this.findTable(node);
      case "is_chart": {
        this.arity(node, 1, 1);
        const {table, kind} = this.table(at(args, 0));
        this.tables.push(table);
        return {value: {type: "boolean", value: kind === "chart"}, text: `table ${table} is a ${kind}`};
      }
      case "asks": {
        this.arity(node, 2, 2);
        const {table} = this.table(at(args, 0));
        const variable = this.variable(at(args, 1));
        this.tables.push(table);
        const put = this.evidence.asks?.get(table) ?? new Map<string, string>();
        const text = `table ${table} asks: ${[...put.values()].join(", ") || "nothing that is known"}`;
        return {value: {type: "boolean", value: put.has(variable)}, text};
      }
      case "said": {
        this.arity(node, 1, 1);
        const said = this.evidence.said.get(this.name(at(args, 0)));
        if (!said) return this.refuse(at(args, 0), "no claim of this name gives a percent or a count in figures");
        const ratio = literal(String(said.value));
        return shown(
          said.unit === "count" ? fromRatio(ratio, "count") : fromRatio(reduce(ratio.n, 100 * ratio.d), "share")
        );
      }
      case "parts":
        return shown(this.parts(node));
      case "answered":
        return this.refuse(node, "answered(…) can only stand as a condition");
      default:
        return this.refuse(node, `no function “${name}”`);
    }
  }

  private printed(node: Node & {kind: "call"}): Shown {
    this.arity(node, 2, 4);
    const {table} = this.table(at(node.args, 0));
    this.tables.push(table);
    const names = node.args.slice(1).map((arg) => this.name(arg));
    const measure = names.at(-1) ?? "";
    const [row = null, column = null] = names.slice(0, -1);
    const code = row === "everybody" ? TOTAL : row;
    const cells = this.evidence.printed.filter(
      (cell) => cell.table === table && cell.row === code && cell.column === column && cell.measure === measure
    );
    const cell = row === "everybody" ? cells.at(-1) : cells[0];
    const what = [row, column, measure].filter((part) => part !== null).join(", ");
    if (!cell) return this.refuse(node, `table ${table} prints no number for ${what}`);
    if (cells.length > 1 && code !== TOTAL) return this.refuse(node, `table ${table} prints several for ${what}`);
    if (cell.value === null)
      return this.refuse(node, `table ${table} prints “${cell.printed}” there, no single number`);
    const ratio = literal(String(cell.value));
    if (measure === "percent" || measure === "cumulative_percent") {
      const share = fromRatio(reduce(ratio.n, ratio.d * 100), "share");
      return shown({...share, roundedParts: {percents: [cell.value], sum: cell.value}});
    }
    return shown(fromRatio(ratio, measure === "count" ? "count" : "number"));
  }

  private share(args: readonly Node[], node: Node): NumberValue {
    const [first, ...others] = args;
    if (!first) return this.refuse(node, "share needs a condition");
    const condition = this.condition(first);
    if (condition.variable === "survey") return this.refuse(first, "a share is of answers, not of surveys");
    const population = this.population(others);
    const base = this.select(
      {...population, conditions: [...population.conditions, {variable: condition.variable, codes: [], negated: true}]},
      node,
      condition
    );
    if (base.length === 0) return this.refuse(node, "there is nobody to take a share of");
    const column = this.column(population.survey, condition.variable, node);
    const meeting = base.filter((i) => meets(condition, column[i] ?? null));
    const codes = condition.negated
      ? [...this.codesOf(condition.variable).keys()].filter((code) => !condition.codes.includes(code))
      : condition.codes;
    const percents = codes.map((code) => roundPercent(base.filter((i) => column[i] === code).length, base.length) ?? 0);
    const roundedParts = {percents, sum: percents.reduce((a, b) => a + b, 0)};
    return {...fromRatio(reduce(meeting.length, base.length), "share"), roundedParts};
  }

  /** The share of each category of a variable among those who meet the conditions after it. */
  private distribution(node: Node & {kind: "call"}): {code: string; share: NumberValue}[] {
    const [first, ...conditions] = node.args;
    if (!first) return this.refuse(node, `${node.name} needs a variable`);
    const variable = this.variable(first);
    const left = conditions.map((arg) => this.condition(arg)).filter((c) => c.variable === variable);
    const codes = [...this.codesOf(variable).keys()].filter((code) => left.every((c) => meets(c, code)));
    return codes.map((code) => ({code, share: this.share([equal(first, code), ...conditions], node)}));
  }

  /** In each category of a variable, the share that meets the condition after it. */
  private byCategory(node: Node & {kind: "call"}): {code: string; share: NumberValue}[] {
    const [first, condition, ...others] = node.args;
    if (!first || !condition) return this.refuse(node, `${node.name} needs a variable and a condition`);
    const codes = [...this.codesOf(this.variable(first)).keys()];
    return codes.map((code) => ({code, share: this.share([condition, equal(first, code), ...others], node)}));
  }

  private best(
    shares: readonly {code: string; share: NumberValue}[],
    choose: (a: NumberValue, b: NumberValue) => NumberValue,
    node: Node & {kind: "call"}
  ): Shown {
    const extreme = shares.map(({share}) => share).reduce(choose);
    const [best, tied] = shares.filter(({share}) => compare(share, extreme) === 0);
    if (!best || tied) return this.refuse(node, `${best?.code} and ${tied?.code} are equal`);
    const next = shares.filter((entry) => entry !== best).map(({share}) => share);
    const label = this.codesOf(this.variable(at(node.args, 0))).get(best.code) ?? best.code;
    const rest = next.length > 0 ? `; next ${figure(next.reduce(choose))}` : "";
    return {value: {type: "code", code: best.code}, text: `${label} (${figure(best.share)}${rest})`};
  }

  /** The crosstab of the first two variables among those who meet the conditions after them. */
  private counts(node: Node & {kind: "call"}): number[][] {
    const [first, second, ...conditions] = node.args;
    if (!first || !second) return this.refuse(node, `${node.name} needs two variables`);
    const sides = [this.variable(first), this.variable(second)] as const;
    const population = this.population(conditions);
    const answered = sides.map((variable): Condition => ({variable, codes: [], negated: true}));
    const chosen = this.select({...population, conditions: [...population.conditions, ...answered]}, node);
    const [rows, columns] = sides.map((variable) => this.column(population.survey, variable, node));
    const count = (a: string, b: string) => chosen.filter((i) => rows?.[i] === a && columns?.[i] === b).length;
    const [left, right] = sides.map((variable) => [...this.codesOf(variable).keys()]);
    return (left ?? []).map((a) => (right ?? []).map((b) => count(a, b)));
  }

  private gamma(node: Node & {kind: "call"}): number {
    const counts = this.counts(node).filter((row) => row.some((count) => count > 0));
    return ordinalAssociation(counts).gamma.estimate;
  }

  private findTable(node: Node & {kind: "call"}): Shown {
    this.arity(node, 1, 3);
    const names = node.args.map((arg) => this.name(arg));
    const year = names.find((name) => /^\d{4}$/.test(name)) ?? null;
    const sides = names.filter((name) => name !== year);
    for (const arg of node.args.slice(0, sides.length)) this.variable(arg);
    const [found, another] = this.evidence.tables.filter(({row, column, survey}) => {
      const own = column === null ? [row] : [row, column];
      return own.length === sides.length && own.every((s) => sides.includes(s)) && (!year || survey.includes(year));
    });
    if (!found || another) {
      return this.refuse(
        node,
        found ? `tables ${found.table} and ${another?.table} both show this` : "no table shows this"
      );
    }
    this.tables.push(found.table);
    if (typeof found.table === "string") return this.refuse(node, `table ${found.table} has no whole number`);
    return shown(fromRatio({n: found.table, d: 1}, "count"));
  }

  private parts(node: Node & {kind: "call"}): NumberValue {
    this.arity(node, 2, 9);
    const [of, ...percents] = node.args.map((arg) => this.number(arg).value);
    const total = of ?? 0;
    if (!Number.isInteger(total) || total < 1) return this.refuse(node, "parts needs a whole number of people first");
    const counts = percents.map((percent, i) => {
      const fitting = Array.from({length: total + 1}, (_, n) => n).filter((n) => roundPercent(n, total) === percent);
      const [count, another] = fitting;
      const arg = at(node.args, i + 1);
      if (count === undefined) return this.refuse(arg, `no count of ${total} prints as ${percent}%`);
      if (another !== undefined)
        return this.refuse(arg, `${count} and ${another} of ${total} both print as ${percent}%`);
      return count;
    });
    const sum = percents.reduce((a, b) => a + b, 0);
    const share = fromRatio(
      reduce(
        counts.reduce((a, b) => a + b, 0),
        total
      ),
      "share"
    );
    return {...share, roundedParts: {percents, sum}};
  }

  private population(args: readonly Node[]): Population {
    let {survey} = this.evidence;
    const conditions: Condition[] = [];
    for (const arg of args) {
      const condition = this.condition(arg);
      if (condition.variable !== "survey") conditions.push(condition);
      else if (condition.negated || condition.codes.length !== 1)
        this.refuse(arg, "a survey is chosen by “survey == …”");
      else survey = condition.codes[0] ?? survey;
      if (!this.evidence.respondents.has(survey)) this.refuse(arg, `no respondents of ${survey}`);
    }
    return {survey, conditions};
  }

  private condition(node: Node): Condition {
    if (node.kind === "call" && node.name === "answered") {
      this.arity(node, 1, 1);
      return {variable: this.variable(at(node.args, 0)), codes: [], negated: true};
    }
    if (node.kind !== "binary" || (node.operator !== "==" && node.operator !== "!=")) {
      return this.refuse(node, "a condition is “variable == code”, “variable != code” or “answered(variable)”");
    }
    const items = node.right.kind === "list" ? node.right.items : [node.right];
    const codes = items.map((item) => this.name(item));
    if (node.left.kind === "name" && node.left.name === "survey") {
      return {variable: "survey", codes, negated: node.operator === "!="};
    }
    const variable = this.variable(node.left);
    const known = this.codesOf(variable);
    items.forEach((item, i) => {
      if (!known.has(codes[i] ?? "")) this.refuse(item, `${variable} has no category “${codes[i]}”`);
      if (codes.indexOf(codes[i] ?? "") < i) this.refuse(item, `“${codes[i]}” stands there twice`);
    });
    return {variable, codes, negated: node.operator === "!="};
  }

  /** The places of the respondents who meet all conditions; notes which variables were crossed. */
  private select({survey, conditions}: Population, node: Node, also?: Condition): number[] {
    const variables = new Map<string, readonly string[] | null>();
    for (const {variable, codes, negated} of also ? [...conditions, also] : conditions) {
      variables.set(variable, negated ? (variables.get(variable) ?? null) : codes);
    }
    this.uses.push({survey, variables, at: node.at});
    const columns = conditions.map((condition) => ({condition, values: this.column(survey, condition.variable, node)}));
    const all = Object.values(this.evidence.respondents.get(survey) ?? {})[0] ?? [];
    return all.flatMap((_, i) => (columns.every((c) => meets(c.condition, c.values[i] ?? null)) ? [i] : []));
  }

  private column(survey: string, variable: string, node: Node): readonly (string | null)[] {
    return (
      this.evidence.respondents.get(survey)?.[variable] ??
      this.refuse(node, `the respondents of ${survey} have no variable “${variable}”`)
    );
  }

  private number(node: Node): NumberValue {
    const {value} = this.evaluate(node);
    return value.type === "number" ? value : this.refuse(node, "a number is needed here");
  }

  private truth(node: Node): {holds: boolean; text: string} {
    const {value, text} = this.evaluate(node);
    if (value.type !== "boolean") return this.refuse(node, "something that holds or does not is needed here");
    return {holds: value.value, text};
  }

  private name(node: Node): string {
    if (node.kind === "name") return node.name;
    if (node.kind === "number") return node.raw;
    return this.refuse(node, "a name is needed here");
  }

  private variable(node: Node): string {
    const name = this.name(node);
    return this.evidence.variables.has(name) ? name : this.refuse(node, `no variable “${name}”`);
  }

  private codesOf(variable: string | undefined): ReadonlyMap<string, string> {
    return this.evidence.variables.get(variable ?? "") ?? new Map();
  }

  private table(node: Node): EvidenceTable {
    const number = this.name(node);
    return this.evidence.tables.find((t) => String(t.table) === number) ?? this.refuse(node, `no table ${number}`);
  }

  private arity(node: Node & {kind: "call"}, least: number, most: number): void {
    const {length} = node.args;
    if (length >= least && length <= most) return;
    const expected = least === most ? String(least) : `${least} to ${most}`;
    this.refuse(node, `${node.name} takes ${expected} arguments, not ${length}`);
  }

  private refuse(node: Node, problem: string): never {
    throw new ExpressionError(this.expression, node.at, problem);
  }
}

/** Whether an answer meets a condition; no answer never does. */
function meets({codes, negated}: Condition, answer: string | null): boolean {
  return answer !== null && codes.includes(answer) !== negated;
}

/** The condition `variable == code`, standing where the variable does. */
function equal(variable: Node, code: string): Node {
  const {at} = variable;
  return {kind: "binary", at, operator: "==", left: variable, right: {kind: "name", at, name: code}};
}

function at(args: readonly Node[], index: number): Node {
  const node = args[index];
  if (!node) throw new RangeError(`no argument ${index}`);
  return node;
}

function higher(a: NumberValue, b: NumberValue): NumberValue {
  return compare(a, b) >= 0 ? a : b;
}

function lower(a: NumberValue, b: NumberValue): NumberValue {
  return compare(a, b) <= 0 ? a : b;
}

/** Below 0, 0 or above 0; exact for fractions, so that equal shares of different totals are equal. */
function compare(a: NumberValue, b: NumberValue): number {
  return a.ratio && b.ratio ? a.ratio.n * b.ratio.d - b.ratio.n * a.ratio.d : a.value - b.value;
}

function arithmetic(operator: "+" | "-" | "*" | "/", a: NumberValue, b: NumberValue): NumberValue {
  const value = {"+": a.value + b.value, "-": a.value - b.value, "*": a.value * b.value, "/": a.value / b.value}[
    operator
  ];
  const sum = operator === "+" || operator === "-";
  const unit = sum ? (a.unit === "number" ? b.unit : a.unit) : "number";
  const roundedParts =
    operator === "+" && a.roundedParts && b.roundedParts
      ? {
          percents: [...a.roundedParts.percents, ...b.roundedParts.percents],
          sum: a.roundedParts.sum + b.roundedParts.sum
        }
      : null;
  return {type: "number", value, ratio: combine(operator, a.ratio, b.ratio), unit, roundedParts};
}

function combine(operator: "+" | "-" | "*" | "/", a: Ratio | null, b: Ratio | null): Ratio | null {
  if (!a || !b) return null;
  switch (operator) {
    case "+":
      return reduce(a.n * b.d + b.n * a.d, a.d * b.d);
    case "-":
      return reduce(a.n * b.d - b.n * a.d, a.d * b.d);
    case "*":
      return reduce(a.n * b.n, a.d * b.d);
    case "/":
      return b.n < 0 ? reduce(-a.n * b.d, -a.d * b.n) : reduce(a.n * b.d, a.d * b.n);
  }
}

function reduce(n: number, d: number): Ratio {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new RangeError("a fraction of too large numbers");
  const gcd = (x: number, y: number): number => (y === 0 ? x : gcd(y, x % y));
  const divisor = Math.abs(gcd(n, d)) || 1;
  return {n: n / divisor, d: d / divisor};
}

/** A number as written, such as `0.327`, as the fraction that it is. */
function literal(raw: string): Ratio {
  const decimals = /\.(\d*)$/.exec(raw)?.[1]?.length ?? 0;
  const scale = 10 ** decimals;
  return reduce(Math.round(Number(raw) * scale), scale);
}

function fromRatio(ratio: Ratio, unit: NumberValue["unit"]): NumberValue {
  return {type: "number", value: ratio.n / ratio.d, ratio, unit, roundedParts: null};
}

function inexact(value: number): NumberValue {
  return {type: "number", value, ratio: null, unit: "number", roundedParts: null};
}

function shown(value: NumberValue): Shown {
  return {value, text: figure(value)};
}

/** A number in figures: a share as a percent with one decimal, a count whole, anything else with up to three decimals. */
function figure({value, ratio, unit}: NumberValue): string {
  if (unit === "share") return `${(100 * value).toFixed(1).replace("-", "−")}%`;
  if (ratio?.d === 1) return String(value).replace("-", "−");
  if (value > 0 && value < 0.0005) return "less than 0.001";
  return String(Number(value.toFixed(3))).replace("-", "−");
}
