import {normalCritical} from "./distributions.js";

/**
 * Wilson's (1927) score interval for a share: `count` of `n`; R's `prop.test(count, n, correct = FALSE)$conf.int`.
 *
 * It stays within 0 and 1 and is defined when nobody or everybody is counted. The counts need not be whole, so that an
 * effective sample size can be put in. Throws a RangeError when n is not above 0 or not finite, when the count is not
 * between 0 and n, or when the level is not between 0 and 1.
 */
export function wilson(count: number, n: number, level = 0.95) {
  if (!(n > 0) || !Number.isFinite(n)) throw new RangeError(`A share needs somebody to be a share of: n is ${n}.`);
  if (!(count >= 0 && count <= n)) throw new RangeError(`The count must lie between 0 and ${n}, not ${count}.`);
  const z = normalCritical(level);
  const share = count / n;
  const centre = (count + z ** 2 / 2) / (n + z ** 2);
  const half = (z / (n + z ** 2)) * Math.sqrt(count * (1 - share) + z ** 2 / 4);
  return {
    estimate: share,
    // At the ends the bound is the share itself; computed, it would miss it by a rounding error.
    lower: count === 0 ? 0 : Math.max(0, centre - half),
    upper: count === n ? 1 : Math.min(1, centre + half)
  };
}
