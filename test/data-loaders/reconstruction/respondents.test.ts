import {describe, expect, it} from "vitest";
import {readConstraints, uncrossedPairs} from "../../../data-loaders/reconstruction/constraints.js";
import {random} from "../../../data-loaders/reconstruction/random.js";
import {reconstruct} from "../../../data-loaders/reconstruction/respondents.js";
import {verifyCounts} from "../../../data-loaders/reconstruction/verify.js";
import {compareTables, type TableId} from "../../../src/tables/table-id.js";
import {crosstab, gardens, print, publishedSurvey, side} from "./survey.js";

const ofSeed1 = {
  "2008": reconstruct({...publishedSurvey("2008"), seed: 1}),
  "2010": reconstruct({...publishedSurvey("2010"), seed: 1})
};

describe.each(["2008", "2010"] as const)("respondents of %s", (year) => {
  const survey = publishedSurvey(year);
  const first = ofSeed1[year];
  const second = reconstruct({...survey, seed: 2});

  it("print every printed count of every usable table, with two seeds", async () => {
    const lists = [];
    for (const {columns} of [await first, await second]) {
      const compared = verifyCounts(columns, survey.tables);
      expect(compared.filter(({printed, counted}) => printed !== counted)).toEqual([]);
      for (const column of Object.values(columns)) expect(column).toHaveLength(survey.n);
      const byTable = new Map<TableId, number>();
      for (const {table} of compared) byTable.set(table, (byTable.get(table) ?? 0) + 1);
      lists.push(Object.fromEntries(byTable));
    }
    // What was compared: printed counts by table, inner cells, totals, missing lines and everybody.
    const compared2010 = {
      ...{2: 25, 3: 21, 4: 35, 5: 30, 6: 7, 8: 7, 9: 25, 10: 10, 11: 8, 12: 40, 13: 25, 14: 35, 15: 20, 16: 12},
      ...{17: 30, 18: 30, 19: 30, 20: 25, 21: 8, 23: 24, 24: 30, 25: 21, 26: 24, 27: 8, 30: 25, 31: 25, 33: 18, 34: 15}
    };
    const list = year === "2008" ? {1: 4, 22: 7} : compared2010;
    expect(lists).toEqual([list, list]);
  });

  it("are the same for the same seed, whatever the order of variables, tables and cells", async () => {
    const shuffled = {
      ...survey,
      variables: [...survey.variables].reverse(),
      tables: [...survey.tables].reverse().map((table) => ({...table, cells: [...table.cells].reverse()}))
    };
    expect((await reconstruct({...shuffled, seed: 1})).columns).toEqual((await first).columns);
  });

  it("are another data set with another seed, and not in another order only", async () => {
    const rows = (columns: Record<string, (string | null)[]>) =>
      Array.from({length: survey.n}, (_, person) => {
        return survey.variables.map(({name}) => columns[name]?.[person] ?? "-").join("|");
      }).sort();
    expect(rows((await first).columns)).not.toEqual(rows((await second).columns));
  });
});

describe("respondents of 2010", () => {
  const survey = publishedSurvey("2010");
  const made = ofSeed1["2010"];

  it("answer the managers’ questions only if they are unit managers", async () => {
    const {columns} = await made;
    for (const name of ["cooperation_employers", "cooperation_follow_up", "prioritises_staff"]) {
      const positions = (columns.position ?? []).filter((_, person) => columns[name]?.[person] !== null);
      expect(new Set(positions)).toEqual(new Set(["unit_manager"]));
    }
  });

  it("are close to the fit: next whole numbers throughout, and little divergence", async () => {
    const {report} = await made;
    expect(report.reach).toBe(0);
    expect(report.gap).toBeLessThanOrEqual(0.01);
    expect(report.largestGap).toBeLessThan(0.01);
    // A random sample of the fitted distribution would diverge by about half the number of free cells, some 300 nats.
    expect(report.divergence).toBeLessThan(100);
    for (const {largestDifference} of report.subProblems) expect(largestDifference).toBeLessThan(1.01);
  });

  it("have every table in exactly the sub-problems that hold its variables", async () => {
    const {report} = await made;
    const numbers = report.subProblems.flatMap(({tables}) => tables);
    expect([...numbers].sort(compareTables)).toEqual(survey.tables.map(({table}) => table));
    for (const {tables, variables} of report.subProblems) {
      for (const table of survey.tables.filter((each) => tables.includes(each.table))) {
        expect(variables).toContain(table.row.variable);
        for (const {variable} of table.population) expect(variables).toContain(variable);
      }
    }
  });
});

