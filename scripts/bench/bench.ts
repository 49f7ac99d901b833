import {execFile} from "node:child_process";
import {readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {parseArgs, promisify} from "node:util";
import {launch} from "../browser.js";
import {root} from "../paths.js";
import {measurePages} from "./pages.js";
import {processorSeconds} from "./processor.js";
import {measureSaves} from "./saves.js";
import {measureStatistics} from "./statistics.js";
import {copyProject, startDev} from "./workspace.js";

/**
 * `npm run bench`: what the build costs by step, from nothing and with all kept; when `npm run dev` shows its first
 * figure; each kind of save; what pages cost their readers; and what the statistics cost. Nothing is asserted: a busy
 * machine is no error.
 *
 * `--peer FOLDER` names an installed copy of the peer that costs are held against (Notebook Kit with the same tables);
 * `--tests` runs the tests too; `--runs N` is how often each kind of save is tried.
 */
const {values} = parseArgs({
  options: {peer: {type: "string"}, tests: {type: "boolean"}, runs: {type: "string", default: "3"}}
});

interface Cost {
  readonly wall: number;
  readonly processor: number;
  readonly output: string;
}

/** Runs a command to its end; throws with what it said where it fails. */
async function run(command: string, args: readonly string[], cwd = root): Promise<Cost> {
  const [start, before] = [performance.now(), processorSeconds()];
  const {stdout: output} = await promisify(execFile)(command, args, {cwd, maxBuffer: 1e9});
  return {wall: (performance.now() - start) / 1000, processor: processorSeconds() - before, output};
}

const number = (value: number) => value.toFixed(1).padStart(7);

function line(what: string, {wall, processor}: Pick<Cost, "wall" | "processor">, peer: Cost | null): void {
  const ratio = peer ? ` | ${number(processor / peer.processor)} | ${number(wall / peer.wall)}` : "";
  console.log(`${what.padEnd(42)} | ${number(wall)} | ${number(processor)}${ratio}`);
}

/** The steps of a build, as it prints them. */
function steps(output: string): [string, Pick<Cost, "wall" | "processor">][] {
  const told = output.matchAll(/^(\S.*): (\d+\.\d) s, (\d+\.\d) s of the processor$/gm);
  return [...told].map(([, name = "", wall, processor]) => [name, {wall: Number(wall), processor: Number(processor)}]);
}

async function build(what: string, peer: Cost | null): Promise<void> {
  const cost = await run("npm", ["run", "build"]);
  line(what, cost, peer);
  for (const [name, step] of steps(cost.output)) line(`  ${name}`, step, null);
}

/**
 * Seconds until `npm run dev` of a project that has kept nothing shows the first figure of its first chapter, and then
 * until every page is whole.
 */
async function firstFigure(): Promise<number> {
  const project = copyProject();
  const browser = await launch();
  const start = performance.now();
  const since = (from: number) => (performance.now() - from) / 1000;
  const dev = await startDev(project.folder);
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${dev.url}/who-works-here.html`);
    await page.waitForSelector("figure svg");
    const first = since(start);
    for (const name of readdirSync(join(project.folder, "src")).filter((file) => file.endsWith(".md"))) {
      const opened = performance.now();
      await page.goto(`${dev.url}/${name.replace(/md$/, "html")}`);
      await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
      console.log(`  ${name} is whole after ${since(opened).toFixed(1)} s`);
    }
    return first;
  } finally {
    await dev.stop();
    await browser.close();
    project.remove();
  }
}

console.log(
  `${"what".padEnd(42)} |  wall s | processor s${values.peer ? " | processor and wall, times the peer's" : ""}`
);
let peer: Cost | null = null;
if (values.peer) {
  const site = join(values.peer, "site");
  for (const folder of [join(site, ".observable"), join(values.peer, "node_modules/.vite")]) {
    rmSync(folder, {recursive: true, force: true});
  }
  const notebooks = join(values.peer, "node_modules/.bin/notebooks");
  peer = await run("sh", ["-c", `"${notebooks}" build index.html kapittel-*.html --empty`], site);
  line("the peer, cold", peer, peer);
}
const kept = join(root, "node_modules/.cache/recomputed");
for (const folder of [kept, ...["src/.observablehq/cache", "dist"].map((folder) => join(root, folder))]) {
  rmSync(folder, {recursive: true, force: true});
}
await build("a build from nothing", peer);
await build("a build with all kept", peer);
rmSync(kept, {recursive: true, force: true});
const seconds = await firstFigure();
const times = peer ? `, ${(seconds / peer.wall).toFixed(1)} times the peer's cold build` : "";
console.log(`first figure of npm run dev, nothing kept: ${seconds.toFixed(1)} s${times}`);
await measureSaves(Number(values.runs));
if (values.tests) line("npm test", await run("npm", ["test"]), peer);
await measurePages();
measureStatistics();
