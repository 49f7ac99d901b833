import {chiSquareTail} from "../statistics/distributions.js";
import type {Range} from "../tables/determined.js";

/** The least and the greatest P, and the chi-squares behind them. */
export interface PRange {
  readonly lowestP: number;
  readonly highestP: number;
}

/**
 * Between which values Pearson's P of a table of two columns lies, when all that is known of the first column's counts
 * are their ranges and their sum, and of each row its total.
 *
 * The chi-square is a convex function of the counts: it is least where the shares are as even as the ranges allow, and
 * greatest where all rows but one are at an end of their range. The ends are those of all counts that fit the ranges;
 * respondents who print the report may not reach them, so the true range may be narrower, never wider. The least
 * chi-square is that of counts that need not be whole. Degrees of freedom are the rows that count anybody, less one.
 *
 * Null where no counts fit, or where fewer than two rows, or one column only, count anybody.
 */
export function pRange(first: readonly Range[], rowTotals: readonly number[], sum: number): PRange | null {
  const rows = rowTotals
    .map((n, i) => ({n, lower: first[i]?.lower ?? 0, upper: Math.min(n, first[i]?.upper ?? n)}))
    .filter(({n}) => n > 0);
  const total = rows.reduce((all, {n}) => all + n, 0);
  if (rows.length < 2 || sum <= 0 || sum >= total) return null;
  const least = rows.reduce((all, {lower}) => all + lower, 0);
  const most = rows.reduce((all, {upper}) => all + upper, 0);
  if (least > sum || most < sum || rows.some(({lower, upper}) => lower > upper)) return null;
  const share = sum / total;
  const chiSquare = (counts: readonly number[]) =>
    counts.reduce((all, x, i) => {
      const n = rows[i]?.n ?? 0;
      return all + (x - n * share) ** 2 / (n * share * (1 - share));
    }, 0);

  // Even shares where the ranges allow them: one share for all rows, cut off at each range's ends.
  const at = (t: number) => rows.map(({n, lower, upper}) => Math.min(upper, Math.max(lower, n * t)));
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (at(middle).reduce((a, b) => a + b, 0) < sum) low = middle;
    else high = middle;
  }
  const smallest = chiSquare(at((low + high) / 2));

  let largest = 0;
  for (let free = 0; free < rows.length; free++) {
    for (let ends = 0; ends < 2 ** (rows.length - 1); ends++) {
      let bit = 0;
      let rest = sum;
      const counts = rows.map(({lower, upper}, i) => {
        if (i === free) return 0;
        const count = (ends >> bit++) & 1 ? upper : lower;
        rest -= count;
        return count;
      });
      const own = rows[free];
      if (!own || rest < own.lower || rest > own.upper) continue;
      counts[free] = rest;
      largest = Math.max(largest, chiSquare(counts));
    }
  }
  const df = rows.length - 1;
  return {lowestP: chiSquareTail(largest, df), highestP: chiSquareTail(smallest, df)};
}
