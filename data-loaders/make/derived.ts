import {createHash} from "node:crypto";
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {codeChecksum, sourceChecksum} from "./modules.js";

/** What a derived result depends on. */
export interface Origin {
  /** The data it is computed from; must survive JSON. */
  readonly inputs: unknown;
  /** The modules, from the project's folder, that compute it. What they import is found. */
  readonly code: readonly string[];
}

/** A result that takes long: what it depends on, and how it is made. */
export interface Slow<T = unknown> {
  readonly name: string;
  readonly origin: Origin;
  readonly make: () => Promise<T>;
}

/** A result that takes long, and is therefore kept in the repository too. */
export interface Locked {
  /** A checksum of its inputs and of the code that it was made by. */
  readonly of: string;
  /** A checksum of the result as JSON. */
  readonly sum: string;
  readonly result: unknown;
}

/** The file of such results by their names, as a lockfile is of packages: `npm run lock` writes it. */
export const lockFile = fileURLToPath(new URL("../derived.lock.json", import.meta.url));

/** A result with what it was made from, for the file of those that take long. */
export function lock({inputs, code}: Origin, result: unknown): Locked {
  const of = checksum(sourceChecksum(code) + JSON.stringify(inputs));
  return {of, sum: checksum(JSON.stringify(result)), result};
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const mostRecent = 200;

/**
 * Keeps results in a folder. What it gives finds a result there under a checksum of everything that it
 * depends on: its inputs, the code of the modules named and of those that they import, the locked versions of all
 * packages and of Node. What is kept can therefore never be stale, and an input that comes back finds its result again.
 *
 * A file that does not hold what was put into it is made anew, and one that cannot be written is done without; `say` is
 * told of either in one line. Before a result is made it is looked for in `locks`, the file of those that take long. The
 * result must survive JSON and not be null. The folder may be deleted at any time. A failure is kept in memory only.
 */
export function keeper(
  folder: string,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
  locks = ""
) {
  /** The last results of this process by their keys, failures included: several files ask for the same. */
  const recent = new Map<string, Promise<unknown>>();
  let writable = true;
  const lose = (what: string, why: string) => {
    say(`${what} ${why} and is made anew.`);
    return null;
  };

  const read = (file: string): unknown => {
    try {
      const text = readFileSync(file, "utf8");
      const json = text.slice(text.indexOf("\n") + 1);
      const isWhole = text === sealed(json) && json !== "null";
      return isWhole ? JSON.parse(json) : lose(file, "is not what was kept");
    } catch (error) {
      const {code = ""} = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR" ? null : lose(file, "cannot be read");
    }
  };

  const write = (file: string, json: string) => {
    if (!writable) return;
    // Two loaders may compute the same at once; each writes its own file and moves it into place whole.
    const unfinished = `${file}.${process.pid}`;
    try {
      mkdirSync(folder, {recursive: true});
      writeFileSync(unfinished, sealed(json));
      renameSync(unfinished, file);
    } catch (error) {
      writable = false;
      say(`Results cannot be kept in ${folder} (${(error as Error).message}); they are made anew each time.`);
      try {
        rmSync(unfinished, {force: true});
      } catch {
        // What cannot be written cannot be removed either; nobody reads it.
      }
    }
  };

  let locked: Readonly<Record<string, Locked>> | null = null;
  const readLock = (name: string, origin: Origin): unknown => {
    try {
      locked ??= JSON.parse(readFileSync(locks, "utf8")) as Record<string, Locked>;
    } catch {
      locked = {};
    }
    const found = locked[name];
    if (!found || found.of !== lock(origin, null).of) return null;
    const isWhole = found.result !== null && lock(origin, found.result).sum === found.sum;
    return isWhole ? found.result : lose(`${name} in ${locks}`, "is not what was kept");
  };

  return function derived<T>({name, origin, make}: Slow<T>): Promise<T> {
    const sum = checksum(codeChecksum(origin.code) + JSON.stringify(origin.inputs));
    const key = `${name}-${sum.slice(0, 24)}`;
    const file = join(folder, `${key}.json`);
    const find = async (): Promise<unknown> => {
      const kept = read(file) ?? readLock(name, origin);
      if (kept !== null) return kept;
      const result = await make();
      write(file, JSON.stringify(result));
      return result;
    };
    const known = recent.get(key) ?? find();
    // What was asked for last goes to the end of the line.
    recent.delete(key);
    recent.set(key, known);
    const [oldest = key] = recent.keys();
    if (recent.size > mostRecent) recent.delete(oldest);
    return known as Promise<T>;
  };
}

/** A result as it is kept: its checksum and, on the next line, itself. */
function sealed(json: string): string {
  return `${checksum(json)}\n${json}`;
}

/** Finds or makes a result, kept with those of all loaders. */
export const derived = keeper(
  fileURLToPath(new URL("../../node_modules/.cache/recomputed/", import.meta.url)),
  undefined,
  lockFile
);
