import {type CatalogueEntry, codingFile, type Kind, tableFile} from "./catalogue.js";
import {type Codebook, codeOf, spellingsOf, TOTAL, type Variable} from "./codebook.js";
import {type Measure, measures, readNumber, readPastedNumber} from "./number.js";
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
  const coding = codingFile(entry.table);
  const names = entry.extras.includes("coding") ? [file, coding] : [file];
  let sound = true;
  const contextOf = (name: string): Context => {
    const complain: Report = (problem) => {
      sound = false;
      report({file: name, ...problem});
    };
    return {entry, codebook, file: name, report: complain};
  };
  const cells = names.flatMap((name) => {
    const bytes = files.get(name);
    const context = contextOf(name);
    if (!bytes) {
      sound = false;
      return [];
    }
    if (name === coding) return readCoding(bytes, context);
    const sheet = readSheet(bytes, context.report);
    return sheet ? layouts[entry.kind](sheet, context) : [];
  });
  if (sound && entry.numbers !== null && cells.length !== entry.numbers) {
    // The layout of the first file has been checked line by line, so it is in the last that one is gone or too many.
    contextOf(names.at(-1) ?? file).report({
      line: null,
      column: null,
      found: `${count(cells.length, "number")} in ${names.join(" and ")}`,
      expected: `“numbers=${entry.numbers}”, as tables.csv says of table ${entry.table}`
    });
  }
  return {entry, cells, files: names};
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
  if (entry.pasted) return readPasted(header, lines, context);
  const p = entry.extras.includes("p") ? takeP(lines, context) : [];
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
      if (row)
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
  return [...cells, ...p];
}

/**
 * A crosstab as it was pasted: rows and columns in the order of print, those of the codebook's categories and of totals
 * that are there; each line says what it holds. Below it, maybe, a P value and a test's statistic.
 */
function readPasted(header: Cell[], lines: Cell[][], context: Context): PrintedCell[] {
  const {entry, codebook, report} = context;
  const summary = codebook.get("summary");
  const sides = (labels: readonly Cell[], variable: Variable): (Side | null)[] => {
    const known = [variable, ...(summary ? [summary] : [])];
    const seen = new Map<string, Cell>();
    return labels.map((cell, index) => {
      const code = known.map((v) => codeOf(v, cell.text, entry.table)).find((each) => each !== undefined);
      const before = seen.get(code ?? "");
      if (code === undefined) refuse(cell, oneOf(known.flatMap((v) => spellingsOf(v, entry.table))), context);
      else if (before)
        refuse(cell, `each category once (first in line ${before.line}, column ${before.column})`, context);
      else seen.set(code, cell);
      return code === undefined ? null : {code, label: cell.text, index};
    });
  };
  const measure = measureVariable(context);
  const tests = ["p", "statistic"].filter((name) => entry.extras.some((extra) => extra === name));
  const isTest = (line: Cell[]) => tests.find((name) => codeOf(measure, line[0]?.text ?? "", entry.table) === name);
  const groups = groupByLabel(lines.filter((line) => !isTest(line)));
  const columns = sides(header.slice(2), entry.column ?? entry.row);
  const labels = groups.flatMap(([first]) => first?.[0] ?? []);
  const rows = sides(labels, entry.row);
  const cells = groups.flatMap((group, g) =>
    group.flatMap((line) => {
      const found = entry.measures.find((name) => name === codeOf(measure, line[1]?.text ?? "", entry.table));
      if (!found && line[1])
        refuse(line[1], oneOf(entry.measures.flatMap((name) => measureNames(name, context))), context);
      return columns.flatMap((column, c) =>
        found && line[c + 2]?.text !== "" ? readCell(line[c + 2], found, rows[g] ?? null, column, context) : []
      );
    })
  );
  const below = tests.flatMap((name) => {
    const line = lines.find((each) => isTest(each) === name);
    const found = measures.find((each) => each === name);
    if (!line) report({line: null, column: null, found: `no ${name}`, expected: `a line for it, as tables.csv says`});
    return line && found ? readCell(line[1], found, null, null, context) : [];
  });
  return [...cells, ...below];
}

