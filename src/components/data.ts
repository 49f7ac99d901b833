import {type ColumnTable, fromArrow, table} from "arquero";

/**
 * Reads the bytes of one of the project’s Arrow files as a table of plain arrays, categories as their codes.
 *
 * Plain arrays and not dictionary columns: Arquero takes a comparison of a dictionary column with a value that is not in
 * its dictionary for false, also where it asks for what is unequal, so that `d.role !== null` would leave nobody.
 */
export function readTable(bytes: ArrayBuffer): ColumnTable {
  const read = fromArrow(bytes);
  return table(read.columnNames().map((name) => [name, read.array(name)]));
}
