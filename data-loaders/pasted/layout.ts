import type {Field} from "./decode.js";
import {type DecimalSign, isLabel, readField, type Token} from "./number.js";
import {isDf, isGeneric, isP, isStatistic, readHead} from "./words.js";

/** A number with its field. */
export interface Placed {
  readonly token: Token;
  readonly field: Field;
}

/** One table of a file: what stands above it, over its columns, beside its rows, and below it. */
export interface Section {
  readonly titles: string[];
  readonly header: Field[][];
  /** How many columns hold labels. */
  readonly stub: number;
  readonly rows: Field[][];
  readonly notes: string[];
  /** Tests that stand in a line of text below the table: `Pearson chi2(1) = 8.0981  Pr = 0.004`. */
  readonly tests: readonly Placed[];
}

export interface LayoutOptions {
  /** How many lines are heads, and how many columns labels. */
  readonly header?: number;
  readonly labels?: number;
}

const TITLE =
  /^(?:(?:online |supplementary |appendix )?(?:table|tabell?e?|tableau|tab\.|figure?|fig\.)\s*\w{0,3}[\d.]*\w?(?:[.:\s–-]|$))/i;
const NOTE =
  /^(?:notes?\b|sources?\b|kilde|merknad|anm|quelle|abbreviations?|data are|values are|percentages|p[- ]?values? |\(?[a-d*†‡§¹²³][).:\s]|[*†‡§¶]|[a-z]\. |χ|chi|x2|pearson|fisher|cram[eé]r)/i;

export function layout(grid: Field[][], decimal: DecimalSign, options: LayoutOptions = {}): Section[] {
  const used = (grid[0] ?? []).map((_, c) => grid.some((row) => row[c]?.text !== ""));
  const rows = grid.map((row) => row.filter((_, c) => used[c]));
  const sections: Section[] = [];
  let titles: string[] = [];
  let start = 0;
  while (start < rows.length) {
    const read = readSection(rows, start, titles, decimal, options);
    if (!read) break;
    // The tail of a page break: the same heads once more belong to the table before.
    const before = sections.at(-1);
    const goesOn = titles.every((title) => /\bcont(?:inued|\.)|\bforts/i.test(title));
    if (before && goesOn && sameHeader(before.header, read.section.header)) before.rows.push(...read.section.rows);
    else sections.push(read.section);
    titles = read.next;
    start = read.end;
  }
  return sections;
}

const filled = (row: readonly Field[]) => row.filter(({text}) => text !== "");
const textOf = (header: Field[][]) => header.map((row) => row.map(({text}) => text).join("\t")).join("\n");
const sameHeader = (a: Field[][], b: Field[][]) => textOf(a) === textOf(b);

