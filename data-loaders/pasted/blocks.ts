import type {Field} from "./decode.js";
import {type Column, columnsOf, cornerOf, estimateOf, keyOf, levelOf, usualMeasures} from "./heads.js";
import {inferPair, inferSingle, sum, withBases} from "./infer.js";
import type {Section} from "./layout.js";
import {type DecimalSign, readField, type Token} from "./number.js";
import {type Row, rowsOf, stack} from "./rows.js";
import {isBase, isDf, isP, type PastedMeasure} from "./words.js";

/** A printed number of a pasted table, and what it is taken for. */
export interface PastedCell {
  readonly row: string | null;
  readonly column: string | null;
  readonly measure: PastedMeasure;
  readonly printed: string;
  /** Null where nothing but a bound, a level or that there is nothing is known. */
  readonly value: number | null;
  readonly line: number;
  readonly field: number;
  /** Only for a value that is a bound: `<` for `<.0001`. */
  readonly bound?: "<" | ">";
}

/** A row or column of a block: what it is called, and whether it counts all others together. */
export interface BlockSide {
  readonly label: string;
  readonly total: boolean;
}

/** A cell by its places in the block, for arithmetic; −1 is no row or no column. */
export interface BlockCell extends PastedCell {
  readonly r: number;
  readonly c: number;
  readonly token: Token;
  /** What a statistic is called where it stands: `t`, `χ2`, `Pearson Chi-Square`. */
  readonly called: string;
}

/** One crosstab, frequency table or list of a pasted table. */
export interface Block {
  readonly rowVariable: string | null;
  readonly columnVariable: string | null;
  readonly rows: readonly BlockSide[];
  readonly columns: readonly BlockSide[];
  readonly cells: readonly BlockCell[];
  /** Of its intervals, where it is not 95 %: 90 or 99. */
  readonly level?: number;
}

export interface BlockOptions {
  /** What the numbers of a field, or of the lines of a row, are, in their order. */
  readonly measures?: readonly PastedMeasure[];
  /** Lines of the file at which a new variable begins; fields at which a new column variable begins. */
  readonly splitRows?: readonly number[];
  readonly splitColumns?: readonly number[];
  readonly rowVariable?: string;
  readonly columnVariable?: string;
}

/** Reads the blocks of a section; what was inferred goes to `say`. */
export function blocksOf(
  section: Section,
  decimal: DecimalSign,
  options: BlockOptions,
  say: (note: string) => void
): Block[] {
  const columns = columnsOf(section);
  const rows = rowsOf(section, columns);
  const corner = cornerOf(section);
  const stacks = stack(rows, columns, corner, options);
  const level = levelOf(section);
  const reader: Reader = {
    columns,
    decimal,
    given: options.measures,
    usual: usualMeasures(section, corner),
    single: inferSingle(rows, columns),
    pair: inferPair(rows, columns, estimateOf(section), say)
  };
  const blocks = stacks.flatMap(({variable, columnVariable, rows: own}) => {
    const block = withBases(cellsOf(own, reader));
    return banners(block, columns, options).map(({name, keep}) => ({
      ...(keep ? only(block, keep) : block),
      ...level,
      rowVariable: options.rowVariable ?? variable,
      columnVariable: options.columnVariable ?? name ?? columnVariable
    }));
  });
  const others = columns.filter(({role}) => role === "other").map(({raw}) => `“${raw}”`);
  if (others.length > 0) say(`Left out, as there is no measure for them: ${others.join(", ")}.`);
  const named = stacks.filter(({variable}) => variable !== null).length;
  if (stacks.length > 1) say(`${stacks.length} variables are stacked, ${named} of them with a name.`);
  if (blocks.length > stacks.length) say(`${blocks.length / stacks.length} column variables stand side by side.`);
  const [first, ...more] = blocks;
  const below = section.tests.map(({token, field}) => cellOf(token, field, measureNamed(token.name)));
  const all = first && more.length === 0 ? [{...first, cells: [...first.cells, ...below]}] : blocks;
  return all.filter(({cells}) => cells.length > 0);
}

/** What is known of a section's numbers beside the lines that are read. */
interface Reader {
  readonly columns: readonly Column[];
  readonly decimal: DecimalSign;
  readonly given: readonly PastedMeasure[] | undefined;
  readonly usual: readonly PastedMeasure[];
  readonly single: ReturnType<typeof inferSingle>;
  readonly pair: ReturnType<typeof inferPair>;
}

