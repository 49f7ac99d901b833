import {describe, expect, test} from "vitest";
import {countsPrintedAs, inScaleOrder, signOf} from "../../src/tables/scale.js";

describe("answers", () => {
  test("have an end of their scale, and the middle has none", () => {
    expect(["disagree", "partly_disagree", "not_at_all", "little_extent", "not_agree", "no"].map(signOf)).toEqual(
      Array(6).fill(-1)
    );
    expect(["agree", "partly_agree", "some_extent", "great_extent", "yes"].map(signOf)).toEqual(Array(5).fill(1));
    expect(signOf("neither")).toBe(0);
    expect(() => signOf("aetat")).toThrow(RangeError);
  });

  test("come from disagreement to agreement, whatever order the table has", () => {
    expect(inScaleOrder(["great_extent", "some_extent", "little_extent", "not_at_all"])).toEqual([
      "not_at_all",
      "little_extent",
      "some_extent",
      "great_extent"
    ]);
    expect(inScaleOrder(["agree", "not_agree"])).toEqual(["not_agree", "agree"]);
    expect(() => inScaleOrder(["agree", "great_extent"])).toThrow(RangeError);
  });
});

describe("counts that a percent stands for", () => {
  test("of forty people are one or none, a half going up", () => {
    expect(countsPrintedAs(18, 40)).toEqual([7]);
    expect(countsPrintedAs(17, 40)).toEqual([]);
    expect(countsPrintedAs(100, 40)).toEqual([40]);
    expect(countsPrintedAs(0, 40)).toEqual([0]);
  });

  test("of many people are several", () => {
    expect(countsPrintedAs(50, 400)).toEqual([198, 199, 200, 201]);
  });
});
