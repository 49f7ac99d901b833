import {type CatalogueEntry, codingFile, type Kind, tableFile} from "./catalogue.js";
import {type Codebook, codeOf, spellingsOf, TOTAL, type Variable} from "./codebook.js";
import {type Measure, readNumber} from "./number.js";
import {oneOf, type Problem, quote} from "./problem.js";
import {type Cell, count, type Report, readRecords, readSheet} from "./sheet.js";

/** One side of a printed cell: the code of its category, its label as printed and its place in print, from 0. */
export interface Side {
  readonly code: string;
  readonly label: string;
  readonly index: number;
}

/** One printed number. */
export interface PrintedCell {
  readonly row: Side | null;
  readonly column: Side | null;
  readonly measure: Measure;
  /** The number exactly as printed. */
  readonly printed: string;
  /** The number it says; null where a printed range is no single number. */
  readonly value: number | null;
  readonly file: string;
  readonly line: number;
  readonly field: number;
}

/** A printed table with every number in print order. */
export interface PrintedTable {
  readonly entry: CatalogueEntry;
  readonly cells: readonly PrintedCell[];
  /** The raw files it was read from. */
  readonly files: readonly string[];
}

interface Context {
  readonly entry: CatalogueEntry;
  readonly codebook: Codebook;
  readonly file: string;
  readonly report: Report;
}

/** A label together with the cell of the file that holds it. */
interface Place extends Side {
  readonly cell: Cell;
}

/**
 * Reads the raw file (or files) of one table in the shape that its catalogue line says, and reports everything that
 * is not as expected: labels unknown, repeated, missing or out of order, and numbers that are no such numbers.
 */
export function readTable(
  entry: CatalogueEntry,
  codebook: Codebook,
  files: ReadonlyMap<string, Uint8Array>,
  report: (problem: Problem) => void
): PrintedTable {
  const file = tableFile(entry.table);
  const context: Context = {entry, codebook, file, report: (problem) => report({file, ...problem})};
  const sheet = readSheet(files.get(file) ?? new Uint8Array(), context.report);
  const cells = sheet ? layouts[entry.kind](sheet, context) : [];
  if (!entry.extras.includes("coding")) return {entry, cells, files: [file]};
  const coding = codingFile(entry.table);
  const notes = readCoding(files.get(coding) ?? new Uint8Array(), {
    ...context,
    file: coding,
    report: (problem) => report({file: coding, ...problem})
  });
  return {entry, cells: [...cells, ...notes], files: [file, coding]};
}

const layouts: Record<Kind, (sheet: Cell[][], context: Context) => PrintedCell[]> = {
  crosstab: readCrosstab,
  comparison: readComparison,
  frequency: readFrequency,
  regression: readRegression,
  chart: readChart
};

/** Rows down, columns across; each row group has a line a measure; totals last; below it, maybe, the P value. */
function readCrosstab(sheet: Cell[][], context: Context): PrintedCell[] {
  const {entry, report} = context;
  if (!entry.column) return [];
  const [header = [], ...lines] = sheet;
  const pLine = entry.extras.includes("p") ? lines.pop() : undefined;
  expectBlank(header.slice(0, 2), context);
  const columns = matchSides(header.slice(2), categoriesAndTotal(context, entry.column), "column", context);
  const groups = groupByLabel(lines);
  const rows = matchSides(
    groups.map(([first]) => first?.[0]).filter((cell) => cell !== undefined),
    categoriesAndTotal(context, entry.row, entry.rowCodes),
    "row",
    context
  );
  const cells = groups.flatMap((group, g): PrintedCell[] => {
    const row = rows[g] ?? null;
    const head = group[0]?.[0];
    if (head && group.length !== entry.measures.length) {
      report({
        line: head.line,
        column: 1,
        found: `${count(group.length, "line")} for ${quote(head.text)}`,
        expected: `${count(entry.measures.length, "line")}: ${entry.measures.join(", ")}`
      });
      return [];
    }
    return group.flatMap((line, i) => {
      const measure = entry.measures[i];
      if (!measure) return [];
      expectMeasure(line[1], measure, context);
      return columns.flatMap((column, c) => readCell(line[c + 2], measure, row, column, context));
    });
  });
  if (!entry.extras.includes("p")) return cells;
  const [label, printed, ...rest] = pLine ?? [];
  if (!label || !printed) {
    report({line: null, column: null, found: "no P value", expected: "a last line “P=,…”"});
    return cells;
  }
  if (codeOf(measureVariable(context), label.text, entry.table) !== "p") {
    report({
      line: label.line,
      column: 1,
      found: quote(label.text),
      expected: "the last line, “P=,…”, with the P value"
    });
    return cells;
  }
  expectBlank(rest, context);
  return [...cells, ...readCell(printed, "p", null, null, context)];
}

