import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {outputs} from "../data-loaders/outputs.js";
import {readRawFolder} from "../data-loaders/raw.js";
import {tryOutput} from "../data-loaders/run.js";
import {root} from "./paths.js";

/**
 * Runs beside the preview, with all loaders in memory: makes published files anew on request, and tells the preview of
 * those whose bytes have changed. A loader that Framework starts needs most of a second before it does anything; here
 * a raw number is on the page in a fraction of that.
 *
 * Only files that some page has asked for are made, the quick ones first. Each goes where Framework keeps a loader's
 * output; then the loader's file is touched, which is what makes the open page fetch it.
 */
process.on("message", async () => {
  const raw = readRawFolder();
  for (const name of Object.keys(outputs)) await refresh(name, raw);
  process.send?.("done");
});

async function refresh(name: string, raw: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const kept = join(root, "src/.observablehq/cache/data", name);
  const problem = process.env.NAV_PROBLEMS ? join(process.env.NAV_PROBLEMS, `${name}.txt`) : null;
  const failed = problem !== null && existsSync(problem);
  if (!existsSync(kept) && !failed) return;
  const start = performance.now();
  const bytes = await tryOutput(name, raw);
  const seconds = `${((performance.now() - start) / 1000).toFixed(2)} s`;
  if (bytes === null) {
    // What the page shows stays there, beside the problem; whoever opens the page anew must not get old numbers.
    rmSync(kept, {force: true});
    console.log(`  ${name}: failed after ${seconds}`);
    return;
  }
  if (existsSync(kept) && readFileSync(kept).equals(bytes)) {
    console.log(`  ${name}: computed in ${seconds}, unchanged`);
    return;
  }
  mkdirSync(join(kept, ".."), {recursive: true});
  writeFileSync(`${kept}.new`, bytes);
  renameSync(`${kept}.new`, kept);
  const now = Date.now() / 1000;
  // Framework takes an output for fresh when it is not older than its loader.
  utimesSync(kept, now + 1, now + 1);
  utimesSync(join(root, "src/data", `${name}.ts`), now, now);
  // Framework waits a second before it runs a loader again that has failed; there is nothing to wait for now.
  for (const left of readdirSync(join(kept, ".."))) {
    if (left.startsWith(name) && left.endsWith(".err")) rmSync(join(kept, "..", left), {force: true});
  }
  console.log(`  ${name}: computed in ${seconds}`);
}
