import {read as readWorkbook, utils} from "@e965/xlsx";
import {parse} from "csv-parse/sync";
import latex from "./latex.json" with {type: "json"};

/** One field of a pasted file: its text without outer or double blanks, and where it stands (both from 1). */
export interface Field {
  readonly text: string;
  readonly line: number;
  readonly field: number;
}

/** What a person may say of a file where the guess is wrong. */
export interface DecodeOptions {
  readonly encoding?: string;
  /** `tab`, `blanks`, or the sign itself. */
  readonly delimiter?: string;
  /** The sheet of a workbook, by its name or number. */
  readonly sheet?: string;
}

/** A pasted file as a rectangle of fields, and how it was read. */
export interface Decoded {
  readonly grid: Field[][];
  readonly notes: string[];
}

const delimiters: Record<string, string> = {tab: "\t", blanks: "blanks"};
const names: Record<string, string> = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"};

/** The fields of a pasted file. Throws an Error in one sentence where it is no table or cannot be read. */
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): Decoded {
  if (bytes.length === 0) throw new Error("The file is empty.");
  if (new TextDecoder().decode(bytes.subarray(0, 5)) === "%PDF-") {
    throw new Error("The file is a PDF: select the table in it, and paste its text into a file.");
  }
  // Workbooks are zip archives; old ones are compound files.
  const magic = [...bytes.subarray(0, 4)].join(" ");
  if (magic === "80 75 3 4" || magic === "208 207 17 224") return fromWorkbook(bytes, options);
  const {text, encoding} = decodeText(bytes, options.encoding);
  if (/(?![\t\n\v\f\r])\p{Cc}/u.test(text)) throw new Error("The file is no text and no workbook that is known.");
  if (/<table[\s>]/i.test(text)) return fromWorkbook(bytes, options, text.replace(/<sup>(.*?)<\/sup>/gi, "^$1"));
  // Soft hyphens, zero-width blanks and direction marks are never part of a number or a label.
  const lines = text.replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, "").split(/\r\n|\r|\n/);
  if (lines.every((line) => line.trim() === "")) throw new Error("The file has blank lines only.");
  if (/\\begin\{(?:tabular|longtable|tabu)/.test(text)) {
    return {grid: rectangle(fromLatex(lines)), notes: [`Read as ${encoding}, a table in LaTeX.`]};
  }
  const wanted = options.delimiter && (delimiters[options.delimiter] ?? options.delimiter);
  const delimiter = wanted || guessDelimiter(lines);
  const rows = delimiter === "blanks" ? splitByBlanks(lines) : splitBy(delimiter, lines);
  const shown =
    delimiter === "blanks" ? "columns set apart by blanks" : `fields between ${names[delimiter] ?? delimiter}`;
  return {grid: rectangle(rows), notes: [`Read as ${encoding}, ${shown}.`]};
}

/** A workbook, or a page of HTML, whose tables are sheets. */
function fromWorkbook(bytes: Uint8Array, {sheet}: DecodeOptions, page?: string): Decoded {
  const open = () => {
    try {
      return page === undefined
        ? readWorkbook(bytes, {type: "array"})
        : readWorkbook(page, {type: "string", raw: true});
    } catch (error) {
      throw new Error(
        `The workbook cannot be read (${error instanceof Error ? error.message : error}); was it cut short?`
      );
    }
  };
  const book = open();
  const name = book.SheetNames.find((each, i) => each === sheet || String(i + 1) === sheet) ?? book.SheetNames[0];
  const own = name === undefined ? undefined : book.Sheets[name];
  if (!own?.["!ref"]) throw new Error(`The workbook’s sheet “${name ?? sheet}” is empty.`);
  if (sheet && ![name, String(book.SheetNames.indexOf(name ?? "") + 1)].includes(sheet)) {
    throw new Error(`The workbook has no sheet “${sheet}”; it has ${book.SheetNames.join(", ")}.`);
  }
  // `raw: false` gives each number as its cell shows it: “30.1%” where the cell holds 0.301369.
  const rows = utils.sheet_to_json<string[]>(own, {header: 1, raw: false, defval: "", blankrows: true, range: 0});
  const others =
    book.SheetNames.length > 1 ? `; the others are ${book.SheetNames.filter((n) => n !== name).join(", ")}` : "";
  return {
    grid: rectangle(rows.map((row, r) => row.map((text, c) => ({text, line: r + 1, field: c + 1})))),
    notes: [
      `Read as ${page === undefined ? "a workbook" : "a web page"}, sheet “${name}”, each number as its cell shows it${others}.`
    ]
  };
}

