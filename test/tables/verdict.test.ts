import {expect, test} from "vitest";
import {checkPercent, verdictNames, verdicts} from "../../src/tables/verdict.js";

test.each([
  ["19%", 39, 203, "exact", null],
  ["13%", 5, 40, "exact", null],
  ["12%", 5, 40, "rounding", "only by rounding half to even"],
  ["17%", 7, 40, "rounding", "only by rounding half down"],
  ["9%", 33, 390, "rounding", "only by rounding twice"],
  ["66", 2, 3, "rounding", "only by cutting off decimals"],
  // Rounding up would excuse every percent that is one too high.
  ["34", 1, 3, "differs", "differs"],
  ["20%", 39, 203, "differs", "differs"],
  ["100,0", 40, 40, "exact", null],
  ["100,%", 40, 40, "exact", null],
  ["12,5", 5, 40, "exact", null],
  ["12,50%", 5, 40, "exact", null],
  ["12,4", 5, 40, "differs", "differs"],
  ["0%", 0, 0, "not_checkable", "there is nobody to take a share of"]
])("%s as %i of %i: %s", (printed, count, total, verdict, words) => {
  const check = checkPercent(printed, count, total);
  expect(check.verdict).toBe(verdict);
  expect(check.words).toBe(words ?? verdictNames.exact);
});

test("says what the percent would be, rounded and not, and by which rule it was printed", () => {
  expect(checkPercent("12%", 5, 40)).toMatchObject({recomputed: 13, exact: 12.5, rule: "half_even"});
  expect(checkPercent("13%", 5, 40)).toMatchObject({recomputed: 13, exact: 12.5, rule: "half_up"});
  expect(checkPercent("50%", 5, 40)).toMatchObject({recomputed: 13, rule: null});
  expect(checkPercent("50%", 0, 0)).toMatchObject({recomputed: null, exact: null, rule: null});
});

test("every verdict has its words", () => {
  expect(new Set(verdicts.map((verdict) => verdictNames[verdict])).size).toBe(verdicts.length);
});
