import {type ColumnTable, fromArrow} from "arquero";

/** Reads the bytes of one of the project’s Arrow files as a table. Dictionary columns hold their codes. */
export function readTable(bytes: ArrayBuffer): ColumnTable {
  return fromArrow(bytes);
}
