import {type DecimalSign, decimalSign} from "../pasted/number.js";
import {isStatistic} from "../pasted/words.js";
import {type CatalogueEntry, filesOf} from "./catalogue.js";
import {type Codebook, codeOf, spellingsOf, TOTAL, type Variable} from "./codebook.js";
import {lineName, type Measure, measures, readNumber, readPastedNumber} from "./number.js";
import {type Complain, count, oneOf, quote, type Report, reportIn} from "./problem.js";
import {type Cell, readRecords, readSheet} from "./sheet.js";

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
  /** What a statistic is called where it is printed. */
  readonly called?: string;
  readonly file: string;
  readonly line: number;
  readonly field: number;
}

/** A printed table with every number in print order. */
export interface PrintedTable {
  readonly entry: CatalogueEntry;
  readonly cells: readonly PrintedCell[];
}

/**
 * Reads the raw file (or files) of one table in the shape that its catalogue line says, and reports everything that
 * is not as expected: labels unknown, repeated, missing or out of order, and numbers that are no such numbers.
 */
export function readTable(
  entry: CatalogueEntry,
  codebook: Codebook,
  files: ReadonlyMap<string, Uint8Array>,
  complain: Complain
): PrintedTable {
  const {table, numbers} = entry;
  const names = filesOf(entry);
  let sound = names.every((name) => files.has(name));
  const note: Complain = (problem) => {
    sound = false;
    complain(problem);
  };
  const cells = names.flatMap((name, i) => {
    const bytes = files.get(name);
    const reader = new Reader(entry, codebook, name, note);
    return !bytes ? [] : i === 0 ? reader.readNumbers(bytes) : reader.readCoding(bytes);
  });
  if (sound && numbers !== null && cells.length !== numbers) {
    const found = `${count(cells.length, "number")} in ${names.join(" and ")}`;
    // The layout of the first file has been checked line by line, so it is in the last that one is gone or too many.
    const report = reportIn(names.at(-1) ?? "", complain);
    report(null, found, `“numbers=${numbers}”, as tables.csv says of table ${table}`);
  }
  return {entry, cells};
}

/** A category that a label should be of. */
interface Expected {
  readonly variable: Variable;
  readonly code: string;
}

/** Reads one file of a table. */
class Reader {
  readonly report: Report;

  constructor(
    readonly entry: CatalogueEntry,
    readonly codebook: Codebook,
    readonly file: string,
    readonly complain: Complain
  ) {
    this.report = reportIn(file, complain);
  }

  readNumbers(bytes: Uint8Array): PrintedCell[] {
    const sheet = readSheet(bytes, this.report);
    if (!sheet) return [];
    if (this.entry.pasted) return this.readPasted(sheet);
    switch (this.entry.kind) {
      case "crosstab":
        return this.readCrosstab(sheet);
      case "comparison":
        return this.readComparison(sheet);
      case "frequency":
        return this.readFrequency(sheet);
      case "regression":
        return this.readRegression(sheet);
      case "chart":
        return this.readChart(sheet);
    }
  }

  /** Rows down, columns across; each row group has a line a measure; totals last; below it, maybe, the P value. */
  private readCrosstab([header = [], ...lines]: Cell[][]): PrintedCell[] {
    const {row, rowCodes, column, measures: shown, extras} = this.entry;
    if (!column) return [];
    const p = extras.includes("p") ? this.takeP(lines) : [];
    this.expectBlank(header.slice(0, 2));
    const columns = this.matchSides(header.slice(2), this.withTotal(column), "column");
    const groups = groupByLabel(lines);
    const rows = this.matchSides(labelsOf(groups.map(([first]) => first ?? [])), this.withTotal(row, rowCodes), "row");
    const cells = groups.flatMap((group, g): PrintedCell[] => {
      const head = group[0]?.[0];
      if (head && group.length !== shown.length) {
        const found = `${count(group.length, "line")} for ${quote(head.text)}`;
        const expected = `${count(shown.length, "line")}: ${shown.join(", ")}`;
        if (rows[g]) this.report({line: head.line, column: 1}, found, expected);
        return [];
      }
      return group.flatMap((line, i) => {
        const measure = shown[i];
        if (!measure) return [];
        this.expectMeasure(line[1], measure);
        return columns.flatMap((side, c) => this.readCell(line[c + 2], measure, rows[g], side));
      });
    });
    return [...cells, ...p];
  }

