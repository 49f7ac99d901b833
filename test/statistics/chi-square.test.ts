import {describe, expect, test} from "vitest";
import {chiSquareTest, expectedCounts} from "../../src/statistics/chi-square.js";
import {printedCrosstabs} from "../tables/report.js";

describe("the chi-square test", () => {
  test("of a table done by hand", () => {
    // Expected 12, 18, 28, 42.
    const result = chiSquareTest([
      [20, 10],
      [20, 50]
    ]);
    expect(result.statistic).toBeCloseTo(64 / 12 + 64 / 18 + 64 / 28 + 64 / 42, 12);
    expect(result.df).toBe(1);
    expect(result.expected).toEqual([
      [12, 18],
      [28, 42]
    ]);
    expect(result.minExpected).toBe(12);
    expect(result.shareExpectedBelow5).toBe(0);
    const g = 2 * (20 * Math.log(20 / 12) + 10 * Math.log(10 / 18) + 20 * Math.log(20 / 28) + 50 * Math.log(50 / 42));
    expect(result.likelihoodRatio.statistic).toBeCloseTo(g, 12);
  });

  test("keeps a p that is far below what doubles next to 1 can tell", () => {
    const table9 = printedCrosstabs().find(({table}) => table === 9)?.counts ?? [];
    // R: chisq.test(x)$p.value
    expect(chiSquareTest(table9).p / 1.371e-57).toBeCloseTo(1, 3);
  });

  test("leaves empty rows and columns out of everything but the shape of the expected counts", () => {
    const whole = chiSquareTest([
      [0, 3, 0, 9],
      [0, 0, 0, 0],
      [0, 8, 0, 2]
    ]);
    const bare = chiSquareTest([
      [3, 9],
      [8, 2]
    ]);
    expect({...whole, expected: null}).toEqual({...bare, expected: null});
    expect(bare.shareExpectedBelow5).toBe(0.25 * 0);
    expect(whole.expected).toEqual([
      [0, 6, 0, 6],
      [0, 0, 0, 0],
      [0, 5, 0, 5]
    ]);
  });

  test("counts expected counts below 5, not at 5, and not observed ones", () => {
    expect(
      chiSquareTest([
        [3, 9],
        [8, 2]
      ]).shareExpectedBelow5
    ).toBe(0);
    expect(
      chiSquareTest([
        [3, 8],
        [8, 2]
      ]).shareExpectedBelow5
    ).toBe(0.25);
    expect(
      chiSquareTest([
        [3, 8],
        [8, 2]
      ]).minExpected
    ).toBeCloseTo(100 / 21, 14);
  });

  test("is 0 with p 1 when rows are proportional, the likelihood ratio too", () => {
    const {statistic, p, likelihoodRatio} = chiSquareTest([
      [100, 300, 700],
      [200, 600, 1400]
    ]);
    expect([statistic, p, likelihoodRatio]).toEqual([0, 1, {statistic: 0, p: 1}]);
  });

  test("keeps the likelihood ratio's digits when hardly anything deviates", () => {
    // Close to independence both statistics have the same limit.
    const {statistic, likelihoodRatio} = chiSquareTest([
      [1e9 + 1, 1e9],
      [1e9, 1e9 + 1]
    ]);
    expect(likelihoodRatio.statistic / statistic).toBeCloseTo(1, 8);
  });

  test("takes counts that are not whole, and grows with them", () => {
    const double = chiSquareTest([
      [7, 2.5],
      [1.5, 6]
    ]).statistic;
    expect(double).toBeCloseTo(
      chiSquareTest([
        [14, 5],
        [3, 12]
      ]).statistic / 2,
      12
    );
  });

  test("refuses a single row, a single column and nobody", () => {
    expect(() => chiSquareTest([[1, 2, 3]])).toThrow(/two rows and two columns/);
    expect(() => chiSquareTest([[1], [2]])).toThrow(RangeError);
    expect(() =>
      expectedCounts([
        [0, 0],
        [0, 0]
      ])
    ).toThrow(/counts nobody/);
  });
});
