import {createHash} from "node:crypto";
import type {CellValue} from "../../src/tables/csv.js";
import {about} from "../read/about.js";
import {type Column, writeArrow} from "./arrow.js";
import texts from "./files.json" with {type: "json"};

type Files = ReadonlyMap<string, Uint8Array>;
type Words = Readonly<Record<string, string | number>>;

/** What is said of a published file. Braces in a text hold the place of what only the data know. */
interface FileText {
  readonly title: string;
  readonly description?: string;
  /** The part of the report that it is made from. */
  readonly section?: string;
  /** The columns that name a row. */
  readonly primaryKey?: readonly string[];
  readonly columns?: Readonly<Record<string, ColumnText>>;
}

/** What is said of a column. Codes, or codes with their meanings, are those of a category. */
export interface ColumnText {
  readonly type: "text" | "integer" | "number" | "category" | "table";
  readonly label: string;
  readonly description: string;
  readonly unit?: string;
  readonly codes?: readonly string[];
  readonly meanings?: Readonly<Record<string, string>>;
  readonly required?: boolean;
}

/** The report's language in English: “Norwegian”. */
const [language = ""] = (new Intl.DisplayNames("en", {type: "language"}).of(about.language) ?? "").split(" ");

/** A text of `files.json` with its braces filled in. */
export function fill(text: string, words: Words = {}): string {
  const all: Words = {name: about.name, language, ...words};
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => String(all[name] ?? braces));
}

/** What `files.json` says of every published file, by its name; of raw files, by `raw/` and their names. */
export const fileTexts = new Map(
  Object.entries(texts as Readonly<Record<string, FileText>>).map(([name, text]) => [fill(name), text])
);

/**
 * The columns that `files.json` names of a file, with the values of its rows. `codes` are lists of codes that follow from
 * data or code; `words` fill the texts. Throws when a row lacks a column.
 */
export function columnsOf(
  file: string,
  rows: readonly Readonly<Record<string, CellValue>>[],
  {codes = {}, words = {}}: {codes?: Readonly<Record<string, readonly string[]>>; words?: Words} = {}
): Column[] {
  return Object.entries(fileTexts.get(file)?.columns ?? {}).map(([name, text]) => {
    const {type, label, unit, meanings} = text;
    const description = fill(text.description, words);
    const values = rows.map((row) => {
      const value = row[name];
      if (value === undefined) throw new Error(`a row of ${file} has no ${name}`);
      return value;
    });
    // Numbers of tables: integers where all of them are, else as they are printed (`3.2`, `S1`).
    const isText = type === "text" || (type === "table" && values.some((value) => typeof value === "string"));
    return {
      name,
      type: isText ? "text" : type === "table" ? "integer" : type,
      label,
      description,
      values: isText ? values.map((value) => (value === null ? null : String(value))) : values,
      ...(unit ? {unit} : {}),
      ...(type === "category" ? {codes: codes[name] ?? text.codes ?? Object.keys(meanings ?? {})} : {}),
      ...(meanings ? {metadata: {meanings: JSON.stringify(meanings)}} : {})
    } as Column;
  });
}

/** The bytes of an Arrow file of some columns, made from raw files; `words` fill what `files.json` says of it. */
export function writeDescribed(file: string, columns: readonly Column[], raw: Files, words: Words = {}): Uint8Array {
  const {title = file, description = title, section = ""} = fileTexts.get(file) ?? {};
  return writeArrow(columns, {
    title: fill(title, words),
    description: fill(description, words),
    source: about.source,
    section: fill(section, words),
    licence: about.licence,
    inputs: JSON.stringify(Object.fromEntries([...raw].map(([name, bytes]) => [name, sha256(bytes)])))
  });
}

/** The SHA-256 of a file, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
