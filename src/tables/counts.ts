import {type ColumnTable, from} from "arquero";
import {type ChiSquareTest, chiSquareTest} from "../statistics/chi-square.js";
import {residuals} from "../statistics/residuals.js";
import {type Crosstab, type Side, TOTAL, withTotals} from "./crosstab.js";
import {percentText} from "./format.js";

/**
 * Counts as cells make them: a row a group, a column a variable that holds codes (null where there is no answer), and a
 * column `count`. `respondents.groupby("role", "field").count()` is one.
 */
export type Counts = ColumnTable;

/** All rows of a table, as objects. */
export function rowsOf<Row extends object>(table: ColumnTable): Row[] {
  return table.objects({limit: Number.POSITIVE_INFINITY}) as Row[];
}

/** The variables of counts: every column before `count`. Throws when there is no such column. */
export function variablesOf(counts: Counts): string[] {
  const names = counts.columnNames();
  const at = names.indexOf("count");
  if (at < 0) throw new Error(`counts need a column “count”; this table has ${names.join(", ")}`);
  return names.slice(0, at);
}

/**
 * The crosstab that counts make up: rows and columns in the order of the codes that are given, 0 where a group is
 * missing. Groups without an answer are added up as `missing`. Throws when a variable is not there, or holds a code
 * that is not listed: nobody is dropped unseen.
 *
 * @example crosstabOf(respondents.groupby("role", "field").count(), {variable: "role", codes}, {variable: "field", codes: others})
 */
export function crosstabOf(counts: Counts, row: Side, column: Side | null = null): Crosstab {
  const names = variablesOf(counts);
  const sides = column ? [row, column] : [row];
  for (const {variable} of sides) {
    if (!names.includes(variable)) throw new Error(`the counts have no column “${variable}”, only ${names.join(", ")}`);
  }
  const cells = row.codes.map(() => (column?.codes ?? [""]).map(() => 0));
  let missing = 0;
  for (const group of counts.objects() as Readonly<Record<string, unknown>>[]) {
    const count = Number(group.count);
    const [r, c = 0] = sides.map(({variable, codes}) => {
      const code = group[variable];
      if (code === null || code === undefined) return -1;
      const at = codes.indexOf(String(code));
      if (at < 0 && count > 0) throw new Error(`${variable} holds “${code}”, which is not among ${codes.join(", ")}`);
      return at;
    });
    const line = cells[r ?? -1];
    if (line?.[c] === undefined) missing += count;
    else line[c] += count;
  }
  return {...withTotals(row.codes, column?.codes ?? [TOTAL], cells), missing};
}

/**
 * The counts of two variables as numbers alone, a line a category of the first. Groups without an answer are left out.
 *
 * @example matrixOf(respondents.groupby("role", "field").count()) // [[12, 3], [40, 7]]
 */
export function matrixOf(counts: Counts): number[][] {
  return squareOf(counts).counts.map((line) => [...line]);
}

/** The crosstab of counts of two variables, codes in the order in which they come. */
function squareOf(counts: Counts): Crosstab {
  const [row = "", column = ""] = variablesOf(counts);
  const codes = (name: string) =>
    [...new Set(counts.array(name) as unknown[])].filter((code) => code !== null).map(String);
  const side = (variable: string) => ({variable, codes: codes(variable)});
  return crosstabOf(counts, side(row), side(column));
}

/**
 * Pearson's chi-square test of counts of two variables, as `chisq.test(correct = FALSE)` in R.
 *
 * @example chiSquare(respondents.groupby("role", "field").count()).p
 */
export function chiSquare(counts: Counts): ChiSquareTest {
  return chiSquareTest(matrixOf(counts));
}

/**
 * Counts of two variables with how far each stands from what it would be if the categories of the first did not differ:
 * its `share` of the category’s `n`, the `overall` share of all, the adjusted standardised `residual`, its `p`, and the
 * same `adjusted` for the number of cells (Holm). Empty rows and columns are left out.
 *
 * @example residualsOf(respondents.groupby("background", "role").count())
 */
export function residualsOf(counts: Counts): ColumnTable {
  const [first = "", second = ""] = variablesOf(counts);
  const {rows, columns, counts: lines, rowTotals, columnTotals, total: all} = squareOf(counts);
  const cells = residuals(lines).map((cell) => {
    const [n, overall] = [rowTotals[cell.row] ?? 0, (columnTotals[cell.column] ?? 0) / all];
    const {observed: count, residual, p, adjusted} = cell;
    const codes = {[first]: rows[cell.row], [second]: columns[cell.column]};
    return {...codes, count, n, share: count / n, overall, residual, p, adjusted};
  });
  return from(cells);
}

/**
 * How many people some counts are.
 *
 * @example total(respondents.groupby("role").count())
 */
export function total(counts: Counts): number {
  return (counts.array("count") as number[]).reduce((sum, count) => sum + count, 0);
}

/**
 * The one row of a table that has these values. Throws unless there is exactly one.
 *
 * @example at(shares, {survey: "2010", background: "elsewhere"}).share
 */
export function at(table: ColumnTable, values: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const rows = table.objects() as Record<string, unknown>[];
  const found = rows.filter((row) => Object.entries(values).every(([name, value]) => row[name] === value));
  if (found.length !== 1) throw new Error(`${found.length} rows, not one, have ${JSON.stringify(values)}`);
  return found[0] as Record<string, number>;
}

/**
 * The share of the one row that has these values, as a percent.
 *
 * @example percentAt(shares, {survey: "2010", background: "elsewhere"}) // "24%"
 */
export function percentAt(table: ColumnTable, values: Readonly<Record<string, unknown>>): string {
  return percentText(at(table, values));
}
