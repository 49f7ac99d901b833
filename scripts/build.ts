import {spawn} from "node:child_process";
import {existsSync, readFileSync, renameSync, rmSync} from "node:fs";
import {join} from "node:path";
import {bundleSite} from "./bundle.js";
import {makeData} from "./cold-data.js";
import {writeExtras} from "./extras.js";
import {prepareLibraries} from "./libraries.js";
import {completePages, finishPages} from "./page.js";
import {observable, offline, root} from "./paths.js";
import {renderSite} from "./render.js";
import {type Cells, checkCells, checkSite, describeProblems} from "./strict.js";

const dist = join(root, "dist");
const [next, last] = [`${dist}.next`, `${dist}.last`];
const cells = join(root, "src/.observablehq/cache/_cells.json");

/** What the build says and a reader should not have to wait for: a line a step, with its time. */
const steps: {name: string; seconds: number}[] = [];

/** A build that stops for a reason that its message names in full. */
class BuildError extends Error {
  override name = "BuildError";
}

/**
 * `npm run build`: the site, from the raw files, into `dist/`.
 *
 * Data is always computed anew: Framework would use whatever an earlier preview or build has left in its cache,
 * however old. The new site is made beside the last one and takes its place only when it is whole and has passed every
 * check of strict.ts.
 */
async function main(): Promise<void> {
  recover();
  for (const folder of [next, last]) rmSync(folder, {recursive: true, force: true});

  const [, times] = await timed("libraries and data", () =>
    Promise.all([prepareLibraries(root), makeData(console.log)])
  );
  const missing = times.filter(({seconds}) => seconds === null).map(({name}) => name);
  if (missing.length > 0) throw new BuildError(`These files could not be made: ${missing.join(", ")}.`);
  const source = join(root, "src");
  // Framework remakes a loader's output only when the loader itself has changed; the sandbox is made of many modules.
  rmSync(join(source, ".observablehq/cache/sandbox"), {recursive: true, force: true});
  rmSync(cells, {force: true});
  try {
    await timed("pages", buildPages);
  } catch (error) {
    // What Framework stops at is often a cell, and then it does not say which.
    const known = readCells();
    const problems = checkCells(known);
    throw problems.length > 0 ? new BuildError(describeProblems(problems, source, known)) : error;
  }
  await timed("one script for all pages", async () => {
    finishPages(next);
    await bundleSite(next);
  });
  const problems = await timed("output of cells into pages", () => renderSite(next));
  await timed("descriptions, search, policy", async () => {
    const url = process.env.NAV_SITE_URL ?? null;
    completePages(next, {url, source});
    writeExtras(next, url);
  });
  const known = readCells();
  const found = await timed("checks", async () => [...problems, ...checkSite(next, known)]);
  if (found.length > 0) throw new BuildError(describeProblems(found, source, known));

  // From here on nothing waits for anything, so that no signal comes between the two steps; should the machine stop
  // between them, the last site is whole under its other name, and the next build or preview puts it back.
  if (existsSync(dist)) renameSync(dist, last);
  renameSync(next, dist);
  rmSync(last, {recursive: true, force: true});
}

/** The cells of all pages, as Framework has read them. */
function readCells(): Cells {
  return existsSync(cells) ? (JSON.parse(readFileSync(cells, "utf8")) as Cells) : {};
}

/** A build that was killed while it swapped folders leaves the last site under its other name. */
function recover(): void {
  if (!existsSync(dist) && existsSync(last)) renameSync(last, dist);
}

async function timed<T>(name: string, step: () => Promise<T>): Promise<T> {
  console.log(`${name} …`);
  const start = performance.now();
  const result = await step();
  const seconds = (performance.now() - start) / 1000;
  steps.push({name, seconds});
  console.log(`${name}: ${seconds.toFixed(1)} s`);
  return result;
}

/**
 * Has Framework build the pages. What it says is shown only when it fails: its list of broken links holds links to
 * published files, which are none, and strict.ts has a list of its own.
 */
function buildPages(): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = {...process.env, ...offline, NAV_OUTPUT: "dist.next", NAV_CELLS: cells};
    const child = spawn(process.execPath, [observable, "build"], {cwd: root, env});
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data: Buffer) => {
        said += data;
      });
    }
    running = () => child.kill();
    child.on("error", reject);
    child.on("close", (code, signal) => {
      running = null;
      if (code === 0) resolve();
      else
        reject(
          new BuildError(
            `${said.replaceAll(progress, "").trim()}\nThe pages could not be built (${signal ?? `code ${code}`}).`
          )
        );
    });
  });
}

/** Lines in which Framework says that all is going well. */
const progress = /^(?:load|copy|build|built|bundle|alias|index|render|resolve|success|dist\.next)\b.*\n/gm;

/** Ends the process that is under way. */
let running: (() => void) | null = null;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    running?.();
    rmSync(next, {recursive: true, force: true});
    process.exit(signal === "SIGINT" ? 130 : 143);
  });
}

try {
  await main();
  const total = steps.reduce((sum, {seconds}) => sum + seconds, 0);
  const [longest] = [...steps].sort((a, b) => b.seconds - a.seconds);
  console.log(
    `dist/ is new, after ${total.toFixed(1)} s, of which ${longest?.seconds.toFixed(1)} s for ${longest?.name}.`
  );
} catch (error) {
  console.error(error instanceof BuildError ? error.message : error);
  console.error(existsSync(dist) ? "Nothing was published; dist/ is as it was." : "Nothing was published.");
  rmSync(next, {recursive: true, force: true});
  process.exitCode = 1;
}
