import type {BySurvey, CodebookFile, CodebookVariable} from "../../src/tables/codebook.js";
import {ownSurvey} from "../../src/tables/labels.js";
import {about} from "../read/about.js";
import {MISSING, type Spelling, type Variable} from "../read/codebook.js";
import {readEntries} from "../read/report.js";
import {type CellValue, csvText, readCells} from "./csv.js";

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The bytes of `codebook.json`: every variable with its labels, its question, its categories and how tables spell them,
 * the tables that show it, and how many of the respondents have each answer. `files` are the respondents’ Arrow files by
 * name, `raw` the raw files.
 */
export function writeCodebookJson(files: Files, raw: Files): Uint8Array {
  const {codebook, entries} = readEntries(raw);
  const own = ownSurvey({tables: entries});
  const surveys = new Map(
    [...files].flatMap(([name, bytes]) => {
      const [, survey] = /^respondents(?:-(.+))?\.arrow$/.exec(name) ?? [null, null];
      return survey === null ? [] : [[survey ?? own, answersOf(bytes)] as const];
    })
  );
  const variables = [...codebook.values()].map((variable): CodebookVariable => {
    const counts = [...surveys].flatMap(([survey, answers]) => {
      const given = answers.get(variable.derivedFrom ?? variable.name);
      return given ? [[survey, given] as const] : [];
    });
    const bySurvey = (codes: readonly (string | null)[]): BySurvey =>
      Object.fromEntries(
        counts.map(([survey, given]) => [survey, codes.reduce((sum, code) => sum + (given.get(code) ?? 0), 0)])
      );
    const {name, derivedFrom, categories, ...texts} = variable;
    return {
      variable: name,
      ...texts,
      derivedFrom,
      categories: categories.map(({includes, ...category}) => ({
        ...category,
        includes,
        respondents: bySurvey(derivedFrom === null ? [category.code] : includes)
      })),
      missing: bySurvey([null, ...leftOut(variable, codebook.get(derivedFrom ?? ""))]),
      tables: entries.flatMap(({table, row, column}) => ([row.name, column?.name].includes(name) ? [table] : []))
    };
  });
  const file: CodebookFile = {surveys: [...surveys.keys()], variables};
  return new TextEncoder().encode(`${JSON.stringify(file, null, 1)}\n`);
}

/** Codes of the base that no category of a derived variable takes in: who has them has no answer here. */
function leftOut({categories}: Variable, base: Variable | undefined): string[] {
  const taken = new Set(categories.flatMap(({includes}) => includes));
  return base?.categories.flatMap(({code}) => (taken.has(code) ? [] : [code])) ?? [];
}

/** How many respondents have each code of each variable; null for those who have none. */
function answersOf(respondents: Uint8Array): Map<string, Map<CellValue, number>> {
  const {names, rows} = readCells(respondents);
  return new Map(
    names.map((name, i) => {
      const counts = new Map<CellValue, number>();
      for (const row of rows) counts.set(row[i] ?? null, (counts.get(row[i] ?? null) ?? 0) + 1);
      return [name, counts];
    })
  );
}

/**
 * The bytes of `codebook.csv`: a row a category, with what is known of its variable on every row, and after the
 * categories of a variable that respondents have answered a row `missing`. `files` has `codebook.json`.
 */
export function writeCodebookCsv(files: Files): Uint8Array {
  const {surveys, variables} = JSON.parse(new TextDecoder().decode(files.get("codebook.json"))) as CodebookFile;
  const rows = variables.flatMap((variable) => {
    const lines = variable.categories.map(({code, label, labelEn, spellings, includes, respondents}, i) => ({
      cells: [code, i + 1, label, labelEn, spellings.map(spelling).join(" | ") || null, includes.join(" ") || null],
      respondents
    }));
    const missing = {
      cells: [MISSING, null, about.noAnswer ?? "No answer, or not asked", "No answer, or not asked", null, null],
      respondents: variable.missing
    };
    const {kind, label, labelEn, question, questionEn, asked, askedEn, derivedFrom, tables} = variable;
    const texts = [label, labelEn, question, questionEn, asked, askedEn, derivedFrom, tables.join(" ")];
    return [...lines, ...(Object.keys(variable.missing).length > 0 ? [missing] : [])].map(
      ({cells, respondents}): CellValue[] => [
        variable.variable,
        kind,
        ...texts.map((text) => text || null),
        ...cells,
        ...surveys.map((survey) => respondents[survey] ?? null)
      ]
    );
  });
  const names = [...codebookColumns.map(([name]) => name), ...surveys.map((survey) => `respondents_${survey}`)];
  return new TextEncoder().encode(csvText(names, rows));
}

/** The report's language in English: “Norwegian”. */
const [own = ""] = (new Intl.DisplayNames("en", {type: "language"}).of(about.language) ?? about.language).split(" ");

/** The columns of `codebook.csv` before the counts of respondents: name, type, title, description. */
export const codebookColumns: readonly (readonly [string, "string" | "integer", string, string])[] = [
  ["variable", "string", "Variable", "Name of the variable, as the columns of other files have it."],
  ["kind", "string", "Kind", "Nominal or ordinal for a question; structure for what tables are built of."],
  ["label", "string", `Label in ${own}`, `What the variable is called, in ${own}.`],
  ["label_en", "string", "Label in English", "What the variable is called, in English."],
  ["question", "string", `Question in ${own}`, "What was asked, as the report prints it."],
  ["question_en", "string", "Question in English", "What was asked, translated."],
  ["asked", "string", `Who was asked, in ${own}`, "Who was asked."],
  ["asked_en", "string", "Who was asked, in English", "Who was asked."],
  ["derived_from", "string", "Merged from", "The variable whose categories this one merges; empty for the others."],
  ["tables", "string", "Tables", "Numbers of the report’s tables that show the variable, separated by spaces."],
  ["code", "string", "Code", "Code of the category; missing for those without an answer."],
  ["order", "integer", "Order", "Place of the category among those of its variable, from 1."],
  ["category", "string", `Category in ${own}`, `Label of the category, in ${own}.`],
  ["category_en", "string", "Category in English", "Label of the category, in English."],
  [
    "spellings",
    "string",
    "Spellings",
    "Every way in which tables print the category, separated by “ | ”; “@17” after one that only table 17 prints."
  ],
  ["includes", "string", "Includes", "For a category that merges others: their codes, separated by spaces."]
];

function spelling({text, table}: Spelling): string {
  return `${text || "(blank)"}${table === null ? "" : ` @${table}`}`;
}
