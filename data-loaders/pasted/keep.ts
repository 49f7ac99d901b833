import {parse} from "csv-parse/sync";
import type {TableId} from "../../src/tables/table-id.js";
import {compareTables, readTableId} from "../../src/tables/table-id.js";
import {tableFile} from "../read/catalogue.js";
import {type Codebook, codeOf, type Variable} from "../read/codebook.js";
import type {Block, BlockCell, BlockSide} from "./blocks.js";
import {percentDirection} from "./check.js";
import {isLabel} from "./number.js";
import {isBase, isMissing} from "./words.js";

/** What a person says of a pasted table that does not stand in it. */
export interface Told {
  readonly survey: string;
  readonly title: string;
  readonly titleEn: string;
  readonly asked: string;
  readonly askedEn: string;
  readonly section: string;
  readonly use: string;
  readonly useNote: string;
  readonly population: string;
  /** Names of the row variables, block by block, and of the column variables, where the table does not print them. */
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
}

/** A pasted table as raw files. */
export interface Kept {
  /** The lines that each file gets, or is; `tables.csv` and the codebook get theirs at the end or in order. */
  readonly files: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly tables: readonly TableId[];
  /** What is not kept, and why, a sentence each. */
  readonly left: readonly string[];
}

/** How the lines of raw files that were pasted call their measures. */
export const lineNames = {
  count: "n",
  percent: "%",
  cumulative_percent: "cumulative %",
  p: "P",
  statistic: "statistic"
} as const;

/**
 * The raw files of a pasted table: a table a block (with letters, where there are several), its numbers as printed, and
 * a line of the codebook for each variable and label that the codebook has not.
 */
export function keepBlocks(blocks: readonly Block[], table: string, told: Told, codebook: Codebook): Kept {
  const files = new Map<string, string[][]>();
  const lines = (name: string) => {
    const own = files.get(name) ?? [];
    files.set(name, own);
    return own;
  };
  const left: string[] = [];
  const known = [...codebook.values()].filter(({kind, derivedFrom}) => kind !== "structure" && derivedFrom === null);
  const named: {name: string; codes: ReadonlyMap<string, string>; variable: Variable | null}[] = [];
  const taken = new Set([...codebook.keys()]);
  const totalLabels = new Set<string>();
  const missingLabels = new Set<string>();

  /** The variable that has these labels: one of the codebook, one that was just made, or a new one. */
  const variableOf = (sides: readonly BlockSide[], wanted: string | null, id: TableId) => {
    const labels = sides.filter(({total}) => !total).map(({label}) => label);
    for (const {label} of sides.filter(({total}) => total)) totalLabels.add(label);
    const made = named.find(({codes}) => labels.every((label) => codes.has(label)));
    if (made) return made;
    const found = known.find(
      (variable) =>
        (!wanted || slug(wanted, 32) === variable.name || variable.labelEn === wanted) &&
        labels.every((label) => codeOf(variable, label, id) !== undefined)
    );
    const label = wanted ?? labels.join(" / ");
    if (found) {
      const codes = new Map(labels.map((each) => [each, codeOf(found, each, id) ?? ""]));
      const entry = {name: found.name, codes, variable: found};
      named.push(entry);
      return entry;
    }
    const name = unique(slug(label, 28).replace(/^(?=[^a-z])/, "v_"), taken);
    const codes = new Map<string, string>();
    const used = new Set(["total", "missing"]);
    for (const each of labels) codes.set(each, unique(slug(each, 28) || "category", used));
    const ordinal = labels.length > 2 && labels.every((each) => isLabel(each) || /^\d+$/.test(each));
    lines("variables.csv").push([
      name,
      ordinal ? "ordinal" : "nominal",
      label,
      label,
      "",
      "",
      told.asked,
      told.askedEn,
      ""
    ]);
    for (const [i, each] of labels.entries()) {
      lines("categories.csv").push([name, codes.get(each) ?? "", String(i + 1), each, each, each, ""]);
    }
    const entry = {name, codes, variable: null};
    named.push(entry);
    return entry;
  };

  const ids = blocks.map((_, i) => readTableId(blocks.length === 1 ? table : `${table}${String.fromCharCode(97 + i)}`));
  const tables: TableId[] = [];
  for (const [i, block] of blocks.entries()) {
    const id = ids[i] ?? table;
    const kept = blockLines(block);
    if (typeof kept === "string") {
      left.push(`${block.rowVariable ?? `Block ${i + 1}`}: ${kept}`);
      continue;
    }
    tables.push(id);
    const rowName = told.rowNames[i] ?? block.rowVariable;
    const row = variableOf(kept.rows, rowName, id);
    const column = kept.columns
      ? variableOf(kept.columns, told.columnNames[i] ?? told.columnNames[0] ?? block.columnVariable, id)
      : null;
    const codes = kept.rows.filter(({total}) => !total).map(({label}) => row.codes.get(label) ?? "");
    const all = row.variable?.categories.map(({code}) => code) ?? [...row.codes.values()];
    const chosen = all.filter((code) => codes.includes(code));
    const whole = kept.complete && told.population !== "unidentifiable";
    const title = blocks.length > 1 && rowName ? `${told.title}: ${rowName}` : told.title;
    const titleEn = blocks.length > 1 && rowName ? `${told.titleEn}: ${rowName}` : told.titleEn;
    lines(tableFile(id)).push(...kept.lines);
    for (const label of kept.totals) totalLabels.add(label);
    for (const label of kept.missing) missingLabels.add(label);
    if (kept.sizes) left.push(`${rowName ?? `Block ${i + 1}`}: the group sizes of its rows are read and not kept.`);
    lines("tables.csv").push([
      String(id),
      told.survey,
      kept.columns ? "crosstab" : "frequency",
      title,
      titleEn,
      row.name,
      column?.name ?? "",
      chosen.length < all.length ? chosen.join(" ") : "",
      kept.measures.join(" "),
      kept.measures.includes("percent") ? (percentDirection(block) ?? (kept.columns ? "row" : "column")) : "",
      kept.summary,
      ["pasted", ...kept.tests].join(" "),
      told.population,
      told.asked,
      told.askedEn,
      told.section,
      told.use === "" ? (whole ? "yes" : "no") : told.use,
      told.use === "" && !whole ? "not all counts are printed" : told.useNote
    ]);
  }
  const summary = codebook.get("summary");
  const spelt = (label: string) => summary && codeOf(summary, label, ids[0] ?? table) !== undefined;
  for (const [code, labels] of [
    ["total", totalLabels],
    ["missing", missingLabels]
  ] as const) {
    const unknown = [...labels].filter((label) => !spelt(label));
    if (unknown.length > 0) lines("summary").push([code, ...unknown]);
  }
  return {files, tables, left};
}

