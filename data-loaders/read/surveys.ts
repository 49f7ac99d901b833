import {ownSurvey} from "../../src/tables/labels.js";
import {readRawFolder} from "./raw.js";
import {readEntries} from "./report.js";

/**
 * Whether any table's counts can be given to respondents. A report of percents alone, or of weighted counts, has none:
 * it is checked and shown, and the files and pages that need respondents are not there.
 */
function hasRespondents(): boolean {
  try {
    const {entries} = readEntries(readRawFolder());
    return entries.length === 0 || entries.some((entry) => entry.use.length > 0);
  } catch {
    return true;
  }
}

/** Whether a file is published: all are, but for what is found out of respondents where there are none. */
export function isPublished(name: string): boolean {
  return !/^(?:bounds|ensemble|reconstruction)\b/.test(name) || hasRespondents();
}

/**
 * The surveys beside the report's own whose respondents can be reconstructed, each of which is published as
 * `respondents-….arrow`. None where the catalogue cannot be read: that is told by whoever needs it.
 */
export function otherSurveys(): string[] {
  try {
    const {entries} = readEntries(readRawFolder());
    const own = ownSurvey({tables: entries});
    return [...new Set(entries.flatMap((entry) => entry.use))].filter((survey) => survey !== own);
  } catch {
    return [];
  }
}
