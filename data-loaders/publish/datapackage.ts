import {createHash} from "node:crypto";
import {DataType, tableFromIPC} from "apache-arrow";
import type {ReportEntries, VariableEntry} from "../../src/tables/labels.js";
import {about} from "../read/about.js";
import {citation} from "./citation.js";
import {codebookColumns} from "./codebook-file.js";
import {readCells} from "./csv.js";

type Files = ReadonlyMap<string, Uint8Array>;

/** A column as the Table Schema of the Data Package standard has it, with a few properties of our own. */
interface TableField {
  readonly name: string;
  readonly type: "string" | "integer" | "number";
  readonly title: string;
  readonly description: string;
  readonly [property: string]: unknown;
}

/** The columns that name a row, by file; tests hold each against its file. */
const primaryKeys: Readonly<Record<string, readonly string[]>> = {
  checks: ["id"],
  claims: ["id"],
  tests: ["table"],
  bounds: ["row_variable", "row", "column_variable", "column"],
  ensemble: ["row_variable", "row", "column_variable", "column"],
  codebook: ["variable", "code"]
};

/** What files that are no tables hold, by name. */
const contents: Readonly<Record<string, readonly [title: string, description: string]>> = {
  "report.json": [
    "Catalogue and codebook",
    "The report’s tables and the variables that they show, as the pages use them."
  ],
  "errata.json": [
    "Errors of the report",
    "Every error that was found, with its evidence and what it does to conclusions."
  ],
  "reconstruction.json": [
    "Account of the reconstruction",
    "How the respondents were made, and how near they are to the fit."
  ],
  "ensemble.json": [
    "Account of the ensemble",
    "How the reconstructions of the ensemble were drawn, and how to deal out what its file leaves out."
  ],
  "codebook.json": [
    "Codebook",
    "Every variable with its question, its categories, the tables that show it and how many gave each answer."
  ],
  "citation.json": ["Citation", "How this project is to be cited."]
};

/**
 * The bytes of `datapackage.json`: what every published file holds, column by column, as the Data Package standard,
 * version 2, has it (https://datapackage.org). The CSV files are tables with a schema; the same data as Arrow, the JSON
 * files and the raw tables, which keep the shape that they have in print, are listed with their checksums.
 *
 * `files` are the files by name; each `x.csv` but the codebook’s has its `x.arrow` among them.
 */
export function packageDescriptor(files: Files, raw: Files): Uint8Array {
  const {title, abstract, version, authors, keywords, report} = citation();
  const entries = JSON.parse(new TextDecoder().decode(files.get("report.json"))) as ReportEntries;
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
  const descriptor = {
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
  };
  return new TextEncoder().encode(`${JSON.stringify(descriptor, null, 1)}\n`);
}

function sizeAndHash(bytes: Uint8Array) {
  return {bytes: bytes.length, hash: `sha256:${createHash("sha256").update(bytes).digest("hex")}`};
}

function rawTitle(name: string, {tables}: ReportEntries): string {
  const entry = tables.find(({file}) => file === name);
  return entry ? `Table ${entry.table} as printed: ${entry.titleEn}` : (rawTitles[name] ?? name);
}

const rawTitles: Readonly<Record<string, string>> = {
  "table-28-coding.csv": "Notes to table 28 as printed: how answers are coded",
  "tables.csv": "Catalogue: a line a table",
  "variables.csv": "Codebook: a line a variable",
  "categories.csv": "Codebook: a line a category, with every spelling",
  "claims.csv": "Numbers and comparisons of the report’s text, paraphrased, with the expressions that recompute them",
  "errata.csv": "Errors of the report, with their evidence"
};

