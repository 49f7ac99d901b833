import type {ColumnTable} from "arquero";
import type {Counts} from "../statistics/contingency.js";
import {type Crosstab, MISSING, type PrintedNumber, printedCells, TOTAL} from "./crosstab.js";
import {countText} from "./format.js";
import {categoryLabel, type Label, type ReportEntries, tableEntry, variableEntry} from "./labels.js";
import {fill, type Say} from "./phrase.js";
import {judgeP, readP, runTests, type TestName} from "./printed-p.js";
import {type TableId, tableKey} from "./table-id.js";
import {checkPercent, type Verdict} from "./verdict.js";

/** One printed number beside the recomputed one. */
export interface Compared {
  readonly printed: string;
  /** The recomputed number in figures: a count, or a percent with one decimal more than anyone would print. */
  readonly recomputed: string;
  readonly verdict: Verdict;
  /** What is to be said of it; empty where it is as printed. */
  readonly words: string;
}

/** A cell of a printed table, or a total: its count and its percents, each beside the recomputed. */
export interface ComparedCell {
  readonly count: Compared;
  readonly percents: readonly Compared[];
  /** The percent of this line and all before it; null where none is printed. */
  readonly cumulative: Compared | null;
}

/** A row or column as printed, with the codebook’s labels. */
export interface ComparedSide extends Label {
  readonly code: string;
  readonly printed: string;
  readonly isTotal: boolean;
}

/** A printed table beside its recomputation, in the table’s own shape. */
export type Comparison = ReturnType<typeof compareTable>;

/**
 * Holds every count, percent and P that a table prints against a recomputation.
 *
 * Counts are held against `recomputed` (a crosstab of respondents) where one is given; totals against the sum of the
 * printed cells above or beside them; percents against the printed counts that they are shares of, at the number of
 * decimals they are printed with; a P value against Pearson’s chi-square of the printed cells. A total that its own
 * cells do not add up to is `inconsistent`: which of them is wrong cannot be known from the table. Throws when the
 * table is a regression or a chart.
 */
export function compareTable(
  published: ColumnTable,
  report: ReportEntries,
  table: TableId,
  recomputed: Crosstab | null = null,
  checks: readonly Settled[] = []
) {
  const entry = tableEntry(report, table);
  if (entry.kind === "regression" || entry.kind === "chart") throw new Error(`table ${table} has no counts to compare`);
  const [counts = [], percents = [], cumulative = []] = ["count", "percent", "cumulative_percent"].map((measure) =>
    printedCells(published, table, measure)
  );
  type Place = {readonly index: number | null};
  const find = (all: readonly PrintedNumber[], row: Place, column: Place) =>
    all.find((cell) => cell.row_index === row.index && cell.column_index === column.index);
  // A table of percents alone is shown as printed: nothing in it can be held against counts.
  const shown = counts.length > 0 ? counts : percents;
  const rows = sides(shown, "row", (code) => categoryLabel(report, entry.row, code));
  const columns =
    entry.column === null
      ? [{code: TOTAL, printed: "", isTotal: true, index: null, ...categoryLabel(report, entry.row, TOTAL)}]
      : sides(shown, "column", (code) => categoryLabel(report, entry.column ?? "", code));

  const tally = {exact: 0, rounding: 0, differs: 0, inconsistent: 0, not_checkable: 0};
  const note = (compared: Compared): Compared => {
    tally[compared.verdict]++;
    return compared;
  };
  const cells = rows.map((row) =>
    columns.map((column): ComparedCell => {
      const [count, percent, summed] = [counts, percents, cumulative].map((all) => find(all, row, column));
      const asPrinted = (printed: string): Compared => ({printed, recomputed: "", verdict: "exact", words: ""});
      if (!count)
        return {count: asPrinted(""), percents: percent ? [asPrinted(percent.printed)] : [], cumulative: null};
      const base = baseOf(count, entry.percentOf, counts);
      return {
        count: note(compareCount(count, counts, recomputed)),
        percents: percent && base !== null ? [note(comparePercent(percent.printed, count.value ?? 0, base))] : [],
        cumulative: summed && base !== null ? note(comparePercent(summed.printed, upTo(count, counts), base)) : null
      };
    })
  );
  const p = printedCells(published, table, "p").find((cell) => cell.row_index === null);
  const body = rows
    .filter(({isTotal}) => !isTotal)
    .map((row) => columns.filter(({isTotal}) => !isTotal).map((column) => find(counts, row, column)?.value ?? 0));
  const ordered = [entry.row, entry.column].every((name) => {
    const variable = name === null ? null : variableEntry(report, name);
    return variable !== null && (variable.kind === "ordinal" || variable.categories.length === 2);
  });
  const settled = checks.find(({id}) => id === `t${tableKey(table)}.p`);
  return {
    rows: rows as readonly ComparedSide[],
    columns: columns as readonly ComparedSide[],
    cells,
    /** The P value below a crosstab beside that of Pearson’s chi-square; null where none is printed. */
    p: p ? note(compareP(p, body, ordered, report.test, settled)) : null,
    /** How many numbers were checked, and with what result. */
    tally: tally as Readonly<Record<Verdict, number>>
  };
}

