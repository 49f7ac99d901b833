import {expect, test} from "vitest";
import {cumulativeShares, upperEnd} from "../../src/tables/cumulative.js";

test("cumulative shares add up from the first class to everybody", () => {
  const shares = cumulativeShares(["none", "under_20", "20_50"], [1, 0, 3]);
  expect(shares.map(({code, count, n, share}) => [code, count, n, share])).toEqual([
    ["none", 1, 4, 0.25],
    ["under_20", 1, 4, 0.25],
    ["20_50", 4, 4, 1]
  ]);
  expect(shares.every(({lower, share, upper}) => lower <= share && share <= upper)).toBe(true);
  expect(cumulativeShares(["none"], [0])).toEqual([]);
});

test("the end of a class is read from its code, and is none for an open class", () => {
  expect(["none", "under_20", "20_50", "100_150", "over_250"].map(upperEnd)).toEqual([0, 20, 50, 150, null]);
  expect(() => upperEnd("about_half")).toThrow("about_half");
  expect(() => upperEnd("x20_50")).toThrow();
});
