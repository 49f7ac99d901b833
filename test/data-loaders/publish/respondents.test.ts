import {tableFromIPC} from "apache-arrow";
import {type ColumnTable, fromArrow} from "arquero";
import {beforeAll, describe, expect, test} from "vitest";
import {writeBounds} from "../../../data-loaders/publish/bounds.js";
import {writePublished} from "../../../data-loaders/publish/published.js";
import {writeReportJson} from "../../../data-loaders/publish/report-json.js";
import {writeRespondents} from "../../../data-loaders/publish/respondents.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {type Report, readReport} from "../../../data-loaders/read/report.js";
import {compareTable} from "../../../src/tables/comparison.js";
import {crosstab, MISSING} from "../../../src/tables/crosstab.js";
import {type ReportEntries, sideOf} from "../../../src/tables/labels.js";
import {recomputeTable} from "../../../src/tables/recompute.js";

/** The published files themselves, read back as a page reads them, held against what is printed. */
describe("the published respondents", () => {
  const raw = readRawFolder();
  let report: Report;
  let entries: ReportEntries;
  let published: ColumnTable;
  const bytes = new Map<string, Uint8Array>();
  const respondents = new Map<string, ColumnTable>();

  beforeAll(async () => {
    report = readReport(raw);
    entries = JSON.parse(new TextDecoder().decode(writeReportJson(report, []))) as ReportEntries;
    published = fromArrow(writePublished(report, raw));
    for (const survey of ["2010", "2008"]) {
      const file = await writeRespondents(report, survey, raw);
      bytes.set(survey, file);
      respondents.set(survey, fromArrow(file));
    }
  });

  test.each([
    ["2010", 1257],
    ["2008", 831]
  ])("print every count of every usable table of %s, without tolerance", (survey, n) => {
    const people = respondents.get(survey);
    if (!people) throw new Error("not read");
    expect(people.numRows()).toBe(n);
    const compared = entries.tables
      .filter((entry) => entry.use.includes(survey) && entry.kind !== "comparison")
      .map(({table}) => {
        const comparison = compareTable(published, entries, table, recomputeTable(people, entries, table, survey));
        const counts = comparison.cells.flat().map((cell) => cell.count);
        return {
          table,
          counts: counts.length,
          unequal: counts.filter((c) => c.verdict !== "exact" || c.printed.replace("%", "") !== c.recomputed)
        };
      });
    console.log(`${survey}: ${compared.map(({table, counts}) => `table ${table}: ${counts}`).join(", ")}`);
    expect(compared.flatMap(({table, unequal}) => unequal.map((u) => ({table, ...u})))).toEqual([]);
    expect(compared.reduce((sum, {counts}) => sum + counts, 0)).toBe(survey === "2010" ? 613 : 7);
  });

  test("of 2008 have the backgrounds that table 1 prints, and no background where it prints none", () => {
    const people = respondents.get("2008");
    if (!people) throw new Error("not read");
    const backgrounds = crosstab(people, sideOf(entries, "background"), null, {missing: "category"});
    expect(Object.fromEntries(backgrounds.rows.map((code, r) => [code, backgrounds.rowTotals[r]]))).toEqual({
      aetat: 204,
      trygdeetaten: 207,
      municipality: 249,
      hired_later: 145,
      [MISSING]: 26
    });
  });

  test("say in their metadata that no row is a person, and label every column", () => {
    const table = tableFromIPC(bytes.get("2010") ?? new Uint8Array());
    expect(table.schema.metadata.get("description")).toContain("no row is a person");
    expect(Object.keys(JSON.parse(table.schema.metadata.get("inputs") ?? "{}"))).toContain("table-16.csv");
    for (const field of table.schema.fields) {
      for (const key of ["label", "description", "label_no", "labels", "labels_no", "categories"]) {
        expect(field.metadata.get(key), `${field.name}: ${key}`).toBeTruthy();
      }
    }
    const cooperation = table.getChild("cooperation");
    expect([...(cooperation?.data[0]?.dictionary ?? [])]).toEqual(sideOf(entries, "cooperation").codes);
  });

  test("are the same bytes when written again", async () => {
    expect(Buffer.compare(await writeRespondents(report, "2010", raw), bytes.get("2010") ?? Buffer.from(""))).toBe(0);
  });

  test("lie within the published bounds, in every cell that the report never printed", async () => {
    const bounds = tableFromIPC(await writeBounds(report, "2010", raw)).toArray();
    const people = respondents.get("2010");
    if (!people) throw new Error("not read");
    expect(bounds.length).toBe(3004);
    const tables = new Map<string, ReturnType<typeof crosstab>>();
    for (const {row_variable, row, column_variable, column, lower, upper, reconstructed} of bounds) {
      const key = `${row_variable} ${column_variable}`;
      const table =
        tables.get(key) ??
        crosstab(people, sideOf(entries, row_variable), sideOf(entries, column_variable), {missing: "exclude"});
      tables.set(key, table);
      const count = table.counts[table.rows.indexOf(row)]?.[table.columns.indexOf(column)];
      expect(count, `${key}: ${row}, ${column}`).toBe(reconstructed);
      expect(lower <= reconstructed && reconstructed <= upper, `${key}: ${row}, ${column}`).toBe(true);
    }
  });
});