/** What stands for the signs of LaTeX, in this order. */
const latexSigns = latex.map(([sign = "", word = ""]) => [new RegExp(sign, "g"), word] as const);

/** The rows of a table in LaTeX, its caption as the first; a cell that spans columns is followed by empty ones. */
function fromLatex(lines: readonly string[]): Rows {
  const plain = (text: string) => latexSigns.reduce((all, [sign, word]) => all.replace(sign, word), text).trim();
  return lines.flatMap((line, l) => {
    const at = (texts: readonly string[]) => [texts.map((text, i) => ({text: plain(text), line: l + 1, field: i + 1}))];
    const caption = /\\caption\{(.*)\}/.exec(line)?.[1];
    if (caption !== undefined) return at([caption]);
    if (/\\(?:begin|end)\{/.test(line) || !/(?<!\\)&|\\\\/.test(line)) return [];
    const cells = line.replace(/\\\\.*$|(?<!\\)%.*$/, "").split(/(?<!\\)&/);
    return at(
      cells.flatMap((cell) => {
        const [, n = "1", text = cell] = /\\multicolumn\{(\d+)\}\{.*?\}\{(.*)\}/.exec(cell) ?? [];
        return [text, ...Array.from({length: Number(n) - 1}, () => "")];
      })
    );
  });
}

/** Text by its mark, by the zero bytes of UTF-16, as UTF-8, or else as Windows-1252, which reads any bytes. */
function decodeText(bytes: Uint8Array, encoding?: string): {text: string; encoding: string} {
  const as = (label: string, name: string, fatal = false) => ({
    text: new TextDecoder(label, {fatal}).decode(bytes),
    encoding: name
  });
  if (encoding) return as(encoding, encoding);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return as("utf-16le", "UTF-16");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return as("utf-16be", "UTF-16");
  const zeros = [0, 1].map((at) => bytes.filter((byte, i) => i % 2 === at && byte === 0).length / (bytes.length / 2));
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) > 0.3) return as(odd > even ? "utf-16le" : "utf-16be", "UTF-16");
  try {
    return as("utf-8", "UTF-8", true);
  } catch {
    return as("windows-1252", "Windows-1252 (it is not UTF-8)");
  }
}

/** The sign that cuts most lines into equally many fields. A line that ends in blanks or holds a title counts little. */
function guessDelimiter(lines: readonly string[]): string {
  const full = lines.filter((line) => line.trim() !== "" && !isRule(line));
  if (full.some((line) => line.includes("\t"))) return "\t";
  if (full.filter((line) => /^\s*\|.*\|\s*$/.test(line)).length * 2 > full.length) return "|";
  const counts = (split: (line: string) => number) => {
    const widths = full.map(split).filter((n) => n > 1);
    const times = new Map<number, number>();
    for (const n of widths) times.set(n, (times.get(n) ?? 0) + 1);
    return {share: widths.length / full.length, even: Math.max(0, ...times.values()) / full.length};
  };
  const unquoted = (line: string) => line.replace(/"(?:[^"]|"")*"/g, "");
  const blanks = counts((line) => line.trim().split(/ {2,}|\s\|\s?/).length);
  const semicolons = counts((line) => unquoted(line).split(";").length);
  // A comma before a blank is one of prose.
  const commas = counts((line) => unquoted(line).split(/,(?! )/).length);
  if (semicolons.share > 0.6 && semicolons.even >= Math.min(0.5, commas.even)) return ";";
  const quoted = full.some((line) => /(^|,)"/.test(line));
  if (blanks.share > 0.5 && !quoted && (blanks.share >= commas.share || commas.even < 0.9)) return "blanks";
  if (commas.share > 0.3) return ",";
  if (blanks.share > 0.2) return "blanks";
  throw new Error("No columns are seen: neither tabs, semicolons, commas nor runs of blanks stand between the fields.");
}

/** A line drawn with signs, as statistics programs do. */
function isRule(line: string): boolean {
  return /[-=_+─━]{3}|\|\s*:?-+:?\s*\|/.test(line) && /^[-=_+|─━┼:\s]+$/.test(line);
}

type Rows = {text: string; line: number; field: number}[][];

