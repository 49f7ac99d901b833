import {createHash} from "node:crypto";
import {tableFromIPC} from "apache-arrow";
import * as aq from "arquero";
import {describe, expect, test} from "vitest";
import {type Column, type FileMetadata, writeArrow} from "../../../data-loaders/publish/arrow.js";
import {writePublished} from "../../../data-loaders/publish/published.js";
import {measures} from "../../../data-loaders/read/number.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";

const raw = readRawFolder();
const report = readReport(raw);
const bytes = writePublished(report, raw);
const table = tableFromIPC(bytes);
type Row = Record<string, string | number | null>;

/** The rows as the first reader, apache-arrow, gives them. */
const rows = table.toArray().map((row) => row.toJSON() as Row);

/** The rows as the second reader, flechette, gives them, by way of Arquero. */
function readAgain(file: Uint8Array): Row[] {
  return aq.fromArrow(file.slice()).objects({limit: Number.POSITIVE_INFINITY}) as Row[];
}

describe("published.arrow", () => {
  test("has every printed number, as the loader read it", () => {
    const cells = report.tables.flatMap(({entry, cells}) =>
      cells.map(({row, column, measure, printed, value}) => ({
        table: entry.table,
        row: row?.code ?? null,
        row_label: row?.label ?? null,
        row_index: row && row.index >= 0 ? row.index : null,
        // The coding notes put a meaning where a column's label stands; it is no category.
        column: column?.code ? column.code : null,
        column_label: column?.label ?? null,
        column_index: column && column.index >= 0 ? column.index : null,
        measure,
        printed,
        value
      }))
    );
    expect(rows.length).toBe(1396);
    expect(rows).toEqual(cells);
  });

  test("reads the same with a second reader", () => {
    expect(readAgain(bytes)).toEqual(rows);
  });

  test("has what the report prints, misprints and all", () => {
    const cell = (t: number, measure: string, row: string | null, column: string | null) =>
      rows.find((r) => r.table === t && r.measure === measure && r.row === row && r.column === column);
    expect(cell(2, "count", "medium", "hired_later")).toMatchObject({
      printed: "75",
      value: 75,
      row_index: 1,
      column_index: 3
    });
    expect(cell(2, "p", null, null)).toMatchObject({printed: "0,174", value: 0.174, row_label: null, row_index: null});
    expect(cell(33, "count", "yes", "agree")).toMatchObject({printed: "19%", value: 19});
    expect(cell(28, "t", "position", null)).toMatchObject({printed: "-,125", value: -0.125});
    expect(cell(28, "r2", null, null)).toMatchObject({printed: "264", value: 264});
    expect(cell(15, "p", null, null)).toMatchObject({printed: "0001", value: 1});
    expect(rows.filter((r) => r.value === null).map((r) => r.printed)).toEqual(["1-5"]);
    expect(rows.filter((r) => r.table === 29).map((r) => r.value)).toEqual([0, 20, 40, 60, 80, 100, 120]);
  });

  test("names its title, source, section and licence, and the checksum of every raw file", () => {
    const {inputs = "{}", ...said} = Object.fromEntries(table.schema.metadata) as Partial<FileMetadata>;
    expect(said).toMatchObject({licence: "CC-BY-4.0", section: "Tables 1–34"});
    for (const text of [said.title, said.description, said.source]) expect(text).toMatch(/\w{3}/);
    const sums = Object.fromEntries([...raw].map(([name, b]) => [name, createHash("sha256").update(b).digest("hex")]));
    expect(JSON.parse(inputs)).toEqual(sums);
  });

  test("says of every column what it is, and of values their unit", () => {
    for (const {name, metadata} of table.schema.fields) {
      expect(metadata.get("label"), name).toMatch(/\w/);
      expect(metadata.get("description"), name).toMatch(/\.$/);
    }
    expect(table.schema.fields.find(({name}) => name === "value")?.metadata.get("unit")).toMatch(/percent points/);
  });

  test("keeps categories in the codebook's order", () => {
    const codes = (name: string) => [...(table.getChild(name)?.data[0]?.dictionary ?? [])].map(String);
    for (const side of ["row", "column"]) {
      const listed = codes(side);
      for (const variable of report.codebook.values()) {
        if (["measure", "summary"].includes(variable.name)) continue;
        for (const {code} of variable.categories) expect(listed).toContain(code);
      }
      expect(listed.slice(0, 4)).toEqual(["aetat", "trygdeetaten", "municipality", "hired_later"]);
      expect(new Set(listed).size).toBe(listed.length);
    }
    // What this report does not print is not in its codebook, nor in the file.
    const printed = report.codebook.get("measure")?.categories.map(({code}) => code) ?? [];
    expect(printed).toHaveLength(12);
    expect(codes("measure")).toEqual(measures.filter((measure) => printed.includes(measure)));
  });

  test("is the same bytes each time", () => {
    expect(Buffer.from(writePublished(readReport(readRawFolder()), readRawFolder())).equals(bytes)).toBe(true);
  });

  test("follows a changed digit: one number and one checksum are others", () => {
    const text = Buffer.from(raw.get("table-02.csv") ?? []).toString("utf8");
    const files = new Map(raw).set("table-02.csv", Buffer.from(text.replace("39,51", "38,51")));
    const changed = tableFromIPC(writePublished(readReport(files), files));
    const after = changed.toArray().map((row) => row.toJSON() as Row);
    const differing = after.filter((row, i) => JSON.stringify(row) !== JSON.stringify(rows[i]));
    expect(differing).toMatchObject([
      {table: 2, row: "small", column: "aetat", measure: "count", printed: "38", value: 38}
    ]);
    const [was, is] = [table, changed].map((t) => JSON.parse(t.schema.metadata.get("inputs") ?? "{}") as Row);
    expect(Object.keys(is ?? {}).filter((name) => is?.[name] !== was?.[name])).toEqual(["table-02.csv"]);
  });
});

