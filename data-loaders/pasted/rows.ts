import type {BlockOptions} from "./blocks.js";
import type {Column} from "./heads.js";
import type {Entry, Section} from "./layout.js";
import {
  isBase,
  isGeneric,
  isOther,
  isP,
  isStatistic,
  isTotal,
  type PastedMeasure,
  readHead,
  splitVariable,
  unmarked
} from "./words.js";

/** A line of a section's body. */
export interface Row {
  readonly fields: readonly Entry[];
  readonly group: string;
  readonly label: string;
  /** The group size that its label prints, with the place of the label. */
  readonly base: Pick<Entry, "text" | "line" | "field"> | null;
  readonly measures: readonly PastedMeasure[];
  readonly role: "data" | "p" | "statistic" | "heading" | "base" | "other";
  readonly total: boolean;
  /** Whether its label is that of the line above: percents below counts. */
  readonly again: boolean;
}

/** The lines of one variable. */
export interface Stack {
  readonly variable: string | null;
  readonly columnVariable: string | null;
  readonly rows: readonly Row[];
}

/** The lines of a section, each with what its labels say. */
export function rowsOf({stub, rows: body}: Section, columns: readonly Column[]): Row[] {
  const whole = (text: string) => {
    const head = readHead(text.replace(/ within .*$| of total$/i, ""));
    return text !== "" && head.label === "" && head.measures.length > 0 ? head.measures : null;
  };
  // The last label column may hold nothing but what each line is: n, %.
  const last = body.map((row) => row[stub - 1]?.text ?? "").filter(Boolean);
  const words = last.filter((text) => whole(text) || /count|residual/i.test(text)).length;
  const measured = stub > 1 && words / last.length > 0.6;
  const labels = measured ? stub - 1 : stub;
  const lineWords = last.filter((text) => ["count", "percent"].includes(whole(text)?.[0] ?? ""));
  const inColumn = !measured && stub === 1 && lineWords.length > 1;
  const data = columns.filter(({role}) => role === "data");
  const hasTests = columns.some(({role, measures}) => role === "test" && /^(?:p|df)$/.test(measures.join()));
  let group = "";
  let label = "";
  return body.map((fields): Row => {
    const texts = fields.map(({text}) => text);
    const first = texts
      .slice(0, labels - 1)
      .filter(Boolean)
      .join(" ");
    const own = texts[labels - 1] ?? "";
    const word = measured ? (texts[stub - 1] ?? "") : own;
    const said = whole(word);
    const lineMeasures =
      measured || (inColumn && lineWords.includes(own)) || (own !== "" && said?.[0] === "percent") ? said : null;
    if (first !== "") group = unmarked(first);
    const values = fields.slice(stub).filter(({text}) => text !== "");
    const numbers = data.filter(({at}) => texts[at] !== "").length;
    const head = readHead(own);
    const sameLabel = !measured || ((first === "" || first === group) && unmarked(own) === label);
    const starts = (own !== "" && !(lineMeasures !== null && sameLabel)) || (first !== "" && own === "");
    const text = labels > 1 && own === "" && first !== "" ? unmarked(first) : head.label || unmarked(own);
    if (starts) label = text;
    // A P that stands in a line of its own has its number in any field after the label, a label column even.
    const extra = fields.slice(labels, stub).filter((field) => !measured || whole(field.text) === null);
    const loose = [...extra.filter(({tokens}) => tokens?.length), ...values];
    const isHeading = loose.length === 0 || (numbers === 0 && values.length > 0 && own !== "" && data.length > 0);
    const role = (): Row["role"] => {
      if (isP(own) || (isP(first) && own === "")) return "p";
      if (isStatistic(own) && !hasTests && numbers < 2) return "statistic";
      if (isOther(word)) return "other";
      if (isHeading) return starts ? "heading" : "other";
      return starts && isBase(own) ? "base" : "data";
    };
    const what = role();
    return {
      fields: what === "p" || what === "statistic" ? loose : fields,
      group,
      label: starts ? text : label,
      base: head.base === null ? null : {line: 0, field: 0, ...fields[labels - 1], text: head.base},
      measures: what === "base" ? [] : (lineMeasures ?? (own === "" ? [] : head.measures)),
      role: what,
      total: isTotal(label) || (first !== "" && own === "" && isTotal(first)),
      again: !starts
    };
  });
}

/** A line at which a variable begins, its name, and that of the column variable. */
type Start = readonly [at: number, variable: string | null, columnVariable?: string | null];

const nameOf = (text = "") => (isGeneric(text) ? null : readHead(text).label || null);

