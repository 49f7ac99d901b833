import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {dirname, join} from "node:path";
import {drawingDocument, sandboxDocument} from "../../data-loaders/publish/sandbox.js";
import config from "../../observablehq.config.js";
import {processorSeconds} from "../bench/processor.js";
import {codeProblems} from "../compile.js";
import {machineProblem} from "../machine.js";
import {root} from "../paths.js";
import {onStop} from "../processes.js";
import {BuildError} from "./build-error.js";
import {bundleSite} from "./bundle.js";
import {checkSite, describeProblems} from "./check-site.js";
import {completePages} from "./complete.js";
import {makeData} from "./data.js";
import {writeExtras} from "./extras.js";
import {Files, type Page, readPages} from "./pages.js";
import {renderSite} from "./render.js";
import type {Problem} from "./render-page.js";

// The site may be published through a link.
const dist = existsSync(join(root, "dist")) ? realpathSync(join(root, "dist")) : join(root, "dist");
const [next, last] = [`${dist}.next`, `${dist}.last`];
/** Says which process is building; it goes before the site is published. */
const lock = join(next, ".building");
let taken = false;

/**
 * `npm run build`: the site, from the raw files, into `dist/`. The new one is made beside the last, and takes its place
 * only when it is whole and has passed every check of check-site.ts.
 */
async function main(): Promise<void> {
  // What is published is for everybody to read, whatever the person who builds it hides by default.
  process.umask(0o022);
  takeFolder();
  if (!existsSync(dist) && existsSync(last)) renameSync(last, dist);
  rmSync(last, {recursive: true, force: true});
  if (existsSync(dist)) accessSync(dist, constants.W_OK);

  const made = join(next, ".data");
  const read = await timed("data and pages", async () => {
    const documents = [sandboxDocument(root), drawingDocument(root)] as const;
    const [pages, sandbox, drawing] = await Promise.all([readPages(config), ...documents, makeData(made)]);
    writeFileSync(join(made, "sandbox.html"), sandbox);
    writeFileSync(join(made, "drawing.html"), drawing);
    return pages;
  });
  const missing: Problem[] = [];
  const files = new Files(next, (path) => findFile(made, path));
  await timed("files", async () => publishFiles(read, files, missing));
  const scripts = await timed("scripts", () => bundleSite(next, read, files));
  const {pages, problems} = await timed("output of cells into pages", () => renderSite(next, read, scripts));
  await timed("descriptions, search, policy", async () => {
    const url = process.env.NAV_SITE_URL ?? null;
    await completePages(next, pages, scripts, url);
    for (const {file, html} of pages) write(file, html);
    writeExtras(next, url);
  });
  rmSync(made, {recursive: true});
  const found = await timed("checks", async () => [...missing, ...problems, ...checkSite(next, pages)]);
  if (found.length > 0) throw new BuildError(describeProblems(found, join(root, "src"), pages));

  // From here on nothing waits for anything, so that no signal comes between the two steps; should the machine stop
  // between them, the last site is whole under its other name, and the next build or preview puts it back.
  rmSync(lock);
  if (existsSync(dist)) renameSync(dist, last);
  renameSync(next, dist);
  taken = false;
  rmSync(last, {recursive: true, force: true});
}

/** The bytes of a file of the site: made by this build, raw, or one that stands in `src`. */
function findFile(made: string, path: string): Uint8Array | null {
  const source = path.startsWith("data/raw/") ? path.replace("data", "data-loaders") : `src/${path}`;
  const found = [join(made, path.replace(/^(data|sandbox)\//, "")), join(root, source)].find(existsSync);
  return found ? readFileSync(found) : null;
}

/** Publishes the files that pages name, and those with names of their own. */
function publishFiles(pages: Page[], files: Files, problems: Problem[]): void {
  for (const page of pages) {
    const missing = (path: string) =>
      problems.push({page: page.file, cell: null, message: `a file is missing: ${path}`});
    page.html = files.resolve(page.html, page.up, missing);
    for (const path of page.files) if (files.publish(path) === null) missing(path);
  }
  for (const path of config.dynamicPaths) {
    const bytes = findFile(join(next, ".data"), path.slice(1));
    if (bytes === null) throw new BuildError(`There is no ${path}, which observablehq.config.ts publishes.`);
    write(path, bytes);
  }
}

function write(path: string, contents: string | Uint8Array): void {
  const file = join(next, path);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, contents);
}

/**
 * Makes the folder of the new site, which holds the id of this process: two builds at once would take each other's
 * files away. What a build that was killed has left there goes.
 */
function takeFolder(): void {
  try {
    mkdirSync(next);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const other = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
    if (other > 0 && isRunning(other)) {
      throw new BuildError(`Another build of this folder is running (process ${other}): wait until it has ended.`);
    }
    rmSync(next, {recursive: true});
    mkdirSync(next);
  }
  writeFileSync(lock, String(process.pid));
  taken = true;
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Takes away what this build has made; what another one makes stays. */
function tidyUp(): void {
  if (taken) rmSync(next, {recursive: true, force: true});
}

async function timed<T>(name: string, step: () => Promise<T>): Promise<T> {
  console.log(`${name} …`);
  const [start, before] = [performance.now(), processorSeconds()];
  const result = await step();
  const [seconds, processor] = [(performance.now() - start) / 1000, processorSeconds() - before];
  console.log(`${name}: ${seconds.toFixed(1)} s, ${processor.toFixed(1)} s of the processor`);
  return result;
}

onStop((signal) => {
  tidyUp();
  process.exit(signal === "SIGINT" ? 130 : 143);
});

try {
  await main();
  const [seconds, processor] = [performance.now() / 1000, processorSeconds()];
  console.log(`dist/ is new, after ${seconds.toFixed(1)} s and ${processor.toFixed(1)} s of the processor in all.`);
} catch (error) {
  // What the bundler finds wrong is said with the place, and without the bundler's own stack.
  const why = error instanceof BuildError ? error.message : (codeProblems(error)?.join("\n") ?? machineProblem(error));
  console.error(why ?? error);
  console.error(existsSync(dist) ? "Nothing was published; dist/ is as it was." : "Nothing was published.");
  tidyUp();
  process.exitCode = 1;
}
