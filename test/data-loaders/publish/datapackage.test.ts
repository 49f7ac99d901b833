import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {Ajv} from "ajv";
import {parse} from "csv-parse/sync";
import {describe, expect, test} from "vitest";
import {fileAt, names, raw, text} from "../made.js";

interface Field {
  name: string;
  type: string;
  title: string;
  description: string;
  categories?: (string | {value: string; label: string})[];
  missingValues?: (string | {value: string})[];
  constraints?: {required?: boolean; unique?: boolean};
}
interface Resource {
  name: string;
  path: string;
  bytes: number;
  hash: string;
  rows?: number;
  schema?: {fields: Field[]; primaryKey?: string[]; missingValues: string[]};
}

const descriptor = JSON.parse(await text("datapackage.json")) as {resources: Resource[]};
const fixture = new URL("../../fixtures/datapackage-2.0.schema.json", import.meta.url);
const formats = {
  uri: (text: string) => URL.canParse(text),
  email: /^[^@\s]+@[^@\s]+$/,
  "date-time": (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))
};
const ajv = new Ajv({allErrors: true, strict: false, formats});
const validate = ajv.compile(JSON.parse(readFileSync(fixture, "utf8")));
const tables = descriptor.resources.filter((resource) => resource.schema);

describe("datapackage.json", () => {
  test("is a Data Package of version 2", () => {
    expect(validate(descriptor), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  test.each([
    ["categories that are neither texts nor numbers", (field: Field) => Object.assign(field, {categories: [true]})],
    ["a type that does not exist", (field: Field) => Object.assign(field, {type: "text"})],
    ["a constraint that is no boolean", (field: Field) => Object.assign(field, {constraints: {required: "yes"}})],
    ["missing values that are no texts", (field: Field) => Object.assign(field, {missingValues: [null]})]
  ])("would not pass with %s", (_, spoil) => {
    const copy = structuredClone(descriptor);
    const field = copy.resources.find(({schema}) => schema)?.schema?.fields[0];
    if (!field) throw new Error("there is no field");
    spoil(field);
    expect(validate(copy)).toBe(false);
  });

  test("lists every file once, under a name of its own, with its size and checksum", async () => {
    const {resources} = descriptor;
    expect(new Set(resources.map(({name}) => name)).size).toBe(resources.length);
    const rawPaths = [...raw.keys()].map((name) => `raw/${name}`);
    const others = [
      "datapackage.json",
      "certificate.json",
      "places.json",
      "raw.zip",
      "nav-offices-2010.zip",
      "nav-offices-2010.xlsx"
    ];
    const expected = [...names.filter((name) => !others.includes(name)), ...rawPaths];
    expect(resources.map(({path}) => path).sort()).toEqual(expected.sort());
    for (const {path, bytes, hash} of resources) {
      const file = await fileAt(path);
      expect(bytes, path).toBe(file.length);
      expect(hash, path).toBe(`sha256:${createHash("sha256").update(file).digest("hex")}`);
    }
  });

  test("describes every CSV file that is no raw file", () => {
    expect(tables.map(({path}) => path).sort()).toEqual(names.filter((name) => name.endsWith(".csv")).sort());
  });

  test.each(tables.map(({path}) => path))("agrees with %s", async (path) => {
    const resource = tables.find((table) => table.path === path);
    const {fields = [], primaryKey} = resource?.schema ?? {};
    const [header, ...rows]: string[][] = parse(await text(path));
    expect(fields.map(({name}) => name)).toEqual(header);
    expect(resource?.rows).toBe(rows.length);
    for (const [i, {name, type, title, description, categories, constraints}] of fields.entries()) {
      expect(title && description, name).toBeTruthy();
      const values = rows.map((row) => row[i] ?? "").filter((value) => value !== "");
      if (constraints?.required) expect(values.length, name).toBe(rows.length);
      if (constraints?.unique) expect(new Set(values).size, name).toBe(rows.length);
      const pattern = {integer: /^-?\d+$/, number: /^(-?\d+(\.\d+)?(E[+-]\d+)?|-?INF|NaN)$/, string: /^/}[type];
      expect(
        values.filter((value) => !pattern?.test(value)),
        name
      ).toEqual([]);
      const codes = categories?.map((category) => (typeof category === "string" ? category : category.value));
      if (codes) expect(new Set([...codes, ...values]).size, name).toBe(codes.length);
    }
    if (primaryKey) {
      const places = primaryKey.map((name) => header?.indexOf(name) ?? -1);
      const keys = rows.map((row) => places.map((place) => row[place] ?? ""));
      expect(keys.flat().includes("")).toBe(false);
      expect(new Set(keys.map((key) => key.join("\t"))).size).toBe(rows.length);
    }
  });

  test("gives categories in the codebook’s order with their labels, and says what is ordered and what is missing", () => {
    const field = tables
      .find(({name}) => name === "respondents")
      ?.schema?.fields.find(({name}) => name === "office_size");
    expect(field).toMatchObject({
      type: "string",
      missingValues: [{value: "", label: "no answer, or not asked"}],
      categoriesOrdered: true
    });
    expect(field?.categories?.map((c) => (typeof c === "string" ? c : [c.value, c.label]))).toEqual([
      ["small", "Small offices"],
      ["medium", "Medium-sized offices"],
      ["large", "Large offices"],
      ["very_large", "Very large offices"]
    ]);
  });
});