  /**
   * A table as it was pasted: rows and columns in the order of print, those of the codebook's categories and of totals
   * that are there; each line says what it holds. A line or column without a label is of no category: group sizes, tests
   * of the whole table, numbers beside a row. What a statistic is called may stand in the place of its measure.
   */
  private readPasted(sheet: Cell[][]): PrintedCell[] {
    const [header = [], ...lines] = sheet;
    const {row, column, measures: shown} = this.entry;
    const decimal = decimalSign(sheet.flat().map(({text}) => text));
    const columns = this.sides(header.slice(2), column ?? row);
    for (const [i, cell] of header.slice(2).entries())
      if (cell.text !== "" && !columns[i]) this.unknown(cell, column ?? row);
    // Lines with the same label and no measure twice are of one row: totals may have the same label.
    const groups: Cell[][][] = [];
    for (const line of lines) {
      const last = groups.at(-1);
      const [label, name] = line.map(({text}) => text);
      if (last?.[0]?.[0]?.text === label && !last?.some((other) => other[1]?.text === name)) last?.push(line);
      else groups.push([line]);
    }
    const rows = this.sides(labelsOf(groups.map(([first]) => first ?? [])), row);
    return groups.flatMap((group, g) =>
      group.flatMap(([label, name, ...fields]) => {
        const known = shown.find((each) => lineName(each) === name?.text);
        const isCalled = !known && shown.includes("statistic") && isStatistic(name?.text ?? "");
        const measure = known ?? (isCalled ? "statistic" : undefined);
        if (!label || !name || !measure) return this.refuse(name, oneOf(shown.flatMap((each) => lineName(each) ?? [])));
        // A line of group sizes has a name and no category.
        if (label.text !== "" && !rows[g] && measure !== "base") this.unknown(label, row);
        const free = rows[g] ?? {code: "", label: known ? label.text : name.text, index: -1};
        const side = free.label === "" ? null : free;
        return fields
          .flatMap((cell, c) => (cell.text === "" ? [] : this.readCell(cell, measure, side, columns[c], decimal)))
          .map((cell) => (isCalled ? {...cell, called: name.text} : cell));
      })
    );
  }

  /** The categories, of a variable or of totals, that labels are of, in their order; null for other labels. */
  private sides(labels: readonly Cell[], variable: Variable): (Side | null)[] {
    const seen = new Map<string, Cell>();
    return labels.map((cell, index) => {
      const own = this.codeOf(variable, cell);
      const before = seen.get(own ?? "");
      if (before) this.refuse(cell, `each category once (first in line ${before.line}, column ${before.column})`);
      if (own !== undefined) seen.set(own, cell);
      const code = own ?? this.codeOf(this.codebook.get("summary"), cell);
      return code === undefined ? null : {code, label: cell.text, index};
    });
  }

  private unknown(cell: Cell, variable: Variable): void {
    const known = [variable, this.codebook.get("summary")].filter((each) => each !== undefined);
    this.refuse(cell, oneOf(known.flatMap((each) => this.namesOf(each))));
  }

  /** Takes the last line, with the P value, away from the lines of a crosstab. */
  private takeP(lines: Cell[][]): PrintedCell[] {
    const [label, printed, ...rest] = lines.at(-1) ?? [];
    if (!label || !printed) {
      this.report(null, "no P value", "a last line “P=,…”");
      return [];
    }
    // A line of the table proper stays where it is; one with an unknown label must be the P value's.
    const isKnown = [this.entry.row, this.codebook.get("summary")].some((v) => this.codeOf(v, label) !== undefined);
    if (!isKnown) lines.pop();
    const isP = this.codeOf(this.measure, label) === "p";
    if (!isP) return this.refuse(label, "a last line “P=,…” with the P value");
    this.expectBlank(rest);
    return this.readCell(printed, "p");
  }

