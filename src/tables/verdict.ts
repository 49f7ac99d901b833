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

/** The rules that are tried when the report's own does not give the printed percent, the most usual first. */
const otherRules: readonly RoundingRule[] = ["half_even", "half_down", "twice", "down"];

/**
 * Holds a printed percent ("14%", "100,0", "100,%") against `count` of `total`: the verdict, the percent by the report's
 * own rule at the printed number of decimals and before rounding (null when the total is 0), the rule that gives the
 * printed percent, and a sentence for the reader.
 *
 * `exact` when the report's rule gives it at the printed number of decimals, `rounding` when another named rule does
 * (rounding everything up is none: it would excuse any percent that is one too high), else `differs`.
 */
export function checkPercent(printed: string, count: number, total: number) {
  const digits = /[.,](\d+)/.exec(printed)?.[1]?.length ?? 0;
  const value = Number(printed.replace("%", "").replace(",", "."));
  const by = (rule: RoundingRule) => roundPercent(count, total, rule, digits);
  const recomputed = by(reportRule);
  const exact = recomputed === null ? null : (100 * count) / total;
  const found = (verdict: Exclude<Verdict, "inconsistent">, rule: RoundingRule | null, words: string) => {
    return {verdict, recomputed, exact, rule, words};
  };
  if (recomputed === null) return found("not_checkable", null, "there is nobody to take a share of");
  if (recomputed === value) return found("exact", reportRule, verdictNames.exact);
  const other = otherRules.find((rule) => by(rule) === value);
  return other ? found("rounding", other, `only by ${ruleNames[other]}`) : found("differs", null, verdictNames.differs);
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
