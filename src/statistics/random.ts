/** A generator of numbers that are spread evenly over [0, 1). */
export type Random = () => number;

/**
 * A seeded generator: the same seed gives the same numbers on every machine. Chris Doty-Humphrey's sfc32, which passes
 * PractRand, with 32 bits a number; the seed is a whole number, read modulo 2³².
 *
 * Throws a RangeError when the seed is not a whole number.
 */
export function seeded(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is a whole number, not ${seed}.`);
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  // The first outputs of nearby seeds resemble each other.
  for (let i = 0; i < 15; i++) next();
  return next;
}
