import type {Field} from "./decode.js";
import {type DecimalSign, isLabel, readField, type Token} from "./number.js";
import {isDf, isGeneric, isP, isStatistic, readHead} from "./words.js";

/** A field with its numbers: null for one of words, none for an empty one. */
export interface Entry extends Field {
  readonly tokens: readonly Token[] | null;
}

/** A number with its field. */
export interface Placed {
  readonly token: Token;
  readonly field: Field;
}

/** One table of a file: what stands above it, over its columns, beside its rows, and below it. */
export interface Section {
  readonly titles: string[];
  readonly header: Entry[][];
  /** How many columns hold labels. */
  readonly stub: number;
  readonly rows: Entry[][];
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
  /^(?:notes?\b|sources?\b|kilde|merknad|anm|quelle|abbreviations?|data are|values are|percentages|p[- ]?values? |\(?[a-d*†‡§¹²³][).:\s]|[*†‡§¶]|[a-z]\. |χ|chi|x2|pearson|fisher|cram[eé]r|signif)/i;

const filled = (row: readonly Entry[] = []) => row.filter(({text}) => text !== "");
const textOf = (header: Entry[][]) => header.map((row) => row.map(({text}) => text).join("\t")).join("\n");
const numeric = ({text, tokens}: Entry) => text !== "" && !isLabel(text) && tokens !== null;
const isYear = ({text}: Pick<Entry, "text">) => /^(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?$/.test(text);
/** A label without anything beside it. */
const isBare = (row: readonly Entry[] = []) => row[0]?.text !== "" && filled(row).length === 1;

/** The tables of a file. */
export function layout(grid: Field[][], decimal: DecimalSign, options: LayoutOptions = {}): Section[] {
  const used = (grid[0] ?? []).map((_, c) => grid.some((row) => row[c]?.text !== ""));
  const rows = grid.map((row) =>
    row.filter((_, c) => used[c]).map((field) => ({...field, tokens: readField(field.text, decimal)}))
  );
  const sections: Section[] = [];
  let titles: string[] = [];
  let start = 0;
  while (start < rows.length) {
    const read = readSection(rows, start, titles, decimal, options);
    if (!read) break;
    // The tail of a page break: the same heads once more belong to the table before.
    const before = sections.at(-1);
    const goesOn = titles.every((title) => /\bcont(?:inued|\.)|\bforts/i.test(title));
    if (before && goesOn && textOf(before.header) === textOf(read.section.header))
      before.rows.push(...read.section.rows);
    else sections.push(read.section);
    titles = read.next;
    start = read.end;
  }
  return sections;
}

function readSection(
  rows: Entry[][],
  from: number,
  titlesBefore: readonly string[],
  decimal: DecimalSign,
  options: LayoutOptions
): {section: Section; next: string[]; end: number} | null {
  const titles = [...titlesBefore];
  let at = from;
  for (; at < rows.length; at++) {
    const own = filled(rows[at]);
    const [first] = own;
    if (!first) continue;
    const isTitle = own.length === 1 ? rows[at]?.[0] === first : TITLE.test(first.text) && !own.some(numeric);
    if (!isTitle) break;
    titles.push(own.map(({text}) => text).join(", "));
  }
  if (at >= rows.length) return null;

  // Heads: the first line, and those after it that have no label with numbers beside it.
  const top = at++;
  const wanted = options.header;
  while (at < rows.length && (wanted !== undefined ? at - top < wanted : !isBody(rows[at] ?? []))) at++;
  const header = rows.slice(top, at).filter((row) => filled(row).length > 0 && !isNumbering(row));

  // The body, up to a new head or the end.
  const body: Entry[][] = [];
  let end = at;
  const next: string[] = [];
  for (; end < rows.length; end++) {
    const row = rows[end] ?? [];
    const own = filled(row);
    if (own.length === 0) continue;
    const broken = filled(rows[end - 1]).length <= 1;
    const isHead = own.length > 1 && !own.some(numeric) && body.some((r) => r.some(numeric));
    const others = own.filter((field) => field !== row[0]).length;
    if (wanted === undefined && isHead && others > 1 && (row[0]?.text === "" || broken)) {
      // The single fields just above are its titles.
      while (filled(body.at(-1)).length === 1) next.unshift(body.pop()?.[0]?.text ?? "");
      break;
    }
    body.push(row);
  }
  const {notes, tests} = takeNotes(body, decimal);
  const joined = joinWrapped(body);
  return {section: {titles, header, stub: stubOf(header, joined, options), rows: joined, notes, tests}, next, end};
}

/** Whether a line has a label with numbers beside it; years and group sizes alone are heads. */
function isBody([label, ...rest]: Entry[]): boolean {
  const others = filled(rest);
  if (others.length === 0) return label?.text !== "";
  const numbers = others.filter(numeric);
  if (label?.text) return numbers.length > 0 && !others.every(isYear);
  const sizes = numbers.every(({tokens}) => tokens?.every(({name, bracket}) => name === "n" || bracket));
  return numbers.length > 0 && !sizes && !numbers.every(isYear);
}

/** Takes the lines of text, and of tests, from the end of a body. */
function takeNotes(body: Entry[][], decimal: DecimalSign): {notes: string[]; tests: Placed[]} {
  const notes: string[] = [];
  const tests: Placed[] = [];
  const isName = (name: string) => isP(name) || isStatistic(name) || isDf(name) || /^(?:n|ase|se)$/.test(name);
  while (body.length > 1) {
    const last = body.at(-1) ?? [];
    const own = filled(last);
    const [first] = own;
    const text = own.map((field) => field.text).join(", ");
    const isTest = own.every(({tokens}) => tokens?.some(({name}) => isName(name)));
    const alone = own.length === 1 && last[0] === first;
    const isNote = isTest || (alone && !isP(text)) || (NOTE.test(text) && !own.some(numeric));
    if (!isNote || (!isTest && own.length > 1 && isStatistic(first?.text ?? ""))) break;
    body.pop();
    notes.unshift(text);
    const named = own.flatMap((field) => field.tokens?.map((token) => ({token, field})) ?? []);
    if (isTest) tests.unshift(...named.filter(({token}) => token.name !== ""));
    else if (first) tests.unshift(...testsIn(first, text, decimal));
  }
  return {notes, tests};
}

/** Tests told in a note: `χ2 = 8.10, df = 1, p = 0.004`, `P = 0.04 (Fisher)`. Legends of stars (`* p < 0.05`) are none. */
function testsIn(field: Field, text: string, decimal: DecimalSign): Placed[] {
  const [, statistic, p] =
    /(?:χ2?²?|chi-?square[d]?|x2|x²)\s*(?:\([^)]*\))?\s*(=\s*[\d.,]*\d).*?\bp\s*([=<>]\s*[\d.,]*\d)/i.exec(text) ?? [];
  const [alone, ...more] = text.matchAll(/\bp(?:[- ]?value)?\s*([=<>]\s*[\d.,]*\d)/gi);
  const read = (name: string, printed = "") => readField(`${name} ${printed}`, decimal) ?? [];
  const isLegend = more.length > 0 || /[*†‡§]/.test(text);
  const found = statistic && p ? [...read("χ2", statistic), ...read("p", p)] : isLegend ? [] : read("p", alone?.[1]);
  return found.map((token) => ({token, field}));
}

/**
 * Joins labels that a page broke: `Did not receive written` above `information 22 (18.3)`. Where each line without
 * numbers is followed by one that goes on in lower case they are such; a heading has several lines below it.
 */
function joinWrapped(body: readonly Entry[][]): Entry[][] {
  const small = (row: readonly Entry[] = []) => /^\p{Ll}/u.test(row[0]?.text ?? "");
  const bare = body.filter(isBare);
  const goesOn = (row: readonly Entry[], i: number) =>
    !isBare(row) || ((row[0]?.text.split(" ").length ?? 0) > 2 && small(body[i + 1]));
  const starts = (row: readonly Entry[], i: number) => isBare(row) || !small(row) || isBare(body[i - 1]);
  const above = bare.length > 0 && body.every(goesOn) && body.every(starts);
  const joined: Entry[][] = [];
  let open = "";
  for (const [i, row] of body.entries()) {
    const [label, ...rest] = row;
    const last = joined.at(-1);
    if (above && isBare(row)) open = `${open} ${label?.text}`.trim();
    else if (label && open !== "") {
      joined.push([{...label, text: `${open} ${label.text}`}, ...rest]);
      open = "";
    } else if (
      label &&
      last?.[0] &&
      isBare(row) &&
      small(row) &&
      !isBare(last) &&
      !small(body[i + 1]) &&
      !small(last)
    ) {
      // The end of a label below its numbers.
      last[0] = {...last[0], text: `${last[0].text} ${label.text}`};
    } else joined.push([...row]);
  }
  return joined;
}

/** `(1) (2) (3)` under the heads. */
function isNumbering(row: readonly Entry[]): boolean {
  const own = filled(row).map(({text}) => Number(text.replace(/[()]/g, "")));
  return own.length > 2 && own.every((n, i) => n === (own[0] ?? 0) + i) && (own[0] ?? 0) <= 1;
}

/** Labels stand in the first column, and in those after it that are mostly words, ranges or years down the side. */
function stubOf(header: Entry[][], body: Entry[][], {labels}: LayoutOptions): number {
  if (labels !== undefined) return labels;
  const width = header[0]?.length ?? 0;
  let stub = 1;
  for (; stub < width - 1; stub++) {
    const heads = header.map((row) => row[stub]?.text ?? "").filter(Boolean);
    const own = body.flatMap((row) => row[stub] ?? []).filter(({text}) => text !== "");
    const repeated = body.some((row, i) => row[0]?.text === "" || (i > 0 && row[0]?.text === body[i - 1]?.[0]?.text));
    const years = own.length > 1 && own.every(isYear) && !heads.some((text) => isYear({text})) && repeated;
    const words = own.filter((field) => !numeric(field)).length;
    const head = heads.at(-1) ?? "";
    const said = readHead(head).measures.length > 0 || isP(head) || isStatistic(head);
    const generic = heads.length === 0 || isGeneric(head);
    if (!(years || (own.length > 0 && words / own.length > (generic ? 0.5 : 0.6) && !said))) break;
  }
  return stub;
}
