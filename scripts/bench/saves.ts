import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {launch} from "../browser.js";
import {copyProject, startDev} from "./workspace.js";

const table2 = "data-loaders/raw/table-02.csv";

/** A kind of save: what each run replaces in a file, and what the page then shows. Putting it back is timed as `back`. */
interface Kind {
  readonly name: string;
  readonly back?: string;
  readonly file: string;
  readonly edit: (text: string, run: number) => string;
  /** An expression of the page that is true once it shows the edit, and false before. */
  readonly shown: (run: number) => string;
  readonly shownBack: string;
}

const verdict = 'document.querySelector("#table-2 .verdict [lang=en]")?.textContent';
const reproduced = `/^All \\d+ numbers reproduce as printed/.test(${verdict})`;
const recomputed =
  '[...document.querySelectorAll("#table-2 .remark")].some((n) => /recomputed as/.test(n.textContent))';
const count = (value: number) =>
  `[...document.querySelectorAll("#table-2 .printed")].some((n) => n.textContent === "${value}") && !${recomputed}`;
// Counts that change places keep every total, so that there are respondents who have them; which ones is new each time.
const moved = Array.from({length: 100}, (_, i) => ({
  few: 1 + ((Date.now() + i) % 29),
  more: 1 + (Math.floor(Date.now() / 29) % 40)
}));
const swap = (text: string, {few, more}: {few: number; more: number}) => {
  const changes: [string, string][] = [
    ["Antall,39,51,", `Antall,${39 + few},${51 - few},`],
    ["Antall,90,83,", `Antall,${90 - few},${83 + few},`],
    ["Antall,84,69,108,93", `Antall,84,69,${108 + more},${93 - more}`],
    ["Antall,89,63,121,76", `Antall,89,63,${121 - more},${76 + more}`]
  ];
  return changes.reduce((changed, [from, to]) => changed.replace(from, to), text);
};

const heading = (text: string) =>
  `[...document.querySelectorAll("h2")].some((n) => n.textContent.includes(${JSON.stringify(text)}))`;
const printedP = (text: string) => `document.querySelector("#table-2 .p-value")?.textContent.includes("${text}")`;

const kinds: readonly Kind[] = [
  {
    name: "a page",
    file: "src/who-works-here.md",
    edit: (text, run) => text.replace(/^## Large offices.*$/m, `## Large offices ${run}`),
    shown: (run) => heading(`Large offices ${run}`),
    shownBack: heading("Large offices and small")
  },
  {
    name: "a transform (src/tables)",
    file: "src/tables/comparison.ts",
    edit: (text, run) => text.replace('as printed.", {total});', `as printed.", {total: total + ${1000 * run}});`),
    shown: (run) => `${verdict}?.includes("All ${run}051 ")`,
    shownBack: reproduced
  },
  {
    name: "a raw percent",
    back: "the percent mended",
    file: table2,
    edit: (text) => text.replace("Prosent,19%", "Prosent,18%"),
    shown: () => `/^\\d+ of \\d+ numbers reproduce/.test(${verdict})`,
    shownBack: reproduced
  },
  {
    name: "raw counts, new respondents",
    back: "the counts mended",
    file: table2,
    edit: (text, run) => swap(text, moved[run - 1] ?? {few: 1, more: 1}),
    shown: (run) => count(39 + (moved[run - 1]?.few ?? 0)),
    shownBack: reproduced
  },
  {
    name: "a count that contradicts others",
    back: "the contradiction mended",
    file: table2,
    edit: (text) => text.replace("Antall,39,", "Antall,38,"),
    shown: () => `document.querySelector("#problems:not([hidden])")?.textContent.includes("38 would have to be 39")`,
    shownBack: `document.querySelector("#problems")?.hidden && ${reproduced}`
  },
  {
    name: "a loader module",
    file: "data-loaders/read/table.ts",
    edit: (text, run) =>
      text.replace(
        'this.readCell(printed, "p")',
        `this.readCell({...printed, text: printed.text.replace("0,174", "0,17${run % 4}")}, "p")`
      ),
    shown: (run) => printedP(`0,17${run % 4}`),
    shownBack: printedP("0,174")
  }
];

/**
 * What a save costs while `npm run dev` runs: in a copy of the project, a file of each kind is saved some times, and the
 * time until the open page shows it is taken. Prints the median and the range of each kind.
 */
export async function measureSaves(runs: number): Promise<void> {
  const project = copyProject();
  const [dev, browser] = await Promise.all([startDev(project.folder), launch()]);
  try {
    const page = await browser.newPage();
    await page.goto(`${dev.url}/who-works-here.html`);
    const shows = (what: string) =>
      page.waitForFunction(what, null, {timeout: 120_000, polling: 20}).catch(() => {
        throw new Error(`never shown: ${what}\n${dev.log().slice(-2000)}`);
      });
    await shows(reproduced);
    const timed = async (file: string, text: string, shown: string) => {
      const start = performance.now();
      writeFileSync(file, text);
      await shows(shown);
      const time = performance.now() - start;
      // What the save asks for beyond what the page shows is not part of the next one.
      await dev.settled();
      return time;
    };
    console.log(`seconds from a save until the open page shows it: median of ${runs}, and range`);
    for (const {name, back, file, edit, shown, shownBack} of kinds) {
      const path = join(project.folder, file);
      const original = readFileSync(path, "utf8");
      const [there, again]: [number[], number[]] = [[], []];
      for (let run = 1; run <= runs; run++) {
        const changed = edit(original, run);
        if (changed === original) throw new Error(`${file} no longer holds what a save changes: ${name}`);
        there.push(await timed(path, changed, shown(run)));
        again.push(await timed(path, original, shownBack));
      }
      print(name, there);
      if (back) print(back, again);
    }
  } finally {
    await browser.close();
    await dev.stop();
    project.remove();
  }
}

function print(name: string, milliseconds: readonly number[]): void {
  const sorted = [...milliseconds].sort((a, b) => a - b).map((time) => (time / 1000).toFixed(2));
  const median = sorted[Math.floor(sorted.length / 2)] ?? "–";
  console.log(`${name.padEnd(34)} ${median}   (${sorted[0]}–${sorted.at(-1)})`);
}
