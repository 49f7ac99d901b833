import {compareTables, readTableId, type TableId, tableNumber} from "../../src/tables/table-id.js";
import type {Codebook, Variable} from "./codebook.js";
import {type Measure, measures} from "./number.js";
import {oneOf, type Problem, quote} from "./problem.js";
import {type Cell, readRecords} from "./sheet.js";

/** How a table is laid out in its raw file; `table.ts` has a reader for each. */
export const kinds = ["crosstab", "comparison", "frequency", "regression", "chart"] as const;
export type Kind = (typeof kinds)[number];

/** A line of `tables.csv`: what a table is about and how it is printed. */
export interface CatalogueEntry {
  /** The number in the report. */
  readonly table: TableId;
  /** The year or years of the survey. */
  readonly survey: readonly string[];
  readonly kind: Kind;
  readonly title: string;
  readonly titleEn: string;
  readonly row: Variable;
  readonly column: Variable | null;
  /** The codes of the row variable that the table shows, in the codebook's order. */
  readonly rowCodes: readonly string[];
  /** What the lines of a row group hold (crosstab), or the columns (other kinds), in print order. */
  readonly measures: readonly Measure[];
  /** Which way the percents add up to 100: along the row or down the column. Null where there are none. */
  readonly percentOf: "row" | "column" | null;
  /** The lines below the categories, in print order: `total` and `missing`; for a regression its fit figures. */
  readonly summary: readonly string[];
  /** `p`, `statistic`: a P value, a test's statistic stand below the table. `coding`: a second file holds its notes. */
  readonly extras: readonly ("p" | "statistic" | "coding" | "pasted")[];
  /** `pasted` among the extras: a crosstab has the categories and totals that are there, numbers are of any form. */
  readonly pasted: boolean;
  /** `numbers=7` among the extras: how many numbers the table prints, where its layout cannot tell if one is gone. */
  readonly numbers: number | null;
  /** Who is counted: a code of a variable, everybody (null), or a group that no variable identifies. */
  readonly population: {readonly variable: string; readonly code: string} | "unidentifiable" | null;
  readonly asked: string;
  readonly askedEn: string;
  /** The heading of the report under which the table stands. */
  readonly section: string;
  /** The surveys whose respondents the counts constrain; if not all that the table shows, `useNote` says why. */
  readonly use: readonly string[];
  readonly useNote: string;
}

const columns = [
  "table",
  "survey",
  "kind",
  "title",
  "title_en",
  "row_variable",
  "column_variable",
  "row_categories",
  "measures",
  "percent_of",
  "summary",
  "extras",
  "population",
  "asked",
  "asked_en",
  "section",
  "use",
  "use_note"
] as const;
type Row = Record<(typeof columns)[number], Cell>;

/** The raw file of a table, such as `table-07.csv`. */
export function tableFile(table: TableId): string {
  return `table-${String(table).replace(/^\d(?!\d)/, "0$&")}.csv`;
}

/** The raw file of a table's coding notes, such as `table-28-coding.csv`. */
export function codingFile(table: TableId): string {
  return tableFile(table).replace(/\.csv$/, "-coding.csv");
}

/** Reads `tables.csv`. Lines with problems are reported and left out. */
export function readCatalogue(
  bytes: Uint8Array,
  codebook: Codebook,
  report: (problem: Problem) => void
): CatalogueEntry[] {
  const entries: CatalogueEntry[] = [];
  const rows = readRecords(bytes, columns, (problem) => report({file: "tables.csv", ...problem})) ?? [];
  for (const row of rows) {
    let sound = true;
    const refuse = ({text, line, column}: Cell, expected: string) => {
      sound = false;
      report({file: "tables.csv", line, column, found: quote(text), expected});
    };
    const entry = readEntry(row, codebook, refuse);
    if (entries.some((e) => e.table === entry?.table)) refuse(row.table, "each table once");
    else if (entry && compareTables(entry.table, entries.at(-1)?.table ?? 0) < 0)
      refuse(row.table, "tables in the order of their numbers");
    if (sound && entry) entries.push(entry);
  }
  return entries;
}

