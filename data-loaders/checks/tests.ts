import {alpha} from "../../src/statistics/alpha.js";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import type {Counts} from "../../src/statistics/contingency.js";
import {cramersV} from "../../src/statistics/cramer.js";
import {designEffectLimit} from "../../src/statistics/design-effect.js";
import {type ExactTest, exactTest} from "../../src/statistics/exact.js";
import {holm} from "../../src/statistics/holm.js";
import {ordinalAssociation} from "../../src/statistics/ordinal.js";
import {
  judgeP,
  type PJudgement,
  type PrintedP,
  readP,
  runTests,
  type TestName,
  type Tried
} from "../../src/tables/printed-p.js";
import type {TableId} from "../../src/tables/table-id.js";
import {derived} from "../make/derived.js";
import {type Column, tableColumn, writeArrow} from "../publish/arrow.js";
import {checksums, licence, source} from "../publish/published.js";
import {about} from "../read/about.js";
import type {CatalogueEntry} from "../read/catalogue.js";
import type {Variable} from "../read/codebook.js";
import type {Report} from "../read/report.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";

/** The tests of one printed crosstab, from its printed counts. */
export interface TableTest {
  readonly table: TableId;
  readonly entry: CatalogueEntry;
  /** The printed cell of the P value. */
  readonly cell: PrintedCell;
  readonly printed: PrintedP;
  readonly counts: Counts;
  readonly n: number;
  readonly statistic: number;
  readonly df: number;
  readonly pearson: number;
  readonly likelihoodRatio: {readonly statistic: number; readonly p: number};
  /** Null where it was not asked for. */
  readonly exact: ExactTest | null;
  /** Null unless both variables have an order. */
  readonly trend: number | null;
  readonly minExpected: number;
  readonly shareExpectedBelow5: number;
  /** Every test that was run. */
  readonly tried: Tried;
  /** The tests that print as the P that is printed. */
  readonly reproducedBy: readonly TestName[];
  /** Null where a bound that is printed leaves it open. */
  readonly significantPrinted: boolean | null;
  readonly significantPearson: boolean;
  readonly designEffectLimit: number | null;
  readonly holm: number;
}

/** A crosstab with a printed P: its counts without totals, rows and columns in the codebook's order. */
export interface TestedTable {
  readonly entry: CatalogueEntry;
  readonly counts: Counts;
  readonly p: PrintedCell;
}

/** The report's crosstabs with a printed P. */
export function testedTables(report: Report): TestedTable[] {
  return report.tables.flatMap((table) => {
    const p = table.cells.find((cell) => cell.measure === "p");
    const counts = p && table.entry.column ? bodyCounts(table, table.entry.column) : null;
    return p && counts ? [{entry: table.entry, counts, p}] : [];
  });
}

/** The counts without totals; null for a pasted table that does not print all of them. */
function bodyCounts({entry, cells}: PrintedTable, column: Variable): number[][] | null {
  const counts = new Map(
    cells.flatMap((c) =>
      c.measure === "count" && c.value !== null ? [[`${c.row?.code} ${c.column?.code}`, c.value] as const] : []
    )
  );
  const body = entry.rowCodes.map((r) => column.categories.map(({code}) => counts.get(`${r} ${code}`)));
  if (entry.pasted && body.flat().includes(undefined)) return null;
  return body.map((line) => line.map((n) => n ?? 0));
}

/** Whether a variable's categories have an order: the codebook says so, or there are only two of them. */
export function hasOrder(variable: Variable): boolean {
  return variable.kind === "ordinal" || variable.categories.length === 2;
}

/** The exact tests of {@link testedTables}: up to two seconds each, table by table. */
export function exactResults(report: Report) {
  return testedTables(report).map(({entry, counts}, i) => {
    const seed = typeof entry.table === "number" ? entry.table : i + 1;
    return {
      name: `exact-${entry.table}`,
      origin: {inputs: {counts, seed}, code: ["src/statistics/exact.ts"]},
      make: async () => exactTest(counts, {seed})
    };
  });
}

/**
 * The exact test of each of {@link testedTables}, in their order: exact where the network algorithm ends within its
 * budget, else from 100,000 simulated tables with the table’s number as seed.
 */
export function exactTests(report: Report): Promise<ExactTest[]> {
  return Promise.all(exactResults(report).map(({name, origin, make}) => derived(name, origin, make)));
}

