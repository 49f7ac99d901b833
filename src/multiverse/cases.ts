import type {ColumnTable} from "arquero";
import {crosstab, MISSING, type Missing} from "../tables/crosstab.js";
import {type ReportEntries, sideOf, tableEntry, variableEntry} from "../tables/labels.js";
import type {TableId} from "../tables/table-id.js";
import {type Case, missings, type Recode, type TestedConclusion} from "./specification.js";

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
  const entry = tableEntry(report, table);
  const people = populationOf(respondents, entry.population);
  const rows = groupsOf(report, conclusion);
  const printed = printedGroups(report, table, outcome);
  return missings.flatMap((missing) => {
    if (missing === "category" && notAllAsked) return [];
    const count = (from: ColumnTable, by: string | null) =>
      by === null
        ? crosstab(from, sideOf(report, outcome), null, {missing})
        : crosstab(from, sideOf(report, by), sideOf(report, outcome), {missing});
    const line: (row: string) => (code: string) => number =
      group === "survey"
        ? (row) => {
            const counted = count(row === rows[0] ? earlier : people, null);
            return (code) => counted.rowTotals[counted.rows.indexOf(code)] ?? 0;
          }
        : (() => {
            const counted = count(people, group);
            return (row) => (code) => counted.counts[counted.rows.indexOf(row)]?.[counted.columns.indexOf(code)] ?? 0;
          })();
    return recodes.flatMap((recode): Case[] => {
      const columns = columnsOf(recode, missing);
      const counts = rows.map((row) => {
        const at = line(row);
        return columns.map((codes) => codes.reduce((sum, code) => sum + at(code), 0));
      });
      // Where all answered, leaving out and counting those who did not is one and the same.
      if (missing === "category" && counts.every((row) => row.at(-1) === 0)) return [];
      const whole = printed.every((codes) =>
        recode.groups.some((merged) => codes.every((code) => merged.includes(code)))
      );
      return [{recode, missing, counts, determined: whole && (missing === "exclude" || group === "survey")}];
    });
  });
}

function columnsOf(recode: Recode, missing: Missing): readonly (readonly string[])[] {
  return missing === "category" ? [...recode.groups, [MISSING]] : recode.groups;
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

function populationOf(respondents: ColumnTable, population: ReturnType<typeof tableEntry>["population"]): ColumnTable {
  if (population === null || population === "unidentifiable") return respondents;
  const codes = respondents.array(population.variable) as ArrayLike<string | null>;
  const keep = Array.from(codes, (code, index) => (code === population.code ? index : -1)).filter(
    (index) => index >= 0
  );
  return respondents.reify(keep);
}
