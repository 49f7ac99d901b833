import {spawn} from "node:child_process";
import {existsSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {prepareLibraries} from "./libraries.js";
import {finishPages} from "./page.js";
import {observable, offline, root} from "./paths.js";

/**
 * `npm run build`: the site, from the raw files, into `dist/`.
 *
 * Data is always computed anew: Framework would use whatever an earlier preview or build has left in its cache,
 * however old. The new site is made beside the last one and takes its place only when it is whole.
 */
async function main(): Promise<void> {
  const dist = join(root, "dist");
  const [next, last] = [`${dist}.next`, `${dist}.last`];
  // A build that was killed while it swapped folders leaves the last site under its other name.
  if (!existsSync(dist) && existsSync(last)) renameSync(last, dist);
  for (const folder of [next, last]) rmSync(folder, {recursive: true, force: true});
  rmSync(join(root, "src/.observablehq/cache/data"), {recursive: true, force: true});

  await timed("libraries", () => prepareLibraries(root));
  await timed("pages and data", () => run(process.execPath, [observable, "build"], {NAV_OUTPUT: "dist.next"}));
  await timed("finish", async () => finishPages(next));

  if (existsSync(dist)) renameSync(dist, last);
  renameSync(next, dist);
  rmSync(last, {recursive: true, force: true});
}

async function timed<T>(name: string, step: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await step();
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

function run(command: string, args: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {cwd: root, stdio: "inherit", env: {...process.env, ...offline, ...env}});
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the build stopped with code ${code}`))));
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  rmSync(join(root, "dist.next"), {recursive: true, force: true});
  process.exitCode = 1;
}