function describeFile(name: string, files: Files, entries: ReportEntries): Record<string, unknown> {
  const [stem = name] = name.split(".");
  if (name.endsWith(".csv")) {
    const table = name === "codebook.csv" ? codebookTable(files, entries) : arrowTable(stem, files, entries);
    return {
      name: stem,
      path: name,
      type: "table",
      ...table.texts,
      format: "csv",
      mediatype: "text/csv",
      encoding: "utf-8",
      dialect: {delimiter: ",", lineTerminator: "\n", quoteChar: '"', doubleQuote: true, header: true},
      rows: table.rows,
      schema: {
        fields: table.fields,
        missingValues: [""],
        ...(primaryKeys[stem] ? {primaryKey: primaryKeys[stem]} : {})
      }
    };
  }
  if (name.endsWith(".arrow")) {
    const {texts, rows} = tableAccount(arrowOf(stem, files));
    return {
      name: `${stem}-arrow`,
      path: name,
      ...texts,
      format: "arrow",
      mediatype: "application/vnd.apache.arrow.file",
      rows
    };
  }
  const [title = name, description = title] = contents[name] ?? [];
  return {
    name: `${stem}-json`,
    path: name,
    title,
    description,
    format: "json",
    mediatype: "application/json",
    encoding: "utf-8"
  };
}

/** A table with what is to be said of it. */
interface Described {
  readonly texts: {readonly title: string; readonly description: string};
  readonly rows: number;
  readonly fields: readonly TableField[];
}

function arrowOf(stem: string, files: Files): Uint8Array {
  const bytes = files.get(`${stem}.arrow`);
  if (!bytes) throw new Error(`there is no ${stem}.arrow to describe ${stem}.csv by`);
  return bytes;
}

/** What an Arrow file says of itself as a whole. */
function tableAccount(bytes: Uint8Array): Omit<Described, "fields"> {
  const {schema, numRows} = tableFromIPC(bytes);
  const {metadata} = schema;
  return {texts: {title: metadata.get("title") ?? "", description: metadata.get("description") ?? ""}, rows: numRows};
}

/** An Arrow file’s account of itself, as a whole and column by column. */
function arrowTable(stem: string, files: Files, {variables}: ReportEntries): Described {
  const bytes = arrowOf(stem, files);
  const table = tableFromIPC(bytes);
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
  return {...tableAccount(bytes), fields};
}

/** Codes with their labels where the codebook has them: codes of the column’s own variable, or names of variables. */
function describeCategories(
  codes: readonly string[],
  variable: VariableEntry | undefined,
  variables: readonly VariableEntry[]
): Record<string, unknown> {
  const labels = variable
    ? variable.categories.map((c) => ({code: c.code, label: c.label, labelEn: c.labelEn}))
    : variables.map((v) => ({code: v.variable, label: v.label, labelEn: v.labelEn}));
  const known = codes.map((code) => labels.find((entry) => entry.code === code));
  return {
    categories: known.every((entry) => entry !== undefined)
      ? known.map((entry) => ({value: entry.code, label: entry.labelEn, label_no: entry.label}))
      : codes,
    ...(variable?.kind === "ordinal" ? {categoriesOrdered: true} : {})
  };
}

function codebookTable(files: Files, {variables}: ReportEntries): Described {
  const {surveys, variables: own} = JSON.parse(new TextDecoder().decode(files.get("codebook.json")));
  const asked = own.filter((v: {missing: object}) => Object.keys(v.missing).length > 0).length;
  return {
    texts: {
      title: "Codebook",
      description: "One row is one category of a variable, or those without an answer to it."
    },
    rows: variables.reduce((sum, {categories}) => sum + categories.length, 0) + asked,
    fields: [
      ...codebookColumns.map(([name, type, title, description]): TableField => {
        const required = ["variable", "kind", "label", "label_en", "code", "category", "category_en"].includes(name);
        const categories = name === "kind" ? {categories: ["nominal", "ordinal", "structure"]} : {};
        return {name, type, title, description, ...categories, ...(required ? {constraints: {required}} : {})};
      }),
      ...surveys.map(
        (survey: string): TableField => ({
          name: `respondents_${survey}`,
          type: "integer",
          title: `Respondents, ${survey}`,
          description: `How many of the reconstructed respondents of ${survey} have the category; empty where the survey does not have the variable.`,
          unit: "respondents"
        })
      )
    ]
  };
}