/** Takes the last line, with the P value, away from the lines of a crosstab. */
function takeP(lines: Cell[][], context: Context): PrintedCell[] {
  const {entry, codebook} = context;
  const [label, printed, ...rest] = lines.at(-1) ?? [];
  if (!label || !printed) {
    context.report({line: null, column: null, found: "no P value", expected: "a last line “P=,…”"});
    return [];
  }
  const known = [entry.row, codebook.get("summary")].some((v) => v && codeOf(v, label.text, entry.table) !== undefined);
  // A line of the table proper stays where it is; one with an unknown label must be the P value's.
  if (!known) lines.pop();
  if (codeOf(measureVariable(context), label.text, entry.table) !== "p") {
    refuse(label, "a last line “P=,…” with the P value", context);
    return [];
  }
  expectBlank(rest, context);
  return readCell(printed, "p", null, null, context);
}

/** Rows down; across, for each category of the column variable, a column a measure. */
function readComparison(sheet: Cell[][], context: Context): PrintedCell[] {
  const {entry} = context;
  if (!entry.column) return [];
  const [heads = [], names = [], ...lines] = sheet;
  expectBlank([heads[0], names[0]], context);
  const width = entry.measures.length;
  const tops = heads.slice(1);
  if (tops.length % width !== 0) {
    context.report({
      line: 1,
      column: null,
      found: count(tops.length, "column"),
      expected: `${count(width, "column")} for each ${entry.column.name}: ${entry.measures.join(", ")}`
    });
    return [];
  }
  const firsts = tops.filter((_, i) => i % width === 0);
  for (const [i, cell] of tops.entries()) {
    const first = tops[i - (i % width)];
    if (first && cell.text !== first.text) refuse(cell, quote(first.text), context);
  }
  const columns = matchSides(firsts, categories(entry.column), "column", context);
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
  const rows = rowSides(lines, categories(entry.row, entry.rowCodes), context);
  const summary = expectSums(sums, context).map((side) => side && {...side, index: lines.length + side.index});
  const valid = entry.summary.indexOf(TOTAL);
  const read = sums.length === entry.summary.length ? [...lines, ...sums] : lines;
  return read.flatMap((line, r) => {
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
  const {entry} = context;
  const {lines, sums} = splitSummary(sheet, context, "Model");
  const rows = rowSides(lines, categories(entry.row, entry.rowCodes), context);
  const terms = lines.flatMap((line, r) =>
    entry.measures.flatMap((measure, m) => readCell(line[m + 1], measure, rows[r] ?? null, null, context))
  );
  if (expectSums(sums, context).includes(null)) return terms;
  const fit = entry.summary.flatMap((name, i): PrintedCell[] => {
    const [, printed, ...rest] = sums[i] ?? [];
    const measure = measures.find((m) => m === name);
    expectBlank(rest, context);
    return measure ? readCell(printed, measure, null, null, context) : [];
  });
  return [...terms, ...fit];
}

/** The parts of a chart whose bars carry no numbers: its categories, legend and axis. Only the axis has numbers. */
function readChart(sheet: Cell[][], context: Context): PrintedCell[] {
  const {entry, report} = context;
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
  matchSides(parts.category, categories(entry.row, entry.rowCodes), "category", context);
  if (entry.column) matchSides(parts.legend, categories(entry.column), "legend", context);
  else for (const cell of parts.legend) refuse(cell, "no legend: the catalogue names no column variable", context);
  if (parts.axis.length < 2) {
    report({line: null, column: null, found: count(parts.axis.length, "axis tick"), expected: "at least two"});
  }
  const ticks = parts.axis.flatMap((cell) => readCell(cell, "axis_tick", null, null, context));
  const step = (ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0);
  for (const [i, tick] of ticks.entries()) {
    const before = ticks[i - 1]?.value;
    if (typeof before !== "number" || (step > 0 && tick.value === before + step)) continue;
    const expected = step > 0 ? `“${before + step}”: ticks at even steps` : `more than “${before}”: ticks go up`;
    report({line: tick.line, column: tick.field, found: quote(tick.printed), expected});
    break;
  }
  return ticks;
}

/** The numbers of the coding notes: `item,printed,meaning`. A level that is printed without its number has none. */
function readCoding(bytes: Uint8Array, context: Context): PrintedCell[] {
  const {entry, codebook} = context;
  const rows = readRecords(bytes, ["item", "printed", "meaning"], context.report);
  if (!rows) return [];
  const marks = codebook.get("significance_mark");
  const items = marks ? [entry.row, marks] : [entry.row];
  const seen = new Map<string, Cell>();
  const codes = rows.map(({item}) => items.map((v) => codeOf(v, item.text, entry.table)).find((c) => c !== undefined));
  for (const {code, label} of marks?.categories ?? []) {
    if (codes.includes(code)) continue;
    context.report({line: null, column: null, found: `no line for ${quote(label)}`, expected: "what each mark means"});
  }
  return rows.flatMap(({item, printed, meaning}, r) => {
    const code = codes[r];
    if (code === undefined) refuse(item, oneOf(items.flatMap((v) => spellingsOf(v, entry.table))), context);
    else if (codes[r - 1] !== code && codes.indexOf(code) < r) {
      refuse(item, `this line next to the others of ${quote(item.text)}`, context);
    }
    if (!meaning.text) refuse(meaning, "what the code means", context);
    // A number in words about a code is the code itself, or one that stands in the answers to that question.
    const own = codebook.get(code ?? "")?.categories.flatMap(({label}) => numbersIn(label)) ?? [];
    for (const number of numbersIn(meaning.text)) {
      const first = seen.get(`${code} number ${number}`);
      if (number !== printed.text && (first || !own.includes(number))) {
        refuse(meaning, `no other numbers than ${oneOf([printed.text, ...own].filter(Boolean))}, each once`, context);
      }
      seen.set(`${code} number ${number}`, meaning);
    }
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

const numbersIn = (text: string): string[] => text.match(/\d+(?:[.,/]\d+)*/g) ?? [];

// What the layouts share: matching labels with categories, and cells with numbers.

interface Expected {
  readonly variable: Variable;
  readonly codes: readonly string[];
}

function categories(variable: Variable, codes?: readonly string[]): Expected[] {
  return [{variable, codes: codes ?? variable.categories.map((c) => c.code)}];
}

function categoriesAndTotal(context: Context, variable: Variable, codes?: readonly string[]): Expected[] {
  const summary = context.codebook.get("summary");
  return [...categories(variable, codes), ...(summary ? [{variable: summary, codes: [TOTAL]}] : [])];
}

function rowSides(lines: Cell[][], expected: Expected[], context: Context): (Place | null)[] {
  const labels = lines.map((line) => line[0]).filter((cell) => cell !== undefined);
  return matchSides(labels, expected, "row", context);
}

/**
 * Finds the category of each label, and holds the labels against what is expected: every code once, in the
 * codebook's order (or a scale's reverse), the total last.
 */
function matchSides(labels: Cell[], expected: Expected[], what: string, context: Context): (Place | null)[] {
  const {entry, report} = context;
  const all = expected.flatMap(({variable, codes}) => codes.map((code) => ({variable, code})));
  const seen = new Map<string, Cell>();
  const wrong: {cell: Cell; first: Cell | null}[] = [];
  const places = labels.map((cell, index): Place | null => {
    const match = all.find(({variable, code}) => codeOf(variable, cell.text, entry.table) === code);
    const key = match && `${match.variable.name}=${match.code}`;
    const first = key === undefined ? null : (seen.get(key) ?? null);
    if (!match || key === undefined || first) {
      wrong.push({cell, first});
      return null;
    }
    seen.set(key, cell);
    return {code: match.code, label: cell.text, index, cell};
  });
  const missing = all.filter(({variable, code}) => !seen.has(`${variable.name}=${code}`));
  const labelOf = ({variable, code}: {variable: Variable; code: string}) =>
    spellingsOf({...variable, categories: variable.categories.filter((c) => c.code === code)}, entry.table);
  const lacking = oneOf(missing.flatMap(labelOf));
  for (const {cell, first} of wrong) {
    const others = missing.length > 0 ? `here ${lacking}` : `no other ${what}, all ${all.length} are there`;
    const again = first ? `${quote(first.text)} once (first in line ${first.line}, column ${first.column}), and ` : "";
    refuse(cell, again + others, context);
  }
  // A wrong label that stands where a missing one should has been told already, with what is missing.
  for (const side of missing.length > wrong.length ? missing : []) {
    // Said of the place where it should be: at the label that follows it, or at the last one.
    const later = all.slice(all.indexOf(side) + 1).flatMap((s) => seen.get(`${s.variable.name}=${s.code}`) ?? []);
    const near = later[0] ?? labels.at(-1);
    report({
      line: near?.line ?? null,
      column: near?.column ?? null,
      found: `no ${what} for “${side.code}”`,
      expected: `a ${what} labelled ${oneOf(labelOf(side))}`
    });
  }
  if (missing.length === 0 && wrong.length === 0) {
    const order = expectedOrder(places, expected);
    const place = places.find((p) => p?.code !== order[p?.index ?? 0]?.code);
    const here = place && order[place.index];
    if (place && here) refuse(place.cell, `here ${oneOf(labelOf(here))}: categories in the codebook’s order`, context);
  }
  return places;
}

/**
 * The order in which the labels should stand: the codebook's, or for a scale of four or more its reverse, if that is
 * nearer to theirs. The reverse of fewer is what a mere mix-up of two labels gives.
 */
function expectedOrder(places: (Place | null)[], expected: Expected[]): {variable: Variable; code: string}[] {
  const [main = [], ...after] = expected.map(({variable, codes}) => codes.map((code) => ({variable, code})));
  const forward = [...main, ...after.flat()];
  const backward = [...[...main].reverse(), ...after.flat()];
  const matches = (order: {code: string}[]) => places.filter((place, i) => place?.code === order[i]?.code).length;
  const scale = expected[0]?.variable.kind === "ordinal" && main.length >= 4;
  return scale && matches(backward) > matches(forward) ? backward : forward;
}

/**
 * Holds the labels of the summary lines against the catalogue's: totals and missing lines, or the fit figures of a
 * regression. Where lines are gone or too many, only the first that is not as expected is told.
 */
function expectSums(sums: Cell[][], context: Context): (Side | null)[] {
  const {entry, report} = context;
  const variable = sumVariable(context);
  const all = sums.length === entry.summary.length;
  const wrong: {label: Cell | undefined; expected: string}[] = [];
  const length = Math.max(sums.length, entry.summary.length);
  const sides = Array.from({length}, (_, index): Side | null => {
    const label = sums[index]?.[0];
    const code = entry.summary[index];
    const categories = variable?.categories.filter((c) => c.code === code) ?? [];
    const names = variable ? spellingsOf({...variable, categories}, entry.table) : [];
    if (label && code && names.includes(label.text)) return {code, label: label.text, index};
    wrong.push({label, expected: code ? `the line “${code}”, labelled ${oneOf(names)}` : "no further line"});
    return null;
  });
  for (const {label, expected} of all ? wrong : wrong.slice(0, 1)) {
    if (label) refuse(label, expected, context);
    else report({line: null, column: null, found: "the end of the file", expected});
  }
  return sides;
}

/** The variable whose categories are the summary lines of a table. */
function sumVariable(context: Context): Variable | undefined {
  return context.entry.kind === "regression" ? measureVariable(context) : context.codebook.get("summary");
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
  // With the right number of lines their places tell which are sums; otherwise their labels must.
  const sum = sumVariable(context);
  const isSum = ([label]: Cell[]) =>
    label !== undefined &&
    codeOf(entry.row, label.text, entry.table) === undefined &&
    entry.summary.includes((sum && codeOf(sum, label.text, entry.table)) ?? "");
  const firstSum = lines.findIndex(isSum);
  const cut =
    lines.length === entry.rowCodes.length + entry.summary.length
      ? entry.rowCodes.length
      : firstSum < 0
        ? lines.length
        : firstSum;
  return {lines: lines.slice(0, cut), sums: lines.slice(cut)};
}

function expectMeasure(cell: Cell | undefined, measure: Measure | undefined, context: Context): void {
  if (!cell || !measure) return;
  // A label may be printed for two measures (“Antall” for percents in table 17), so ask whether it can mean this one.
  const names = measureNames(measure, context);
  if (!names.includes(cell.text)) refuse(cell, `${oneOf(names)} (${measure})`, context);
}

function measureNames(measure: Measure, context: Context): string[] {
  const variable = measureVariable(context);
  return spellingsOf(
    {...variable, categories: variable.categories.filter((c) => c.code === measure)},
    context.entry.table
  );
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
  const number = context.entry.pasted ? readPastedNumber(cell.text, measure) : readNumber(cell.text, measure);
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
