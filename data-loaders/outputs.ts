import {writeAccount, writeBounds} from "./bounds.js";
import {writeReportJson} from "./entries.js";
import {writePublished} from "./published.js";
import {readReport} from "./report.js";
import {writeRespondents} from "./respondents.js";

/** Makes the bytes of a published file from the raw files. */
export type Output = (raw: ReadonlyMap<string, Uint8Array>) => Uint8Array | Promise<Uint8Array>;

/** Every file that is made from the raw files, by its name under `data/`; the quick ones first. */
export const outputs: Readonly<Record<string, Output>> = {
  "published.arrow": (raw) => writePublished(readReport(raw), raw),
  "report.json": (raw) => writeReportJson(readReport(raw)),
  "respondents.arrow": (raw) => writeRespondents(readReport(raw), "2010", raw),
  "respondents-2008.arrow": (raw) => writeRespondents(readReport(raw), "2008", raw),
  "bounds.arrow": (raw) => writeBounds(readReport(raw), "2010", raw),
  "reconstruction.json": (raw) => writeAccount(readReport(raw), "2010")
};
