import {fork} from "node:child_process";
import {once} from "node:events";
import {mkdirSync} from "node:fs";
import {compile} from "../compile.js";
import {root} from "../paths.js";
import {BuildError} from "./build-error.js";

/** What the process that makes published files ends with: those that could not be made, or what the machine lacks. */
export type Told = {readonly missing: readonly string[]} | {readonly failed: string};

/**
 * Makes every published file from the raw files, into a folder of its own, in a process beside this one. Why a file
 * cannot be made is written to standard error.
 *
 * One process makes them all: two would both wait for the respondents and the ensemble, which most files rest on.
 */
export async function makeData(folder: string): Promise<void> {
  mkdirSync(folder, {recursive: true});
  const script = await compile("scripts/build/data-worker.ts");
  const child = fork(script, [folder], {cwd: root, execArgv: ["--enable-source-maps"]});
  let told: Told | null = null;
  child.on("message", (message: Told) => {
    told = message;
  });
  const [code] = await once(child, "exit");
  // Narrowing does not see that the message has come in between.
  const end = told as Told | null;
  if (end === null) throw new Error(`the data could not be made: the process ended with code ${code}`);
  if ("failed" in end) throw new BuildError(end.failed);
  if (end.missing.length > 0) throw new BuildError(`These files could not be made: ${end.missing.join(", ")}.`);
}
