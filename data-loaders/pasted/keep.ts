import {parse} from "csv-parse/sync";
import type {TableId} from "../../src/tables/table-id.js";
import {compareTables, readTableId} from "../../src/tables/table-id.js";
import {tableFile} from "../read/catalogue.js";
import {type Codebook, codeOf, type Variable} from "../read/codebook.js";
import {lineNames} from "../read/number.js";
import type {Block, BlockCell} from "./blocks.js";
import {cellAt} from "./cells.js";
import {percentDirection} from "./check.js";
import {isLabel} from "./number.js";
import {isBase, isMissing, isStatistic} from "./words.js";

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
  readonly weighted: boolean;
  /** Names of the row variables, block by block, and of the column variables, where the table does not print them. */
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
}

/** A pasted table as raw files. */
export interface Kept {
  /** The lines that each file gets, or is; `tables.csv` and the codebook get theirs at the end or in order. */
  readonly files: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly tables: readonly TableId[];
}

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
  const known = [...codebook.values()].filter(({kind, derivedFrom}) => kind !== "structure" && derivedFrom === null);
  const named: {name: string; label: string; codes: ReadonlyMap<string, string>; variable: Variable | null}[] = [];
  const taken = new Set([...codebook.keys()]);
  const totalLabels = new Set<string>();
  const missingLabels = new Set<string>();

  /** The variable that has these labels: one of the codebook, one that was just made, or a new one; not `other`. */
  const variableOf = (labels: readonly string[], wanted: string | null, id: TableId, other?: string) => {
    const made = named.find(
      ({name, label, codes}) =>
        name !== other && (!wanted || label === wanted) && labels.every((each) => codes.has(each))
    );
    if (made) return made;
    const found = known.find(
      (variable) =>
        variable.name !== other &&
        (!wanted || slug(wanted, 32) === variable.name || variable.labelEn === wanted) &&
        labels.every((label) => codeOf(variable, label, id) !== undefined)
    );
    const label = wanted ?? labels.join(" / ");
    const used = new Set(["total", "missing"]);
    const codes = new Map(
      labels.map((each) => [each, found ? (codeOf(found, each, id) ?? "") : unique(slug(each, 28) || "category", used)])
    );
    const name = found?.name ?? unique((slug(label, 28) || "variable").replace(/^(?=[^a-z])/, "v_"), taken);
    const entry = {name, label, codes, variable: found ?? null};
    named.push(entry);
    if (found) return entry;
    const kind =
      labels.length > 2 && labels.every((each) => isLabel(each) || /^\d+$/.test(each)) ? "ordinal" : "nominal";
    lines("variables.csv").push([name, kind, label, label, "", "", told.asked, told.askedEn, ""]);
    for (const [i, each] of labels.entries())
      lines("categories.csv").push([name, codes.get(each) ?? "", String(i + 1), each, each, each, ""]);
    return entry;
  };

  const kept = withTests(blocks);
  const tables = kept.map((_, i) => readTableId(kept.length === 1 ? table : `${table}${String.fromCharCode(97 + i)}`));
  for (const [i, block] of kept.entries()) {
    const id = tables[i] ?? table;
    const own = blockLines(block);
    const rowName = told.rowNames[i] ?? block.rowVariable;
    requireLabels(own.categories, "row");
    const row = variableOf(own.categories, rowName, id);
    const sides = block.columns.filter(({total}) => !total).map(({label}) => label);
    if (block.columns.length > 0) requireLabels(sides, "column");
    const columnName = told.columnNames[i] ?? told.columnNames[0] ?? block.columnVariable;
    const column = block.columns.length > 0 ? variableOf(sides, columnName, id, row.name) : null;
    const codes = own.categories.map((label) => row.codes.get(label) ?? "");
    const all = row.variable?.categories.map(({code}) => code) ?? [...row.codes.values()];
    const chosen = all.filter((code) => codes.includes(code));
    const open = told.population === "unidentifiable" ? "nobody can be told to be in it" : own.open;
    const of = blocks.length > 1 && rowName ? `: ${rowName}` : "";
    lines(tableFile(id)).push(...own.lines);
    for (const label of [...own.totals, ...block.columns.filter(({total}) => total).map((side) => side.label)])
      totalLabels.add(label);
    for (const label of own.missing) missingLabels.add(label);
    const percents = own.measures.includes("percent");
    const p = block.cells.filter((cell) => cell.measure === "p" && cell.r < 0 && cell.c < 0).length;
    const tested = column && p === 1 && own.tested;
    const extras = [
      "pasted",
      ...(tested ? ["p"] : []),
      ...(told.weighted ? ["weighted"] : []),
      ...(block.level ? [`level=${block.level}`] : [])
    ];
    lines("tables.csv").push([
      String(id),
      told.survey,
      column ? "crosstab" : "frequency",
      told.title + of,
      told.titleEn + of,
      row.name,
      column?.name ?? "",
      chosen.length < all.length ? chosen.join(" ") : "",
      own.measures.join(" "),
      percents ? (percentDirection(block) ?? (column ? "row" : "column")) : "",
      own.summary.join(" "),
      extras.join(" "),
      told.population,
      told.asked,
      told.askedEn,
      told.section,
      told.use === "" ? (open === "" && !told.weighted ? "yes" : "no") : told.use,
      told.use !== "" ? told.useNote : told.weighted ? "weighted counts are nobody’s" : open
    ]);
  }
  const summary = codebook.get("summary");
  const spelt = (label: string) => summary && codeOf(summary, label, tables[0] ?? table) !== undefined;
  for (const [code, labels] of [
    ["total", totalLabels],
    ["missing", missingLabels]
  ] as const) {
    const unknown = [...labels].filter((label) => !spelt(label));
    if (unknown.length > 0) lines("summary").push([code, ...unknown]);
  }
  return {files, tables};
}

