import {type Codebook, MISSING, TOTAL, type Variable} from "../read/codebook.js";
import {EVERYBODY, totalsBelow} from "../read/counts.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";

/** The line that counts missing answers once more, under a total's label (table 11). */
export const MISSING_TOTAL = "missing_total";

/** A printed table of counts. */
export interface Grid {
  readonly table: PrintedTable;
  readonly counts: readonly PrintedCell[];
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
  const below = totalsBelow(counts);
  const summary = codebook.get("summary");
  const rowKey = ({row}: PrintedCell) => {
    const line = below.get(row?.index ?? -1) ?? row?.code ?? "";
    return line === MISSING && row?.code === TOTAL ? MISSING_TOTAL : line;
  };
  const words = new Map([
    [EVERYBODY, "Everybody"],
    [MISSING_TOTAL, "Missing, total"]
  ]);
  return {
    table,
    counts,
    rowKey,
    placeOf(cell) {
      const key = rowKey(cell);
      const place = words.get(key) ?? labelOf([entry.row, summary], key);
      const placePrinted = cell.row?.label || "(no label)";
      if (!cell.column) return {key, place, placePrinted};
      const {code, label} = cell.column;
      return {
        key: `${key}.${code}`,
        place: `${place} × ${labelOf([entry.column ?? undefined, summary], code)}`,
        placePrinted: `${placePrinted} × ${label}`
      };
    }
  };
}

/** The English label of a category, looked for in some variables. */
export function labelOf(variables: readonly (Variable | undefined)[], code: string): string {
  const found = variables.flatMap((variable) => variable?.categories ?? []).find((c) => c.code === code);
  return found?.labelEn ?? code;
}

/** The sum of some cells' numbers. */
export function add(cells: readonly PrintedCell[]): number {
  return cells.reduce((sum, cell) => sum + numberOf(cell), 0);
}

export function numberOf(cell: PrintedCell): number {
  return cell.value ?? 0;
}
