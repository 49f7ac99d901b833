import {writeAccount, writeBounds} from "./bounds.js";
import {writeChecks} from "./checks.js";
import {writeClaims} from "./claims.js";
import {writeReportJson} from "./entries.js";
import {type Erratum, errataFile, erratumBy, readErrata, writeErrata} from "./errata.js";
import {writePublished} from "./published.js";
import {type Report, readReport} from "./report.js";
import {writeRespondents} from "./respondents.js";
import {writeTests} from "./tests.js";

/** Makes the bytes of a published file from the raw files. */
export type Output = (raw: ReadonlyMap<string, Uint8Array>) => Uint8Array | Promise<Uint8Array>;

/** Every file that is made from the raw files, by its name under `data/`; the quick ones first. */
export const outputs: Readonly<Record<string, Output>> = {
  "published.arrow": (raw) => writePublished(reportOf(raw), raw),
  "report.json": (raw) => writeReportJson(reportOf(raw), errataOf(raw)),
  "respondents.arrow": (raw) => writeRespondents(reportOf(raw), "2010", raw),
  "respondents-2008.arrow": (raw) => writeRespondents(reportOf(raw), "2008", raw),
  "errata.json": (raw) => writeErrata(errataOf(raw)),
  "claims.arrow": (raw) => writeClaims(reportOf(raw), raw, erratumBy(errataOf(raw), "claims")),
  "checks.arrow": (raw) => writeChecks(reportOf(raw), raw, erratumBy(errataOf(raw), "checks")),
  "tests.arrow": (raw) => writeTests(reportOf(raw), raw),
  "bounds.arrow": (raw) => writeBounds(reportOf(raw), "2010", raw),
  "reconstruction.json": (raw) => writeAccount(reportOf(raw), "2010")
};

const reports = new WeakMap<ReadonlyMap<string, Uint8Array>, Report>();

/** The report that raw files hold. Several outputs of the same files share one reading. */
function reportOf(raw: ReadonlyMap<string, Uint8Array>): Report {
  const report = reports.get(raw) ?? readReport(raw);
  reports.set(raw, report);
  return report;
}

/** The report's errors; a report that lists none yet has none. */
function errataOf(raw: ReadonlyMap<string, Uint8Array>): Erratum[] {
  const bytes = raw.get(errataFile);
  return bytes ? readErrata(bytes) : [];
}
