import {DataType, tableFromIPC} from "apache-arrow";
import type {CodebookFile} from "../../src/tables/codebook.js";
import type {ReportEntries, VariableEntry} from "../../src/tables/labels.js";
import {about} from "../read/about.js";
import {citation} from "./citation.js";
import {codebookColumns} from "./codebook-file.js";
import {readCells} from "./csv.js";
import {fileTexts, sha256} from "./described.js";
import {readJson, writeJson} from "./json.js";

type Files = ReadonlyMap<string, Uint8Array>;

/** A column as the Table Schema of the Data Package standard has it, with a few properties of our own. */
interface TableField {
  readonly name: string;
  readonly type: "string" | "integer" | "number";
  readonly title: string;
  readonly description: string;
  readonly [property: string]: unknown;
}

/** A table with what is to be said of it. */
interface Described {
  readonly title: string;
  readonly description: string;
  readonly rows: number;
  readonly fields: readonly TableField[];
}

/**
 * The bytes of `datapackage.json`: what every published file holds, column by column, as the Data Package standard,
 * version 2, has it (https://datapackage.org). The CSV files are tables with a schema; the same data as Arrow, the JSON
 * files and the raw tables, which keep the shape that they have in print, are listed with their checksums.
 *
 * `files` are the files by name; each `x.csv` but the codebook’s has its `x.arrow` among them.
 */
export function packageDescriptor(files: Files, raw: Files): Uint8Array {
  const {title, abstract, version, authors, keywords, report} = citation();
  const entries = readJson<ReportEntries>(files, "report.json");
  const sizeAndHash = (bytes: Uint8Array) => ({bytes: bytes.length, hash: `sha256:${sha256(bytes)}`});
  const resources = [...files].map(([name, bytes]) => ({
    ...describeFile(name, files, entries),
    ...sizeAndHash(bytes)
  }));
  const rawResources = [...raw].map(([name, bytes]) => ({
    name: `raw-${name.replace(/\.csv$/, "")}`,
    path: `raw/${name}`,
    title: rawTitle(name, entries),
    description: "A raw file: what is printed, in the shape in which it is printed, every cell as the printed text.",
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    ...sizeAndHash(bytes)
  }));
  return writeJson({
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: about.name,
    title,
    description: `${abstract} The respondents are reconstructed from the tables: no row is a person.`.trim(),
    version,
    ...(keywords.length > 0 ? {keywords} : {}),
    licenses: [{name: about.licence, path: about.licenceText}],
    sources: [{title: about.source}],
    contributors: [
      ...authors.map((name) => ({title: name, roles: ["creator"]})),
      ...(report?.authors ?? []).map((name) => ({title: name, roles: ["data source"]}))
    ],
    resources: [...resources, ...rawResources]
  });
}

function rawTitle(name: string, {tables}: ReportEntries): string {
  const entry = tables.find(({file}) => file === name);
  const [, coded] = /^table-0*(.+)-coding\.csv$/.exec(name) ?? [];
  if (coded) return `Notes to table ${coded} as printed: how answers are coded`;
  return entry ? `Table ${entry.table} as printed: ${entry.titleEn}` : (fileTexts.get(`raw/${name}`)?.title ?? name);
}

function describeFile(name: string, files: Files, entries: ReportEntries): Record<string, unknown> {
  const [stem = name, format = ""] = name.split(".");
  if (format === "json") {
    const {title = name, description = title} = fileTexts.get(name) ?? {};
    return {
      name: `${stem}-json`,
      path: name,
      title,
      description,
      format,
      mediatype: "application/json",
      encoding: "utf-8"
    };
  }
  const table = name === "codebook.csv" ? codebookTable(files) : arrowTable(stem, files, entries);
  const {title, description, rows, fields} = table;
  if (format === "arrow") {
    const mediatype = "application/vnd.apache.arrow.file";
    return {name: `${stem}-arrow`, path: name, title, description, format, mediatype, rows};
  }
  const {primaryKey} = fileTexts.get(`${stem}.arrow`) ?? fileTexts.get(name) ?? {};
  return {
    name: stem,
    path: name,
    type: "table",
    title,
    description,
    format,
    mediatype: "text/csv",
    encoding: "utf-8",
    dialect: {delimiter: ",", lineTerminator: "\n", quoteChar: '"', doubleQuote: true, header: true},
    rows,
    schema: {fields, missingValues: [""], ...(primaryKey ? {primaryKey} : {})}
  };
}

