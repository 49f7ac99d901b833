import {DataType, type Table, tableFromIPC} from "apache-arrow";

/** What a cell of a published file may hold. Null is a missing value. */
export type CellValue = string | number | null;

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

/**
 * A table as the text of a CSV file: comma, decimal point, a line feed after every line, fields quoted as RFC 4180 has
 * it. A missing value is an empty field, and an empty text is `""`, so that who cares can tell them apart. Numbers are
 * written with as many digits as bring the same number back; powers of ten, infinities and what is no number, as the
 * Table Schema of Frictionless writes them (`1E-7`, `INF`, `-INF`, `NaN`).
 */
export function csvText(names: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  return [names, ...rows].map((row) => `${row.map(fieldText).join(",")}\n`).join("");
}

function fieldText(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") {
    // String() would lose the sign of −0, and no file has one.
    return Number.isFinite(value) ? String(value).replace("e", "E") : String(value).replace("Infinity", "INF");
  }
  return value === "" || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
