import {createHash} from "node:crypto";
import {about} from "../read/about.js";
import {measures} from "../read/number.js";
import type {Report} from "../read/report.js";
import type {PrintedCell} from "../read/table.js";
import {type Column, type FileMetadata, tableColumn, writeArrow} from "./arrow.js";

/** Where every number of this project comes from, and on what terms its data may be used. */
export const {source, licence} = about;

/** Every printed number as the bytes of `published.arrow`, a row a number, in the order table, row, measure, column. */
export function writePublished(report: Report, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return writeArrow(publishedColumns(report), publishedMetadata(report, files));
}

/** The columns of `published.arrow`. */
export function publishedColumns({codebook, tables}: Report): Column[] {
  const rows = tables.flatMap(({entry, cells}) => cells.map((cell) => ({table: entry.table, ...cell})));
  // One list of codes for both sides, each code once, in the codebook's order: rows of one table are columns of another.
  const codes = [...new Set([...codebook.values()].flatMap((v) => v.categories.map((c) => c.code)))];
  const side = (name: "row" | "column", what: string): Column[] => {
    const of = <T>(pick: (side: NonNullable<PrintedCell["row"]>) => T | null) =>
      rows.map((cell) => (cell[name] === null ? null : pick(cell[name])));
    return [
      {
        name,
        type: "category",
        codes,
        values: of(({code}) => code || null),
        label: `${what} (code)`,
        description: `Code of the ${name}’s category; total for totals, null where the number has no ${name}.`
      },
      {
        name: `${name}_label`,
        type: "text",
        values: of(({label}) => label),
        label: `${what} (as printed)`,
        description: `Label of the ${name} as the table prints it, with words joined that the page breaks.`
      },
      {
        name: `${name}_index`,
        type: "integer",
        values: of(({index}) => (index < 0 ? null : index)),
        label: `${what} (order)`,
        description: `Place of the ${name} in print, from 0, totals counted.`
      }
    ];
  };
  return [
    tableColumn(
      rows.map((cell) => cell.table),
      "Table",
      "Number of the table or chart in the report."
    ),
    ...side("row", "Row"),
    ...side("column", "Column"),
    {
      name: "measure",
      type: "category",
      // A statistic is in no list but those that print one.
      codes: measures.filter((name) => name !== "statistic" || rows.some((cell) => cell.measure === name)),
      values: rows.map((cell) => cell.measure),
      label: "Measure",
      description:
        "What the number is: a count, a percent, a P value, a figure of the regression, a tick of a chart’s axis, or a code of the coding notes."
    },
    {
      name: "printed",
      type: "text",
      values: rows.map((cell) => cell.printed),
      label: "As printed",
      description: "The number exactly as the report prints it, misprints included."
    },
    {
      name: "value",
      type: "number",
      values: rows.map((cell) => cell.value),
      label: "Value",
      unit: "by measure: respondents for a count, percent points for a percent",
      description: "The number that the printed string says, read as it stands; null for a printed range."
    }
  ];
}

function publishedMetadata({tables}: Report, files: ReadonlyMap<string, Uint8Array>): FileMetadata {
  const first = tables[0]?.entry.table;
  const last = tables.at(-1)?.entry.table;
  return {
    title: "Every number that the report’s tables print",
    description: "One row is one printed number of the report’s tables and charts.",
    source,
    section: `Tables ${first}–${last}`,
    licence,
    inputs: checksums(files)
  };
}

/** The SHA-256 of each raw file as JSON, by name: what a published file says it was made from. */
export function checksums(files: ReadonlyMap<string, Uint8Array>): string {
  const sums = [...files].map(([name, bytes]) => [name, createHash("sha256").update(bytes).digest("hex")]);
  return JSON.stringify(Object.fromEntries(sums));
}
