import {type ChildProcess, fork} from "node:child_process";
import {mkdirSync} from "node:fs";
import {availableParallelism} from "node:os";
import {setTimeout as delay} from "node:timers/promises";
import {compile} from "../compile.js";
import {root} from "../paths.js";
import {BuildError} from "./build-error.js";

/** How long each published file took to make, in seconds; null where it could not be made. */
export type Times = {readonly name: string; readonly seconds: number | null}[];

interface Names {
  readonly fromRaw: string[];
  readonly fromOthers: string[];
}

/** What a process tells: first the names of all files; then of each that it has made; or why it cannot go on. */
interface Told {
  readonly names?: Names;
  readonly done?: Times[number];
  readonly failed?: string;
}

/**
 * Makes every published file from the raw files, into a folder of its own. Why a file cannot be made is written to
 * standard error.
 *
 * Where much has to be made anew, two processes share the work: one takes the files from the top of the list, the other
 * from its end, where the ones that take long are. Files that are made from other files come after these, one after the
 * other.
 */
export async function makeData(folder: string, report: (line: string) => void): Promise<Times> {
  mkdirSync(folder, {recursive: true});
  const script = await compile("scripts/build/data-worker.ts");
  const times: Times = [];
  let waiting: Names | null = null;
  const children: ChildProcess[] = [];
  let working = 0;
  const work = (end: "first" | "last") =>
    new Promise<void>((resolve, reject) => {
      const child = fork(script, [folder], {cwd: root, execArgv: ["--enable-source-maps"]});
      children.push(child);
      let current: string | undefined;
      child.on("message", ({names, done, failed}: Told) => {
        if (failed) reject(new BuildError(failed));
        if (failed) return;
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
  const first = work("first");
  // What is kept is there before a second process would have started.
  const soon = await Promise.race([
    first.then(
      () => true,
      () => true
    ),
    delay(1500, false, {ref: false})
  ]);
  try {
    await Promise.all(soon || availableParallelism() === 1 ? [first] : [first, work("last")]);
  } finally {
    // Where one fails, the other stops too.
    for (const child of children) child.kill("SIGKILL");
  }
  return times;
}