  /** Rows down; across, for each category of the column variable, a column a measure. */
  private readComparison([heads = [], names = [], ...lines]: Cell[][]): PrintedCell[] {
    const {row, rowCodes, column, measures: shown} = this.entry;
    if (!column) return [];
    this.expectBlank([heads[0], names[0]]);
    const width = shown.length;
    const tops = heads.slice(1);
    if (tops.length % width !== 0) {
      const expected = `${count(width, "column")} for each ${column.name}: ${shown.join(", ")}`;
      this.report({line: 1}, count(tops.length, "column"), expected);
      return [];
    }
    for (const [i, cell] of tops.entries()) {
      const first = tops[i - (i % width)];
      if (first && cell.text !== first.text) this.refuse(cell, quote(first.text));
    }
    const firsts = tops.filter((_, i) => i % width === 0);
    const columns = this.matchSides(firsts, categories(column), "column");
    const rows = this.matchSides(labelsOf(lines), this.withTotal(row, rowCodes), "row");
    for (const [i, cell] of names.slice(1).entries()) this.expectMeasure(cell, shown[i % width]);
    return lines.flatMap((line, r) =>
      line.slice(1).flatMap((cell, i) => {
        const measure = shown[i % width];
        return measure ? this.readCell(cell, measure, rows[r], columns[Math.floor(i / width)]) : [];
      })
    );
  }

  /** One variable down, a column a measure, below it the summary lines that the catalogue names. */
  private readFrequency(sheet: Cell[][]): PrintedCell[] {
    const {row, rowCodes, measures: shown, summary} = this.entry;
    const {lines, sums} = this.splitSummary(sheet);
    const categorySides = this.matchSides(labelsOf(lines), categories(row, rowCodes), "row");
    const sumSides = this.expectSums(sums).map((side) => side && {...side, index: lines.length + side.index});
    const valid = summary.indexOf(TOTAL);
    const read = sums.length === summary.length ? [...lines, ...sums] : lines;
    return read.flatMap((line, r) =>
      shown.flatMap((measure, m) => {
        const cell = line[m + 1];
        // Percents are of the valid answers: they end with the first total, and cumulate over the categories only.
        const below = r - lines.length;
        const empty = measure === "cumulative_percent" ? below >= 0 : measure === "percent" && below > valid;
        if (!empty) return this.readCell(cell, measure, categorySides[r] ?? sumSides[below]);
        return this.expectBlank([cell]);
      })
    );
  }

  /** A line a term, a column a measure; below it the fit figures, a line each with one number. */
  private readRegression(sheet: Cell[][]): PrintedCell[] {
    const {row, rowCodes, measures: shown, summary} = this.entry;
    const {lines, sums} = this.splitSummary(sheet, "Model");
    const rows = this.matchSides(labelsOf(lines), categories(row, rowCodes), "row");
    const terms = lines.flatMap((line, r) =>
      shown.flatMap((measure, m) => this.readCell(line[m + 1], measure, rows[r]))
    );
    if (this.expectSums(sums).includes(null)) return terms;
    const fit = summary.flatMap((name, i): PrintedCell[] => {
      const [, printed, ...rest] = sums[i] ?? [];
      const measure = measures.find((m) => m === name);
      this.expectBlank(rest);
      return measure ? this.readCell(printed, measure) : [];
    });
    return [...terms, ...fit];
  }

