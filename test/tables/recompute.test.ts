import {table} from "arquero";
import {describe, expect, test} from "vitest";
import {withTotals} from "../../src/tables/crosstab.js";
import type {ReportEntries, TableEntry, VariableEntry} from "../../src/tables/labels.js";
import {merge, recomputeTable} from "../../src/tables/recompute.js";

const variable = (name: string, codes: Record<string, string[]>, derivedFrom: string | null = null): VariableEntry => ({
  variable: name,
  kind: "ordinal",
  label: name,
  labelEn: name,
  question: "",
  questionEn: "",
  asked: "",
  askedEn: "",
  derivedFrom,
  categories: Object.entries(codes).map(([code, includes]) => ({code, label: code, labelEn: code, includes}))
});

const entry = (number: number, rest: Partial<TableEntry>): TableEntry => ({
  table: number,
  survey: ["2010"],
  kind: "crosstab",
  title: "",
  titleEn: "",
  row: "team",
  column: "mood",
  rowCodes: ["a", "b"],
  percentOf: "row",
  population: null,
  asked: "",
  askedEn: "",
  section: "",
  use: ["2010"],
  useNote: "",
  errata: [],
  errataIn: {numbers: [], labels: [], text: []},
  file: "",
  ...rest
});

const report: ReportEntries = {
  variables: [
    variable("team", {a: [], b: []}),
    variable("mood", {bad: [], so: [], good: []}),
    variable("mood_split", {not_good: ["bad", "so"], good: ["good"]}, "mood")
  ],
  tables: [
    entry(1, {}),
    entry(2, {column: "mood_split"}),
    entry(3, {
      population: {variable: "team", code: "a"},
      kind: "frequency",
      row: "mood",
      column: null,
      rowCodes: ["bad", "so", "good"]
    }),
    entry(4, {rowCodes: ["b"]}),
    entry(5, {use: []})
  ]
};

const people = table({
  team: ["a", "a", "a", "b", "b", null, "a"],
  mood: ["bad", "so", null, "good", "good", "good", "good"]
});

describe("recomputeTable", () => {
  test("counts a crosstab, leaves out who did not answer, and says how many that is", () => {
    expect(recomputeTable(people, report, 1)).toMatchObject({
      rows: ["a", "b"],
      columns: ["bad", "so", "good"],
      counts: [
        [1, 1, 1],
        [0, 0, 2]
      ],
      total: 5,
      missing: 2
    });
  });

  test("merges the categories of a derived variable", () => {
    expect(recomputeTable(people, report, 2)).toMatchObject({
      columns: ["not_good", "good"],
      counts: [
        [2, 1],
        [0, 2]
      ]
    });
  });

  test("counts only the table’s population", () => {
    expect(recomputeTable(people, report, 3)).toMatchObject({counts: [[1], [1], [1]], total: 3, missing: 1});
  });

  test("shows only the rows that the table shows", () => {
    expect(recomputeTable(people, report, 4)).toMatchObject({rows: ["b"], counts: [[0, 0, 2]], total: 2});
  });

  test("does not compute what the respondents do not determine", () => {
    expect(recomputeTable(people, report, 5)).toBeNull();
    expect(recomputeTable(people, report, 1, "2008")).toBeNull();
  });
});

test("merge adds up groups on both sides and leaves out what is in none", () => {
  const whole = withTotals(
    ["x", "y", "z"],
    ["p", "q"],
    [
      [1, 2],
      [3, 4],
      [5, 6]
    ]
  );
  expect(merge(whole, [["x", "z"]], [["p", "q"]], {rows: ["xz"], columns: ["pq"]})).toMatchObject({
    counts: [[14]],
    total: 14
  });
});
