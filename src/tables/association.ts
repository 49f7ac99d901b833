import {residuals} from "../statistics/residuals.js";
import {wilson} from "../statistics/wilson.js";
import type {Crosstab} from "./crosstab.js";

/** What part of a row falls in a column, with Wilson’s 95% interval. */
export interface RowShare {
  readonly row: string;
  readonly column: string;
  readonly count: number;
  /** The row’s total, which the share is of. */
  readonly n: number;
  /** From 0 to 1, as are the ends of its interval. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Every cell of a crosstab as a share of its row, row by row. Rows that nobody is in are left out: they have no shares.
 *
 * A table of one variable gives one share for each category, of all who answered.
 */
export function rowShares(table: Crosstab): RowShare[] {
  const oneWay = table.columns.length === 1;
  return table.rows.flatMap((row, r) => {
    const n = oneWay ? table.total : (table.rowTotals[r] ?? 0);
    if (n === 0) return [];
    return table.columns.map((column, c) => {
      const count = table.counts[r]?.[c] ?? 0;
      const {estimate: share, lower, upper} = wilson(count, n);
      return {row, column, count, n, share, lower, upper};
    });
  });
}

/** A cell beside what it would be if rows and columns had nothing to do with each other. */
export interface Association extends RowShare {
  /** The column’s share of everybody: what each row’s share would be near if rows did not differ. */
  readonly overall: number;
  /** The adjusted standardised residual. */
  readonly residual: number;
  /** Its two-sided P, had one looked at this cell alone. */
  readonly p: number;
  /** The same after Holm’s correction over all cells of the table. */
  readonly adjusted: number;
}

/**
 * The cells of a crosstab with their adjusted residuals (see {@link residuals}), row by row. Cells of empty rows and
 * columns are left out. Throws a RangeError where {@link residuals} does.
 */
export function association(table: Crosstab): Association[] {
  const shares = rowShares(table);
  return residuals(table.counts).flatMap(({row, column, residual, p, adjusted}) => {
    const share = shares.find((s) => s.row === table.rows[row] && s.column === table.columns[column]);
    if (!share) return [];
    return [{...share, overall: (table.columnTotals[column] ?? 0) / table.total, residual, p, adjusted}];
  });
}
