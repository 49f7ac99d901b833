import {type Counts, margins} from "./contingency.js";
import {chiSquareTail} from "./distributions.js";

/**
 * The linear-by-linear association of a table whose rows and columns both have an order: Mantel's (1963) test, printed
 * by SPSS as "Linear-by-Linear Association"; `coin::lbl_test` in R. Gives `r`, Pearson's correlation of the scores, the
 * statistic (n − 1) r² and its upper tail `p`, chi-square with one degree of freedom: a rising and a falling trend count
 * alike.
 *
 * Scores are 1, 2, 3 … in the table's order unless given. An empty row or column keeps its place in the scores. A side
 * of two categories needs no order. Throws a RangeError for what is not a table of counts, for one that counts nobody,
 * for scores that are not finite or not one a row and column, and when all who are counted have the same row score or
 * the same column score.
 */
export function trendTest(
  table: Counts,
  scores: {readonly rows?: readonly number[]; readonly columns?: readonly number[]} = {}
) {
  const {rows, columns, total} = margins(table);
  const x = centre(scores.rows ?? rows.map((_, i) => i + 1), rows, total, "row");
  const y = centre(scores.columns ?? columns.map((_, j) => j + 1), columns, total, "column");
  let covariance = 0;
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      covariance += count * (x.scores[i] ?? 0) * (y.scores[j] ?? 0);
    });
  });
  const r = Math.max(-1, Math.min(1, covariance / Math.sqrt(x.squares * y.squares)));
  const statistic = Math.max(0, total - 1) * r * r;
  return {statistic, p: chiSquareTail(statistic, 1), r};
}

/** The scores less their mean over the respondents, and the sum of squares of what is left. */
function centre(scores: readonly number[], weights: readonly number[], total: number, side: string) {
  if (scores.length !== weights.length || !scores.every(Number.isFinite)) {
    throw new RangeError(`The ${side} scores must be ${weights.length} finite numbers.`);
  }
  if (new Set(scores.filter((_, i) => (weights[i] ?? 0) > 0)).size < 2) {
    throw new RangeError(`A trend needs respondents with two ${side} scores at least.`);
  }
  const mean = scores.reduce((sum, score, i) => sum + score * (weights[i] ?? 0), 0) / total;
  const centred = scores.map((score) => score - mean);
  const squares = centred.reduce((sum, score, i) => sum + score * score * (weights[i] ?? 0), 0);
  return {scores: centred, squares};
}
