/** A fraction of whole numbers in lowest terms, the denominator above 0. */
export interface Ratio {
  readonly n: number;
  readonly d: number;
}

/**
 * A number that an expression gives. A share is 0 to 1, whether it was counted or printed as a percent; the difference of
 * two shares is shown in points.
 */
export interface NumberValue {
  readonly type: "number";
  readonly value: number;
  /** The same as a fraction, where it came of whole numbers alone and is exact. */
  readonly ratio: Ratio | null;
  readonly unit: "share" | "points" | "count" | "number";
  /** For a sum of shares: the sum, in percent points, of the parts each rounded half up to whole percents. */
  readonly roundedParts: {readonly percents: readonly number[]; readonly sum: number} | null;
}

export const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** The fraction n / d; of a share, with the percents that its parts round to. Throws a RangeError for too large numbers. */
export function fraction(n: number, d: number, unit: NumberValue["unit"], percents?: readonly number[]): NumberValue {
  const ratio = reduce(n, d);
  return {
    type: "number",
    value: ratio.n / ratio.d,
    ratio,
    unit,
    roundedParts: percents ? {percents, sum: sum(percents)} : null
  };
}

/** A number as written, such as `0.327`, as the fraction that it is; a share is written as a percent. */
export function decimal(written: string | number, unit: NumberValue["unit"] = "number", percents?: readonly number[]) {
  const scale = 10 ** (String(written).split(".")[1]?.length ?? 0);
  return fraction(Math.round(Number(written) * scale), scale * (unit === "share" ? 100 : 1), unit, percents);
}

/** A number that is no exact fraction. */
export function inexact(value: number): NumberValue {
  return {type: "number", value, ratio: null, unit: "number", roundedParts: null};
}

/** Below 0, 0 or above 0; exact for fractions, so that equal shares of different totals are equal. */
export function compare(a: NumberValue, b: NumberValue): number {
  return a.ratio && b.ratio ? a.ratio.n * b.ratio.d - b.ratio.n * a.ratio.d : a.value - b.value;
}

/** The higher and the lower of two numbers. */
export const higher = (a: NumberValue, b: NumberValue) => (compare(a, b) >= 0 ? a : b);
export const lower = (a: NumberValue, b: NumberValue) => (compare(a, b) <= 0 ? a : b);

/** What an operation gives: exact where both numbers are. */
export function arithmetic(operator: "+" | "-" | "*" | "/", a: NumberValue, b: NumberValue): NumberValue {
  const isSum = operator === "+" || operator === "-";
  const [parts, others] = [a.roundedParts, b.roundedParts];
  const isDifference = operator === "-" && a.unit === "share" && b.unit === "share";
  return {
    type: "number",
    value: {"+": a.value + b.value, "-": a.value - b.value, "*": a.value * b.value, "/": a.value / b.value}[operator],
    ratio: a.ratio && b.ratio && combine(operator, a.ratio, b.ratio),
    unit: isDifference ? "points" : !isSum ? "number" : a.unit === "number" ? b.unit : a.unit,
    roundedParts:
      operator === "+" && parts && others
        ? {percents: [...parts.percents, ...others.percents], sum: parts.sum + others.sum}
        : null
  };
}

function combine(operator: "+" | "-" | "*" | "/", a: Ratio, b: Ratio): Ratio {
  if (operator === "*") return reduce(a.n * b.n, a.d * b.d);
  if (operator === "/") return reduce(a.n * b.d, a.d * b.n);
  return reduce(a.n * b.d + (operator === "+" ? 1 : -1) * b.n * a.d, a.d * b.d);
}

function reduce(n: number, d: number): Ratio {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new RangeError("a fraction of too large numbers");
  const gcd = (x: number, y: number): number => (y === 0 ? x : gcd(y, x % y));
  const divisor = Math.abs(gcd(n, d)) * Math.sign(d) || 1;
  return {n: n / divisor, d: d / divisor};
}

/** A number in figures: a share as a percent with one decimal, a count whole, anything else with up to three decimals. */
export function figure({value, ratio, unit}: NumberValue): string {
  const inHundred = (100 * value).toFixed(1).replace("-", "−");
  if (unit === "share") return `${inHundred}%`;
  if (unit === "points") return `${inHundred} points`;
  if (ratio?.d !== 1 && value > 0 && value < 0.0005) return "less than 0.001";
  return String(ratio?.d === 1 ? value : Number(value.toFixed(3))).replace("-", "−");
}
