import {fromArrow} from "arquero";
import type {BySurvey, CodebookFile, CodebookVariable} from "../../src/tables/codebook.js";
import {type CellValue, csvText} from "../../src/tables/csv.js";
import {ownSurvey} from "../../src/tables/labels.js";
import {about} from "../read/about.js";
import {baseOf, MISSING, type Spelling} from "../read/codebook.js";
import {readEntries} from "../read/report.js";
import {type ColumnText, fileTexts, fill} from "./described.js";
import {readJson, writeJson} from "./json.js";

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The bytes of `codebook.json`: every variable with its labels, its question, its categories and how tables spell them,
 * the tables that show it, and how many of the respondents have each answer. `files` are the respondents’ Arrow files by
 * name, `raw` the raw files.
 */
export function writeCodebookJson(files: Files, raw: Files): Uint8Array {
  const {codebook, entries} = readEntries(raw);
  const own = ownSurvey({tables: entries});
  const surveys = [...files].flatMap(([name, bytes]) => {
    const [, survey = own] = /^respondents(?:-(.+))?\.arrow$/.exec(name) ?? [];
    return name.startsWith("respondents") ? [{survey, answers: fromArrow(bytes)}] : [];
  });
  const variables = [...codebook.values()].map((variable): CodebookVariable => {
    const {name, derivedFrom, categories, ...texts} = variable;
    const base = codebook.get(derivedFrom ?? "");
    const asked = surveys.filter(({answers}) => answers.columnIndex(baseOf(variable)) >= 0);
    const bySurvey = (codes: readonly (string | null)[]): BySurvey =>
      Object.fromEntries(
        asked.map(({survey, answers}) => {
          const given = Array.from(answers.array(baseOf(variable)) as ArrayLike<string | null>);
          return [survey, given.filter((code) => codes.includes(code)).length];
        })
      );
    // Codes of the base that no category of a derived variable takes in: who has them has no answer here.
    const taken = categories.flatMap(({includes}) => includes);
    const leftOut = base?.categories.map(({code}) => code).filter((code) => !taken.includes(code)) ?? [];
    return {
      variable: name,
      ...texts,
      derivedFrom,
      categories: categories.map(({includes, ...category}) => ({
        ...category,
        includes,
        respondents: bySurvey(derivedFrom === null ? [category.code] : includes)
      })),
      missing: bySurvey([null, ...leftOut]),
      tables: entries.flatMap(({table, row, column}) => ([row.name, column?.name].includes(name) ? [table] : []))
    };
  });
  return writeJson({surveys: surveys.map(({survey}) => survey), variables} satisfies CodebookFile);
}

/**
 * The bytes of `codebook.csv`: a row a category, with what is known of its variable on every row, and after the
 * categories of a variable that respondents have answered a row `missing`. `files` has `codebook.json`.
 */
export function writeCodebookCsv(files: Files): Uint8Array {
  const {surveys, variables} = readJson<CodebookFile>(files, "codebook.json");
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
  const names = codebookColumns(surveys).map(({name}) => name);
  return new TextEncoder().encode(csvText(names, rows));
}

/** The columns of `codebook.csv`, with one for each survey that counts its respondents. */
export function codebookColumns(surveys: readonly string[]): (ColumnText & {readonly name: string})[] {
  return Object.entries(fileTexts.get("codebook.csv")?.columns ?? {}).flatMap(([name, text]) =>
    (name.includes("{survey}") ? surveys : [""]).map((survey) => ({
      ...text,
      name: fill(name, {survey}),
      label: fill(text.label, {survey}),
      description: fill(text.description, {survey})
    }))
  );
}

function spelling({text, table}: Spelling): string {
  return `${text || "(blank)"}${table === null ? "" : ` @${table}`}`;
}
