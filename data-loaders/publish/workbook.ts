import {parse} from "csv-parse/sync";
import type {CellValue} from "../../src/tables/csv.js";
import {codebookColumns} from "./codebook-file.js";
import {readCells} from "./csv.js";

/**
 * All tables as one workbook, a sheet each, for whoever opens files by a double click. A spreadsheet reads a CSV file by
 * the settings of its country: “0,174” becomes 174 in one and 0.174 in the other, “1-5” a date, “æøå” something else. In
 * a workbook each cell says whether it is a number or a text, and what looks like a formula is none.
 *
 * `files` are Arrow files by name, and `codebook.csv`.
 */
export async function writeWorkbook(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const {utils, write} = await import("@e965/xlsx");
  const workbook = utils.book_new();
  for (const [file, bytes] of files) {
    const {names, rows} = file.endsWith(".arrow") ? readCells(bytes) : readCodebook(bytes);
    const sheet = utils.aoa_to_sheet([names, ...rows.map((row) => row.map(cell))]);
    utils.book_append_sheet(workbook, sheet, file.replace(/\.\w+$/, "").slice(0, 31));
  }
  return new Uint8Array(write(workbook, {type: "array", bookType: "xlsx", compression: true}) as ArrayBuffer);
}

function cell(value: CellValue): {t: "n"; v: number} | {t: "s"; v: string} | null {
  if (value === null || value === "") return null;
  // No spreadsheet has numbers that are not finite.
  if (typeof value === "number" && Number.isFinite(value)) return {t: "n", v: value};
  // `_x0041_` in a workbook stands for an A.
  return {t: "s", v: String(value).replaceAll(/_(?=x[\dA-F]{4}_)/gi, "_x005F_")};
}

/** The codebook is made as CSV only; its columns say which are numbers. */
function readCodebook(bytes: Uint8Array): {names: string[]; rows: CellValue[][]} {
  const [names = [], ...rows] = parse(Buffer.from(bytes)) as string[][];
  const texts = new Set(codebookColumns([]).flatMap(({name, type}) => (type === "text" ? [name] : [])));
  const value = (text: string, i: number) => (text === "" ? null : texts.has(names[i] ?? "") ? text : Number(text));
  return {names, rows: rows.map((row) => row.map(value))};
}
