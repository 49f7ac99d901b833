import {describe, expect, test} from "vitest";
import type {Counts} from "../../src/statistics/contingency.js";
import {exactP, exactTest, monteCarloTest, type Order, tableSampler} from "../../src/statistics/exact.js";
import {seeded} from "../../src/statistics/random.js";
import type {TableId} from "../../src/tables/table-id.js";
import {printedCrosstabs} from "../tables/report.js";

const orders: readonly Order[] = ["probability", "chi_square", "likelihood_ratio"];

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function sums(table: Counts) {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = (table[0] ?? []).map((_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  return {rows, columns, n: rows.reduce((sum, row) => sum + row, 0)};
}

/** Every table with the same margins, cell by cell: the plainest way there is. */
function alike(table: Counts): number[][][] {
  const {rows, columns} = sums(table);
  const results: number[][][] = [];
  const fill = (i: number, j: number, row: number[], done: number[][], left: number[], toPlace: number): void => {
    if (i === rows.length) {
      if (left.every((count) => count === 0)) results.push(done);
    } else if (j === columns.length) {
      if (toPlace === 0) fill(i + 1, 0, [], [...done, row], left, rows[i + 1] ?? 0);
    } else {
      for (let x = 0; x <= Math.min(toPlace, left[j] ?? 0); x++) {
        fill(
          i,
          j + 1,
          [...row, x],
          done,
          left.map((count, k) => (k === j ? count - x : count)),
          toPlace - x
        );
      }
    }
  };
  fill(0, 0, [], [], columns, rows[0] ?? 0);
  return results;
}

function probability(table: Counts): number {
  const {rows, columns, n} = sums(table);
  const product = (values: readonly number[]) => values.reduce((result, value) => result * factorial(value), 1);
  return (product(rows) * product(columns)) / (factorial(n) * product(table.flat()));
}

function score(table: Counts, order: Order): number {
  if (order === "probability") return -Math.log(probability(table));
  const {rows, columns, n} = sums(table);
  let sum = 0;
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      const expected = ((rows[i] ?? 0) * (columns[j] ?? 0)) / n;
      if (order === "chi_square") sum += (count - expected) ** 2 / expected;
      else if (count > 0) sum += 2 * count * Math.log(count / expected);
    });
  });
  return sum;
}

function randomTables(): Counts[] {
  const random = seeded(11);
  const tables: Counts[] = [];
  while (tables.length < 40) {
    const [height, width] = [2 + Math.floor(random() * 2), 2 + Math.floor(random() * 3)];
    const table = Array.from({length: height}, () => Array.from({length: width}, () => Math.floor(random() * 4)));
    const {rows, columns} = sums(table);
    if ([...rows, ...columns].every((sum) => sum > 0)) tables.push(table);
  }
  return tables;
}

describe("the exact p", () => {
  test("of the lady tasting tea", () => {
    expect(
      exactP([
        [3, 1],
        [1, 3]
      ])
    ).toBeCloseTo(34 / 70, 14);
  });

  test.each(orders)("is the sum over all tables no less extreme, by %s", (order) => {
    for (const table of randomTables()) {
      const observed = score(table, order);
      const expected = alike(table)
        .filter((other) => score(other, order) >= observed - 1e-9)
        .reduce((sum, other) => sum + probability(other), 0);
      expect(exactP(table, order)).toBeCloseTo(expected, 12);
    }
  });

  test("does not depend on how the table lies or in which order its rows come", () => {
    const table = [
      [3, 1, 0, 6],
      [0, 4, 2, 1],
      [5, 0, 3, 2]
    ];
    const turned = [0, 1, 2, 3].map((j) => table.map((row) => row[j] ?? 0));
    for (const order of orders) {
      const p = exactP(table, order) ?? Number.NaN;
      expect(exactP(turned, order)).toBeCloseTo(p, 13);
      expect(exactP([...table].reverse(), order)).toBeCloseTo(p, 13);
    }
  });

  test("keeps its precision far in the tail", () => {
    // Only the two tables that separate everybody are as extreme: 2 / C(200, 100).
    let ways = 1;
    for (let k = 1; k <= 100; k++) ways *= (100 + k) / k;
    expect(
      ((exactP([
        [100, 0],
        [0, 100]
      ]) ?? 0) *
        ways) /
        2
    ).toBeCloseTo(1, 11);
  });

  test("is null when the budget does not do, at once for hopeless tables", () => {
    const table = [
      [3, 1, 0, 6],
      [0, 4, 2, 1],
      [5, 0, 3, 2]
    ];
    expect(exactP(table, "probability", 100)).toBeNull();
    expect(exactP(table, "probability", 1e7)).not.toBeNull();
    expect(exactP(Array.from({length: 6}, () => [60, 50, 40, 70, 20, 10]))).toBeNull();
  });

  test("is within reach of the default budget on the report's small tables and a 2 × 6 table of 1,252", () => {
    const small: readonly TableId[] = [3, 16, 30, 31, 33, 34];
    const within = printedCrosstabs().filter(({table}) => small.includes(table));
    expect(within.map(({counts}) => exactP(counts)?.toFixed(3))).toEqual([
      "0.282",
      "0.005",
      "0.961",
      "0.760",
      "0.102",
      "0.595"
    ]);
  });

  test("needs whole counts, two rows and two columns, and drops empty ones", () => {
    expect(() =>
      exactP([
        [1.5, 2],
        [3, 4]
      ])
    ).toThrow(/whole counts/);
    expect(() => exactP([[1, 2]])).toThrow(/two rows and two columns/);
    expect(() =>
      exactP([
        [1e7, 2],
        [3, 4]
      ])
    ).toThrow(/Too many/);
    expect(
      exactP([
        [3, 0, 1],
        [0, 0, 0],
        [1, 0, 3]
      ])
    ).toBe(
      exactP([
        [3, 1],
        [1, 3]
      ])
    );
  });
});

