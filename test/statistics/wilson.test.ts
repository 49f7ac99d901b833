import {expect, test} from "vitest";
import {wilson} from "../../src/statistics/wilson.js";

test("of 15 in 148, as Newcombe (1998) prints it", () => {
  const {estimate, lower, upper} = wilson(15, 148);
  expect(estimate).toBe(15 / 148);
  expect([lower, upper].map((end) => end.toFixed(4))).toEqual(["0.0624", "0.1605"]);
});

test("nobody and everybody: one end is the share, the other is not", () => {
  expect(wilson(0, 20).lower).toBe(0);
  expect(wilson(0, 20).upper.toFixed(4)).toBe("0.1611");
  expect(wilson(29, 29).upper).toBe(1);
  expect(wilson(29, 29).lower.toFixed(4)).toBe("0.8830");
});

test("its ends are where a score test of the share is just significant", () => {
  const {lower} = wilson(30, 100, 0.9);
  const z = (0.3 - lower) / Math.sqrt((lower * (1 - lower)) / 100);
  expect(z).toBeCloseTo(1.6448536269514722, 12);
});

test("mirrors when those not counted are, and narrows with more people", () => {
  expect(wilson(3, 10).upper).toBeCloseTo(1 - wilson(7, 10).lower, 14);
  expect(wilson(30.5, 100).upper - wilson(30.5, 100).lower).toBeLessThan(
    wilson(3.05, 10).upper - wilson(3.05, 10).lower
  );
});

test.each([
  [1, 0],
  [-1, 5],
  [6, 5],
  [Number.NaN, 5],
  [1, Number.NaN],
  [1, Number.POSITIVE_INFINITY]
])("refuses %d of %d", (count, n) => {
  expect(() => wilson(count, n)).toThrow(RangeError);
});

test("refuses a level that is none", () => {
  expect(() => wilson(1, 5, 95)).toThrow(/confidence level/);
});
