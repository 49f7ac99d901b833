import {alpha} from "../statistics/alpha.js";
import {chiSquareTest} from "../statistics/chi-square.js";
import {type Counts, margins, occupied} from "../statistics/contingency.js";
import {chiSquareTail} from "../statistics/distributions.js";
import {tableSampler} from "../statistics/exact.js";
import {holm} from "../statistics/holm.js";
import {seeded} from "../statistics/random.js";
import {tTwoSided} from "../statistics/student.js";
import {trendTest} from "../statistics/trend.js";
import type {Missing} from "../tables/crosstab.js";
import type {TableId} from "../tables/table-id.js";
import {correlations} from "./likeness.js";

/** A way to read an answer: the categories, from low to high, and the codes that each merges. */
export interface Recode {
  readonly id: string;
  /** What is looked at, in words. */
  readonly says: string;
  readonly groups: readonly (readonly string[])[];
}

/** What a conclusion says of the groups: that they differ, that they do not, or how they are ordered. */
export type Finding =
  | {readonly kind: "difference"}
  | {readonly kind: "no_difference"}
  /** Each of the groups in `above` scores higher than each of those in `below`. */
  | {readonly kind: "higher"; readonly above: readonly string[]; readonly below: readonly string[]}
  /** The groups' scores fall (or rise) all the way, in the order of the codebook. */
  | {readonly kind: "falling" | "rising"}
  /** The later half of the groups scores higher, in the mean, than the earlier half. */
  | {readonly kind: "rather_rising"};

/** A conclusion that rests on one crosstab (or, between surveys, on two frequency tables). */
export interface TestedConclusion {
  readonly id: string;
  /** The table that it rests on: the first of them where there are two. */
  readonly table: TableId;
  /** What the report concludes, in other words. */
  readonly says: string;
  readonly finding: Finding;
  /** The groups that are compared; `survey` for two surveys. */
  readonly group: string;
  /** The answer that is compared, a variable of the respondents. */
  readonly outcome: string;
  /** The ways to read the answer that could be defended, the report's own first. */
  readonly recodes: readonly Recode[];
  /** Set where most of those without an answer were not asked, so that they cannot be a category. */
  readonly notAllAsked?: true;
}

/** The tests that may be used; `simulated` is Pearson's without its large-sample formula, for small expected counts. */
export type Test = "pearson" | "likelihood_ratio" | "trend" | "simulated";

/** Corrections for having made many tests. */
const corrections = ["none", "holm", "bonferroni"] as const;

/** The choices that a specification makes, by name: the columns of the matrix below a specification curve. */
export interface Choices {
  readonly recode: string;
  /** What becomes of those who did not answer. */
  readonly missing: Missing;
  readonly test: Test;
  readonly correction: (typeof corrections)[number];
  /** The intraclass correlation of answers from one office. */
  readonly likeness: number;
}

export type Factor = keyof Choices;

/** One set of choices and what it says of a conclusion. */
export interface Specification extends Choices {
  /** P after design effect and correction. */
  readonly p: number;
  /** Whether the groups are ordered as the conclusion says; true where it says nothing of an order. */
  readonly ordered: boolean;
  readonly holds: boolean;
  /** Whether the counts follow from the printed tables; if not, they are those of one reconstruction of many. */
  readonly determined: boolean;
  /** Whether these are the report's own choices. */
  readonly own: boolean;
}

/** A crosstab of groups (rows) and recoded answers (columns), for one way to read the answer. */
export interface Case {
  readonly recode: Recode;
  readonly missing: Missing;
  /** Those who did not answer are the last column where they are a category. */
  readonly counts: Counts;
  readonly determined: boolean;
}

/** The design effect of the tests of a table at an intraclass correlation. */
export type EffectOf = (table: TableId, likeness: number) => number;

/** A test of another table of the report, that corrections for many tests take in. */
export interface FamilyTest {
  readonly table: TableId;
  readonly statistic: number;
  readonly df: number;
}

/** Tables that are drawn for a test by simulation. */
const replicates = 4999;

/**
 * P of each test that fits a case, after a design effect, by which the chi-square statistic is divided (Rao and Scott
 * 1981, first order).
 */