/** Throws an Error in one sentence where rows or columns cannot be told apart by their labels. */
function requireLabels(labels: readonly string[], what: string): void {
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (labels.length === 0) throw new Error(`No ${what} of the table has a label, by which its numbers could be kept.`);
  if (twice === undefined) return;
  const remedy = `say by --${what}s where a new variable begins, or call them apart in the file`;
  throw new Error(`Two ${what}s of one variable are called “${twice}”: ${remedy}.`);
}

interface BlockLines {
  readonly lines: string[][];
  readonly measures: readonly string[];
  /** The labels that are no categories: of totals and of missing answers. */
  readonly totals: readonly string[];
  readonly missing: readonly string[];
  readonly categories: readonly string[];
  /** Why respondents cannot have its counts; empty where they can. */
  readonly open: string;
  /** Whether its counts are all that a test of the table is of. */
  readonly tested: boolean;
  readonly summary: readonly string[];
}

/** A block as the lines of a raw file. */
function blockLines(block: Block): BlockLines {
  const {rows, columns, cells} = block;
  const valid = cells.some(({measure}) => measure === "valid_percent");
  const nameOf = ({measure, called}: BlockCell): string => {
    if (measure === "statistic") return isStatistic(called) ? called : lineNames.statistic;
    if (valid && measure === "percent") return lineNames.percent_of_all;
    return lineNames[measure === "valid_percent" ? "percent" : measure];
  };
  // A line of nothing but group sizes is of no category.
  const isSize = (r: number) => {
    const own = cells.filter((cell) => cell.r === r);
    return isBase(rows[r]?.label ?? "") && own.length > 0 && own.every(({measure}) => measure === "base");
  };
  const body = [...rows.keys()].filter((r) => !isSize(r));
  // The last total is the table's, or the one that it begins with; others count a part, and are lines of their own.
  const sums = body.filter((r) => rows[r]?.total);
  const isFrequency = columns.length === 0;
  const main = sums.length === body.length ? [] : isFrequency ? sums : sums.includes(0) ? [0] : sums.slice(-1);
  const top = sums[0] ?? rows.length;
  const isAway = (r: number) =>
    isFrequency && !rows[r]?.total && ((r > top && sums.length > 1) || isMissing(rows[r]?.label ?? ""));
  const missing = body.filter(isAway);
  const parts = body.filter((r) => !main.includes(r) && !missing.includes(r));
  const across = [...columns.keys(), ...(isFrequency || cells.some(({c}) => c < 0) ? [-1] : [])];
  const count = (r: number, c: number) => cellAt(block, "count", r, c)?.value ?? Number.NaN;
  // Group sizes over the columns are their totals, where the counts say so: else some did not answer.
  const made = [...columns.keys()].map((c) => parts.reduce((sum, r) => sum + count(r, c), 0));
  const sizes = [...columns.keys()].map((c) =>
    cells.find((cell) => cell.measure === "base" && cell.c === c && (cell.r < 0 || isSize(cell.r)))
  );
  const areTotals = !isFrequency && main.length === 0 && sizes.every((cell, c) => cell?.value === made[c]);
  const lines: string[][] = [["", "", ...across.map((c) => columns[c]?.label ?? "")]];
  for (const r of [...rows.keys(), -1]) {
    const own: {name: string; fields: string[]}[] = [];
    for (const cell of cells.filter((each) => each.r === r && !(areTotals && sizes.includes(each)))) {
      const name = nameOf(cell);
      const at = across.indexOf(cell.c);
      const line = own.find((each) => each.name === name && each.fields[at] === "") ?? {
        name,
        fields: across.map(() => "")
      };
      line.fields[at] = cell.printed;
      if (!own.includes(line)) own.push(line);
    }
    // Counts come before their percents, whichever is printed first.
    const order = (name: string) => [lineNames.count, lineNames.percent].indexOf(name as "n") + 1 || 3;
    own.sort((a, b) => order(a.name) - order(b.name));
    for (const {name, fields} of own) lines.push([rows[r]?.label ?? "", name, ...fields]);
  }
  if (areTotals) lines.push(["N", lineNames.count, ...across.map((c) => sizes[c]?.printed ?? "")]);
  const shown = new Set(cells.map(nameOf));
  const codes = Object.entries(lineNames).flatMap(([code, name]) => (shown.has(name) ? [code] : []));
  const whole = isFrequency
    ? parts.every((r) => Number.isInteger(count(r, -1)))
    : made.every((n) => Number.isInteger(n));
  // Three lines or more of as many answers each are items, and no groups.
  const answers = new Set(
    parts.map((r) => [...columns.keys()].reduce((sum, c) => sum + (columns[c]?.total ? 0 : count(r, c)), 0))
  );
  const isBattery = !isFrequency && parts.length > 2 && answers.size === 1 && main.length === 0;
  const open = !whole
    ? "not all counts are printed"
    : isBattery
      ? "each line is of the same people"
      : missing.length > 1
        ? "several lines count missing answers"
        : isFrequency && sums.length === 0
          ? "it prints no total"
          : sums.length > main.length || columns.filter(({total}) => total).length > 1
            ? "some lines are counted in others"
            : "";
  return {
    lines,
    measures:
      [...shown].some((name) => isStatistic(name)) && !codes.includes("statistic") ? [...codes, "statistic"] : codes,
    totals: [...main.map((r) => rows[r]?.label ?? ""), ...(areTotals ? ["N"] : [])],
    missing: missing.map((r) => rows[r]?.label ?? ""),
    categories: parts.map((r) => rows[r]?.label ?? ""),
    open,
    tested: open === "" && parts.length > 1 && (areTotals || sizes.every((cell) => !cell)),
    summary: isFrequency
      ? body.filter((r) => !parts.includes(r)).map((r) => (rows[r]?.total ? "total" : "missing"))
      : []
  };
}

/** Blocks as tables: each list of tests is below the crosstab that they are of. */
function withTests(blocks: readonly Block[]): Block[] {
  const all: Block[] = [];
  for (const each of blocks) {
    // A column of totals alone is of no variable.
    const isPlain = each.columns.length === 1 && each.columns[0]?.total;
    const block = isPlain ? {...each, columns: [], cells: each.cells.map((cell) => ({...cell, c: -1}))} : each;
    const above = all.at(-1);
    const isList = block.cells.every(({measure}) => /^(?:statistic|df|p|base)$/.test(measure));
    if (!above || above.columns.length === 0 || block.columns.length > 0 || !isList) all.push(block);
    else {
      const called = (cell: BlockCell) => (isStatistic(cell.called) ? cell.called : (cell.row ?? ""));
      const below = block.cells.map((cell) => ({...cell, r: -1, c: -1, called: called(cell)}));
      all.splice(-1, 1, {...above, cells: [...above.cells, ...below]});
    }
  }
  return all;
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
