import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {outputOf, outputs} from "../../data-loaders/make/outputs.js";
import {inputsChecksum, tryOutput} from "../../data-loaders/make/run.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {loadSolver} from "../../data-loaders/reconstruction/solver.js";
import {root} from "../paths.js";

/**
 * Runs beside the preview, with all loaders in memory: makes published files anew on request, and tells the preview of
 * those whose bytes have changed. A loader that Framework starts needs most of a second before it does anything; here
 * a raw number is on the page in a fraction of that.
 *
 * Only files that some page has asked for are made, the quick ones first, and of these only the files that are made
 * from something that has changed: each attempt leaves a checksum of what it was made from. Each file goes where
 * Framework keeps a loader's output; then the loader's file is touched, which makes the open page fetch it.
 */
process.on("message", async () => {
  const raw = readRawFolder();
  const current: string[] = [];
  for (const name of Object.keys(outputs)) if ((await refresh(name, raw)) === "current") current.push(name);
  if (current.length > 0) console.log(`  not computed, made from nothing that has changed: ${current.join(", ")}`);
  process.send?.("done");
});

await warmUp();
process.send?.("ready");

async function refresh(
  name: string,
  raw: ReadonlyMap<string, Uint8Array>
): Promise<"made" | "failed" | "current" | null> {
  const kept = join(root, "src/.observablehq/cache/data", name);
  const left = (ending: string) => (process.env.NAV_PROBLEMS ? join(process.env.NAV_PROBLEMS, name + ending) : "");
  const failed = existsSync(left(".txt"));
  // Nobody has asked for it yet.
  if (!existsSync(kept) && !failed) return null;
  if (existsSync(left(".inputs")) && readFileSync(left(".inputs"), "utf8") === inputsChecksum(name, raw)) {
    if (!failed) return "current";
    console.log(`  ${name}: still fails, as nothing that it is made from has changed`);
    return "failed";
  }
  const start = performance.now();
  const bytes = await tryOutput(name, raw);
  const seconds = `${((performance.now() - start) / 1000).toFixed(2)} s`;
  if (bytes === null) {
    // What the page shows stays there, beside the problem; whoever opens the page anew must not get old numbers.
    rmSync(kept, {force: true});
    console.log(`  ${name}: failed after ${seconds}`);
    return "failed";
  }
  if (existsSync(kept) && readFileSync(kept).equals(bytes)) {
    console.log(`  ${name}: computed in ${seconds}, the same as before`);
    return "made";
  }
  mkdirSync(join(kept, ".."), {recursive: true});
  writeFileSync(`${kept}.new`, bytes);
  renameSync(`${kept}.new`, kept);
  const now = Date.now() / 1000;
  // Framework takes an output for fresh when it is not older than its loader.
  utimesSync(kept, now + 1, now + 1);
  const loader = loaderOf(name);
  if (loader) utimesSync(loader, now, now);
  // Framework waits a second before it runs a loader again that has failed; there is nothing to wait for now.
  for (const file of readdirSync(join(kept, ".."))) {
    if (file.startsWith(name) && file.endsWith(".err")) rmSync(join(kept, "..", file), {force: true});
  }
  console.log(`  ${name}: computed in ${seconds}`);
  return "made";
}

/** The file of Framework's loader for an output: its own, or the one that serves any CSV file or survey. */
function loaderOf(name: string): string | undefined {
  const shared = name.endsWith(".csv")
    ? "[file].csv"
    : name.endsWith(".zip")
      ? "[archive].zip"
      : "respondents-[survey].arrow";
  return [name, shared].map((own) => join(root, "src/data", `${own}.ts`)).find(existsSync);
}

/** Has the code that most saves need run once, so that the first save does not wait for it to be compiled. */
async function warmUp(): Promise<void> {
  try {
    const raw = readRawFolder();
    for (const name of Object.keys(outputs)) inputsChecksum(name, raw);
    await outputOf("published.arrow")?.(raw);
    // The solver takes its time to start.
    await loadSolver();
  } catch {
    // What is wrong is said when a file is asked for.
  }
}
