import type {TableEntry} from "../../src/tables/labels.js";
import {compareTables, readTableId, type TableId, tableNumber} from "../../src/tables/table-id.js";
import {type Codebook, MISSING, TOTAL, type Variable} from "./codebook.js";
import {type Measure, measures} from "./number.js";
import type {Complain} from "./problem.js";
import {type Names, type Row, readRecords} from "./sheet.js";

/** How a table is laid out in its raw file; `table.ts` has a reader for each. */
const kinds = ["crosstab", "comparison", "frequency", "regression", "chart"] as const;

const extraWords = ["p", "coding", "pasted", "weighted", "level=90", "level=99"] as const;

/** A line of `tables.csv`: what a table is about and how it is printed. */
export interface CatalogueEntry extends Omit<TableEntry, "row" | "column" | "file" | "errata" | "errataIn"> {
  readonly row: Variable;
  readonly column: Variable | null;
  /** What the lines of a row group hold (crosstab), or the columns (other kinds), in print order. */
  readonly measures: readonly Measure[];
  /** The lines below the categories, in print order: `total` and `missing`; for a regression its fit figures. */
  readonly summary: readonly string[];
  /** `p`: a P value stands below the table. `coding`: a second file holds its notes. `weighted`: counts are weighted. `level=99`: so are its intervals. */
  readonly extras: readonly (typeof extraWords)[number][];
  /** `pasted` among the extras: the table has the categories and totals that are there, numbers are of any form. */
  readonly pasted: boolean;
  /** `numbers=7` among the extras: how many numbers the table prints, where its layout cannot tell if one is gone. */
  readonly numbers: number | null;
}

const header =
  "table,survey,kind,title,title_en,row_variable,column_variable,row_categories,measures,percent_of,summary,extras,population,asked,asked_en,section,use,use_note";
type Column = Names<typeof header>;

/** The raw file of a table, such as `table-07.csv`. */
export function tableFile(table: TableId): string {
  return `table-${String(table).replace(/^\d(?!\d)/, "0$&")}.csv`;
}

/** The raw file of a table's coding notes, such as `table-28-coding.csv`. */
export function codingFile(table: TableId): string {
  return tableFile(table).replace(/\.csv$/, "-coding.csv");
}

/** The raw files of a table: that of its numbers, and of its coding notes if it has some. */
export function filesOf({table, extras}: CatalogueEntry): string[] {
  return extras.includes("coding") ? [tableFile(table), codingFile(table)] : [tableFile(table)];
}

/** Reads `tables.csv`. Lines with problems are reported and left out. */
export function readCatalogue(bytes: Uint8Array, codebook: Codebook, complain: Complain): CatalogueEntry[] {
  const entries: CatalogueEntry[] = [];
  for (const row of readRecords("tables.csv", bytes, header, complain) ?? []) {
    const entry = readEntry(row, codebook);
    if (entries.some((e) => e.table === entry?.table)) row.refuse("table", "each table once");
    else if (entry && compareTables(entry.table, entries.at(-1)?.table ?? 0) < 0)
      row.refuse("table", "tables in the order of their numbers");
    if (row.sound && entry) entries.push(entry);
  }
  return entries;
}