describe("writeArrow", () => {
  const metadata = {title: "t", description: "d", source: "s", section: "x", licence: "l", inputs: "{}"};
  const said = {label: "l", description: "d"};
  const size: Column = {name: "size", type: "category", codes: ["b", "a", "unused"], values: ["a", null, "b"], ...said};
  const count: Column = {name: "count", type: "integer", values: [3, 0, null], ...said, unit: "people"};
  const share: Column = {name: "share", type: "number", values: [0.1, null, -1e300], ...said, metadata: {exact: "no"}};
  const note: Column = {name: "note", type: "text", values: [null, "", "æøå"], ...said};

  test("keeps nulls, empty text, zero and codes in their list's order, for both readers", () => {
    const file = writeArrow([size, count, share, note], metadata);
    const written = tableFromIPC(file);
    const expected = [
      {size: "a", count: 3, share: 0.1, note: null},
      {size: null, count: 0, share: null, note: ""},
      {size: "b", count: null, share: -1e300, note: "æøå"}
    ];
    expect(written.toArray().map((row) => row.toJSON())).toEqual(expected);
    expect(readAgain(file)).toEqual(expected);
    expect([...(written.getChild("size")?.data[0]?.dictionary ?? [])]).toEqual(["b", "a", "unused"]);
    expect(Object.fromEntries(written.schema.fields[0]?.metadata ?? [])).toMatchObject({categories: "b a unused"});
    expect(Object.fromEntries(written.schema.fields[1]?.metadata ?? [])).toMatchObject({unit: "people"});
    expect(Object.fromEntries(written.schema.fields[2]?.metadata ?? [])).toMatchObject({exact: "no"});
  });

  test("writes columns without a row", () => {
    const file = writeArrow(
      [
        {...size, values: []},
        {...note, values: []}
      ],
      metadata
    );
    expect(tableFromIPC(file).numRows).toBe(0);
    expect(readAgain(file)).toEqual([]);
  });

  test.each<[string, Column[], string]>([
    ["columns of different lengths", [size, {...count, values: [1]}], "column count has 1 values, expected 3"],
    ["two columns of one name", [size, {...count, name: "size"}], "two columns are named size"],
    [
      "a code that is not listed",
      [{...size, values: ["c", null, "b"]}],
      "column size holds “c”, which is not in its list"
    ],
    ["no label", [{...count, label: ""}], "column count has no label or no description"],
    ["no description", [{...count, description: ""}], "column count has no label or no description"],
    ["a whole number that is none", [{...count, values: [1, 2, 0.5]}], "column count holds 0.5"],
    ["a whole number that does not fit", [{...count, values: [1, 2, 2 ** 31]}], "column count holds 2147483648"]
  ])("refuses %s", (_, columns, message) => {
    expect(() => writeArrow(columns, metadata)).toThrow(message);
  });
});