interface BlockLines {
  readonly rows: readonly BlockSide[];
  readonly columns: readonly BlockSide[] | null;
  readonly lines: string[][];
  readonly measures: readonly string[];
  readonly tests: readonly string[];
  readonly summary: string;
  /** Whether every count of the table is known, so that respondents can have them. */
  readonly complete: boolean;
  readonly totals: readonly string[];
  readonly missing: readonly string[];
  /** Whether it prints group sizes that a raw file has no place for. */
  readonly sizes: boolean;
}

/** A block as the lines of a raw file, or why it cannot be one. */
function blockLines(block: Block): BlockLines | string {
  const {rows, columns, cells} = block;
  const shown = (["count", "percent", "cumulative_percent"] as const).filter((m) =>
    cells.some(({measure}) => measure === m)
  );
  const strange = [...new Set(cells.map(({measure}) => measure))].filter(
    (m) => !["count", "percent", "cumulative_percent", "valid_percent", "base", "p", "statistic", "df"].includes(m)
  );
  if (strange.length > 0)
    return `${strange.join(", ").replaceAll("_", " ")} are read and have no place among the report's tables.`;
  if (shown.length === 0) return "it prints neither counts nor percents.";
  const at = (measure: string, r: number, c: number) =>
    cells.find((cell) => cell.measure === measure && cell.r === r && cell.c === c);
  if (columns.length === 0) return frequencyLines(block);
  const width = columns.length;
  const isSize = (r: number) =>
    isBase(rows[r]?.label ?? "") && cells.some((cell) => cell.r === r && cell.measure === "base");
  const body = rows.flatMap((side, r) => (isSize(r) ? [] : [{side, r}]));
  const lines = [["", "", ...columns.map(({label}) => label)]];
  for (const {side, r} of body) {
    for (const measure of shown) {
      const line = columns.map((_, c) => at(measure, r, c)?.printed ?? "");
      if (line.some((text) => text !== "")) lines.push([side.label, lineNames[measure], ...line]);
    }
  }
  // Group sizes over the columns are their totals, where the counts say so: else some did not answer.
  const parts = body.filter(({side}) => !side.total);
  const sums = columns.map((_, c) => parts.reduce((sum, {r}) => sum + (at("count", r, c)?.value ?? Number.NaN), 0));
  const sizes = columns.map((_, c) => at("base", -1, c) ?? rows.map((_, r) => at("base", r, c)).find(Boolean));
  const totals = sizes.every((cell, c) => cell?.value === sums[c]) && !body.some(({side}) => side.total);
  if (totals) lines.push(["N", lineNames.count, ...sizes.map((cell) => cell?.printed ?? "")]);
  const tests = (["p", "statistic"] as const).flatMap((measure) => {
    const own = cells.filter((cell) => cell.measure === measure && cell.r < 0);
    return own.length === 1 ? [{measure, cell: own[0] as BlockCell}] : [];
  });
  for (const {measure, cell} of tests)
    lines.push([lineNames[measure], cell.printed, ...Array.from({length: width}, () => "")]);
  return {
    rows: body.map(({side}) => side),
    columns,
    lines,
    measures: shown.filter((m) => m !== "cumulative_percent"),
    tests: tests.map(({measure}) => measure),
    summary: "",
    complete: sums.every((n) => Number.isInteger(n)),
    totals: totals ? ["N"] : [],
    missing: [],
    sizes: cells.some(({measure, r}) => measure === "base" && r >= 0 && !isSize(r))
  };
}