/** What a page uses of a line of the register of checks. */
export interface Settled {
  readonly id: string;
  readonly verdict: Verdict;
  readonly note: string | null;
}

/**
 * A printed P beside the tests of the counts. The exact test is too slow for a page: of a P that no other test gives the
 * register of checks tells, unless the report says which test it uses.
 */
function compareP(
  {printed}: PrintedNumber,
  counts: Counts,
  ordered: boolean,
  own: TestName | undefined,
  settled: Settled | undefined
): Compared {
  const tried = runTests(counts, ordered, null);
  const read = readP(printed);
  const {verdict} = judgeP(read, tried, own);
  const p = tried[own ?? "pearson"]?.p ?? 0;
  const decimals = (read?.digits ?? 3) + (verdict === "exact" ? 0 : 1);
  // Where both would read 0, one digit more says nothing either.
  const recomputed = p < 0.0005 ? "less than 0.001" : p.toFixed(decimals);
  const open = verdict !== "exact" && own === undefined;
  if (open && settled) return {printed, recomputed, verdict: settled.verdict, words: settled.note ?? ""};
  return {printed, recomputed, verdict: open && verdict === "differs" ? "not_checkable" : verdict, words: ""};
}

function sides(
  cells: readonly PrintedNumber[],
  side: "row" | "column",
  label: (code: string) => Label
): (ComparedSide & {index: number})[] {
  const found = new Map<number, ComparedSide & {index: number}>();
  for (const cell of cells) {
    const index = cell[`${side}_index`];
    const code = cell[side];
    if (index === null || code === null || found.has(index)) continue;
    const printed = cell[`${side}_label`] ?? "";
    found.set(index, {index, code, printed, isTotal: code === TOTAL || code === MISSING, ...label(code)});
  }
  return [...found.values()].sort((a, b) => a.index - b.index);
}

const sum = (cells: readonly PrintedNumber[]) => cells.reduce((total, {value}) => total + (value ?? 0), 0);

function compareCount(cell: PrintedNumber, counts: readonly PrintedNumber[], recomputed: Crosstab | null): Compared {
  const value = cell.value ?? 0;
  const found = (count: number, verdict: Verdict, words: string): Compared => {
    return {printed: cell.printed, recomputed: String(count), verdict, words};
  };
  const parts = partsOf(cell, counts);
  if (parts.length > 0 && sum(parts) !== value)
    return found(sum(parts), "inconsistent", `the cells add up to ${countText(sum(parts))}`);
  const again = (recomputed && countIn(recomputed, cell, counts)) ?? value;
  return again === value ? found(value, "exact", "") : found(again, "differs", `recomputed as ${countText(again)}`);
}

