import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {createInterface} from "node:readline/promises";
import {checkOneTable} from "../data-loaders/checks/one-table.js";
import {checkBlocks} from "../data-loaders/pasted/check.js";
import {decode} from "../data-loaders/pasted/decode.js";
import {keepBlocks, withKept, withLines} from "../data-loaders/pasted/keep.js";
import {pastedHelp, pastedOptions, toReadOptions} from "../data-loaders/pasted/options.js";
import {readPasted} from "../data-loaders/pasted/read.js";
import {showReading} from "../data-loaders/pasted/show.js";
import {type CatalogueEntry, tableFile} from "../data-loaders/read/catalogue.js";
import {frameOf} from "../data-loaders/read/frame.js";
import {quote, RawDataError} from "../data-loaders/read/problem.js";
import {rawFolder, readRawFolder} from "../data-loaders/read/raw.js";
import {readEntries} from "../data-loaders/read/report.js";
import {compareTables, readTableId, type TableId, tableNumber} from "../src/tables/table-id.js";
import {command, type Typed} from "./command.js";
import columns from "./help/fields.json" with {type: "json"};
import {root} from "./paths.js";

/** The columns of `tables.csv`, what each is asked for, and what it is when it is not given. */
const fields: readonly {readonly name: string; readonly says: string; readonly usual?: string}[] = columns;
const optionOf = (name: string) => name.replaceAll("_", "-");

/** What is wrong with the command, and not with data. */
class UsageError extends Error {}

type Texts = Typed["texts"];
type Raw = ReadonlyMap<string, Uint8Array>;

/** The raw files with what is added, the tables that are, and how to go on. */
interface Added {
  readonly files: Raw;
  readonly tables: readonly TableId[];
  readonly next: string;
}

/** `npm run add-table`: see help/add-table.txt. */
async function main({words, texts, flags}: Typed): Promise<number> {
  const [number = ""] = words;
  if (flags.has("undo") && words.length === 0) return undo();
  if (words.length !== 1 || !tableNumber.test(number)) {
    const found = words.length === 0 ? "no number" : `“${words.join(" ")}”`;
    throw new UsageError(`Which table? Found ${found}, expected one number, such as 7, 3.2, S1 or 2a; see --help.`);
  }
  const table = readTableId(number);
  const raw = readRawFolder();
  if (readEntries(raw).entries.some((entry) => entry.table === table)) {
    throw new UsageError(`tables.csv has a table ${table} already; edit its line and ${tableFile(table)} instead.`);
  }
  const {page, from} = texts;
  if (page !== undefined && !(page.endsWith(".md") && existsSync(join(root, page)))) {
    throw new UsageError(`--page: found “${page}”, expected a notebook that there is, such as src/index.md.`);
  }
  const isPasted = from !== undefined && texts["row-variable"] === undefined;
  const {files, tables, next} = isPasted ? asPasted(number, from, texts, raw) : await inShape(number, texts, raw);
  for (const id of tables) {
    if (raw.has(tableFile(id))) throw new UsageError(`${tableFile(id)} is there already; move it away first.`);
    await validate(files, id, from === undefined);
  }

  const changed = new Map<string, Uint8Array | string>(
    [...files].flatMap(([name, bytes]) => (raw.get(name) === bytes ? [] : [[join(rawFolder, name), bytes] as const]))
  );
  const {entries} = readEntries(files);
  if (page !== undefined) {
    const added = entries.filter((entry) => tables.includes(entry.table));
    const shown = added.reduce(withSection, readFileSync(join(root, page), "utf8"));
    changed.set(join(root, page), shown);
  }
  // The first crosstab that respondents can have makes the page possible that crosses their answers.
  const explore = join(root, "src/explore.md");
  const pageOf = (name: string) => readFileSync(join(root, "scripts/templates", name), "utf8");
  const isWithout = existsSync(explore) && readFileSync(explore, "utf8") === pageOf("explore-without-respondents.md");
  if (isWithout && entries.some(({kind, use}) => kind === "crosstab" && use.length > 0))
    changed.set(explore, pageOf("explore.md"));

  const changes = [...changed].map(([path, contents]): Change => {
    const before = existsSync(path) ? readFileSync(path, "utf8") : null;
    return {path: path.slice(root.length + 1), before, after: Buffer.from(contents).toString("utf8")};
  });
  for (const change of changes) console.log(shownChange(change));
  if (flags.has("dry-run")) {
    console.log("Nothing is wrong; nothing is written.");
    return 0;
  }
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? createInterface(process.stdin, process.stdout) : null;
  const answer = flags.has("yes") ? undefined : await terminal?.question("Write this? [y/N]\n> ");
  terminal?.close();
  if (answer !== undefined && !/^(?:y|yes)$/i.test(answer.trim())) throw new UsageError("You said no.");
  writeAll(changes);
  mkdirSync(dirname(journal), {recursive: true});
  writeFileSync(journal, JSON.stringify(changes));
  for (const {path} of changes) console.log(`${path} written`);
  console.log("To take all of it back: npm run add-table -- --undo");
  console.log(`${next}: ${tables.map((id) => `npm run check-table -- ${id}`).join("; ")}`);
  return 0;
}

