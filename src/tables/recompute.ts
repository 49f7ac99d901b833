import type {ColumnTable} from "arquero";
import {type Crosstab, crosstab, type Side, withTotals} from "./crosstab.js";
import {ownSurvey, type ReportEntries, type TableEntry, tableEntry, variableEntry} from "./labels.js";
import type {TableId} from "./table-id.js";

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
  const entry = tableEntry(report, table);
  if (!entry.use.includes(survey) || entry.kind === "comparison") return null;
  const people = selectPopulation(respondents, entry);
  const [row, column] = [entry.row, entry.column].map((name) => (name === null ? null : groupedSide(report, name)));
  if (!row) return null;
  const whole = crosstab(people, row.side, column?.side ?? null, {missing: "exclude"});
  const merged = merge(whole, row.groups, column?.groups ?? [[...whole.columns]], {
    rows: row.codes,
    columns: column?.codes ?? whole.columns
  });
  const shown = merged.rows.map((code) => entry.rowCodes.includes(code));
  const kept = withTotals(
    merged.rows.filter((_, r) => shown[r]),
    merged.columns,
    merged.counts.filter((_, r) => shown[r])
  );
  return {...kept, missing: people.numRows() - kept.total};
}

function selectPopulation(respondents: ColumnTable, {population, table}: TableEntry): ColumnTable {
  if (population === null) return respondents;
  if (population === "unidentifiable") throw new Error(`no variable tells whom table ${table} counts`);
  const {variable, code} = population;
  const codes = respondents.array(variable) as ArrayLike<string | null>;
  const keep = Array.from(codes, (value, index) => (value === code ? index : -1)).filter((index) => index >= 0);
  return respondents.reify(keep);
}

/** A variable's side of a crosstab of its base variable, and which base categories each of its own merges. */
function groupedSide(
  report: ReportEntries,
  name: string
): {readonly side: Side; readonly codes: readonly string[]; readonly groups: readonly (readonly string[])[]} {
  const variable = variableEntry(report, name);
  const base = variable.derivedFrom === null ? variable : variableEntry(report, variable.derivedFrom);
  return {
    side: {variable: base.variable, codes: base.categories.map((c) => c.code)},
    codes: variable.categories.map((c) => c.code),
    groups: variable.categories.map((c) => (variable.derivedFrom === null ? [c.code] : c.includes))
  };
}

/**
 * A crosstab with categories merged: row `i` of the result adds up the rows named in `rowGroups[i]`, and so for
 * columns. Categories in no group are left out.
 */
export function merge(
  table: Crosstab,
  rowGroups: readonly (readonly string[])[],
  columnGroups: readonly (readonly string[])[],
  codes: {readonly rows: readonly string[]; readonly columns: readonly string[]}
): Crosstab {
  const counts = rowGroups.map((rows) =>
    columnGroups.map((columns) => {
      let sum = 0;
      for (const row of rows) {
        for (const column of columns)
          sum += table.counts[table.rows.indexOf(row)]?.[table.columns.indexOf(column)] ?? 0;
      }
      return sum;
    })
  );
  return withTotals(codes.rows, codes.columns, counts);
}
