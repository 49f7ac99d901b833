import {isUtf8} from "node:buffer";
import {parse} from "csv-parse/sync";
import {type Complain, count, oneOf, quote, type Report, reportIn} from "./problem.js";

/** One field of a raw CSV file: its text exactly as written, and where it stands (both from 1). */
export interface Cell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The fields of a CSV file (UTF-8, comma, double quotes), as a rectangle: every line has as many fields as the others.
 *
 * A byte-order mark and CRLF line ends are accepted. Reported, and answered with null: an empty file, bytes that are
 * not UTF-8, quotes that do not close, a line with too many or too few fields, a line break or control character
 * inside a field, and a last line without a line end, which is how a file that was cut short usually looks.
 */
export function readSheet(bytes: Uint8Array, report: Report): Cell[][] | null {
  let sound = true;
  const refuse: Report = (...problem) => {
    sound = false;
    report(...problem);
  };
  const text = new TextDecoder().decode(bytes);
  let records: {record: string[]; info: {lines: number}}[] = [];
  if (bytes.length === 0) refuse(null, "an empty file", "a CSV file");
  else if (!isUtf8(bytes)) {
    // A line feed never occurs inside a UTF-8 sequence, so each line stands on its own.
    const lines = Buffer.from(bytes).toString("latin1").split("\n");
    const line = lines.findIndex((each) => !isUtf8(Buffer.from(each, "latin1"))) + 1;
    refuse({line}, "bytes that are not UTF-8", "text saved as UTF-8");
  } else if (text.trim() === "") refuse(null, "a file of blank lines only", "a CSV file");
  else {
    try {
      // The decoder has taken the byte-order mark. Ragged lines are let through, to be reported all at once below.
      const options = {info: true, relax_column_count: true, record_delimiter: ["\r\n", "\n"]};
      records = parse(text, options) as unknown as typeof records;
    } catch (error) {
      reportQuote(error as QuoteError, refuse);
    }
  }
  if (!sound) return null;
  const width = usual(records.map(({record}) => record.length)) ?? 0;
  if (width === 1) {
    const found = `lines of one field, such as ${quote(text.split(/\r?\n/)[0] ?? "")}`;
    report({line: 1}, found, "commas between the fields");
    return null;
  }
  const rows = records.map(({record, info: {lines: line}}, r) => {
    const whole = quote(record.join(","));
    if (r === records.length - 1 && !text.endsWith("\n")) {
      refuse({line}, `a last line without a line end, ${whole}`, "a line end; was the file cut short?");
    } else if (record.length !== width) {
      const blank = record.length === 1 && record[0] === "";
      const found = blank ? "a blank line" : `${count(record.length, "field")}, ${whole}`;
      refuse({line}, found, `${count(width, "field")}, as in the other lines`);
    } else {
      for (const [i, value] of record.entries()) {
        const at = {line, column: i + 1};
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
        if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(value)) {
          refuse(at, `a line break or control character in ${quote(value)}`, "one line of text");
        } else if (value !== value.trim()) refuse(at, `blanks around ${quote(value)}`, quote(value.trim()));
      }
    }
    return record.map((value, i): Cell => ({text: value, line, column: i + 1}));
  });
  return sound ? rows : null;
}

/** A line of a CSV file with a header: its fields by the names of their columns, and ways to say what is wrong. */
export class Row<Name extends string> {
  /** Whether nothing has been refused. */
  sound = true;
  readonly texts: Readonly<Record<Name, string>>;

  constructor(
    readonly cells: Readonly<Record<Name, Cell>>,
    readonly report: Report
  ) {
    const texts = Object.entries<Cell>(cells).map(([name, {text}]) => [name, text]);
    this.texts = Object.fromEntries(texts) as Record<Name, string>;
  }

  /** Reports a field that is not as expected. */
  refuse(name: Name, expected: string): void {
    this.sound = false;
    this.report(this.cells[name], quote(this.texts[name]), expected);
  }

  /** Refuses fields that are empty; `what` they should hold. */
  require(names: readonly Name[], what = "text"): void {
    for (const name of names) if (!this.texts[name]) this.refuse(name, what);
  }

  /** The one of some words that a field holds; undefined, and refused, where it holds another. */
  pick<T extends string>(name: Name, choices: readonly T[]): T | undefined {
    const choice = choices.find((each) => each === this.texts[name]);
    if (choice === undefined) this.refuse(name, oneOf(choices));
    return choice;
  }

  /** The words of a field, which stand with blanks between them. */
  words(name: Name): string[] {
    return this.texts[name] === "" ? [] : this.texts[name].split(" ");
  }

  /** This line with some fields in place of its own. */
  with(cells: Partial<Record<Name, Cell>>): Row<Name> {
    return new Row({...this.cells, ...cells}, this.report);
  }
}

/** The names of columns in a header as the file has it: `"code,label"`. */
export type Names<Header extends string> = Header extends `${infer First},${infer Rest}` ? First | Names<Rest> : Header;

/**
 * The lines of a CSV file with a header. The header must be the one given, or that and `more` after it, whose columns may
 * be left out; where they are, their fields are empty. Null, and reported, where the file cannot be read.
 */
export function readRecords<Header extends string, More extends string = never>(
  file: string,
  bytes: Uint8Array,
  header: Header,
  complain: Complain,
  more?: More
): Row<Names<Header> | Names<More>>[] | null {
  const report = reportIn(file, complain);
  const [first, ...rows] = readSheet(bytes, report) ?? [];
  if (!first) return null;
  const found = first.map((cell) => cell.text).join(",");
  const whole = more ? `${header},${more}` : header;
  if (found !== header && found !== whole) {
    report({line: 1}, `the header ${quote(found)}`, quote(header));
    return null;
  }
  const names = whole.split(",") as (Names<Header> | Names<More>)[];
  return rows.map((row) => {
    const absent = {text: "", line: row[0]?.line ?? 1, column: row.length};
    const cells = names.map((name, i) => [name, row[i] ?? absent]);
    return new Row(Object.fromEntries(cells) as Record<(typeof names)[number], Cell>, report);
  });
}

interface QuoteError {
  readonly code: string;
  /** How many lines and how many whole records have been read; a record is a line, or the lines that a quote joins. */
  readonly lines: number;
  readonly records: number;
  /** The field, from 0. */
  readonly index: number;
}

/** What the parser stopped at, in words: quotes are all that can be wrong in a CSV file of ragged lines. */
function reportQuote({code, lines, records, index}: QuoteError, report: Report): void {
  const [opened, column] = [records + 1, index + 1];
  if (code === "CSV_QUOTE_NOT_CLOSED") {
    const expected = "a second quote that closes it; was the file cut short?";
    report({line: opened, column}, "a quote that is never closed", expected);
  } else {
    const found = code === "INVALID_OPENING_QUOTE" ? "a quote inside a field" : "more text after a closing quote";
    const from = opened < lines ? `; or is a quote left open on line ${opened}?` : "";
    report({line: lines, column}, found, `quotes around the whole field, doubled inside${from}`);
  }
}

/** The most frequent of some numbers; of two that are as frequent, the one that comes first. */
export function usual(numbers: readonly number[]): number | undefined {
  const times = (number: number) => numbers.filter((other) => other === number).length;
  return [...new Set(numbers)].sort((a, b) => times(b) - times(a))[0];
}
