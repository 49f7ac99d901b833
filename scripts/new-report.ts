import {mkdirSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {emptyRaw} from "../data-loaders/pasted/empty.js";
import {type About, readAbout} from "../data-loaders/read/about.js";
import {command, type Typed} from "./command.js";
import {fill} from "./fill.js";
import {root} from "./paths.js";

const texts = ["title", "source", "survey", "name", "author", "language", "country", "licence"];

/** What the copy keeps of the notebooks. */
const generic = ["every-check.md"];

/** What every report has, by where it goes; `%title%` and the like stand for what was typed. */
const templates = {
  "CITATION.cff": "CITATION.cff",
  "src/index.md": "index.md",
  "src/what-holds.md": "what-holds.md",
  "src/explore.md": "explore-without-respondents.md"
};

/** `npm run new-report`: see help/new-report.txt. */
function main({texts: typed, flags}: Typed): number | null {
  const {title, source, survey, language = "en", country = "not said", licence = "CC-BY-4.0"} = typed;
  if (!flags.has("yes")) console.log("Nothing is changed: say --yes to empty what is there.\n");
  if (!title || !source || !survey || !flags.has("yes")) return null;
  const surveys = survey.split(/\s+/);
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const about: About = {
    title,
    footer: `A recomputation of ${title}. The numbers are its authors’; the checks and the text here are ours.`,
    source,
    licence,
    licenceText: `https://spdx.org/licenses/${licence}.html`,
    name: typed.name ?? name,
    country,
    language,
    years: surveys.join("/"),
    otherSections: [],
    numberWords: {}
  };
  readAbout(JSON.stringify(about));
  for (const file of readdirSync(join(root, "src"))) {
    if (file.endsWith(".md") && !generic.includes(file)) rmSync(join(root, "src", file));
  }
  rmSync(join(root, "data-loaders/raw"), {recursive: true, force: true});
  mkdirSync(join(root, "data-loaders/raw"));
  const write = (path: string, content: string | Uint8Array) => {
    writeFileSync(join(root, path), content);
    console.log(`${path} written`);
  };
  for (const [file, bytes] of emptyRaw(surveys)) write(`data-loaders/raw/${file}`, bytes);
  write("data-loaders/about.json", `${JSON.stringify(about, null, 2)}\n`);
  const texts = {title, source, licence, author: typed.author ?? "The authors of this recomputation"};
  // But for headings, they stand in quotes.
  const quoted = Object.entries(texts).map(([key, value]) => [key, JSON.stringify(value).slice(1, -1)]);
  for (const [path, file] of Object.entries(templates)) {
    write(path, fill(`templates/${file}`, {...Object.fromEntries(quoted), heading: title}));
  }
  console.log("Next: npm run read-table -- <file>; npm run add-table -- <number> --from <file> --page src/index.md");
  return 0;
}

await command("new-report", {texts, flags: ["yes"]}, main);