  /** The parts of a chart whose bars carry no numbers: its categories, legend and axis. Only the axis has numbers. */
  private readChart([header = [], ...lines]: Cell[][]): PrintedCell[] {
    const {row, rowCodes, column} = this.entry;
    for (const [i, name] of ["part", "printed"].entries()) {
      if (header[i]?.text !== name) this.refuse(header[i], quote(name));
    }
    if (header.length !== 2) this.report({line: 1}, count(header.length, "field"), "2 fields: part,printed");
    const [category, legend, axis]: [Cell[], Cell[], Cell[]] = [[], [], []];
    const parts = new Map(Object.entries({category, legend, axis}));
    for (const [part, printed] of lines) {
      const own = parts.get(part?.text ?? "");
      if (!own) this.refuse(part, oneOf(parts.keys()));
      else if (printed) own.push(printed);
    }
    this.matchSides(category, categories(row, rowCodes), "category");
    if (column) this.matchSides(legend, categories(column), "legend");
    else for (const cell of legend) this.refuse(cell, "no legend: the catalogue names no column variable");
    if (axis.length < 2) this.report(null, count(axis.length, "axis tick"), "at least two");
    const ticks = axis.flatMap((cell) => this.readCell(cell, "axis_tick"));
    const step = (ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0);
    const uneven = ticks.findIndex(
      (tick, i) => i > 0 && !(step > 0 && tick.value === (ticks[i - 1]?.value ?? 0) + step)
    );
    const [before, tick] = [ticks[uneven - 1]?.value ?? 0, ticks[uneven]];
    const expected = step > 0 ? `“${before + step}”: ticks at even steps` : `more than “${before}”: ticks go up`;
    if (tick) this.report({line: tick.line, column: tick.field}, quote(tick.printed), expected);
    return ticks;
  }

  /** The numbers of the coding notes: `item,printed,meaning`. A level that is printed without its number has none. */
  readCoding(bytes: Uint8Array): PrintedCell[] {
    const rows = readRecords(this.file, bytes, "item,printed,meaning", this.complain);
    if (!rows) return [];
    const marks = this.codebook.get("significance_mark");
    const items = marks ? [this.entry.row, marks] : [this.entry.row];
    const codes = rows.map(({cells}) => items.map((v) => this.codeOf(v, cells.item)).find((c) => c !== undefined));
    for (const {code, label} of marks?.categories ?? []) {
      if (!codes.includes(code)) this.report(null, `no line for ${quote(label)}`, "what each mark means");
    }
    const seen = new Map<string, number>();
    return rows.flatMap((row, r) => {
      const {item, printed, meaning} = row.texts;
      const code = codes[r];
      if (code === undefined) row.refuse("item", oneOf(items.flatMap((v) => this.namesOf(v))));
      else if (codes[r - 1] !== code && codes.indexOf(code) < r) {
        row.refuse("item", `this line next to the others of ${quote(item)}`);
      }
      row.require(["meaning"], "what the code means");
      // A number in words about a code is the code itself, or one that stands in the answers to that question.
      const own = this.codebook.get(code ?? "")?.categories.flatMap(({label}) => numbersIn(label)) ?? [];
      for (const number of numbersIn(meaning)) {
        const key = `${code} number ${number}`;
        if (number !== printed && (seen.has(key) || !own.includes(number))) {
          row.refuse("meaning", `no other numbers than ${oneOf([printed, ...own].filter(Boolean))}, each once`);
        }
        seen.set(key, r);
      }
      const key = `${code} ${meaning}`;
      const first = rows[seen.get(key) ?? -1];
      if (first) row.refuse("meaning", `each meaning once (first on line ${first.cells.meaning.line})`);
      seen.set(key, r);
      if (printed === "") return [];
      const side = (of: string, label: string): Side => ({code: of, label, index: -1});
      return this.readCell(row.cells.printed, "code", side(code ?? "", item), side("", meaning));
    });
  }