describe("the sampler", () => {
  test("draws every table as often as it is probable", () => {
    const table = [
      [2, 1, 3],
      [1, 2, 0],
      [1, 1, 1]
    ];
    const {rows, columns} = sums(table);
    const expected = new Map(alike(table).map((other) => [other.flat().join(), probability(other)]));
    const drawn = new Map<string, number>();
    const draw = tableSampler(rows, columns, seeded(5));
    const out = new Int32Array(9);
    const times = 100_000;
    for (let i = 0; i < times; i++) {
      draw(out);
      const key = out.join();
      drawn.set(key, (drawn.get(key) ?? 0) + 1);
    }
    expect([...drawn.keys()].filter((key) => !expected.has(key))).toEqual([]);
    let chiSquare = 0;
    for (const [key, p] of expected) chiSquare += ((drawn.get(key) ?? 0) - times * p) ** 2 / (times * p);
    const df = expected.size - 1;
    // Five standard deviations of chi-square about its mean.
    expect(Math.abs(chiSquare - df) / Math.sqrt(2 * df)).toBeLessThan(5);
  });

  test("keeps every margin, large ones and empty ones too", () => {
    const rows = [200, 0, 343, 346, 342];
    const columns = [124, 179, 149, 459, 0, 320];
    const draw = tableSampler(rows, columns, seeded(9));
    const out = new Int32Array(30);
    for (let i = 0; i < 200; i++) {
      draw(out);
      const table = rows.map((_, row) => [...out.subarray(row * 6, row * 6 + 6)]);
      expect(sums(table)).toEqual({rows, columns, n: 1231});
      expect(Math.min(...out)).toBeGreaterThanOrEqual(0);
    }
  });

  test("has the hypergeometric mean and variance in a large table", () => {
    const [rows, columns, n] = [[500, 700], [450, 750], 1200];
    const draw = tableSampler(rows, columns, seeded(4));
    const out = new Int32Array(4);
    let [sum, squares] = [0, 0];
    for (let i = 0; i < 50_000; i++) {
      draw(out);
      const x = out[0] ?? 0;
      sum += x;
      squares += x * x;
    }
    const mean = sum / 50_000;
    const variance = (500 * 700 * 450 * 750) / (n * n * (n - 1));
    expect(Math.abs(mean - 187.5) / Math.sqrt(variance / 50_000)).toBeLessThan(4);
    expect(Math.abs((squares / 50_000 - mean * mean) / variance - 1)).toBeLessThan(0.03);
  });
});

describe("the Monte Carlo p", () => {
  const table = [
    [3, 1, 0, 6],
    [0, 4, 2, 1],
    [5, 0, 3, 2]
  ];

  test.each(orders)("lies within four standard errors of the exact one, by %s", (order) => {
    const {p, standardError} = monteCarloTest(table, {order, replicates: 50_000, seed: 3});
    expect(Math.abs(p - (exactP(table, order) ?? Number.NaN))).toBeLessThan(4 * standardError);
  });

  test("counts ties as extreme: of a table that cannot be less extreme, all are", () => {
    // Every table with these margins is equally probable but for symmetry.
    const result = monteCarloTest(
      [
        [1, 0],
        [0, 1]
      ],
      {replicates: 500}
    );
    expect(result).toEqual({method: "monte_carlo", p: 1, standardError: 0, replicates: 500, extreme: 500});
  });

  test("adds the observed table to the simulated ones, so it is never 0", () => {
    const result = monteCarloTest(
      [
        [60, 0],
        [0, 60]
      ],
      {replicates: 999}
    );
    expect([result.extreme, result.p]).toEqual([0, 0.001]);
    expect(result.standardError).toBeCloseTo(Math.sqrt((0.001 * 0.999) / 999), 15);
  });

  test("repeats itself with the same seed, and not with another", () => {
    expect(monteCarloTest(table, {seed: 2, replicates: 5000})).toEqual(
      monteCarloTest(table, {seed: 2, replicates: 5000})
    );
    expect(monteCarloTest(table, {seed: 2, replicates: 5000}).extreme).not.toBe(
      monteCarloTest(table, {seed: 4, replicates: 5000}).extreme
    );
  });

  test("refuses no replicates, a broken seed, and what the exact test refuses", () => {
    expect(() => monteCarloTest(table, {replicates: 0})).toThrow(RangeError);
    expect(() => monteCarloTest(table, {seed: 1.5})).toThrow(/seed/);
    expect(() => monteCarloTest([[1, 2]])).toThrow(/two rows and two columns/);
  });

  test("stands in when the exact p is out of reach", () => {
    const exact = exactTest(table, {seed: 3});
    expect(exact).toEqual({method: "exact", p: exactP(table), standardError: 0, replicates: 0, extreme: 0});
    const options = {budget: 100, replicates: 2000, seed: 3};
    expect(exactTest(table, options)).toEqual(monteCarloTest(table, options));
  });
});