/** A file before and after, by its path in the project; null where there is none. */
interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Where stands what was written last, so that it can be taken back. */
const journal = join(root, "src/.observablehq/added-last.json");

/** The lines that a file gets, as they will stand in it. */
function shownChange({path, before, after}: Change): string {
  const there = new Set(before?.split("\n"));
  const lines = (after ?? "").split("\n").filter((line) => line !== "" && !there.has(line));
  const shown = lines.slice(0, 40).map((line) => `  + ${line}`);
  const rest = lines.length > 40 ? [`  + … ${lines.length - 40} lines more`] : [];
  return [`${path}${before === null ? ", a new file" : ""}:`, ...shown, ...rest].join("\n");
}

/** Takes back what was written last, if nothing of it has changed since. */
function undo(): number {
  if (!existsSync(journal)) throw new UsageError("There is nothing that was added last.");
  const changes = JSON.parse(readFileSync(journal, "utf8")) as Change[];
  const touched = changes.find(
    ({path, after}) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== after
  );
  if (touched)
    throw new UsageError(`${touched.path} has changed since; take back by hand, or by git, what you do not want.`);
  writeAll(changes.map(({path, before, after}) => ({path, before: after, after: before})));
  rmSync(journal);
  for (const {path, before} of changes) console.log(`${path} ${before === null ? "removed" : "as it was"}`);
  return 0;
}

/** A table in the shape of a raw file, or an empty frame, and its line in the catalogue. */
async function inShape(number: string, texts: Texts, raw: Raw): Promise<Added> {
  const table = readTableId(number);
  const {from} = texts;
  const byTable = (a: string, b: string) => compareTables(readTableId(a), readTableId(b));
  const line = [number, ...(await catalogueLine(texts))];
  const files = new Map(raw).set("tables.csv", withLines(raw.get("tables.csv"), [line], byTable));
  const {entries, codebook} = readEntries(files);
  const entry = entries.find((each) => each.table === table);
  if (!entry) throw new Error(`table ${table} is not in the catalogue that it was put in`);
  const grid = from === undefined ? [] : decode(pastedBytes(from)).grid.map((row) => row.map(({text}) => text));
  const sheet = from === undefined ? frameOf(entry, codebook) : grid.filter((row) => row.some((text) => text !== ""));
  files.set(tableFile(table), withLines(undefined, sheet));
  return {files, tables: [table], next: from === undefined ? "Fill in its empty fields as printed. Then" : "Next"};
}

/** A table as it was pasted: shows how it is read; a table a block, and the lines of codebook and catalogue they need. */
function asPasted(number: string, from: string, texts: Texts, raw: Raw): Added {
  // The names of variables may be several here, and go to the tables that are kept.
  const {"row-name": rowNames = "", "column-name": columnNames = "", ...options} = texts;
  const reading = readPasted(pastedBytes(from), toReadOptions(options));
  console.log(`${showReading(reading, checkBlocks(reading.blocks, reading.weighted))}\n`);
  const {codebook} = readEntries(raw);
  const survey = texts.survey ?? codebook.get("survey")?.categories[0]?.code;
  if (!survey) throw new UsageError("--survey: the codebook has no survey yet.");
  const list = (text: string) => (text === "" ? [] : text.split(";").map((each) => each.trim()));
  const {title = reading.titles[0] ?? `Table ${number}`, asked = "Everybody"} = texts;
  const told = {
    survey,
    title,
    titleEn: texts["title-en"] ?? title,
    asked,
    askedEn: texts["asked-en"] ?? asked,
    section: texts.section ?? "Tables",
    use: texts.use ?? "",
    useNote: texts["use-note"] ?? "",
    weighted: reading.weighted,
    population: texts.population ?? "",
    rowNames: list(rowNames),
    columnNames: list(columnNames)
  };
  const kept = keepBlocks(reading.blocks, number, told, codebook);
  return {files: withKept(raw, kept), tables: kept.tables, next: "Next"};
}

/** Reads the new table with the loaders. Throws with every problem; the fields of a frame have yet to be filled in. */
async function validate(files: Raw, table: TableId, isFrame: boolean): Promise<void> {
  try {
    await checkOneTable(files, table);
  } catch (error) {
    if (!(error instanceof RawDataError)) throw error;
    const problems = error.problems.filter(({found}) => !(isFrame && found === quote("")));
    if (problems.length > 0) throw new RawDataError(problems);
  }
}

