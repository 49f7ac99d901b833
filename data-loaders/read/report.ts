import {type CatalogueEntry, codingFile, readCatalogue, tableFile} from "./catalogue.js";
import {type Codebook, readCodebook} from "./codebook.js";
import {type Problem, RawDataError} from "./problem.js";
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
  const report = (problem: Problem) => problems.push(problem);
  const {codebook, entries} = readCodebookAndCatalogue(files, problems);
  const selected = entries.filter(select);
  checkFiles(entries, selected, files, problems);
  // A catalogue line with problems is not there to read its table by, so what would be said of that table is noise.
  const tables = selected
    .filter((entry) => files.has(tableFile(entry.table)))
    .map((entry) => readTable(entry, codebook, files, report));
  stop(problems);
  return {codebook, tables};
}

/** Reads the codebook and the catalogue of a raw folder. Throws a RawDataError with every problem of theirs. */
export function readEntries(files: Files): {codebook: Codebook; entries: CatalogueEntry[]} {
  const problems: Problem[] = [];
  const read = readCodebookAndCatalogue(files, problems);
  stop(problems);
  return read;
}

/** Throws at problems of the codebook, without which nothing can be read; leaves those of the catalogue to the caller. */
function readCodebookAndCatalogue(files: Files, problems: Problem[]): {codebook: Codebook; entries: CatalogueEntry[]} {
  const report = (problem: Problem) => problems.push(problem);
  const file = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (!bytes) report({file: name, line: null, column: null, found: "no such file", expected: "a file of this name"});
    return bytes ?? new Uint8Array();
  };
  const [variables, categories, catalogue] = codebookFiles.map(file);
  stop(problems);
  const none = new Uint8Array();
  const codebook = readCodebook(variables ?? none, categories ?? none, report);
  stop(problems);
  return {codebook, entries: readCatalogue(catalogue ?? none, codebook, report)};
}

function stop(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new RawDataError(problems);
}

/** Every file has a line in the catalogue, and every line that is selected its files. */
function checkFiles(
  entries: readonly CatalogueEntry[],
  selected: readonly CatalogueEntry[],
  files: Files,
  problems: Problem[]
): void {
  const broken = problems.some((problem) => problem.file === "tables.csv");
  const filesOf = ({table, extras}: CatalogueEntry) => [
    tableFile(table),
    ...(extras.includes("coding") ? [codingFile(table)] : [])
  ];
  const expected = new Set([...codebookFiles, ...otherFiles, ...entries.flatMap(filesOf)]);
  for (const name of selected.flatMap(filesOf)) {
    if (files.has(name)) continue;
    problems.push({
      file: name,
      line: null,
      column: null,
      found: "no such file",
      expected: "the file of a table that tables.csv lists"
    });
  }
  for (const name of files.keys()) {
    if (expected.has(name) || broken) continue;
    problems.push({
      file: name,
      line: null,
      column: null,
      found: "a file that nothing refers to",
      expected: "a line for its table in tables.csv"
    });
  }
}