  /**
   * Finds the category of each label, and holds the labels against what is expected: every code once, in the
   * codebook's order (or a scale's reverse), the total last.
   */
  private matchSides(labels: readonly Cell[], expected: readonly Expected[], what: string): (Side | null)[] {
    const seen = new Map<Expected, Cell>();
    const wrong: {cell: Cell; first: Cell | undefined}[] = [];
    const matches = labels.map((cell) => {
      const match = expected.find(({variable, code}) => this.codeOf(variable, cell) === code);
      const first = match && seen.get(match);
      if (match && !first) seen.set(match, cell);
      else wrong.push({cell, first});
      return first ? undefined : match;
    });
    const missing = expected.filter((each) => !seen.has(each));
    const namesOf = ({variable, code}: Expected) => this.namesOf(variable, code);
    const others =
      missing.length > 0
        ? `here ${oneOf(missing.flatMap(namesOf))}`
        : `no other ${what}, all ${expected.length} are there`;
    for (const {cell, first} of wrong) {
      const once = first && `${quote(first.text)} once (first in line ${first.line}, column ${first.column}), and `;
      this.refuse(cell, `${once ?? ""}${others}`);
    }
    // A wrong label that stands where a missing one should has been told already, with what is missing.
    for (const each of missing.length > wrong.length ? missing : []) {
      // Said of the place where it should be: at the label that follows it, or at the last one.
      const later = expected.slice(expected.indexOf(each) + 1).flatMap((other) => seen.get(other) ?? []);
      const at = later[0] ?? labels.at(-1) ?? null;
      this.report(at, `no ${what} for “${each.code}”`, `a ${what} labelled ${oneOf(namesOf(each))}`);
    }
    if (missing.length === 0 && wrong.length === 0) {
      const order = expectedOrder(matches, expected);
      const at = matches.findIndex((match, i) => match !== order[i]);
      const here = order[at];
      if (here) this.refuse(labels[at], `here ${oneOf(namesOf(here))}: categories in the codebook’s order`);
    }
    return matches.map((match, index) => (match ? {code: match.code, label: labels[index]?.text ?? "", index} : null));
  }

  /**
   * Holds the labels of the summary lines against the catalogue's: totals and missing lines, or the fit figures of a
   * regression. Where lines are gone or too many, only the first that is not as expected is told.
   */
  private expectSums(sums: readonly Cell[][]): (Side | null)[] {
    const {summary} = this.entry;
    const wrong: (() => void)[] = [];
    const length = Math.max(sums.length, summary.length);
    const sides = Array.from({length}, (_, index): Side | null => {
      const label = sums[index]?.[0];
      const code = summary[index];
      const names = code && this.sum ? this.namesOf(this.sum, code) : [];
      if (label && code && names.includes(label.text)) return {code, label: label.text, index};
      const expected = code ? `the line “${code}”, labelled ${oneOf(names)}` : "no further line";
      wrong.push(() => (label ? this.refuse(label, expected) : this.report(null, "the end of the file", expected)));
      return null;
    });
    for (const tell of sums.length === summary.length ? wrong : wrong.slice(0, 1)) tell();
    return sides;
  }

  /** Checks the header (a blank or named corner, then the measures) and parts the summary lines from those above. */
  private splitSummary([header = [], ...lines]: Cell[][], corner = ""): {lines: Cell[][]; sums: Cell[][]} {
    const {row, rowCodes, measures: shown, summary} = this.entry;
    const width = shown.length + 1;
    if (header[0]?.text !== corner) this.refuse(header[0], corner ? quote(corner) : "an empty field");
    if (header.length !== width) {
      this.report(
        {line: 1},
        count(header.length, "field"),
        `${count(width, "field")}: a label and ${shown.join(", ")}`
      );
    }
    for (const [i, measure] of shown.entries()) this.expectMeasure(header[i + 1], measure);
    // With the right number of lines their places tell which are sums; otherwise their labels must.
    const isSum = ([label]: Cell[]) =>
      this.codeOf(row, label) === undefined && summary.includes(this.codeOf(this.sum, label) ?? "");
    const first = lines.findIndex(isSum);
    const isWhole = lines.length === rowCodes.length + summary.length;
    const cut = isWhole ? rowCodes.length : first < 0 ? lines.length : first;
    return {lines: lines.slice(0, cut), sums: lines.slice(cut)};
  }

