import {type AnyNode, type BinaryExpression, type CallExpression, parse} from "acorn";
import {alpha} from "../../src/statistics/alpha.js";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {ordinalAssociation} from "../../src/statistics/ordinal.js";
import {type PrintedNumber, TOTAL} from "../../src/tables/crosstab.js";
import type {TableEntry} from "../../src/tables/labels.js";
import {roundPercent} from "../../src/tables/rounding.js";
import {countsPrintedAs} from "../../src/tables/scale.js";
import type {TableId} from "../../src/tables/table-id.js";
import {count} from "../read/problem.js";
import type {Columns} from "../reconstruction/verify.js";
import {
  arithmetic,
  compare,
  decimal,
  figure,
  fraction,
  higher,
  inexact,
  lower,
  type NumberValue,
  sum
} from "./number-value.js";

/** What an expression may ask: the printed numbers, the respondents, the codebook and the catalogue. */
export interface Evidence {
  readonly printed: readonly PrintedNumber[];
  /** By survey, for each variable one code a respondent, null where there is no answer. */
  readonly respondents: ReadonlyMap<string, Columns>;
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
export type EvidenceTable = Pick<TableEntry, "table" | "kind" | "survey" | "row" | "column">;

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

/** An expression that cannot be read or has no value; says where, in characters from 1. */
export class ExpressionError extends Error {
  constructor(
    readonly expression: string,
    readonly position: number,
    readonly problem: string
  ) {
    super(`“${expression}”, character ${position}: ${problem}`);
    this.name = "ExpressionError";
  }
}

/**
 * Evaluates an expression over what was printed and the respondents: JavaScript's numbers, arithmetic, comparisons, `&&`,
 * `||` and `!`, and the {@link functions} below. Names stand for variables, categories and measures; a code that is no
 * name is quoted (`'20_50'`).
 *
 * A condition is `variable == code`, `variable != code`, either with a list `[code, …]`, or `answered(variable)`;
 * who has not answered meets none. `survey == 2008` asks another survey than the evidence's own.
 *
 * Throws an ExpressionError for anything else, and where there is nobody to take a share of.
 */
export function evaluate(expression: string, evidence: Evidence): Evaluation {
  const run = new Run(expression, evidence);
  try {
    const [first, ...more] = parse(expression, {ecmaVersion: 2022}).body;
    if (!first) return run.refuse(first, "an empty expression");
    if (first.type !== "ExpressionStatement" || more[0]) return run.refuse(more[0] ?? first, "one expression only");
    const result = run.evaluate(first.expression);
    if (result.type === "code") return run.refuse(first, "a category is no value: compare it with one");
    const {uses, tables, counted, literal, leansOnText} = run;
    const [value, text]: [Value, string] =
      result.type === "number" ? [result, figure(result)] : [{type: "boolean", value: result.value}, result.text];
    return {value, text, uses, tables: [...new Set(tables)], counted, literal, leansOnText};
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    // What the parser cannot read, and a statistic that is not defined here.
    const {pos: start = 0, message} = error as Error & {pos?: number};
    return run.refuse({start}, message.replace(/ \(\d+:\d+\)$/, ""));
  }
}

/** Whether something holds, with the figures that a reader should see for it. */
interface Truth {
  readonly type: "boolean";
  readonly value: boolean;
  readonly text: string;
}

/** A name that stands by itself, or a category that was found, of a variable. */
interface Code {
  readonly type: "code";
  readonly code: string;
  readonly text: string;
  readonly variable?: string;
}

type Result = NumberValue | Truth | Code;

const truth = (value: boolean, text: string): Truth => ({type: "boolean", value, text});

/** How the left side may stand to the right one where a comparison holds: below, equal or above. */
const signs: Readonly<Record<string, readonly number[]>> = {
  "<": [-1],
  "<=": [-1, 0],
  ">": [1],
  ">=": [0, 1],
  "==": [0],
  "!=": [-1, 1]
};

interface Condition {
  readonly variable: string;
  readonly codes: readonly string[];
  /** Whether the codes are those that do not meet the condition. */
  readonly negated: boolean;
}

/** A category and its share, or a share in it. */
interface Share {
  readonly variable: string;
  readonly code: string;
  readonly share: NumberValue;
}

const answered = (variable: string): Condition => ({variable, codes: [], negated: true});
const is = (variable: string, code: string): Condition => ({variable, codes: [code], negated: false});
/** Whether an answer meets a condition; no answer never does. */
const meets = ({codes, negated}: Condition, answer: string | null | undefined) =>
  typeof answer === "string" && codes.includes(answer) !== negated;

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

