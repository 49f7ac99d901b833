import {addFunction, escape as asItIs, ColumnTable, op, table} from "arquero";
import {wilson} from "../statistics/wilson.js";
import {type Counts, variablesOf} from "./counts.js";
import {type ReportEntries, variableEntry} from "./labels.js";
import {type Part, signOf} from "./scale.js";

declare module "arquero" {
  interface ColumnTable {
    /**
     * Counts with every category of some variables, in the order of the codebook: combinations that nobody chose get
     * the count 0, and those without an answer (null) come last. Other columns than the variables and `count` go.
     *
     * Arquero's own `impute(…, {expand})` knows only categories that somebody chose. Compare `complete` of R's tidyr.
     *
     * @example respondents.groupby("role").count().complete(codebook)
     * @example counts.complete(codebook, "role") // the other variables as they stand
     */
    complete(codebook: Pick<ReportEntries, "variables">, ...variables: string[]): ColumnTable;

    /**
     * The rows with an answer (not null) in every one of some columns, or in all where none is named. Compare `drop_na`
     * of R's tidyr.
     *
     * @example respondents.groupby("role", "gender").count().complete(codebook).answered()
     */
    answered(...variables: string[]): ColumnTable;

    /**
     * Counts of answers on a scale, added up to its sides: `agree`, `neither`, `disagree`. The scale is the last
     * variable of the counts; a column `side` takes its place. Each row gets the `n` of its group and its `share` of
     * them. Groups without an answer are left out.
     *
     * @example respondents.groupby("office_size", "cooperation").count().sides() // office_size, side, count, n, share
     */
    sides(): ColumnTable;
  }
}

ColumnTable.prototype.complete = function complete(codebook, ...variables) {
  const names = variablesOf(this);
  const rows = this.objects() as Record<string, string | number | null>[];
  const levels = names.map((name) => {
    const found = [...new Set(rows.map((row) => row[name] as string | null))];
    if (variables.length > 0 && !variables.includes(name)) return found;
    const codes = variableEntry(codebook, name).categories.map(({code}) => code);
    const strange = found.find((code) => code !== null && !codes.includes(code));
    if (strange !== undefined) throw new Error(`${name} holds “${strange}”, which is not in the codebook`);
    return found.includes(null) ? [...codes, null] : codes;
  });
  const key = (codes: readonly unknown[]) => JSON.stringify(codes);
  const counts = new Map(rows.map((row) => [key(names.map((name) => row[name])), row.count]));
  const every = levels.reduce<(string | null)[][]>(
    (before, codes) => before.flatMap((start) => codes.map((code) => [...start, code])),
    [[]]
  );
  return table([
    ...names.map((name, i) => [name, every.map((codes) => codes[i] ?? null)] as const),
    ["count", every.map((codes) => counts.get(key(codes)) ?? 0)] as const
  ]);
};

ColumnTable.prototype.answered = function answered(...variables) {
  const names = variables.length > 0 ? variables : this.columnNames();
  return this.filter(asItIs((row: Readonly<Record<string, unknown>>) => names.every((name) => row[name] !== null)));
};

ColumnTable.prototype.sides = function sides() {
  const groups = variablesOf(this);
  const scale = groups.pop() ?? "";
  type Row = Record<string, string | null>;
  return this.answered(...groups, scale)
    .groupby(...groups, {side: asItIs((row: Row) => sideNames.get(signOf(row[scale] ?? "")))})
    .rollup({count: op.sum("count")})
    .groupby(...groups)
    .derive({n: op.sum("count")})
    .ungroup()
    .derive({share: asItIs((row: {count: number; n: number}) => row.count / row.n)});
};

const sideNames = new Map<number, string>([
  [1, "agree"],
  [0, "neither"],
  [-1, "disagree"]
]);

/**
 * How many of a group are on one side of a scale, which is the last variable of the counts; of all groups together where
 * none is named. Throws when nobody is in such a group.
 *
 * @example agreeing(respondents.groupby("office_size", "cooperation").count(), {office_size: "small"}).share
 */
export function agreeing(
  counts: Counts,
  group: Readonly<Record<string, string>> = {},
  side: "agree" | "neither" | "disagree" = "agree"
): Part {
  const rows = counts.sides().objects() as Record<string, string | number>[];
  const own = rows.filter((row) => Object.entries(group).every(([name, code]) => row[name] === code));
  const sum = (some: typeof rows) => some.reduce((total, row) => total + Number(row.count), 0);
  const [count, n] = [sum(own.filter((row) => row.side === side)), sum(own)];
  if (n === 0) throw new Error(`nobody has ${JSON.stringify(group)}`);
  return {count, n, share: count / n};
}

/**
 * Of the people in some groups who answered a question, how many gave one of some answers; of everybody where no group
 * is named. Throws when nobody is in the groups.
 *
 * @example among(respondents, {background: "elsewhere"}, {role: ["adviser", "clerk"]}).share
 */
export function among(
  respondents: ColumnTable,
  groups: Readonly<Record<string, string | readonly string[]>>,
  answers: Readonly<Record<string, string | readonly string[]>>
): Part {
  type Row = Readonly<Record<string, string | null>>;
  const isIn = (wanted: typeof groups) => (row: Row) =>
    Object.entries(wanted).every(([name, codes]) => [codes].flat().includes(row[name] ?? ""));
  const asked = respondents.answered(...Object.keys(answers)).filter(asItIs(isIn(groups)));
  const [count, n] = [asked.filter(asItIs(isIn(answers))).numRows(), asked.numRows()];
  if (n === 0) throw new Error(`nobody has ${JSON.stringify(groups)}`);
  return {count, n, share: count / n};
}

// Bounds of a share’s 95% interval, for `derive`: (d) => op.wilson_lower(d.count, d.n). Of nobody there is none.
addFunction("wilson_lower", (count: number, n: number) => (n > 0 ? wilson(count, n).lower : Number.NaN));
addFunction("wilson_upper", (count: number, n: number) => (n > 0 ? wilson(count, n).upper : Number.NaN));

/**
 * For `derive` where each row has its own `n`: `share`, the part that `count` is of it, and the ends `lower` and `upper`
 * of its 95% interval. Texts, since Arquero reads expressions as they are written, and bundles are minified.
 *
 * @example table({count: [3, 4], n: [10, 20]}).derive(sharesOfN)
 */
export const sharesOfN = {
  share: "d => d.count / d.n",
  lower: "d => op.wilson_lower(d.count, d.n)",
  upper: "d => op.wilson_upper(d.count, d.n)"
} as const;

/**
 * For `derive`: `n`, the size of each group, every count’s `share` of it, and the ends `lower` and `upper` of the
 * share’s 95% interval.
 *
 * @example respondents.groupby("gender", "role").count().groupby("gender").derive(shares)
 */
export const shares = {
  n: "d => op.sum(d.count)",
  share: "d => d.count / op.sum(d.count)",
  lower: "d => op.wilson_lower(d.count, op.sum(d.count))",
  upper: "d => op.wilson_upper(d.count, op.sum(d.count))"
} as const;
