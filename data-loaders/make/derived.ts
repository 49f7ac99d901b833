import {createHash} from "node:crypto";
import {mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {codeChecksum} from "./modules.js";

const cache = fileURLToPath(new URL("../../node_modules/.cache/nav-offices/", import.meta.url));

/** What a derived result depends on. */
export interface Origin {
  /** The data it is computed from; must survive JSON. */
  readonly inputs: unknown;
  /** The modules, from the project's folder, that compute it. What they import is found. */
  readonly code: readonly string[];
}

/** The last results of this process by their keys, failures included: several files ask for the same. */
const recent = new Map<string, Promise<unknown>>();
const mostRecent = 200;

/**
 * What `compute` gives, kept on disk under a checksum of everything that it depends on: its inputs, the code of the
 * modules named and of those that they import, the locked versions of all packages and of Node. What is kept can
 * therefore never be stale, and an input that comes back finds its result again.
 *
 * The result must survive JSON. The folder of kept results may be deleted at any time. A failure is kept in memory only.
 */
export function derived<T>(name: string, {inputs, code}: Origin, compute: () => Promise<T>): Promise<T> {
  const sum = createHash("sha256").update(codeChecksum(code)).update(JSON.stringify(inputs)).digest("hex");
  const key = `${name}-${sum.slice(0, 24)}`;
  const known = recent.get(key) ?? find(join(cache, `${key}.json`), compute);
  // What was asked for last goes to the end of the line.
  recent.delete(key);
  recent.set(key, known);
  for (const oldest of recent.keys()) {
    if (recent.size <= mostRecent) break;
    recent.delete(oldest);
  }
  return known as Promise<T>;
}

async function find<T>(file: string, compute: () => Promise<T>): Promise<T> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    const result = await compute();
    mkdirSync(cache, {recursive: true});
    // Two loaders may compute the same at once; each writes its own file and moves it into place whole.
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(result));
    renameSync(unfinished, file);
    return result;
  }
}
