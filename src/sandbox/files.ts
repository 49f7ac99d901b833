import type {DataFile} from "./messages.js";

/** Where the sandbox’s own document is published. */
export const sandboxUrl = (): string => import.meta.resolve("./sandbox.html");

/** A path of the site, seen from its top. */
export const sitePath = (path: string): string => new URL(`../../${path}`, new URL(sandboxUrl(), location.href)).href;

/** What every cell has at hand. */
const always: Readonly<Record<string, string>> = {
  respondents: import.meta.resolve("../data/respondents.arrow"),
  published: import.meta.resolve("../data/published.arrow"),
  report: import.meta.resolve("../data/report.json")
};

/** Published under plain names, as a report has them: one with other surveys has other files. */
const onMention: Readonly<Record<string, string>> = {
  respondents_2008: "respondents-2008.arrow",
  tests: "tests.arrow",
  checks: "checks.arrow",
  claims: "claims.arrow",
  bounds: "bounds.arrow",
  errata: "errata.json",
  reconstruction: "reconstruction.json"
};

/** The names of files that code gets when it mentions them. */
export const namesOnMention = Object.keys(onMention);

/** The files that every cell has. */
export function commonFiles(): Promise<DataFile[]> {
  return Promise.all(Object.entries(always).map(([name, url]) => fetchFile(name, url)));
}

/** The further files whose names stand in the code. */
export function mentionedFiles(code: string): Promise<DataFile[]> {
  const words = new Set(code.match(/[\w$]+/g));
  return Promise.all(
    Object.entries(onMention)
      .filter(([name]) => words.has(name))
      .map(([name, file]) => fetchFile(name, sitePath(`data/${file}`)))
  );
}

async function fetchFile(name: string, url: string): Promise<DataFile> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the data for “${name}” could not be fetched (${response.status})`);
  const format = new URL(url, location.href).pathname.endsWith(".json") ? "json" : "arrow";
  return {name, format, bytes: await response.arrayBuffer()};
}
