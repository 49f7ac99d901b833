import {roundShare} from "./rounding.js";

/**
 * A share between 0 and 1 as a percent, half up, whole unless digits are asked for: 0.234 gives “23%”, and in other
 * languages than English “23 %”. Takes what has a `share`, too, such as a row of shares.
 */
export function percentText(of: number | {readonly share?: number}, language = "en", digits = 0): string {
  const share = typeof of === "number" ? of : (of.share ?? Number.NaN);
  const percent = roundShare(share, digits).toFixed(digits);
  return language === "en" ? `${percent}%` : `${percent.replace(".", ",")}\u202f%`;
}

/** A number with so many decimals and a minus sign that is as long as a plus: −0.25 gives “−0.3” with one. */
export function decimalText(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", "−");
}

/** A difference between two shares in percent points with one decimal: 0.0592 gives “5.9 points”. */
export function pointsText(difference: number): string {
  return `${decimalText(100 * difference, 1)} points`;
}

/** The interval of a difference between two shares in percent points: “0.8 to 8.9 points”. */
export function pointsRange({lower, upper}: {readonly lower: number; readonly upper: number}): string {
  return `${pointsText(lower).replace(" points", "")} to ${pointsText(upper)}`;
}

/** A P value with three decimals as the report has them, or, where that would be 0, the bound it is under. */
export function pText(p: number): string {
  return p < 0.0005 ? "less than 0.001" : p.toFixed(3);
}

/** A whole number with a thin space between thousands: 1257 gives “1 257”. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
