import type {Field} from "./decode.js";
import type {Entry, Section} from "./layout.js";
import {
  type Head,
  isBase,
  isCoefficient,
  isDf,
  isOther,
  isP,
  isStatistic,
  isTotal,
  type PastedMeasure,
  readHead,
  unmarked
} from "./words.js";

/** A column of numbers: what its heads say. */
export interface Column extends Head {
  /** Its place in the section's rows, from 0, and its field in the file. */
  readonly at: number;
  readonly field: number;
  /** Tests are P values, statistics, degrees of freedom, or fields that name their numbers themselves. */
  readonly role: "data" | "test" | "other";
  /** The last of its heads, as it stands. */
  readonly raw: string;
  readonly group: string | null;
  readonly total: boolean;
  /** The field that prints the group's size. */
  readonly size: Field | null;
}

/** Columns of one key are one column of the block: counts and percents beside each other. */
export const keyOf = (column: Column | undefined) => `${column?.group ?? ""} ${column?.label ?? ""}`;

const isTest = (text: string) => isP(text) || isStatistic(text) || isDf(text);
const isEnd = (measure: PastedMeasure) => measure === "lower" || measure === "upper";

/** What stands over the label columns. */
export function cornerOf({header, stub}: Section): string[] {
  return Array.from({length: stub}, (_, c) => unmarked(header.map((row) => row[c]?.text ?? "").join(" ")));
}

/**
 * The columns of a section, each with what the heads over it say. Throws an Error in one sentence for a table with three
 * or more numbers below each other in a cell, as its corner says.
 */
export function columnsOf(section: Section): Column[] {
  const wordy = section.rows.filter((row) => row.every(({tokens}) => !tokens?.length));
  const said = [...section.titles, ...[...section.header, ...wordy].map((row) => row[0]?.text ?? "")];
  const stacked = said.filter((text) => readHead(text).label === "" && readHead(text).measures.length > 0);
  if (stacked.length > 2) {
    throw new Error(
      `Each cell of the table holds several numbers below each other (${stacked.join(", ")}): print it with one or two of them, such as the count and one percent.`
    );
  }
  const {header, stub} = spread(section);
  const width = header[0]?.length ?? 0;
  const heads = Array.from({length: width - stub}, (_, i) => columnOf({...section, header}, i + stub));
  // “M” and “F” beside each other are men and women, and not a mean and an F.
  const sexes = heads.some(({label, measures}) => label === "M" || (label === "" && measures[0] === "mean"));
  const isEnds = (i: number) => heads[i]?.measures.join() === "lower,upper";
  const isSingle = ({at}: Column) => section.rows.every((row) => (row[at]?.tokens?.length ?? 0) < 2);
  const named = heads.map((head, i): Column => {
    // One head over the two columns of an interval.
    if (isEnds(i) && (isEnds(i - 1) || isEnds(i + 1)) && isSingle(head))
      return {...head, measures: [isEnds(i + 1) ? "lower" : "upper"]};
    return head.label === "F" && sexes ? {...head, role: "data", measures: []} : head;
  });
  return named.map((head, i) => {
    if (head.label !== "" || head.measures.length === 0 || head.role !== "data") return head;
    // An interval has no name of its own: it belongs to the estimate on its left; so does “%” beside “Men, n”.
    const own = head.measures.every(isEnd);
    const left = named
      .slice(0, i)
      .findLast(({role, measures, label}) => role === "data" && label !== "" && !measures.every(isEnd));
    const beside = left?.measures.join() === "count" && head.measures.join() === "percent" && left.at === head.at - 1;
    return left && (own || beside) ? {...head, label: left.label, group: left.group, total: left.total} : head;
  });
}

/** Heads that lost the blanks they spanned: as many as the measures below them begin anew, one stands over each run. */
function spread({header, stub}: Section): Pick<Section, "header" | "stub"> {
  const [tops = [], below = []] = header;
  const words = below.slice(stub).map(({text}) => readHead(text));
  const [first] = words;
  const names = tops.slice(stub).filter(({text}) => text !== "");
  const runs = words.map(({measures}) => (measures.join() === first?.measures.join() ? 1 : 0));
  const count = runs.reduce<number>((sum, n) => sum + n, 0);
  const apart = tops[stub + names.length - 1]?.text !== "" && names.length < words.length;
  if (names.length < 2 || !apart || count !== names.length || words.some((w) => w.label !== "" || !w.measures.length))
    return {header, stub};
  let at = -1;
  const over = runs.map((n) => {
    at += n;
    return n ? names[at] : undefined;
  });
  const blank = {text: "", line: 0, field: 0, tokens: []};
  return {header: [[...tops.slice(0, stub), ...over.map((name) => name ?? blank)], ...header.slice(1)], stub};
}

