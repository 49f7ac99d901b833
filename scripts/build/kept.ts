import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {codeChecksum} from "../../data-loaders/make/modules.js";
import {root} from "../paths.js";

/**
 * What the last build made of each page, by a checksum of all that it was made from; what a build does not ask for is
 * forgotten with the next. A file that is not whole is made anew, and told of; it may be deleted at any time.
 */
export class Kept<T> {
  private readonly file: string;
  private readonly before: ReadonlyMap<string, T>;
  private readonly now = new Map<string, T>();

  constructor(
    private readonly name: string,
    private readonly code: readonly string[],
    folder = join(root, "node_modules/.cache/recomputed")
  ) {
    this.file = join(folder, `${name}.json`);
    this.before = this.read();
  }

  /** What was made of the same inputs by the same code, or what `make` makes; `whole` tells whether that may be kept. */
  async get(inputs: unknown, make: () => Promise<T>, whole: (made: T) => boolean = () => true): Promise<T> {
    const key = sum(codeChecksum(this.code) + JSON.stringify(inputs));
    const made = this.before.get(key) ?? (await make());
    if (whole(made)) this.now.set(key, made);
    return made;
  }

  /** Writes down what this build has asked for. */
  save(): void {
    const text = JSON.stringify([...this.now]);
    const unfinished = `${this.file}.${process.pid}`;
    try {
      mkdirSync(dirname(this.file), {recursive: true});
      writeFileSync(unfinished, `${sum(text)}\n${text}`);
      renameSync(unfinished, this.file);
    } catch (error) {
      console.log(`  the ${this.name} cannot be kept (${(error as Error).message}); the next build makes them anew`);
      rmSync(unfinished, {force: true});
    }
  }

  private read(): Map<string, T> {
    if (!existsSync(this.file)) return new Map();
    const [written, text = ""] = readFileSync(this.file, "utf8").split(/\n(.*)/s);
    if (written === sum(text)) return new Map(JSON.parse(text) as [string, T][]);
    console.log(`  what was kept of the last build’s ${this.name} is not whole; it is made anew`);
    return new Map();
  }
}

const sum = (text: string) => createHash("sha256").update(text).digest("hex");
