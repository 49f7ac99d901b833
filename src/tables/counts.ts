import type {ColumnTable} from "arquero";
import {type ChiSquareTest, chiSquareTest} from "../statistics/chi-square.js";
import {type Crosstab, type Side, TOTAL, withTotals} from "./crosstab.js";

/**
 * Counts as cells make them: a row a group, a column a variable that holds codes (null where there is no answer), and a
 * column `count`. `respondents.groupby("role", "field").count()` is one.
 */
export type Counts = ColumnTable;

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
  for (const group of counts.objects({limit: Number.POSITIVE_INFINITY}) as Readonly<Record<string, unknown>>[]) {
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
  const [row = "", column = ""] = variablesOf(counts);
  const codes = (name: string) => [...new Set(counts.array(name) as string[])].filter((code) => code !== null);
  const side = (variable: string) => ({variable, codes: codes(variable)});
  return crosstabOf(counts, side(row), side(column)).counts.map((line) => [...line]);
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
 * The one row of a table that has these values. Throws unless there is exactly one.
 *
 * @example at(shares, {survey: "2010", background: "elsewhere"}).share
 */
export function at(table: ColumnTable, values: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const rows = table.objects({limit: Number.POSITIVE_INFINITY}) as Record<string, unknown>[];
  const found = rows.filter((row) => Object.entries(values).every(([name, value]) => row[name] === value));
  if (found.length !== 1) throw new Error(`${found.length} rows, not one, have ${JSON.stringify(values)}`);
  return found[0] as Record<string, number>;
}
