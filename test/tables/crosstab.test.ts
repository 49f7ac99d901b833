import * as aq from "arquero";
import {describe, expect, test} from "vitest";
import {crosstab, percents, printedCells, printedCrosstab, withTotals} from "../../src/tables/crosstab.js";
import {published} from "./published.js";

const respondents = aq.table({
  size: ["small", "large", "small", null, "small", "large", undefined, "small"],
  drink: ["tea", "tea", null, "coffee", "coffee", "tea", null, "tea"]
});
const size = {variable: "size", codes: ["small", "medium", "large"]};
const drink = {variable: "drink", codes: ["tea", "coffee"]};

describe("a crosstab of respondents", () => {
  test("leaves missing answers out on either side, and counts categories that nobody chose", () => {
    expect(crosstab(respondents, size, drink, {missing: "exclude"})).toEqual({
      rows: ["small", "medium", "large"],
      columns: ["tea", "coffee"],
      counts: [
        [2, 1],
        [0, 0],
        [2, 0]
      ],
      rowTotals: [3, 0, 2],
      columnTotals: [4, 1],
      total: 5,
      missing: 3
    });
  });

  test("or counts them as a category, null and undefined alike", () => {
    const table = crosstab(respondents, size, drink, {missing: "category"});
    expect(table.rows).toEqual(["small", "medium", "large", "missing"]);
    expect(table.columns).toEqual(["tea", "coffee", "missing"]);
    expect(table.counts).toEqual([
      [2, 1, 1],
      [0, 0, 0],
      [2, 0, 0],
      [0, 1, 1]
    ]);
    expect(table).toMatchObject({total: respondents.numRows(), missing: 0});
  });

  test("of one variable has one column; who has not answered the other is not asked", () => {
    const table = crosstab(respondents, size, null, {missing: "exclude"});
    expect(table).toMatchObject({columns: ["total"], counts: [[4], [0], [2]], columnTotals: [6], total: 6});
    expect(crosstab(respondents, size, null, {missing: "category"}).counts).toEqual([[4], [0], [2], [2]]);
  });

  test("shows categories in the order that is asked for", () => {
    const turned = crosstab(respondents, drink, {...size, codes: ["large", "small", "medium"]}, {missing: "exclude"});
    expect(turned.counts).toEqual([
      [2, 2, 0],
      [0, 1, 0]
    ]);
  });

  test("counts codes that are numbers by their names", () => {
    const table = crosstab(aq.table({year: [2008, 2006, 2008]}), {variable: "year", codes: ["2006", "2008"]}, null, {
      missing: "exclude"
    });
    expect(table.counts).toEqual([[1], [2]]);
  });

  test("counts only the rows that a filter has left", () => {
    const few = respondents.filter((d: {drink: string | null}) => d.drink === "tea");
    expect(crosstab(few, size, null, {missing: "exclude"}).counts).toEqual([[2], [0], [2]]);
  });

  test("of nobody is all zeros", () => {
    const none = aq.table({size: [], drink: []});
    expect(crosstab(none, size, drink, {missing: "exclude"})).toMatchObject({
      counts: [
        [0, 0],
        [0, 0],
        [0, 0]
      ],
      total: 0
    });
  });

  test("drops nobody unseen: a code that is not listed, or a column that is not there, is an error", () => {
    const known = {...size, codes: ["small", "medium"]};
    for (const missing of ["exclude", "category"] as const) {
      expect(() => crosstab(respondents, known, drink, {missing})).toThrow(
        "size holds “large”, which is not among small, medium"
      );
    }
    expect(() => crosstab(respondents, size, {...drink, variable: "food"}, {missing: "exclude"})).toThrow(
      "no column “food”"
    );
  });
});

describe("a printed crosstab", () => {
  test("has the counts and totals of table 2", () => {
    expect(printedCrosstab(published, 2)).toEqual({
      rows: ["small", "medium", "large", "very_large"],
      columns: ["aetat", "trygdeetaten", "municipality", "hired_later"],
      counts: [
        [39, 51, 65, 48],
        [90, 83, 95, 75],
        [84, 69, 108, 93],
        [89, 63, 121, 76]
      ],
      rowTotals: [203, 343, 354, 349],
      columnTotals: [302, 266, 389, 292],
      total: 1249
    });
  });

  test("keeps a total as printed where its cells add up to another (table 1)", () => {
    const table = printedCrosstab(published, 1);
    expect(table).toMatchObject({columns: ["2008", "2010"], columnTotals: [831, 1249], total: 2080});
    expect(table.counts.map(([before]) => before)).toEqual([204, 207, 249, 145]);
    expect(table.rowTotals).toEqual([506, 473, 638, 437]);
  });

  test("of one variable has the total of the answers, not that of everybody (tables 11 and 21)", () => {
    expect(printedCrosstab(published, 11)).toMatchObject({
      columns: ["total"],
      counts: [[120], [354], [220], [29]],
      total: 723
    });
    const table = printedCrosstab(published, 21);
    expect(table.rows).toEqual(["agree", "partly_agree", "neither", "partly_disagree", "disagree"]);
    expect(table).toMatchObject({counts: [[330], [386], [263], [134], [106]], total: 1219});
  });

  test("has table 22’s one total, which is of everybody, the missing included", () => {
    expect(printedCrosstab(published, 22)).toMatchObject({rowTotals: [415, 266, 87, 35, 23], total: 831});
  });

  test("reads counts that are printed with a percent sign (table 33) and percents without their label (table 18)", () => {
    expect(printedCrosstab(published, 33)).toMatchObject({
      counts: [
        [0, 1, 2, 1, 3],
        [2, 0, 2, 10, 19]
      ],
      rowTotals: [7, 33],
      columnTotals: [2, 1, 4, 11, 22],
      total: 40
    });
    expect(printedCrosstab(published, 18)).toMatchObject({columnTotals: [201, 340, 348, 340], total: 1229});
  });

  test("is none where a table prints no counts", () => {
    for (const table of [28, 29, 99]) expect(() => printedCrosstab(published, table)).toThrow("prints no counts");
  });
});

describe("percents", () => {
  const table = withTotals(
    ["a", "b", "c"],
    ["x", "y"],
    [
      [1, 7],
      [0, 0],
      [4, 0]
    ]
  );

  test("of rows, columns and all, rounded half up, null of nobody", () => {
    expect(percents(table, "row")).toEqual([
      [13, 88],
      [null, null],
      [100, 0]
    ]);
    expect(percents(table, "column")).toEqual([
      [20, 100],
      [0, 0],
      [80, 0]
    ]);
    expect(percents(table, "total")).toEqual([
      [8, 58],
      [0, 0],
      [33, 0]
    ]);
  });

  test("by another rule, or unrounded", () => {
    expect(percents(table, "row", "half_even")[0]).toEqual([12, 88]);
    expect(percents(table, "row", null)[0]).toEqual([12.5, 87.5]);
  });

  test.each([
    [2, "row"],
    [18, "column"],
    [33, "row"]
  ] as const)("of table %i, %s by %s, are those printed", (number, base) => {
    const printed = printedCells(published, number, "percent").filter((c) => c.row !== "total" && c.column !== "total");
    expect(percents(printedCrosstab(published, number), base).flat()).toEqual(printed.map(({value}) => value));
  });
});
