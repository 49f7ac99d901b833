import {type Codebook, MISSING, TOTAL, type Variable} from "../read/codebook.js";
import {EVERYBODY} from "../read/counts.js";
import type {Measure} from "../read/number.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";

/** The line that counts missing answers once more, under a total's label (table 11). */
export const MISSING_TOTAL = "missing_total";

/** A printed table of counts with its cells by place. */
export interface Grid {
  readonly table: PrintedTable;
  readonly counts: readonly PrintedCell[];
  /** The number of a measure at a count's place. */
  at(measure: Measure, cell: PrintedCell): PrintedCell | undefined;
  /** The code of a cell's row; of totals below a missing line `everybody` or `missing_total`. */
  rowKey(cell: PrintedCell): string;
  /** Row (and column) as an id has them, in English, and as printed. */
  placeOf(cell: PrintedCell): {readonly key: string; readonly place: string; readonly placePrinted: string};
}

/** The grid of a table, or null for a kind of table that has no counts. */
export function gridOf(table: PrintedTable, codebook: Codebook): Grid | null {
  const {entry, cells} = table;
  const counts = cells.filter((cell) => cell.measure === "count");
  if (counts.length === 0) return null;
  const byPlace = new Map(cells.map((cell) => [`${cell.measure} ${cell.row?.index} ${cell.column?.index}`, cell]));
  const lines = entry.kind === "frequency" ? frequencyLines(counts) : new Map<number, string>();
  const summary = codebook.get("summary");
  const rowKey = (cell: PrintedCell) => lines.get(cell.row?.index ?? -1) ?? cell.row?.code ?? "";
  return {
    table,
    counts,
    at: (measure, cell) => byPlace.get(`${measure} ${cell.row?.index} ${cell.column?.index}`),
    rowKey,
    placeOf(cell) {
      const row = rowKey(cell);
      const words: Record<string, string> = {[EVERYBODY]: "Everybody", [MISSING_TOTAL]: "Missing, total"};
      const rowWords = words[row] ?? labelOf([entry.row, summary], row);
      const printed = [cell.row?.label || "(no label)"];
      if (!cell.column) return {key: row, place: rowWords, placePrinted: printed.join("")};
      printed.push(cell.column.label);
      const columnWords = labelOf([entry.column ?? undefined, summary], cell.column.code);
      return {
        key: `${row}.${cell.column.code}`,
        place: `${rowWords} × ${columnWords}`,
        placePrinted: printed.join(" × ")
      };
    }
  };
}

/** The English label of a category, looked for in some variables. */
export function labelOf(variables: readonly (Variable | undefined)[], code: string): string {
  const found = variables.flatMap((variable) => variable?.categories ?? []).find((c) => c.code === code);
  return found?.labelEn ?? code;
}

/** What the lines below a frequency table's categories count, by their index: see `countTables`. */
function frequencyLines(counts: readonly PrintedCell[]): Map<number, string> {
  const missing = counts.findIndex((cell) => cell.row?.code === MISSING);
  const lines = new Map<number, string>();
  if (missing < 0) return lines;
  for (const [i, {row}] of counts.entries()) {
    if (i > missing && row?.code === TOTAL) lines.set(row.index, i === counts.length - 1 ? EVERYBODY : MISSING_TOTAL);
  }
  return lines;
}

/** The sum of some cells' numbers. */
export function add(cells: readonly PrintedCell[]): number {
  return cells.reduce((sum, cell) => sum + numberOf(cell), 0);
}

export function numberOf(cell: PrintedCell): number {
  return cell.value ?? 0;
}
