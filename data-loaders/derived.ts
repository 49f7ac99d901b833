import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const cache = fileURLToPath(new URL("../node_modules/.cache/nav-offices/", import.meta.url));

/** What a derived result depends on. */
export interface Origin {
  /** The data it is computed from; must survive JSON. */
  readonly inputs: unknown;
  /** The folders, from the project's own, that hold every module that takes part. */
  readonly code: readonly string[];
}

/**
 * What `compute` gives, kept on disk under a checksum of everything that it depends on: its inputs, the code of the
 * folders named, the locked versions of all packages and of Node. What is kept can therefore never be stale.
 *
 * The result must survive JSON. The folder of kept results may be deleted at any time.
 */
export async function derived<T>(name: string, {inputs, code}: Origin, compute: () => Promise<T>): Promise<T> {
  const key = createHash("sha256")
    .update(process.version)
    .update(readFileSync(join(root, "package-lock.json")));
  for (const file of code.flatMap(modules)) key.update(file).update(readFileSync(join(root, file)));
  key.update(JSON.stringify(inputs));
  const file = join(cache, `${name}-${key.digest("hex").slice(0, 24)}.json`);
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

function modules(folder: string): string[] {
  const names = readdirSync(join(root, folder), {recursive: true, encoding: "utf8"}).sort();
  return names.filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`);
}
