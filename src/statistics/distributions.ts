import {gammaTail, poissonDensity} from "./incomplete.js";
import {root} from "./root.js";

/**
 * The normal and the chi-square distribution, from the incomplete gamma function.
 *
 * Every tail is computed as a tail, never as 1 minus the rest, so a probability of 1e-57 comes out as 1e-57. Student's t
 * and Fisher's F stand apart in student.ts, so that a page that tests a crosstab does not load the beta function.
 */

/** Throws a RangeError unless there are degrees of freedom. */
export function requireDegrees(df: number): void {
  if (!(df > 0) || !Number.isFinite(df)) throw new RangeError(`Degrees of freedom must be above 0, not ${df}.`);
}

/** Throws a RangeError unless a probability, as a rule a level of confidence, lies strictly between 0 and 1. */
export function requireLevel(level: number, what = "confidence level"): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`A ${what} lies between 0 and 1, not ${level}.`);
}

/**
 * The probability that a chi-square variable with `df` degrees of freedom is at least `x`; R's
 * `pchisq(x, df, lower.tail = FALSE)`. It is 1 for x ≤ 0 and 0 for an infinite x.
 *
 * Throws a RangeError when x is not a number or df is not above 0.
 */
export function chiSquareTail(x: number, df: number): number {
  requireDegrees(df);
  if (Number.isNaN(x)) throw new RangeError("A chi-square statistic must be a number.");
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return gammaTail(df / 2, x / 2);
}

/**
 * The value that a chi-square variable with `df` degrees of freedom exceeds with probability `tail`; R's
 * `qchisq(tail, df, lower.tail = FALSE)`. For `tail` 0.05 and one degree of freedom it is 3.84.
 *
 * Throws a RangeError when the tail is not between 0 and 1 or df is not above 0.
 */
export function chiSquareCritical(tail: number, df: number): number {
  requireDegrees(df);
  requireLevel(tail, "tail’s probability");
  let high = df;
  while (chiSquareTail(high, df) > tail) high *= 2;
  // Far in the tail the probability spans hundreds of decades; its logarithm is nearly a straight line.
  return root((x) => Math.log(chiSquareTail(x, df) / tail), 0, high);
}

/**
 * The probability that a noncentral chi-square variable with `df` degrees of freedom and noncentrality `lambda` is at
 * least `x`; R's `pchisq(x, df, ncp = lambda, lower.tail = FALSE)`.
 *
 * It is the mean of central tails with df + 2k degrees of freedom, k being Poisson with mean lambda / 2. The sum runs
 * over all k but those whose Poisson weights are too small to count; from one tail to the next a density is added, so
 * nothing cancels.
 *
 * Throws a RangeError when x is not a number, df is not above 0 or lambda is negative or not finite.
 */
export function noncentralChiSquareTail(x: number, df: number, lambda: number): number {
  if (!(lambda >= 0) || !Number.isFinite(lambda)) throw new RangeError(`Noncentrality must be at least 0: ${lambda}.`);
  if (lambda === 0 || !(x > 0) || x === Number.POSITIVE_INFINITY) return chiSquareTail(x, df);
  requireDegrees(df);
  const mean = lambda / 2;
  const mode = Math.floor(mean);
  // Weights are relative to the likeliest one and divided by their sum at the end: no factorials are needed.
  let k = mode;
  let weight = 1;
  for (; k > 0 && weight > 1e-18; k--) weight *= k / mean;
  let tail = chiSquareTail(x, df + 2 * k);
  let density = poissonDensity(df / 2 + k, x / 2);
  let weights = 0;
  let sum = 0;
  for (; k <= mode || weight > 1e-18; k++) {
    weights += weight;
    sum += weight * tail;
    tail += density;
    density *= x / 2 / (df / 2 + k + 1);
    weight *= mean / (k + 1);
  }
  return sum / weights;
}

/** The probability that a standard normal variable is at least `z`; R's `pnorm(z, lower.tail = FALSE)`. */
export function normalTail(z: number): number {
  return z >= 0 ? normalTwoSided(z) / 2 : 1 - normalTwoSided(z) / 2;
}

/**
 * The probability that a standard normal variable is at least as far from 0 as `z`, on either side: its square is
 * chi-square with one degree of freedom. Throws a RangeError when z is not a number.
 */
export function normalTwoSided(z: number): number {
  return chiSquareTail(z * z, 1);
}

/**
 * The half-width, in standard errors, of a two-sided normal interval; R's `qnorm((1 + level) / 2)`, 1.96 for 0.95.
 *
 * Throws a RangeError when the level is not between 0 and 1.
 */
export function normalCritical(level: number): number {
  requireLevel(level);
  return Math.sqrt(chiSquareCritical(1 - level, 1));
}
