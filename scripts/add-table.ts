import {existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline/promises";
import {parseArgs} from "node:util";
import {parse} from "csv-parse/sync";
import {checkOneTable} from "../data-loaders/checks/one-table.js";
import {tableFile} from "../data-loaders/read/catalogue.js";
import {frameOf} from "../data-loaders/read/frame.js";
import {formatProblems, quote, RawDataError} from "../data-loaders/read/problem.js";
import {rawFolder, readRawFolder} from "../data-loaders/read/raw.js";
import {readEntries} from "../data-loaders/read/report.js";
import {compareTables, readTableId, type TableId, tableNumber} from "../src/tables/table-id.js";
import {root} from "./paths.js";

/** The columns of `tables.csv` and what each is asked for; what has a default need not be given. */
const fields = [
  {name: "survey", says: "the survey or surveys, as the codebook has them, with blanks between"},
  {name: "kind", says: "crosstab, comparison, frequency, regression or chart"},
  {name: "title", says: "the title as printed"},
  {name: "title_en", says: "the title in English"},
  {name: "row_variable", says: "the variable down the side"},
  {name: "column_variable", says: "the variable across the top (crosstab, comparison)", usual: ""},
  {name: "row_categories", says: "codes of the rows, where not all are printed", usual: ""},
  {name: "measures", says: "what is printed: count percent …", usual: "count percent"},
  {
    name: "percent_of",
    says: "which way percents add up: row or column",
    usual: (kind: string) => (kind === "crosstab" ? "row" : "column")
  },
  {name: "summary", says: "the lines below the categories: total, missing", usual: "total"},
  {name: "extras", says: "p: a P value stands below; coding: coding notes; numbers=7", usual: ""},
  {name: "population", says: "who is counted, as variable=code, where not everybody", usual: ""},
  {name: "asked", says: "who was asked, as printed"},
  {name: "asked_en", says: "who was asked, in English"},
  {name: "section", says: "the heading of the report under which it stands"},
  {name: "use", says: "whether respondents must have its counts: yes, no, or surveys", usual: "yes"},
  {name: "use_note", says: "why not, if not", usual: ""}
] as const;

const help = `npm run add-table -- <number> [options]

Adds a table to the report: its raw file, its line in data-loaders/raw/tables.csv, and its place in a notebook. Either
all of it is written or, if anything is wrong, nothing.

  --from <file>   the table as pasted (CSV, or TSV as spreadsheets and PDFs give it); without it an empty frame with the
                  codebook’s labels is written, to be filled in
  --page <file>   a notebook, such as src/who-works-here.md, that gets a section with the table beside its recomputation
  --dry-run       check everything, write nothing

The line of the catalogue; on a terminal what is left out is asked for:
${fields.map(({name, says}) => `  --${name.replaceAll("_", "-").padEnd(16)} ${says}`).join("\n")}

Variables and labels that the table needs must be in variables.csv and categories.csv first.
Then: npm run check-table -- <number>`;

/** What is wrong with the command, and not with data. */
class UsageError extends Error {}

/** `npm run add-table`: see the help above. */
async function main(): Promise<void> {
  const options = Object.fromEntries(
    [...fields.map(({name}) => name.replaceAll("_", "-")), "from", "page"].map((name) => [
      name,
      {type: "string"} as const
    ])
  );
  const flags = {help: {type: "boolean", short: "h"}, "dry-run": {type: "boolean"}} as const;
  const {values, positionals} = parseArgs({options: {...options, ...flags}, allowPositionals: true});
  if (values.help) {
    console.log(help);
    return;
  }
  const [number = ""] = positionals;
  if (positionals.length !== 1 || !tableNumber.test(number)) {
    throw new UsageError(
      `Which table? Found ${positionals.length === 0 ? "no number" : `“${positionals.join(" ")}”`}, expected one number, such as 7, 3.2, S1 or 2a.\n\n${help}`
    );
  }
  const table = readTableId(number);
  const raw = readRawFolder();
  const {codebook, entries} = readEntries(raw);
  if (entries.some((entry) => entry.table === table)) {
    throw new UsageError(`tables.csv has a table ${table} already; edit its line and ${tableFile(table)} instead.`);
  }
  if (raw.has(tableFile(table))) throw new UsageError(`${tableFile(table)} is there already; move it away first.`);
  const given: Readonly<Record<string, unknown>> = values;
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value : undefined;
  };
  const page = text("page");
  if (page !== undefined && !(page.endsWith(".md") && existsSync(join(root, page)))) {
    throw new UsageError(`--page: found “${page}”, expected a notebook that there is, such as src/index.md.`);
  }

  const line = await catalogueLine((name) => text(name.replaceAll("_", "-")));
  const files = new Map(raw);
  files.set("tables.csv", withLine(raw.get("tables.csv") ?? new Uint8Array(), table, [number, ...line]));
  const entry = readEntries(files).entries.find((each) => each.table === table);
  if (!entry) throw new Error(`table ${table} is not in the catalogue that it was put in`);
  const from = text("from");
  const sheet = from === undefined ? frameOf(entry, codebook) : readPasted(from);
  files.set(tableFile(table), encode(sheet));
  await validate(files, table, from === undefined);

  const changes = new Map([
    [join(rawFolder, tableFile(table)), encode(sheet)],
    [join(rawFolder, "tables.csv"), files.get("tables.csv") ?? new Uint8Array()]
  ]);
  if (page !== undefined) {
    const path = join(root, page);
    changes.set(
      path,
      new TextEncoder().encode(withSection(readFileSync(path, "utf8"), table, entry.titleEn, entry.kind))
    );
  }
  if (values["dry-run"])
    console.log(
      `Nothing is wrong; nothing is written.\n${[...changes.keys()].map((path) => path.slice(root.length + 1)).join("\n")}`
    );
  else {
    writeAll(changes);
    for (const path of changes.keys()) console.log(`${path.slice(root.length + 1)} written`);
    const next = from === undefined ? "Fill in its empty fields as printed. Then" : "Next";
    console.log(`${next}: npm run check-table -- ${table}`);
  }
}

