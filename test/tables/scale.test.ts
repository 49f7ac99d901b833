import {describe, expect, test} from "vitest";
import {printedCells, printedCrosstab, withTotals} from "../../src/tables/crosstab.js";
import {countsPrintedAs, inScaleOrder, part, signOf, transpose} from "../../src/tables/scale.js";
import {published} from "./published.js";

const byOffice = withTotals(
  ["small", "large"],
  ["agree", "neither", "disagree"],
  [
    [6, 1, 3],
    [2, 2, 16]
  ]
);

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

describe("parts", () => {
  test("are of the row, or of everybody", () => {
    expect(part(byOffice, "large", ["agree", "neither"])).toEqual({count: 4, n: 20, share: 0.2});
    expect(part(byOffice, "total", ["agree"])).toEqual({count: 8, n: 30, share: 8 / 30});
  });

  test("of rows and columns that are not there fail", () => {
    expect(() => part(byOffice, "medium", ["agree"])).toThrow("medium");
    expect(() => part(byOffice, "small", ["partly_agree"])).toThrow("partly_agree");
  });

  test("are the same after changing rows and columns over twice, and of columns after once", () => {
    expect(transpose(transpose(byOffice))).toEqual(byOffice);
    expect(part(transpose(byOffice), "agree", ["small"])).toEqual({count: 6, n: 8, share: 0.75});
  });

  test("of table 17 are those that it prints", () => {
    const table = printedCrosstab(published, 17);
    for (const cell of printedCells(published, 17, "percent")) {
      if (cell.row === null || cell.column === null || cell.column === "total") continue;
      expect(Math.round(100 * part(table, cell.row, [cell.column]).share), `${cell.row} ${cell.column}`).toBe(
        cell.value
      );
    }
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
