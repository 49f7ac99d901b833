import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import type {Certificate, CertifiedFile, Tally} from "../../src/tables/certificate.js";
import {type Counted, type Funnel, funnelOf} from "../../src/tables/funnel.js";
import {verdicts} from "../../src/tables/verdict.js";
import {bearings, type Erratum} from "../claims/errata.js";
import {citation} from "./citation.js";
import {readCells} from "./csv.js";
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
  const funnel = funnelFrom(files, errata);
  const certificate: Certificate = {
    title,
    version,
    checkout: checkout(),
    node: process.version,
    packages: Object.fromEntries(
      computing.map((name) => [name, lock.packages[`node_modules/${name}`]?.version ?? "not locked"])
    ),
    results: {
      checks: tally(files, "checks.arrow"),
      claims: tally(files, "claims.arrow"),
      errata: Object.fromEntries(
        bearings.map((bearing) => [bearing, errata.filter(({conclusion}) => conclusion === bearing).length])
      ),
      counts: funnel.counts.all,
      numbers: {...funnel.numbers.by, not_checkable: funnel.numbers.unchecked},
      relations: funnel.relations.by
    },
    manifest: {raw: listed(raw, "raw/"), derived: listed(files, "")}
  };
  return writeJson(certificate);
}

/** How many lines of a file have each verdict. */
function tally(files: Files, name: string): Tally {
  const column = columnOf(files, name, "verdict");
  return Object.fromEntries(verdicts.map((verdict) => [verdict, column.filter((value) => value === verdict).length]));
}

/** Every total of the site, from the published files. */
function funnelFrom(files: Files, errata: readonly Erratum[]): Funnel {
  const rows = (name: string, ...columns: string[]) => {
    const values = columns.map((column) => columnOf(files, name, column));
    return (values[0] ?? []).map((_, i) => Object.fromEntries(columns.map((column, c) => [column, values[c]?.[i]])));
  };
  const checks = rows("checks.arrow", "kind", "verdict", "numbers", "upper", "recomputed_value", "formula");
  const claims = rows("claims.arrow", "verdict", "against", "lacks");
  const printed = columnOf(files, "published.arrow", "table").length;
  return funnelOf({printed, checks, claims, errata} as unknown as Counted);
}

function columnOf(files: Files, name: string, column: string) {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`there is no ${name} to certify`);
  const {names, rows} = readCells(bytes);
  const index = names.indexOf(column);
  if (index < 0) throw new Error(`${name} has no column ${column}`);
  return rows.map((row) => row[index] ?? null);
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