describe("respondents of a made-up survey", () => {
  it.each([1, 2, 3, 4, 5])("print its tables, whatever its people (%i)", async (number) => {
    const {survey} = gardens(20 + 40 * number, random(number));
    const {columns} = await reconstruct({...survey, seed: number});
    const compared = verifyCounts(columns, survey.tables);
    expect(compared).toHaveLength(survey.tables.reduce((sum, {cells}) => sum + cells.length, 0));
    expect(compared.filter(({printed, counted}) => printed !== counted)).toEqual([]);
    for (const [person, depth] of (columns.depth ?? []).entries()) {
      if (depth !== null) expect(columns.pond?.[person]).toBe("yes");
    }
  });

  it("are as independent as whole numbers allow where no table links", async () => {
    const people = {
      left: Array.from({length: 60}, (_, person) => (person < 20 ? "a" : "b")),
      right: Array.from({length: 60}, (_, person) => (person % 2 === 0 ? "c" : "d"))
    };
    const tables = [
      print(1, people, {row: side("left", ["a", "b"])}),
      print(2, people, {row: side("right", ["c", "d"])})
    ];
    const variables = [
      {name: "left", codes: ["a", "b"]},
      {name: "right", codes: ["c", "d"]}
    ];
    const {columns} = await reconstruct({variables, tables, n: 60, seed: 7});
    expect(crosstab(columns, "left", "a", "right", "c")).toBe(10);
    expect(crosstab(columns, "left", "b", "right", "d")).toBe(20);
  });

  it("leave out variables that no table shows", async () => {
    const {survey} = gardens(50, random(1));
    const variables = [...survey.variables, {name: "fence", codes: ["wood", "wire"]}];
    const {columns} = await reconstruct({...survey, variables, seed: 1});
    expect(Object.keys(columns)).toEqual(survey.variables.map(({name}) => name));
  });
});

describe("readConstraints", () => {
  it("takes a question put to one group only as crossed with the group, and half a crosstab as not crossed", () => {
    const {survey} = gardens(50, random(1));
    const constraints = readConstraints(survey);
    const names = uncrossedPairs(constraints).map((pair) =>
      pair.map((variable) => constraints.variables[variable]?.name).join("×")
    );
    expect(names.sort()).toEqual(
      [
        ...["depth×pests", "depth×soil", "depth×sun", "fish×pests", "fish×plants", "fish×soil", "fish×sun"],
        ...["pests×soil", "pests×sun", "plants×pond", "plants×sun", "pond×sun", "soil×sun"]
      ].sort()
    );
  });
});

describe("verifyCounts", () => {
  it("finds a single respondent out of place", async () => {
    const {survey} = gardens(80, random(2));
    const {columns} = await reconstruct({...survey, seed: 1});
    const soil = [...(columns.soil ?? [])];
    const clay = soil.indexOf("clay");
    soil[clay] = "sand";
    const wrong = verifyCounts({...columns, soil}, survey.tables).filter(({printed, counted}) => printed !== counted);
    expect(wrong).toContainEqual(expect.objectContaining({table: 1, row: "clay", column: "total"}));
    expect(wrong).toContainEqual(expect.objectContaining({table: 1, row: "sand", column: "total"}));
  });
});