/** Rows down; across, for each category of the column variable, a column a measure. */
function readComparison(sheet: Cell[][], context: Context): PrintedCell[] {
  const {entry} = context;
  if (!entry.column) return [];
  const [heads = [], names = [], ...lines] = sheet;
  expectBlank([heads[0], names[0]], context);
  const width = entry.measures.length;
  const tops = heads.slice(1);
  const firsts = tops.filter((_, i) => i % width === 0);
  for (const [i, cell] of tops.entries()) {
    const first = tops[i - (i % width)];
    if (first && cell.text !== first.text) refuse(cell, quote(first.text), context);
  }
  const columns = matchSides(firsts, categories(context, entry.column), "column", context);
  const rows = rowSides(lines, categoriesAndTotal(context, entry.row, entry.rowCodes), context);
  for (const [i, cell] of names.slice(1).entries()) expectMeasure(cell, entry.measures[i % width], context);
  return lines.flatMap((line, r) =>
    line.slice(1).flatMap((cell, i) => {
      const measure = entry.measures[i % width];
      return measure ? readCell(cell, measure, rows[r] ?? null, columns[Math.floor(i / width)] ?? null, context) : [];
    })
  );
}

/** One variable down, a column a measure, below it the summary lines that the catalogue names. */
function readFrequency(sheet: Cell[][], context: Context): PrintedCell[] {
  const {entry} = context;
  const {lines, sums} = splitSummary(sheet, context);
  const rows = rowSides(lines, categories(context, entry.row, entry.rowCodes), context);
  const summary = expectSummary(sums, lines.length, context);
  const valid = entry.summary.indexOf(TOTAL);
  return [...lines, ...sums].flatMap((line, r) => {
    const row = rows[r] ?? summary[r - lines.length] ?? null;
    return entry.measures.flatMap((measure, m) => {
      const cell = line[m + 1];
      // Percents are of the valid answers: they end with the first total, and cumulate over the categories only.
      const below = r - lines.length;
      const empty = measure === "cumulative_percent" ? below >= 0 : measure === "percent" && below > valid;
      if (empty) {
        expectBlank([cell], context);
        return [];
      }
      return readCell(cell, measure, row, null, context);
    });
  });
}

/** A line a term, a column a measure; below it the fit figures, a line each with one number. */
function readRegression(sheet: Cell[][], context: Context): PrintedCell[] {
  const {entry, report} = context;
  const {lines, sums} = splitSummary(sheet, context, "Model");
  const rows = rowSides(lines, categories(context, entry.row, entry.rowCodes), context);
  const terms = lines.flatMap((line, r) =>
    entry.measures.flatMap((measure, m) => readCell(line[m + 1], measure, rows[r] ?? null, null, context))
  );
  const fit = entry.summary.flatMap((name, i): PrintedCell[] => {
    const [label, printed, ...rest] = sums[i] ?? [];
    const measure = entry.summary[i] as Measure;
    if (!label || !printed) {
      report({
        line: null,
        column: null,
        found: `no line for ${name}`,
        expected: "each fit figure on a line of its own"
      });
      return [];
    }
    expectMeasure(label, measure, context);
    expectBlank(rest, context);
    return readCell(printed, measure, null, null, context);
  });
  return [...terms, ...fit];
}

