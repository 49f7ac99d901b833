import {readFileSync} from "node:fs";
import yaml from "js-yaml";
import {about} from "../read/about.js";
import {quote, refuseFile} from "../read/problem.js";
import {writeJson} from "./json.js";

/** How this project is to be cited: what `CITATION.cff` says, and the same as pages show it. */
export interface Citation {
  readonly title: string;
  readonly abstract: string;
  readonly version: string;
  /** Names of people or groups, as they are written in running text. */
  readonly authors: readonly string[];
  readonly keywords: readonly string[];
  /** The licences, as SPDX names them: that of text and data, that of the code. */
  readonly licences: readonly string[];
  /** The report that is recomputed, if the file names it. */
  readonly report: {readonly title: string; readonly authors: readonly string[]; readonly year: number | null} | null;
  /** The reference in the manner of the American Psychological Association. */
  readonly apa: string;
  readonly bibtex: string;
}

/** The file with the project's citation, in the Citation File Format 1.2.0. */
export const citationFile = new URL("../../CITATION.cff", import.meta.url);

/** How this project is to be cited. */
export function citation(): Citation {
  return readCitation(readFileSync(citationFile, "utf8"));
}

/** The bytes of `citation.json`. */
export function writeCitation(): Uint8Array {
  return writeJson(citation());
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a `CITATION.cff`. Title and authors must be there; of what the format leaves open, a version that is
 * not said is the package’s. Throws a RawDataError that names what is missing.
 */
export function readCitation(text: string): Citation {
  const file = parseFields(text);
  const title = textOf(file, "title") ?? missing(file, "title", "a text");
  const version = textOf(file, "version") ?? packageVersion();
  const [report] = listOf(file, "references") as Fields[];
  const year = yearOf(file["date-released"]);
  const authors = namesOf(file);
  return {
    title,
    abstract: textOf(file, "abstract") ?? "",
    version,
    authors: authors.map(({name}) => name),
    keywords: listOf(file, "keywords").map(String),
    licences: listOf(file, "license").map(String),
    report: report
      ? {
          title: textOf(report, "title") ?? missing(report, "references: title", "a text"),
          authors: namesOf(report).map(({name}) => name),
          year: yearOf(report.year)
        }
      : null,
    apa: `${authors.map(({name}) => name).join(", ")}. (${year ?? "n.d."}). ${title} (Version ${version}) [Data set].`,
    bibtex: [
      `@misc{${about.name}-recomputed,`,
      // Names of groups are not taken apart at their commas.
      `  author = {${authors.map(({name, person}) => (person ? tex(name) : `{${tex(name)}}`)).join(" and ")}},`,
      `  title = {{${tex(title)}}},`,
      ...(year === null ? [] : [`  year = {${year}},`]),
      `  note = {Version ${tex(version)}. Data set}`,
      "}"
    ].join("\n")
  };
}

function parseFields(text: string): Fields {
  let [fields, found]: [unknown, string] = [null, "no fields"];
  try {
    fields = yaml.safeLoad(text);
  } catch (error) {
    found = (error as Error).message.split("\n")[0] ?? "";
  }
  if (typeof fields === "object" && fields !== null) return fields as Fields;
  return refuseFile("CITATION.cff", found, "YAML of names and values");
}

function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as {version: string}).version;
}

/** Text as BibTeX and TeX take it. Braces are named, since BibTeX counts even those that are escaped. */
function tex(text: string): string {
  const named: Readonly<Record<string, string>> = {
    "\\": "backslash",
    "{": "braceleft",
    "}": "braceright",
    "~": "asciitilde",
    "^": "asciicircum"
  };
  return text.replaceAll(/[\\{}~^]|[#$%&_]/g, (c) => (named[c] ? `\\text${named[c]}{}` : `\\${c}`));
}

/** The year of a date or of a number that is one. */
function yearOf(value: unknown): number | null {
  const year = value instanceof Date ? value.getUTCFullYear() : Number.parseInt(String(value), 10);
  return Number.isNaN(year) ? null : year;
}

/** A text, as the format also has it for a version that looks like a number; null where there is none. */
function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  return value === undefined || value === null || value === "" ? null : String(value).trim();
}

/** A list, or the one thing that the format lets stand for a list of one. */
function listOf(fields: Fields, name: string): unknown[] {
  const value = fields[name] ?? [];
  return Array.isArray(value) ? value : [value];
}

function namesOf(fields: Fields): {readonly name: string; readonly person: boolean}[] {
  const names = (listOf(fields, "authors") as Fields[]).flatMap((author) => {
    const part = (key: string) => textOf(author, key) ?? [];
    const family = [part("name-particle"), part("family-names"), part("name-suffix")].flat().join(" ");
    const person = [family || [], part("given-names")].flat().join(", ");
    const name = textOf(author, "name") ?? (person || textOf(author, "alias"));
    return name ? [{name, person: name === person}] : [];
  });
  return names.length > 0 ? names : missing(fields, "authors", "a list of names");
}

function missing(fields: Fields, name: string, expected: string): never {
  const found = `“${name}”: ${quote(JSON.stringify(fields[name]) ?? "")}`;
  return refuseFile("CITATION.cff", found, expected);
}
