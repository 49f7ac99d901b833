import {expect, test} from "vitest";
import {fTail, tCritical, tTwoSided} from "../../src/statistics/student.js";

test("F with two and two degrees of freedom is 1 / (1 + f), on either side of 1", () => {
  for (const f of [1e-8, 0.5, 1, 2, 1e12]) expect(fTail(f, 2, 2) * (1 + f)).toBeCloseTo(1, 14);
});

test("t with one degree of freedom is Cauchy, whatever the sign", () => {
  for (const t of [0.001, 1, 1e6]) {
    expect(tTwoSided(t, 1) / ((2 / Math.PI) * Math.atan(1 / t))).toBeCloseTo(1, 12);
    expect(tTwoSided(-t, 1)).toBe(tTwoSided(t, 1));
  }
});

test("the ends and what is refused", () => {
  expect([fTail(0, 3, 4), fTail(-2, 3, 4), fTail(Number.POSITIVE_INFINITY, 3, 4), tTwoSided(0, 5)]).toEqual([
    1, 1, 0, 1
  ]);
  expect(() => fTail(Number.NaN, 3, 4)).toThrow(RangeError);
  expect(() => fTail(1, 0, 4)).toThrow(RangeError);
  expect(() => fTail(1, 3, -1)).toThrow(RangeError);
  expect(() => tTwoSided(1, 0)).toThrow(RangeError);
  expect(() => tCritical(1, 5)).toThrow(RangeError);
});

test("the quantile of t: 12.706 with one degree of freedom, near the normal's with many", () => {
  expect(tCritical(0.95, 1)).toBeCloseTo(12.706204736174694, 11);
  expect(tCritical(0.95, 1e6)).toBeCloseTo(1.9599663, 6);
});
