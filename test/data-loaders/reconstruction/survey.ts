import type {CountCell, CountSide, CountTable} from "../../../data-loaders/read/counts.js";
import {countTables, countVariables} from "../../../data-loaders/read/counts.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import type {SurveyCounts} from "../../../data-loaders/reconstruction/constraints.js";
import type {Random} from "../../../data-loaders/reconstruction/random.js";
import type {Columns} from "../../../data-loaders/reconstruction/verify.js";
import type {TableId} from "../../../src/tables/table-id.js";

/** A survey as the reconstruction takes it. */
export type Survey = SurveyCounts;

/** The two surveys of the report. */
export function publishedSurvey(survey: "2008" | "2010"): Survey {
  const report = readReport(readRawFolder());
  const n = survey === "2008" ? 831 : 1257;
  return {variables: countVariables(report, survey), tables: countTables(report, survey), n};
}

/** Respondents of a survey that never was: for each variable the code of each of them, or null. */
export type People = Record<string, (string | null)[]>;

/** What a made-up table shows. */
export interface Shown {
  readonly row: CountSide;
  readonly column?: CountSide;
  readonly population?: readonly {readonly variable: string; readonly code: string}[];
}

/** A side of a table that shows a variable's own codes. */
export function side(variable: string, codes: readonly string[]): CountSide {
  return {variable, groups: new Map(codes.map((code) => [code, [code]]))};
}

/** Prints made-up people as a table of the report would: all cells and totals; without a column also missing lines. */
export function print(table: number, people: People, {row, column, population = []}: Shown): CountTable {
  const n = Object.values(people)[0]?.length ?? 0;
  const within = (one: CountSide, key: string, person: number) => {
    const answer = people[one.variable]?.[person] ?? null;
    if (key === "everybody") return true;
    if (key === "missing") return answer === null;
    return answer !== null && (key === "total" || (one.groups.get(key) ?? []).includes(answer));
  };
  const rows = [...row.groups.keys(), "total", ...(column ? [] : ["missing", "everybody"])];
  const columns = column ? [...column.groups.keys(), "total"] : [null];
  const cells = rows.flatMap((rowKey, line) =>
    columns.map((columnKey, at): CountCell => {
      let count = 0;
      for (let person = 0; person < n; person++) {
        if (!population.every(({variable, code}) => people[variable]?.[person] === code)) continue;
        if (!within(row, rowKey, person)) continue;
        if (column && columnKey !== null && !within(column, columnKey, person)) continue;
        count++;
      }
      return {
        row: rowKey,
        column: columnKey,
        count,
        place: {file: `table-${table}.csv`, line: line + 2, column: at + 2}
      };
    })
  );
  return {table, survey: "made up", row, column: column ?? null, population, cells};
}

/** Changes printed counts: each edit names a table, a cell and by how much. */
export function misprint(
  survey: Survey,
  edits: readonly (readonly [TableId, string, string | null, number])[]
): Survey {
  const tables = survey.tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell) => {
      const edit = edits.find(([number, row, column]) => {
        return number === table.table && row === cell.row && column === cell.column;
      });
      return edit ? {...cell, count: cell.count + edit[3]} : cell;
    })
  }));
  return {...survey, tables};
}

/** How many people hold one code of each of two variables. */
export function crosstab(columns: Columns, a: string, codeA: string, b: string, codeB: string): number {
  return (columns[a] ?? []).filter((code, person) => code === codeA && columns[b]?.[person] === codeB).length;
}

/**
 * A survey that never was, about gardens: soil → plants → pests is a chain, sun is crossed with nothing, a pond’s
 * depth and fish were asked of those with a pond only, and one table merges categories.
 */
export function gardens(n: number, random: Random): {survey: Survey; people: People} {
  const soil = ["clay", "sand", "peat"];
  const plants = ["roses", "beans"];
  const pests = ["slugs", "mice", "none"];
  const sun = ["full", "half"];
  const pond = ["yes", "no"];
  const depth = ["shallow", "deep"];
  const fish = ["carp", "none"];
  const pick = (codes: readonly string[], missing: number) => {
    return random.next() < missing ? null : (codes[random.below(codes.length)] ?? null);
  };
  const people: People = {soil: [], plants: [], pests: [], sun: [], pond: [], depth: [], fish: []};
  for (let person = 0; person < n; person++) {
    const hasPond = pick(pond, 0.1);
    people.soil?.push(pick(soil, 0.1));
    people.plants?.push(pick(plants, 0.1));
    people.pests?.push(pick(pests, 0.2));
    people.sun?.push(pick(sun, 0.3));
    people.pond?.push(hasPond);
    people.depth?.push(hasPond === "yes" ? pick(depth, 0.1) : null);
    people.fish?.push(hasPond === "yes" ? pick(fish, 0.1) : null);
  }
  const owners = [{variable: "pond", code: "yes"}];
  const merged: CountSide = {
    variable: "pests",
    groups: new Map([
      ["some", ["slugs", "mice"]],
      ["none", ["none"]]
    ])
  };
  const tables = [
    print(1, people, {row: side("soil", soil), column: side("plants", plants)}),
    print(2, people, {row: side("plants", plants), column: side("pests", pests)}),
    print(3, people, {row: side("sun", sun)}),
    print(4, people, {row: side("soil", soil), column: side("pond", pond)}),
    print(5, people, {row: merged, column: side("pond", pond)}),
    print(6, people, {row: side("depth", depth), column: side("fish", fish), population: owners}),
    print(7, people, {row: side("plants", plants), column: side("depth", depth), population: owners}),
    print(8, people, {row: side("pond", pond)})
  ];
  const codes = {soil, plants, pests, sun, pond, depth, fish};
  const variables = Object.entries(codes).map(([name, each]) => ({name, codes: each}));
  return {survey: {variables, tables, n}, people};
}
