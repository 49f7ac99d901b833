import type {TableId} from "../../src/tables/table-id.js";
import {MISSING, TOTAL, type Variable} from "./codebook.js";
import type {Report} from "./report.js";
import type {PrintedCell} from "./table.js";

/** A variable of the codebook as the reconstruction sees it. */
export interface CountVariable {
  readonly name: string;
  /** The category codes in the codebook's order. A respondent holds one of them, or null for no answer. */
  readonly codes: readonly string[];
}

/** One side of a printed table: a variable and what each printed category stands for. */
export interface CountSide {
  /** The base variable. A derived variable (one that merges another's categories) is resolved to its base. */
  readonly variable: string;
  /** From the printed category's code to the base variable's codes that it stands for. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** One printed count. */
export interface CountCell {
  /** A key of the row side's groups, `total` (any answer), or in a frequency table `missing` (no answer). */
  readonly row: string;
  /** A key of the column side's groups, `total`, or null in a frequency table. */
  readonly column: string | null;
  readonly count: number;
  /** Where it is printed, for messages: file name, line and column (both from 1) in the raw CSV. */
  readonly place: {readonly file: string; readonly line: number; readonly column: number};
}

/**
 * A printed table of counts as a set of constraints on respondents.
 *
 * A cell counts the respondents of the population who have an answer on every side of the table and fall in the
 * cell's categories; a total counts those with any answer. In a frequency table the last `total` after `missing`
 * counts everybody in the population (answered or not); it has the row `everybody` here.
 */
export interface CountTable {
  readonly table: TableId;
  readonly survey: string;
  readonly row: CountSide;
  readonly column: CountSide | null;
  /** Only respondents with these codes are counted; empty for everybody. */
  readonly population: readonly {readonly variable: string; readonly code: string}[];
  readonly cells: readonly CountCell[];
}

/** The row of a count of everybody in the population, answered or not. */
export const EVERYBODY = "everybody";

/** The variables of a survey that its usable tables show, in the codebook's order; derived ones are not among them. */
export function countVariables(report: Report, survey: string): CountVariable[] {
  const tables = countTables(report, survey);
  const shown = new Set(
    tables.flatMap(({row, column, population}) => [
      row.variable,
      ...(column ? [column.variable] : []),
      ...population.map((p) => p.variable)
    ])
  );
  return [...report.codebook.values()]
    .filter((variable) => shown.has(variable.name))
    .map(({name, categories}) => ({name, codes: categories.map((c) => c.code)}));
}

/**
 * The printed counts that constrain a survey's respondents: those of every table that the catalogue says may be used.
 *
 * In a frequency table with a missing line, the totals below that line count more than the answers: the last counts
 * everybody, one before it the missing once more (table 11). A comparison of surveys gives the counts of the survey's
 * own column without its total, which the report has printed for another number of people than its categories.
 */
export function countTables(report: Report, survey: string): CountTable[] {
  return report.tables
    .filter(({entry}) => entry.use.includes(survey))
    .map(({entry, cells}): CountTable => {
      const comparison = entry.kind === "comparison";
      const counts = cells.filter((cell) => {
        if (cell.measure !== "count") return false;
        return !comparison || (cell.column?.code === survey && cell.row?.code !== TOTAL);
      });
      const below = totalsBelow(counts);
      return {
        table: entry.table,
        survey,
        row: side(entry.row),
        column: comparison || entry.column === null ? null : side(entry.column),
        population: entry.population === null || entry.population === "unidentifiable" ? [] : [entry.population],
        cells: counts.flatMap(({row, column, value, file, line, field}): CountCell[] => {
          if (!row || value === null) return [];
          const place = {file, line, column: field};
          const across = comparison ? null : (column?.code ?? null);
          return [{row: below.get(row.index) ?? row.code, column: across, count: value, place}];
        })
      };
    });
}

/** What the totals below the missing line of a frequency table count, by the index of their row. */
export function totalsBelow(counts: readonly PrintedCell[]): Map<number, typeof EVERYBODY | typeof MISSING> {
  const missing = counts.findIndex((cell) => cell.row?.code === MISSING);
  const below = missing < 0 ? [] : counts.slice(missing).flatMap(({row}) => (row?.code === TOTAL ? [row.index] : []));
  const last = counts.at(-1)?.row?.index;
  return new Map(below.map((index) => [index, index === last ? EVERYBODY : MISSING]));
}

function side({name, derivedFrom, categories}: Variable): CountSide {
  const groups = categories.map(({code, includes}) => [code, derivedFrom === null ? [code] : includes] as const);
  return {variable: derivedFrom ?? name, groups: new Map(groups)};
}