/** The fields of the catalogue's line after the number: given, asked for on a terminal, or as usual. */
async function catalogueLine(texts: Texts): Promise<string[]> {
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? createInterface(process.stdin, process.stdout) : null;
  const line: string[] = [];
  const missing: string[] = [];
  for (const {name, says, usual} of fields) {
    const preset = name === "percent_of" && line[1] === "crosstab" ? "row" : usual;
    const given = texts[optionOf(name)];
    const hint = preset ? ` [${preset}]` : "";
    const asked = given ?? (terminal && (await terminal.question(`${name}: ${says}${hint}\n> `)));
    const value = asked?.trim() || given || preset;
    if (value === undefined) missing.push(`  --${optionOf(name)}  ${says}`);
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

/** The modules and the files that the cells of a table need, by the names under which they have them. */
const modules = {
  compareTable: "./tables/comparison.js",
  recomputeTable: "./tables/recompute.js",
  comparisonTable: "./components/comparison-table.js",
  pastedTable: "./components/pasted-table.js",
  readTable: "./components/data.js"
};
const data = {
  published: 'readTable(await FileAttachment("data/published.arrow").arrayBuffer())',
  respondents: 'readTable(await FileAttachment("data/respondents.arrow").arrayBuffer())',
  checks: 'readTable(await FileAttachment("data/checks.arrow").arrayBuffer()).objects()',
  report: 'await FileAttachment("data/report.json").json()'
};

/**
 * A page with a section for the table, and with the imports and data that its cell needs where it lacks them. A pasted
 * table that no respondents have, or that prints more than they can give, is shown as it is with its checks.
 */
function withSection(page: string, {table, titleEn, kind, pasted, use, measures}: CatalogueEntry): string {
  const section = `${page.trimEnd()}\n\n## Table ${table}\n\n${titleEn}\n`;
  if (!pasted && (kind === "regression" || kind === "chart")) return section;
  const id = JSON.stringify(table);
  if (page.includes(`, ${id})`)) throw new UsageError(`--page: the page shows table ${table} already.`);
  const isPlain = measures.every((name) =>
    ["count", "percent", "cumulative_percent", "p", "base", "statistic", "df"].includes(name)
  );
  const shown = [
    ...(pasted && use.length === 0
      ? []
      : [
          `comparisonTable(compareTable(published, report, ${id}, recomputeTable(respondents, report, ${id})${pasted ? ", checks" : ""}), report, ${id})`
        ]),
    ...(pasted && (use.length === 0 || !isPlain) ? [`pastedTable(published, report, checks, ${id})`] : [])
  ].map((code) => `display(${code});`);
  const isNeeded = (name: string) =>
    name === "readTable" || shown.some((code) => new RegExp(`\\b${name}\\b`).test(code));
  const lacking = [
    ...Object.entries(modules)
      .filter(([name]) => isNeeded(name) && !new RegExp(`\\b${name}\\b`).test(page))
      .map(([name, path]) => `import {${name}} from "${path}";`),
    ...Object.entries(data)
      .filter(([name]) => isNeeded(name) && !page.includes(`const ${name} =`))
      .map(([name, code]) => `const ${name} = ${code};`)
  ];
  const cells = [lacking.join("\n"), ...shown];
  return section + cells.map((cell) => (cell === "" ? "" : `\n\`\`\`js\n${cell}\n\`\`\`\n`)).join("");
}

/** Writes files such that either all or none are there: beside each first, then into place, undone if one fails. */
function writeAll(changes: readonly Change[]): void {
  // Nobody takes there what is half written for raw data; on the same disk, so that a move is one step.
  const folder = mkdtempSync(join(root, "node_modules/.add-table-"));
  const put = (path: string, contents: string | null) =>
    contents === null ? rmSync(join(root, path), {force: true}) : writeFileSync(join(root, path), contents);
  try {
    for (const [i, {after}] of changes.entries()) if (after !== null) writeFileSync(join(folder, String(i)), after);
    for (const [i, {path, after}] of changes.entries()) {
      if (after === null) rmSync(join(root, path), {force: true});
      else renameSync(join(folder, String(i)), join(root, path));
    }
  } catch (error) {
    for (const {path, before} of changes) put(path, before);
    throw error;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const names = [...fields.map(({name}) => optionOf(name)), ...Object.keys(pastedOptions), "from", "page"];
const listed = fields.map(({name, says}) => `  --${optionOf(name).padEnd(16)} ${says}`).join("\n");
await command(
  "add-table",
  {texts: names, flags: ["dry-run", "yes", "undo"], lists: {fields: listed, pasted: pastedHelp}},
  (typed) =>
    main(typed).catch((error: unknown) => {
      // What cannot be read or kept is told in a sentence; of a slip in code the stack tells.
      if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) throw error;
      console.error(`${error.message}\n\nNothing is written.`);
      return 1;
    })
);
