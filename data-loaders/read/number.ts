import {type DecimalSign, readField} from "../pasted/number.js";
import {about} from "./about.js";

/** What only tables that were pasted print, and how their raw files call it. */
const pastedOnly = {
  statistic: "statistic",
  percent_of_all: "% of all",
  base: "base",
  mean: "mean",
  sd: "SD",
  median: "median",
  odds_ratio: "ratio",
  b: "B",
  se: "SE",
  lower: "lower",
  upper: "upper",
  df: "df",
  correlation: "r"
} as const;

/** How the lines of raw files that were pasted call their measures. */
export const lineNames = {
  count: "n",
  percent: "%",
  cumulative_percent: "cumulative %",
  p: "P",
  beta: "β",
  r2: "R²",
  ...pastedOnly
} as const;

/** How the lines of pasted tables call a measure; undefined for one that they do not have. */
export const lineName = (measure: Measure): string | undefined =>
  new Map<string, string>(Object.entries(lineNames)).get(measure);

/** What a printed number says. A printed percent is in percent points. */
export const measures = [
  "count",
  "percent",
  "cumulative_percent",
  "p",
  "beta",
  "t",
  "significance",
  "n",
  "r2",
  "f",
  "axis_tick",
  "code",
  ...(Object.keys(pastedOnly) as (keyof typeof pastedOnly)[])
] as const;

/** Whether a measure is of pasted tables only. */
export const isPastedOnly = (measure: Measure) => measure in pastedOnly;

export type Measure = (typeof measures)[number];

interface Grammar {
  /** How a printed number of this measure may look, misprints of the report included. */
  readonly pattern: RegExp;
  readonly expected: string;
  readonly range?: readonly [number, number];
}

const percent: Grammar = {
  pattern: /^\d+(,\d*)?%?$/,
  expected: "a percent from 0 to 100, such as “14%” or “14”",
  range: [0, 100]
};
const decimal: Grammar = {pattern: /^-?\d*,\d+$/, expected: "a decimal number with a comma, such as “0,028”"};

const grammars: Partial<Record<Measure, Grammar>> = {
  // The report prints a percent sign after some counts (tables 33 and 34); they are counts all the same.
  count: {pattern: /^\d+%?$/, expected: "a whole number, such as “302”"},
  percent,
  cumulative_percent: percent,
  // Table 15 prints “0001”, without its comma; it is kept, and read as the number it is.
  p: {pattern: /^(\d,\d+|0\d+)$/, expected: "a P value from 0 to 1, such as “0,174”", range: [0, 1]},
  beta: decimal,
  t: decimal,
  significance: {
    pattern: /^\d?,\d+\*{0,2}$/,
    expected: "a significance from 0 to 1, such as “0,020*”",
    range: [0, 1]
  },
  n: {pattern: /^\d+$/, expected: "a whole number"},
  // Table 28 prints “264” for R², without its comma; no range can be asked of it.
  r2: {pattern: /^\d*(,\d+)?$/, expected: "an R², such as “0,264”"},
  f: {pattern: /^\d+([.,]\d+)?$/, expected: "an F, such as “21.115”"},
  axis_tick: {pattern: /^\d+$/, expected: "a whole number on the axis"},
  // Or a number in the report's words.
  code: {pattern: /^(\d+([.,]\d+)?|\d+-\d+)$/, expected: "a code, such as “1”"}
};
const anyNumber: Grammar = {pattern: /\d/, expected: "a number"};

/**
 * The value of a printed number, or a sentence that says what was expected instead.
 *
 * The string is read as it stands: a comma or a point is the decimal sign, percent signs and stars fall away, nothing
 * is mended (“0001” is 1, “264” is 264). A printed range such as “1-5” is no single number; its value is null.
 */
export function readNumber(printed: string, measure: Measure): {value: number | null} | {expected: string} {
  const {pattern, expected, range} = grammars[measure] ?? anyNumber;
  const word = measure === "code" ? about.numberWords[printed] : undefined;
  if (word && /^\d+$/.test(word)) return {value: Number(word)};
  if (printed === "" || !pattern.test(printed)) return {expected};
  if (measure === "code" && printed.includes("-")) return {value: null};
  const value = Number(printed.replace(/[%*]+$/, "").replace(",", "."));
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return {expected};
  if (range && (value < range[0] || value > range[1])) return {expected};
  return {value};
}

/**
 * The value of a number that is kept as it was pasted: decimals with a point or a comma, thousands parted, signs of
 * every kind. What is not there, or only a bound, has no value.
 */
export function readPastedNumber(
  printed: string,
  measure: Measure,
  decimal: DecimalSign
): {value: number | null} | {expected: string} {
  const {expected} = grammars[measure] ?? anyNumber;
  const [token, ...more] = readField(printed, decimal) ?? [];
  if (!token || more.length > 0) return {expected};
  const value = measure === "count" || measure === "base" || measure === "df" ? token.whole : token.value;
  if (token.kind !== "number" || (token.bound && measure !== "p")) return {value: null};
  return value === null ? {expected} : {value};
}
