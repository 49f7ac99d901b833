import {expect, test} from "vitest";
import {designEffectLimit, intraclassCorrelation} from "../../src/statistics/design-effect.js";
import {chiSquareCritical, chiSquareTail} from "../../src/statistics/distributions.js";

test("chi-square divided by the limit is just significant", () => {
  const limit = designEffectLimit(49.9, 12);
  expect(limit).toBeGreaterThan(1);
  expect(chiSquareTail(49.9 / limit, 12)).toBeCloseTo(0.05, 13);
  expect(chiSquareTail(49.9 / designEffectLimit(49.9, 12, 0.01), 12)).toBeCloseTo(0.01, 13);
});

test("is 1 at the critical value and below 1 for what is not significant", () => {
  expect(designEffectLimit(chiSquareCritical(0.05, 3), 3)).toBe(1);
  expect(designEffectLimit(2, 3)).toBeLessThan(1);
  expect(designEffectLimit(0, 3)).toBe(0);
});

test("turns into the likeness of colleagues by Kish's formula", () => {
  const rho = intraclassCorrelation(3, 11);
  expect(rho).toBeCloseTo(0.2, 15);
  expect(1 + 10 * rho).toBeCloseTo(3, 14);
  expect(intraclassCorrelation(1, 8)).toBe(0);
});

test("refuses what has no answer", () => {
  expect(() => designEffectLimit(-1, 3)).toThrow(RangeError);
  expect(() => designEffectLimit(Number.NaN, 3)).toThrow(RangeError);
  expect(() => designEffectLimit(5, 0)).toThrow(RangeError);
  expect(() => designEffectLimit(5, 3, 1)).toThrow(RangeError);
  expect(() => intraclassCorrelation(0, 5)).toThrow(RangeError);
  expect(() => intraclassCorrelation(2, 1)).toThrow(RangeError);
});
