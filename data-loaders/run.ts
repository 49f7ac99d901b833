import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {outputs} from "./outputs.js";
import {readRawFolder} from "./raw.js";

/**
 * Runs a loader as a process of its own: writes its bytes to standard output once they are all there, or writes its
 * error to standard error and exits with code 1, so that nothing half-written is ever taken for data.
 */
export async function runLoader(name: string): Promise<void> {
  const bytes = await tryOutput(name);
  if (bytes) process.stdout.write(bytes);
  else process.exitCode = 1;
}

/**
 * The bytes of a published file, made from the raw files, or null when it cannot be made; why is written to standard error.
 *
 * `npm run dev` names a folder in `NAV_PROBLEMS`; what goes wrong is left there for the open page to show, and taken
 * away when it is mended.
 */
export async function tryOutput(
  name: string,
  raw: ReadonlyMap<string, Uint8Array> = readRawFolder()
): Promise<Uint8Array | null> {
  const folder = process.env.NAV_PROBLEMS;
  const problem = folder && `${folder}/${name}.txt`;
  try {
    const output = outputs[name];
    if (!output) throw new Error(`data-loaders/outputs.ts has no ${name}`);
    const bytes = await output(raw);
    if (problem) rmSync(problem, {force: true});
    return bytes;
  } catch (error) {
    const text = `${name}: ${describe(error)}\n`;
    process.stderr.write(text);
    if (folder && problem) {
      mkdirSync(folder, {recursive: true});
      writeFileSync(problem, text);
    }
    return null;
  }
}

/** What raw data make wrong is said without a stack: its place is in the raw files, not in the code. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const ofData = ["RawDataError", "ContradictionError"].includes(error.name);
  return ofData ? error.message : (error.stack ?? error.message);
}
