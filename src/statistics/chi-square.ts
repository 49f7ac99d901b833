import {type Counts, independence} from "./contingency.js";
import {chiSquareTail} from "./distributions.js";

/** The result of testing whether the rows and columns of a table are independent. */
export interface ChiSquareTest {
  /** Pearson's chi-square, without Yates's correction. */
  readonly statistic: number;
  /** (rows − 1) × (columns − 1), counting only rows and columns that are not empty. */
  readonly df: number;
  /** The upper tail of chi-square at the statistic. */
  readonly p: number;
  /** The likelihood ratio statistic G² = 2 Σ O ln(O / E) and its upper tail, on the same degrees of freedom. */
  readonly likelihoodRatio: {readonly statistic: number; readonly p: number};
  /** The sum of all counts. */
  readonly n: number;
  /** The expected counts under independence, as {@link expectedCounts} has them. */
  readonly expected: Counts;
  /** The smallest expected count among the rows and columns that are not empty. */
  readonly minExpected: number;
  /** The share (0–1) of the cells, in rows and columns that are not empty, whose expected count is below 5. */
  readonly shareExpectedBelow5: number;
}

/**
 * (1 + u) ln(1 + u) − u for u ≥ −1: a cell's share of the likelihood ratio, divided by its expected count. Never
 * negative. Close to 0 the two parts cancel, so there the power series Σ (−u)^k / (k (k − 1)) is summed instead.
 */
function divergence(u: number): number {
  if (u === -1) return 1;
  if (Math.abs(u) > 0.1) return (1 + u) * Math.log1p(u) - u;
  let sum = 0;
  for (let k = 18; k >= 2; k--) sum = sum * -u + 1 / (k * (k - 1));
  return sum * u * u;
}

/**
 * Pearson's chi-square test and the likelihood ratio test of independence, as R's `chisq.test(x, correct = FALSE)`
 * and `DescTools::GTest` (no correction).
 *
 * Rows and columns that are all zero are dropped first, as SPSS does; R answers NaN. Counts need not be whole.
 * Throws a RangeError for what is not a table of counts, for one that counts nobody, and when fewer than two rows or
 * two columns have counts.
 */
export function chiSquareTest(table: Counts): ChiSquareTest {
  const {cells, df, total: n} = independence(table);
  let [statistic, ratio] = [0, 0];
  for (const {observed, expected} of cells) {
    const difference = observed - expected;
    statistic += difference ** 2 / expected;
    ratio += 2 * expected * divergence(observed === 0 ? -1 : difference / expected);
  }
  return {
    statistic,
    df,
    p: chiSquareTail(statistic, df),
    likelihoodRatio: {statistic: ratio, p: chiSquareTail(ratio, df)},
    n,
    expected: expectedCounts(table),
    minExpected: Math.min(...cells.map(({expected}) => expected)),
    shareExpectedBelow5: cells.filter(({expected}) => expected < 5).length / cells.length
  };
}

/**
 * Pearson's chi-square with Yates's correction: each difference from the expected count is made half a unit smaller. For
 * two rows and columns it is R's `chisq.test(x)` and SPSS's “Continuity Correction”, which take away no more than there
 * is. Larger tables have none in R or SPSS; some programs correct every cell all the same, and this is what they print.
 *
 * Throws a RangeError under the same conditions as {@link chiSquareTest}.
 */
export function yatesTest(table: Counts): {statistic: number; p: number} {
  const {cells, df} = independence(table);
  const statistic = cells.reduce((sum, {observed, expected}) => {
    const difference = Math.abs(observed - expected);
    return sum + (difference - (df === 1 ? Math.min(0.5, difference) : 0.5)) ** 2 / expected;
  }, 0);
  return {statistic, p: chiSquareTail(statistic, df)};
}

/**
 * The counts that independence would give, in the table's shape: an empty row or column expects 0. Throws a RangeError
 * under the same conditions as {@link chiSquareTest}.
 */
export function expectedCounts(table: Counts): Counts {
  const counts = table.map((row) => row.map(() => 0));
  for (const {row, column, expected} of independence(table).cells) (counts[row] as number[])[column] = expected;
  return counts;
}