function basicPs({counts, missing}: Case, finding: Finding): {test: Test; p: (designEffect: number) => number}[] {
  const whole = chiSquareTest(counts);
  const tail = (statistic: number, df: number) => (designEffect: number) => chiSquareTail(statistic / designEffect, df);
  const found: {test: Test; p: (designEffect: number) => number}[] = [
    {test: "pearson", p: tail(whole.statistic, whole.df)},
    {test: "likelihood_ratio", p: tail(whole.likelihoodRatio.statistic, whole.df)}
  ];
  // Those who did not answer have no place in an order.
  const hasOrder = ["falling", "rising", "rather_rising"].includes(finding.kind) && missing === "exclude";
  if (hasOrder) found.push({test: "trend", p: tail(trendTest(counts).statistic, 1)});
  if (whole.minExpected < 5) {
    const drawn = simulate(occupied(counts).counts);
    const p = (designEffect: number) =>
      (drawn.filter((each) => each >= whole.statistic / designEffect - 1e-9).length + 1) / (replicates + 1);
    found.push({test: "simulated", p});
  }
  return found;
}

const simulated = new Map<string, number[]>();

/** Chi-squares of tables that are drawn at random among those with the same sums of rows and columns, once for each. */
function simulate(counts: Counts): number[] {
  const {rows, columns, total} = margins(counts);
  const key = `${rows} ${columns}`;
  const known = simulated.get(key);
  if (known) return known;
  const draw = tableSampler(rows, columns, seeded(1));
  const drawn = new Int32Array(rows.length * columns.length);
  const found = Array.from({length: replicates}, () => {
    draw(drawn);
    let sum = 0;
    drawn.forEach((count, cell) => {
      const row = rows[Math.floor(cell / columns.length)] ?? 0;
      sum += (count * count) / (row * (columns[cell % columns.length] ?? 0));
    });
    return total * (sum - 1);
  });
  simulated.set(key, found);
  return found;
}

/** The mean score of each row's answers, categories scored 0, 1, 2 …; those who did not answer are left out. */
export function rowScores({counts, missing}: Pick<Case, "counts" | "missing">): number[] {
  return counts.map((row) => {
    const answered = missing === "category" ? row.slice(0, -1) : row;
    const total = answered.reduce((sum, count) => sum + count, 0);
    return answered.reduce((sum, count, score) => sum + count * score, 0) / total;
  });
}

/** Whether the rows' scores are ordered as a finding says; `rows` are the groups' codes. */
function isOrderedAs(finding: Finding, rows: readonly string[], scores: readonly number[]): boolean {
  const score = (code: string) => scores[rows.indexOf(code)] ?? Number.NaN;
  switch (finding.kind) {
    case "difference":
    case "no_difference":
      return true;
    case "higher":
      return finding.above.every((a) => finding.below.every((b) => score(a) > score(b)));
    case "rather_rising": {
      const middle = Math.floor(scores.length / 2);
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      return mean(scores.slice(-middle)) > mean(scores.slice(0, middle));
    }
    case "falling":
    case "rising": {
      const way = finding.kind === "rising" ? 1 : -1;
      return scores.every((value, i) => i === 0 || way * (value - (scores[i - 1] ?? 0)) > 0);
    }
  }
}

/**
 * Every defensible way to test a conclusion, and whether it holds in each.
 *
 * `cases` has its crosstab for each way to read the answer, the report's own first; `rows` are the groups' codes;
 * `family` the tests of all crosstabs of the report, for corrections (the conclusion's own is replaced by the one at
 * hand, the others are Pearson's at the same likeness within offices). `effectOf` gives the design effects; a likeness
 * that makes no difference to the conclusion's own is not tried.
 *
 * A difference holds where it is significant and the groups are ordered as the report says. “No difference” holds where
 * nothing is significant, which a stricter test makes easier: that is the weaker claim, and no proof of equality.
 */
