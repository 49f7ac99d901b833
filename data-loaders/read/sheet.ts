import {parse} from "csv-parse/sync";
import {type Problem, quote} from "./problem.js";

/** One field of a raw CSV file: its text exactly as written, and where it stands (both from 1). */
export interface Cell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Takes a problem; the caller decides whether to stop. */
export type Report = (problem: Omit<Problem, "file">) => void;

/**
 * The fields of a CSV file (UTF-8, comma, double quotes), as a rectangle: every line has as many fields as the others.
 *
 * A byte-order mark and CRLF line ends are accepted. Reported, and answered with null: an empty file, bytes that are
 * not UTF-8, quotes that do not close, a line with too many or too few fields, a line break or control character
 * inside a field, and a last line without a line end, which is how a file that was cut short usually looks.
 */
export function readSheet(bytes: Uint8Array, report: Report): Cell[][] | null {
  if (bytes.length === 0) {
    report({line: null, column: null, found: "an empty file", expected: "a CSV file"});
    return null;
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    const line = invalidLine(bytes);
    report({line, column: null, found: "bytes that are not UTF-8", expected: "text saved as UTF-8"});
    return null;
  }
  if (text.trim() === "") {
    report({line: null, column: null, found: "a file of blank lines only", expected: "a CSV file"});
    return null;
  }
  let records: {record: string[]; info: {lines: number}}[];
  try {
    // The decoder has taken the byte-order mark. Ragged lines are let through, to be reported all at once below.
    const options = {info: true, relax_column_count: true, record_delimiter: ["\r\n", "\n"]};
    records = parse(text, options) as unknown as typeof records;
  } catch (error) {
    report(quoteProblem(error as QuoteError));
    return null;
  }
  const cut = !text.endsWith("\n");
  let sound = true;
  const complain: Report = (problem) => {
    sound = false;
    report(problem);
  };
  const width = usual(records.map(({record}) => record.length));
  if (width === 1) {
    const found = `lines of one field, such as ${quote(text.split(/\r?\n/)[0] ?? "")}`;
    report({line: 1, column: null, found, expected: "commas between the fields"});
    return null;
  }
  const rows = records.map(({record, info}, r) => {
    if (cut && r === records.length - 1) {
      complain({
        line: info.lines,
        column: null,
        found: `a last line without a line end, ${quote(record.join(","))}`,
        expected: "a line end; was the file cut short?"
      });
      return [];
    }
    if (record.length !== width) {
      const blank = record.length === 1 && record[0] === "";
      complain({
        line: info.lines,
        column: null,
        found: blank ? "a blank line" : `${count(record.length, "field")}, ${quote(record.join(","))}`,
        expected: `${count(width, "field")}, as in the other lines`
      });
      return [];
    }
    return record.map((value, i): Cell => {
      const cell = {text: value, line: info.lines, column: i + 1};
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
      if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(value)) {
        complain({
          line: cell.line,
          column: cell.column,
          found: `a line break or control character in ${quote(value)}`,
          expected: "one line of text"
        });
      } else if (value !== value.trim()) {
        complain({
          line: cell.line,
          column: cell.column,
          found: `blanks around ${quote(value)}`,
          expected: quote(value.trim())
        });
      }
      return cell;
    });
  });
  return sound ? rows : null;
}

/**
 * The lines of a CSV file with a header, as records by column name. The header must be exactly the columns named, with
 * or without all of those that may be left out; where they are, their fields are empty.
 */
export function readRecords<Name extends string>(
  bytes: Uint8Array,
  columns: readonly Name[],
  report: Report,
  optional: readonly Name[] = []
): Record<Name, Cell>[] | null {
  const [header, ...rows] = readSheet(bytes, report) ?? [];
  if (!header) return null;
  const names = header.map((cell) => cell.text);
  const all = [...columns, ...optional];
  const expected = names.length === columns.length ? columns : all;
  if (names.length !== expected.length || expected.some((name, i) => names[i] !== name)) {
    report({line: 1, column: null, found: `the header ${quote(names.join(","))}`, expected: quote(columns.join(","))});
    return null;
  }
  const absent = (row: readonly Cell[]): Cell => ({text: "", line: row[0]?.line ?? 1, column: row.length});
  return rows.map(
    (row) => Object.fromEntries(all.map((name, i) => [name, row[i] ?? absent(row)])) as Record<Name, Cell>
  );
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
function quoteProblem({code, lines, records, index}: QuoteError): Omit<Problem, "file"> {
  const opened = records + 1;
  if (code === "CSV_QUOTE_NOT_CLOSED") {
    const expected = "a second quote that closes it; was the file cut short?";
    return {line: opened, column: index + 1, found: "a quote that is never closed", expected};
  }
  const found = code === "INVALID_OPENING_QUOTE" ? "a quote inside a field" : "more text after a closing quote";
  const from = opened < lines ? `; or is a quote left open on line ${opened}?` : "";
  return {line: lines, column: index + 1, found, expected: `quotes around the whole field, doubled inside${from}`};
}

/** The number of fields that most lines have; of two that are as frequent, the one that comes first. */
function usual(widths: readonly number[]): number {
  const times = new Map<number, number>();
  for (const width of widths) times.set(width, (times.get(width) ?? 0) + 1);
  return [...times].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}

/** A number of things in words: `1 field`, `2 fields`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function invalidLine(bytes: Uint8Array): number {
  // Decode line by line: 0x0A never occurs inside a UTF-8 sequence, so each line stands on its own.
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end + 1;
    try {
      new TextDecoder("utf-8", {fatal: true}).decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop;
  }
  return line;
}
