import {describe, expect, test} from "vitest";
import {compareTable} from "../../src/tables/comparison.js";
import {crosstabOf} from "../../src/tables/counts.js";
import {type PrintedNumber, printedCells} from "../../src/tables/crosstab.js";
import {percentText} from "../../src/tables/format.js";
import {ownSurvey, sideOf, tableEntry} from "../../src/tables/labels.js";
import {recomputeTable} from "../../src/tables/recompute.js";
import type {TableId} from "../../src/tables/table-id.js";
import {chapterFiles, type Drawn, type Given, readNotebooks, runNotebook} from "./run.js";

const files = await chapterFiles();
const notebooks = readNotebooks();
const given: Given[] = [];

/** The transforms that stand in the pages' own cells are those that the printed numbers are held against. */
describe("notebooks", () => {
  test.each(notebooks)("the cells of $page give the counts that the report prints", async (notebook) => {
    for (const {table, counts} of await runNotebook(notebook, files)) {
      given.push({table, counts});
      if (!counts) continue;
      const entry = tableEntry(files.codebook, table);
      const column = entry.column === null ? null : sideOf(files.codebook, entry.column);
      const crosstab = crosstabOf(counts, {variable: entry.row, codes: entry.rowCodes}, column);
      const {cells} = compareTable(files.published, files.codebook, table, crosstab);
      const wrong = cells.flat().filter(({count}) => count.verdict === "differs");
      expect(wrong, `table ${table}`).toEqual([]);
      const own = recomputeTable(files.respondents, files.codebook, table);
      if (own) expect(crosstab.counts, `table ${table}`).toEqual(own.counts);
    }
  });

  test.each(notebooks)("the code of $page has no long line, and its first figure soon", ({cells}) => {
    const lines = cells.filter((code) => code.includes("\n")).flatMap((code) => code.split("\n").filter(Boolean));
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    const isChapter = lines.some((line) => line.startsWith("table("));
    if (isChapter) expect(lines.findIndex((line) => line.startsWith("figure("))).toBeLessThanOrEqual(12);
  });

  test("every table that the respondents determine is computed in some notebook", () => {
    const own = ownSurvey(files.codebook);
    const determined = files.codebook.tables.filter(({use, kind}) => use.includes(own) && kind !== "comparison");
    const computed = new Set<TableId>(given.flatMap(({table, counts}) => (counts ? [table] : [])));
    expect(determined.map(({table}) => table).filter((table) => !computed.has(table))).toEqual([]);
  });

  test("the bars of table 17 have its percents, from disagreement to agreement", async () => {
    const [bars] = await drawnBy("cooperation.md");
    const drawn = bars?.numbers.flatMap((line) => Object.values(line).slice(1, -1));
    const body = ({row, column}: PrintedNumber) => row !== "total" && column !== "total";
    const printed = printedCells(files.published, 17, "percent")
      .filter(body)
      .map((cell) => cell.printed);
    expect(drawn).toEqual(printed);
  });

  test("the curves of table 10 go through its cumulative percents", async () => {
    const [curves] = await drawnBy("caseloads.md");
    const everybody = curves?.numbers.filter(({Group}) => Group === "Everybody").map(({Share}) => Share);
    const printed = printedCells(files.published, 10, "cumulative_percent").map(({value}) => `${value}%`);
    expect(everybody).toEqual(printed);
    const among = curves?.numbers.filter(({Group}) => Group === "Those who have users");
    // 571 have up to 50 users, 256 of them none.
    expect(among?.[2]).toMatchObject({Count: 571 - 256, Of: 1226 - 256, Share: "32%"});
  });

  test("those whose tasks lie in several groups may all be in a field or all outside it, within nobody and everybody", async () => {
    const [ranges] = await drawnBy("across-borders.md");
    const limits = ranges?.numbers.map((d) => [d.Count, d.From, d.To]);
    const percent = (count: number) => percentText(count / 1255);
    expect(limits).toEqual([
      [184, "0%", percent(368)],
      [133, "0%", percent(133 + 184)],
      [282, percent(282 - 184), percent(282 + 184)],
      [656, percent(656 - 184), percent(656 + 184)],
      [599, percent(415), percent(783)]
    ]);
  });

  async function drawnBy(page: string): Promise<Drawn[]> {
    const notebook = notebooks.find((one) => one.page === page);
    if (!notebook) throw new Error(`no notebook ${page}`);
    const drawn: Drawn[] = [];
    await runNotebook(notebook, files, drawn);
    return drawn;
  }
});
