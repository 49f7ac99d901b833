/** How much a walk's values repeat themselves. */
export interface Independence {
  /** How many independent values they are worth: their number over 1 + 2 Σ of the autocorrelations. */
  readonly size: number;
  /** The autocorrelation at lag 1. */
  readonly correlation: number;
}

/**
 * How many independent values a series from a reversible walk is worth. Autocorrelations are summed in pairs of lags as
 * long as the sum of a pair is above 0 (Geyer 1992, initial positive sequence). Never more than there are values: what
 * looks better than independence is chance. A series that never changes is worth one value.
 */
export function independentMembers(series: readonly number[]): Independence {
  const n = series.length;
  const mean = series.reduce((sum, value) => sum + value, 0) / n;
  const centred = series.map((value) => value - mean);
  const covariance = (lag: number) => {
    let sum = 0;
    for (let i = 0; i + lag < n; i++) sum += (centred[i] ?? 0) * (centred[i + lag] ?? 0);
    return sum / n;
  };
  const variance = covariance(0);
  if (variance === 0) return {size: 1, correlation: 1};
  let sum = -1;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = (covariance(lag) + covariance(lag + 1)) / variance;
    if (pair <= 0) break;
    sum += 2 * pair;
  }
  return {size: Math.min(n, n / Math.max(sum, 1e-9)), correlation: covariance(1) / variance};
}

/** The share of the items of one list that can be matched with equal items of another, each used once. */
export function shareInCommon(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  let common = 0;
  for (const item of one) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    common++;
    left.set(item, count - 1);
  }
  return common / Math.max(1, one.length);
}