/** The parts of a chart whose bars carry no numbers: its categories, legend and axis. Only the axis has numbers. */
function readChart(sheet: Cell[][], context: Context): PrintedCell[] {
  const {entry, codebook, report} = context;
  const [header = [], ...lines] = sheet;
  for (const [i, name] of ["part", "printed"].entries()) {
    const cell = header[i];
    if (cell && cell.text !== name) refuse(cell, quote(name), context);
  }
  if (header.length !== 2) {
    report({line: 1, column: null, found: count(header.length, "field"), expected: "2 fields: part,printed"});
  }
  const parts = {category: [] as Cell[], legend: [] as Cell[], axis: [] as Cell[]};
  for (const [part, printed] of lines) {
    if (!part || !printed) continue;
    if (part.text === "category" || part.text === "legend" || part.text === "axis") parts[part.text].push(printed);
    else refuse(part, oneOf(Object.keys(parts)), context);
  }
  matchSides(parts.category, categories(context, entry.row, entry.rowCodes), "category", context);
  if (entry.column) matchSides(parts.legend, categories(context, entry.column), "legend", context);
  else for (const cell of parts.legend) refuse(cell, "no legend: the catalogue names no column variable", context);
  if (!codebook.has("measure") || parts.axis.length < 2) {
    report({line: null, column: null, found: count(parts.axis.length, "axis tick"), expected: "at least two"});
  }
  const ticks = parts.axis.flatMap((cell) => readCell(cell, "axis_tick", null, null, context));
  const step = (ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0);
  for (const [i, tick] of ticks.entries()) {
    const before = ticks[i - 1]?.value;
    if (typeof before === "number" && tick.value !== before + step) {
      const found = quote(tick.printed);
      report({line: tick.line, column: tick.field, found, expected: `“${before + step}”: ticks at even steps`});
    }
  }
  return ticks;
}

/** The numbers of the coding notes: `item,printed,meaning`. A level that is printed without its number has none. */
function readCoding(bytes: Uint8Array, context: Context): PrintedCell[] {
  const {entry, codebook} = context;
  const rows = readRecords(bytes, ["item", "printed", "meaning"], context.report) ?? [];
  const marks = codebook.get("significance_mark");
  const items = marks ? [entry.row, marks] : [entry.row];
  const seen = new Map<string, Cell>();
  return rows.flatMap(({item, printed, meaning}) => {
    const code = items.map((v) => codeOf(v, item.text, entry.table)).find((c) => c !== undefined);
    if (code === undefined) refuse(item, oneOf(items.flatMap((v) => spellingsOf(v, entry.table))), context);
    if (!meaning.text) refuse(meaning, "what the code means", context);
    const key = `${code} ${meaning.text}`;
    const first = seen.get(key);
    if (first) refuse(meaning, `each meaning once (first on line ${first.line})`, context);
    seen.set(key, meaning);
    if (printed.text === "") return [];
    const row = {code: code ?? "", label: item.text, index: -1};
    const column = {code: "", label: meaning.text, index: -1};
    return readCell(printed, "code", row, column, context);
  });
}

// What the layouts share: matching labels with categories, and cells with numbers.

interface Expected {
  readonly variable: Variable;
  readonly codes: readonly string[];
}

function categories({codebook}: Context, variable: Variable, codes?: readonly string[]): Expected[] {
  void codebook;
  return [{variable, codes: codes ?? variable.categories.map((c) => c.code)}];
}

function categoriesAndTotal(context: Context, variable: Variable, codes?: readonly string[]): Expected[] {
  const summary = context.codebook.get("summary");
  return [...categories(context, variable, codes), ...(summary ? [{variable: summary, codes: [TOTAL]}] : [])];
}

function rowSides(lines: Cell[][], expected: Expected[], context: Context): (Place | null)[] {
  const labels = lines.map((line) => line[0]).filter((cell) => cell !== undefined);
  return matchSides(labels, expected, "row", context);
}

/**
 * Finds the category of each label, and holds the labels against what is expected: every code once, in the
 * codebook's order or its reverse, the total last.
 */
function matchSides(labels: Cell[], expected: Expected[], what: string, context: Context): (Place | null)[] {
  const {entry, report} = context;
  const seen = new Map<string, Place>();
  const places = labels.map((cell, index): Place | null => {
    for (const {variable, codes} of expected) {
      const code = codeOf(variable, cell.text, entry.table);
      if (code === undefined || !codes.includes(code)) continue;
      const key = `${variable.name}=${code}`;
      const first = seen.get(key);
      if (first) {
        refuse(cell, `each ${what} once (first in line ${first.cell.line}, column ${first.cell.column})`, context);
        return null;
      }
      const place = {code, label: cell.text, index, cell};
      seen.set(key, place);
      return place;
    }
    const known = expected.flatMap(({variable, codes}) =>
      variable.categories
        .filter((c) => codes.includes(c.code))
        .flatMap((c) => c.spellings.filter((s) => s.table === null || s.table === entry.table).map((s) => s.text))
    );
    refuse(cell, `a ${what} label, ${oneOf(known)}`, context);
    return null;
  });
  for (const {variable, codes} of expected) {
    for (const code of codes) {
      if (seen.has(`${variable.name}=${code}`)) continue;
      const names = spellingsOf(
        {...variable, categories: variable.categories.filter((c) => c.code === code)},
        entry.table
      );
      const line = what === "column" ? 1 : null;
      report({line, column: null, found: `no ${what} for “${code}”`, expected: `a ${what} labelled ${oneOf(names)}`});
    }
  }
  const found = places.filter((p) => p !== null);
  const complete = found.length === places.length && found.length === expected.flatMap((e) => e.codes).length;
  if (complete) expectOrder(found, expected, context);
  return places;
}