  evaluate(node: AnyNode): Result {
    switch (node.type) {
      case "Literal":
        if (typeof node.value === "number") return decimal(node.raw ?? "");
        if (typeof node.value === "string") return {type: "code", code: node.value, text: node.value};
        return this.refuse(node, `“${node.raw}” is no number, name or quoted code`);
      case "Identifier":
        return {type: "code", code: node.name, text: node.name};
      case "ArrayExpression":
        return this.refuse(node, "a list can only stand in a condition");
      case "CallExpression":
        return this.call(node);
      case "UnaryExpression": {
        if (node.operator === "-") return arithmetic("-", fraction(0, 1, "number"), this.number(node.argument));
        if (node.operator !== "!") return this.refuse(node, `no operator “${node.operator}”`);
        const {value, text} = this.truth(node.argument);
        return truth(!value, text);
      }
      case "LogicalExpression": {
        if (node.operator === "??") return this.refuse(node, `no operator “${node.operator}”`);
        const [left, right] = [this.truth(node.left), this.truth(node.right)];
        const value = node.operator === "&&" ? left.value && right.value : left.value || right.value;
        return truth(value, `${left.text}; ${right.text}`);
      }
      case "BinaryExpression":
        return this.binary(node);
      default:
        return this.refuse(node, "numbers, names, lists, functions and operators only");
    }
  }

  private binary(node: BinaryExpression): Result {
    const {operator} = node;
    const first = this.evaluate(node.left);
    if (first.type === "code" && (operator === "==" || operator === "!=")) {
      if (!first.variable) return this.refuse(node, "only largest, highest and lowest give a category");
      const code = this.name(node.right);
      if (!this.codesOf(first.variable).includes(code)) return this.refuse(node.right, `no category “${code}” there`);
      return truth((first.code === code) === (operator === "=="), first.text);
    }
    const [left, right] = [this.number(node.left, first), this.number(node.right)];
    if (operator === "+" || operator === "-" || operator === "*" || operator === "/") {
      if (operator === "/" && right.value === 0) return this.refuse(node.right, "division by 0");
      return arithmetic(operator, left, right);
    }
    const sign = Math.sign(compare(left, right));
    if (!signs[operator]) return this.refuse(node, `no operator “${operator}”`);
    // The figures are shown as they in fact stand, whichever way they were said to. A plain number beside a share is
    // one, as in “more than 0.5”.
    const unit = (["points", "share"] as const).find((one) => left.unit === one || right.unit === one);
    const figures = [left, right].map((side) => figure(unit ? {...side, unit} : side));
    return truth(signs[operator].includes(sign), figures.join([" < ", " = ", " > "][sign + 1]));
  }