/** Reads the new table with the loaders. Throws with every problem; the fields of a frame have yet to be filled in. */
async function validate(files: ReadonlyMap<string, Uint8Array>, table: TableId, isFrame: boolean): Promise<void> {
  try {
    await checkOneTable(files, table);
  } catch (error) {
    if (!(error instanceof RawDataError)) throw error;
    const problems = error.problems.filter(({found}) => !(isFrame && found === quote("")));
    if (problems.length > 0) throw new RawDataError(problems);
  }
}

/** The fields of the catalogue's line after the number: given, asked for on a terminal, or as usual. */
async function catalogueLine(given: (name: string) => string | undefined): Promise<string[]> {
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? createInterface(process.stdin, process.stdout) : null;
  const line: string[] = [];
  const missing: string[] = [];
  for (const field of fields) {
    const kind = line[1] ?? "";
    const preset = "usual" in field ? (typeof field.usual === "string" ? field.usual : field.usual(kind)) : undefined;
    const own = given(field.name);
    const asked =
      own ?? (terminal && (await terminal.question(`${field.name}: ${field.says}${preset ? ` [${preset}]` : ""}\n> `)));
    const value = asked?.trim() || own || preset;
    if (value === undefined) missing.push(`  --${field.name.replaceAll("_", "-")}  ${field.says}`);
    line.push(value ?? "");
  }
  terminal?.close();
  if (missing.length > 0) throw new UsageError(`The catalogue’s line lacks:\n${missing.join("\n")}`);
  return line;
}

/** The catalogue with a line more, before the first table with a higher number. */
function withLine(catalogue: Uint8Array, table: TableId, line: readonly string[]): Uint8Array {
  const text = new TextDecoder().decode(catalogue);
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/).filter((each, i, all) => each !== "" || i < all.length - 1);
  const after = lines.findIndex((each, i) => i > 0 && compareTables(readTableId(each.split(",")[0] ?? ""), table) > 0);
  lines.splice(after < 0 ? lines.length : after, 0, line.map(field).join(","));
  return new TextEncoder().encode(lines.join(end) + end);
}

