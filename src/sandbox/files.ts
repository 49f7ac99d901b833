import {FileAttachment} from "observablehq:stdlib";
import {ownSurvey, type ReportEntries} from "../tables/labels.js";
import type {DataFile} from "./messages.js";

/** Where the sandbox’s own document is published. */
export const sandboxUrl = (): string => FileAttachment("./sandbox.html").href;

/** Where the document is published in which drawings of foreign code are shown. */
export const drawingUrl = (): string => FileAttachment("./drawing.html").href;

/** A path of the site, seen from its top. */
export const sitePath = (path: string): string => new URL(`../../${path}`, sandboxUrl()).href;

/** Published under plain names, as a report has them: one with other surveys has other files. */
const onMention: Readonly<Record<string, string>> = {
  tests: "tests.arrow",
  checks: "checks.arrow",
  claims: "claims.arrow",
  bounds: "bounds.arrow",
  ensemble: "ensemble.arrow",
  ensemble_members: "ensemble-members.arrow",
  errata: "errata.json",
  reconstruction: "reconstruction.json"
};

/** Parts of a chapter that are made of such a file. */
const madeOf: Readonly<Record<string, string>> = {table: "claims", said: "claims", statements: "claims", test: "tests"};

/** The names of files that code gets when it mentions them: those of other surveys too. */
export function namesOnMention(report: ReportEntries): string[] {
  const surveys = new Set(report.tables.flatMap(({use}) => use));
  surveys.delete(ownSurvey(report));
  return [...[...surveys].map((survey) => `respondents_${survey}`), ...Object.keys(onMention)];
}

/** The file that a word names, if any: `respondents_2019` is that of another survey. */
function fileOf(word: string): string | undefined {
  return Object.hasOwn(onMention, word)
    ? onMention[word]
    : /^respondents_\w+$/.test(word)
      ? `${word.replace("_", "-")}.arrow`
      : undefined;
}

/** The files that every cell has. */
export async function commonFiles(): Promise<DataFile[]> {
  const [respondents, published, report] = await Promise.all([
    FileAttachment("../data/respondents.arrow").arrayBuffer(),
    FileAttachment("../data/published.arrow").arrayBuffer(),
    FileAttachment("../data/report.json").arrayBuffer()
  ]);
  return [
    {name: "respondents", format: "arrow", bytes: respondents},
    {name: "published", format: "arrow", bytes: published},
    {name: "report", format: "json", bytes: report}
  ];
}

/** The further files whose names stand in the code, and those that it attaches: published files of this site. */
export function mentionedFiles(code: string): Promise<DataFile[]> {
  const mentioned = code.match(/[\w$]+/g) ?? [];
  const words = new Set(
    mentioned.flatMap((word) => (Object.hasOwn(madeOf, word) ? [word, madeOf[word] ?? ""] : [word]))
  );
  const attached = code.matchAll(/\bFileAttachment\(\s*["'`](?:\.\/)?(data\/[\w-]+(?:\.[\w-]+)+)["'`]\s*\)/g);
  return Promise.all([
    ...[...words].flatMap((word) => {
      const file = fileOf(word);
      return file ? [fetchFile(word, file)] : [];
    }),
    ...[...new Set([...attached].map(([, path = ""]) => path))].map(async (path): Promise<DataFile> => {
      const {bytes} = await fetchFile(path, path.slice("data/".length));
      return {name: path, format: "attached", bytes};
    })
  ]);
}

async function fetchFile(name: string, file: string): Promise<DataFile> {
  let response = await fetch(sitePath(`data/${file}`));
  // A preview has no plain names.
  if (!response.ok) response = await fetch(sitePath(`_file/data/${file}`));
  if (!response.ok) throw new Error(`the data for “${name}” could not be fetched (${response.status})`);
  return {name, format: file.endsWith(".json") ? "json" : "arrow", bytes: await response.arrayBuffer()};
}
