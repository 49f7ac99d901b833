import {expect, test} from "vitest";
import {newcombe} from "../../src/statistics/newcombe.js";

// Newcombe (1998), table II, method 10.
test.each([
  [56, 70, 48, 80, "0.0524", "0.3339"],
  [9, 10, 3, 10, "0.1705", "0.8090"],
  [10, 10, 0, 20, "0.6791", "1.0000"],
  [10, 10, 0, 10, "0.6075", "1.0000"]
])("%d of %d less %d of %d is as Newcombe prints it", (a, m, b, n, lower, upper) => {
  const difference = newcombe({count: a, n: m}, {count: b, n});
  expect(difference.estimate).toBeCloseTo(a / m - b / n, 15);
  expect([difference.lower.toFixed(4), difference.upper.toFixed(4)]).toEqual([lower, upper]);
});

test("turns with the samples", () => {
  const there = newcombe({count: 30, n: 100}, {count: 80, n: 150}, 0.9);
  const back = newcombe({count: 80, n: 150}, {count: 30, n: 100}, 0.9);
  expect([back.estimate, back.lower, back.upper]).toEqual([-there.estimate, -there.upper, -there.lower]);
});

test("refuses an empty sample", () => {
  expect(() => newcombe({count: 1, n: 5}, {count: 0, n: 0})).toThrow(RangeError);
});
