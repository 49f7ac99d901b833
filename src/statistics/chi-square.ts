import {type Counts, occupied} from "./contingency.js";
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
  /**
   * The expected counts under independence, in the shape of the table that was given: an empty row or column
   * expects 0.
   */
  readonly expected: Counts;
  /** The smallest expected count among the rows and columns that are not empty. */
  readonly minExpected: number;
  /** The share (0–1) of the cells, in rows and columns that are not empty, whose expected count is below 5. */
  readonly shareExpectedBelow5: number;
}

/**
 * (1 + u) ln(1 + u) − u for u ≥ −1: a cell's share of the likelihood ratio, divided by its expected count. Never
 * negative. Close to 0 the two parts cancel, so there the power series is summed instead.
 */
function divergence(u: number): number {
  if (u === -1) return 1;
  if (Math.abs(u) > 0.1) return (1 + u) * Math.log1p(u) - u;
  let sum = 0;
  for (let k = 18, power = 0; k >= 2; k--) {
    // Horner's rule for Σ (−u)^k / (k (k − 1)).
    power = sum * -u + 1 / (k * (k - 1));
    sum = power;
  }
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
  const {counts, margins} = occupied(table);
  const n = margins.total;
  let statistic = 0;
  let ratio = 0;
  let minExpected = Number.POSITIVE_INFINITY;
  let below = 0;
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      const expected = ((margins.rows[i] ?? 0) * (margins.columns[j] ?? 0)) / n;
      const difference = count - expected;
      statistic += difference ** 2 / expected;
      ratio += 2 * expected * divergence(count === 0 ? -1 : difference / expected);
      minExpected = Math.min(minExpected, expected);
      if (expected < 5) below++;
    });
  });
  const df = (margins.rows.length - 1) * (margins.columns.length - 1);
  return {
    statistic,
    df,
    p: chiSquareTail(statistic, df),
    likelihoodRatio: {statistic: ratio, p: chiSquareTail(ratio, df)},
    n,
    expected: expectedCounts(table),
    minExpected,
    shareExpectedBelow5: below / (margins.rows.length * margins.columns.length)
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
  const {counts, margins} = occupied(table);
  const df = (margins.rows.length - 1) * (margins.columns.length - 1);
  const expected = expectedCounts(counts);
  const statistic = counts.reduce((all, row, i) => {
    return row.reduce((sum, count, j) => {
      const mean = expected[i]?.[j] ?? 0;
      const difference = Math.abs(count - mean);
      return sum + (difference - (df === 1 ? Math.min(0.5, difference) : 0.5)) ** 2 / mean;
    }, all);
  }, 0);
  return {statistic, p: chiSquareTail(statistic, df)};
}

/**
 * The counts that independence would give: each row's sum times each column's sum, over the total. The shape is the
 * table's; an empty row or column expects 0.
 *
 * Throws a RangeError under the same conditions as {@link chiSquareTest}.
 */
export function expectedCounts(table: Counts): Counts {
  const {rows, columns, margins} = occupied(table);
  const expected = table.map((row) => row.map(() => 0));
  rows.forEach((i, a) => {
    const row = expected[i];
    if (!row) return;
    columns.forEach((j, b) => {
      row[j] = ((margins.rows[a] ?? 0) * (margins.columns[b] ?? 0)) / margins.total;
    });
  });
  return expected;
}
