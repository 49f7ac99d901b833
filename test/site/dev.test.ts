import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync
} from "node:fs";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {launch, settle} from "./browser.js";
import {copyProject, type Dev, endOfSave, startDev} from "./workspace.js";

/**
 * The loop: with `npm run dev` running, a save shows in the open page. The time each save took is printed, not
 * asserted: it depends on what else the machine does.
 */
describe("a save shows in the open page", () => {
  let project: ReturnType<typeof copyProject>;
  let dev: Dev;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    project = copyProject();
    [dev, browser] = await Promise.all([startDev(project.folder), launch()]);
    page = await browser.newPage();
    // Only a test as a whole has a limit.
    page.setDefaultTimeout(0);
    await page.goto(`${dev.url}/who-works-here.html`);
    await settle(page);
    await page.waitForSelector("#table-2 .printed", {state: "attached"});
  });

  beforeEach(({onTestFailed}) => onTestFailed(() => console.log(dev.log().slice(-3000))));

  afterAll(async () => {
    await browser?.close();
    await dev?.stop();
    project?.remove();
  });

  /** Replaces text in a file as an editor does, by writing a new file and moving it into place, or directly. */
  function edit(file: string, from: string, to: string, atomically = false): void {
    const path = join(project.folder, file);
    const text = readFileSync(path, "utf8");
    expect(text, `${file} holds ${from}`).toContain(from);
    const changed = text.replace(from, to);
    writeFileSync(atomically ? `${path}~` : path, changed);
    if (atomically) renameSync(`${path}~`, path);
  }

  async function shows(what: string, selector: string, text: string): Promise<void> {
    const start = performance.now();
    const find = ([where, wanted]: [string, string]) =>
      [...document.querySelectorAll(where)].some((node) => node.textContent?.includes(wanted));
    await page.waitForFunction(find, [selector, text] as [string, string]);
    console.log(`${what}: shown after ${((performance.now() - start) / 1000).toFixed(2)} s`);
  }

  test("a page, in whatever manner an editor saves it", async () => {
    const file = join(project.folder, "src/who-works-here.md");
    const text = readFileSync(file, "utf8");
    const half = Math.floor(Buffer.byteLength(text) / 2);
    const manners: Readonly<Record<string, (changed: string) => void>> = {
      "moves the old one away and writes a new one": (changed) => {
        renameSync(file, `${file}~`);
        writeFileSync(file, changed);
        rmSync(`${file}~`);
      },
      "moves a new one into its place": (changed) => {
        writeFileSync(`${file}.new`, changed);
        renameSync(`${file}.new`, file);
      },
      "truncates and writes in two parts": (changed) => {
        const open = openSync(file, "r+");
        ftruncateSync(open, 0);
        const bytes = Buffer.from(changed);
        writeSync(open, bytes, 0, half, 0);
        writeSync(open, bytes, half, bytes.length - half, half);
        closeSync(open);
      },
      "gives it an older time": (changed) => {
        writeFileSync(`${file}.new`, changed);
        utimesSync(`${file}.new`, new Date(0), new Date(0));
        renameSync(`${file}.new`, file);
      }
    };
    for (const [manner, save] of Object.entries(manners)) {
      for (const time of ["once", "again"]) {
        save(text.replace("## Large offices and small", `## An editor that ${manner} ${time}`));
        await shows(`a page, ${manner}`, "h2", `${manner} ${time}`);
      }
    }
    writeFileSync(file, text);
    await shows("the page as it was", "h2", "Large offices and small");
  });

  test("a raw number, and back", async () => {
    edit("data-loaders/raw/table-02.csv", "Små kontor,Prosent,19%", "Små kontor,Prosent,18%");
    await shows("a raw number", "#table-2 .remark", "differs");
    edit("data-loaders/raw/table-02.csv", "Små kontor,Prosent,18%", "Små kontor,Prosent,19%", true);
    await shows("a raw number, by an editor that moves files", "#table-2 .verdict", "All 51");
  });

  test("says what it computes anew, and computes nothing from what has not changed", async () => {
    const raw = "data-loaders/raw/table-05.csv";
    let told = await toldOf(raw, (text) => text.replace("100%", "99%"), /published\.arrow: computed in/);
    expect(told).toMatch(/not computed, made from nothing that has changed: .*respondents-2008\.arrow/);
    expect(told).not.toMatch(/(report\.json|respondents-2008\.arrow): computed/);

    told = await toldOf(raw, (text) => text.replace("99%", "100%"), /published\.arrow: computed in/);
    expect(told).toMatch(/not computed, made from nothing that has changed/);

    told = await toldOf("data-loaders/raw/claims.csv", (text) => text, /claims\.csv saved/);
    expect(told).toMatch(/not computed, made from nothing that has changed: published\.arrow/);
    expect(told).not.toMatch(/: computed in/);

    const newcombe = "src/statistics/newcombe.ts";
    told = await toldOf(newcombe, (text) => `${text}\n`, /newcombe\.ts saved/);
    expect(told).toMatch(/newcombe\.ts saved\n[\s\S]*no published file is made from it/);
  });

  /** What is said of a save, from what is expected to be said to the end of what the save asks for. */
  async function toldOf(file: string, change: (text: string) => string, expected: RegExp): Promise<string> {
    const path = join(project.folder, file);
    await dev.settled();
    const before = dev.log().length;
    writeFileSync(`${path}~`, change(readFileSync(path, "utf8")));
    renameSync(`${path}~`, path);
    await dev.said(new RegExp(`${expected.source}[^]*${endOfSave}`), before);
    return dev.log().slice(before);
  }

  test("a count that no respondents can have: said in the page, with the least change that mends it", async () => {
    edit("data-loaders/raw/table-02.csv", "Små kontor,Antall,39", "Små kontor,Antall,38");
    await shows("a contradiction", "#problems", "38 would have to be 39");
    edit("data-loaders/raw/table-02.csv", "Små kontor,Antall,38", "Små kontor,Antall,39");
    await page.waitForSelector("#problems", {state: "hidden"});
    await shows("the mended count", "#table-2 .verdict", "All 51");
  });

  test("raw data that cannot be read: the report shows in the page, and goes when mended", async () => {
    edit("data-loaders/raw/table-02.csv", "Store kontor,Antall,84", "Store kontor,Antall,8x4");
    await shows("a broken raw file", "#problems", "table-02.csv:6:3");
    edit("data-loaders/raw/table-02.csv", "8x4", "84");
    await page.waitForSelector("#problems", {state: "hidden"});
    await shows("the mended raw file", "#table-2 .verdict", "All 51");
  });

  test("a loader module, in error and mended", async () => {
    const [module, whole] = ["data-loaders/read/table.ts", 'this.readCell(printed, "p")'];
    const changed = whole.replace("printed", "{...printed, text: printed.text.replace('0,174', '0,175')}");
    edit(module, whole, changed);
    await shows("a loader module", "#table-2 .p-value", "0,175");
    const throwing = whole.replace("printed", "slip(printed)");
    edit(module, changed, throwing);
    await shows("a loader that throws", "#problems", "slip is not defined");
    edit(module, throwing, whole);
    await page.waitForSelector("#problems", {state: "hidden"});
    await shows("the mended loader", "#table-2 .verdict", "All 51");
  });

  test("an analysis module, a figure module, a component", async () => {
    edit("src/tables/comparison.ts", 'as printed.", {total});', 'as printed.", {total: total + 1000});');
    await shows("an analysis module", "#table-2 .verdict", "All 1051");
    edit("src/figures/slopes.ts", "340 : 290", "340 : 291");
    await page.waitForSelector('svg[height="291"]');
    edit("src/components/comparison-table.ts", '<p class="key">', '<p class="key">Printed. ');
    await shows("a component", "#table-2 .key", "Printed.");
  });

  test("a module that does not parse: said in the page, and gone when mended", async () => {
    edit("src/tables/format.ts", "return p <", "return p <<<");
    await shows("a module that does not parse", "#problems", "src/tables/format.ts:");
    edit("src/tables/format.ts", "return p <<<", "return p <");
    await page.waitForSelector("#problems", {state: "hidden"});
    await shows("the mended module", "#table-2 .verdict", "All 1051");
  });

  test("a page: its prose, a cell that throws, and the cell mended", async () => {
    edit("src/who-works-here.md", "## Large offices and small", "## Offices large and small");
    await shows("prose", "h2", "Offices large and small");
    edit("src/who-works-here.md", "table(2, bySize", "table(99, bySize");
    await shows("a cell that throws", ".observablehq--error", "the catalogue has no table 99");
    edit("src/who-works-here.md", "table(99, bySize", "table(2, bySize");
    await shows("the mended cell", "#table-2 .verdict", "All 1051");
    await page.waitForFunction(() => document.querySelector(".observablehq--error") === null);
  });
});
