import {ownSurvey} from "../../src/tables/labels.js";
import {writeChecks} from "../checks/register.js";
import {writeTests} from "../checks/tests.js";
import {type Erratum, errataFile, erratumBy, readErrata, writeErrata} from "../claims/errata.js";
import {claimsFile, writeClaims} from "../claims/register.js";
import {archive} from "../publish/archive.js";
import {writeAccount, writeBounds} from "../publish/bounds.js";
import {writeCsv} from "../publish/csv.js";
import {csvName, hasCsv} from "../publish/csv-copies.js";
import {writeEnsemble, writeEnsembleAccount, writeMembers} from "../publish/ensemble.js";
import {writePlaces} from "../publish/places.js";
import {publication} from "../publish/publication.js";
import {writePublished} from "../publish/published.js";
import {writeReportJson} from "../publish/report-json.js";
import {writeRespondents} from "../publish/respondents.js";
import {type CatalogueEntry, codingFile, tableFile} from "../read/catalogue.js";
import {codebookFiles, otherFiles, type Report, readEntries, readReport} from "../read/report.js";
import {isPublished, otherSurveys} from "../read/surveys.js";

type Raw = ReadonlyMap<string, Uint8Array>;
type Bytes = Uint8Array | Promise<Uint8Array>;

/** Gives the bytes of a published file by its name. */
export type Made = (name: string) => Promise<Uint8Array>;

/** Makes the bytes of a published file from the raw files, or from other published files. */
export interface Output {
  (raw: Raw, made?: Made): Bytes;
  /** The other published files that it is made from, if any. */
  readonly from?: readonly string[];
  /** The names of the raw files that it is made from, and it is given no others; all of them if left out. */
  readonly reads?: (raw: Raw) => string[];
  /** The modules that make it, from the project's folder; what they import is found. Those of all outputs if left out. */
  readonly code?: readonly string[];
}

/** What raw files say, as far as an output needs it. */
interface Parts {
  /** The tables that it needs. */
  readonly report: Report;
  /** The whole catalogue. */
  readonly entries: readonly CatalogueEntry[];
  /** The survey that the report is about. */
  readonly own: string;
  /** The report's errors, if it needs them; a report that lists none yet has none. */
  readonly errata: Erratum[];
}

/** Whether a file is made from a table, given the survey that the report is about. */
type Select = (entry: CatalogueEntry, own: string) => boolean;

const every: Select = () => true;
const none: Select = () => false;

/** A file of the report's own survey, made from all tables that say something of its respondents. */
const ofOwn = (code: string, write: (report: Report, survey: string, raw: Raw) => Bytes) =>
  made(
    code,
    (entry, own) => entry.use.includes(own),
    ({report, own}, raw) => write(report, own, raw)
  );

const fromRaw: Readonly<Record<string, Output>> = Object.fromEntries(
  Object.entries({
    "published.arrow": made("publish/published.ts", every, ({report}, raw) => writePublished(report, raw)),
    "report.json": made(
      "publish/report-json.ts",
      none,
      ({report, entries, errata}) =>
        writeReportJson({...report, tables: entries.map((entry) => ({entry, cells: []}))}, errata),
      [errataFile]
    ),
    // The report's errors have nothing to do with its tables: those are wrong or right whatever is said of them.
    "errata.json": Object.assign((raw: Raw) => writeErrata(errataOf(raw)), {
      reads: (raw: Raw) => [errataFile].filter((name) => raw.has(name)),
      code: ["data-loaders/claims/errata.ts"]
    }),
    "respondents.arrow": ofOwn("publish/respondents.ts", writeRespondents),
    ...Object.fromEntries(otherSurveys().map((survey) => [`respondents-${survey}.arrow`, respondentsOf(survey)])),
    "claims.arrow": made(
      "claims/register.ts",
      every,
      ({report, errata}, raw) => writeClaims(report, raw, erratumBy(errata, "claims")),
      [claimsFile, errataFile]
    ),
    "checks.arrow": made(
      "checks/register.ts",
      every,
      ({report, errata}, raw) => writeChecks(report, raw, erratumBy(errata, "checks")),
      [errataFile]
    ),
    "tests.arrow": made(
      "checks/tests.ts",
      (entry) => entry.extras.includes("p"),
      ({report}, raw) => writeTests(report, raw)
    ),
    "reconstruction.json": ofOwn("publish/bounds.ts", writeAccount),
    "bounds.arrow": ofOwn("publish/bounds.ts", writeBounds),
    "ensemble-members.arrow": ofOwn("publish/ensemble.ts", writeMembers),
    "ensemble.arrow": ofOwn("publish/ensemble.ts", writeEnsemble),
    "ensemble.json": ofOwn("publish/ensemble.ts", writeEnsembleAccount),
    "places.json": writePlaces as Output,
    // Every raw file under its own name, for whoever wants to lay it beside the report.
    "raw.zip": ((raw) => archive(raw)) as Output
  } satisfies Record<string, Output>).filter(([name]) => isPublished(name))
);

