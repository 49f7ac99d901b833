import {readFileSync} from "node:fs";
import {about} from "../read/about.js";
import {citation, citationFile} from "./citation.js";
import {fill} from "./described.js";
import {readJson} from "./json.js";
import lines from "./readme.json" with {type: "json"};

/** What lies beside the data in the archive: a text that says what it all is, the citation, the licences. */
export function readme(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const {title, abstract, version, apa} = citation();
  const {resources} = readJson<{resources: {path: string; title: string}[]}>(files, "datapackage.json");
  const listed = resources.filter(({path}) => !path.startsWith("raw/"));
  const width = Math.max(...listed.map(({path}) => path.length)) + 2;
  const text = fill(lines.join("\n"), {
    title,
    version,
    abstract,
    apa,
    files: listed.map((file) => `${file.path.padEnd(width)}${file.title}`).join("\n"),
    raw: "raw/".padEnd(width),
    licence: about.licence,
    licenceText: about.licenceText,
    source: about.source
  });
  return new Map<string, Uint8Array>([
    ["README.txt", new TextEncoder().encode(text)],
    ["CITATION.cff", new Uint8Array(readFileSync(citationFile))],
    ["LICENSE.txt", new Uint8Array(readFileSync(new URL("../../LICENSE", import.meta.url)))]
  ]);
}
