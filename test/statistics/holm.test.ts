import {expect, test} from "vitest";
import {holm} from "../../src/statistics/holm.js";

test("steps down from the smallest p, in the order given", () => {
  expect(holm([0.03, 0.01, 0.04])).toEqual([0.06, 0.03, 0.06]);
});

test("never lets a larger p come out smaller, nor anything above 1", () => {
  // 0.02 × 2 = 0.04 would be below 0.011 × 4 = 0.044.
  expect(holm([0.011, 0.0115, 0.9, 0.02])).toEqual([0.044, 0.044, 0.9, 0.044]);
  expect(holm([0.5, 0.6])).toEqual([1, 1]);
});

test("counts tests that are not given", () => {
  expect(holm([0.001], 22)).toEqual([0.022]);
  expect(holm([])).toEqual([]);
});

test("refuses what is not a p, and fewer tests than p values", () => {
  for (const wrong of [-0.1, 1.1, Number.NaN]) expect(() => holm([0.1, wrong])).toThrow(/p value/);
  expect(() => holm([0.1, 0.2], 1)).toThrow(/number of tests/);
  expect(() => holm([0.1], 1.5)).toThrow(/number of tests/);
});
