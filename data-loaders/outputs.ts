import {writeAccount, writeBounds} from "./bounds.js";
import {writeChecks} from "./checks.js";
import {writeClaims} from "./claims.js";
import {writeReportJson} from "./entries.js";
import {type Erratum, errataFile, erratumBy, readErrata, writeErrata} from "./errata.js";
import {writePublished} from "./published.js";
import {readReport} from "./report.js";
import {writeRespondents} from "./respondents.js";
import {writeTests} from "./tests.js";

/** Makes the bytes of a published file from the raw files. */
export type Output = (raw: ReadonlyMap<string, Uint8Array>) => Uint8Array | Promise<Uint8Array>;

/** Every file that is made from the raw files, by its name under `data/`; the quick ones first. */
export const outputs: Readonly<Record<string, Output>> = {
  "published.arrow": (raw) => writePublished(readReport(raw), raw),
  "report.json": (raw) => writeReportJson(readReport(raw)),
  "respondents.arrow": (raw) => writeRespondents(readReport(raw), "2010", raw),
  "respondents-2008.arrow": (raw) => writeRespondents(readReport(raw), "2008", raw),
  "errata.json": (raw) => writeErrata(errataOf(raw)),
  "claims.arrow": (raw) => writeClaims(readReport(raw), raw, erratumBy(errataOf(raw), "claims")),
  "checks.arrow": (raw) => writeChecks(readReport(raw), raw, erratumBy(errataOf(raw), "checks")),
  "tests.arrow": (raw) => writeTests(readReport(raw), raw),
  "bounds.arrow": (raw) => writeBounds(readReport(raw), "2010", raw),
  "reconstruction.json": (raw) => writeAccount(readReport(raw), "2010")
};

/** The report's errors; a report that lists none yet has none. */
function errataOf(raw: ReadonlyMap<string, Uint8Array>): Erratum[] {
  const bytes = raw.get(errataFile);
  return bytes ? readErrata(bytes) : [];
}