function splitBy(delimiter: string, lines: readonly string[]): Rows {
  const inner = (line: string) => (delimiter === "|" ? line.trim().replace(/^\||\|$/g, "") : line);
  const text = lines.map((line) => (isRule(line) ? "" : inner(line))).join("\n");
  const options = {delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: false};
  let records: {record: string[]; info: {lines: number}}[];
  try {
    records = parse(text, options) as unknown as typeof records;
  } catch {
    // A quote that is a sign of its own, such as inches, closes nowhere.
    records = parse(text, {...options, quote: false}) as unknown as typeof records;
  }
  let next = 1;
  return records.map(({record, info}) => {
    const line = next;
    next = info.lines + 1;
    return record.map((field, i) => ({text: field, line, field: i + 1}));
  });
}

/** Stands for a blank within a head that one blank parts from the next. */
const GLUE = "\uE000";

/**
 * Columns that stand apart by two blanks or more. A field belongs to the column that it lies under: the columns are
 * those of the lines with most fields.
 */
function splitByBlanks(lines: readonly string[]): Rows {
  const pieces = lines.map((line) =>
    isRule(line)
      ? []
      : [
          ...line
            .replace(/>\|([a-z])\|/g, `>$1${GLUE}${GLUE}`)
            .replace(/(Std\.) (Error) ([tz]) (value)/, `$1${GLUE}$2 $3${GLUE}$4`)
            .replaceAll("|", " ")
            .replaceAll("\u00A0", " ")
            .replace(/= {2,}(?=\S)/g, "= ")
            .matchAll(/\S+(?: \S+)*/g)
        ].map((match) => ({
          text: match[0],
          from: match.index,
          to: match.index + match[0].length
        }))
  );
  const most = Math.max(...pieces.map((line) => line.length));
  const columns: {from: number; to: number}[] = [];
  const typical = pieces.filter((line) => line.length === most);
  for (let c = 0; c < most; c++) {
    const own = typical.flatMap((line) => line[c] ?? []);
    columns.push({from: Math.min(...own.map((p) => p.from)), to: Math.max(...own.map((p) => p.to))});
  }
  // A word alone that begins right of the label below it is a head, and no label.
  const [first, second] = columns;
  for (const [l, [piece, ...others]] of pieces.entries()) {
    const [below, ...more] = pieces[l + 1] ?? [];
    if (!first || !second || !piece || !below || others.length > 0 || more.length === 0) continue;
    if (piece.from < below.to || below.from >= first.to) continue;
    piece.from = Math.max(piece.from, second.from);
    piece.to = Math.max(piece.to, piece.from + 1);
  }
  const aligned = columns.every((column, c) => c === 0 || column.from >= (columns[c - 1]?.to ?? 0));
  // Words that each stand over a column of their own are as many heads, though one blank parts them.
  const under = ({from, to}: {from: number; to: number}) => columns.filter((c) => c.from < to && c.to > from).length;
  const parted = pieces.map((line) =>
    line.flatMap((piece) => {
      const words = [...piece.text.matchAll(/\S+(?: \*{1,3}(?!\S))?/g)].map((word) => {
        const from = piece.from + word.index;
        return {text: word[0], from, to: from + word[0].length};
      });
      return words.length > 1 && under(piece) === words.length && words.every((word) => under(word) === 1)
        ? words
        : [piece];
    })
  );
  return parted.map((line, l) => {
    const taken = new Map<number, {text: string; line: number; field: number}>();
    for (const [i, piece] of line.entries()) {
      const overlap = ({from, to}: {from: number; to: number}) => Math.min(to, piece.to) - Math.max(from, piece.from);
      const best = columns.reduce((a, column, c) => (overlap(column) > overlap(columns[a] ?? column) ? c : a), 0);
      // A head over several columns begins with the first of them.
      const spanned = columns.findIndex((each) => overlap(each) * 2 >= each.to - each.from);
      const at = aligned && line.length < most ? (spanned < 0 ? best : spanned) : i;
      const before = taken.get(at);
      const text = piece.text.replaceAll(GLUE, " ");
      taken.set(at, {text: before ? `${before.text} ${text}` : text, line: l + 1, field: at + 1});
    }
    return columns.map((_, c) => taken.get(c) ?? {text: "", line: l + 1, field: c + 1});
  });
}

function rectangle(rows: Rows): Field[][] {
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => {
    const line = row[0]?.line ?? 0;
    return Array.from({length: width}, (_, c): Field => {
      const {text = "", line: own = line, field = c + 1} = row[c] ?? {};
      // Markdown’s marks of emphasis are no part of a text.
      const plain = text
        .replace(/\s+/g, " ")
        .trim()
        .replace(/(?<!\S)(\*\*|\*|__|_|`)(\w[^*_`]*)\1(?!\w)/g, "$2");
      return {text: plain, line: own, field};
    });
  });
}
