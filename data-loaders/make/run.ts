import {createHash} from "node:crypto";
import {mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {RawDataError} from "../read/problem.js";
import {readRawFolder} from "../read/raw.js";
import {codebookFiles} from "../read/report.js";
import {codeChecksum} from "./modules.js";
import {type Made, maker, type Output, outputOf} from "./outputs.js";

type Raw = ReadonlyMap<string, Uint8Array>;

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
  raw: Raw = readRawFolder(),
  made: Made = maker(raw)
): Promise<Uint8Array | null> {
  const folder = process.env.NAV_PROBLEMS;
  try {
    const bytes = await made(name);
    if (folder) rmSync(`${folder}/${name}.txt`, {force: true});
    return bytes;
  } catch (error) {
    const text = `${name}: ${describe(error)}\n`;
    process.stderr.write(text);
    if (folder) {
      mkdirSync(folder, {recursive: true});
      writeFileSync(`${folder}/${name}.txt`, text);
    }
    return null;
  }
}

const outputsModule = readFileSync(new URL("./outputs.ts", import.meta.url));

/** A checksum of everything that an output is made from: the raw files that it reads, and all code that takes part. */
export function inputsChecksum(name: string, raw: Raw): string {
  const output = outputOf(name);
  const hash = createHash("sha256").update(name).update(outputsModule);
  hash.update(codeChecksum(output?.code ?? ["data-loaders/make/outputs.ts"]));
  for (const file of output ? readsOf(output, raw) : []) hash.update(file).update(raw.get(file) ?? "");
  return hash.digest("hex");
}

/** The raw files that decide what an output is, or what is said in its place. */
function readsOf({reads}: Output, raw: Raw): string[] {
  if (!reads) return [...raw.keys()];
  try {
    return reads(raw);
  } catch (error) {
    if (!(error instanceof RawDataError)) throw error;
    // Without a sound catalogue nobody knows what it would read, and what is said is said of all files.
    return [...new Set([...codebookFiles, ...raw.keys()])];
  }
}

/** What raw data make wrong is said without a stack: its place is in the raw files, not in the code. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const ofData = ["RawDataError", "ContradictionError"].includes(error.name);
  return ofData ? error.message : (error.stack ?? error.message);
}
