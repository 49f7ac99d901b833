import {readFileSync} from "node:fs";
import {about} from "../read/about.js";
import {citation, citationFile} from "./citation.js";
import {readJson} from "./json.js";

/** What lies beside the data in the archive: a text that says what it all is, the citation, the licences. */
export function readme(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const {title, abstract, version, apa} = citation();
  const {resources} = readJson<{resources: {path: string; title: string}[]}>(files, "datapackage.json");
  const listed = resources.filter(({path}) => !path.startsWith("raw/"));
  const width = Math.max(...listed.map(({path}) => path.length)) + 2;
  const text = `${title}, version ${version}

${abstract}

THE RESPONDENTS ARE MADE UP. They were reconstructed from the printed tables, and are one of very many lists of
respondents that print the same tables. No row is a person. What no table shows is as independent as the tables allow.

Files

${listed.map(({path, title: about}) => `${path.padEnd(width)}${about}`).join("\n")}
${"raw/".padEnd(width)}What is printed: a file a table, the catalogue, the codebook, claims and errors

datapackage.json says what every column holds (Data Package, version 2: https://datapackage.org).

CSV files are UTF-8 with commas, decimal points and a line feed after each line; fields are quoted as in RFC 4180. An
empty field is a missing value. The Arrow files hold the same, with categories in the codebook's order.

Licences

Text and data: ${about.licence} (${about.licenceText}).
Code: MIT, see LICENSE.txt.
The printed numbers are facts of the report: ${about.source}.

Cite as

${apa}
`;
  return new Map<string, Uint8Array>([
    ["README.txt", new TextEncoder().encode(text)],
    ["CITATION.cff", new Uint8Array(readFileSync(citationFile))],
    ["LICENSE.txt", new Uint8Array(readFileSync(new URL("../../LICENSE", import.meta.url)))]
  ]);
}
