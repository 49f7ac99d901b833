import {type Counts, occupied} from "./contingency.js";
import {normalTwoSided} from "./distributions.js";
import {holm} from "./holm.js";

/** One cell's distance from independence. */
export interface Residual {
  /** The cell's row and column in the table that was given, from 0. */
  readonly row: number;
  readonly column: number;
  readonly observed: number;
  readonly expected: number;
  /** (observed − expected) over its standard error: about standard normal when rows and columns are independent. */
  readonly residual: number;
  /** The two-sided p of the residual taken alone. */
  readonly p: number;
  /** The same after Holm's correction over all the table's cells. */
  readonly adjusted: number;
}

/**
 * The adjusted standardised residual of every cell (Haberman 1973), R's `chisq.test(x)$stdres`, with Holm's correction
 * over the cells: which cells make the table differ from independence.
 *
 * Cells come row by row. Rows and columns that are all zero are left out: they have no residual. Throws a RangeError
 * for what is not a table of counts, for one that counts nobody, and when fewer than two rows or two columns have
 * counts.
 */
export function residuals(table: Counts): Residual[] {
  const {counts, rows, columns, margins} = occupied(table);
  const n = margins.total;
  const cells = counts.flatMap((row, i) =>
    row.map((observed, j) => {
      const r = margins.rows[i] ?? 0;
      const c = margins.columns[j] ?? 0;
      const expected = (r * c) / n;
      const residual = (observed - expected) / Math.sqrt(expected * (1 - r / n) * (1 - c / n));
      return {
        row: rows[i] ?? i,
        column: columns[j] ?? j,
        observed,
        expected,
        residual,
        p: normalTwoSided(residual)
      };
    })
  );
  const adjusted = holm(cells.map((cell) => cell.p));
  return cells.map((cell, index) => ({...cell, adjusted: adjusted[index] ?? 1}));
}