  /** A label may be printed for two measures (“Antall” for percents in table 17), so ask whether it can mean this one. */
  private expectMeasure(cell: Cell | undefined, measure: Measure | undefined): void {
    const names = measure ? this.namesOf(this.measure, measure) : [];
    if (cell && measure && !names.includes(cell.text)) this.refuse(cell, `${oneOf(names)} (${measure})`);
  }

  private readCell(
    cell: Cell | undefined,
    measure: Measure,
    row: Side | null = null,
    column: Side | null = null,
    decimal?: DecimalSign
  ): PrintedCell[] {
    if (!cell) return [];
    const number = decimal ? readPastedNumber(cell.text, measure, decimal) : readNumber(cell.text, measure);
    if ("expected" in number) return this.refuse(cell, number.expected);
    const {text: printed, line, column: field} = cell;
    return [{row, column, measure, printed, value: number.value, file: this.file, line, field}];
  }

  private expectBlank(cells: readonly (Cell | undefined)[]): never[] {
    return cells.flatMap((cell) => (cell?.text ? this.refuse(cell, "an empty field") : []));
  }

  /** Reports a cell, and gives the numbers that are read there: none. */
  private refuse(cell: Cell | undefined, expected: string): never[] {
    if (cell) this.report(cell, quote(cell.text), expected);
    return [];
  }

  private get measure(): Variable {
    const variable = this.codebook.get("measure");
    if (!variable) throw new Error("the codebook has been read without its variable “measure”");
    return variable;
  }

  /** The variable whose categories are the summary lines of the table. */
  private get sum(): Variable | undefined {
    return this.entry.kind === "regression" ? this.measure : this.codebook.get("summary");
  }

  private withTotal(variable: Variable, codes?: readonly string[]): Expected[] {
    const summary = this.codebook.get("summary");
    return [...categories(variable, codes), ...(summary ? [{variable: summary, code: TOTAL}] : [])];
  }

  private codeOf(variable: Variable | undefined, label: Cell | undefined): string | undefined {
    return variable && label && codeOf(variable, label.text, this.entry.table);
  }

  private namesOf(variable: Variable, code?: string): string[] {
    return spellingsOf(variable, this.entry.table, code);
  }
}

function categories(
  variable: Variable,
  codes = variable.categories.map((c) => c.code) as readonly string[]
): Expected[] {
  return codes.map((code) => ({variable, code}));
}

/**
 * The order in which labels should stand: the codebook's, or for a scale of four or more its reverse, if that is nearer
 * to theirs. The reverse of fewer is what a mere mix-up of two labels gives.
 */
function expectedOrder(found: readonly unknown[], expected: readonly Expected[]): readonly Expected[] {
  const [first] = expected;
  const main = expected.filter(({variable}) => variable === first?.variable);
  const backward = [...main.toReversed(), ...expected.slice(main.length)];
  const matches = (order: readonly Expected[]) => found.filter((each, i) => each === order[i]).length;
  const isScale = first?.variable.kind === "ordinal" && main.length >= 4;
  return isScale && matches(backward) > matches(expected) ? backward : expected;
}

const numbersIn = (text: string): string[] => text.match(/\d+(?:[.,/]\d+)*/g) ?? [];

/** The first cell of each line. */
function labelsOf(lines: readonly Cell[][]): Cell[] {
  return lines.flatMap(([label]) => label ?? []);
}

/** Lines one after another with the same label belong to one row. */
function groupByLabel(lines: readonly Cell[][]): Cell[][][] {
  const groups: Cell[][][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group && group[0]?.[0]?.text === line[0]?.text) group.push(line);
    else groups.push([line]);
  }
  return groups;
}
