import {fromArrow} from "arquero";
import {beforeAll, describe, expect, test} from "vitest";
import {writeRespondents} from "../../data-loaders/publish/respondents.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import {casesOf, groupsOf} from "../../src/multiverse/cases.js";
import {factorText} from "../../src/multiverse/choices.js";
import {correlations, designEffectAt} from "../../src/multiverse/likeness.js";
import {
  type Case,
  regressionSpecifications,
  robustness,
  rowScores,
  type Specification,
  specifications,
  type TestedConclusion
} from "../../src/multiverse/specification.js";
import {testedCoefficients, testedConclusions} from "../../src/report/conclusions.js";
import {lieOf} from "../../src/report/judgement.js";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {exactP} from "../../src/statistics/exact.js";
import {printedCells, printedCrosstab} from "../../src/tables/crosstab.js";
import {tableEntry} from "../../src/tables/labels.js";
import {readRegression} from "../../src/tables/regression-table.js";
import {entries, published} from "../tables/published.js";
import {printedCrosstabs} from "../tables/report.js";

const raw = readRawFolder();
const report = readReport(raw);
const family = printedCrosstabs().map(({table, counts}) => {
  const {statistic, df} = chiSquareTest(counts);
  return {table, statistic, df};
});

describe("the report's conclusions", () => {
  const found = new Map<string, {cases: Case[]; specs: Specification[]; conclusion: TestedConclusion}>();

  beforeAll(async () => {
    const respondents = fromArrow(await writeRespondents(report, "2010", raw));
    const earlier = fromArrow(await writeRespondents(report, "2008", raw));
    for (const conclusion of testedConclusions) {
      const cases = casesOf(entries, respondents, earlier, conclusion);
      found.set(conclusion.id, {
        conclusion,
        cases,
        specs: specifications(conclusion, groupsOf(entries, conclusion), cases, family, (table, likeness) =>
          designEffectAt(
            lieOf(tableEntry(entries, table), table === conclusion.table ? conclusion.group : ""),
            likeness,
            45
          )
        )
      });
    }
  });

  const get = (id: string) => {
    const one = found.get(id);
    if (!one) throw new Error(`no conclusion ${id}`);
    return one;
  };

  test("have, under the report's own choices, the P that the report prints, and all hold", () => {
    for (const {conclusion, specs} of found.values()) {
      const own = specs.filter((spec) => spec.own);
      expect(own.length, conclusion.id).toBe(1);
      expect(own[0]?.holds, conclusion.id).toBe(true);
      const [printed] = printedCells(published, conclusion.table, "p");
      // Table 21 has no P; those of tables 13 and 16 are told of as errors if they differ.
      if (printed?.value == null) continue;
      const expected = family.find((t) => t.table === conclusion.table);
      const {p} = chiSquareTest(printedCrosstab(published, conclusion.table).counts);
      expect(own[0]?.p, conclusion.id).toBeCloseTo(p, 12);
      expect(expected).toBeDefined();
    }
  });

  test("count in their first case what the table prints, with rows as groups", () => {
    const {cases} = get("t18");
    const printed = printedCrosstab(published, 18);
    expect(cases[0]?.counts).toEqual(printed.columns.map((_, c) => printed.counts.map((row) => row[c])));
    expect(get("t25").cases[0]?.counts).toEqual(printedCrosstab(published, 25).counts);
    // The two frequency tables print agreement first, where scores rise with it.
    expect(get("t21").cases[0]?.counts).toEqual(
      [22, 21].map((table) =>
        printedCrosstab(published, table)
          .counts.map(([count]) => count)
          .reverse()
      )
    );
  });

  test("rest on printed counts exactly where categories are merged from printed ones and nobody is added", () => {
    const determined = (id: string) =>
      get(id).cases.map(({recode, missing, determined: yes}) => `${recode.id} ${missing} ${yes}`);
    expect(determined("t25").filter((line) => line.endsWith("true"))).toEqual(["agree exclude true"]);
    expect(determined("t24").filter((line) => line.endsWith("true"))).toHaveLength(5);
    expect(determined("t21").every((line) => line.endsWith("true"))).toBe(true);
  });

  test("never compare answers of those who were not asked", () => {
    expect(get("t14").cases.every(({missing}) => missing === "exclude")).toBe(true);
  });

  test("become no easier under a stricter choice, except where no difference is claimed", () => {
    for (const {conclusion, specs} of found.values()) {
      const at = (spec: Specification, change: Partial<Specification>) =>
        specs.find((other) =>
          (["recode", "missing", "test", "correction", "likeness"] as const).every(
            (key) => other[key] === (change[key] ?? spec[key])
          )
        );
      for (const spec of specs.filter((each) => each.correction === "none" && each.likeness === 0)) {
        const chain = [
          spec,
          at(spec, {correction: "holm"}),
          at(spec, {correction: "bonferroni"}),
          ...correlations.slice(1).map((likeness) => at(spec, {correction: "bonferroni", likeness}))
        ].flatMap((each) => each?.p ?? []);
        expect(
          chain.every((p, i) => i === 0 || p >= (chain[i - 1] ?? 1)),
          `${conclusion.id} ${chain.join(" ")}`
        ).toBe(true);
      }
    }
  });

  test("of the regression hold as printed; that of reduced service not once it is corrected", () => {
    const regression = readRegression(published, entries, 28);
    const [two, service] = testedCoefficients.map((which) => regressionSpecifications(regression, which));
    expect(two?.find((spec) => spec.own)?.holds).toBe(true);
    expect(service?.find((spec) => spec.own)?.p).toBeCloseTo(0.02, 3);
    expect(service?.filter((spec) => spec.holds).map((spec) => spec.correction)).toEqual([
      "none",
      "none",
      "none",
      "none"
    ]);
  });
});

