import {expect, test} from "vitest";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {trendTest} from "../../src/statistics/trend.js";

test("in a 2 × 2 table it is chi-square times (n − 1) / n", () => {
  const table = [
    [20, 10],
    [20, 50]
  ];
  expect(trendTest(table).statistic).toBeCloseTo((chiSquareTest(table).statistic * 99) / 100, 12);
  expect(trendTest(table).r).toBeGreaterThan(0);
});

test("is (n − 1) r², with r turning when the order does", () => {
  const {statistic, r} = trendTest([
    [2, 0, 0],
    [0, 1, 0],
    [0, 0, 3]
  ]);
  expect(statistic).toBeCloseTo(5, 13);
  expect(r).toBeCloseTo(1, 14);
  expect(
    trendTest([
      [0, 0, 2],
      [0, 1, 0],
      [3, 0, 0]
    ]).r
  ).toBeCloseTo(-1, 14);
});

test("an empty row keeps its score", () => {
  const gap = [
    [9, 3, 1],
    [0, 0, 0],
    [2, 4, 8],
    [1, 5, 9]
  ];
  const scored = trendTest(
    gap.filter((_, i) => i !== 1),
    {rows: [1, 3, 4]}
  );
  expect(trendTest(gap).statistic).toBeCloseTo(scored.statistic, 13);
  expect(trendTest(gap.filter((_, i) => i !== 1)).statistic).not.toBeCloseTo(scored.statistic, 3);
});

test("scores may be shifted and stretched without effect, but not bent", () => {
  const table = [
    [9, 3, 1],
    [2, 4, 8]
  ];
  const plain = trendTest(table).statistic;
  expect(trendTest(table, {columns: [2006, 2008, 2010]}).statistic).toBeCloseTo(plain, 10);
  expect(trendTest(table, {columns: [1, 4, 9]}).statistic).not.toBeCloseTo(plain, 3);
});

test("refuses a table without two scores on each side, and scores that do not fit", () => {
  expect(() => trendTest([[1, 2, 3]])).toThrow(/two row scores/);
  expect(() =>
    trendTest([
      [0, 2],
      [0, 3]
    ])
  ).toThrow(/two column scores/);
  expect(() =>
    trendTest(
      [
        [1, 2],
        [3, 4]
      ],
      {rows: [5, 5]}
    )
  ).toThrow(/two row scores/);
  expect(() =>
    trendTest(
      [
        [1, 2],
        [3, 4]
      ],
      {rows: [1]}
    )
  ).toThrow(/2 finite numbers/);
  expect(() =>
    trendTest(
      [
        [1, 2],
        [3, 4]
      ],
      {columns: [1, Number.NaN]}
    )
  ).toThrow(/finite/);
});
