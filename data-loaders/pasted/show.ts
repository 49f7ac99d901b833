import type {Block, BlockCell, BlockSide} from "./blocks.js";
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
  const text = ({printed, measure}: BlockCell) =>
    printed.endsWith("%") && measure === "percent" ? printed : `${printed} ${short[measure] ?? measure}`;
  const marked = (side: BlockSide | undefined) => `${side?.label ?? ""}${side?.total ? " (total)" : ""}`;
  const distinct = (list: readonly number[]) => [...new Set(list)].join(", ");
  // The numbers of no column come last.
  const used = [...columns.keys(), -1].filter((c) => cells.some((cell) => cell.c === c));
  const fields = used.map((c) => distinct(cells.flatMap((cell) => (cell.c === c && cell.r >= 0 ? [cell.field] : []))));
  const byRow = new Map<number, BlockCell[]>([-1, ...rows.keys()].map((r) => [r, []]));
  for (const cell of cells) byRow.get(cell.r)?.push(cell);
  const table = [
    ["line", "", ...used.map((c, k) => `${marked(columns[c])}${fields[k] ? ` [${fields[k]}]` : ""}`)],
    ...[...byRow].flatMap(([r, own]) => {
      const inColumn = used.map((c) =>
        own
          .filter((cell) => cell.c === c)
          .map(text)
          .join(", ")
      );
      return own.length > 0 ? [[distinct(own.map(({line}) => line)), marked(rows[r]), ...inColumn]] : [];
    })
  ];
  const widths = used.concat(0, 0).map((_, c) => Math.min(48, Math.max(...table.map((row) => row[c]?.length ?? 0))));
  const drawn = table.map((row) => `  ${row.map((each, c) => each.padEnd(widths[c] ?? 0)).join("  ")}`.trimEnd());
  // Nobody reads thousands of lines before the findings.
  const long =
    drawn.length > 200 ? [...drawn.slice(0, 100), `  … ${drawn.length - 120} lines …`, ...drawn.slice(-20)] : drawn;
  return `\n${n > 1 ? `${i + 1}. ` : ""}${name.join(" × ")}\n${long.join("\n")}`;
}

const short: Partial<Record<BlockCell["measure"], string>> = {
  count: "n",
  percent: "%",
  valid_percent: "valid %",
  cumulative_percent: "cumulative %",
  odds_ratio: "OR"
};
