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
import {columnsOf, writeDescribed} from "../publish/described.js";
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
  const columns = columnsOf("tests.arrow", tests.map(rowOf), {words: {tests: tests.length}});
  const [first, last] = [tests[0], tests.at(-1)].map((test) => String(test?.table));
  return writeDescribed("tests.arrow", columns, files, {first: first ?? "", last: last ?? ""});
}

function rowOf(test: TableTest): Record<string, string | number | null> {
  const {table, entry, cell, printed, counts, exact, trend} = test;
  const yesNo = (holds: boolean | null) => (holds === null ? null : holds ? "yes" : "no");
  const interval = (name: string, value: Interval | null | undefined) => ({
    [name]: value?.estimate ?? null,
    [`${name}_lower`]: value?.lower ?? null,
    [`${name}_upper`]: value?.upper ?? null
  });
  // A test of trend and a measure of order ask for the same.
  const ordinal = trend === null ? null : ordinalAssociation(counts);
  return {
    table,
    row_variable: entry.row.name,
    column_variable: entry.column?.name ?? "",
    n: test.n,
    statistic: test.statistic,
    df: test.df,
    p_pearson: test.pearson,
    p_likelihood_ratio: test.likelihoodRatio.p,
    p_exact: exact?.p ?? null,
    exact_method: exact?.method ?? null,
    p_exact_se: exact?.standardError ?? null,
    p_trend: trend,
    ...interval("cramers_v", cramersV(counts)),
    ...interval("gamma", ordinal?.gamma),
    ...interval("tau_b", ordinal?.tauB),
    min_expected: test.minExpected,
    share_expected_below_5: test.shareExpectedBelow5,
    p_printed: printed.value,
    p_printed_text: cell.printed,
    p_reproduced_by: test.reproducedBy.join(" "),
    significant_printed: yesNo(test.significantPrinted),
    significant_pearson: yesNo(test.significantPearson),
    design_effect_limit: test.designEffectLimit,
    p_holm: test.holm,
    survives_holm: yesNo(test.holm < alpha)
  };
}

interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}
