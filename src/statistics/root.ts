/**
 * The place between `low` and `high` where a continuous function changes sign, to about the precision of a double.
 *
 * Chandrupatla's method (1997, Advances in Engineering Software 28:145–149): inverse quadratic interpolation where it
 * is safe, bisection elsewhere, so it always ends and rarely needs more than a dozen evaluations.
 *
 * Throws a RangeError when the function has the same sign at both ends, or is not a number at one of them.
 */
export function root(f: (x: number) => number, low: number, high: number): number {
  let a = high;
  let b = low;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa * fb < 0 || (fa < 0 && fb > 0) || (fa > 0 && fb < 0))) {
    throw new RangeError(`No sign change between ${low} (${fb}) and ${high} (${fa}).`);
  }
  let t = 0.5;
  // Bisection alone ends within some 1,100 halvings of any two doubles; the limit is never what ends the loop.
  for (let step = 0; step < 2000; step++) {
    const x = a + t * (b - a);
    const fx = f(x);
    // What is given up: the end on the same side as x, or the end before the last one.
    const same = Math.sign(fx) === Math.sign(fa);
    const [c, fc] = same ? [a, fa] : [b, fb];
    if (!same) [b, fb] = [a, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    if (fx === 0) return x;
    const tolerance = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a);
    if (tolerance > 0.5) return best;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    const interpolate = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
    t = interpolate
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
      : 0.5;
    t = Math.min(1 - tolerance, Math.max(tolerance, t));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}
