import {type Counts, margins} from "./contingency.js";
import {normalCritical, normalTwoSided} from "./distributions.js";

/** A measure of ordinal association with its interval. */
export interface OrdinalMeasure {
  /** From −1 (perfectly falling) to 1 (perfectly rising). */
  readonly estimate: number;
  /** The asymptotic standard error that does not assume independence: ASE1 in SPSS and SAS. */
  readonly standardError: number;
  /** The estimate ± the normal quantile × the standard error, cut off at −1 and 1. */
  readonly lower: number;
  readonly upper: number;
}

/** Gamma and tau-b of one table. */
interface OrdinalAssociation {
  /** Goodman and Kruskal's gamma: (concordant − discordant) / (concordant + discordant) pairs. */
  readonly gamma: OrdinalMeasure;
  /** Kendall's tau-b, which also counts pairs tied on one side only. */
  readonly tauB: OrdinalMeasure;
  /** Pairs of respondents in the same order on both sides, and in opposite order, each pair counted once. */
  readonly concordant: number;
  readonly discordant: number;
  /**
   * The two-sided p that there is no association: normal, with the standard error under independence (ASE0); SPSS prints
   * it for gamma and tau-b alike. Null where that standard error is 0, as when all respondents stand in two opposite
   * cells of equal size: the sample is too regular for its formula.
   */
  readonly p: number | null;
}

/**
 * Goodman–Kruskal's gamma and Kendall's tau-b, with confidence intervals, for a table whose rows and columns both have
 * an order. Formulas of Brown and Benedetti (1977, JASA 72:309–315), as in `DescTools::GoodmanKruskalGamma` and
 * `DescTools::KendallTauB`. Empty rows and columns make no difference. `level` is the intervals' confidence.
 *
 * Where every pair agrees the standard error is 0 and the interval a point: the sample is too small for its formula.
 * Throws a RangeError for what is not a table of counts, for one that counts nobody, when no pair of respondents
 * differs on both sides (gamma is then 0/0; so it is with a single row or column), and for a level not between 0 and 1.
 */
export function ordinalAssociation(table: Counts, level = 0.95): OrdinalAssociation {
  const {rows, columns, total: n} = margins(table);
  const agreement = quadrants(table);
  // Twice the pairs, as the formulas have it.
  let p = 0;
  let q = 0;
  let d2 = 0;
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      const {same, opposite} = agreement(i, j);
      p += count * same;
      q += count * opposite;
      d2 += count * (same - opposite) ** 2;
    });
  });
  if (p + q === 0) throw new RangeError("No two respondents differ on both sides: gamma and tau-b are not defined.");
  const wr = n * n - rows.reduce((sum, row) => sum + row * row, 0);
  const wc = n * n - columns.reduce((sum, column) => sum + column * column, 0);
  const w = Math.sqrt(wr * wc);
  const gamma = (p - q) / (p + q);
  const tau = (p - q) / w;
  let gammaSquares = 0;
  let tauSquares = 0;
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      const {same, opposite} = agreement(i, j);
      gammaSquares += count * ((q / (p + q)) * same - (p / (p + q)) * opposite) ** 2;
      // Brown and Benedetti's sum has n³ tau² (wr + wc)² taken off at the end: that is n times the square of the
      // terms' mean, taken off each term here so that nothing cancels.
      const v = (rows[i] ?? 0) * wc + (columns[j] ?? 0) * wr;
      const mean = n * tau * (wr + wc);
      tauSquares += count * ((2 * w * (same - opposite) + tau * v - mean) / (w * w)) ** 2;
    });
  });
  const z = normalCritical(level);
  const measure = (estimate: number, standardError: number): OrdinalMeasure => ({
    estimate,
    standardError,
    lower: Math.max(-1, estimate - z * standardError),
    upper: Math.min(1, estimate + z * standardError)
  });
  // Under independence both measures divide to the same statistic.
  const variance = d2 - (p - q) ** 2 / n;
  return {
    gamma: measure(gamma, (4 / (p + q)) * Math.sqrt(gammaSquares)),
    // Where all pairs agree it is 0, and rounding leaves some 1e-32; the variance is of the order of 1 / n.
    tauB: measure(tau, tauSquares * n < 1e-26 ? 0 : Math.sqrt(tauSquares)),
    concordant: p / 2,
    discordant: q / 2,
    // What rounding leaves of a variance of 0 is not a variance.
    p: variance > d2 * 1e-13 ? normalTwoSided((p - q) / (2 * Math.sqrt(variance))) : null
  };
}

/** For a cell: how many respondents are ordered the same way as it on both sides, and how many the opposite way. */
function quadrants(table: Counts) {
  const height = table.length;
  const width = table[0]?.length ?? 0;
  // sums[i][j]: all counts above row i and left of column j.
  const sums = [new Array<number>(width + 1).fill(0)];
  table.forEach((row, i) => {
    const next = [0];
    let run = 0;
    row.forEach((count, j) => {
      run += count;
      next.push((sums[i]?.[j + 1] ?? 0) + run);
    });
    sums.push(next);
  });
  const at = (i: number, j: number) => sums[i]?.[j] ?? 0;
  return (i: number, j: number) => {
    const upLeft = at(i, j);
    const upRight = at(i, width) - at(i, j + 1);
    const downLeft = at(height, j) - at(i + 1, j);
    const downRight = at(height, width) - at(i + 1, width) - at(height, j + 1) + at(i + 1, j + 1);
    return {same: upLeft + downRight, opposite: upRight + downLeft};
  };
}
