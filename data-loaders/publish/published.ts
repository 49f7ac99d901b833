import type {PrintedNumber} from "../../src/tables/crosstab.js";
import {isPastedOnly, measures} from "../read/number.js";
import type {Report} from "../read/report.js";
import {columnsOf, writeDescribed} from "./described.js";

/** Every printed number, in the order table, row, measure, column. */
export function printedNumbers({tables}: Report): PrintedNumber[] {
  return tables.flatMap(({entry, cells}) =>
    cells.map(({row, column, measure, printed, value}) => ({
      table: entry.table,
      row: row?.code || null,
      row_label: row?.label ?? null,
      row_index: row && row.index >= 0 ? row.index : null,
      column: column?.code || null,
      column_label: column?.label ?? null,
      column_index: column && column.index >= 0 ? column.index : null,
      measure,
      printed,
      value
    }))
  );
}

/** Every printed number as the bytes of `published.arrow`, a row a number. */
export function writePublished(report: Report, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const numbers = printedNumbers(report);
  // One list of codes for both sides, each code once, in the codebook's order: rows of one table are columns of another.
  const side = [...new Set([...report.codebook.values()].flatMap((v) => v.categories.map((c) => c.code)))];
  // What only pasted tables print is in no list but those that print it.
  const measure = measures.filter((name) => !isPastedOnly(name) || numbers.some((number) => number.measure === name));
  const rows = numbers.map((number) => ({...number}));
  const columns = columnsOf("published.arrow", rows, {codes: {row: side, column: side, measure}});
  const [first = "", last = ""] = [report.tables[0], report.tables.at(-1)].map((table) => String(table?.entry.table));
  return writeDescribed("published.arrow", columns, files, {first, last});
}
