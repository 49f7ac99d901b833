import {describe, expect, it} from "vitest";
import {surveyBounds} from "../../../data-loaders/publish/bounds.js";
import type {CountTable} from "../../../data-loaders/read/counts.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import {type Bound, findBounds} from "../../../data-loaders/reconstruction/bounds.js";
import {disclosure} from "../../../data-loaders/reconstruction/disclosure.js";
import {random} from "../../../data-loaders/reconstruction/random.js";
import {reconstruct} from "../../../data-loaders/reconstruction/respondents.js";
import {verifyCounts} from "../../../data-loaders/reconstruction/verify.js";
import {crosstab, gardens, type People, print, publishedSurvey, type Survey, side} from "./survey.js";

const countOf = (columns: Parameters<typeof crosstab>[0], bound: Bound) =>
  crosstab(columns, bound.row_variable, bound.row, bound.column_variable, bound.column);

describe("bounds of the 2010 survey", () => {
  it("hold every count of reconstructed respondents, for every pair that no table crosses", async () => {
    const survey = publishedSurvey("2010");
    const {bounds, pairs, whole} = await surveyBounds(readReport(readRawFolder()), "2010");
    expect(pairs).toHaveLength(165);
    expect(bounds).toHaveLength(whole.cells);
    for (const seed of [1, 2]) {
      const {columns} = await reconstruct({...survey, seed});
      const outside = bounds.filter((bound) => {
        const count = countOf(columns, bound);
        return count < bound.lower || count > bound.upper;
      });
      expect(outside).toEqual([]);
    }
    const find = (a: string, b: string) => pairs.find((pair) => pair.row_variable === a && pair.column_variable === b);
    expect(find("reaching_goals", "role")?.method).toBe("unlinked");
    expect(find("cooperation", "training")).toMatchObject({
      method: "one_link",
      used: ["cooperation", "office_size", "training"]
    });
    expect(find("office_size", "role")?.method).toBe("program");
    // Table 8 prints the roles of those with varied tasks, and nothing else of role by field.
    const printed = bounds.filter((bound) => bound.printed);
    expect(printed.map(({row_variable, row}) => [row_variable, row])).toEqual(
      Array.from({length: 6}, () => ["field", "varied"])
    );
    expect(printed.every(({lower, upper}) => lower === upper)).toBe(true);
  });
});

/** Every data set of n people over some variables, in no order, that prints some tables. */
function* everyDataSet({variables, tables, n}: Survey): Generator<People> {
  const kinds = variables
    .reduce<(string | null)[][]>(
      (all, {codes}) => all.flatMap((kind) => [...codes, null].map((code) => [...kind, code])),
      [[]]
    )
    .map((kind) => {
      const alone = Object.fromEntries(variables.map(({name}, at) => [name, [kind[at] ?? null]]));
      return {kind, counts: verifyCounts(alone, tables)};
    });
  const left = (kinds[0]?.counts ?? []).map(({printed}) => printed);
  const chosen: (string | null)[][] = [];
  function* from(first: number): Generator<People> {
    if (chosen.length === n) {
      if (left.some((count) => count !== 0)) return;
      yield Object.fromEntries(variables.map(({name}, at) => [name, chosen.map((kind) => kind[at] ?? null)]));
      return;
    }
    for (const [at, {kind, counts}] of [...kinds.entries()].slice(first)) {
      if (counts.some(({counted}, index) => counted > (left[index] ?? 0))) continue;
      counts.forEach(({counted}, index) => {
        left[index] = (left[index] ?? 0) - counted;
      });
      chosen.push(kind);
      yield* from(at);
      chosen.pop();
      counts.forEach(({counted}, index) => {
        left[index] = (left[index] ?? 0) + counted;
      });
    }
  }
  yield* from(0);
}

function trueRanges(survey: Survey, bounds: readonly Bound[]): {least: number; most: number}[] {
  const ranges = bounds.map(() => ({least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY}));
  for (const people of everyDataSet(survey)) {
    bounds.forEach((bound, at) => {
      const count = countOf(people, bound);
      const range = ranges[at];
      if (range === undefined) return;
      range.least = Math.min(range.least, count);
      range.most = Math.max(range.most, count);
    });
  }
  return ranges;
}

