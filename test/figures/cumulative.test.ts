import {expect, test} from "vitest";
import {upperEnd} from "../../src/figures/cumulative.js";

test("the end of a class is read from its code, and is none for an open class", () => {
  expect(["none", "under_20", "20_50", "100_150", "over_250"].map(upperEnd)).toEqual([0, 20, 50, 150, null]);
  expect(() => upperEnd("about_half")).toThrow("about_half");
  expect(() => upperEnd("x20_50")).toThrow();
});
