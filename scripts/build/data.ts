import {fork} from "node:child_process";
import {once} from "node:events";
import {mkdirSync} from "node:fs";
import {compile} from "../compile.js";
import {root} from "../paths.js";
import {BuildError} from "./build-error.js";

/**
 * Makes every published file from the raw files, into a folder of its own, in one process beside this one: two would
 * both wait for the respondents and the ensemble, which most files rest on. Why a file cannot be made goes to standard
 * error.
 */
export async function makeData(folder: string): Promise<void> {
  mkdirSync(folder, {recursive: true});
  const script = await compile("scripts/build/data-worker.ts");
  const [code] = await once(fork(script, [folder], {cwd: root, execArgv: ["--enable-source-maps"]}), "exit");
  if (code !== 0) throw new BuildError("The data could not be made.");
}