describe("bounds of small made-up surveys, beside all data sets that print the tables", () => {
  const yesNo = ["yes", "no"];
  const names = ["cat", "dog", "fox"];
  const variables = names.map((name) => ({name, codes: yesNo}));
  const sideOf = (name: string) => side(name, yesNo);
  const invent = (seed: number, n: number): People => {
    const generator = random(seed);
    const answer = () => (generator.next() < 0.2 ? null : generator.next() < 0.6 ? "yes" : "no");
    return Object.fromEntries(names.map((name) => [name, Array.from({length: n}, answer)]));
  };
  const crossed = (people: People, ...pairs: [string, string][]): CountTable[] =>
    pairs.map(([a, b], at) => print(at + 1, people, {row: sideOf(a), column: sideOf(b)}));

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("are the truth through one link (%i)", async (seed) => {
    const people = invent(seed, 5);
    const survey = {variables, tables: crossed(people, ["cat", "dog"], ["dog", "fox"]), n: 5};
    const {bounds, pairs} = await findBounds(survey);
    expect(pairs).toMatchObject([{row_variable: "cat", column_variable: "fox", method: "one_link"}]);
    const ranges = trueRanges(survey, bounds);
    let wider = 0;
    bounds.forEach(({lower, upper}, at) => {
      const {least, most} = ranges[at] ?? {least: Number.NaN, most: Number.NaN};
      expect(lower).toBeLessThanOrEqual(least);
      expect(upper).toBeGreaterThanOrEqual(most);
      wider += least - lower + upper - most;
    });
    // Closed forms may be wider than need be where it is unknown who answered, but on tables this small are not.
    expect(wider).toBe(0);
  });

  it("are the truth through one link that everybody answered", async () => {
    const people: People = {
      cat: ["yes", "yes", "no", "yes", "no", "no"],
      dog: ["yes", "yes", "yes", "no", "no", "no"],
      fox: ["yes", "no", "yes", "yes", "yes", "no"]
    };
    const tables = [
      ...crossed(people, ["cat", "dog"], ["dog", "fox"]),
      ...names.map((name, at) => print(3 + at, people, {row: sideOf(name)}))
    ];
    const survey = {variables, tables, n: 6};
    const {bounds} = await findBounds(survey);
    const ranges = trueRanges(survey, bounds);
    expect(bounds.map(({lower, upper}) => ({least: lower, most: upper}))).toEqual(ranges);
    // Two with a cat and two with a fox among three with a dog: one has both at least.
    expect(bounds[0]).toMatchObject({row: "yes", column: "yes", lower: 1});
  });

  it.each([11, 12, 13, 14])("are the truth without a link (%i)", async (seed) => {
    const people = invent(seed, 5);
    const two = variables.slice(0, 2);
    const tables = two.map(({name}, at) => print(at + 1, people, {row: sideOf(name)}));
    const survey = {variables: two, tables, n: 5};
    const {bounds, pairs} = await findBounds(survey);
    expect(pairs[0]?.method).toBe("unlinked");
    expect(bounds.map(({lower, upper}) => ({least: lower, most: upper}))).toEqual(trueRanges(survey, bounds));
  });

  it.each([21, 22, 23, 24, 25, 26])("are the truth by linear programs (%i)", async (seed) => {
    const people = invent(seed, 5);
    // The fox table is of those with a dog only, so that there is no printed link with a closed form.
    const tables = [
      ...crossed(people, ["cat", "dog"]),
      print(2, people, {row: sideOf("fox")}),
      print(3, people, {row: sideOf("fox"), population: [{variable: "dog", code: "yes"}]})
    ];
    const survey = {variables, tables, n: 5};
    const {bounds, pairs} = await findBounds(survey);
    expect(pairs.map(({method}) => method)).toEqual(["program", "program"]);
    const ranges = trueRanges(survey, bounds);
    let wider = 0;
    bounds.forEach(({lower, upper}, at) => {
      const {least, most} = ranges[at] ?? {least: Number.NaN, most: Number.NaN};
      expect(lower).toBeLessThanOrEqual(least);
      expect(upper).toBeGreaterThanOrEqual(most);
      wider += least - lower + upper - most;
    });
    // Programs in fractions may be wider than whole people are, but on tables this small are not.
    expect(wider).toBe(0);
  });

  it("hold the people that a larger survey was printed from, and are only widened by leaving tables out", async () => {
    const {survey, people} = gardens(120, random(9));
    const exact = await findBounds(survey);
    const rough = await findBounds({...survey, tables: survey.tables.filter(({table}) => table !== 5)});
    const cell = ({row_variable, row, column_variable, column}: Bound) =>
      [row_variable, row, column_variable, column].join();
    const widened = new Map(rough.bounds.map((bound) => [cell(bound), bound]));
    let wider = 0;
    for (const bound of exact.bounds) {
      const count = countOf(people, bound);
      expect(count).toBeGreaterThanOrEqual(bound.lower);
      expect(count).toBeLessThanOrEqual(bound.upper);
      const {lower = Number.NaN, upper = Number.NaN} = widened.get(cell(bound)) ?? {};
      expect(lower).toBeLessThanOrEqual(bound.lower);
      expect(upper).toBeGreaterThanOrEqual(bound.upper);
      wider += bound.lower - lower + upper - bound.upper;
    }
    expect(wider).toBeGreaterThan(0);
  });
});

