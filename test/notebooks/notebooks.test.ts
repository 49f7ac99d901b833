import {describe, expect, test} from "vitest";
import {compareTable} from "../../src/tables/comparison.js";
import {crosstabOf} from "../../src/tables/counts.js";
import {ownSurvey, sideOf, tableEntry} from "../../src/tables/labels.js";
import {recomputeTable} from "../../src/tables/recompute.js";
import type {TableId} from "../../src/tables/table-id.js";
import {chapterFiles, type Given, readNotebooks, runNotebook} from "./run.js";

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

  test("every table that the respondents determine is computed in some notebook", () => {
    const own = ownSurvey(files.codebook);
    const determined = files.codebook.tables.filter(({use, kind}) => use.includes(own) && kind !== "comparison");
    // Pages that are not written as notebooks yet.
    const waiting = [10, 11, 12, 13, 14, 30, 31, 33, 34];
    const computed = new Set<TableId>(given.flatMap(({table, counts}) => (counts ? [table] : [])));
    expect(determined.map(({table}) => table).filter((table) => !computed.has(table))).toEqual(waiting);
  });
});
