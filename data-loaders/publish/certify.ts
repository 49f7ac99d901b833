import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {fromArrow} from "arquero";
import type {Certificate, CertifiedFile, Tally} from "../../src/tables/certificate.js";
import {type Counted, funnelOf} from "../../src/tables/funnel.js";
import {type Verdict, verdicts} from "../../src/tables/verdict.js";
import {bearings, type Erratum} from "../claims/errata.js";
import {citation} from "./citation.js";
import {fileTexts, sha256} from "./described.js";
import {readJson, writeJson} from "./json.js";

type Files = ReadonlyMap<string, Uint8Array>;

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packages whose code decides a number, a file or a drawing. */
const computing: readonly string[] = [
  "@observablehq/framework",
  "@observablehq/plot",
  "@uwdata/flechette",
  "apache-arrow",
  "arquero",
  "csv-parse",
  "d3-force",
  "esbuild",
  "fflate",
  "highs",
  "linkedom",
  "tsx"
];

/**
 * The bytes of `certificate.json`, in the manner of CODECHECK: what was run, what came out, and the checksums of what
 * went in and came out. `files` are all other published files, `raw` the raw files.
 *
 * The same commit with the same Node gives the same bytes on any day and in any folder: the only date is the commit’s.
 */
export function writeCertificate(files: Files, raw: Files): Uint8Array {
  const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, "utf8")) as {
    packages: Record<string, {version?: string}>;
  };
  const described = readJson<{resources: {path: string; title: string}[]}>(files, "datapackage.json");
  const comments = new Map(described.resources.map(({path, title}) => [path, title]));
  const listed = (list: Files, folder: string) =>
    [...list]
      .map(([name, bytes]): CertifiedFile => {
        const file = folder + name;
        const comment = comments.get(file) ?? fileTexts.get(file)?.title ?? "";
        return {file, bytes: bytes.length, sha256: sha256(bytes), comment};
      })
      .sort((a, b) => (a.file < b.file ? -1 : 1));
  const {title, version} = citation();
  const errata = readJson<Erratum[]>(files, "errata.json");
  const [printed, checks, claims] = ["published", "checks", "claims"].map((name) =>
    fromArrow(files.get(`${name}.arrow`) ?? new Uint8Array()).objects()
  ) as [object[], {verdict: Verdict}[], {verdict: Verdict}[]];
  const tally = (rows: readonly {verdict: Verdict}[]): Tally =>
    Object.fromEntries(verdicts.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]));
  const {counts, numbers, relations} = funnelOf({
    printed: printed.length,
    checks,
    claims,
    errata
  } as unknown as Counted);
  const certificate: Certificate = {
    title,
    version,
    checkout: checkout(),
    node: process.version,
    packages: Object.fromEntries(
      computing.map((name) => [name, lock.packages[`node_modules/${name}`]?.version ?? "not locked"])
    ),
    results: {
      checks: tally(checks),
      claims: tally(claims),
      errata: Object.fromEntries(
        bearings.map((bearing) => [bearing, errata.filter(({conclusion}) => conclusion === bearing).length])
      ),
      counts: counts.all,
      numbers: {...numbers.by, not_checkable: numbers.unchecked},
      relations: relations.by
    },
    manifest: {raw: listed(raw, "raw/"), derived: listed(files, "")}
  };
  return writeJson(certificate);
}

/** The commit that this was computed from, or null where the project is no checkout. */
function checkout(): Certificate["checkout"] {
  const git = (...args: string[]) => execFileSync("git", args, {cwd: root, encoding: "utf8", stdio: "pipe"}).trim();
  try {
    // A copy without a history of its own may lie in a folder of somebody else’s.
    if (git("rev-parse", "--show-prefix") !== "") return null;
    const [commit = "", date = ""] = git("show", "--no-patch", "--format=%H %cI", "HEAD").split(" ");
    return {commit, date, changed: git("status", "--porcelain") !== ""};
  } catch {
    return null;
  }
}
