import {readdirSync} from "node:fs";
import {pathToFileURL} from "node:url";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {type Random, seeded} from "../../src/statistics/random.js";
import {launch, serve, settle} from "./browser.js";

/**
 * Whatever goes wrong after a page has been drawn, what is drawn stays, one line says so, and a retry makes the page
 * whole once the fault is gone. Each seed is a page with a few faults out of those below.
 */
describe("a page once drawn loses nothing", () => {
  const dist = inject("dist");
  const pages = readdirSync(dist).filter((name) => name.endsWith(".html") && name !== "404.html");
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([serve(dist), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;
  const hostile = [
    "%",
    "%E0%A4%A",
    "a=b&&=",
    "<b>&amp;",
    "\u202e‮אב",
    "x".repeat(5000),
    "__proto__",
    "null",
    "-1e999",
    "[]",
    "$" + "{1}"
  ];
  const text = (random: Random) =>
    Array.from({length: 1 + Math.floor(random() * 3)}, () => pick(hostile, random)).join("");
  const parameters = ["table", "rows", "columns", "cut", "filter", "pair", "merge-rows", "percent"];

  /** What stands in the way of a page: a part of its address, what its browser keeps or lacks, files that are missing. */
  const faults: Record<string, (random: Random) => Partial<Fault>> = {
    "no network": () => ({missing: /^(?!.*\.html)/}),
    "a data file is gone": () => ({missing: /_file\/data\/[^/]*$/}),
    "one kind of data file is gone": (random) => ({
      missing: new RegExp(pick(["respondents", "published", "report", "claims", "\\.json"], random))
    }),
    "a script is gone": (random) => ({
      missing: new RegExp(pick(["_site/site", "_site/page-", "_site/header", "_site/part-", "search"], random))
    }),
    "it is opened as a file": () => ({origin: pathToFileURL(dist).href}),
    "storage is blocked": () => ({
      script: `for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("denied", "SecurityError"); }})`
    }),
    "storage holds anything": (random) => ({
      script: `for (const store of [localStorage, sessionStorage]) for (const key of ["nav-offices-labels", "observablehq-sidebar", "observablehq-sidebar-scrolly"]) store.setItem(key, ${JSON.stringify(text(random))})`
    }),
    "the browser lacks something": (random) => ({
      script: pick(
        ["IntersectionObserver", "ResizeObserver", "matchMedia", "CompressionStream", "structuredClone"],
        random
      ).replace(/.+/, "delete window.$&")
    }),
    "the fragment is anything": (random) => ({fragment: `#${pick(["", "code=", ":~:text="], random)}${text(random)}`}),
    "the query is anything": (random) => ({query: `?${pick(parameters, random)}=${text(random)}&${text(random)}`})
  };

  interface Fault {
    /** Where the page is opened. */
    readonly origin: string;
    /** The addresses of files that do not arrive. */
    readonly missing: RegExp;
    readonly script: string;
    readonly query: string;
    readonly fragment: string;
  }

  /** How much of a page is drawn, and every error that stands in it. */
  const drawn = (page: Page) =>
    page.evaluate(() => {
      // Of what is there in two widths, the live page has one.
      const main = document.querySelector("main")?.cloneNode(true) as Element;
      for (const copy of main.querySelectorAll("[data-width=narrow]")) copy.remove();
      const count = (selector: string) => main.querySelectorAll(selector).length;
      return {
        figures: count("figure.plot"),
        tables: count("figure.comparison"),
        words: main.textContent.replaceAll(/\s+/g, " ").length,
        menu: document.querySelectorAll("#observablehq-sidebar a").length,
        errors: [...document.querySelectorAll(".observablehq--error")].map((node) => node.textContent)
      };
    });

  const kinds = Object.keys(faults);

  test.each(Array.from({length: Number(process.env.NAV_SEEDS ?? 2 * kinds.length)}, (_, seed) => seed))(
    "seed %i",
    async (seed) => {
      const random = seeded(seed);
      const name = pick(pages, random);
      const chosen = [kinds[seed % kinds.length] ?? "", ...(random() < 0.3 ? [pick(kinds, random)] : [])];
      const fault: Partial<Fault> = Object.assign({}, ...chosen.map((kind) => faults[kind]?.(random)));
      const about = `${name}: ${chosen.join(", ")} ${fault.missing ?? ""} ${fault.query ?? ""} ${fault.fragment ?? ""}`;
      const context = await browser.newContext();
      if (fault.script) await context.addInitScript(fault.script);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      let broken = true;
      await page.route(
        (url) => broken && !url.pathname.endsWith(".html") && (fault.missing?.test(url.pathname) ?? false),
        (route) => route.fulfill({status: 404, body: "not found"})
      );
      await page.goto(`${fault.origin ?? site.url}/${name}${encodeURI(fault.query ?? "")}${fault.fragment ?? ""}`);
      const before = await drawn(page);
      await page.mouse.move(5, 5);
      await page.mouse.move(9, 9);
      const line = page.locator("#not-live:not([hidden])");
      const isLive = () => page.waitForFunction(() => document.querySelectorAll("observablehq-loading").length === 0);
      await Promise.any([line.waitFor(), isLive()]);
      const after = await drawn(page);
      expect(after.errors, about).toEqual([]);
      // A query may ask for something else than what the page shows at first.
      const share = fault.query ? 0.3 : 1;
      expect(after.figures, about).toBeGreaterThanOrEqual(before.figures * share);
      expect(after.tables, about).toBeGreaterThanOrEqual(before.tables * share);
      expect(after.words, about).toBeGreaterThan(before.words * share * 0.9);
      expect(after.menu, about).toBe(before.menu);
      // What waits for a file that does not come may say so in the console.
      expect(
        errors.filter((text) => !/Unable to load file|Failed to fetch/.test(text)),
        about
      ).toEqual([]);
      // A fault of files always shows; others may leave nothing to say.
      if (fault.origin) expect(await line.textContent(), about).toContain("opened as a file");
      if ((await line.isVisible()) && !fault.origin) {
        expect(await line.textContent(), about).toMatch(/could not be loaded \(.+\)/);
        const resting = page.locator("observablehq-loading :is(select, input, button):not([disabled])");
        expect(await resting.count(), about).toBe(0);
        if (!fault.script) {
          broken = false;
          await line.getByRole("button").click();
          await line.waitFor({state: "hidden"});
          await page.waitForLoadState();
          await settle(page);
          expect(await line.isVisible(), about).toBe(false);
        }
      }
      await context.close();
    }
  );
});
