import {fork} from "node:child_process";
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {availableParallelism} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {root} from "../paths.js";

/** How long each published file took to make, in seconds; null where it could not be made. */
export type Times = {readonly name: string; readonly seconds: number | null}[];

/**
 * Makes every published file from the raw files, into a folder of its own. Why a file cannot be made is written to
 * standard error.
 *
 * Two processes share the work: one takes the files from the top of the list, the other from its end, where the ones
 * that take long are. Files that are made from other files come after these, one after the other.
 */
export async function makeData(folder: string, report: (line: string) => void): Promise<Times> {
  mkdirSync(folder, {recursive: true});
  const times: Times = [];
  let waiting: {fromRaw: string[]; fromOthers: string[]} | null = null;
  let working = 0;
  const work = (end: "first" | "last") =>
    new Promise<void>((resolve, reject) => {
      const child = fork(fileURLToPath(import.meta.url), [folder], {cwd: root, execArgv: ["--import", "tsx"]});
      let current: string | undefined;
      child.on("message", ({names, done}: {names?: NonNullable<typeof waiting>; done?: Times[number]}) => {
        waiting ??= names ?? {fromRaw: [], fromOthers: []};
        if (done) {
          working--;
          times.push(done);
          report(`  ${done.name}: ${done.seconds === null ? "failed" : `${done.seconds.toFixed(1)} s`}`);
        }
        current = end === "first" ? waiting.fromRaw.shift() : waiting.fromRaw.pop();
        // What is made from other files waits until they are all there, and is left to the process that ends last.
        if (current === undefined && working === 0) current = waiting.fromOthers.shift();
        if (current === undefined) child.kill();
        else {
          working++;
          child.send(current);
        }
      });
      child.on("error", reject);
      child.on("exit", (code) => {
        if (waiting !== null && current === undefined) resolve();
        else reject(new Error(`the data could not be made: the process ended with code ${code}`));
      });
    });
  await Promise.all(availableParallelism() > 1 ? [work("first"), work("last")] : [work("first")]);
  return times;
}

const [, self, folder = ""] = process.argv;
if (process.send && self === fileURLToPath(import.meta.url)) {
  const [{maker, outputs}, {readRawFolder}, {tryOutput}] = await Promise.all([
    import("../../data-loaders/make/outputs.js"),
    import("../../data-loaders/read/raw.js"),
    import("../../data-loaders/make/run.js")
  ]);
  const raw = readRawFolder();
  // What the other process has made is not made again.
  const kept = (name: string) =>
    existsSync(join(folder, name)) ? new Uint8Array(readFileSync(join(folder, name))) : null;
  const made = maker(raw, kept);
  process.on("disconnect", () => process.exit());
  process.on("message", async (name: string) => {
    const start = performance.now();
    const bytes = await tryOutput(name, raw, made);
    if (bytes) {
      const file = join(folder, name);
      mkdirSync(dirname(file), {recursive: true});
      writeFileSync(file, bytes);
    }
    process.send?.({done: {name, seconds: bytes ? (performance.now() - start) / 1000 : null}});
  });
  const names = Object.keys(outputs);
  const isFromOthers = (name: string) => (outputs[name]?.from?.length ?? 0) > 0;
  process.send({
    names: {fromRaw: names.filter((name) => !isFromOthers(name)), fromOthers: names.filter(isFromOthers)}
  });
}
