/**
 * The regularised incomplete gamma and beta functions, as tails that keep their digits however small they are.
 *
 * Each is a density times a series or continued fraction (Press et al. 2007, 6.2 and 6.4). The density is Loader's
 * (2000, "Fast and accurate computation of binomial probabilities"), which loses nothing for large arguments.
 */

/** ln Γ(n + 1) less Stirling's approximation of it, (n + ½) ln n − n + ½ ln 2π, for n > 0. */
function stirlingError(n: number): number {
  let sum = 0;
  let m = n;
  for (; m < 16; m++) sum += (m + 0.5) * Math.log1p(1 / m) - 1;
  const square = 1 / (m * m);
  const series = 1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188))));
  return sum + series / m;
}

/** The deviance x ln(x / mean) + mean − x: by its series where x is near the mean, as the terms would cancel there. */
function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) > 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const v = difference / (x + mean);
  let sum = difference * v;
  for (let j = 1, term = 2 * x * v; ; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
}

/** x^a e^−x / Γ(a + 1): the Poisson density, for any a > 0. */
export function poissonDensity(a: number, x: number): number {
  return Math.exp(-deviance(a, x) - stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
}

/** b₀ + a₁ / (b₁ + a₂ / (b₂ + …)) by Lentz's method; `terms(k)` gives [a_k, b_k]. */
function continuedFraction(first: number, terms: (k: number) => readonly [number, number]): number {
  let [value, c, d] = [first, first, 0];
  for (let k = 1; k < 1e6; k++) {
    const [a, b] = terms(k);
    d = 1 / (b + a * d);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 3e-16) break;
  }
  return value;
}

/** The upper tail of the gamma distribution with shape a > 0 at x > 0: R's `pgamma(x, a, lower.tail = FALSE)`. */
export function gammaTail(a: number, x: number): number {
  const density = poissonDensity(a, x);
  if (x >= a + 1) {
    return (density * a) / continuedFraction(x + 1 - a, (k) => [k * (a - k), x + 2 * k + 1 - a]);
  }
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return 1 - density * sum;
}

/**
 * The lower tail of the beta distribution with shapes a, b > 0 at x, 0 < x < 1: R's `pbeta(x, a, b)`. `y` is 1 − x,
 * which the caller knows to all digits.
 */
export function betaTail(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  if (x * (n + 2) > a + 1) return 1 - betaTail(y, x, b, a);
  const error = stirlingError(n) - stirlingError(a) - stirlingError(b);
  const density = Math.exp(error - deviance(a, n * x) - deviance(b, n * y)) * Math.sqrt(n / (2 * Math.PI * a * b));
  const fraction = continuedFraction(1, (k) => {
    const m = k >> 1;
    const even = (m * (b - m) * x) / ((a + k - 1) * (a + k));
    return [k % 2 === 0 ? even : (-(a + m) * (n + m) * x) / ((a + k - 1) * (a + k)), 1];
  });
  return (density * b) / n / fraction;
}