/** The lines of a pasted table. Tabs between the fields make it a TSV; short lines are filled up, blank ones left out. */
function readPasted(file: string): string[][] {
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`--from: there is no file “${file}”.`);
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  let rows: string[][];
  try {
    rows = parse(text, {delimiter: text.includes("\t") ? "\t" : ",", relax_column_count: true, skip_empty_lines: true});
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
  if (rows.length === 0) throw new UsageError(`${file}: found an empty file, expected a table.`);
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({length: width}, (_, i) => (row[i] ?? "").trim()));
}

function encode(rows: readonly (readonly string[])[]): Uint8Array {
  return new TextEncoder().encode(rows.map((row) => `${row.map(field).join(",")}\n`).join(""));
}

function field(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A page with a section for the table, and with the imports and data that its cell needs where it lacks them. */
function withSection(page: string, table: TableId, title: string, kind: string): string {
  const counts = kind !== "regression" && kind !== "chart";
  if (!counts) return `${page.trimEnd()}\n\n## Table ${table}\n\n${title}\n`;
  if (page.includes(`report, ${table})`)) throw new UsageError(`--page: the page shows table ${table} already.`);
  const needs = [
    [/\bcompareTable\b/, 'import {compareTable} from "./tables/comparison.js";'],
    [/\brecomputeTable\b/, 'import {recomputeTable} from "./tables/recompute.js";'],
    [/\bcomparisonTable\b/, 'import {comparisonTable} from "./components/comparison-table.js";'],
    [/\breadTable\b/, 'import {readTable} from "./components/data.js";'],
    [/const published =/, 'const published = readTable(await FileAttachment("data/published.arrow").arrayBuffer());'],
    [
      /const respondents =/,
      'const respondents = readTable(await FileAttachment("data/respondents.arrow").arrayBuffer());'
    ],
    [/const report =/, 'const report = await FileAttachment("data/report.json").json();']
  ] as const;
  const lacking = needs.filter(([has]) => !has.test(page)).map(([, code]) => code);
  const cells = [
    ...(lacking.length > 0 ? [lacking.join("\n")] : []),
    `display(comparisonTable(compareTable(published, report, ${table}, recomputeTable(respondents, report, ${table})), report, ${table}));`
  ];
  const code = cells.map((cell) => `\`\`\`js\n${cell}\n\`\`\`\n`).join("\n");
  return `${page.trimEnd()}\n\n## Table ${table}\n\n${title}\n\n${code}`;
}

/** Writes files such that either all or none are there: beside each first, then into place, undone if one fails. */
function writeAll(changes: ReadonlyMap<string, Uint8Array>): void {
  const before = new Map([...changes.keys()].map((path) => [path, existsSync(path) ? readFileSync(path) : null]));
  // Beside the raw folder, so that nobody takes what is half written for raw data; on the same disk, so that a move is one step.
  const folder = mkdtempSync(join(root, "node_modules/.add-table-"));
  try {
    const waiting = [...changes].map(([path, bytes], i) => {
      const own = join(folder, String(i));
      writeFileSync(own, bytes);
      return [own, path] as const;
    });
    for (const [own, path] of waiting) renameSync(own, path);
  } catch (error) {
    for (const [path, bytes] of before) {
      if (bytes) writeFileSync(path, bytes);
      else rmSync(path, {force: true});
    }
    throw error;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof RawDataError) console.error(`${formatProblems(error.problems)}\n\nNothing is written.`);
  else if (error instanceof UsageError) console.error(`${error.message}\nNothing is written.`);
  else if (error instanceof TypeError && "code" in error) console.error(`${error.message}\n\n${help}`);
  else throw error;
  process.exitCode = 1;
}