function readEntry(
  row: Row,
  codebook: Codebook,
  refuse: (cell: Cell, expected: string) => void
): CatalogueEntry | null {
  const pick = <T extends string>(cell: Cell, choices: readonly T[]): T | undefined => {
    const choice = choices.find((c) => c === cell.text);
    if (choice === undefined) refuse(cell, oneOf(choices));
    return choice;
  };
  const list = <T extends string>(cell: Cell, choices: readonly T[], given = words(cell)): T[] => {
    const chosen = given.flatMap((word) => choices.find((c) => c === word) ?? []);
    if (chosen.length < given.length)
      refuse(cell, `words out of ${choices.join(", ")}${cell === row.extras ? ", numbers=7" : ""}`);
    return chosen;
  };
  const variable = (cell: Cell): Variable | undefined => {
    const found = codebook.get(cell.text);
    if (!found) refuse(cell, "a variable that the codebook has");
    return found;
  };

  if (!tableNumber.test(row.table.text)) refuse(row.table, "the number of a table");
  const surveys = codebook.get("survey")?.categories.map((c) => c.code) ?? [];
  const survey = words(row.survey);
  if (survey.length === 0 || survey.some((year) => !surveys.includes(year))) {
    refuse(row.survey, `surveys that the codebook has: ${surveys.join(", ")}`);
  }
  const kind = pick(row.kind, kinds);
  for (const cell of [row.title, row.title_en, row.asked, row.asked_en, row.section])
    if (!cell.text) refuse(cell, "text");
  const rowVariable = variable(row.row_variable);
  const needsColumn = kind === "crosstab" || kind === "comparison";
  const columnVariable = needsColumn || row.column_variable.text ? variable(row.column_variable) : null;
  if (row.column_variable.text && (kind === "frequency" || kind === "regression")) {
    refuse(row.column_variable, `nothing: a ${kind} has no column variable`);
  }
  const codes = rowVariable?.categories.map((c) => c.code) ?? [];
  const chosen = rowVariable ? list(row.row_categories, codes) : [];
  if (chosen.some((code, i) => i > 0 && codes.indexOf(code) <= codes.indexOf(chosen[i - 1] ?? ""))) {
    refuse(row.row_categories, "codes in the codebook’s order, each once");
  }
  const shown = list(row.measures, measures);
  if (shown.length === 0) refuse(row.measures, "at least one measure");
  if (new Set(shown).size < shown.length) refuse(row.measures, "each measure once");
  const named = codebook.get("measure")?.categories.map((c) => c.code) ?? [];
  for (const measure of shown) {
    if (!named.includes(measure)) refuse(row.measures, `a line “measure,${measure},…” in categories.csv`);
  }
  const sumLines = kind === "regression" ? measures : (["total", "missing"] as const);
  const summary = kind ? list(row.summary, sumLines) : [];
  const sums = kind === "crosstab" || kind === "comparison" ? ["total"] : null;
  const pasted = words(row.extras).includes("pasted");
  if (sums && !(pasted && kind === "crosstab") && summary.join(" ") !== sums.join(" ")) refuse(row.summary, "“total”");
  const hasPercents = shown.includes("percent");
  if (row.percent_of.text || hasPercents) pick(row.percent_of, ["row", "column"]);
  const numbers = /(?:^| )numbers=(\d+)$/.exec(row.extras.text);
  const extras = list(
    row.extras,
    ["p", "statistic", "coding", "pasted"] as const,
    words(row.extras).filter((word) => word !== numbers?.[0].trim())
  );
  const tested = extras.includes("p") || extras.includes("statistic");
  if (kind && tested && kind !== "crosstab") refuse(row.extras, "a test only below a crosstab");
  if (kind && extras.includes("coding") && kind !== "regression") {
    refuse(row.extras, "coding notes only below a regression");
  }
  const use = row.use.text === "no" ? [] : row.use.text === "yes" ? survey : list(row.use, survey);
  if (row.use.text === "") refuse(row.use, "“yes”, “no”, or the surveys of the table that may be used");
  else if (use.length < survey.length && !row.use_note.text) refuse(row.use_note, "the reason why not all can be used");
  if (use.length > 0 && (kind === "regression" || kind === "chart")) refuse(row.use, "“no” for a table of this kind");
  const population = readPopulation(row.population, codebook, refuse);
  if (population === "unidentifiable" && use.length > 0) refuse(row.use, "“no” for an unidentifiable group");
  if (!kind || !rowVariable || columnVariable === undefined) return null;

  return {
    table: readTableId(row.table.text),
    survey,
    kind,
    title: row.title.text,
    titleEn: row.title_en.text,
    row: rowVariable,
    column: columnVariable,
    rowCodes: chosen.length > 0 ? chosen : codes,
    measures: shown,
    percentOf: row.percent_of.text === "row" ? "row" : row.percent_of.text === "column" ? "column" : null,
    summary,
    extras,
    pasted,
    numbers: numbers ? Number(numbers[1]) : null,
    population,
    asked: row.asked.text,
    askedEn: row.asked_en.text,
    section: row.section.text,
    use,
    useNote: row.use_note.text
  };
}

function readPopulation(
  cell: Cell,
  codebook: Codebook,
  refuse: (cell: Cell, expected: string) => void
): CatalogueEntry["population"] {
  if (cell.text === "") return null;
  if (cell.text === "unidentifiable") return "unidentifiable";
  const [name = "", code = "", ...rest] = cell.text.split("=");
  const known = codebook.get(name)?.categories.some((c) => c.code === code);
  if (!known || rest.length > 0) refuse(cell, "“variable=code” of the codebook, “unidentifiable”, or nothing");
  return {variable: name, code};
}

function words(cell: Cell): string[] {
  return cell.text === "" ? [] : cell.text.split(" ");
}