/** The printed cells that a printed total should be the sum of; none for a cell that is no total. */
function partsOf(cell: PrintedNumber, counts: readonly PrintedNumber[]): PrintedNumber[] {
  if (cell.row !== TOTAL) {
    return cell.column === TOTAL ? counts.filter((c) => c.row_index === cell.row_index && c.column !== TOTAL) : [];
  }
  const place = cell.row_index ?? 0;
  const inColumn = counts.filter((c) => c.column_index === cell.column_index);
  if (place === 0) return inColumn.filter((c) => c !== cell);
  const above = inColumn.filter((c) => (c.row_index ?? 0) < place);
  const valid = above.find((c) => c.row === TOTAL);
  if (!valid) return above;
  // Totals below the first (“Total, Missing, Total”) add to it what is missing. One directly below a missing line that
  // repeats it sums the missing alone.
  const missing = above.filter((c) => c.row === MISSING);
  const repeats = missing.length === 1 && missing[0]?.value === cell.value && above.at(-1) === missing[0];
  return repeats ? missing : [valid, ...missing];
}

/** The printed count that a cell’s percent is a share of, or null where none is printed. */
function baseOf(
  cell: PrintedNumber,
  percentOf: "row" | "column" | null,
  counts: readonly PrintedNumber[]
): number | null {
  if (percentOf === null) return null;
  const line = counts.filter((c) => c[`${percentOf}_index`] === cell[`${percentOf}_index`]);
  const total = line.find((c) => c[percentOf === "row" ? "column" : "row"] === TOTAL);
  // Where the total is not printed it is the sum of its line.
  const parts = total ? [total] : line;
  return parts.some(({value}) => value === null) ? null : sum(parts);
}

function comparePercent(printed: string, count: number, base: number): Compared {
  const {exact, verdict, words} = checkPercent(printed, count, base);
  const recomputed = exact === null ? "–" : exact.toFixed(1);
  return {printed, recomputed, verdict, words: verdict === "exact" ? "" : words};
}

/** The printed counts of a line and of all before it. */
function upTo(cell: PrintedNumber, counts: readonly PrintedNumber[]): number {
  const lines = counts.filter((c) => c.column_index === cell.column_index && c.row !== TOTAL && c.row !== MISSING);
  return sum(lines.filter((c) => (c.row_index ?? 0) <= (cell.row_index ?? 0)));
}

/** The count that a crosstab has where a table prints one; null where it has none. */
function countIn(table: Crosstab, cell: PrintedNumber, counts: readonly PrintedNumber[]): number | null {
  const {row, column} = cell;
  if (column === null && (row === MISSING || row === TOTAL)) {
    // The lines below the categories of a frequency table: which people a total counts shows in what it is the sum of.
    const parts = row === MISSING ? [cell] : partsOf(cell, counts);
    const answered = parts.some((part) => part.row !== MISSING);
    const unanswered = parts.some((part) => part.row === MISSING);
    return (answered ? table.total : 0) + (unanswered ? (table.missing ?? 0) : 0);
  }
  const r = table.rows.indexOf(row ?? "");
  const c = column === null ? 0 : table.columns.indexOf(column);
  if (row === TOTAL) return (column === TOTAL ? table.total : table.columnTotals[c]) ?? null;
  return (column === TOTAL ? table.rowTotals[r] : table.counts[r]?.[c]) ?? null;
}

/** The worst that became of a table’s numbers: one that differs or contradicts others, one that is rounded otherwise. */
export type WorstVerdict = "exact" | "rounding" | "differs";
export function worstOf({tally}: Comparison): WorstVerdict {
  if (tally.differs + tally.inconsistent > 0) return "differs";
  return tally.rounding > 0 ? "rounding" : "exact";
}

/** The result of a comparison in one sentence: “All 50 numbers reproduce as printed.” */
export function comparisonSentence({tally}: Comparison, say: Say = fill): string {
  const total = Object.values(tally).reduce((a, b) => a + b, 0);
  const {exact} = tally;
  if (total === 0) return say("0 checks: no number of the table can be held against another.");
  if (total === exact) return say("All {total} numbers reproduce as printed.", {total});
  const words = {
    rounding: "by another rounding only",
    differs: "not at all",
    inconsistent: "contradicted by other numbers in the table",
    not_checkable: "not checkable"
  } as const;
  const rest = (Object.keys(words) as (keyof typeof words)[])
    .filter((verdict) => tally[verdict] > 0)
    .map((verdict) => `${tally[verdict]} ${say(words[verdict])}`);
  return say("{exact} of {total} numbers reproduce as printed; {rest}.", {exact, total, rest: rest.join(", ")});
}