function readEntry(row: Row<Column>, codebook: Codebook): CatalogueEntry | null {
  const {texts} = row;
  const list = <T extends string>(name: Column, choices: readonly T[], given = row.words(name), more = ""): T[] => {
    const chosen = given.flatMap((word) => choices.find((c) => c === word) ?? []);
    if (chosen.length < given.length) row.refuse(name, `words out of ${choices.join(", ")}${more}`);
    return chosen;
  };
  const variable = (name: Column): Variable | undefined => {
    const found = codebook.get(texts[name]);
    if (!found) row.refuse(name, "a variable that the codebook has");
    return found;
  };
  const codesOf = (name: string) => codebook.get(name)?.categories.map(({code}) => code) ?? [];

  if (!tableNumber.test(texts.table)) row.refuse("table", "the number of a table");
  const surveys = codesOf("survey");
  const survey = row.words("survey");
  if (survey.length === 0 || survey.some((year) => !surveys.includes(year))) {
    row.refuse("survey", `surveys that the codebook has: ${surveys.join(", ")}`);
  }
  const kind = row.pick("kind", kinds);
  row.require(["title", "title_en", "asked", "asked_en", "section"]);
  const isCrossed = kind === "crosstab" || kind === "comparison";
  const rowVariable = variable("row_variable");
  const columnVariable = isCrossed || texts.column_variable ? variable("column_variable") : null;
  if (texts.column_variable && (kind === "frequency" || kind === "regression")) {
    row.refuse("column_variable", `nothing: a ${kind} has no column variable`);
  }
  const codes = codesOf(rowVariable?.name ?? "");
  const chosen = rowVariable ? list("row_categories", codes) : [];
  if (chosen.some((code, i) => i > 0 && codes.indexOf(code) <= codes.indexOf(chosen[i - 1] ?? ""))) {
    row.refuse("row_categories", "codes in the codebook’s order, each once");
  }
  const shown = list("measures", measures);
  if (shown.length === 0) row.refuse("measures", "at least one measure");
  if (new Set(shown).size < shown.length) row.refuse("measures", "each measure once");
  const pasted = row.words("extras").includes("pasted");
  for (const measure of shown) {
    if (!pasted && !codesOf("measure").includes(measure))
      row.refuse("measures", `a line “measure,${measure},…” in categories.csv`);
  }
  const summary = kind ? list("summary", kind === "regression" ? measures : [TOTAL, MISSING]) : [];
  if (isCrossed && !(pasted && kind === "crosstab") && summary.join(" ") !== TOTAL) row.refuse("summary", "“total”");
  const isPercent = texts.percent_of !== "" || shown.includes("percent");
  const percentOf = isPercent ? row.pick("percent_of", ["row", "column"] as const) : null;
  const [, numbers] = /(?:^| )numbers=(\d+)$/.exec(texts.extras) ?? [];
  const words = row.words("extras").filter((word) => word !== `numbers=${numbers}`);
  const extras = list("extras", extraWords, words, ", numbers=7");
  if (kind && extras.includes("p") && kind !== "crosstab") row.refuse("extras", "a test only below a crosstab");
  if (kind && extras.includes("coding") && kind !== "regression") {
    row.refuse("extras", "coding notes only below a regression");
  }
  const use = texts.use === "no" ? [] : texts.use === "yes" ? survey : list("use", survey);
  if (texts.use === "") row.refuse("use", "“yes”, “no”, or the surveys of the table that may be used");
  else if (use.length < survey.length) row.require(["use_note"], "the reason why not all can be used");
  if (use.length > 0 && (kind === "regression" || kind === "chart")) row.refuse("use", "“no” for a table of this kind");
  const population = readPopulation(row, codesOf);
  if (population === "unidentifiable" && use.length > 0) row.refuse("use", "“no” for an unidentifiable group");
  if (!kind || !rowVariable || columnVariable === undefined) return null;
  return {
    table: readTableId(texts.table),
    survey,
    kind,
    title: texts.title,
    titleEn: texts.title_en,
    row: rowVariable,
    column: columnVariable,
    rowCodes: chosen.length > 0 ? chosen : codes,
    measures: shown,
    percentOf: percentOf ?? null,
    summary,
    extras,
    pasted,
    numbers: numbers ? Number(numbers) : null,
    population,
    asked: texts.asked,
    askedEn: texts.asked_en,
    section: texts.section,
    use,
    useNote: texts.use_note
  };
}

function readPopulation(row: Row<Column>, codesOf: (name: string) => string[]): CatalogueEntry["population"] {
  const text = row.texts.population;
  if (text === "" || text === "unidentifiable") return text || null;
  const [variable = "", code = "", ...rest] = text.split("=");
  if (!codesOf(variable).includes(code) || rest.length > 0) {
    row.refuse("population", "“variable=code” of the codebook, “unidentifiable”, or nothing");
  }
  return {variable, code};
}
