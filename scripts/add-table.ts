import {existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline/promises";
import {parseArgs} from "node:util";
import {checkOneTable} from "../data-loaders/checks/one-table.js";
import {checkBlocks} from "../data-loaders/pasted/check.js";
import {decode} from "../data-loaders/pasted/decode.js";
import {keepBlocks, withKept, withLines} from "../data-loaders/pasted/keep.js";
import {type PastedOption, pastedHelp, pastedOptions, toReadOptions} from "../data-loaders/pasted/options.js";
import {readPasted} from "../data-loaders/pasted/read.js";
import {showReading} from "../data-loaders/pasted/show.js";
import {tableFile} from "../data-loaders/read/catalogue.js";
import {frameOf} from "../data-loaders/read/frame.js";
import {formatProblems, quote, RawDataError} from "../data-loaders/read/problem.js";
import {rawFolder, readRawFolder} from "../data-loaders/read/raw.js";
import {readEntries} from "../data-loaders/read/report.js";
import {compareTables, readTableId, type TableId, tableNumber} from "../src/tables/table-id.js";
import {root} from "./paths.js";
import {explorePage, withoutRespondents} from "./report-pages.js";

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

  --from <file>   the table as it was pasted, which is read as read-table shows it; what its variables and labels are is
                  put into the codebook. With --row-variable it has the shape of a raw file already; without --from an
                  empty frame with the codebook’s labels is written, to be filled in
  --page <file>   a notebook, such as src/who-works-here.md, that gets a section with the table beside its recomputation
  --dry-run       check everything, write nothing

The line of the catalogue; on a terminal what is left out is asked for:
${fields.map(({name, says}) => `  --${name.replaceAll("_", "-").padEnd(16)} ${says}`).join("\n")}

For a table as it was pasted all may be left out; what the table does not tell may be said by
${pastedHelp}
(names of several variables with “;” between). With --row-variable, the codebook must have all labels first.
Then: npm run check-table -- <number>`;

/** What is wrong with the command, and not with data. */
class UsageError extends Error {}

/** `npm run add-table`: see the help above. */
async function main(): Promise<void> {
  const options = Object.fromEntries(
    [...fields.map(({name}) => name.replaceAll("_", "-")), ...Object.keys(pastedOptions), "from", "page"].map(
      (name) => [name, {type: "string"} as const]
    )
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

  const from = text("from");
  if (from !== undefined && text("row-variable") === undefined) {
    await addAsPasted(number, from, text, page, raw, values["dry-run"] === true);
    return;
  }
  const line = await catalogueLine((name) => text(name.replaceAll("_", "-")));
  const files = new Map(raw);
  const byTable = (a: string, b: string) => compareTables(readTableId(a), readTableId(b));
  files.set("tables.csv", withLines(raw.get("tables.csv"), [[number, ...line]], byTable));
  const entry = readEntries(files).entries.find((each) => each.table === table);
  if (!entry) throw new Error(`table ${table} is not in the catalogue that it was put in`);
  const sheet = from === undefined ? frameOf(entry, codebook) : readLines(from);
  files.set(tableFile(table), withLines(undefined, sheet));
  await validate(files, table, from === undefined);

  const changes = new Map([
    [join(rawFolder, tableFile(table)), withLines(undefined, sheet)],
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

/**
 * Adds a table as it was pasted: shows how it is read, and writes its numbers as printed, a table a block, with the
 * lines of the codebook and the catalogue that it needs.
 */
async function addAsPasted(
  number: string,
  from: string,
  text: (name: string) => string | undefined,
  page: string | undefined,
  raw: ReadonlyMap<string, Uint8Array>,
  dryRun: boolean
): Promise<void> {
  const names = Object.keys(pastedOptions) as PastedOption[];
  const given = names.flatMap((name) => {
    const value = text(name);
    return value === undefined || name.endsWith("-name") ? [] : [[name, value] as const];
  });
  const reading = readPasted(pastedBytes(from), toReadOptions(Object.fromEntries(given)));
  console.log(`${showReading(reading, checkBlocks(reading.blocks, reading.weighted))}\n`);
  const {codebook} = readEntries(raw);
  const surveys = codebook.get("survey")?.categories.map(({code}) => code) ?? [];
  const survey = text("survey") ?? surveys[0];
  if (!survey) throw new UsageError("--survey: the codebook has no survey yet.");
  const list = (name: string) =>
    text(name)
      ?.split(";")
      .map((each) => each.trim()) ?? [];
  const title = text("title") ?? reading.titles[0] ?? `Table ${number}`;
  const asked = text("asked") ?? "Everybody";
  const kept = keepBlocks(
    reading.blocks,
    number,
    {
      survey,
      title,
      titleEn: text("title-en") ?? title,
      asked,
      askedEn: text("asked-en") ?? asked,
      section: text("section") ?? "Tables",
      use: text("use") ?? (reading.weighted ? "no" : ""),
      useNote: text("use-note") ?? (reading.weighted ? "weighted counts are nobody’s" : ""),
      population: text("population") ?? "",
      rowNames: list("row-name"),
      columnNames: list("column-name")
    },
    codebook
  );
  for (const sentence of kept.left) console.log(`Left out: ${sentence}`);
  if (kept.tables.length === 0) throw new UsageError("Nothing of the table can be kept.");
  const files = withKept(raw, kept);
  const clash = kept.tables.find((id) => raw.has(tableFile(id)));
  if (clash !== undefined) throw new UsageError(`${tableFile(clash)} is there already; move it away first.`);
  for (const id of kept.tables) await validate(files, id, false);
  const changes = new Map(
    [...files].flatMap(([name, bytes]) => (raw.get(name) === bytes ? [] : [[join(rawFolder, name), bytes] as const]))
  );
  if (page !== undefined) {
    const path = join(root, page);
    const {entries} = readEntries(files);
    const shown = kept.tables.reduce<string>(
      (markdown, id) => {
        const entry = entries.find((each) => each.table === id);
        return entry ? withSection(markdown, id, entry.titleEn, entry.kind, entry.use.length > 0) : markdown;
      },
      readFileSync(path, "utf8")
    );
    changes.set(path, new TextEncoder().encode(shown));
  }
  // The first table that respondents can have makes the page possible that crosses their answers.
  const explore = join(root, "src/explore.md");
  const counted = readEntries(files).entries.some(({use}) => use.length > 0);
  if (counted && existsSync(explore) && readFileSync(explore, "utf8") === withoutRespondents) {
    changes.set(explore, new TextEncoder().encode(explorePage));
  }
  if (dryRun) console.log("Nothing is wrong; nothing is written.");
  else writeAll(changes);
  for (const path of changes.keys()) console.log(`${path.slice(root.length + 1)}${dryRun ? "" : " written"}`);
  console.log(`Next: ${kept.tables.map((id) => `npm run check-table -- ${id}`).join("; ")}`);
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

/** The bytes of the file that was pasted. */
function pastedBytes(file: string): Uint8Array {
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`--from: there is no file “${file}”.`);
  return new Uint8Array(readFileSync(file));
}

/** The lines of a pasted table that has the shape of a raw file already. */
function readLines(file: string): string[][] {
  const {grid} = decode(pastedBytes(file));
  return grid.map((row) => row.map(({text}) => text)).filter((row) => row.some((text) => text !== ""));
}

/** A page with a section for the table, and with the imports and data that its cell needs where it lacks them. */
function withSection(page: string, table: TableId, title: string, kind: string, counted = true): string {
  const counts = kind !== "regression" && kind !== "chart";
  if (!counts) return `${page.trimEnd()}\n\n## Table ${table}\n\n${title}\n`;
  const id = JSON.stringify(table);
  if (page.includes(`report, ${id})`)) throw new UsageError(`--page: the page shows table ${table} already.`);
  const needs = [
    [/\bcompareTable\b/, 'import {compareTable} from "./tables/comparison.js";'],
    [counted ? /\brecomputeTable\b/ : /^/, 'import {recomputeTable} from "./tables/recompute.js";'],
    [/\bcomparisonTable\b/, 'import {comparisonTable} from "./components/comparison-table.js";'],
    [/\breadTable\b/, 'import {readTable} from "./components/data.js";'],
    [/const published =/, 'const published = readTable(await FileAttachment("data/published.arrow").arrayBuffer());'],
    [
      counted ? /const respondents =/ : /^/,
      'const respondents = readTable(await FileAttachment("data/respondents.arrow").arrayBuffer());'
    ],
    [/const report =/, 'const report = await FileAttachment("data/report.json").json();']
  ] as const;
  const lacking = needs.filter(([has]) => !has.test(page)).map(([, code]) => code);
  const cells = [
    ...(lacking.length > 0 ? [lacking.join("\n")] : []),
    `display(comparisonTable(compareTable(published, report, ${id}${counted ? `, recomputeTable(respondents, report, ${id})` : ""}), report, ${id}));`
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
