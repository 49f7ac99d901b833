import {FileAttachment} from "observablehq:stdlib";
import {ownSurvey, type ReportEntries} from "../tables/labels.js";
import type {DataFile} from "./messages.js";

/** Where the sandbox’s own document is published. */
export const sandboxUrl = (): string => FileAttachment("./sandbox.html").href;

/** Where the document is published in which drawings of foreign code are shown. */
export const drawingUrl = (): string => FileAttachment("./drawing.html").href;

/** A path of the site, seen from its top. */
export const sitePath = (path: string): string => new URL(`../../${path}`, sandboxUrl()).href;

/** Files that code gets when it mentions them, under plain names: `ensemble_members` is ensemble-members.arrow. */
const tables = ["tests", "checks", "claims", "bounds", "ensemble", "ensemble_members"];
const documents = ["errata", "reconstruction"];

/** Parts of a chapter that are made of such a file. */
const madeOf = new Map([
  ..."table said statements".split(" ").map((part) => [part, "claims"] as const),
  ["test", "tests"]
]);

/** The names of files that code gets when it mentions them: those of other surveys too. */
export function namesOnMention(report: ReportEntries): string[] {
  const surveys = new Set(report.tables.flatMap(({use}) => use));
  surveys.delete(ownSurvey(report));
  return [...[...surveys].map((survey) => `respondents_${survey}`), ...tables, ...documents];
}

/** The files that every cell has. */
export async function commonFiles(): Promise<DataFile[]> {
  // Each is read where it is attached, as otherwise Framework fetches a reader of its kind from elsewhere.
  const files = [
    ["respondents", "arrow", FileAttachment("../data/respondents.arrow").arrayBuffer()],
    ["published", "arrow", FileAttachment("../data/published.arrow").arrayBuffer()],
    ["report", "json", FileAttachment("../data/report.json").arrayBuffer()]
  ] as const;
  return Promise.all(files.map(async ([name, format, bytes]) => ({name, format, bytes: await bytes})));
}

/** The further files whose names stand in the code, and those that it attaches: published files of this site. */
export function mentionedFiles(code: string): Promise<DataFile[]> {
  const words = new Set((code.match(/[\w$]+/g) ?? []).map((word) => madeOf.get(word) ?? word));
  const attached = code.matchAll(/\bFileAttachment\(\s*["'`](?:\.\/)?data\/([\w-]+(?:\.[\w-]+)+)["'`]\s*\)/g);
  return Promise.all([
    ...[...words].flatMap((word) => {
      const file = word.replaceAll("_", "-");
      if (documents.includes(word)) return fetchFile(word, "json", `${file}.json`);
      return tables.includes(word) || /^respondents_\w+$/.test(word) ? fetchFile(word, "arrow", `${file}.arrow`) : [];
    }),
    ...[...new Set([...attached].map(([, file = ""]) => file))].map((file) =>
      fetchFile(`data/${file}`, "attached", file)
    )
  ]);
}

async function fetchFile(name: string, format: DataFile["format"], file: string): Promise<DataFile> {
  let response = await fetch(sitePath(`data/${file}`));
  // A preview has no plain names.
  if (!response.ok) response = await fetch(sitePath(`_file/data/${file}`));
  if (!response.ok) throw new Error(`the data for “${name}” could not be fetched (${response.status})`);
  return {name, format, bytes: await response.arrayBuffer()};
}
