import {alpha} from "../../src/statistics/alpha.js";
import {lacksDecimalSign} from "../../src/tables/decimal.js";
import {verdicts} from "../../src/tables/verdict.js";
import {requireKnown} from "../claims/errata.js";
import type {Column} from "../publish/arrow.js";
import {columnsOf, writeDescribed} from "../publish/described.js";
import {reconstructSurvey, usableSurveys} from "../publish/respondents.js";
import {countTables} from "../read/counts.js";
import type {Report} from "../read/report.js";
import type {PrintedCell} from "../read/table.js";
import {type Columns, verifyCounts} from "../reconstruction/verify.js";
import {type Check, check, checkKinds, powerOf} from "./check.js";
import {formChecks} from "./form.js";
import {gridOf} from "./grid.js";
import {marginChecks, surveySizes} from "./margins.js";
import {pastedChecks} from "./pasted.js";
import {regressionChecks} from "./regression.js";
import {percentChecks, totalChecks} from "./sums.js";
import {exactTests, judgePrinted, reportTests, type TableTest} from "./tests.js";

/** What checks are made with beside the report. */
export interface Evidence {
  /** The tests of the report's crosstabs: `reportTests`, with exact tests or without. */
  readonly tests: readonly TableTest[];
  /** The reconstructed respondents of each survey; without them counts are held against each other only. */
  readonly respondents?: ReadonlyMap<string, Columns>;
}

/**
 * Every check of every printed number, table by table in the catalogue's order. All follow from the catalogue and the
 * codebook: a new table needs no code.
 *
 * Throws when two checks have the same id.
 */
export function checkReport(report: Report, {tests, respondents}: Evidence): Check[] {
  const {codebook, tables} = report;
  const grids = tables.flatMap((table) => gridOf(table, codebook) ?? []);
  const sizes = surveySizes(grids);
  const found = [
    ...(respondents ? respondentChecks(report, respondents) : []),
    ...grids.flatMap((grid) => {
      const {survey, pasted} = grid.table.entry;
      if (pasted) return [];
      return [...totalChecks(grid, sizes.get(survey[0] ?? "")), ...percentChecks(grid)];
    }),
    ...tables.flatMap((table) =>
      pastedChecks(table, codebook, tests.find((test) => test.entry.table === table.entry.table)?.p)
    ),
    ...marginChecks(grids, codebook),
    ...tests.map(testCheck),
    ...tables.flatMap((table) => regressionChecks(table, codebook)),
    ...tables.flatMap((table) => formChecks(table, codebook))
  ];
  const seen = new Set<string>();
  for (const {id} of found) {
    if (seen.has(id)) throw new Error(`two checks are named ${id}`);
    seen.add(id);
  }
  const order = new Map(tables.map(({entry}, i) => [entry.table, i]));
  return found.sort((a, b) => (order.get(a.table) ?? 0) - (order.get(b.table) ?? 0));
}

/** A printed P against the tests of the printed counts. */
function testCheck(tested: TableTest): Check {
  const {entry, p, printed, test, significantPrinted} = tested;
  const mended = lacksDecimalSign(p.printed) ? ` It is read as ${printed.value}, with its decimal sign.` : "";
  const isSame = significantPrinted === test.p < alpha;
  return check(entry.table, "p", "p", {
    place: "P value",
    placePrinted: "P=",
    cells: [p],
    recomputed: test.p < 0.0001 ? test.p.toExponential(1) : test.p.toFixed(printed.digits + 2),
    value: test.p,
    lower: Math.max(0, printed.lower),
    upper: Math.min(1, printed.upper),
    judge: (text) => judgePrinted(text, tested).verdict,
    formula: `chi-square ${test.statistic.toFixed(3)} on ${test.df} degrees of freedom`,
    conclusion: significantPrinted === null ? "" : isSame ? "unchanged" : "changes",
    note: `${judgePrinted(p.printed, tested).note}${mended}`
  });
}

