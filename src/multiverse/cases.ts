import type {ColumnTable} from "arquero";
import {type Crosstab, crosstab, MISSING, type Missing, withTotals} from "../tables/crosstab.js";
import {type ReportEntries, sideOf, tableEntry, variableEntry} from "../tables/labels.js";
import {filtered, merge} from "../tables/recompute.js";
import type {TableId} from "../tables/table-id.js";
import type {Case, TestedConclusion} from "./specification.js";

/** What becomes of those who did not answer. */
const missings: readonly Missing[] = ["exclude", "category"];

/** The groups that a conclusion compares, in the order of the rows of its cases. */
export function groupsOf(report: ReportEntries, {group, table}: TestedConclusion): readonly string[] {
  if (group === "survey") return sideOf(report, group).codes;
  const entry = tableEntry(report, table);
  const {codes} = sideOf(report, group);
  return entry.row === group ? codes.filter((code) => entry.rowCodes.includes(code)) : codes;
}

/**
 * The crosstabs of a conclusion, one for each way to read the answer and to treat those who did not answer, from
 * respondents: a row a group, a column a category. Those without a group are left out.
 *
 * A case is determined when the printed table fixes its counts: those without an answer are left out (or the table is a
 * frequency table, which prints them), and every category is made of whole printed ones. `earlier` are the respondents
 * of the survey before, for conclusions that compare two.
 */
export function casesOf(
  report: ReportEntries,
  respondents: ColumnTable,
  earlier: ColumnTable,
  conclusion: TestedConclusion
): Case[] {
  const {group, outcome, recodes, table, notAllAsked} = conclusion;
  const {population} = tableEntry(report, table);
  const known = population === "unidentifiable" ? null : population;
  const people = filtered(respondents, known && {variable: known.variable, codes: [known.code]});
  const rows = groupsOf(report, conclusion);
  const printed = printedGroups(report, table, outcome);
  const answer = sideOf(report, outcome);
  const crossed = (missing: Missing): Crosstab => {
    if (group !== "survey") return crosstab(people, sideOf(report, group), answer, {missing});
    const surveys = rows.map((row) => crosstab(row === rows[0] ? earlier : people, answer, null, {missing}));
    const totals = surveys.map(({rowTotals}) => rowTotals);
    return withTotals(rows, surveys[0]?.rows ?? [], totals);
  };
  return (notAllAsked ? missings.slice(0, 1) : missings).flatMap((missing) => {
    const whole = crossed(missing);
    return recodes.flatMap((recode): Case[] => {
      const columns = missing === "category" ? [...recode.groups, [MISSING]] : recode.groups;
      const codes = {rows, columns: columns.map((group) => group.join("."))};
      const {counts} = merge(
        whole,
        rows.map((row) => [row]),
        columns,
        codes
      );
      // Where all answered, leaving out and counting those who did not is one and the same.
      if (missing === "category" && counts.every((row) => row.at(-1) === 0)) return [];
      const isWhole = printed.every((codes) =>
        recode.groups.some((merged) => codes.every((code) => merged.includes(code)))
      );
      return [{recode, missing, counts, determined: isWhole && (missing === "exclude" || group === "survey")}];
    });
  });
}

/** The codes of the answer that each printed category stands for. */
function printedGroups(report: ReportEntries, table: TableId, outcome: string): readonly (readonly string[])[] {
  const entry = tableEntry(report, table);
  const shown = [entry.row, entry.column]
    .filter((name) => name !== null)
    .map((name) => variableEntry(report, name))
    .find((variable) => variable.variable === outcome || variable.derivedFrom === outcome);
  if (!shown) throw new Error(`table ${table} does not show ${outcome}`);
  return shown.categories.map(({code, includes}) => (shown.derivedFrom === null ? [code] : includes));
}
