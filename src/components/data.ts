import {type ColumnTable, fromArrow, table} from "arquero";
import {readTableId} from "../tables/table-id.js";

/**
 * Reads the bytes of one of the project’s Arrow files as a table of plain arrays, categories as their codes.
 *
 * Plain arrays and not dictionary columns: Arquero takes a comparison of a dictionary column with a value that is not in
 * its dictionary for false, also where it asks for what is unequal, so that `d.role !== null` would leave nobody.
 */
export function readTable(bytes: ArrayBuffer): ColumnTable {
  const read = fromArrow(bytes);
  // Where a report has a table 1a, the numbers of all tables are stored as text.
  const idsOf = (ids: ArrayLike<unknown>) => Array.from(ids, (id) => (typeof id === "string" ? readTableId(id) : id));
  const arrayOf = (name: string) => (name === "table" ? idsOf(read.array(name)) : read.array(name));
  return table(read.columnNames().map((name) => [name, arrayOf(name)]));
}