  private call(node: CallExpression): Result {
    if (node.callee.type !== "Identifier") return this.refuse(node, "only a function’s name can stand before “(”");
    const {name} = node.callee;
    const body = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!body) return this.refuse(node, `no function “${name}”`);
    const {length} = node.arguments;
    const [least, most = least] = arity.get(name) ?? [1, length];
    if (length < least || length > most) {
      const expected = most === least ? count(least, "argument") : `${least} to ${most} arguments`;
      return this.refuse(node, `${name} takes ${expected}, not ${length}`);
    }
    if (!["min", "max", "parts", "said", "significant"].includes(name)) this.literal = false;
    if (["said", "table", "is_chart"].includes(name)) this.leansOnText = true;
    return body(this, node.arguments as [AnyNode, ...AnyNode[]], node);
  }

  /** The share of those who meet a condition among those who meet others and have answered its question. */
  share(condition: Condition, others: readonly Condition[], node: AnyNode): NumberValue {
    const {variable, codes, negated} = condition;
    const base = this.select([...others, answered(variable)], node, [condition]);
    if (base.n === 0) return this.refuse(node, "there is nobody to take a share of");
    const answers = base.answers(variable);
    const meeting = (one: Condition) => answers.filter((answer) => meets(one, answer)).length;
    const parts = negated ? this.codesOf(variable).filter((code) => !codes.includes(code)) : codes;
    const percents = parts.map((code) => roundPercent(meeting(is(variable, code)), base.n) ?? 0);
    return fraction(meeting(condition), base.n, "share", percents);
  }

  /** The share of each category of a variable among those who meet the conditions after it. */
  distribution([first, ...args]: readonly AnyNode[], node: AnyNode): Share[] {
    const variable = this.variable(first);
    const others = this.conditions(args);
    const own = others.filter((condition) => condition.variable === variable);
    const codes = this.codesOf(variable).filter((code) => own.every((condition) => meets(condition, code)));
    return codes.map((code) => ({variable, code, share: this.share(is(variable, code), others, node)}));
  }

  /** In each category of a variable, the share that meets the condition after it. */
  byCategory([first, second, ...args]: readonly AnyNode[], node: AnyNode): Share[] {
    const variable = this.variable(first);
    const condition = this.condition(second);
    const others = this.conditions(args);
    const shareIn = (code: string) => this.share(condition, [is(variable, code), ...others], node);
    return this.codesOf(variable).map((code) => ({variable, code, share: shareIn(code)}));
  }

  /** The one category whose share is the highest, or the lowest. */
  best(shares: readonly Share[], choose: typeof higher, node: AnyNode): Code {
    const extreme = shares.map(({share}) => share).reduce(choose);
    const [best, tied] = shares.filter(({share}) => compare(share, extreme) === 0);
    if (!best || tied) return this.refuse(node, `${best?.code} and ${tied?.code} are equal`);
    const {variable, code, share} = best;
    const others = shares.filter((entry) => entry !== best).map((entry) => entry.share);
    const next = others.length > 0 ? `; next ${figure(others.reduce(choose))}` : "";
    const label = this.evidence.variables.get(variable)?.get(code) ?? code;
    return {type: "code", code, text: `${label} (${figure(share)}${next})`, variable};
  }

  /** The crosstab of the first two variables among those who meet the conditions after them. */
  crosstab([first, second, ...args]: readonly AnyNode[], node: AnyNode): number[][] {
    const [row, column] = [this.variable(first), this.variable(second)];
    const {answers} = this.select([...this.conditions(args), answered(row), answered(column)], node);
    const [down, across] = [answers(row), answers(column)];
    const inCell = (a: string, b: string) => down.filter((code, i) => code === a && across[i] === b).length;
    return this.codesOf(row).map((a) => this.codesOf(column).map((b) => inCell(a, b)));
  }

  /** Conditions, among which one may choose a survey. */
  conditions(args: readonly AnyNode[]): Condition[] {
    return args.map((arg) => {
      const condition = this.condition(arg);
      const {variable, codes, negated} = condition;
      if (variable !== "survey") return condition;
      if (negated || codes.length !== 1) return this.refuse(arg, "a survey is chosen by “survey == …”");
      return this.evidence.respondents.has(codes[0] ?? "")
        ? condition
        : this.refuse(arg, `no respondents of ${codes[0]}`);
    });
  }

  condition(node: AnyNode | undefined): Condition {
    if (node?.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "answered") {
      return answered(this.variable(node.arguments.length === 1 ? node.arguments[0] : node));
    }
    if (node?.type !== "BinaryExpression" || (node.operator !== "==" && node.operator !== "!=")) {
      return this.refuse(node, "a condition is “variable == code”, “variable != code” or “answered(variable)”");
    }
    const {left, right} = node;
    const items = right.type === "ArrayExpression" ? right.elements.map((item) => item ?? right) : [right];
    const codes = items.map((item) => this.name(item));
    const negated = node.operator === "!=";
    if (left.type === "Identifier" && left.name === "survey") return {variable: "survey", codes, negated};
    const variable = this.variable(left);
    codes.forEach((code, i) => {
      if (!this.codesOf(variable).includes(code)) this.refuse(items[i], `${variable} has no category “${code}”`);
      if (codes.indexOf(code) < i) this.refuse(items[i], `“${code}” stands there twice`);
    });
    return {variable, codes, negated};
  }

  /**
   * The respondents who meet all conditions: how many they are, and what they answer. Which variables were crossed, in
   * these conditions and others, is noted.
   */
  select(conditions: readonly Condition[], node: AnyNode, others: readonly Condition[] = []) {
    const survey = conditions.findLast(({variable}) => variable === "survey")?.codes[0] ?? this.evidence.survey;
    const asked = conditions.filter(({variable}) => variable !== "survey");
    const variables = new Map<string, readonly string[] | null>();
    for (const {variable, codes, negated} of [...asked, ...others]) {
      variables.set(variable, negated ? (variables.get(variable) ?? null) : codes);
    }
    this.uses.push({survey, variables, at: node.start + 1});
    const columns = this.evidence.respondents.get(survey) ?? {};
    const column = (variable: string) =>
      columns[variable] ?? this.refuse(node, `the respondents of ${survey} have no variable “${variable}”`);
    const held = asked.map((condition) => [condition, column(condition.variable)] as const);
    const [all = []] = Object.values(columns);
    const places = [...all.keys()].filter((i) => held.every(([condition, answers]) => meets(condition, answers[i])));
    return {n: places.length, answers: (variable: string) => places.map((i) => column(variable)[i] ?? null)};
  }

  number(node: AnyNode, result = this.evaluate(node)): NumberValue {
    return result.type === "number" ? result : this.refuse(node, "a number is needed here");
  }

  private truth(node: AnyNode): Truth {
    const result = this.evaluate(node);
    return result.type === "boolean" ? result : this.refuse(node, "something that holds or does not is needed here");
  }

  name(node: AnyNode | undefined): string {
    if (node?.type === "Identifier") return node.name;
    if (node?.type === "Literal" && typeof node.value === "number") return node.raw ?? "";
    if (node?.type === "Literal" && typeof node.value === "string") return node.value;
    return this.refuse(node, "a name is needed here");
  }

  variable(node: AnyNode | undefined): string {
    const name = this.name(node);
    return this.evidence.variables.has(name) ? name : this.refuse(node, `no variable “${name}”`);
  }

  codesOf(variable: string): string[] {
    return [...(this.evidence.variables.get(variable)?.keys() ?? [])];
  }

  /** A table by its number; it is noted as read. */
  table(node: AnyNode): EvidenceTable {
    const number = this.name(node);
    const found = this.evidence.tables.find(({table}) => String(table) === number);
    if (!found) return this.refuse(node, `no table ${number}`);
    this.tables.push(found.table);
    return found;
  }

  refuse(node: {readonly start: number} | undefined, problem: string): never {
    throw new ExpressionError(this.expression, (node?.start ?? 0) + 1, problem);
  }
}