/** A frequency table: categories, their total, missing answers, and everybody. */
function frequencyLines({rows, cells}: Block): BlockLines | string {
  const valid = cells.some(({measure}) => measure === "valid_percent");
  const measures = [
    ["count", "count"],
    [valid ? "valid_percent" : "percent", "percent"],
    ["cumulative_percent", "cumulative_percent"]
  ].filter(([own]) => cells.some(({measure}) => measure === own)) as [
    "count" | "percent" | "valid_percent",
    "count" | "percent"
  ][];
  const first = rows.findIndex(({total}) => total);
  const top = first < 0 ? rows.length : first;
  const missing = rows.flatMap(({label}, r) => (r > top || isMissing(label) ? [r] : [])).filter((r) => !rows[r]?.total);
  const categories = rows.flatMap((side, r) => (r < top && !missing.includes(r) ? [{side, r}] : []));
  if (missing.length > 1) return "several lines count missing answers, and a raw file has one.";
  if (first < 0) return "it prints no total, by which a frequency table is read.";
  const sums = rows.flatMap(({total}, r) => (total || missing.includes(r) ? [r] : []));
  const text = (own: string, r: number) => cells.find((cell) => cell.measure === own && cell.r === r)?.printed ?? "";
  const line = (r: number) => [rows[r]?.label ?? "", ...measures.map(([own]) => text(own, r))];
  return {
    rows: [...categories.map(({side}) => side), ...rows.filter(({total}) => total)],
    columns: null,
    lines: [
      ["", ...measures.map(([, name]) => lineNames[name])],
      ...categories.map(({r}) => line(r)),
      ...sums.map(line)
    ],
    measures: measures.map(([, name]) => name),
    tests: [],
    summary: sums.map((r) => (rows[r]?.total ? "total" : "missing")).join(" "),
    complete: true,
    totals: [],
    missing: missing.map((r) => rows[r]?.label ?? ""),
    sizes: false
  };
}

const signs: readonly (readonly [RegExp, string])[] = [
  [/[≤⩽]|<=/g, " le "],
  [/[≥⩾]|>=/g, " ge "],
  [/</g, " lt "],
  [/>/g, " gt "],
  [/\+/g, " plus "],
  [/%/g, " percent "],
  [/&/g, " and "]
];

/** A label as a code: `≤50` is `le_50`, `Well-being` is `well_being`. */
function slug(label: string, length: number): string {
  const plain = signs.reduce((text, [sign, word]) => text.replace(sign, word), label);
  return plain
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[æä]/g, "ae")
    .replace(/[øö]/g, "oe")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, length)
    .replace(/_+$/, "");
}

function unique(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
  taken.add(name);
  return name;
}

/** A line of a CSV file. */
export function csvLine(fields: readonly string[]): string {
  return fields.map((text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(",");
}

/** A CSV file with lines more at its end; where a number is given by which lines are in order, each in its place. */
export function withLines(
  bytes: Uint8Array | undefined,
  more: readonly (readonly string[])[],
  compare?: (a: string, b: string) => number
): Uint8Array {
  const text = new TextDecoder().decode(bytes ?? new Uint8Array());
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/).filter((each, i, all) => each !== "" || i < all.length - 1);
  for (const fields of more) {
    const [key = ""] = fields;
    const after = compare ? lines.findIndex((each, i) => i > 0 && compare(each.split(",")[0] ?? "", key) > 0) : -1;
    lines.splice(after < 0 ? lines.length : after, 0, csvLine(fields));
  }
  return new TextEncoder().encode(lines.join(end) + end);
}

/** The raw files with what is kept of a pasted table. */
export function withKept(raw: ReadonlyMap<string, Uint8Array>, {files}: Kept): Map<string, Uint8Array> {
  const all = new Map(raw);
  const byTable = (a: string, b: string) => compareTables(readTableId(a), readTableId(b));
  for (const [name, lines] of files) {
    if (name === "summary") {
      // Labels of totals and of missing answers that the codebook has not met are spellings of its own.
      const categories = new TextDecoder().decode(all.get("categories.csv") ?? new Uint8Array());
      const spelt = lines.reduce(
        (text, [code, ...labels]) =>
          text.replace(new RegExp(`^summary,${code},.*$`, "m"), (line) => {
            const fields = (parse(line) as string[][])[0] ?? [];
            return csvLine(fields.map((each, f) => (f === 5 ? [each, ...labels].filter(Boolean).join(" | ") : each)));
          }),
        categories
      );
      all.set("categories.csv", new TextEncoder().encode(spelt));
    } else if (name === "tables.csv") all.set(name, withLines(all.get(name), lines, byTable));
    else all.set(name, withLines(all.get(name), lines));
  }
  return all;
}
