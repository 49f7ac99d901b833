import {type Cell, type Counts, independence} from "./contingency.js";
import {normalTwoSided} from "./distributions.js";
import {holm} from "./holm.js";

/** One cell's distance from independence. */
export interface Residual extends Pick<Cell, "row" | "column" | "observed" | "expected"> {
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
  const {cells, total: n} = independence(table);
  const found = cells.map(({rowSum, columnSum, ...cell}) => {
    const {observed, expected} = cell;
    const residual = (observed - expected) / Math.sqrt(expected * (1 - rowSum / n) * (1 - columnSum / n));
    return {...cell, residual, p: normalTwoSided(residual)};
  });
  const adjusted = holm(found.map(({p}) => p));
  return found.map((cell, index) => ({...cell, adjusted: adjusted[index] ?? 1}));
}