export function specifications(
  {finding, table}: Pick<TestedConclusion, "finding" | "table">,
  rows: readonly string[],
  cases: readonly Case[],
  family: readonly FamilyTest[],
  effectOf: EffectOf = () => 1
): Specification[] {
  const others = family.filter((test) => test.table !== table);
  const tried = correlations.filter((likeness, i) => i === 0 || effectOf(table, likeness) !== effectOf(table, 0));
  const otherPs = new Map(
    tried.map((likeness) => [
      likeness,
      others.map((test) => chiSquareTail(test.statistic / effectOf(test.table, likeness), test.df))
    ])
  );
  return cases.flatMap((each) => {
    const ordered = isOrderedAs(finding, rows, rowScores(each));
    return basicPs(each, finding).flatMap(({test, p: pAt}) =>
      tried.flatMap((likeness) =>
        corrections.map((correction): Specification => {
          const p = corrected([pAt(effectOf(table, likeness)), ...(otherPs.get(likeness) ?? [])], correction)[0] ?? 1;
          const significant = p < alpha;
          const choices = {recode: each.recode.id, missing: each.missing, test, correction, likeness};
          return {
            ...choices,
            p,
            ordered,
            holds: finding.kind === "no_difference" ? !significant : significant && ordered,
            determined: each.determined,
            own:
              each.recode === cases[0]?.recode &&
              each.missing === "exclude" &&
              test === "pearson" &&
              correction === "none" &&
              likeness === 0
          };
        })
      )
    );
  });
}

/** P values corrected for their number. */
function corrected(ps: readonly number[], correction: Choices["correction"]): readonly number[] {
  if (correction === "holm") return holm(ps);
  return correction === "bonferroni" ? ps.map((p) => Math.min(1, p * ps.length)) : ps;
}

type Coefficient = Readonly<Record<"beta" | "t", number>> & {readonly term: string};

/**
 * The ways to test that some coefficients of a printed regression differ from 0 (all of them have to): the only
 * choices that its printed numbers leave are the likeness within offices, by the root of whose design effect t is
 * divided, and the correction for the number of coefficients. With `largest`, no other coefficient may be as large.
 */
export function regressionSpecifications(
  {predictors, fit}: {readonly predictors: readonly Coefficient[]; readonly fit: {readonly dfError: number}},
  {terms, largest}: {readonly terms: readonly string[]; readonly largest: boolean},
  effectAt: (likeness: number) => number = () => 1
): Specification[] {
  const size = (inside: boolean) =>
    predictors.filter(({term}) => terms.includes(term) === inside).map(({beta}) => Math.abs(beta));
  const ordered = !largest || Math.min(...size(true)) > Math.max(...size(false));
  return correlations.flatMap((likeness) =>
    corrections.map((correction): Specification => {
      const ps = predictors.map(({t}) => tTwoSided(t / Math.sqrt(effectAt(likeness)), fit.dfError));
      const own = corrected(ps, correction).filter((_, i) => terms.includes(predictors[i]?.term ?? ""));
      const p = Math.max(...own);
      return {
        ...{recode: "printed", missing: "exclude", test: "pearson", correction, likeness},
        ...{p, ordered, holds: p < alpha && ordered, determined: true, own: correction === "none" && likeness === 0}
      };
    })
  );
}

/** What specifications say together. */
export interface Robustness {
  readonly count: number;
  /** The share of the specifications in which the conclusion holds. */
  readonly share: number;
  /** Whether it holds under the report's own choices. */
  readonly own: boolean;
  /** For each choice that has more than one level, how often the conclusion holds at each; the most deciding first. */
  readonly factors: readonly {
    readonly factor: Factor;
    readonly levels: readonly {readonly level: string; readonly share: number; readonly count: number}[];
    readonly range: number;
  }[];
}

/**
 * Counts in how many specifications a conclusion holds, and which choice decides: the one whose levels differ most in
 * the share that holds. Ties stay in the order recode, missing, test, correction, likeness. Throws a RangeError
 * for no specifications.
 */
export function robustness(all: readonly Specification[]): Robustness {
  if (all.length === 0) throw new RangeError("There are no specifications to count.");
  const shareOf = (some: readonly Specification[]) => some.filter(({holds}) => holds).length / some.length;
  const factors = (["recode", "missing", "test", "correction", "likeness"] as const).flatMap((factor) => {
    const levels = [...new Set(all.map((each) => String(each[factor])))].map((level) => {
      const some = all.filter((each) => String(each[factor]) === level);
      return {level, share: shareOf(some), count: some.length};
    });
    if (levels.length < 2) return [];
    const shares = levels.map(({share}) => share);
    return [{factor, levels, range: Math.max(...shares) - Math.min(...shares)}];
  });
  return {
    count: all.length,
    share: shareOf(all),
    own: all.some(({own, holds}) => own && holds),
    factors: factors.sort((a, b) => b.range - a.range)
  };
}
