import {join} from "node:path";
import {source as axe} from "axe-core";
import type {Browser, Page} from "playwright-core";
import {listen, settle} from "./browser.js";

/** A stop of the walk through a page by keyboard. */
export interface Stop {
  readonly y: number;
  readonly x: number;
  readonly name: string;
  readonly main: boolean;
}

/** All that is observed of a page in one visit at one width, in both themes. */
export interface Visit {
  /** Errors, warnings, failed requests, and requests outside the site. */
  readonly heard: readonly string[];
  /** What cells say instead of their output. */
  readonly errors: readonly string[];
  /** Pixels by which the page is wider than its window. */
  readonly overflow: number;
  /** Its text without the code of its cells. */
  readonly prose: string;
  /** What axe finds, in the light theme, and of contrasts in the dark one. */
  readonly violations: readonly string[];
  readonly lang: string | null;
  readonly viewport: string | null;
  /** Text that is Norwegian and is not marked so. */
  readonly unmarked: readonly string[];
  /** For each printed table of the page: its number, and the numbers that it shows as printed. */
  readonly tables: readonly {readonly table: number; readonly percents: string[]; readonly others: string[]}[];
  /** Every link's address. */
  readonly links: readonly string[];
  /** Every element's id. */
  readonly ids: readonly string[];
  /** What is visible on paper and should not be. */
  readonly onPaper: readonly string[];
}

/** Whoever wants to look at the pages names a folder; pictures take longer than all else that is observed. */
const screenshots = process.env.SCREENSHOTS;

/** Opens a page, looks at all of it, and leaves it open for those who want to use it. */
export async function visit(
  browser: Browser,
  address: string,
  site: string,
  width: number
): Promise<{page: Page; visit: Visit}> {
  const page = await browser.newPage({viewport: {width, height: 900}});
  const heard = listen(page, site);
  await page.goto(address);
  await settle(page);
  await page.waitForLoadState("networkidle");
  const seen = await page.evaluate(look);
  const name = address.slice(site.length).replace(/\.html$/, "");
  const picture = async (theme: string) => {
    if (screenshots) await page.screenshot({path: join(screenshots, `${name}-${width}-${theme}.png`), fullPage: true});
  };
  await picture("light");
  // What unfolds is looked at too; code is not, which would offer its editor.
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("details:not(.code)")) fold.open = true;
  });
  await page.evaluate(axe);
  const light = await violations(page, {region: {enabled: false}});
  await page.emulateMedia({colorScheme: "dark"});
  await picture("dark");
  const dark = await violations(page, null);
  await page.emulateMedia({colorScheme: "light", media: "print"});
  const onPaper = await page.evaluate(
    (selectors) =>
      selectors.filter((selector) =>
        [...document.querySelectorAll(selector)].some((node) => (node as HTMLElement).checkVisibility())
      ),
    ["details.code", "#observablehq-sidebar", "#label-switch", ".tools", "#observablehq-toc"]
  );
  await page.emulateMedia({media: "screen"});
  return {page, visit: {...seen, heard, violations: [...light, ...dark.map((line) => `dark: ${line}`)], onPaper}};
}

/** Walks through a page by keyboard, from its top, for so many stops at most. */
export async function walk(page: Page, most: number): Promise<Stop[]> {
  const order: Stop[] = [];
  while (order.length <= most) {
    // In an editor Tab indents; its help says how it is left.
    if (await page.evaluate(() => document.activeElement?.closest(".cm-editor") !== null))
      await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) return null;
      const box = node.getBoundingClientRect();
      const main = node.closest("main") !== null;
      // What stays in view while the page moves is where it began.
      let sticky: Element | null = node;
      while (sticky && getComputedStyle(sticky).position !== "sticky") sticky = sticky.parentElement;
      const moved = sticky?.parentElement
        ? sticky.getBoundingClientRect().top - sticky.parentElement.getBoundingClientRect().top
        : 0;
      return {y: box.top - moved + window.scrollY, x: box.left, name: node.outerHTML.slice(0, 80), main};
    });
    if (!at) break;
    order.push(at);
  }
  return order;
}

/** Runs in the page. */
function look() {
  const main = document.querySelector("main") ?? document.body;
  const copy = main.cloneNode(true) as HTMLElement;
  for (const code of copy.querySelectorAll("details.code")) code.remove();
  const norwegian = /\b(ikke|eller|kontoret|brukere|ansatte|prosent|medarbeider\w*|oppfølging)\b/i;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const unmarked: string[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent ?? "";
    const parent = walker.currentNode.parentElement;
    if (!parent || !norwegian.test(text)) continue;
    if (parent.closest("[lang=nb], code, pre, svg, .drawing, script, textarea, select")) continue;
    unmarked.push(text.trim().slice(0, 80));
  }
  const texts = (within: Element, selector: string) =>
    [...within.querySelectorAll(selector)].map((node) => node.textContent ?? "");
  return {
    errors: texts(document.body, ".observablehq--error"),
    overflow: document.documentElement.scrollWidth - window.innerWidth,
    prose: copy.textContent ?? "",
    lang: document.documentElement.getAttribute("lang"),
    viewport: document.querySelector("meta[name=viewport]")?.getAttribute("content") ?? null,
    unmarked,
    tables: [...document.querySelectorAll("figure.comparison")].map((figure) => ({
      table: Number(figure.id.replace("table-", "")),
      percents: texts(figure, ".printed.percent"),
      others: texts(figure, ".printed:not(.percent, .cumulative, .below)")
    })),
    links: [...document.querySelectorAll("a[href]")].map((a) => (a as HTMLAnchorElement).href),
    ids: [...document.querySelectorAll("[id]")].map(({id}) => id)
  };
}

/**
 * What axe finds on a page, as `rule: element`; with no rules named, contrasts alone. One rule of taste is left out:
 * Framework's switch for the list of pages stands before the landmarks, since its styles need it there.
 */
async function violations(page: Page, rules: object | null): Promise<string[]> {
  const found = await page.evaluate(
    async (options) => {
      const {axe} = window as unknown as {
        axe: {
          run: (
            context: Document,
            options: object
          ) => Promise<{violations: {id: string; nodes: {target: unknown; failureSummary: string}[]}[]}>;
        };
      };
      return (await axe.run(document, options)).violations;
    },
    rules === null ? {runOnly: ["color-contrast"]} : {rules}
  );
  return found.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${String(node.target)} ${node.failureSummary}`));
}
