import {ownSurvey} from "../../src/tables/labels.js";
import {readRawFolder} from "./raw.js";
import {readEntries} from "./report.js";

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
