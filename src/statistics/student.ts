import {requireDegrees, requireLevel} from "./distributions.js";
import {betaTail} from "./incomplete.js";
import {root} from "./root.js";

/** Student's t and Fisher's F, from the incomplete beta function. Tails are computed as tails. */

/**
 * The probability that an F variable with `df1` and `df2` degrees of freedom is at least `f`; R's
 * `pf(f, df1, df2, lower.tail = FALSE)`. It is 1 for f ≤ 0.
 *
 * Throws a RangeError when f is not a number or either df is not above 0.
 */
export function fTail(f: number, df1: number, df2: number): number {
  if (Number.isNaN(f)) throw new RangeError("An F statistic must be a number.");
  requireDegrees(df1);
  requireDegrees(df2);
  if (f <= 0) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  const scaled = df1 * f;
  const sum = scaled + df2;
  return betaTail(df2 / sum, scaled / sum, df2 / 2, df1 / 2);
}

/**
 * The probability that a Student's t variable with `df` degrees of freedom is at least as far from 0 as `t`, on either
 * side; R's `2 * pt(abs(t), df, lower.tail = FALSE)`.
 *
 * Throws a RangeError when t is not a number or df is not above 0.
 */
export function tTwoSided(t: number, df: number): number {
  // The square of a t variable is F with 1 and df degrees of freedom.
  return fTail(t * t, 1, df);
}

/**
 * The half-width, in standard errors, of a two-sided interval with `df` degrees of freedom; R's
 * `qt((1 + level) / 2, df)`.
 *
 * Throws a RangeError when the level is not between 0 and 1 or df is not above 0.
 */
export function tCritical(level: number, df: number): number {
  requireLevel(level);
  let high = 2;
  while (tTwoSided(high, df) > 1 - level) high *= 2;
  return root((t) => Math.log(tTwoSided(t, df) / (1 - level)), 0, high);
}
