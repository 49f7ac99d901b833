import type {ColumnTable} from "arquero";
import {type RoundingRule, reportRule, roundPercent} from "./rounding.js";
import type {TableId} from "./table-id.js";
import {tabulate} from "./tabulate.js";

/**
 * A crosstab: how many fall in each combination of two variables' categories.
 *
 * `counts[r][c]` belongs to `rows[r]` and `columns[c]`. A table of one variable has a single column, `total`.
 */
export interface Crosstab {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  /** Respondents left out because they did not answer; not given where nobody's answers were looked at. */
  readonly missing?: number;
}

/** The category that stands for a missing answer where missing answers are counted. */
export const MISSING = "missing";

/** The code of totals, and the only column of a table of one variable. */
export const TOTAL = "total";

/**
 * What becomes of respondents without an answer to one of the two questions: left out, as the report does, or counted
 * as a category of their own, `missing`, after the others. There is no default; it is a choice to be made.
 */
export type Missing = "exclude" | "category";

/** A variable of a crosstab and the codes of its categories, in the order they are to be shown. */
export interface Side {
  readonly variable: string;
  readonly codes: readonly string[];
}

/**
 * Counts respondents by one or two variables.
 *
 * `respondents` has a column a variable, holding codes or null. Categories that nobody chose are counted as 0. Throws
 * when a variable is not there, or holds a code that its side does not list: a respondent is never dropped unseen.
 */
export function crosstab(
  respondents: ColumnTable,
  row: Side,
  column: Side | null,
  options: {readonly missing: Missing}
): Crosstab {
  const sides = column ? [row, column] : [row];
  const names = sides.map((side) => side.variable);
  for (const name of names) {
    if (!respondents.columnNames().includes(name)) throw new Error(`the respondents have no column “${name}”`);
  }
  const [rows = [], columns = [TOTAL]] = sides.map(({codes}) =>
    options.missing === "category" ? [...codes, MISSING] : codes
  );
  const [rowCodes = new Uint8Array(), columnCodes = new Uint8Array(respondents.numRows())] = sides.map((side) =>
    encode(respondents, side)
  );
  // The last level of each side is the missing answers, whether they are shown or not.
  const width = (column?.codes.length ?? 0) + 1;
  const found = tabulate(rowCodes, columnCodes, row.codes.length + 1, width);
  const counts = rows.map((_, r) => columns.map((_, c) => found[r * width + c] ?? 0));
  const table = withTotals(rows, columns, counts);
  return {...table, missing: respondents.numRows() - table.total};
}

/** Each respondent's answer as its place among the side's codes; a missing answer has the place after the last. */
function encode(respondents: ColumnTable, {variable, codes}: Side): Uint8Array {
  const places = new Map(codes.map((code, place) => [code, place]));
  return Uint8Array.from(respondents.array(variable) as ArrayLike<unknown>, (code) => {
    const place = code == null ? codes.length : places.get(String(code));
    if (place === undefined) throw new Error(`${variable} holds “${code}”, which is not among ${codes.join(", ")}`);
    return place;
  });
}

/**
 * The counts that a table prints, with its totals as printed (they need not be the sums of its cells).
 *
 * `published` has the rows of `published.arrow`. Rows and columns come in print order. For a comparison of surveys
 * the columns are the surveys, and the grand total is null in print: it is the sum of the columns' totals here.
 * Throws when the table prints no counts.
 */
export function printedCrosstab(published: ColumnTable, table: TableId): Crosstab {
  const cells = printedCells(published, table, "count");
  if (cells.length === 0) throw new Error(`table ${table} prints no counts`);
  const inBody = cells.filter(({row}) => row !== TOTAL && row !== MISSING);
  const rows = [...new Set(inBody.map(({row}) => row ?? TOTAL))];
  const columns = [...new Set(cells.flatMap(({column}) => (column === TOTAL ? [] : [column ?? TOTAL])))];
  // Of several totals the first is meant, which counts the answers.
  const at = (row: string, column: string) =>
    cells.find((cell) => cell.row === row && (cell.column ?? TOTAL) === column)?.value ?? null;
  const summed = withTotals(
    rows,
    columns,
    rows.map((row) => columns.map((column) => at(row, column) ?? 0))
  );
  const columnTotals = columns.map((column, c) => at(TOTAL, column) ?? summed.columnTotals[c] ?? 0);
  return {
    ...summed,
    rowTotals: rows.map((row, r) => at(row, TOTAL) ?? summed.rowTotals[r] ?? 0),
    columnTotals,
    total: at(TOTAL, TOTAL) ?? sum(columnTotals)
  };
}

/** A printed number of `published.arrow`, as pages and tests use it. */
export interface PrintedNumber {
  readonly table: TableId;
  readonly row: string | null;
  readonly column: string | null;
  readonly row_label: string | null;
  readonly column_label: string | null;
  readonly row_index: number | null;
  readonly column_index: number | null;
  readonly measure: string;
  readonly printed: string;
  readonly value: number | null;
}

/** The rows of `published.arrow` as objects, made once: a page asks for the numbers of many tables. */
const numbers = new WeakMap<ColumnTable, PrintedNumber[]>();

/** Every printed number of a report, in print order. */
export function numbersOf(published: ColumnTable): readonly PrintedNumber[] {
  const cells = numbers.get(published) ?? (published.objects() as PrintedNumber[]);
  numbers.set(published, cells);
  return cells;
}

/** The numbers of one measure that a table prints, in print order. */
export function printedCells(published: ColumnTable, table: TableId, measure: string): PrintedNumber[] {
  return numbersOf(published).filter((cell) => cell.table === table && cell.measure === measure);
}

/** Which total a percent is of. */
export type PercentBase = "row" | "column" | "total";

/**
 * The percents of a crosstab, in percent points, in the shape of its counts; null where the base is 0.
 *
 * With a rule they are rounded as whole percents by it; without one they are left as they are.
 */
export function percents(
  table: Crosstab,
  base: PercentBase,
  rule: RoundingRule | null = reportRule
): (number | null)[][] {
  return table.counts.map((line, r) =>
    line.map((count, c) => {
      const total = base === "row" ? table.rowTotals[r] : base === "column" ? table.columnTotals[c] : table.total;
      if (!total) return null;
      return rule === null ? (100 * count) / total : roundPercent(count, total, rule);
    })
  );
}

/** A crosstab with the sums of its counts as totals. */
export function withTotals(
  rows: readonly string[],
  columns: readonly string[],
  counts: readonly (readonly number[])[]
): Crosstab {
  const rowTotals = counts.map(sum);
  const columnTotals = columns.map((_, c) => sum(counts.map((line) => line[c] ?? 0)));
  return {rows, columns, counts, rowTotals, columnTotals, total: sum(rowTotals)};
}

/** The sum of some numbers. */
export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