/** An Arrow file’s account of itself, as a whole and column by column. */
function arrowTable(stem: string, files: Files, {variables}: ReportEntries): Described {
  const bytes = files.get(`${stem}.arrow`);
  if (!bytes) throw new Error(`there is no ${stem}.arrow to describe ${stem}.csv by`);
  const table = tableFromIPC(bytes);
  const {metadata} = table.schema;
  const {rows} = readCells(bytes);
  const fields = table.schema.fields.map((field, i): TableField => {
    const said = (name: string) => field.metadata.get(name) || undefined;
    const unit = said("unit");
    const values = rows.map((row) => row[i] ?? null);
    // A reader of CSV takes an empty text for a missing value, so that only what is neither is sure to be there.
    const required = values.every((value) => value !== null && value !== "");
    const unique = required && new Set(values).size === values.length;
    const categories = DataType.isDictionary(field.type) ? [...(table.getChildAt(i)?.data[0]?.dictionary ?? [])] : null;
    const variable = variables.find((entry) => entry.variable === field.name);
    return {
      name: field.name,
      type: DataType.isInt(field.type) ? "integer" : DataType.isFloat(field.type) ? "number" : "string",
      title: said("label") ?? field.name,
      description: `${said("description") ?? ""}${unit ? ` Unit: ${unit}.` : ""}`,
      ...(unit ? {unit} : {}),
      ...(categories ? describeCategories(categories, variable, variables) : {}),
      ...(said("null_means") ? {missingValues: [{value: "", label: said("null_means")}]} : {}),
      ...(required ? {constraints: {required, ...(unique ? {unique} : {})}} : {}),
      ...Object.fromEntries(
        ["label_no", "question_no", "asked"].flatMap((name) => (said(name) ? [[name, said(name)]] : []))
      )
    };
  });
  const [title = "", description = ""] = ["title", "description"].map((name) => metadata.get(name));
  return {title, description, rows: rows.length, fields};
}

/** Codes with their labels where the codebook has them: codes of the column’s own variable, or names of variables. */
function describeCategories(
  codes: readonly string[],
  variable: VariableEntry | undefined,
  variables: readonly VariableEntry[]
): Record<string, unknown> {
  const labels = variable?.categories ?? variables.map((v) => ({...v, code: v.variable}));
  const known = codes.map((code) => labels.find((entry) => entry.code === code));
  return {
    categories: known.every((entry) => entry !== undefined)
      ? known.map((entry) => ({value: entry.code, label: entry.labelEn, label_no: entry.label}))
      : codes,
    ...(variable?.kind === "ordinal" ? {categoriesOrdered: true} : {})
  };
}

function codebookTable(files: Files): Described {
  const {surveys, variables} = readJson<CodebookFile>(files, "codebook.json");
  const {title = "", description = ""} = fileTexts.get("codebook.csv") ?? {};
  const lines = variables.map(({categories, missing}) => categories.length + Math.min(1, Object.keys(missing).length));
  return {
    title,
    description,
    rows: lines.reduce((sum, count) => sum + count, 0),
    fields: codebookColumns(surveys).map(
      ({name, type, label, description, codes, required, unit}): TableField => ({
        name,
        type: type === "integer" ? type : "string",
        title: label,
        description,
        ...(codes ? {categories: codes} : {}),
        ...(required ? {constraints: {required}} : {}),
        ...(unit ? {unit} : {})
      })
    )
  };
}
