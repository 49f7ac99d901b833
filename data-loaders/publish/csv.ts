import {DataType, type Table, tableFromIPC} from "apache-arrow";
import {type CellValue, csvText} from "../../src/tables/csv.js";

/**
 * The bytes of a CSV file that holds what an Arrow file holds, made from that file’s own bytes: a header, then its rows
 * in their order, categories by their codes.
 *
 * The same Arrow file gives the same bytes. How it is written is said at {@link csvText}.
 */
export function writeCsv(arrow: Uint8Array): Uint8Array {
  const {names, rows} = readCells(arrow);
  return new TextEncoder().encode(csvText(names, rows));
}

/** The names of an Arrow file’s columns, and its rows as lists of cells in the order of the columns. */
export function readCells(arrow: Uint8Array): {names: string[]; rows: CellValue[][]} {
  const table = tableFromIPC(arrow);
  const columns = table.schema.fields.map((_, i) => columnOf(table, i));
  return {
    names: table.schema.fields.map(({name}) => name),
    rows: Array.from({length: table.numRows}, (_, row) => columns.map((column) => column[row] ?? null))
  };
}

function columnOf(table: Table, index: number): CellValue[] {
  const {name, type} = table.schema.fields[index] ?? {};
  const known = [DataType.isInt, DataType.isFloat, DataType.isUtf8, DataType.isDictionary].some((is) => is(type));
  if (!known) throw new Error(`column ${name} is of the type ${type}, which no CSV file of this project has`);
  return Array.from<CellValue>(table.getChildAt(index) ?? []);
}
