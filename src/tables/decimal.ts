/** A printed decimal number: its value, its decimals, and the interval of the values that print so. */
export interface Decimal {
  readonly value: number;
  readonly digits: number;
  /** Half a unit of the last printed digit below and above the value. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Reads a printed decimal number ("0,174", "-,125", "21.115", "14%", "0,020*").
 *
 * With `share` the number lies between 0 and 1, and where its decimal sign is missing it is set where it must have
 * been: after the leading 0 of a P value ("0001" is 0.001), before all the digits of an R² ("264" is 0.264). Throws
 * when there is no number.
 */
export function readDecimal(printed: string, share = false): Decimal {
  let text = printed.replace(/[%*]+$/, "").replace(",", ".");
  if (share && lacksDecimalSign(printed)) text = `0.${text.startsWith("0") ? text.slice(1) : text}`;
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) throw new Error(`“${printed}” is no number`);
  const digits = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  const half = 0.5 / 10 ** digits;
  return {value, digits, lower: value - half, upper: value + half};
}

/** A printed count: a whole number, whose thousands a blank, a comma or a point may part. */
export function readCount(printed: string): number {
  const text = printed.replace(/%$/, "");
  return Number(/^\d{1,3}(?:[ .,'’\u00A0\u202F]\d{3})+$/.test(text) ? text.replace(/\D/g, "") : text.replace(",", "."));
}

/** Whether a share that is printed as digits only, two or more, has lost its decimal sign. */
export function lacksDecimalSign(printed: string): boolean {
  return /^\d{2,}$/.test(printed);
}

/**
 * Whether a number, rounded half away from zero to the printed digits, is the printed one. It is meant for statistics,
 * which are never ties; percents of counts may be, and have `roundPercent`.
 */
export function printsAs(value: number, printed: Decimal): boolean {
  const scale = 10 ** printed.digits;
  return Math.sign(value) * Math.floor(Math.abs(value) * scale + 0.5) === Math.round(printed.value * scale);
}
