import type {Block, BlockCell, BlockSide} from "../pasted/blocks.js";
import {type BlockFinding, checkBlock} from "../pasted/check.js";
import {decimalSign, readField, unread} from "../pasted/number.js";
import {isTotal} from "../pasted/words.js";
import {type Codebook, TOTAL} from "../read/codebook.js";
import type {PrintedCell, PrintedTable, Side} from "../read/table.js";
import {type Check, check, INPUTS} from "./check.js";
import {labelOf} from "./grid.js";

/** A table that was pasted as the block that it was, and the printed number of each cell. */
function blockOf({entry, cells}: PrintedTable): {block: Block; printed: ReadonlyMap<BlockCell, PrintedCell>} {
  const decimal = decimalSign(cells.map((cell) => cell.printed));
  const ofAll = cells.some(({measure}) => measure === "percent_of_all");
  const sidesOf = (of: (cell: PrintedCell) => Side | null) => {
    const found = new Map(cells.flatMap((cell) => ((of(cell)?.index ?? -1) < 0 ? [] : [[of(cell)?.index, of(cell)]])));
    const sides = [...found.values()].filter((side) => side != null).sort((a, b) => a.index - b.index);
    const at = new Map(sides.map(({index}, i) => [index, i]));
    const list = sides.map(({label, code}): BlockSide => ({label, total: code === TOTAL || isTotal(label)}));
    return {list, at: (cell: PrintedCell) => at.get(of(cell)?.index ?? -1) ?? -1};
  };
  const rows = sidesOf(({row}) => row);
  const columns = sidesOf(({column}) => column);
  const measures: Record<string, BlockCell["measure"]> = ofAll
    ? {percent: "valid_percent", percent_of_all: "percent"}
    : {};
  const pairs = cells.map((cell) => {
    const [r, c] = [rows.at(cell), columns.at(cell)];
    const token = readField(cell.printed, decimal)?.[0] ?? unread(cell.printed);
    const own: BlockCell = {
      row: rows.list[r]?.label ?? null,
      column: columns.list[c]?.label ?? null,
      measure: measures[cell.measure] ?? (cell.measure as BlockCell["measure"]),
      printed: cell.printed,
      value: cell.value,
      line: cell.line,
      field: cell.field,
      r,
      c,
      token,
      called: cell.called ?? ""
    };
    return [own, cell] as const;
  });
  const level = entry.extras.find((word) => word.startsWith("level="));
  const block = {
    rowVariable: entry.row.name,
    columnVariable: entry.column?.name ?? null,
    rows: rows.list,
    columns: columns.list,
    cells: pairs.map(([own]) => own),
    ...(level ? {level: Number(level.slice(-2))} : {})
  };
  return {block, printed: new Map(pairs)};
}

/**
 * A pasted table's numbers against each other, as `read-table` holds them. `p` is its P value if that is held against
 * tests of its counts elsewhere. Empty for any other table.
 */
export function pastedChecks(table: PrintedTable, codebook: Codebook, p: PrintedCell | undefined): Check[] {
  const {entry} = table;
  if (!entry.pasted) return [];
  const {block, printed} = blockOf(table);
  const settled = block.cells.find((cell) => p !== undefined && printed.get(cell) === p);
  const {findings} = checkBlock(block, entry.extras.includes("weighted"), undefined, settled);
  const summary = codebook.get("summary");
  const times = new Map<string, number>();
  return findings.map((finding) => {
    const cells = finding.cells.flatMap((cell) => printed.get(cell) ?? []);
    const [first] = cells;
    const line = finding.what === "hundred" ? lineOf(cells) : null;
    const own = line ? [line] : ([first?.row, first?.column] as const);
    const words = own.flatMap((side) =>
      side ? [labelOf([entry.row, entry.column ?? undefined, summary], side.code) || side.label] : []
    );
    const key = own.flatMap((side) =>
      side ? [side.code || side.label.toLowerCase().replace(/[^a-z0-9]+/g, "_")] : []
    );
    const way = line && line === first?.column ? ["column"] : line ? ["row"] : [];
    const name = [...way, ...key, finding.what].join(".");
    const again = (times.get(name) ?? 0) + 1;
    times.set(name, again);
    return check(entry.table, again > 1 ? `${name}_${again}` : name, finding.kind, {
      place: words.join(" × "),
      placePrinted: own.flatMap((side) => (side ? [side.label] : [])).join(" × "),
      cells,
      ...(line ? {printed: cells.map((cell) => cell.printed).join(" + ")} : {}),
      ...boundsOf(finding),
      verdict: finding.verdict,
      rule: finding.verdict === "rounding" ? INPUTS : null,
      note: finding.note,
      judge: finding.judge ?? null
    });
  });
}

/** The row or column that some numbers share. */
function lineOf(cells: readonly PrintedCell[]): Side | null {
  const [first, second] = cells;
  return (first?.column && first.column.index === second?.column?.index ? first.column : first?.row) ?? null;
}

/** What the other numbers give, in figures; nothing where no number follows. */
function boundsOf({range: [lower, upper], what}: BlockFinding): Partial<Check> {
  const [low, high] = [lower, upper].map((x) => (Number.isFinite(x) ? x : null)) as [number | null, number | null];
  const exact = low !== null && low === high ? low : null;
  const text = exact === null ? null : what === "sum" ? String(exact) : String(Number(exact.toPrecision(6)));
  return {lower: low, upper: high, value: exact, recomputed: what === "hundred" ? "100" : text};
}
