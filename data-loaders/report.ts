import {type CatalogueEntry, codingFile, readCatalogue, tableFile} from "./catalogue.js";
import {type Codebook, readCodebook} from "./codebook.js";
import {type Problem, RawDataError} from "./problem.js";
import {type PrintedTable, readTable} from "./table.js";

/** A report as data: its codebook and its printed tables in the catalogue's order. */
export interface Report {
  readonly codebook: Codebook;
  readonly tables: readonly PrintedTable[];
}

/** Files of the raw folder that later loaders read; their presence is no problem here. */
const otherFiles = ["claims.csv", "errata.csv"];

/**
 * Reads a whole raw folder, given as its files' bytes by name.
 *
 * Throws a RawDataError with every problem that can be told: all of the codebook's, or, when that is sound, all of the
 * catalogue's and of the tables that sound lines of the catalogue describe. (Held against a wrong codebook, or a wrong
 * line, the best of tables looks wrong.)
 */
export function readReport(files: ReadonlyMap<string, Uint8Array>): Report {
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const stop = () => {
    if (problems.length > 0) throw new RawDataError(problems);
  };
  const file = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (!bytes) report({file: name, line: null, column: null, found: "no such file", expected: "a file of this name"});
    return bytes ?? new Uint8Array();
  };

  const [variables, categories, catalogue] = [file("variables.csv"), file("categories.csv"), file("tables.csv")];
  stop();
  const codebook = readCodebook(variables, categories, report);
  stop();
  const entries = readCatalogue(catalogue, codebook, report);
  checkFiles(entries, files, problems);
  // A catalogue line with problems is not there to read its table by, so what would be said of that table is noise.
  const tables = entries
    .filter((entry) => files.has(tableFile(entry.table)))
    .map((entry) => readTable(entry, codebook, files, report));
  stop();
  return {codebook, tables};
}

/** Every file has a line in the catalogue, and every line its files. */
function checkFiles(
  entries: readonly CatalogueEntry[],
  files: ReadonlyMap<string, Uint8Array>,
  problems: Problem[]
): void {
  const broken = problems.some((problem) => problem.file === "tables.csv");
  const expected = new Set(["variables.csv", "categories.csv", "tables.csv", ...otherFiles]);
  for (const {table, extras} of entries) {
    expected.add(tableFile(table));
    if (extras.includes("coding")) expected.add(codingFile(table));
  }
  for (const name of expected) {
    if (files.has(name) || otherFiles.includes(name)) continue;
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