/**
 * Every published file by its name under `data/`: those that are made from the raw files, the quick ones first, and
 * after them those that are made from others, each after all that it is made from.
 */
export const outputs: Readonly<Record<string, Output>> = {
  ...fromRaw,
  ...Object.fromEntries(
    Object.entries(fromRaw).flatMap(([name, output]) => (hasCsv(name) ? [[csvName(name), csvOf(name, output)]] : []))
  ),
  ...publication(Object.keys(fromRaw))
};

/** The output of a name, or undefined. A survey that the catalogue has named only since the process started has one. */
export function outputOf(name: string): Output | undefined {
  const [, survey, format] = /^respondents-(.+)\.(arrow|csv)$/.exec(name) ?? [];
  if (outputs[name] || survey === undefined) return outputs[name];
  return format === "csv" ? csvOf(`respondents-${survey}.arrow`, respondentsOf(survey)) : respondentsOf(survey);
}

const madeFrom = new WeakMap<Raw, Map<string, Promise<Uint8Array>>>();

/**
 * Makes the published files of some raw files, each once, however many others are made from it. `kept` gives the bytes
 * of a file that another process has made already, or null.
 */
export function maker(raw: Raw, kept: (name: string) => Uint8Array | null = () => null): Made {
  const known = madeFrom.get(raw) ?? new Map<string, Promise<Uint8Array>>();
  madeFrom.set(raw, known);
  const make: Made = async (name) => {
    const output = outputOf(name);
    if (!output) throw new Error(`data-loaders/make/outputs.ts has no ${name}`);
    return kept(name) ?? (await output(raw, get));
  };
  const get: Made = (name) => {
    const bytes = known.get(name) ?? make(name);
    known.set(name, bytes);
    return bytes;
  };
  return get;
}

/** The twin of an Arrow file as CSV. */
function csvOf(name: string, {reads, code = ["data-loaders/make/outputs.ts"]}: Output): Output {
  return Object.assign(async (raw: Raw, made: Made = maker(raw)) => writeCsv(await made(name)), {
    from: [name],
    ...(reads ? {reads} : {}),
    code: [...code, "data-loaders/publish/csv.ts"]
  });
}

function respondentsOf(survey: string): Output {
  const isUsed = (entry: CatalogueEntry) => entry.use.includes(survey);
  return made("publish/respondents.ts", isUsed, ({report}, raw) => writeRespondents(report, survey, raw));
}

/**
 * An output of a module that is made from the codebook, the catalogue, the tables and other files that it needs, and
 * cannot see others.
 */
function made(
  code: string,
  tables: Select,
  write: (parts: Parts, raw: Raw) => Bytes,
  files: readonly string[] = []
): Output {
  const whole = tables === every;
  const reads = (raw: Raw) => {
    const entries = entriesOf(raw);
    const own = ownSurvey({tables: entries});
    const needed = entries.filter((entry) => tables(entry, own)).map(({table}) => table);
    const names = new Set([...codebookFiles, ...files, ...needed.map(tableFile), ...needed.map(codingFile)]);
    // With all tables goes whatever lies beside them, so that a file that nothing refers to is told of.
    return [...raw.keys()].filter((name) => names.has(name) || (whole && !otherFiles.includes(name)));
  };
  const output = (raw: Raw) => {
    const entries = entriesOf(raw);
    const own = ownSurvey({tables: entries});
    const needed = new Map(reads(raw).map((name) => [name, raw.get(name) ?? new Uint8Array()]));
    const report = reportOf(raw, needed, whole ? null : (entry) => tables(entry, own));
    return write({report, entries, own, errata: errataOf(needed)}, needed);
  };
  return Object.assign(output, {reads, code: [`data-loaders/${code}`, "data-loaders/read/report.ts"]});
}

const reports = new WeakMap<Raw, Report>();
const catalogues = new WeakMap<Raw, CatalogueEntry[]>();

/** The catalogue that raw files hold. Throws, when it is not sound, with what is wrong with the tables too. */
function entriesOf(raw: Raw): CatalogueEntry[] {
  const known = catalogues.get(raw);
  if (known) return known;
  try {
    const {entries} = readEntries(raw);
    catalogues.set(raw, entries);
    return entries;
  } catch (error) {
    readReport(raw);
    throw error;
  }
}

/** The report that raw files hold, or those of its tables that are selected. The outputs of the same files share it. */
function reportOf(raw: Raw, needed: Raw, select: ((entry: CatalogueEntry) => boolean) | null): Report {
  try {
    const report = reports.get(raw) ?? readReport(raw);
    reports.set(raw, report);
    return select ? {...report, tables: report.tables.filter(({entry}) => select(entry))} : report;
  } catch (error) {
    // What is wrong in another table is no matter of this output.
    if (select) return readReport(needed, select);
    throw error;
  }
}

function errataOf(raw: Raw): Erratum[] {
  const bytes = raw.get(errataFile);
  return bytes ? readErrata(bytes) : [];
}
