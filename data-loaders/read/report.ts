import {type CatalogueEntry, filesOf, readCatalogue, tableFile} from "./catalogue.js";
import {type Codebook, readCodebook} from "./codebook.js";
import {type Problem, reportIn, stopAt} from "./problem.js";
import {type PrintedTable, readTable} from "./table.js";

/** A report as data: its codebook and its printed tables in the catalogue's order. */
export interface Report {
  readonly codebook: Codebook;
  readonly tables: readonly PrintedTable[];
}

/** The files that say how to read all others. */
export const codebookFiles: readonly string[] = ["variables.csv", "categories.csv", "tables.csv"];

/** Files of the raw folder that later loaders read; their presence is no problem here. */
export const otherFiles: readonly string[] = ["claims.csv", "errata.csv"];

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Reads a whole raw folder, given as its files' bytes by name, or those of its tables that are selected.
 *
 * Throws a RawDataError with every problem that can be told: all of the codebook's, or, when that is sound, all of the
 * catalogue's and of the tables that sound lines of the catalogue describe. (Held against a wrong codebook, or a wrong
 * line, the best of tables looks wrong.)
 */
export function readReport(files: Files, select: (entry: CatalogueEntry) => boolean = () => true): Report {
  const problems: Problem[] = [];
  const {codebook, entries} = readCodebookAndCatalogue(files, problems);
  const selected = entries.filter(select);
  checkFiles(entries, selected, files, problems);
  // A catalogue line with problems is not there to read its table by, so what would be said of that table is noise.
  const tables = selected
    .filter((entry) => files.has(tableFile(entry.table)))
    .map((entry) => readTable(entry, codebook, files, (problem) => problems.push(problem)));
  stopAt(problems);
  return {codebook, tables};
}

/** Reads the codebook and the catalogue of a raw folder. Throws a RawDataError with every problem of theirs. */
export function readEntries(files: Files): {codebook: Codebook; entries: CatalogueEntry[]} {
  const problems: Problem[] = [];
  const read = readCodebookAndCatalogue(files, problems);
  stopAt(problems);
  return read;
}

/** Throws at problems of the codebook, without which nothing can be read; leaves those of the catalogue to the caller. */
function readCodebookAndCatalogue(files: Files, problems: Problem[]): {codebook: Codebook; entries: CatalogueEntry[]} {
  const complain = (problem: Problem) => problems.push(problem);
  const [variables, categories, catalogue] = codebookFiles.map((name) => {
    if (!files.has(name)) reportIn(name, complain)(null, "no such file", "a file of this name");
    return files.get(name) ?? new Uint8Array();
  }) as [Uint8Array, Uint8Array, Uint8Array];
  stopAt(problems);
  const codebook = readCodebook(variables, categories, complain);
  stopAt(problems);
  return {codebook, entries: readCatalogue(catalogue, codebook, complain)};
}

/** Every file has a line in the catalogue, and every line that is selected its files. */
function checkFiles(
  entries: readonly CatalogueEntry[],
  selected: readonly CatalogueEntry[],
  files: Files,
  problems: Problem[]
): void {
  const report = (file: string, found: string, expected: string) =>
    problems.push({file, line: null, column: null, found, expected});
  const broken = problems.some((problem) => problem.file === "tables.csv");
  for (const name of selected.flatMap(filesOf)) {
    if (!files.has(name)) report(name, "no such file", "the file of a table that tables.csv lists");
  }
  const known = new Set([...codebookFiles, ...otherFiles, ...entries.flatMap(filesOf)]);
  for (const name of broken ? [] : files.keys()) {
    if (!known.has(name)) report(name, "a file that nothing refers to", "a line for its table in tables.csv");
  }
}
