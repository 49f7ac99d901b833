import {derived, type Origin} from "../make/derived.js";
import {about} from "../read/about.js";
import {TOTAL} from "../read/codebook.js";
import {type CountTable, countTables, countVariables, EVERYBODY} from "../read/counts.js";
import {quote, refuseFile, stopAt} from "../read/problem.js";
import type {Report} from "../read/report.js";
import type {SurveyCounts} from "../reconstruction/constraints.js";
import {type Reconstruction, reconstruct} from "../reconstruction/respondents.js";
import type {Column} from "./arrow.js";
import {writeDescribed} from "./described.js";

/** The seed of the respondents that are published. Any other gives another data set that prints the same tables. */
export const publishedSeed = 2010;

/** The surveys whose respondents some tables constrain, in the order of the tables. */
export function usableSurveys({tables}: Report): string[] {
  return [...new Set(tables.flatMap(({entry}) => entry.use))];
}

/**
 * The counts that a survey's respondents must have. How many they are, a table of everybody says, or `about.json`; else
 * they are as many as the largest table counts. Throws a RawDataError when tables of everybody differ, or nobody is
 * counted.
 */
export function surveyCounts(report: Report, survey: string): SurveyCounts {
  const tables = countTables(report, survey);
  const all = tables
    .filter((table) => table.population.length === 0)
    .flatMap((table) => table.cells.filter((cell) => cell.row === EVERYBODY));
  const n = all[0]?.count ?? about.respondents?.[survey] ?? Math.max(0, ...tables.map(countedBy));
  if (n === 0 || all.some(({count}) => count !== n)) {
    const expected = `one number of all respondents of ${survey}, the same in every table that counts everybody`;
    stopAt(all.map(({count, place}) => ({...place, found: quote(String(count)), expected})));
    refuseFile("tables.csv", "no table that counts anybody", expected);
  }
  return {variables: countVariables(report, survey), tables, n};
}

/** How many a table of everybody counts: its grand total, or the sum of its cells; none for a table of some. */
function countedBy({cells, population}: CountTable): number {
  if (population.length > 0) return 0;
  const isTotal = ({row, column}: CountTable["cells"][number]) => row === TOTAL || column === TOTAL;
  const grand = cells.find(({row, column}) => row === TOTAL && (column === TOTAL || column === null));
  return grand?.count ?? cells.filter((cell) => !isTotal(cell)).reduce((sum, {count}) => sum + count, 0);
}

/** The respondents of a survey, which take long: each answer as its place in the variable's codes, −1 for none. */
export function surveyRespondents(report: Report, survey: string) {
  const input = {...surveyCounts(report, survey), seed: publishedSeed};
  const make = async () => {
    const made = await reconstruct(input);
    const places = (name: string, codes: readonly (string | null)[]) =>
      made.columns[name]?.map((code) => codes.indexOf(code));
    return {columns: input.variables.map(({name, codes}) => places(name, codes) ?? null), report: made.report};
  };
  return {name: `respondents-${survey}`, origin: originOf(input), make};
}

/** Respondents whose crosstabs are the survey's printed tables, with an account of how near they are to the fit. */
export async function reconstructSurvey(report: Report, survey: string): Promise<Reconstruction> {
  const made = await derived(surveyRespondents(report, survey));
  const columns = surveyCounts(report, survey).variables.flatMap(({name, codes}, i) => {
    const places = made.columns[i];
    return places ? [[name, places.map((place) => codes[place] ?? null)] as const] : [];
  });
  return {columns: Object.fromEntries(columns), report: made.report};
}

/** The bytes of `respondents.arrow` (or its sister of another survey): a row a respondent, a column a variable. */
export async function writeRespondents(
  report: Report,
  survey: string,
  files: ReadonlyMap<string, Uint8Array>
): Promise<Uint8Array> {
  if (!usableSurveys(report).includes(survey)) {
    return writeDescribed("no-respondents.arrow", [], files, {survey});
  }
  const {columns} = await reconstructSurvey(report, survey);
  const {variables, tables, n} = surveyCounts(report, survey);
  const arrowColumns = variables.map(({name, codes}): Column => {
    const variable = report.codebook.get(name);
    const shown = tables.filter((table) => [table.row.variable, table.column?.variable].includes(name));
    return {
      name,
      type: "category",
      codes,
      values: columns[name] ?? [],
      label: variable?.labelEn ?? name,
      description: variable?.questionEn || `${variable?.labelEn} of the respondent.`,
      metadata: {
        label_no: variable?.label ?? "",
        question_no: variable?.question ?? "",
        asked: variable?.askedEn ?? "",
        null_means: "no answer, or not asked",
        tables: shown.map((table) => table.table).join(" "),
        labels: JSON.stringify(variable?.categories.map((c) => c.labelEn)),
        labels_no: JSON.stringify(variable?.categories.map((c) => c.label))
      }
    };
  });
  const words = {survey, n, tables: tables.map((table) => table.table).join(", ")};
  return writeDescribed("respondents.arrow", arrowColumns, files, words);
}

/** The modules that reconstruct respondents. */
export const reconstructionCode: readonly string[] = ["data-loaders/reconstruction/respondents.ts"];

/** What a reconstruction depends on, for {@link derived}; `code` names the modules, where it is something else. */
export function originOf(
  {tables, ...rest}: SurveyCounts & {readonly seed?: number},
  code: readonly string[] = reconstructionCode
): Origin {
  const side = (s: CountTable["row"]) => [s.variable, [...s.groups]];
  // Places are left out: that a line has moved changes nothing.
  const counts = tables.map((t) => ({
    table: t.table,
    row: side(t.row),
    column: t.column && side(t.column),
    population: t.population,
    cells: t.cells.map((c) => [c.row, c.column, c.count])
  }));
  return {inputs: {...rest, counts}, code};
}