describe("a question put to some only", () => {
  it("is answered by nobody else in any data set", async () => {
    const people: People = {
      soil: ["clay", "clay", "clay", "sand", "sand", "sand"],
      pond: ["no", "no", "no", "yes", "yes", "no"],
      depth: [null, null, null, "deep", "shallow", null]
    };
    const codes = {soil: ["clay", "sand"], pond: ["yes", "no"], depth: ["deep", "shallow"]};
    const variables = Object.entries(codes).map(([name, each]) => ({name, codes: each}));
    const tables = [
      print(1, people, {row: side("soil", codes.soil), column: side("pond", codes.pond)}),
      print(2, people, {row: side("depth", codes.depth), population: [{variable: "pond", code: "yes"}]})
    ];
    const {bounds} = await findBounds({variables, tables, n: 6});
    expect(bounds.map(({row, column, lower, upper}) => [row, column, lower, upper])).toEqual([
      ["deep", "clay", 0, 0],
      ["deep", "sand", 1, 1],
      ["shallow", "clay", 0, 0],
      ["shallow", "sand", 1, 1]
    ]);
  });
});

describe("disclosure", () => {
  it("finds the cells that the tables give away, the small ones and the empty ones apart", async () => {
    // All with a dog have a cat and nobody else has; two with a dog have a fox.
    const people: People = {
      cat: ["yes", "yes", "yes", "yes", "no", "no"],
      dog: ["yes", "yes", "yes", "yes", "no", "no"],
      fox: ["yes", "yes", "no", "no", "no", "no"]
    };
    const codes = ["yes", "no"];
    const variables = ["cat", "dog", "fox"].map((name) => ({name, codes}));
    const tables = [
      print(1, people, {row: side("cat", codes), column: side("dog", codes)}),
      print(2, people, {row: side("dog", codes), column: side("fox", codes)}),
      print(3, people, {row: side("dog", codes)})
    ];
    const {bounds} = await findBounds({variables, tables, n: 6});
    const cells = (list: readonly {row: string; column: string | null}[]) =>
      list.map(({row, column}) => `${row},${column}`);
    const found = disclosure(bounds, tables);
    expect(cells(found.determined)).toEqual(["yes,yes", "yes,no", "no,no"]);
    expect(cells(found.small)).toEqual(["yes,yes", "yes,no", "no,no"]);
    expect(cells(found.zeros)).toEqual(["no,yes"]);
    expect(cells(disclosure(bounds, tables, 1).small)).toEqual([]);
    expect(found.printed).toContainEqual({table: 2, row: "yes", column: "yes", count: 2});
    expect(found.printed.some(({count}) => count === 0 || count > 3)).toBe(false);
  });
});