/** The measure of a number that its field gives a name. */
function measureNamed(name: string): PastedMeasure {
  if (isP(name)) return "p";
  if (isDf(name)) return "df";
  if (/^a?se$/.test(name)) return "se";
  return name === "n" ? "base" : /^r[2²]$/.test(name) ? "r2" : "statistic";
}

function cellOf(
  token: Token,
  {line, field}: Field,
  measure: PastedMeasure,
  place: Pick<BlockCell, "row" | "column" | "r" | "c"> = {row: null, column: null, r: -1, c: -1},
  called = token.name
): BlockCell {
  const isCount = measure === "count" || measure === "base" || measure === "df";
  // A bound of a count is no count; a bound of P is what is printed.
  const value = token.bound && measure !== "p" ? null : isCount ? token.whole : token.value;
  const bound = token.bound ? {bound: token.bound} : {};
  return {...place, measure, printed: token.printed, value, line, field, ...bound, token, called};
}

function cellsOf(rows: readonly Row[], reader: Reader): Block {
  const {columns, decimal, pair, single} = reader;
  const data = columns.filter(({role}) => role === "data");
  const keys = [...new Set(data.filter(({label}) => label !== "").map(keyOf))];
  const placeOf = (column: Column | undefined) => keys.indexOf(keyOf(column));
  const sides = keys.map((key): BlockSide => {
    const {label = "", total = false} = data.find((column) => keyOf(column) === key) ?? {};
    return {label, total};
  });
  const rowSides: BlockSide[] = [];
  const cells: BlockCell[] = [];
  const put = (token: Token, field: Field, measure: PastedMeasure, r: number, c: number, called?: string) => {
    const place = {row: rowSides[r]?.label ?? null, column: sides[c]?.label ?? null, r, c};
    cells.push(
      cellOf(
        token,
        field,
        token.name && token.name !== "n" ? measureNamed(token.name) : measure,
        place,
        called || token.name
      )
    );
  };
  for (const column of data) {
    const token = column.base === null ? undefined : readField(column.base, decimal)?.[0];
    const c = placeOf(column);
    if (token && column.size && !cells.some((cell) => cell.c === c)) put(token, column.size, "base", -1, c);
  }
  const ps = columns.filter(({measures}) => measures[0] === "p");
  const tested = rows.filter(({fields, role}) => role !== "heading" && ps.some(({at}) => fields[at]?.text));
  const first = rows.find(({role}) => role === "data");
  const estimates = columns.some(({measures}) => measures.some((m) => m === "odds_ratio" || m === "b"));
  // A test that stands once in a block, at its first line, is the block's.
  const byRow =
    data.length === 0 || estimates || tested.length > 1 || (tested.length === 1 && first && !tested.includes(first));

  for (const row of rows) {
    if (row.role === "other") continue;
    if (row.role === "p" || row.role === "statistic") {
      for (const field of row.fields) {
        const c = row.fields.length > 1 ? placeOf(columns.find((column) => column.field === field.field)) : -1;
        for (const token of field.tokens ?? []) put(token, field, row.role, -1, c, row.label);
      }
      continue;
    }
    const heading = row.role === "heading";
    if (!heading && !row.again) rowSides.push({label: row.label, total: row.total});
    const r = heading ? -1 : rowSides.length - 1;
    const size = row.base && !row.again ? readField(row.base.text, decimal)?.[0] : undefined;
    if (size && row.base) put(size, row.base, "base", r, -1);
    for (const column of columns) {
      const field = row.fields[column.at];
      if (!field?.tokens?.length || column.role === "other") continue;
      if (column.role === "test") {
        // Where there are several P values, each is of the column on its left.
        const left =
          ps.length > 1 ? columns.findLast((each) => each.role === "data" && each.at < column.at) : undefined;
        const c = left ? placeOf(left) : -1;
        const called = data.length === 0 && !isNamed(column.raw) ? row.label : column.raw;
        for (const [i, token] of field.tokens.entries()) {
          const size = data.length === 0 && column.measures[0] === "statistic" && isBase(row.label);
          const own = size ? "base" : (column.measures[0] ?? "statistic");
          const later = token.bracket && column.measures.length > 0 ? "df" : "p";
          put(token, field, i === 0 ? own : later, byRow ? r : -1, c, called);
        }
        continue;
      }
      const {tokens} = field;
      const measures = pair(tokens, reader.given ?? saidOf(row, column, tokens.length, reader));
      // One sign in the place of two numbers stands for both.
      const [sign] = tokens;
      const both = sign?.kind === "missing" && tokens.length === 1 && measures.length === 2;
      for (const [i, token] of (both ? [sign, sign] : tokens).entries())
        put(token, field, measures[i] ?? single(row), r, placeOf(column));
    }
  }
  return {rowVariable: null, columnVariable: null, rows: rowSides, columns: sides, cells};
}

