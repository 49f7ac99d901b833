import {alpha} from "../../src/statistics/alpha.js";
import {type ChiSquareTest, chiSquareTest} from "../../src/statistics/chi-square.js";
import type {Counts} from "../../src/statistics/contingency.js";
import {cramersV} from "../../src/statistics/cramer.js";
import {designEffectLimit} from "../../src/statistics/design-effect.js";
import {type ExactTest, exactTest} from "../../src/statistics/exact.js";
import {holm} from "../../src/statistics/holm.js";
import {type OrdinalMeasure, ordinalAssociation} from "../../src/statistics/ordinal.js";
import {judgeP, type PJudgement, type PrintedP, readP, runTests, type Tried} from "../../src/tables/printed-p.js";
import {derived} from "../make/derived.js";
import {columnsOf, writeDescribed} from "../publish/described.js";
import {about} from "../read/about.js";
import type {CatalogueEntry} from "../read/catalogue.js";
import type {Variable} from "../read/codebook.js";
import type {Report} from "../read/report.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";

/** A crosstab with a printed P: its counts without totals, rows and columns in the codebook's order. */
export interface TestedTable {
  readonly entry: CatalogueEntry & {readonly column: Variable};
  readonly counts: Counts;
  /** The printed cell of the P value. */
  readonly p: PrintedCell;
}

/** The tests of one printed crosstab, from its printed counts. */
export interface TableTest extends TestedTable {
  readonly printed: PrintedP;
  /** Null where a bound that is printed leaves it open. */
  readonly significantPrinted: boolean | null;
  /** Pearson’s. */
  readonly test: ChiSquareTest;
  /** Null where it was not asked for. */
  readonly exact: ExactTest | null;
  /** Every test that was run. */
  readonly tried: Tried;
  readonly holm: number;
}

/** The report's crosstabs with a printed P. */
export function testedTables(report: Report): TestedTable[] {
  return report.tables.flatMap(({entry, cells}) => {
    const {column} = entry;
    if (entry.pasted && !entry.extras.includes("p")) return [];
    const p = cells.find((cell) => cell.measure === "p" && cell.row === null && (!entry.pasted || readP(cell.printed)));
    const counts = column && bodyCounts({entry, cells}, column);
    return p && column && counts ? [{entry: {...entry, column}, counts, p}] : [];
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
  return Promise.all(exactResults(report).map((result) => derived(result)));
}

/**
 * The tests of every printed crosstab with a P, from the printed counts (the respondents' counts are the same, cell for
 * cell). `exact` are the results of {@link exactTests}, or null to do without.
 *
 * Holm's correction is over Pearson's tests of all these tables. Throws a RangeError where fewer than two rows or
 * columns of a table have counts.
 */
export function reportTests(report: Report, exact: readonly ExactTest[] | null): TableTest[] {
  const tables = testedTables(report).map((table) => ({...table, test: chiSquareTest(table.counts)}));
  const adjusted = holm(tables.map(({test}) => test.p));
  return tables.map((table, i): TableTest => {
    const {entry, counts, p, test} = table;
    const printed = readP(p.printed);
    if (!printed) throw new Error(`table ${entry.table}: “${p.printed}” has been read as a P and is none`);
    const ordered = hasOrder(entry.row) && hasOrder(entry.column);
    const tried = runTests(counts, ordered, exact?.[i] ?? null, test);
    const significantPrinted = significantAs(printed);
    return {...table, printed, significantPrinted, exact: exact?.[i] ?? null, tried, holm: adjusted[i] ?? 1};
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
  const [first = "", last = ""] = [tests[0], tests.at(-1)].map((test) => String(test?.entry.table));
  return writeDescribed("tests.arrow", columns, files, {first, last});
}

function rowOf({entry, p, printed, significantPrinted, counts, test, exact, tried, holm: adjusted}: TableTest) {
  const yesNo = (holds: boolean | null) => (holds === null ? null : holds ? "yes" : "no");
  const interval = (name: string, value: Omit<OrdinalMeasure, "standardError"> | null | undefined) => ({
    [name]: value?.estimate ?? null,
    [`${name}_lower`]: value?.lower ?? null,
    [`${name}_upper`]: value?.upper ?? null
  });
  const significant = test.p < alpha;
  // A test of trend and a measure of order ask for the same.
  const ordinal = tried.trend ? ordinalAssociation(counts) : null;
  return {
    table: entry.table,
    row_variable: entry.row.name,
    column_variable: entry.column.name,
    n: test.n,
    statistic: test.statistic,
    df: test.df,
    p_pearson: test.p,
    p_likelihood_ratio: test.likelihoodRatio.p,
    p_exact: exact?.p ?? null,
    exact_method: exact?.method ?? null,
    p_exact_se: exact?.standardError ?? null,
    p_trend: tried.trend?.p ?? null,
    ...interval("cramers_v", cramersV(counts)),
    ...interval("gamma", ordinal?.gamma),
    ...interval("tau_b", ordinal?.tauB),
    min_expected: test.minExpected,
    share_expected_below_5: test.shareExpectedBelow5,
    p_printed: printed.value,
    p_printed_text: p.printed,
    p_reproduced_by: judgeP(printed, tried).by.join(" "),
    significant_printed: yesNo(significantPrinted),
    significant_pearson: yesNo(significant),
    design_effect_limit: significant ? designEffectLimit(test.statistic, test.df, alpha) : null,
    p_holm: adjusted,
    survives_holm: yesNo(adjusted < alpha)
  };
}
