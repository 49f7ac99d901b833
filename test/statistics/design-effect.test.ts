import {expect, test} from "vitest";
import {
  designEffectLimit,
  designEffectOf,
  intraclassCorrelation,
  meanOffice
} from "../../src/statistics/design-effect.js";
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

test("a design effect comes of the likeness of colleagues, and of how far they are in one group", () => {
  expect(designEffectOf(0.05, 45)).toBeCloseTo(3.2, 12);
  expect(designEffectOf(0.1, 45, 0.1)).toBeCloseTo(1.44, 12);
  expect(designEffectOf(0.3, 1)).toBe(1);
  expect(intraclassCorrelation(designEffectOf(0.08, 20), 20)).toBeCloseTo(0.08, 12);
  for (const bad of [() => designEffectOf(0.1, 0), () => designEffectOf(1.1, 5), () => designEffectOf(0.1, 5, -1)]) {
    expect(bad).toThrow(RangeError);
  }
});

test("most people are in large offices", () => {
  const classes = [
    {respondents: 30, offices: 3},
    {respondents: 100, offices: 2}
  ];
  expect(meanOffice(classes)).toBeCloseTo((30 * 10 + 100 * 50) / 130, 12);
});
