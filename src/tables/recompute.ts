import type {ColumnTable} from "arquero";
import {type Crosstab, crosstab, withTotals} from "./crosstab.js";
import {ownSurvey, type ReportEntries, sideOf, tableEntry, variableEntry} from "./labels.js";
import type {TableId} from "./table-id.js";

/** Respondents that are counted: those with one of these answers. */
export interface Filter {
  readonly variable: string;
  readonly codes: readonly string[];
}

/** A side of a printed table: the variable that it asks, and the answers that each printed category stands for. */
export interface PrintedSide {
  readonly variable: string;
  readonly codes: readonly string[];
  readonly groups: readonly (readonly string[])[];
}

/** A variable of the catalogue as a side; one that merges another's categories becomes that other, merged. */
export function printedSide(report: ReportEntries, name: string, shown?: readonly string[]): PrintedSide {
  const {variable, derivedFrom, categories} = variableEntry(report, name);
  const own = shown ? categories.filter(({code}) => shown.includes(code)) : categories;
  return {
    variable: derivedFrom ?? variable,
    codes: own.map(({code}) => code),
    groups: own.map(({code, includes}) => (derivedFrom === null ? [code] : includes))
  };
}

/** The respondents that a filter lets through. */
export function filtered(respondents: ColumnTable, filter: Filter | null): ColumnTable {
  if (!filter) return respondents;
  const answers = respondents.array(filter.variable) as ArrayLike<string | null>;
  const keep = Array.from(answers, (code, index) => (code !== null && filter.codes.includes(code) ? index : -1));
  return respondents.reify(keep.filter((index) => index >= 0));
}

/**
 * A printed table computed again from respondents: the same people, rows and columns, in the codebook's order.
 *
 * Takes in who is counted (only unit managers, say), rows that the table leaves out, and variables that merge the
 * categories of another. Missing answers are left out, as the report does. Null when the catalogue says that these
 * respondents do not determine the table.
 */
export function recomputeTable(
  respondents: ColumnTable,
  report: ReportEntries,
  table: TableId,
  survey = ownSurvey(report)
): Crosstab | null {
  const {use, kind, population, row, column, rowCodes} = tableEntry(report, table);
  if (!use.includes(survey) || kind === "comparison") return null;
  if (population === "unidentifiable") throw new Error(`no variable tells whom table ${table} counts`);
  const people = filtered(respondents, population && {variable: population.variable, codes: [population.code]});
  const rows = printedSide(report, row, rowCodes);
  const columns = column === null ? null : printedSide(report, column);
  const whole = crosstab(people, sideOf(report, rows.variable), columns && sideOf(report, columns.variable), {
    missing: "exclude"
  });
  const shown = columns ?? {codes: whole.columns, groups: [whole.columns]};
  const merged = merge(whole, rows.groups, shown.groups, {rows: rows.codes, columns: shown.codes});
  return {...merged, missing: people.numRows() - merged.total};
}

/**
 * A crosstab with categories merged: row `i` of the result adds up the rows named in `rowGroups[i]`, and so for
 * columns. Categories in no group are left out.
 */
export function merge(
  {rows, columns, counts}: Crosstab,
  rowGroups: readonly (readonly string[])[],
  columnGroups: readonly (readonly string[])[],
  codes: {readonly rows: readonly string[]; readonly columns: readonly string[]}
): Crosstab {
  const places = (all: readonly string[], groups: readonly (readonly string[])[]) =>
    groups.map((group) => group.map((code) => all.indexOf(code)));
  const across = places(columns, columnGroups);
  const merged = places(rows, rowGroups).map((lines) =>
    across.map((cells) => {
      let sum = 0;
      for (const r of lines) for (const c of cells) sum += counts[r]?.[c] ?? 0;
      return sum;
    })
  );
  return withTotals(codes.rows, codes.columns, merged);
}
