import {readFileSync} from "node:fs";
import yaml from "js-yaml";
import {about} from "../read/about.js";
import {quote} from "../read/problem.js";

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
  /** The report that is recomputed. */
  readonly report: {readonly title: string; readonly authors: readonly string[]; readonly year: number};
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
  return new TextEncoder().encode(`${JSON.stringify(citation(), null, 1)}\n`);
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the text of a `CITATION.cff`. Throws an Error that names what is missing. */
export function readCitation(text: string): Citation {
  const file = yaml.safeLoad(text) as Fields;
  const title = textOf(file, "title");
  const version = textOf(file, "version");
  const authors = namesOf(file);
  const [report] = listOf(file, "references") as Fields[];
  if (!report) throw new Error("CITATION.cff, “references”: found nothing, expected the report");
  const released = file["date-released"];
  const year = released === undefined ? null : new Date(String(released)).getUTCFullYear();
  const named = authors.join(", ");
  return {
    title,
    abstract: textOf(file, "abstract"),
    version,
    authors,
    keywords: listOf(file, "keywords").map(String),
    licences: listOf(file, "license").map(String),
    report: {title: textOf(report, "title"), authors: namesOf(report), year: Number(report.year)},
    apa: `${named}. (${year ?? "n.d."}). ${title} (Version ${version}) [Data set].`,
    bibtex: [
      `@misc{${about.name}-recomputed,`,
      `  author = {{${named}}},`,
      `  title = {{${title}}},`,
      ...(year === null ? [] : [`  year = {${year}},`]),
      `  note = {Version ${version}. Data set}`,
      "}"
    ].join("\n")
  };
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === "string" && value) return value;
  throw new Error(`CITATION.cff, “${name}”: found ${quote(JSON.stringify(value) ?? "")}, expected a text`);
}

function listOf(fields: Fields, name: string): unknown[] {
  const value = fields[name];
  if (Array.isArray(value) && value.length > 0) return value;
  throw new Error(`CITATION.cff, “${name}”: found ${quote(JSON.stringify(value) ?? "")}, expected a list`);
}

function namesOf(fields: Fields): string[] {
  return (listOf(fields, "authors") as Fields[]).map((author) => {
    const {name, "family-names": family, "given-names": given} = author;
    return name === undefined ? [family, given].filter(Boolean).join(", ") : String(name);
  });
}
