import {describe, expect, test} from "vitest";
import {type CountTable, countTables, countVariables} from "../../../data-loaders/read/counts.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";

const raw = readRawFolder();
const report = readReport(raw);
const tables = countTables(report, "2010");

function table(number: number, of = tables): CountTable {
  return of.find((t) => t.table === number) ?? expect.fail(`table ${number} gives no counts`);
}

const counts = ({cells}: CountTable) => cells.map(({row, column, count}) => [row, column, count]);

describe("the counts of 2010", () => {
  test("are those of the tables that can be used", () => {
    // Not 1 (repeats table 2), 7 (a group that no variable identifies), 22 (2008), 28 (no counts), 29 and 32 (charts).
    expect(tables.map((t) => t.table)).toEqual([
      2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 30, 31, 33, 34
    ]);
  });

  test("tell the totals below a missing line apart (table 11)", () => {
    expect(counts(table(11))).toEqual([
      ["great_extent", null, 120],
      ["some_extent", null, 354],
      ["little_extent", null, 220],
      ["not_at_all", null, 29],
      ["total", null, 723],
      ["missing", null, 534],
      ["missing", null, 534],
      ["everybody", null, 1257]
    ]);
  });

  test("resolve a derived variable to what it merges (table 25)", () => {
    const {row, column} = table(25);
    expect(row.groups.get("clerical")).toEqual(["clerical"]);
    expect(column?.variable).toBe("view_of_reform");
    expect([...(column?.groups ?? [])]).toEqual([
      ["not_agree", ["disagree", "partly_disagree", "neither"]],
      ["agree", ["partly_agree", "agree"]]
    ]);
    expect(counts(table(25)).slice(0, 3)).toEqual([
      ["adviser_reception", "not_agree", 70],
      ["adviser_reception", "agree", 102],
      ["adviser_reception", "total", 172]
    ]);
  });

  test("say who is counted", () => {
    const asked = tables.filter(({population}) => population.length > 0).map((t) => [t.table, ...t.population]);
    const managers = {variable: "position", code: "unit_manager"};
    expect(asked).toEqual([
      [8, {variable: "field", code: "varied"}],
      [30, managers],
      [31, managers],
      [33, managers],
      [34, managers]
    ]);
  });

  test("stand where they say they stand in the raw files", () => {
    for (const {cells} of tables) {
      for (const {count, place} of cells) {
        const lines = Buffer.from(raw.get(place.file) ?? [])
          .toString("utf8")
          .split("\n");
        const field = lines[place.line - 1]?.split(",")[place.column - 1];
        expect(Number(field?.replace("%", "")), `${place.file}:${place.line}:${place.column}`).toBe(count);
      }
    }
  });

  test("show their variables in the codebook’s order, derived ones and those of 2008’s own not among them", () => {
    const names = countVariables(report, "2010").map(({name}) => name);
    expect(names).toEqual([...report.codebook.keys()].filter((name) => names.includes(name)));
    expect(names).toHaveLength(20);
    expect(names).not.toContain("view_of_reform_split");
    expect(countVariables(report, "2010").find(({name}) => name === "start_year")?.codes).toEqual([
      "2006",
      "2007",
      "2008"
    ]);
  });
});

describe("the counts of 2008", () => {
  const before = countTables(report, "2008");

  test("are its column of table 1 without the total, and table 22", () => {
    expect(before.map((t) => t.table)).toEqual([1, 22]);
    expect(table(1, before)).toMatchObject({row: {variable: "background"}, column: null, population: []});
    expect(counts(table(1, before))).toEqual([
      ["aetat", null, 204],
      ["trygdeetaten", null, 207],
      ["municipality", null, 249],
      ["hired_later", null, 145]
    ]);
    expect(counts(table(22, before)).slice(-2)).toEqual([
      ["missing", null, 5],
      ["everybody", null, 831]
    ]);
    expect(countVariables(report, "2008").map(({name}) => name)).toEqual(["background", "view_of_reform"]);
  });

  test("are none of a year without a survey", () => {
    expect(countTables(report, "2009")).toEqual([]);
  });
});