function columnOf({header, stub, rows}: Section, at: number): Column {
  const texts = header.flatMap((_, r) => headAt(header, stub, rows, r, at) ?? []);
  const raw = unmarked(texts.at(-1)?.text ?? "");
  // “Valid” over “Percent” is one measure in two lines.
  const joined = readHead(texts.map(({text}) => text).join(" "));
  const isMeasure =
    texts.length > 1 && joined.label === "" && /^(?:valid|cumulative)_percent$/.test(joined.measures.join());
  const parts = texts.map((field) => {
    const [size, ...more] = field.tokens ?? [];
    const isSize = size?.bracket && size.kind === "number" && more.length === 0;
    return {field, ...(isSize ? {label: "", base: size.printed, measures: []} : readHead(field.text))};
  });
  const labels = parts
    .map(({label}) => (isBase(label) && !isTotal(label) ? "" : label))
    .filter((label, j, all) => label !== "" && label !== all[j - 1]);
  const sized = parts.find(({base}) => base !== null);
  const fields = rows.flatMap((row) => row[at] ?? []);
  const wordy = fields.every(({text, tokens}) => text === "" || tokens === null);
  const coefficient =
    isCoefficient(raw) &&
    header.flat().some(({text}) => /^(?:se|beta|odds_ratio)/.test(readHead(text).measures.join()));
  const names = isMeasure ? [] : coefficient ? labels.slice(0, -1) : labels;
  const label = names.at(-1) ?? "";
  const said = coefficient ? "b" : isP(raw) || isP(label) ? "p" : isDf(raw) ? "df" : undefined;
  const test = said ?? (isStatistic(raw) || isStatistic(label) ? "statistic" : undefined);
  const isNamed = wordy || fields.some(({tokens}) => tokens?.some(({name}) => name !== ""));
  return {
    at,
    field: header[0]?.[at]?.field ?? 0,
    raw,
    role: coefficient ? "data" : test || isNamed ? "test" : isOther(raw) ? "other" : "data",
    label,
    base: sized?.base ?? null,
    size: sized?.field ?? null,
    measures: test
      ? [test]
      : isMeasure
        ? joined.measures
        : (parts.findLast(({measures}) => measures.length > 0)?.measures ?? (isBase(raw) ? ["base"] : [])),
    group: names.length > 1 ? names.slice(0, -1).join(" ") : null,
    total: isTotal(label)
  };
}

/** A head that spans columns stands over the first: it goes on to the right, but not over a total or a test. */
function headAt(header: Entry[][], stub: number, rows: Entry[][], r: number, c: number): Entry | null {
  const own = header[r]?.[c];
  if (own?.text !== "") return own ?? null;
  const under = header.slice(r + 1);
  const below = under.map((row) => row[c]?.text ?? "").find(Boolean) ?? "";
  if (c <= stub || header.slice(0, r).some((row) => row[c]?.text) || isTotal(below) || isTest(below)) return null;
  if (below === "" && (under.some((row) => row[c - 1]?.text) || !rows.some((row) => row[c]?.text))) return null;
  const left = headAt(header, stub, rows, r, c - 1);
  const ends = left && (isP(left.text) || (isTotal(readHead(left.text).label) && readHead(below).label !== ""));
  return ends ? null : left;
}

/** What titles and the corner say of all numbers: “n (%)”; percents only where no number is above 100. */
export function usualMeasures({titles, rows}: Section, corner: readonly string[]): readonly PastedMeasure[] {
  const said = [...titles, ...corner].map((text) => readHead(text).measures).findLast((m) => m.length > 0);
  const words = titles.some((title) => /\b(?:per ?cent(?:age)?s?|prosent|prozent)\b/i.test(title));
  const usual = said ?? (words ? (["percent"] as const) : []);
  const shares = rows.flat().every(({tokens}) => (tokens ?? []).every(({value}) => (value ?? 0) <= 100));
  return usual.join() === "percent" && !shares ? [] : usual;
}

/** What an estimate with an interval is, by the words around the table. */
export function estimateOf({titles, header, notes}: Section): PastedMeasure {
  const words = [...titles, ...header.flat().map(({text}) => text), ...notes].join(" ");
  if (/\b(?:odds|hazards?|ratios?)\b|\b[AC]?OR\b|\b[HR]R\b/.test(words)) return "odds_ratio";
  return /\bmedian|\bIQR\b|interquartile/i.test(words) ? "median" : "mean";
}

/** Of which level the intervals are, where some word says that it is not 95 %. */
export function levelOf({titles, header, notes}: Section): {level?: number} {
  const words = [...titles, ...header.flat().map(({text}) => text), ...notes].join(" ");
  const [, level] = /\b(90|99) ?% ?[[(]?(?:ci\b|c\.i\.|conf|ki\b|konf)/i.exec(words) ?? [];
  return level ? {level: Number(level)} : {};
}
