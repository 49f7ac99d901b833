import {tableFromIPC} from "apache-arrow";
import {parse} from "csv-parse/sync";
import {describe, expect, test} from "vitest";
import {type Column, writeArrow} from "../../../data-loaders/publish/arrow.js";
import {writeCsv} from "../../../data-loaders/publish/csv.js";
import {made, names, text} from "../made.js";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const metadata = {title: "t", description: "d", source: "s", section: "1", licence: "l", inputs: "{}"};
const column = (name: string, rest: object) => ({name, label: name, description: name, ...rest}) as Column;

describe("a CSV file", () => {
  test("quotes what needs it, and tells a missing value from an empty text", () => {
    const values = ["a,b", 'say "yes"', "two\nlines", "", null, "–5 %", " x "];
    const file = decode(writeCsv(writeArrow([column("words", {type: "text", values})], metadata)));
    expect(file).toBe('words\n"a,b"\n"say ""yes"""\n"two\nlines"\n""\n\n–5 %\n x \n');
  });

  test("writes numbers that come back as they were", () => {
    const values = [0, -1.5, 0.1 + 0.2, 1e-7, 1e21, Number.MAX_VALUE, Number.NaN, Infinity, -Infinity, null];
    const file = decode(writeCsv(writeArrow([column("x", {type: "number", values})], metadata)));
    const written = [
      "0",
      "-1.5",
      "0.30000000000000004",
      "1E-7",
      "1E+21",
      "1.7976931348623157E+308",
      "NaN",
      "INF",
      "-INF",
      ""
    ];
    expect(file).toBe(`x\n${written.join("\n")}\n`);
    expect(written.slice(0, 6).map(Number)).toEqual(values.slice(0, 6));
  });

  test("has codes where the Arrow file has a dictionary", () => {
    const values = ["b", null, "a"];
    const file = writeCsv(writeArrow([column("c", {type: "category", codes: ["a", "b"], values})], metadata));
    expect(decode(file)).toBe("c\nb\n\na\n");
  });

  const twins = names.filter((name) => name.endsWith(".csv") && name !== "codebook.csv");

  test("stands beside every Arrow file but the members of the ensemble", () => {
    const arrow = names.filter((name) => name.endsWith(".arrow") && !name.includes("members"));
    expect(arrow.length).toBeGreaterThan(7);
    expect(twins).toEqual(arrow.map((name) => name.replace(".arrow", ".csv")));
  });

  test.each(twins)("%s equals its Arrow file cell by cell, and comes out the same twice", async (name) => {
    const bytes = await made(name.replace(".csv", ".arrow"));
    const table = tableFromIPC(bytes);
    const types = table.schema.fields.map(({type}) => String(type));
    const [header, ...rows]: unknown[][] = parse(await text(name), {
      cast: (field, {index, quoting, lines}) => {
        if (lines === 1) return field;
        if (field === "" && !quoting) return null;
        return /^(Int|Float)/.test(types[index] ?? "") ? Number(field.replace("INF", "Infinity")) : field;
      }
    });
    expect(header).toEqual(table.schema.fields.map((field) => field.name));
    expect(rows).toEqual(table.toArray().map((row) => Object.values(row.toJSON())));
    expect(decode(writeCsv(bytes))).toBe(await text(name));
  });
});
