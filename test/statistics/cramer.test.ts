import {expect, test} from "vitest";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {cramersV} from "../../src/statistics/cramer.js";
import {chiSquareCritical, noncentralChiSquareTail} from "../../src/statistics/distributions.js";

test("of a 2 × 2 table is its phi coefficient; of a wider one it divides by the shorter side", () => {
  expect(
    cramersV([
      [20, 10],
      [20, 50]
    ]).estimate
  ).toBeCloseTo(800 / Math.sqrt(30 * 70 * 40 * 60), 14);
  const table = [
    [30, 10, 5, 2],
    [5, 30, 9, 3],
    [1, 5, 40, 9]
  ];
  const {statistic, n} = chiSquareTest(table);
  expect(cramersV(table).estimate).toBeCloseTo(Math.sqrt(statistic / (n * 2)), 14);
  const turned = [0, 1, 2, 3].map((j) => table.map((row) => row[j] ?? 0));
  expect(cramersV(turned)).toEqual(cramersV(table));
});

test("its ends put the observed chi-square in the tails", () => {
  const table = [
    [30, 20, 10],
    [15, 20, 25],
    [5, 9, 14]
  ];
  const {statistic, df, n} = chiSquareTest(table);
  const {lower, upper} = cramersV(table, 0.9);
  expect(noncentralChiSquareTail(statistic, df, 2 * n * lower ** 2)).toBeCloseTo(0.05, 12);
  expect(noncentralChiSquareTail(statistic, df, 2 * n * upper ** 2)).toBeCloseTo(0.95, 12);
});

test("its lower end leaves 0 when the test is significant at half of 1 − level", () => {
  const critical = chiSquareCritical(0.025, 1);
  // Chi-square of [[a, b], [b, a]] is (a − b)² / (a + b): with a + b = 100 it passes 5.02 between differences 22 and 24.
  expect(22 ** 2 / 100).toBeLessThan(critical);
  expect(
    cramersV(
      [
        [61, 39],
        [39, 61]
      ].map((row) => row.map((x) => x / 2))
    ).lower
  ).toBe(0);
  expect(
    cramersV(
      [
        [62, 38],
        [38, 62]
      ].map((row) => row.map((x) => x / 2))
    ).lower
  ).toBeGreaterThan(0);
});

test("is 0 with a single point for an interval when nothing deviates, 1 at most", () => {
  expect(
    cramersV([
      [10, 20],
      [30, 60]
    ])
  ).toEqual({estimate: 0, lower: 0, upper: 0});
  const whole = cramersV([
    [8, 0, 0],
    [0, 9, 0],
    [0, 0, 7]
  ]);
  expect(whole.estimate).toBeCloseTo(1, 14);
  expect(whole.upper).toBe(1);
  expect(whole.lower).toBeGreaterThan(0.5);
});

test("empty rows and columns change nothing, and a single row has no V", () => {
  expect(
    cramersV([
      [5, 0, 9],
      [0, 0, 0],
      [8, 0, 2]
    ])
  ).toEqual(
    cramersV([
      [5, 9],
      [8, 2]
    ])
  );
  expect(() => cramersV([[5, 9]])).toThrow(RangeError);
  expect(() =>
    cramersV(
      [
        [5, 9],
        [8, 2]
      ],
      1
    )
  ).toThrow(/confidence level/);
});
