import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {expect, test} from "vitest";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import type {PrintedCell} from "../../../data-loaders/read/table.js";
import type {TableId} from "../../../src/tables/table-id.js";

/**
 * The report was transcribed twice, each time without a look at the other. The first transcription is the raw folder; the second is `second-transcription.csv` beside this file, a line a number. They must say the same.
 */

interface Line {
  table: string;
  row_index: string;
  column_index: string;
  measure: string;
  printed: string;
  row_label: string;
  column_label: string;
}

const second: Line[] = read("second-transcription.csv");
const raw = readRawFolder();
const {tables} = readReport(raw);

function read<T>(name: string): T[] {
  return parse(readFileSync(new URL(name, import.meta.url)), {columns: true, bom: true}) as T[];
}

/** The coding notes have no rows and columns; a number is known there by what it stands beside. */
const wordings = new Map([["antall påstander", "påstander"]]);

function firstKey(table: TableId, {row, column, measure}: PrintedCell): string {
  if (measure === "code") return [table, row?.label, wordings.get(column?.label ?? "") ?? column?.label].join("|");
  return [table, row?.index ?? "", column?.index ?? "", measure].join("|");
}

function secondKey({table, row_index, column_index, measure, row_label, column_label}: Line): string {
  if (measure === "code") return [table, row_label, column_label].join("|");
  return [table, row_index, column_index, measure].join("|");
}

/** Numbers by key. What has no place of its own (ticks, fit figures) is numbered in the order of its measure. */
function byKey(lines: readonly (readonly [key: string, printed: string])[]): Map<string, string> {
  const times = new Map<string, number>();
  return new Map(
    lines.map(([key, printed]) => {
      const n = times.get(key) ?? 0;
      times.set(key, n + 1);
      return [`${key}|${n}`, printed] as const;
    })
  );
}

const first = byKey(
  tables.flatMap(({entry, cells}) => cells.map((c) => [firstKey(entry.table, c), c.printed] as const))
);
// One level of the coding notes is printed without its number, which is no number here.
const other = byKey(
  second.filter(({printed}) => printed !== "").map((line) => [secondKey(line), line.printed] as const)
);

test("both transcriptions have every number of 34 tables", () => {
  expect(second.filter(({printed}) => printed === "").map(({column_label}) => column_label)).toEqual([
    "1/3 av brukerne"
  ]);
  expect(tables.map(({entry}) => entry.table)).toEqual(Array.from({length: 34}, (_, i) => i + 1));
  expect(tables.filter(({cells}) => cells.length === 0)).toEqual([]);
  expect([first.size, other.size]).toEqual([1396, 1396]);
});

test("they print the same in every place", () => {
  const differences = [...new Set([...first.keys(), ...other.keys()])].filter(
    (key) => first.get(key) !== other.get(key)
  );
  expect(differences.map((key) => `${key}: ${first.get(key)} and ${other.get(key)}`)).toEqual([]);
});

test("they label rows and columns the same", () => {
  const labels = new Map(second.map((line) => [secondKey(line), [line.row_label, line.column_label]]));
  const differences = tables.flatMap(({entry, cells}) =>
    cells.flatMap((cell) => {
      // The second transcription labels what has no row or column too, by the names the report gives it.
      if (!cell.row || cell.measure === "code") return [];
      const [row, column] = labels.get(firstKey(entry.table, cell)) ?? [];
      return row === cell.row.label && (!cell.column || column === cell.column.label)
        ? []
        : [`table ${entry.table}: ${cell.row.label}, ${cell.column?.label} and ${row}, ${column}`];
    })
  );
  expect(differences).toEqual([]);
});

test("the charts have the same categories and legends", () => {
  const parts = read<{table: string; part: string; printed: string}>("second-transcription-charts.csv");
  for (const table of ["29", "32"]) {
    const chart: string[][] = parse(Buffer.from(raw.get(`table-${table}.csv`) ?? []));
    const own = chart.slice(1).filter(([part]) => part !== "axis");
    expect(parts.filter((p) => p.table === table).map((p) => [p.part, p.printed])).toEqual(own);
  }
});
