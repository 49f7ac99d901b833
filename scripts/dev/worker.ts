import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {maker, outputOf, outputs} from "../../data-loaders/make/outputs.js";
import {inputsChecksum, tryOutput} from "../../data-loaders/make/run.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {loadSolver} from "../../data-loaders/reconstruction/solver.js";
import {cache} from "../framework.js";
import {root} from "../paths.js";

/**
 * Runs beside the preview, with all loaders in memory, and makes published files: those that an open page waits for,
 * quick ones first; and after a save those that were asked for and are made from something that has changed. Each attempt
 * leaves, once its file is in its place, a checksum of what it was made from: whoever ends this process before has it
 * made again. A file that has changed goes where Framework keeps a loader's output; then the loader's file is touched,
 * which makes the open page fetch it.
 */
export type Message = {readonly make: string} | {readonly refresh: true};
export type Answer = {readonly made: string; readonly bytes: Uint8Array | null} | {readonly done: true};

const order = Object.keys(outputs);
const asked = new Set<string>();
let saved = false;
let working = false;
let raw: ReadonlyMap<string, Uint8Array> | null = null;

process.on("disconnect", () => process.exit());
process.on("message", (message: Message) => {
  if ("make" in message) asked.add(message.make);
  else saved = true;
  if (!working) void work();
});

const answer = (message: Answer) => process.send?.(message);

async function work(): Promise<void> {
  working = true;
  // What is asked for at the same time is asked for one after the other.
  await new Promise(setImmediate);
  while (asked.size > 0 || saved) {
    const [name] = [...asked].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    if (saved) {
      saved = false;
      raw = null;
      await refreshAll();
      answer({done: true});
    } else if (name !== undefined) {
      asked.delete(name);
      raw ??= readRawFolder();
      const inputs = inputsChecksum(name, raw);
      answer({made: name, bytes: await tryOutput(name, raw, maker(raw))});
      writeFileSync(left(name, "inputs"), inputs);
    }
    await new Promise(setImmediate);
  }
  working = false;
  setTimeout(warmUp, 500);
}

async function refreshAll(): Promise<void> {
  raw = readRawFolder();
  const current: string[] = [];
  for (const name of order) {
    if (await refresh(name, raw)) current.push(name);
    // A newer save makes this one idle.
    await new Promise(setImmediate);
    if (saved) return;
  }
  if (current.length > 0) console.log(`  not computed, made from nothing that has changed: ${current.join(", ")}`);
  console.log("  done with published files");
}

const left = (name: string, ending: "inputs" | "txt") => join(process.env.NAV_PROBLEMS ?? "", `${name}.${ending}`);

/** Makes a file anew if it has been asked for and what it is made from has changed; true if it is current. */
async function refresh(name: string, raw: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
  const kept = join(cache, "data", name);
  const failed = existsSync(left(name, "txt"));
  if (!existsSync(left(name, "inputs"))) return false;
  const inputs = inputsChecksum(name, raw);
  if (readFileSync(left(name, "inputs"), "utf8") === inputs) {
    if (failed) console.log(`  ${name}: still fails, as nothing that it is made from has changed`);
    return !failed;
  }
  const start = performance.now();
  const bytes = await tryOutput(name, raw, maker(raw));
  const seconds = `${((performance.now() - start) / 1000).toFixed(2)} s`;
  if (bytes === null) {
    // What the page shows stays there, beside the problem; whoever opens the page anew must not get old numbers.
    rmSync(kept, {force: true});
    console.log(`  ${name}: failed after ${seconds}`);
  } else if (existsSync(kept) && readFileSync(kept).equals(bytes)) {
    console.log(`  ${name}: computed in ${seconds}, the same as before`);
  } else {
    mkdirSync(dirname(kept), {recursive: true});
    writeFileSync(`${kept}.new`, bytes);
    renameSync(`${kept}.new`, kept);
    const now = Date.now() / 1000;
    // Framework takes an output for fresh when it is not older than its loader.
    utimesSync(kept, now + 1, now + 1);
    const loader = loaderOf(name);
    if (loader) utimesSync(loader, now, now);
    // Framework waits a second before it runs a loader again that has failed; there is nothing to wait for now.
    for (const file of readdirSync(dirname(kept))) {
      if (file.startsWith(name) && file.endsWith(".err")) rmSync(join(dirname(kept), file), {force: true});
    }
    console.log(`  ${name}: computed in ${seconds}`);
  }
  writeFileSync(left(name, "inputs"), inputs);
  return false;
}

/** The file of Framework's loader for an output: its own, or the one that serves any of its kind. */
function loaderOf(name: string): string | undefined {
  const shared =
    {csv: "[file].csv", zip: "[archive].zip"}[name.split(".").at(-1) ?? ""] ?? "respondents-[survey].arrow";
  return [name, shared].map((own) => join(root, "src/data", `${own}.ts`)).find(existsSync);
}

let warm = false;

/** Has what most saves need loaded while nobody waits, so that the first save does not wait for it. */
async function warmUp(): Promise<void> {
  if (warm || working) return;
  warm = true;
  try {
    const files = readRawFolder();
    for (const name of order) inputsChecksum(name, files);
    await outputOf("published.arrow")?.(files);
    await loadSolver();
  } catch {
    // What is wrong is said when a file is asked for.
  }
}
