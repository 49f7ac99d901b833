import {expect, test} from "vitest";
import {categoryLabel, sideOf, tableEntry, variableEntry} from "../../src/tables/labels.js";
import {entries} from "./published.js";

test("a table and a variable are found by number and name, with what the catalogue and the codebook say", () => {
  expect(tableEntry(entries, 14)).toMatchObject({
    kind: "crosstab",
    row: "caseload",
    column: "follow_up_need",
    percentOf: "row",
    survey: ["2010"],
    file: "table-14.csv"
  });
  // Who has no users is not asked about them: the table shows all categories but the first.
  expect(tableEntry(entries, 14).rowCodes).toEqual(
    variableEntry(entries, "caseload")
      .categories.slice(1)
      .map((c) => c.code)
  );
  expect(tableEntry(entries, 1).use).toEqual(["2008"]);
  expect(variableEntry(entries, "view_of_reform_split").derivedFrom).toBe("view_of_reform");
});

test("categories have labels in two languages, and totals have them for every variable", () => {
  expect(categoryLabel(entries, "gender", "woman")).toEqual({no: "Kvinne", en: "Woman"});
  expect(categoryLabel(entries, "gender", "total")).toEqual({no: "Totalt", en: "Total"});
  expect(categoryLabel(entries, "field", "missing").no).toBe("Ubesvart");
});

test("a side has the codebook's order", () => {
  expect(sideOf(entries, "view_of_reform")).toEqual({
    variable: "view_of_reform",
    codes: ["disagree", "partly_disagree", "neither", "partly_agree", "agree"]
  });
});

test("what is not there is named", () => {
  expect(() => tableEntry(entries, 35)).toThrow("no table 35");
  expect(() => variableEntry(entries, "income")).toThrow("no variable “income”");
  expect(() => categoryLabel(entries, "gender", "other")).toThrow("gender has no category “other”");
});
