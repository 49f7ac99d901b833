import {mkdirSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {emptyRaw} from "../data-loaders/pasted/empty.js";
import {type About, readAbout} from "../data-loaders/read/about.js";
import {root} from "./paths.js";
import {pages} from "./report-pages.js";

const help = `npm run new-report -- --title <text> --source <text> --survey <year> [options]

Makes this copy of the project the home of another report: its raw files are emptied but for what every codebook has, and
of its notebooks those stay that know nothing of a report. Do this in a copy.

  --title <text>      the title of the site
  --source <text>     where every number comes from: who made the report, where and when
  --survey <name>     the year or name of the survey; several with blanks between
  --name <text>       a short name for files: lower-case letters, digits and hyphens; else from the title
  --author <text>     who is to be cited for the recomputation
  --language <tag>    the language of the report: en, nb, de …  [en]
  --country <name>    the country that it is about, in English  [not said]
  --licence <id>      the licence of the data, as SPDX names it  [CC-BY-4.0]
  --yes               really empty what is there`;

/** What the copy keeps of the notebooks. */
const generic = ["every-check.md"];

/** `npm run new-report`: see the help above. */
function main(): void {
  const text = {type: "string"} as const;
  const {values} = parseArgs({
    options: {
      title: text,
      source: text,
      survey: text,
      name: text,
      author: text,
      language: {type: "string", default: "en"},
      country: {type: "string", default: "not said"},
      licence: {type: "string", default: "CC-BY-4.0"},
      yes: {type: "boolean"},
      help: {type: "boolean", short: "h"}
    }
  });
  const {title, source, survey, language, country, licence} = values;
  if (values.help || !title || !source || !survey || !values.yes) {
    console.log(values.yes || values.help ? help : `${help}\n\nNothing is changed: say --yes to empty what is there.`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const surveys = survey.split(/\s+/);
  const name =
    values.name ??
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "");
  const about: About = {
    title,
    footer: `A recomputation of ${title}. The numbers are its authors’; the checks and the text here are ours.`,
    source,
    licence,
    licenceText: `https://spdx.org/licenses/${licence}.html`,
    name,
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
  write("CITATION.cff", citation(title, source, values.author ?? "The authors of this recomputation", licence));
  for (const [file, page] of Object.entries(pages(title))) write(`src/${file}`, page);
  console.log("Next: npm run read-table -- <file>; npm run add-table -- <number> --from <file> --page src/index.md");
}

function citation(title: string, source: string, author: string, licence: string): string {
  return [
    "cff-version: 1.2.0",
    "message: If you use this recomputation, please cite it.",
    "type: dataset",
    `title: ${JSON.stringify(`${title}, recomputed`)}`,
    `abstract: ${JSON.stringify(`The printed tables of ${title} as data, checked, with made-up respondents where tables allow them.`)}`,
    "authors:",
    `  - name: ${JSON.stringify(author)}`,
    "version: 0.1.0",
    "license:",
    `  - ${licence}`,
    "  - MIT",
    "keywords:",
    "  - reproducibility",
    "references:",
    "  - type: report",
    `    title: ${JSON.stringify(title)}`,
    "    authors:",
    "      - name: The report’s authors",
    `    notes: ${JSON.stringify(source)}`,
    ""
  ].join("\n");
}

main();
