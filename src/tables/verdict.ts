import {type RoundingRule, reportRule, roundPercent, ruleNames} from "./rounding.js";

/** What is found when a printed number is held against a recomputed one. One vocabulary for the whole project. */
export const verdicts = ["exact", "rounding", "differs", "inconsistent", "not_checkable"] as const;
export type Verdict = (typeof verdicts)[number];

/** The verdicts in words, for readers. */
export const verdictNames: Record<Verdict, string> = {
  exact: "as printed",
  rounding: "another rounding",
  differs: "differs",
  inconsistent: "contradicts itself",
  not_checkable: "cannot be checked"
};

/** A printed percent held against the counts it is made of. */
export interface PercentCheck {
  readonly verdict: "exact" | "rounding" | "differs" | "not_checkable";
  /** The percent by the report's own rule, at the printed number of decimals. Null when the total is 0. */
  readonly recomputed: number | null;
  /** The percent before rounding. */
  readonly exact: number | null;
  /** The rule that gives the printed percent. */
  readonly rule: RoundingRule | null;
  /** A sentence for the reader. */
  readonly words: string;
}

/** The rules that are tried when the report's own does not give the printed percent, the most usual first. */
const otherRules: readonly RoundingRule[] = ["half_even", "half_down", "twice", "down"];

/**
 * Holds a printed percent ("14%", "100,0", "100,%") against `count` of `total`.
 *
 * `exact` when the report's rule gives it at the printed number of decimals, `rounding` when another named rule does
 * (rounding everything up is none: it would excuse any percent that is one too high), else `differs`.
 */
export function checkPercent(printed: string, count: number, total: number): PercentCheck {
  const digits = /[.,](\d+)/.exec(printed)?.[1]?.length ?? 0;
  const value = Number(printed.replace("%", "").replace(",", "."));
  const recomputed = roundPercent(count, total, reportRule, digits);
  if (recomputed === null) {
    return {verdict: "not_checkable", recomputed, exact: null, rule: null, words: "there is nobody to take a share of"};
  }
  const exact = (100 * count) / total;
  if (recomputed === value) return {verdict: "exact", recomputed, exact, rule: reportRule, words: verdictNames.exact};
  const rule = otherRules.find((r) => roundPercent(count, total, r, digits) === value) ?? null;
  if (rule) return {verdict: "rounding", recomputed, exact, rule, words: `only by ${ruleNames[rule]}`};
  return {verdict: "differs", recomputed, exact, rule, words: verdictNames.differs};
}

/** Where an error stands: in the numbers of a table, in its title, labels and notes, or in the text. */
export const spheres = {
  numbers: "the numbers of tables",
  labels: "titles, labels and notes of tables",
  text: "the text"
} as const;
export type Sphere = keyof typeof spheres;

/** Where an error stands, by its kind; a number that no check of a table shows is one of the text. */
export function sphereOf({kind, checks}: {readonly kind: string; readonly checks: readonly string[]}): Sphere {
  if (["label", "coding", "form"].includes(kind)) return "labels";
  if (checks.length === 0) return "text";
  return kind === "definition" ? "labels" : "numbers";
}

/** An error of the report as pages know it: what `errata.json` holds. */
export interface ErratumEntry {
  readonly id: string;
  readonly place: string;
  readonly kind: string;
  readonly checks: readonly string[];
  readonly printed: string;
  readonly correct: string;
  readonly evidence: string;
  readonly conclusion: "changed" | "weakened" | "unchanged";
}