function expectOrder(places: Place[], expected: Expected[], context: Context): void {
  const [main, ...after] = expected.map((e) => e.codes);
  const tail = after.flat();
  const forward = [...(main ?? []), ...tail];
  const backward = [...[...(main ?? [])].reverse(), ...tail];
  const order = places[0]?.code === forward[0] ? forward : backward;
  const wrong = places.find((place, i) => place.code !== order[i]);
  if (wrong)
    refuse(wrong.cell, `“${order[wrong.index]}” here: categories in the codebook’s order or its reverse`, context);
}

function expectSummary(lines: Cell[][], offset: number, context: Context): (Side | null)[] {
  const {entry, codebook} = context;
  const variable = codebook.get("summary");
  return entry.summary.map((code, i) => {
    const label = lines[i]?.[0];
    if (!label || !variable) return null;
    if (codeOf(variable, label.text, entry.table) !== code) {
      const category = variable.categories.filter((c) => c.code === code);
      refuse(
        label,
        `the line “${code}”, labelled ${oneOf(spellingsOf({...variable, categories: category}, entry.table))}`,
        context
      );
    }
    return {code, label: label.text, index: offset + i};
  });
}

/** Checks the header (a blank or named corner, then the measures) and parts the summary lines from those above. */
function splitSummary(sheet: Cell[][], context: Context, corner = ""): {lines: Cell[][]; sums: Cell[][]} {
  const {entry, report} = context;
  const [header = [], ...lines] = sheet;
  const first = header[0];
  if (first && first.text !== corner) refuse(first, corner ? quote(corner) : "an empty field", context);
  if (header.length !== entry.measures.length + 1) {
    report({
      line: 1,
      column: null,
      found: count(header.length, "field"),
      expected: `${count(entry.measures.length + 1, "field")}: a label and ${entry.measures.join(", ")}`
    });
  }
  for (const [i, measure] of entry.measures.entries()) expectMeasure(header[i + 1], measure, context);
  const cut = Math.max(0, lines.length - entry.summary.length);
  return {lines: lines.slice(0, cut), sums: lines.slice(cut)};
}

function expectMeasure(cell: Cell | undefined, measure: Measure | undefined, context: Context): void {
  if (!cell || !measure) return;
  const variable = measureVariable(context);
  // A label may be printed for two measures (“Antall” for percents in table 17), so ask whether it can mean this one.
  const category = variable.categories.filter((c) => c.code === measure);
  const names = spellingsOf({...variable, categories: category}, context.entry.table);
  if (!names.includes(cell.text)) refuse(cell, `${oneOf(names)} (${measure})`, context);
}

function measureVariable({codebook}: Context): Variable {
  const variable = codebook.get("measure");
  if (!variable) throw new Error("the codebook has been read without its variable “measure”");
  return variable;
}

function readCell(
  cell: Cell | undefined,
  measure: Measure,
  row: Side | null,
  column: Side | null,
  context: Context
): PrintedCell[] {
  if (!cell) return [];
  const number = readNumber(cell.text, measure);
  if ("expected" in number) {
    refuse(cell, number.expected, context);
    return [];
  }
  return [
    {
      row: row && {code: row.code, label: row.label, index: row.index},
      column: column && {code: column.code, label: column.label, index: column.index},
      measure,
      printed: cell.text,
      value: number.value,
      file: context.file,
      line: cell.line,
      field: cell.column
    }
  ];
}

function expectBlank(cells: (Cell | undefined)[], context: Context): void {
  for (const cell of cells) if (cell && cell.text !== "") refuse(cell, "an empty field", context);
}

function refuse({text, line, column}: Cell, expected: string, {report}: Context): void {
  report({line, column, found: quote(text), expected});
}

/** Lines one after another with the same label belong to one row. */
function groupByLabel(lines: Cell[][]): Cell[][][] {
  const groups: Cell[][][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group && group[0]?.[0]?.text === line[0]?.text) group.push(line);
    else groups.push([line]);
  }
  return groups;
}
