/**
 * Holm's step-down correction of p values for having made many tests, in the order given; R's `p.adjust(p, "holm")`.
 *
 * The smallest p is multiplied by the number of tests, the next by one less, and so on; an adjusted value is never
 * below that of a smaller p, and never above 1. The probability of one or more false findings among all the tests is
 * then at most the level at which the adjusted values are read, however the tests depend on each other.
 *
 * `tests` is the number of tests made, when more were made than are given (those left out are taken to have larger p
 * values). Throws a RangeError when a p is not between 0 and 1 or `tests` is not whole or below the number of p values.
 */
export function holm(p: readonly number[], tests: number = p.length): number[] {
  for (const value of p) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`A p value lies between 0 and 1, not ${value}.`);
  }
  if (!Number.isSafeInteger(tests) || tests < p.length) {
    throw new RangeError(`The number of tests must be whole and at least ${p.length}, not ${tests}.`);
  }
  const adjusted = p.map(() => 1);
  let largest = 0;
  for (const [rank, index] of [...p.keys()].sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0)).entries()) {
    largest = Math.max(largest, Math.min(1, (p[index] ?? 0) * (tests - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
