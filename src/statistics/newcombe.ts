import {wilson} from "./wilson.js";

/**
 * The difference between the shares of two independent samples, the first less the second (−1 to 1), with Newcombe's
 * interval (1998, Statistics in Medicine 17:873–890, method 10): built from the two Wilson intervals, without continuity
 * correction. Throws a RangeError where {@link wilson} does for either sample.
 */
export function newcombe(
  first: {readonly count: number; readonly n: number},
  second: {readonly count: number; readonly n: number},
  level = 0.95
) {
  const a = wilson(first.count, first.n, level);
  const b = wilson(second.count, second.n, level);
  const estimate = a.estimate - b.estimate;
  return {
    estimate,
    lower: estimate - Math.hypot(a.estimate - a.lower, b.upper - b.estimate),
    upper: estimate + Math.hypot(a.upper - a.estimate, b.estimate - b.lower)
  };
}
