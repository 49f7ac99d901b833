import {percentText} from "../tables/format.js";
import {type Factor, type Robustness, robustness, type Specification, type TestedConclusion} from "./specification.js";

const factors: Readonly<Record<Factor, string>> = {
  recode: "How the answer is read",
  missing: "Those who did not answer",
  test: "Test",
  correction: "Correction for many tests",
  likeness: "Likeness within offices"
};

const levels: Readonly<Record<Exclude<Factor, "recode" | "likeness">, Readonly<Record<string, string>>>> = {
  missing: {exclude: "left out", category: "a category"},
  test: {pearson: "Pearson", likelihood_ratio: "likelihood ratio", trend: "trend", simulated: "simulated"},
  correction: {none: "no correction", holm: "Holm", bonferroni: "Bonferroni"}
};

type Read = Pick<TestedConclusion, "recodes"> | null;

/** A level of a choice in words; for recodes the conclusion says what it is called. */
export function levelText(conclusion: Read, factor: Factor, level: string): string {
  if (factor === "recode") return conclusion?.recodes.find(({id}) => id === level)?.says ?? level;
  return factor === "likeness" ? level : (levels[factor][level] ?? level);
}

/**
 * What decides most whether a conclusion holds, in words, with the share in which it holds at the level that is kindest
 * to it and at the one that is hardest: “the likeness within offices (0: 76%; 0.2: 3%)”.
 */
export function factorText(conclusion: Read, {share, factors: all}: Robustness): string {
  const [most] = all;
  if (most === undefined || share === 0 || share === 1)
    return share === 1 ? "nothing, it always holds" : "nothing, it never holds";
  const sorted = [...most.levels].sort((a, b) => b.share - a.share);
  const ends = [...new Set([sorted[0], sorted.at(-1)])].flatMap((end) =>
    end ? [`${levelText(conclusion, most.factor, end.level)}: ${percentText(end.share)}`] : []
  );
  const name = factors[most.factor];
  return `${most.factor === "recode" ? "" : "the "}${name[0]?.toLowerCase()}${name.slice(1)} (${ends.join("; ")})`.replace(
    "the those",
    "those"
  );
}

/** Specifications in words, for a curve: a point each, and the choices that differ, the most deciding first. */
export function curveOf(conclusion: Read, specs: readonly Specification[]) {
  const inWords = (factor: Factor, level: string | number) => levelText(conclusion, factor, String(level));
  const shown = robustness(specs).factors;
  return {
    points: specs.map((spec) => ({...spec, levels: shown.map(({factor}) => inWords(factor, spec[factor]))})),
    factors: shown.map(({factor, levels}) => ({
      name: factors[factor],
      levels: levels.map(({level}) => inWords(factor, level))
    }))
  };
}
