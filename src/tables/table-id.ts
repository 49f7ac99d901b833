/**
 * The number of a table as the report prints it: a number where it is one (7), else its text (`3.2`, `S1`, `2a`). Equal
 * if and only if it is the same table.
 */
export type TableId = number | string;

/** How a table’s number may look. */
export const tableNumber = /^(?:[1-9]\d{0,2}|[A-Za-z]{1,3}[.-]?\d{1,3}|[1-9]\d{0,2}(?:[.-]\d{1,3})+)[a-z]?$/;

/** Reads a table’s number. */
export function readTableId(text: string): TableId {
  return /^[1-9]\d{0,2}$/.test(text) ? Number(text) : text;
}

/** The order of tables: by their numbers part by part (2a before 2b before 10, 3.2 before 3.10), then by their letters. */
export function compareTables(a: TableId, b: TableId): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", {numeric: true});
}

/** A table’s number as a part of ids and anchors, where a point parts other things. */
export function tableKey(table: TableId): string {
  return String(table).replace(/[^\w]/g, "_");
}
