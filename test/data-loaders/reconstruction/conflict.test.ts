import {describe, expect, it} from "vitest";
import {type Conflict, ContradictionError} from "../../../data-loaders/reconstruction/conflict.js";
import {random} from "../../../data-loaders/reconstruction/random.js";
import {reconstruct} from "../../../data-loaders/reconstruction/respondents.js";
import type {TableId} from "../../../src/tables/table-id.js";
import {gardens, misprint, publishedSurvey, type Survey} from "./survey.js";

async function conflictOf(survey: Survey): Promise<Conflict & {message: string}> {
  try {
    await reconstruct({...survey, seed: 1, exchanges: 0});
  } catch (error) {
    if (error instanceof ContradictionError) return {...error.conflict, message: error.message};
    throw error;
  }
  throw new Error("The tables hold together.");
}

const published = publishedSurvey("2010");
type Edit = readonly [TableId, string, string | null, number];
const changes = ({changes: all}: Conflict) =>
  all.map(({table, row, column, printed, needed}) => [table, row, column, printed, needed]);

/** Puts what a conflict says would mend the tables into them. */
function mended(survey: Survey, conflict: Conflict): Survey {
  return misprint(
    survey,
    conflict.changes.map(({table, row, column, printed, needed}) => [table, row, column, needed - printed] as const)
  );
}

describe("sums that do not add up", () => {
  it("are named with the cell of table 16 that has been changed", async () => {
    const conflict = await conflictOf(misprint(published, [[16, "man", "unit_manager", 1]]));
    expect(conflict.kind).toBe("sum");
    expect(conflict.sums).toEqual([
      "Table 16, row man: 18 + 31 + 262 = 311, but 310 is printed.",
      "Table 16, column unit_manager: 18 + 23 = 41, but 40 is printed."
    ]);
    expect(changes(conflict)).toEqual([[16, "man", "unit_manager", 18, 17]]);
    expect(conflict.message).toContain(
      "table 16, row man, column unit_manager (table-16.csv, line 2, column 3): 18 would have to be 17"
    );
  });

  const edits: [string, Edit][] = [
    ["a row total", [16, "man", "total", 1]],
    ["a column total", [24, "total", "agree", -2]],
    ["a grand total", [9, "total", "total", 1]],
    ["a managers’ cell", [33, "no", "agree", 1]],
    ["a total of a frequency table", [27, "total", null, 3]]
  ];
  it.each(edits)("lead back to %s", async (_, edit) => {
    const [table, row, column, by] = edit;
    const conflict = await conflictOf(misprint(published, [edit]));
    expect(conflict.kind).toBe("sum");
    expect(new Set(conflict.cells.map((cell) => cell.table))).toEqual(new Set([table]));
    const [change, ...more] = conflict.changes;
    expect(more).toEqual([]);
    expect(change).toMatchObject({table, row, column});
    expect((change?.printed ?? 0) - (change?.needed ?? 0)).toBe(by);
  });

  it("are told of when the number of respondents is another than the printed one", async () => {
    const conflict = await conflictOf({...published, n: 1258});
    expect(conflict.sums).toContain("Table 6 counts 1257 people, but there are 1258 respondents.");
  });
});

describe("tables that add up but do not hold together", () => {
  const edits: [string, number, Edit[]][] = [
    [
      "more views by role than views",
      25,
      [
        [25, "clerical", "agree", 5],
        [25, "clerical", "total", 5],
        [25, "total", "agree", 5],
        [25, "total", "total", 5]
      ]
    ],
    [
      "too few advisers by gender",
      3,
      [
        [3, "man", "adviser_both", 30],
        [3, "man", "adviser_follow_up", -30],
        [3, "total", "adviser_both", 30],
        [3, "total", "adviser_follow_up", -30]
      ]
    ]
  ];
  it.each(edits)("name the tables and counts that clash: %s", async (_, changed, edit) => {
    const survey = misprint(published, edit);
    const conflict = await conflictOf(survey);
    expect(conflict.kind).toBe("tables");
    const tables = new Set(conflict.cells.map(({table}) => table));
    expect(tables).toContain(changed);
    expect(tables.size).toBe(2);
    // No fewer will do: with any one of the counts left out, the others can be printed.
    const listed = new Set(conflict.cells.map(({place}) => `${place.file}:${place.line}:${place.column}`));
    const onlyClash = (left: number): Survey => ({
      ...survey,
      tables: survey.tables.map((table) => ({
        ...table,
        cells: table.cells.filter(({place}) => {
          const key = `${place.file}:${place.line}:${place.column}`;
          return listed.has(key) && key !== [...listed][left];
        })
      }))
    });
    await expect(conflictOf(onlyClash(-1))).resolves.toMatchObject({kind: "tables"});
    for (let left = 0; left < listed.size; left++) {
      await expect(conflictOf(onlyClash(left))).rejects.toThrow("The tables hold together.");
    }
    // What is said to mend it does.
    await expect(conflictOf(mended(survey, conflict))).rejects.toThrow("The tables hold together.");
  });

  it("are not complained of where some data set does print them", async () => {
    // One more unit manager among the men, in all sums of table 16: a person without a known background can be it.
    const survey = misprint(published, [
      [16, "man", "unit_manager", 1],
      [16, "man", "total", 1],
      [16, "total", "unit_manager", 1],
      [16, "total", "total", 1]
    ]);
    await expect(conflictOf(survey)).rejects.toThrow("The tables hold together.");
  });

  it("are found in a made-up survey too", async () => {
    const {survey} = gardens(60, random(4));
    const conflict = await conflictOf(
      misprint(survey, [
        [4, "clay", "yes", 9],
        [4, "clay", "total", 9],
        [4, "total", "yes", 9],
        [4, "total", "total", 9]
      ])
    );
    expect(conflict.kind).toBe("tables");
    expect(conflict.cells.some(({table}) => table === 4)).toBe(true);
    expect(conflict.cells.length).toBeLessThan(12);
  });
});

describe("tables that only fractions of respondents can have", () => {
  it("are told apart", async () => {
    // Of two people one is a or b, one is b or c, one is a or c: half a person each.
    const group = (number: number, codes: [string, string]) => ({
      table: number,
      survey: "made up",
      row: {variable: "letter", groups: new Map([["pair", codes]])},
      column: null,
      population: [],
      cells: [{row: "pair", column: null, count: 1, place: {file: `table-${number}.csv`, line: 2, column: 2}}]
    });
    const survey: Survey = {
      variables: [{name: "letter", codes: ["a", "b", "c"]}],
      tables: [group(1, ["a", "b"]), group(2, ["b", "c"]), group(3, ["a", "c"])],
      n: 2
    };
    const conflict = await conflictOf(survey);
    expect(conflict.kind).toBe("whole");
    expect(conflict.cells.map(({table}) => table)).toEqual([1, 2, 3]);
    expect(conflict.changes).toHaveLength(1);
    await expect(conflictOf(mended(survey, conflict))).rejects.toThrow("The tables hold together.");
  });
});
