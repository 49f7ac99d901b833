import {from} from "arquero";
import {describe, expect, test} from "vitest";
import {compareTable, comparisonSentence} from "../../src/tables/comparison.js";
import {printedCrosstab, withTotals} from "../../src/tables/crosstab.js";
import type {TableId} from "../../src/tables/table-id.js";
import {entries, published} from "./published.js";

const tables = entries.tables.filter(({kind}) => kind !== "regression" && kind !== "chart").map(({table}) => table);

/** Every number of a table that is not as printed: where it stands, the verdict and its words. */
function others(table: TableId, recomputed: Parameters<typeof compareTable>[3] = null) {
  const {rows, columns, cells} = compareTable(published, entries, table, recomputed);
  return cells.flatMap((line, r) =>
    line.flatMap(({count, percents}, c) =>
      [count, ...percents]
        .filter(({verdict}) => verdict !== "exact")
        .map(({printed, verdict, words}) => [table, rows[r]?.code, columns[c]?.code, printed, verdict, words])
    )
  );
}

describe("the report beside itself", () => {
  test("has four numbers that are not as its own counts make them", () => {
    expect(tables.flatMap((table) => others(table))).toEqual([
      [1, "total", "2008", "831", "inconsistent", "the cells add up to 805"],
      [13, "varied", "none", "9%", "rounding", "only by rounding twice"],
      [13, "total", "over_two_thirds", "30%", "rounding", "only by rounding twice"],
      [14, "150_250", "about_half", "47%", "rounding", "only by rounding twice"]
    ]);
  });

  test("is checked in every count, percent (cumulative ones too) and P of its 31 tables", () => {
    const tally = {exact: 0, rounding: 0, differs: 0, inconsistent: 0, not_checkable: 0};
    for (const table of tables) {
      const own = compareTable(published, entries, table).tally;
      for (const verdict of Object.keys(tally) as (keyof typeof tally)[]) tally[verdict] += own[verdict];
    }
    expect(tables.length).toBe(31);
    expect(tally).toEqual({exact: 1287, rounding: 3, differs: 1, inconsistent: 1, not_checkable: 0});
    const printed = published.objects({limit: Number.POSITIVE_INFINITY}) as {measure: string}[];
    expect(
      printed.filter(({measure}) => ["count", "percent", "cumulative_percent", "p"].includes(measure)).length
    ).toBe(1292);
  });
});

test("a table comes in its own shape, labelled in two languages", () => {
  const {rows, columns, cells} = compareTable(published, entries, 21);
  expect(rows.map(({code, printed, isTotal}) => [code, printed, isTotal])).toEqual([
    ["agree", "Helt enig", false],
    ["partly_agree", "Delvis enig", false],
    ["neither", "Verken uenig eller enig", false],
    ["partly_disagree", "Delvis uenig", false],
    ["disagree", "Helt uenig", false],
    ["total", "Total", true],
    ["missing", "0", true],
    ["total", "Total", true]
  ]);
  expect(rows[0]).toMatchObject({no: "Helt enig", en: "Fully agree"});
  expect(columns.map(({code}) => code)).toEqual(["total"]);
  expect(cells.map(([cell]) => cell?.percents.length)).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
  expect(cells[5]?.[0]).toMatchObject({count: {printed: "1219", recomputed: "1219"}, percents: [{printed: "100,0"}]});
});

describe("beside respondents", () => {
  const two = printedCrosstab(published, 2);

  test("that agree, everything is as printed", () => {
    expect(others(2, two)).toEqual([]);
  });

  test("of whom one sits elsewhere, the two cells, the total and nothing else differ", () => {
    const counts = two.counts.map((line, r) => line.map((n, c) => (r > 0 ? n : c === 0 ? n - 1 : c === 1 ? n + 1 : n)));
    expect(others(2, withTotals(two.rows, two.columns, counts))).toEqual([
      [2, "small", "aetat", "39", "differs", "recomputed as 38"],
      [2, "small", "trygdeetaten", "51", "differs", "recomputed as 52"],
      [2, "total", "aetat", "302", "differs", "recomputed as 301"],
      [2, "total", "trygdeetaten", "266", "differs", "recomputed as 267"]
    ]);
  });

  test("whose categories come in another order, each is found by its code", () => {
    const turned = withTotals([...two.rows].reverse(), two.columns, [...two.counts].reverse());
    expect(others(2, turned)).toEqual([]);
  });

  test("of one variable, its missing line and each of its totals are held against the right people (table 11)", () => {
    const answers = printedCrosstab(published, 11);
    expect(others(11, {...answers, missing: 534})).toEqual([]);
    expect(others(11, {...answers, missing: 533})).toEqual([
      [11, "missing", "total", "534", "differs", "recomputed as 533"],
      [11, "total", "total", "534", "differs", "recomputed as 533"],
      [11, "total", "total", "1257", "differs", "recomputed as 1\u202f256"]
    ]);
  });
});

test("a printed P stands beside Pearson’s: as printed without its decimal sign, misprinted, or not printed", () => {
  const p = (table: number) => compareTable(published, entries, table).p;
  expect(p(15)).toEqual({printed: "0001", recomputed: "0.001", verdict: "exact", words: ""});
  expect(p(17)).toMatchObject({printed: "0,000", recomputed: "less than 0.001", verdict: "exact"});
  expect(p(26)).toMatchObject({printed: "0,000", recomputed: "0.0036", verdict: "differs"});
  expect(p(21)).toBeNull();
});

test("of a P that no quick test gives the register of checks tells, where the report names no test of its own", () => {
  const {test: _, ...open} = entries;
  const numbers = published.objects({limit: Number.POSITIVE_INFINITY}) as {table: number; measure: string}[];
  const other = from(numbers.map((d) => (d.table === 26 && d.measure === "p" ? {...d, printed: "0,170"} : d)));
  const found = {id: "t26.p", verdict: "exact", note: "The exact test gives the printed P."} as const;
  const p = (report: typeof open, checks = [found]) => compareTable(other, report, 26, null, checks).p;
  expect(p(open, [])).toMatchObject({verdict: "not_checkable", words: ""});
  expect(p(open)).toMatchObject({verdict: "exact", words: found.note});
  expect(p(entries)).toMatchObject({verdict: "differs"});
});

test("a table without counts, or none at all, is an error", () => {
  for (const table of [28, 29, 32]) expect(() => compareTable(published, entries, table)).toThrow("has no counts");
  expect(() => compareTable(published, entries, 35)).toThrow("no table 35");
});

test("the sentence says how many and what of the others", () => {
  expect(comparisonSentence(compareTable(published, entries, 2))).toBe("All 51 numbers reproduce as printed.");
  expect(comparisonSentence(compareTable(published, entries, 13))).toBe(
    "49 of 51 numbers reproduce as printed; 2 by another rounding only."
  );
  expect(comparisonSentence(compareTable(published, entries, 1))).toBe(
    "19 of 20 numbers reproduce as printed; 1 contradicted by other numbers in the table."
  );
});
