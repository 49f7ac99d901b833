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
 * Makes a random number generator from a seed: Doty-Humphrey's small fast counter generator (sfc32), whose state is
 * filled from the seed by a multiplicative hash. The same seed gives the same numbers on every machine, which
 * Math.random does not promise.
 */
export function random(seed: number): Random {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next32 = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first numbers still show the seed; the authors throw away a dozen.
  for (let i = 0; i < 16; i++) next32();
  const next = () => next32() / 2 ** 32;
  const below = (limit: number) => Math.floor(next() * limit);
  const shuffle = <T>(items: T[]): T[] => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = below(i + 1);
      const held = items[i] as T;
      items[i] = items[j] as T;
      items[j] = held;
    }
    return items;
  };
  return {next, below, shuffle};
}