/** Each table's counts against the respondents whose crosstabs should equal those of all tables at once. */
function respondentChecks(report: Report, respondents: ReadonlyMap<string, Columns>): Check[] {
  return report.tables.flatMap(({entry, cells}): Check[] => {
    const counts = cells.filter((cell) => cell.measure === "count");
    // A group that nobody can be told to be in is held against no respondents.
    if (counts.length === 0 || entry.use.length === 0) return [];
    return [...respondents].flatMap(([survey, columns]): Check[] => {
      const table = countTables(report, survey).find((t) => t.table === entry.table);
      if (!table) return [];
      const compared = verifyCounts(columns, [table]);
      const equal = compared.filter(({printed, counted}) => printed === counted).length;
      const fits = equal === compared.length;
      const used = new Set(table.cells.map(({place}) => `${place.line} ${place.column}`));
      return [
        check(entry.table, `${entry.use.length > 1 ? `${survey}.` : ""}count`, "count", {
          place: "All counts",
          placePrinted: "",
          printed: `${compared.length} counts`,
          cells: counts.filter((cell) => used.has(`${cell.line} ${cell.field}`)),
          recomputed: `${equal} equal`,
          value: equal,
          lower: compared.length,
          upper: compared.length,
          verdict: fits ? "exact" : "inconsistent",
          formula: `crosstab of the respondents of ${survey}`,
          note: fits
            ? "One set of respondents has these counts and those of all other tables: they can all be true together."
            : "No set of respondents is known that has these counts and those of all other tables."
        })
      ];
    });
  });
}

/**
 * How many printed numbers each check settles: every number is counted once, by the check that is of it and is worst.
 * A count is settled by the table's respondents, and by its totals where they are not known; codes by their scale.
 */
export function numbersSettled(checks: readonly Check[]): number[] {
  const severity = ["differs", "inconsistent", "rounding", "exact"];
  const worstFirst = checks
    .map((one, at) => ({one, at, rank: severity.indexOf(one.verdict)}))
    .filter(({one, rank}) => rank >= 0 && one.kind !== "structure" && one.kind !== "margin")
    .sort((a, b) => a.rank - b.rank || a.at - b.at);
  const isWhole = ({kind}: Check) => kind === "count" || kind === "coding";
  const settles = new Map<PrintedCell, number>();
  const assign = (cellsOf: (one: Check) => readonly PrintedCell[]) => {
    for (const {one, at} of worstFirst) {
      for (const cell of cellsOf(one)) if (!settles.has(cell)) settles.set(cell, at);
    }
  };
  assign((one) => (isWhole(one) ? one.cells : one.cells.slice(0, 1)));
  assign((one) => one.cells);
  const numbers = checks.map(() => 0);
  for (const at of settles.values()) numbers[at] = (numbers[at] ?? 0) + 1;
  return numbers;
}

/** The bytes of `checks.arrow`: a row a check. `errata` gives the id of the erratum that tells of a check, by its id. */
export async function writeChecks(
  report: Report,
  files: ReadonlyMap<string, Uint8Array>,
  errata: ReadonlyMap<string, string> = new Map()
): Promise<Uint8Array> {
  return writeDescribed("checks.arrow", checkColumns(await allChecks(report), errata), files);
}

/** All checks with all evidence: exact tests and the respondents of every survey that has some. */
export async function allChecks(report: Report): Promise<Check[]> {
  const [exact, ...found] = await Promise.all([
    exactTests(report),
    ...usableSurveys(report).map(async (survey) => [survey, (await reconstructSurvey(report, survey)).columns] as const)
  ]);
  return checkReport(report, {tests: reportTests(report, exact), respondents: new Map(found)});
}

/** The columns of `checks.arrow`. Throws when an erratum is given for a check that there is not. */
export function checkColumns(checks: readonly Check[], errata: ReadonlyMap<string, string> = new Map()): Column[] {
  const ids = checks.map(({id}) => id);
  requireKnown(errata, ids, "check");
  const numbers = numbersSettled(checks);
  const rows = checks.map((one, i) => {
    const {cells: _, judge: __, placePrinted: place_printed, value: recomputed_value, ...rest} = one;
    const erratum = errata.get(one.id) ?? null;
    return {...rest, place_printed, recomputed_value, erratum, power: powerOf(one), numbers: numbers[i] ?? 0};
  });
  // What only pasted tables have is in no list but those that have it.
  const rare: readonly string[] = ["estimate", "statistic"];
  const kinds = Object.entries(checkKinds).filter(
    ([kind]) => !rare.includes(kind) || checks.some((c) => c.kind === kind)
  );
  const codes = {kind: kinds.map(([kind]) => kind), verdict: verdicts};
  const words = {kinds: kinds.map(([kind, says]) => `${kind}: ${says}`).join("; ")};
  return columnsOf("checks.arrow", rows, {codes, words});
}
