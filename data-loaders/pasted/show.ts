import type {Block, BlockCell} from "./blocks.js";
import type {Findings} from "./check.js";
import type {Reading} from "./read.js";

/** How a reading is shown to people: each block with its fields over the columns and its lines beside the rows. */
export function showReading({blocks, titles, notes}: Reading, {checked, problems, notes: found}: Findings): string {
  const numbers = blocks.reduce((n, block) => n + block.cells.length, 0);
  const word = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;
  return [
    ...titles,
    ...blocks.map((block, i) => showBlock(block, i, blocks.length)),
    `${word(numbers, "number")} in ${word(blocks.length, "block")}; ${word(checked, "check")}, ${problems.length === 0 ? (checked === 0 ? "so nothing can be said of them" : "all hold") : `${word(problems.length, "problem")}`}.`,
    ...[...notes, ...found].map((note) => `  – ${note}`),
    ...problems.map((problem) => `  ! ${problem}`)
  ].join("\n");
}

function showBlock(block: Block, i: number, n: number): string {
  const {rows, columns, cells} = block;
  const name = [
    block.rowVariable ?? "rows without a name",
    ...(columns.length > 0 ? [block.columnVariable ?? "columns without a name"] : [])
  ];
  const across = columns.length > 0 ? [...columns.keys(), -1] : [-1];
  const here = (r: number, c: number) => cells.filter((cell) => cell.r === r && cell.c === c);
  const used = across.filter((c) => rows.some((_, r) => here(r, c).length > 0) || here(-1, c).length > 0);
  const fields = (c: number) =>
    [...new Set(cells.filter((cell) => cell.c === c && cell.r >= 0).map(({field}) => field))].join(", ");
  const text = (list: readonly BlockCell[]) =>
    list
      .map(({printed, measure}) =>
        printed.endsWith("%") && measure === "percent" ? printed : `${printed} ${short[measure] ?? measure}`
      )
      .join(", ");
  const head = [
    "line",
    "",
    ...used.map(
      (c) => `${columns[c]?.label ?? ""}${columns[c]?.total ? " (total)" : ""}${fields(c) ? ` [${fields(c)}]` : ""}`
    )
  ];
  const lines = [-1, ...rows.keys()].flatMap((r) => {
    const list = used.map((c) => text(here(r, c)));
    if (list.every((each) => each === "")) return [];
    const at = [...new Set(used.flatMap((c) => here(r, c).map(({line}) => line)))].join(",");
    return [[at, r < 0 ? "" : `${rows[r]?.label}${rows[r]?.total ? " (total)" : ""}`, ...list]];
  });
  const table = [head, ...lines];
  const widths = head.map((_, c) => Math.min(48, Math.max(...table.map((row) => [...(row[c] ?? "")].length))));
  const drawn = table.map((row) => `  ${row.map((each, c) => each.padEnd(widths[c] ?? 0)).join("  ")}`.trimEnd());
  return `\n${n > 1 ? `${i + 1}. ` : ""}${name.join(" × ")}\n${drawn.join("\n")}`;
}

const short: Partial<Record<BlockCell["measure"], string>> = {
  count: "n",
  percent: "%",
  valid_percent: "valid %",
  cumulative_percent: "cumulative %",
  odds_ratio: "OR"
};