describe("specifications", () => {
  const recode = {id: "r", says: "r", groups: [["a"], ["b"]]};
  const of = (counts: number[][], finding: TestedConclusion["finding"], missing: Case["missing"] = "exclude") =>
    specifications({finding, table: 1}, ["x", "y"], [{recode, missing, counts, determined: true}], []);

  test("of the wrong direction do not hold, however significant", () => {
    const counts = [
      [90, 10],
      [10, 90]
    ];
    expect(of(counts, {kind: "higher", above: ["y"], below: ["x"]}).every((spec) => spec.holds)).toBe(true);
    expect(of(counts, {kind: "higher", above: ["x"], below: ["y"]}).some((spec) => spec.holds)).toBe(false);
    expect(of(counts, {kind: "rising"}).every((spec) => spec.holds)).toBe(true);
    expect(of(counts, {kind: "falling"}).some((spec) => spec.holds)).toBe(false);
  });

  test("simulate where expected counts are small, near the exact P", () => {
    const counts = [
      [7, 2],
      [1, 6]
    ];
    const specs = of(counts, {kind: "difference"});
    const simulated = specs.find((spec) => spec.test === "simulated" && spec.own === false && spec.likeness === 0);
    expect(simulated?.p).toBeCloseTo(exactP(counts, "chi_square") ?? 0, 1.7);
    expect(
      of(
        [
          [50, 50],
          [40, 60]
        ],
        {kind: "difference"}
      ).some((spec) => spec.test === "simulated")
    ).toBe(false);
  });

  test("leave those without an answer out of scores and trends, but not of the other tests", () => {
    const counts = [
      [30, 30, 0],
      [30, 30, 40]
    ];
    expect(rowScores({counts, missing: "category"})).toEqual([0.5, 0.5]);
    const specs = of(counts, {kind: "rising"}, "category");
    expect(specs.some((spec) => spec.test === "trend")).toBe(false);
    expect(of(counts, {kind: "difference"}, "category").find((spec) => spec.likeness === 0)?.p).toBeLessThan(1e-6);
  });
});

describe("robustness", () => {
  const spec = (recode: string, likeness: number, holds: boolean): Specification => ({
    ...{recode, missing: "exclude", test: "pearson", correction: "none", likeness},
    ...{p: 0.5, ordered: true, holds, determined: true, own: recode === "a" && likeness === 0}
  });

  test("names the choice whose levels differ most, and no choice that has one level", () => {
    const all = [spec("a", 0, true), spec("b", 0, true), spec("a", 0.2, false), spec("b", 0.2, true)];
    const result = robustness(all);
    expect(result.share).toBe(0.75);
    expect(result.own).toBe(true);
    expect(result.factors.map(({factor, range}) => [factor, range])).toEqual([
      ["recode", 0.5],
      ["likeness", 0.5]
    ]);
    const decided = robustness([spec("a", 0, true), spec("b", 0, true), spec("a", 0.2, false), spec("b", 0.2, false)]);
    expect(factorText(null, decided)).toBe("the likeness within offices (0: 100%; 0.2: 0%)");
    expect(() => robustness([])).toThrow(RangeError);
  });
});
