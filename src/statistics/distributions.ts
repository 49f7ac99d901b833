import gammainc from "@stdlib/math-base-special-gammainc";
import {root} from "./root.js";

/**
 * The normal and the chi-square distribution, from the library's incomplete gamma function.
 *
 * Every tail is computed as a tail, never as 1 minus the rest, so a probability of 1e-57 comes out as 1e-57. Student's t
 * and Fisher's F stand apart in student.ts, so that a page that tests a crosstab does not load the beta function.
 */

function requireDegrees(df: number): void {
  if (!(df > 0) || !Number.isFinite(df)) throw new RangeError(`Degrees of freedom must be above 0, not ${df}.`);
}

/** Throws a RangeError unless the level of confidence lies strictly between 0 and 1. */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`A confidence level lies between 0 and 1, not ${level}.`);
}

/** Throws a RangeError unless the tail's probability lies strictly between 0 and 1. */
export function requireTail(tail: number): void {
  if (!(tail > 0 && tail < 1)) throw new RangeError(`A tail's probability lies between 0 and 1, not ${tail}.`);
}

/**
 * Beyond this value of chi-square the library (gammainc 0.3.1) takes an asymptotic series that starts one term off and
 * answers up to some percent wrong.
 */
const LIBRARY_LIMIT = 2000;

/** With so few degrees of freedom the tail beyond the library's limit is below 1e-315, wrong or not. */
const SMALL_DF = 150;

/**
 * The probability that a chi-square variable with `df` degrees of freedom is at least `x`; R's
 * `pchisq(x, df, lower.tail = FALSE)`. It is 1 for x ≤ 0 and 0 for an infinite x.
 *
 * Throws a RangeError when x is not a number or df is not above 0, and for x above 2,000 with more than 150 degrees of
 * freedom, where the library errs.
 */
export function chiSquareTail(x: number, df: number): number {
  requireDegrees(df);
  if (Number.isNaN(x)) throw new RangeError("A chi-square statistic must be a number.");
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x > LIBRARY_LIMIT && df > SMALL_DF) {
    throw new RangeError(`No tail is known for a chi-square of ${x} with as many as ${df} degrees of freedom.`);
  }
  return gammainc(x / 2, df / 2, true, true);
}

/**
 * The value that a chi-square variable with `df` degrees of freedom exceeds with probability `tail`; R's
 * `qchisq(tail, df, lower.tail = FALSE)`. For `tail` 0.05 and one degree of freedom it is 3.84.
 *
 * Throws a RangeError when the tail is not between 0 and 1 or df is not above 0.
 */
export function chiSquareCritical(tail: number, df: number): number {
  requireDegrees(df);
  requireTail(tail);
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
 * from the likeliest k outwards until the Poisson weights are too small to count, so nothing cancels; what is left out
 * is below 1e-15.
 *
 * Throws a RangeError when x is not a number, df is not above 0 or lambda is negative or not finite.
 */
export function noncentralChiSquareTail(x: number, df: number, lambda: number): number {
  if (!(lambda >= 0) || !Number.isFinite(lambda)) throw new RangeError(`Noncentrality must be at least 0: ${lambda}.`);
  if (lambda === 0) return chiSquareTail(x, df);
  const tail = x > LIBRARY_LIMIT ? tailsOnLattice(x, df) : (k: number) => chiSquareTail(x, df + 2 * k);
  const mean = lambda / 2;
  const mode = Math.floor(mean);
  // Weights are relative to the likeliest one and divided by their sum at the end: no factorials are needed.
  let weights = 1;
  let sum = tail(mode);
  for (let k = mode, weight = 1; k > 0; k--) {
    weight *= k / mean;
    if (weight < 1e-18) break;
    weights += weight;
    sum += weight * tail(k - 1);
  }
  for (let k = mode + 1, weight = 1; ; k++) {
    weight *= mean / k;
    if (weight < 1e-18) break;
    weights += weight;
    sum += weight * tail(k);
  }
  return sum / weights;
}

/**
 * For a large x, the chi-square tails at df, df + 2, df + 4 …, by how many twos are added; to 1e-17, not relative.
 *
 * Two more degrees of freedom add y^j / Γ(j + 1) × e^−y to the tail, where y = x / 2 and j = df / 2. Since all of these
 * from j = 0 or so on add up to 1, they need only be known relative to the largest.
 */
function tailsOnLattice(x: number, df: number): (k: number) => number {
  const y = x / 2;
  const offset = df / 2;
  const peak = Math.max(0, Math.floor(y - offset));
  const before: number[] = [];
  for (let k = peak, term = 1; ; k--) {
    term *= (offset + k) / y;
    if (!(term > 1e-20)) break;
    before.push(term);
  }
  const from = peak - before.length;
  const cumulative = [0];
  let sum = 0;
  const add = (term: number) => {
    sum += term;
    cumulative.push(sum);
  };
  for (const term of before.reverse()) add(term);
  for (let k = peak, term = 1; term > 1e-20; k++) {
    add(term);
    term *= y / (offset + k + 1);
  }
  return (k) => (k <= from ? 0 : (cumulative[k - from] ?? sum) / sum);
}

/**
 * The probability that a standard normal variable is at least `z`; R's `pnorm(z, lower.tail = FALSE)`.
 *
 * Throws a RangeError when z is not a number.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("A normal deviate must be a number.");
  // The square of a standard normal variable is chi-square with one degree of freedom.
  return z >= 0 ? chiSquareTail(z * z, 1) / 2 : 1 - chiSquareTail(z * z, 1) / 2;
}

/**
 * The probability that a standard normal variable is at least as far from 0 as `z`, on either side.
 *
 * Throws a RangeError when z is not a number.
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
