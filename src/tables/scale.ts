import {roundPercent} from "./rounding.js";

/** How many of a group gave some answers: `count` of `n`. */
export interface Part {
  readonly count: number;
  readonly n: number;
  /** From 0 to 1. */
  readonly share: number;
}

/** Scales of answers, from disagreement to agreement, whatever order a table prints them in. */
const scales: readonly (readonly string[])[] = [
  ["disagree", "partly_disagree", "neither", "partly_agree", "agree"],
  ["not_at_all", "little_extent", "some_extent", "great_extent"],
  ["not_agree", "agree"],
  ["no", "yes"]
];

/** The answers of every scale that agree, find something or say yes; and those that do not. */
export const positive = ["partly_agree", "agree", "some_extent", "great_extent", "yes"];
export const negative = ["disagree", "partly_disagree", "little_extent", "not_at_all", "not_agree", "no"];

/**
 * Which end of its scale an answer belongs to: 1 for agreement, −1 for disagreement, 0 for the middle. Throws a
 * RangeError for what is no answer of a scale.
 */
export function signOf(answer: string): number {
  const scale = scales.find((steps) => steps.includes(answer));
  if (!scale) throw new RangeError(`“${answer}” is no answer of a scale`);
  return Math.sign(2 * scale.indexOf(answer) - (scale.length - 1));
}

/** The scale that has all of some answers, from disagreement to agreement; null where none has. */
export function scaleOf(answers: readonly string[]): readonly string[] | null {
  return scales.find((steps) => answers.every((answer) => steps.includes(answer))) ?? null;
}

/** Answers in the order of their scale, from disagreement to agreement. Throws when no scale has them all. */
export function inScaleOrder(answers: readonly string[]): string[] {
  const scale = scaleOf(answers);
  if (!scale) throw new RangeError(`no scale has the answers ${answers.join(", ")}`);
  return scale.filter((answer) => answers.includes(answer));
}

/** The counts of `n` people whose share is printed as this whole percent: one or none for n ≤ 100. */
export function countsPrintedAs(percent: number, n: number): number[] {
  return Array.from({length: n + 1}, (_, count) => count).filter((count) => roundPercent(count, n) === percent);
}
