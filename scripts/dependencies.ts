import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {root} from "./paths.js";

/** Licences that let everybody use a package and pass it on. */
const known =
  "MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 Zlib CC0-1.0 Unlicense BlueOak-1.0.0 Python-2.0 MPL-2.0";

/** Whether a licence, or one of those that somebody may choose from, is a known one. */
export function isKnown(licence: string): boolean {
  const choices = licence.replaceAll(/[()]/g, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((name) => known.split(" ").includes(name)));
}

/**
 * `npm run licences`: how many of the locked packages stand under which licence, which name none that is known, and
 * what faults the registry knows of; that needs a network, and ends with code 1 where there are some.
 */
function main(): void {
  const {packages} = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, {license?: string; version?: string; dev?: boolean}>;
  };
  const byLicence = new Map<string, string[]>();
  for (const [path, {license = "no licence named", version, dev}] of Object.entries(packages)) {
    if (path === "") continue;
    const name = `${path.replace(/^.*node_modules\//, "")} ${version}${dev ? " (for development only)" : ""}`;
    byLicence.set(license, [...(byLicence.get(license) ?? []), name]);
  }
  for (const [licence, names] of [...byLicence].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`${String(names.length).padStart(5)}  ${licence}${isKnown(licence) ? "" : `: ${names.join(", ")}`}`);
  }
  console.log("\nKnown faults:");
  const {status} = spawnSync("npm", ["audit"], {cwd: root, stdio: "inherit", shell: process.platform === "win32"});
  process.exitCode = status === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