/**
 * The tests of every printed crosstab with a P, from the printed counts (the respondents' counts are the same, cell for
 * cell). `exact` are the results of {@link exactTests}, or null to do without.
 *
 * Holm's correction is over Pearson's tests of all these tables. Throws a RangeError where fewer than two rows or
 * columns of a table have counts.
 */
export function reportTests(report: Report, exact: readonly ExactTest[] | null): TableTest[] {
  const tables = testedTables(report);
  const chiSquares = tables.map(({counts}) => chiSquareTest(counts));
  const adjusted = holm(chiSquares.map((test) => test.p));
  return tables.flatMap(({entry, counts, p}, i): TableTest[] => {
    const test = chiSquares[i];
    if (!test || !entry.column) return [];
    const ordered = hasOrder(entry.row) && hasOrder(entry.column);
    const significant = test.p < alpha;
    const printed = readP(p.printed);
    if (!printed) throw new Error(`table ${entry.table}: “${p.printed}” has been read as a P and is none`);
    const tried = runTests(counts, ordered, exact?.[i] ?? null, test);
    return [
      {
        table: entry.table,
        entry,
        cell: p,
        printed,
        tried,
        reproducedBy: judgeP(printed, tried).by,
        significantPrinted: significantAs(printed),
        counts,
        n: test.n,
        statistic: test.statistic,
        df: test.df,
        pearson: test.p,
        likelihoodRatio: test.likelihoodRatio,
        exact: exact?.[i] ?? null,
        trend: tried.trend?.p ?? null,
        minExpected: test.minExpected,
        shareExpectedBelow5: test.shareExpectedBelow5,
        significantPearson: significant,
        designEffectLimit: significant ? designEffectLimit(test.statistic, test.df, alpha) : null,
        holm: adjusted[i] ?? 1
      }
    ];
  });
}

/** Whether a printed P says significant; null for a bound such as `<0.1` that does not tell. */
function significantAs({kind, value, lower, upper}: PrintedP): boolean | null {
  if (kind === "value") return value < alpha;
  return upper <= alpha ? true : lower >= alpha ? false : null;
}

/** What is found of a table's printed P, were it printed so. */
export function judgePrinted(printed: string, {tried}: Pick<TableTest, "tried">): PJudgement {
  return judgeP(readP(printed), tried, about.test);
}

/** The bytes of `tests.arrow`: a row a printed crosstab with a P value. */
export async function writeTests(report: Report, files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const tests = reportTests(report, await exactTests(report));
  const first = tests[0]?.table;
  const last = tests.at(-1)?.table;
  return writeArrow(testColumns(tests), {
    title: "Tests of independence of every crosstab that prints a P value",
    description:
      "One row is one printed crosstab: its tests recomputed from its counts, which are those of the reconstructed respondents too, beside the P that is printed.",
    source,
    section: `Tables ${first}–${last} that print a P value`,
    licence,
    inputs: checksums(files)
  });
}

