import {wilson} from "../statistics/wilson.js";

/** The share of all who fall in a class or in one before it, with Wilson’s 95% interval. */
export interface CumulativeShare {
  readonly code: string;
  readonly count: number;
  readonly n: number;
  /** From 0 to 1, as are the ends of its interval. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** Cumulative shares of ordered classes, from the first class on; the last is everybody. Empty for no people. */
export function cumulativeShares(codes: readonly string[], counts: readonly number[]): CumulativeShare[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return [];
  let count = 0;
  return codes.map((code, i) => {
    count += counts[i] ?? 0;
    const {estimate: share, lower, upper} = wilson(count, n);
    return {code, count, n, share, lower, upper};
  });
}

/**
 * The upper end of a class of numbers, read from its code: 0 for `none`, 20 for `under_20`, 50 for `20_50`, and null
 * for a class without an end, such as `over_250`. Throws for any other code.
 */
export function upperEnd(code: string): number | null {
  if (code === "none") return 0;
  const [, under, , to, over] = /^(?:under_(\d+)|(\d+)_(\d+)|over_(\d+))$/.exec(code) ?? [];
  if (over !== undefined) return null;
  const end = under ?? to;
  if (end === undefined) throw new Error(`“${code}” names no class of numbers`);
  return Number(end);
}