/** Whether a column's head names its statistic, and not just “Value”. */
const isNamed = (head: string) => !/^(?:value|statistics?|test.*)?$/i.test(head);

/** What words say of a field's numbers: those of its row, of its column, or of the whole table. */
function saidOf(row: Row, column: Column, n: number, {usual, single}: Reader): readonly PastedMeasure[] {
  if (row.measures.length >= n || (row.measures.length > 0 && n > column.measures.length)) return row.measures;
  if (row.role === "base" && n === 1) return [single(row)];
  if (column.measures.length > 0)
    return row.again && column.measures.length === 2 && n === 1 ? column.measures.slice(1) : column.measures;
  if (usual.length >= n && (n > 1 || usual.length === 1)) return usual;
  return n === 1 ? [single(row)] : [];
}

// Column variables side by side.

function only(block: Block, keep: readonly number[]): Block {
  return {
    ...block,
    columns: keep.flatMap((c) => block.columns[c] ?? []),
    cells: block.cells.flatMap((cell) =>
      cell.c < 0 ? [cell] : keep.includes(cell.c) ? [{...cell, c: keep.indexOf(cell.c)}] : []
    )
  };
}

/** Parts the columns where the heads above them do, or where runs of columns each add up to the total. */
function banners(
  block: Block,
  columns: readonly Column[],
  {splitColumns}: BlockOptions
): {name: string | null; keep?: number[]}[] {
  const data = columns.filter(({role, label}) => role === "data" && label !== "");
  const byKey = [...new Map(data.map((column) => [keyOf(column), column])).values()];
  const totals = byKey.flatMap(({total, group}, c) => (total && group === null ? [c] : []));
  const parts = [...byKey.keys()].filter((c) => !totals.includes(c));
  const groupOf = (c: number | undefined) => byKey[c ?? -1]?.group ?? null;
  const banner = (name: string | null, run: readonly number[]) => ({
    name,
    keep: [...totals, ...run].sort((a, b) => a - b)
  });
  if (splitColumns) {
    const cuts = parts.filter((c, i) => i === 0 || splitColumns.includes((byKey[c]?.at ?? 0) + 1));
    return cuts.map((from, i) =>
      banner(
        groupOf(from),
        parts.filter((c) => c >= from && c < (cuts[i + 1] ?? Number.POSITIVE_INFINITY))
      )
    );
  }
  const names = [...new Set(parts.map(groupOf))];
  const [name = null] = names;
  const runs = names.length === 1 && name === null ? runsOf(block) : null;
  if (runs) return runs.map((keep) => ({name: null, keep}));
  if (names.length < 2 || names.includes(null)) return [{name: names.length === 1 ? name : null}];
  return names.map((each) =>
    banner(
      each,
      parts.filter((c) => groupOf(c) === each)
    )
  );
}

/** The runs of columns whose counts add up, line by line, to those of the total column: one run a column variable. */
function runsOf({rows, columns, cells}: Block): number[][] | null {
  const total = columns.findIndex((side) => side.total);
  const parts = columns.flatMap((side, c) => (side.total ? [] : [c]));
  if (total < 0 || parts.length < 4) return null;
  const counts = rows.map((_, r) =>
    columns.map((_, c) => {
      const cell = cells.find((each) => each.r === r && each.c === c && ["count", "base"].includes(each.measure));
      return cell ? (cell.value ?? (cell.token.kind === "missing" ? 0 : null)) : null;
    })
  );
  const lines = counts.filter((line): line is number[] => !line.includes(null));
  if (lines.length < 2) return null;
  const runs: number[][] = [];
  let run: number[] = [];
  for (const c of parts) {
    run.push(c);
    const off = lines.map((line) => Math.abs(sum(run.map((each) => line[each] ?? 0)) - (line[total] ?? 0)));
    if (off.every((each) => each <= run.length / 2)) {
      runs.push(run);
      run = [];
    }
  }
  const complete = runs.length;
  if (run.length > 0) runs.push(run);
  return runs.length > 1 && complete > 0 ? runs.map((each) => [total, ...each]) : null;
}