/** Parts the rows by variable: by a label column, by headings, by P values, or by sums that begin anew. */
export function stack(
  rows: readonly Row[],
  columns: readonly Column[],
  corner: readonly string[],
  {splitRows}: BlockOptions
): Stack[] {
  const tests = columns.filter(({role, measures}) => role === "test" && measures[0] !== "df");
  const hasTest = (row: Row) => tests.some(({at}) => (row.fields[at]?.text ?? "") !== "");
  const ratios = columns.some(({measures}) => measures.some((m) => m === "odds_ratio" || m === "b"));
  const whole: Start = [0, nameOf(corner[0])];
  const unnamed = () => (ratios ? null : startsByTests(rows, hasTest)) ?? startsBySums(rows, columns);
  const starts =
    (splitRows && startsAt(rows, splitRows)) ??
    startsByGroups(rows, corner) ??
    startsByHeadings(rows, ratios, hasTest) ??
    unnamed()?.map((i): Start => [i, splitVariable(rows[i]?.label ?? "")?.variable ?? null]) ??
    [];
  const cuts = starts[0]?.[0] === 0 ? starts : [whole, ...starts];
  const stacks = cuts.map(([from, variable, columnVariable = null], i): Stack => {
    const own = rows.slice(from, cuts[i + 1]?.[0]);
    const [first, ...rest] = own;
    // “Sex Women” is the variable and its first category.
    const split = first && splitVariable(first.label);
    const named = first && split && split.variable === variable ? [{...first, label: split.label}, ...rest] : own;
    return {variable, columnVariable, rows: named};
  });
  return stacks.filter((each) => each.rows.some(({role}) => role !== "heading"));
}

function startsAt(rows: readonly Row[], lines: readonly number[]): Start[] {
  return rows.flatMap(({fields, role, label}, i): Start[] =>
    i === 0 || lines.includes(fields[0]?.line ?? 0) ? [[i, role === "heading" ? label : null]] : []
  );
}

function startsByGroups(rows: readonly Row[], corner: readonly string[]): Start[] | null {
  const groups = new Set(rows.map(({group}) => group).filter((group) => group !== "" && !isTotal(group)));
  if (groups.size === 0 || [...groups].every((group) => /^(?:valid|missing|gyldig|system)/i.test(group))) return null;
  // A named column of labels (years, sexes) is the variable; then what stands before it is what was asked.
  const inner = corner.length > 1 ? nameOf(corner.at(-1)) : null;
  let last: string | null = null;
  return rows.flatMap(({group, role}, i): Start[] => {
    if (last !== null && (group === last || role === "p" || (isTotal(group) && groups.size === 1))) return [];
    last = group;
    return [inner ? [i, inner, group || null] : [i, group || nameOf(corner[0])]];
  });
}

function startsByHeadings(rows: readonly Row[], ratios: boolean, hasTest: (row: Row) => boolean): Start[] | null {
  if (!rows.some(({role}) => role === "heading")) return null;
  const starts: Start[] = [];
  let tested: boolean | null = null;
  for (const [i, row] of rows.entries()) {
    if (row.role === "heading" && rows[i + 1]?.role !== "heading") {
      starts.push([i, readHead(row.label).label || row.label]);
      tested = false;
    } else if (tested && !ratios && hasTest(row) && !row.again) {
      // A second P in a stack is of a variable of its own.
      starts.push([i, null]);
      tested = null;
    }
    if (tested !== null) tested ||= hasTest(row);
  }
  return starts;
}

/** Each variable's P stands at its first category, where some rows have one and some have none. */
function startsByTests(rows: readonly Row[], hasTest: (row: Row) => boolean): number[] | null {
  const marked = rows.flatMap((row, i) => (hasTest(row) && !row.again ? [i] : []));
  const data = rows.filter(({again, total}) => !again && !total).length;
  return marked.length > 1 && marked.length < data ? marked : null;
}

/** A stack without names or tests: the counts of each variable add up to the same numbers. */
function startsBySums(rows: readonly Row[], columns: readonly Column[]): number[] | null {
  const own = columns.filter(({role}) => role === "data");
  const sizes = own.map(({base}) => (base === null ? null : Number(base.replace(/\D/g, ""))));
  if (own.length < 2 || sizes.includes(null) || rows.some(({again, total}) => again || total)) return null;
  const starts: number[] = [];
  let sums = own.map(() => 0);
  for (const [i, {fields}] of rows.entries()) {
    if (sums.every((sum) => sum === 0)) starts.push(i);
    sums = sums.map((sum, c) => sum + (fields[own[c]?.at ?? -1]?.tokens?.[0]?.whole ?? Number.NaN));
    if (sums.every((sum, c) => sum === sizes[c])) sums = sums.map(() => 0);
    else if (sums.some((sum, c) => !(sum <= (sizes[c] ?? 0)))) return null;
  }
  return starts.length > 1 && sums.every((sum) => sum === 0) ? starts : null;
}
