import {expect, test} from "vitest";
import {textIn} from "../../src/figures/drawing.js";
import {countText, percentText, pointsRange, pointsText, pText} from "../../src/tables/format.js";

test("percents are rounded half up, also where a binary fraction falls short of the half", () => {
  expect([0.125, 0.285, 0.825, 0, 1].map((share) => percentText(share))).toEqual(["13%", "29%", "83%", "0%", "100%"]);
  expect([0.0234, 0.0235, 0.02355].map((share) => percentText(share, "en", 1))).toEqual(["2.3%", "2.4%", "2.4%"]);
  expect(percentText(284 / 964, "en", 2)).toBe("29.46%");
});

test("other languages than English set the sign apart and write a comma", () => {
  expect(percentText(0.234, "no")).toBe("23\u202f%");
  expect(percentText(0.0684, "no", 1)).toBe("6,8\u202f%");
  const title = {en: "6.8% from one, 23% from two", no: "6.8% fra én, 23 % fra to"};
  expect(textIn(title, "no")).toBe("6,8\u202f% fra én, 23\u202f% fra to");
  expect(textIn(title, "en")).toBe(title.en);
  // A text that is not there in a language is English, and written as such.
  expect(textIn({en: "6.8%"}, "no")).toBe("6.8%");
});

test("differences are in points, with a minus sign, and their intervals name the unit once", () => {
  expect(pointsText(-0.0151)).toBe("−1.5 points");
  expect(pointsRange({lower: -0.0151, upper: 0.0393})).toBe("−1.5 to 3.9 points");
});

test("P values and counts", () => {
  expect([0.00049, 0.0005, 0.05].map(pText)).toEqual(["less than 0.001", "0.001", "0.050"]);
  expect([999, 1257, 1234567].map(countText)).toEqual(["999", "1\u202f257", "1\u202f234\u202f567"]);
});
