/** A generator of numbers that are spread evenly over [0, 1). */
export type Random = () => number;

/**
 * Chris Doty-Humphrey's small fast counter generator, which passes PractRand, with 32 bits a number: three words of
 * state, and how many of the first numbers, which still show them, are thrown away.
 */
export function sfc32(first: number, second: number, third: number, skipped: number): Random {
  let [a, b, c, counter] = [first | 0, second | 0, third | 0, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < skipped; i++) next();
  return next;
}

/**
 * A seeded generator: the same seed gives the same numbers on every machine. The seed is a whole number, read modulo 2³².
 *
 * Throws a RangeError when the seed is not a whole number.
 */
export function seeded(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is a whole number, not ${seed}.`);
  return sfc32(0, 0, seed, 15);
}