type Body = (run: Run, args: readonly [AnyNode, ...AnyNode[]], node: AnyNode) => Result;

/** How many arguments a function takes, from and to; those that are not named here, one or more. */
const arity = new Map<string, readonly [least: number, most?: number]>([
  ["significant", [1]],
  ["categories", [1]],
  ["is_chart", [1]],
  ["said", [1]],
  ["answered", [1]],
  ["printed", [2, 4]],
  ["count", [0, Number.POSITIVE_INFINITY]],
  ["codes", [2]],
  ["asks", [2]],
  ["table", [1, 3]],
  ["parts", [2, 9]]
]);

/** The functions of expressions. */
const functions: Readonly<Record<string, Body>> = {
  // min(number, …), max(number, …)
  min: (run, args) => args.map((arg) => run.number(arg)).reduce(lower),
  max: (run, args) => args.map((arg) => run.number(arg)).reduce(higher),

  // printed(table, [row, [column,]] measure): a printed number; percents are shares. Of several total lines “total” is
  // the first and “everybody” the last.
  printed(run, [first, ...others], node) {
    const {table} = run.table(first);
    const names = others.map((arg) => run.name(arg));
    const measure = names.at(-1) ?? "";
    const [row = null, column = null] = names.slice(0, -1);
    const code = row === "everybody" ? TOTAL : row;
    const cells = run.evidence.printed.filter(
      (cell) => cell.table === table && cell.row === code && cell.column === column && cell.measure === measure
    );
    const cell = row === "everybody" ? cells.at(-1) : cells[0];
    const prints = (what: string) => run.refuse(node, `table ${table} prints ${what}`);
    if (!cell) return prints(`no number for ${names.join(", ")}`);
    if (cells.length > 1 && code !== TOTAL) return prints(`several for ${names.join(", ")}`);
    if (cell.value === null) return prints(`“${cell.printed}” there, no single number`);
    if (measure.endsWith("percent")) return decimal(cell.value, "share", [cell.value]);
    return decimal(cell.value, measure === "count" ? "count" : "number");
  },

  // count(condition, …): how many respondents meet all conditions.
  count: (run, args, node) => fraction(run.select(run.conditions(args), node).n, 1, "count"),

  // share(condition, condition, …): of the respondents who meet the later conditions and have answered the first one's
  // question, the share that meets the first.
  share(run, [first, ...others], node) {
    const condition = run.condition(first);
    if (condition.variable === "survey") return run.refuse(first, "a share is of answers, not of surveys");
    return run.share(condition, run.conditions(others), node);
  },

  // spread(variable, condition, …): the share of the most frequent answer less that of the least.
  spread(run, args, node) {
    const shares = run.distribution(args, node).map(({share}) => share);
    return arithmetic("-", shares.reduce(higher), shares.reduce(lower));
  },

  // largest(variable, condition, …): the category that most are in.
  largest: (run, args, node) => run.best(run.distribution(args, node), higher, node),

  // highest(variable, condition, …), lowest(…): the category in which share(condition, …) is highest or lowest.
  highest: (run, args, node) => run.best(run.byCategory(args, node), higher, node),
  lowest: (run, args, node) => run.best(run.byCategory(args, node), lower, node),

  // falling(variable, condition, …): whether that share falls from each category to the next, in the codebook's order.
  falling(run, args, node) {
    const shares = run.byCategory(args, node).map(({share}) => share);
    const falls = shares.every((share, i) => i === 0 || compare(share, shares[i - 1] ?? share) < 0);
    return truth(falls, shares.map(figure).join(", "));
  },

  // p(variable, variable, condition, …): P of Pearson's chi-square test.
  p: (run, args, node) => inexact(chiSquareTest(run.crosstab(args, node)).p),

  // significant(P): whether it is below 0.05.
  significant(run, [p]) {
    const {value} = run.number(p);
    return truth(value < alpha, value < 0.0005 ? "P below 0.001" : `P ${value.toFixed(3)}`);
  },

  // gamma(variable, variable, condition, …): Goodman and Kruskal's gamma, categories in the codebook's order.
  gamma(run, args, node) {
    const counts = run.crosstab(args, node).filter((row) => row.some((count) => count > 0));
    return inexact(ordinalAssociation(counts).gamma.estimate);
  },

  // categories(variable): how many categories the codebook has.
  categories(run, [first]) {
    const variable = run.variable(first);
    run.counted.push(variable);
    return fraction(run.codesOf(variable).length, 1, "count");
  },

  // codes(table, row): how many codes a table prints.
  codes(run, [first, second]) {
    const {table} = run.table(first);
    const row = run.name(second);
    const codes = run.evidence.printed.filter((c) => c.table === table && c.row === row && c.measure === "code");
    if (codes.length === 0) return run.refuse(second, `table ${table} prints no codes of “${row}”`);
    return fraction(codes.length, 1, "count");
  },

  // table(row, [column], [survey]): the number of the table that shows this.
  table(run, args, node) {
    const isYear = (arg: AnyNode) => /^\d{4}$/.test(run.name(arg));
    const years = args.filter(isYear).map((arg) => run.name(arg));
    const sides = args.filter((arg) => !isYear(arg)).map((arg) => run.variable(arg));
    const [found, another] = run.evidence.tables.filter(({row, column, survey}) => {
      const own = column === null ? [row] : [row, column];
      const isSame = own.length === sides.length && own.every((side) => sides.includes(side));
      return isSame && years.every((year) => survey.includes(year));
    });
    if (!found) return run.refuse(node, "no table shows this");
    if (another) return run.refuse(node, `tables ${found.table} and ${another.table} both show this`);
    run.tables.push(found.table);
    if (typeof found.table === "string") return run.refuse(node, `table ${found.table} has no whole number`);
    return fraction(found.table, 1, "count");
  },

  // is_chart(table)
  is_chart(run, [first]) {
    const {table, kind} = run.table(first);
    return truth(kind === "chart", `table ${table} is a ${kind}`);
  },

  // asks(table, variable): whether the title of a table puts the question of a variable.
  asks(run, [first, second]) {
    const {table} = run.table(first);
    const put = run.evidence.asks?.get(table) ?? new Map<string, string>();
    const labels = [...put.values()].join(", ") || "nothing that is known";
    return truth(put.has(run.variable(second)), `table ${table} asks: ${labels}`);
  },

  // parts(n, percent, …): the share of n that the percents together are, through the whole counts that print so.
  parts(run, [first, ...others], node) {
    const total = run.number(first).value;
    if (!Number.isInteger(total) || total < 1) run.refuse(node, "parts needs a whole number of people first");
    const percents = others.map((arg) => run.number(arg).value);
    const counts = percents.map((percent, i) => {
      const [count, another] = countsPrintedAs(percent, total);
      if (count === undefined) return run.refuse(others[i], `no count of ${total} prints as ${percent}%`);
      if (another === undefined) return count;
      return run.refuse(others[i], `${count} and ${another} of ${total} both print as ${percent}%`);
    });
    return fraction(sum(counts), total, "share", percents);
  },

  // said(claim): the number that another claim of the prose gives in figures; a percent is a share.
  said(run, [first]) {
    const said = run.evidence.said.get(run.name(first));
    if (!said) return run.refuse(first, "no claim of this name gives a percent or a count in figures");
    return decimal(said.value, said.unit === "count" ? "count" : "share");
  },

  answered: (run, _, node) => run.refuse(node, "answered(…) can only stand as a condition")
};
