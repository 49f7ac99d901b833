import files from "./empty.json" with {type: "json"};
import {withLines} from "./keep.js";

/** The raw files of a report without tables: their heads, and the structure that every codebook has. */
export function emptyRaw(surveys: readonly string[]): Map<string, Uint8Array> {
  const codes = surveys.map((survey) => survey.toLowerCase().replace(/[^a-z0-9]+/g, "_"));
  const lines = surveys.map((survey, i) => ["survey", codes[i] ?? "", String(i + 1), survey, survey, survey, ""]);
  const bytes = (text: readonly string[]) => new TextEncoder().encode(`${text.join("\n")}\n`);
  return new Map(
    Object.entries(files).map(([name, text]) => [name, withLines(bytes(text), name === "categories.csv" ? lines : [])])
  );
}
