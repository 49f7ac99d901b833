import {chiSquareTest} from "./chi-square.js";
import {type Counts, occupied, transposed} from "./contingency.js";
import {chiSquareTail, noncentralChiSquareTail, requireLevel} from "./distributions.js";
import {root} from "./root.js";

/**
 * Cramér's V: the square root of chi-square over n (k − 1), k being the smaller number of rows or columns that are not
 * empty, from 0 (independent) to 1 (one side decides the other); with an interval of the given confidence.
 *
 * The interval holds the values of V whose noncentrality n (k − 1) V² puts the observed chi-square neither in the upper
 * nor in the lower tail of the noncentral chi-square distribution: `DescTools::CramerV(method = "ncchisq")`, Smithson
 * (2003). Its lower end is 0 exactly when the chi-square test is not significant at (1 − level) / 2. V itself, which
 * chance alone keeps above 0, may lie above the upper end when chi-square is small for its degrees of freedom; both ends
 * are 0 when it is smaller than chance makes it in all but (1 − level) / 2 of samples. The upper end is cut off at 1; the
 * noncentral distribution holds for weak association, so intervals about a V near 1 are rough.
 *
 * Throws a RangeError where {@link chiSquareTest} does, and for a level not between 0 and 1.
 */
export function cramersV(table: Counts, level = 0.95) {
  requireLevel(level);
  const {counts, rows, columns} = occupied(table);
  // Sums depend in their last digit on the order of the cells: a table that is turned is read the same way.
  const turned = rows.length > columns.length ? transposed(counts) : counts;
  const {statistic, df, n} = chiSquareTest(turned);
  const scale = n * (Math.min(rows.length, columns.length) - 1);
  const v = (chiSquare: number) => Math.min(1, Math.sqrt(chiSquare / scale));
  return {
    estimate: v(statistic),
    lower: v(noncentrality(statistic, df, (1 - level) / 2)),
    upper: v(noncentrality(statistic, df, (1 + level) / 2))
  };
}

/** The noncentrality at which chi-square is at least the statistic with probability `tail`; 0 when none is so small. */
function noncentrality(statistic: number, df: number, tail: number): number {
  if (chiSquareTail(statistic, df) >= tail) return 0;
  let high = Math.max(1, statistic);
  while (noncentralChiSquareTail(statistic, df, high) < tail) high *= 2;
  return root((lambda) => noncentralChiSquareTail(statistic, df, lambda) - tail, 0, high);
}
