import {describe, expect, test} from "vitest";
import {
  chiSquareCritical,
  chiSquareTail,
  noncentralChiSquareTail,
  normalCritical,
  normalTail,
  normalTwoSided
} from "../../src/statistics/distributions.js";

describe("the chi-square tail", () => {
  test("is exponential at two degrees of freedom, as far as doubles reach", () => {
    for (const x of [1e-9, 0.3, 5.991464547107979, 260, 1400]) {
      expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 12);
    }
  });

  test("is all at 0 and below, nothing at infinity", () => {
    expect([chiSquareTail(0, 3), chiSquareTail(-1, 3), chiSquareTail(Number.POSITIVE_INFINITY, 3)]).toEqual([1, 1, 0]);
  });

  test("refuses what has no answer", () => {
    expect(() => chiSquareTail(Number.NaN, 1)).toThrow(RangeError);
    expect(() => chiSquareTail(1, 0)).toThrow(RangeError);
    expect(() => chiSquareTail(1, Number.NaN)).toThrow(RangeError);
  });

  test("is a sum of Poisson probabilities at even degrees of freedom, however large the statistic", () => {
    for (const [x, df] of [
      [1200, 1000],
      [2001, 150],
      [2600, 2200],
      [9000, 9000]
    ] as const) {
      // From the largest term down, in units of the largest, which is that of df / 2 − 1.
      let [term, sum] = [1, 0];
      for (let j = df / 2 - 1; term > 1e-17; j--) {
        sum += term;
        term *= j / (x / 2);
      }
      const log = Array.from({length: df / 2 - 1}, (_, j) => Math.log(x / 2 / (j + 1))).reduce((a, b) => a + b, -x / 2);
      expect(chiSquareTail(x, df) / (sum * Math.exp(log))).toBeCloseTo(1, 10);
    }
  });
});

describe("the noncentral chi-square tail", () => {
  test("is that of a shifted normal's square at one degree of freedom, however far out", () => {
    for (const [x, lambda] of [
      [3, 2],
      [1900, 1990],
      [2100, 1990],
      [9000, 8800]
    ] as const) {
      const [root, shift] = [Math.sqrt(x), Math.sqrt(lambda)];
      const expected = normalTail(root - shift) + normalTail(root + shift);
      expect(Math.abs(noncentralChiSquareTail(x, 1, lambda) - expected)).toBeLessThan(1e-13);
    }
  });

  test("does not jump at large statistics, at odd, even and broken degrees of freedom", () => {
    for (const df of [1, 2, 7.5, 12]) {
      const [below, above] = [2000, 2000 + 1e-9].map((x) => noncentralChiSquareTail(x, df, 1980));
      expect(Math.abs((below ?? 0) - (above ?? 1))).toBeLessThan(1e-10);
    }
  });

  test("is the central one without noncentrality, and refuses a negative one", () => {
    expect(noncentralChiSquareTail(7, 4, 0)).toBe(chiSquareTail(7, 4));
    expect(() => noncentralChiSquareTail(7, 4, -1)).toThrow(RangeError);
    expect(() => noncentralChiSquareTail(7, 4, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

test("the normal tails", () => {
  expect(normalTail(0)).toBe(0.5);
  expect(normalTail(-1.2) + normalTail(1.2)).toBeCloseTo(1, 15);
  expect(normalTwoSided(-1.2)).toBeCloseTo(2 * normalTail(1.2), 15);
  // R: pnorm(15, lower.tail = FALSE)
  expect(normalTail(15) / 3.6709661993126986e-51).toBeCloseTo(1, 12);
  expect(() => normalTail(Number.NaN)).toThrow(RangeError);
});

test("the quantiles undo the tails and refuse what is not a probability", () => {
  expect(chiSquareCritical(0.05, 1)).toBeCloseTo(3.841458820694124, 13);
  expect(normalCritical(0.95)).toBeCloseTo(1.959963984540054, 14);
  for (const tail of [0.999, 1e-9, 1e-200])
    expect(chiSquareTail(chiSquareCritical(tail, 12), 12) / tail).toBeCloseTo(1, 11);
  for (const wrong of [0, 1, -0.1, 1.1, Number.NaN]) {
    expect(() => chiSquareCritical(wrong, 3)).toThrow(RangeError);
    expect(() => normalCritical(wrong)).toThrow(RangeError);
  }
});