function readSection(
  rows: Field[][],
  from: number,
  titlesBefore: readonly string[],
  decimal: DecimalSign,
  options: LayoutOptions
): {section: Section; next: string[]; end: number} | null {
  const numeric = ({text}: Field) => text !== "" && !isLabel(text) && readField(text, decimal) !== null;
  const titles = [...titlesBefore];
  let at = from;
  for (; at < rows.length; at++) {
    const own = filled(rows[at] ?? []);
    const [first] = own;
    if (!first) continue;
    const isTitle = own.length === 1 ? rows[at]?.[0] === first : TITLE.test(first.text) && !own.some(numeric);
    if (!isTitle) break;
    titles.push(own.map(({text}) => text).join(", "));
  }
  if (at >= rows.length) return null;

  // Heads: the first line, and those after it that have no label with numbers beside it.
  const top = at;
  const isBody = (row: Field[]) => {
    const [label, ...rest] = row;
    const others = filled(rest);
    if (others.length === 0) return label?.text !== "";
    const numbers = others.filter(numeric);
    if (label?.text) return numbers.length > 0 && !others.every(isYear);
    const sizes = numbers.every(({text}) =>
      readField(text, decimal)?.every(({name, bracket}) => name === "n" || bracket)
    );
    return numbers.length > 0 && !sizes && !numbers.every(isYear);
  };
  at++;
  const wanted = options.header;
  while (at < rows.length && (wanted !== undefined ? at - top < wanted : !isBody(rows[at] ?? []))) at++;
  const header = rows.slice(top, at).filter((row) => filled(row).length > 0 && !isNumbering(row));

  // The body, up to a new head or the end.
  const body: Field[][] = [];
  let end = at;
  let next: string[] = [];
  for (; end < rows.length; end++) {
    const row = rows[end] ?? [];
    const own = filled(row);
    if (own.length === 0) continue;
    const broken = filled(rows[end - 1] ?? []).length <= 1;
    const isHead =
      own.length > 1 && !own.some(numeric) && own.some((f) => f !== row[0]) && body.some((r) => r.some(numeric));
    const others = own.filter((field) => field !== row[0]).length;
    if (wanted === undefined && isHead && others > 1 && (row[0]?.text === "" ? others >= 2 : broken)) {
      // The single fields just above are its titles.
      while (body.length > 0 && filled(body.at(-1) ?? []).length === 1) next = [body.pop()?.[0]?.text ?? "", ...next];
      break;
    }
    body.push(row);
  }

  const notes: string[] = [];
  const tests: Placed[] = [];
  while (body.length > 1) {
    const last = body.at(-1) ?? [];
    const own = filled(last);
    const text = own.map((field) => field.text).join(own.length > 1 ? ", " : "");
    const named = own.flatMap((field) => readField(field.text, decimal)?.map((token) => ({token, field})) ?? []);
    const isName = (name: string) => isP(name) || isStatistic(name) || isDf(name) || name === "n";
    const isTest = own.every((f) => readField(f.text, decimal)?.some(({name}) => isName(name)));
    const alone = own.length === 1 && last[0] === own[0];
    const isNote = isTest || (alone && !isP(text)) || (NOTE.test(text) && !own.some(numeric));
    if (!isNote || (!isTest && own.length > 1 && isStatistic(own[0]?.text ?? ""))) break;
    body.pop();
    notes.unshift(text);
    if (isTest) tests.unshift(...named.filter(({token}) => token.name !== ""));
    else if (own[0]) tests.unshift(...testsIn(own[0], text, decimal));
  }
  return {section: {titles, header, stub: stubOf(header, body, numeric, options), rows: body, notes, tests}, next, end};
}

/** Tests told in a note: `χ2 = 8.10, df = 1, p = 0.004`. Legends of stars (`* p < 0.05`) are none. */
function testsIn(field: Field, text: string, decimal: DecimalSign): Placed[] {
  const [, statistic, p] =
    /(?:χ2?²?|chi-?square[d]?|x2|x²)\s*(?:\([^)]*\))?\s*(=\s*[\d.,]*\d).*?\bp\s*([=<>]\s*[\d.,]*\d)/i.exec(text) ?? [];
  const read = (name: string, printed = "") => readField(`${name} ${printed}`, decimal) ?? [];
  return statistic && p ? [...read("χ2", statistic), ...read("p", p)].map((token) => ({token, field})) : [];
}

function isYear({text}: Field): boolean {
  return /^(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?$/.test(text);
}

/** `(1) (2) (3)` under the heads. */
function isNumbering(row: readonly Field[]): boolean {
  const own = filled(row).map(({text}) => Number(text.replace(/[()]/g, "")));
  return own.length > 2 && own.every((n, i) => n === (own[0] ?? 0) + i) && (own[0] ?? 0) <= 1;
}

/** Labels stand in the first column, and in those after it that are mostly words, ranges or years down the side. */
function stubOf(
  header: Field[][],
  body: Field[][],
  numeric: (field: Field) => boolean,
  options: LayoutOptions
): number {
  if (options.labels !== undefined) return options.labels;
  const width = header[0]?.length ?? 0;
  let stub = 1;
  for (; stub < width - 1; stub++) {
    const heads = header.map((row) => row[stub]?.text ?? "").filter(Boolean);
    const own = body.map((row) => row[stub] as Field).filter(({text}) => text !== "");
    const gaps = body.filter((row) => row[0]?.text === "").length;
    const repeated = gaps > 0 || body.some((row, i) => i > 0 && row[0]?.text === body[i - 1]?.[0]?.text);
    const years =
      own.length > 1 && own.every(isYear) && !heads.some((text) => isYear({text, line: 0, field: 0})) && repeated;
    const words = own.filter((field) => !numeric(field)).length;
    const head = heads.at(-1) ?? "";
    const said = readHead(head).measures.length > 0 || isP(head) || isStatistic(head);
    const generic = heads.length === 0 || isGeneric(head);
    if (!(years || (own.length > 0 && words / own.length > (generic ? 0.5 : 0.6) && !said))) break;
  }
  return stub;
}
