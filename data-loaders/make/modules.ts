import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
// What is imported as a type is gone when the module runs.
const imported = /^(?:import|export)\b(?! type\b)[^"';]*?from "(\.[^"]+)"|^import "(\.[^"]+)"/gm;

const importedPackage = /^(?:import|export)\b(?! type\b)[^"';]*?from "((?:@[^/"]+\/)?[^./"][^/":]*)["/]/gm;

/**
 * The project's own modules that take part in what some modules do: these, what they import, and so on. Paths are from
 * the project's folder, sorted. What comes from packages is pinned by the lockfile and not listed.
 */
export function modulesOf(entries: readonly string[], folder = root): string[] {
  const found = new Set<string>();
  const waiting = entries.map((entry) => join(folder, entry));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, from, bare] of readFileSync(file, "utf8").matchAll(imported)) {
      const path = join(dirname(file), from ?? bare ?? "");
      const source = path.replace(/\.js$/, ".ts");
      waiting.push(existsSync(source) ? source : path);
    }
  }
  return [...found].map((file) => relative(folder, file).replaceAll("\\", "/")).sort();
}

const sums = new Map<string, string>();

/**
 * A checksum of everything but data that a result of some modules depends on: the modules and those that they import,
 * what `about.json` says of the report, the locked versions of all packages, and Node's.
 *
 * It is found once in a process: code that changes on disk is not what a running process has loaded.
 */
export function codeChecksum(entries: readonly string[]): string {
  const name = entries.join(" ");
  const sum = sums.get(name) ?? findChecksum(modulesOf(entries));
  sums.set(name, sum);
  return sum;
}

function findChecksum(modules: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  // One module reads a file that is neither a module nor raw data.
  const about = modules.includes("data-loaders/read/about.ts") ? ["data-loaders/about.json"] : [];
  for (const file of ["package-lock.json", ...about, ...modules]) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * A checksum of the modules that some modules depend on and of the versions of the packages that these import: what
 * decides a result of theirs on any machine.
 */
export function sourceChecksum(entries: readonly string[]): string {
  const hash = createHash("sha256");
  const packages = new Set<string>();
  for (const file of modulesOf(entries)) {
    const text = readFileSync(join(root, file), "utf8");
    hash.update(file).update(text);
    for (const [, name = ""] of text.matchAll(importedPackage)) packages.add(name);
  }
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, {readonly version?: string}>>;
  };
  for (const name of [...packages].sort())
    hash.update(`${name} ${lock.packages[`node_modules/${name}`]?.version ?? ""}`);
  return hash.digest("hex");
}