/** The columns of `tests.arrow`. */
export function testColumns(tests: readonly TableTest[]): Column[] {
  const number = (
    name: string,
    pick: (test: TableTest) => number | null,
    label: string,
    description: string
  ): Column => ({name, type: "number", values: tests.map(pick), label, description});
  const integer = (name: string, pick: (test: TableTest) => number, label: string, description: string): Column => ({
    name,
    type: "integer",
    values: tests.map(pick),
    label,
    description
  });
  const text = (name: string, pick: (test: TableTest) => string, label: string, description: string): Column => ({
    name,
    type: "text",
    values: tests.map(pick),
    label,
    description
  });
  const yesNo = (
    name: string,
    pick: (test: TableTest) => boolean | null,
    label: string,
    description: string
  ): Column => ({
    name,
    type: "category",
    codes: ["no", "yes"],
    values: tests.map((test) => (pick(test) === null ? null : pick(test) ? "yes" : "no")),
    label,
    description
  });
  const onlyOrdered = "Null unless both variables are ordinal in the codebook or have two categories.";
  const interval = (name: string, what: string, values: readonly (Interval | null)[], more: string): Column[] => {
    const column = (end: keyof Interval, suffix: string, label: string, description: string): Column => ({
      name: `${name}${suffix}`,
      type: "number",
      values: values.map((value) => value?.[end] ?? null),
      label,
      description
    });
    return [
      column("estimate", "", what, `${what}. ${more}`),
      column("lower", "_lower", `${what}, lower`, "Lower end of its 95 % interval."),
      column("upper", "_upper", `${what}, upper`, "Upper end of its 95 % interval.")
    ];
  };
  // A test of trend and a measure of order ask for the same.
  const ordinal = tests.map(({counts, trend}) => (trend === null ? null : ordinalAssociation(counts)));
  const v = tests.map(({counts}) => cramersV(counts));
  return [
    tableColumn(
      tests.map((t) => t.table),
      "Table",
      "Number of the table in the report."
    ),
    text("row_variable", (t) => t.entry.row.name, "Row variable", "Name of the row variable in the codebook."),
    text(
      "column_variable",
      (t) => t.entry.column?.name ?? "",
      "Column variable",
      "Name of the column variable in the codebook."
    ),
    integer("n", (t) => t.n, "Respondents", "Number of respondents in the table."),
    number("statistic", (t) => t.statistic, "Chi-square", "Pearson’s chi-square, without continuity correction."),
    integer("df", (t) => t.df, "Degrees of freedom", "Empty rows and columns are not counted."),
    number("p_pearson", (t) => t.pearson, "P, Pearson", "P of Pearson’s chi-square."),
    number("p_likelihood_ratio", (t) => t.likelihoodRatio.p, "P, likelihood ratio", "P of the likelihood ratio test."),
    number(
      "p_exact",
      (t) => t.exact?.p ?? null,
      "P, exact",
      "P of the Fisher–Freeman–Halton test, exact or simulated as exact_method says."
    ),
    {
      name: "exact_method",
      type: "category",
      codes: ["exact", "monte_carlo"],
      values: tests.map((t) => t.exact?.method ?? null),
      label: "How the exact P was found",
      description:
        "exact: by listing all tables; monte_carlo: from 100,000 simulated tables, seeded by the table’s number."
    },
    number(
      "p_exact_se",
      (t) => t.exact?.standardError ?? null,
      "Standard error of the exact P",
      "0 where the P is exact."
    ),
    number("p_trend", (t) => t.trend, "P, trend", `P of the linear-by-linear association. ${onlyOrdered}`),
    ...interval("cramers_v", "Cramér’s V", v, "Interval by the noncentral chi-square."),
    ...interval(
      "gamma",
      "Goodman and Kruskal’s gamma",
      ordinal.map((o) => o?.gamma ?? null),
      onlyOrdered
    ),
    ...interval(
      "tau_b",
      "Kendall’s tau-b",
      ordinal.map((o) => o?.tauB ?? null),
      onlyOrdered
    ),
    number("min_expected", (t) => t.minExpected, "Smallest expected count", "Under independence."),
    number(
      "share_expected_below_5",
      (t) => t.shareExpectedBelow5,
      "Share of expected counts below 5",
      "From 0 to 1; above 0.2 the chi-square distribution is a rough guide."
    ),
    number(
      "p_printed",
      (t) => t.printed.value,
      "P, printed",
      "The P that the report prints; where its decimal sign is missing (table 15) it is read in its place."
    ),
    text("p_printed_text", (t) => t.cell.printed, "P, as printed", "The P exactly as the report prints it."),
    text(
      "p_reproduced_by",
      (t) => t.reproducedBy.join(" "),
      "Reproduced by",
      "The tests that give the printed P to its printed digits: pearson, yates, likelihood_ratio, exact, trend, one_sided. A simulated exact P is named only if three standard errors either way print the same."
    ),
    yesNo("significant_printed", (t) => t.significantPrinted, "Significant as printed", "The printed P is below 0.05."),
    yesNo("significant_pearson", (t) => t.significantPearson, "Significant recomputed", "Pearson’s P is below 0.05."),
    number(
      "design_effect_limit",
      (t) => t.designEffectLimit,
      "Design effect to insignificance",
      "How many times larger the variance may be, because colleagues resemble each other, before Pearson’s test stops being significant at 5 %. Null where it is not significant to begin with."
    ),
    number(
      "p_holm",
      (t) => t.holm,
      "P after Holm’s correction",
      `Pearson’s P corrected by Holm’s method for the report’s ${tests.length} chi-square tests.`
    ),
    yesNo("survives_holm", (t) => t.holm < alpha, "Survives Holm’s correction", "The corrected P is below 0.05.")
  ];
}

interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}
