import {describe, expect, test} from "vitest";
import {debit, estimateFindings, grim, type Item, zOfInterval} from "../../../data-loaders/checks/estimates.js";
import {normalTwoSided} from "../../../src/statistics/distributions.js";

const around = (printed: string): readonly [number, number] => {
  const half = 0.5 / 10 ** (printed.split(".")[1] ?? "").length;
  return [Number(printed) - half, Number(printed) + half];
};

describe("estimates against what stands beside them", () => {
  // The examples of the R package scrutiny: `debit("0.35", "0.18", 20)` and its data set pigs3.
  test.each([
    ["0.35", "0.18", 20, false],
    ["0.53", "0.50", 1683, true],
    ["0.44", "0.50", 1683, true],
    ["0.77", "0.42", 1683, true],
    ["0.19", "0.35", 1683, false],
    ["0.34", "0.47", 1683, true],
    ["0.93", "0.25", 1683, true],
    ["0.12", "0.33", 1683, true]
  ] as const)("DEBIT: mean %s, SD %s of %i: %s", (mean, sd, n, fits) => {
    expect(debit(around(mean), around(sd), n).fits).toBe(fits);
  });

  // Its pigs1: which of these means whole numbers can have.
  test.each([
    [7.22, 32, true],
    [4.74, 25, false],
    [5.23, 29, false],
    [2.57, 24, false]
  ])("GRIM: mean %d of %i: %s", (value, n, fits) => {
    expect(grim({value, digits: 2}, n)).toBe(fits);
  });

  // Altman and Bland 2011, BMJ 343:d2090 and d2304: 17 points (1.4 to 32.6), P = 0.032; ratio 0.81 (0.70 to 0.94), P = 0.005.
  test.each([
    ["17", "1.4", "32.6", false, "0.032"],
    ["0.81", "0.70", "0.94", true, "0.005"]
  ] as const)("the P of %s (%s to %s)", (estimate, lower, upper, ratio, p) => {
    const [low, high] = zOfInterval(around(estimate), around(lower), around(upper), ratio);
    expect(normalTwoSided(high)).toBeLessThan(Number(p));
    expect(normalTwoSided(low)).toBeGreaterThan(Number(p));
    expect(normalTwoSided((low + high) / 2)).toBeCloseTo(Number(p), 2);
  });

  const item = (measure: string, printed: string, called = ""): Item<string> => ({
    r: 0,
    c: 0,
    measure,
    printed,
    value: Number(printed),
    digits: (printed.split(".")[1] ?? "").length,
    called,
    cell: `${measure} ${printed}`
  });
  const verdicts = (...items: Item<string>[]) => estimateFindings(items).map(({what, verdict}) => [what, verdict]);

  test("whether P and interval contradict each other, or another test may have given P", () => {
    const ratio = [item("odds_ratio", "0.81"), item("lower", "0.70"), item("upper", "0.94")];
    expect(verdicts(...ratio, item("p", "0.005"))).toEqual([
      ["interval", "exact"],
      ["interval_p", "exact"]
    ]);
    expect(verdicts(...ratio, item("p", "0.010"))[1]).toEqual(["interval_p", "not_checkable"]);
    expect(verdicts(...ratio, item("p", "0.2"))[1]).toEqual(["interval_p", "inconsistent"]);
    expect(verdicts(item("mean", "5.19"), item("base", "28"))).toEqual([["grim", "not_checkable"]]);
    expect(verdicts(item("statistic", "3.84", "chi-square"), item("df", "1"), item("p", "0.05"))).toEqual([
      ["statistic_p", "exact"]
    ]);
    expect(verdicts(item("statistic", "3.84", "U"), item("df", "1"), item("p", "0.9"))).toEqual([]);
  });
});
