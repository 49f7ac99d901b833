import {ownSurvey} from "../../src/tables/labels.js";
import type {CatalogueEntry} from "./catalogue.js";
import {readRawFolder} from "./raw.js";
import {readEntries} from "./report.js";

/** The project's catalogue; empty where it cannot be read, which is told by whoever needs it. */
function catalogue(): readonly CatalogueEntry[] {
  try {
    return readEntries(readRawFolder()).entries;
  } catch {
    return [];
  }
}

/**
 * Whether a file is published: all are, but for what is found out of respondents where no table's counts can be given to
 * any. A report of percents alone, or of weighted counts, is checked and shown without them.
 */
export function isPublished(name: string): boolean {
  if (!/^(?:bounds|ensemble|reconstruction)\b/.test(name)) return true;
  const entries = catalogue();
  return entries.length === 0 || entries.some((entry) => entry.use.length > 0);
}

/** The surveys beside the report's own whose respondents can be reconstructed, each in `respondents-….arrow`. */
export function otherSurveys(): string[] {
  const entries = catalogue();
  const surveys = new Set(entries.flatMap((entry) => entry.use));
  if (entries.length > 0) surveys.delete(ownSurvey({tables: entries}));
  return [...surveys];
}
