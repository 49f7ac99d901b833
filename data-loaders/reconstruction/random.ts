import {sfc32} from "../../src/statistics/random.js";

/** A source of pseudo-random numbers that repeats itself for the same seed. */
export interface Random {
  /** The next number, evenly spread over [0, 1). */
  next(): number;
  /** The next whole number, evenly spread over 0 … below − 1. */
  below(below: number): number;
  /** Puts the items of an array in a random order, in place (Fisher and Yates), and returns the array. */
  shuffle<T>(items: T[]): T[];
}

/**
 * Makes a random number generator from a seed of up to 53 bits. The same seed gives the same numbers on every machine,
 * which Math.random does not promise.
 */
export function random(seed: number): Random {
  const next = sfc32(seed, Math.floor(seed / 2 ** 32), 0x9e3779b9, 16);
  const below = (limit: number) => Math.floor(next() * limit);
  const shuffle = <T>(items: T[]): T[] => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [items[i], items[j]] = [items[j] as T, items[i] as T];
    }
    return items;
  };
  return {next, below, shuffle};
}
