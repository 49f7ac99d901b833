import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {root} from "../../scripts/paths.js";
import {launch} from "./browser.js";
import {plainHost} from "./host.js";
import {type Visit, visit, walk} from "./visit.js";

const below = "/a/deep/path/";
const dist = inject("dist");
const pages = readdirSync(dist).filter((name) => name.endsWith(".html") && name !== "404.html");

/** Every page of the built site, below a path of a server that has nothing else: one visit a width, all looks in it. */
describe("the built site", () => {
  const folder = mkdtempSync(join(tmpdir(), "site-"));
  let host: Awaited<ReturnType<typeof plainHost>>;
  let browser: Browser;
  let site: string;
  const wide = new Map<string, Visit>();

  beforeAll(async () => {
    cpSync(dist, join(folder, below), {recursive: true});
    [host, browser] = await Promise.all([plainHost(folder), launch()]);
    site = `${host.url}${below}`;
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
    rmSync(folder, {recursive: true, force: true});
  });

  describe.each(pages)("%s", (path) => {
    describe.each([1280, 390])("at %i pixels", (width) => {
      let seen: Visit;
      let page: Page;
      beforeAll(async () => {
        ({page, visit: seen} = await visit(browser, `${site}${path}`, site, width));
        if (width === 1280) wide.set(path, seen);
      });
      afterAll(() => page?.close());

      test("opens without a complaint, asks for nothing outside its path, and is not too wide", () => {
        expect(seen.heard).toEqual([]);
        expect(seen.errors).toEqual([]);
        expect(seen.overflow).toBeLessThanOrEqual(0);
        expect(seen.prose).not.toMatch(/\b(NaN|undefined|null|Infinity)\b/);
      });

      test("has nothing that axe finds, in light and in dark", () => {
        expect(seen.violations).toEqual([]);
      });

      test("names its languages, and lets readers zoom", () => {
        expect(seen.lang).toMatch(/^(en|nb)$/);
        expect(seen.viewport).not.toContain("maximum-scale");
        if (seen.lang === "en") expect(seen.unmarked).toEqual([]);
      });

      test("prints as clean pages", async () => {
        expect(seen.onPaper).toEqual([]);
        // Paper is as wide, whatever the window.
        if (width === 1280) expect((await page.pdf()).length).toBeGreaterThan(1000);
      });

      if (width === 1280) {
        test("is entered and walked through by keyboard in the order in which it reads, and left again", async () => {
          const order = await walk(page, 60);
          expect(order[0]?.name).toContain("observablehq-main");
          expect(order.length).toBeGreaterThan(5);
          const inMain = order.filter((stop) => stop.main);
          inMain.slice(1).forEach((stop, i) => {
            const before = inMain[i];
            // What stands in one line may be a little higher or lower than what comes before it; a list in columns
            // goes on at the top of the next one.
            if (before && stop.x < before.x + 40) {
              expect(stop.y, `${stop.name} after ${before.name}`).toBeGreaterThan(before.y - 120);
            }
          });
          // Nowhere does the walk stand still.
          const still = order
            .slice(1)
            .filter((stop, i) => stop.name === order[i]?.name && stop.y === order[i]?.y && stop.x === order[i]?.x);
          expect(still).toEqual([]);
        });

        test("the skip link leads to the text", async () => {
          await page.locator("a", {hasText: "Skip to the text"}).first().focus();
          await page.keyboard.press("Enter");
          await page.waitForURL((url) => url.hash === "#observablehq-main");
        });

        test("has the code of its cells, folded away", () => {
          const source = readFileSync(join(root, "src", path.replace(/html$/, "md")), "utf8");
          const html = readFileSync(join(dist, path), "utf8");
          const cells = source.match(/^```js$/gm)?.length ?? 0;
          expect(html.match(/<details class="code"/g)?.length ?? 0).toBe(cells);
        });
      } else {
        test("fits a window of 320 pixels, which is 1280 at 400 % zoom", async () => {
          await page.setViewportSize({width: 320, height: 256});
          // Figures are drawn anew for the narrow window.
          await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
        });
      }
    });

    test("says what it is, and allows no script that does not stand in it", () => {
      const html = readFileSync(join(dist, path), "utf8");
      const content = (attribute: string) => new RegExp(`<meta ${attribute} content="([^"]*)"`).exec(html)?.[1] ?? "";
      expect(/<title>([^<]*)<\/title>/.exec(html)?.[1]).toMatch(/\S/);
      for (const attribute of [
        'name="description"',
        'property="og:title"',
        'property="og:description"',
        'property="og:type"',
        'property="og:site_name"'
      ]) {
        expect(content(attribute).trim(), attribute).not.toBe("");
      }
      // An address is named only where the one who builds has said it.
      const address = process.env.NAV_SITE_URL;
      expect(html.includes('<link rel="canonical"')).toBe(Boolean(address));
      expect(html.includes('property="og:url"')).toBe(Boolean(address));
      const policy = content('http-equiv="Content-Security-Policy"');
      expect(policy).toContain("default-src 'none'");
      // Nothing of it lets a page ask another host.
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
      const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
      expect(scripts).toContain("'self'");
      expect(scripts).not.toMatch(/unsafe-|https?:|\*/);
    });
  });

  test("every table shows the numbers of published.arrow", () => {
    const numbers = tableFromIPC(readFileSync(join(dist, "data/published.arrow"))).toArray();
    const shown = new Set<number>();
    for (const {table, percents, others} of [...wide.values()].flatMap(({tables}) => tables)) {
      const inPrint = (measure: string) =>
        numbers
          .filter((n) => n.table === table && n.measure === measure)
          .map((n) => String(n.printed).replace("%", ""));
      const bare = (texts: readonly string[]) => texts.map((text) => text.replace(/\s*%/u, "")).sort();
      expect(bare(percents)).toEqual(inPrint("percent").sort());
      // A regression shows its printed significances, beside numbers that follow from beta and t.
      const rest = [...inPrint("count"), ...inPrint("p"), ...inPrint("significance").slice(0, table === 28 ? -1 : 0)];
      expect(bare(others)).toEqual(rest.sort());
      shown.add(table);
    }
    expect([...shown].sort((a, b) => a - b)).toEqual([...new Set(numbers.map((n) => n.table))].sort((a, b) => a - b));
  });

  test("links within the site lead somewhere", () => {
    const ids = new Map([...wide].map(([path, seen]) => [path, new Set(seen.ids)]));
    for (const [path, {links}] of wide) {
      for (const link of links.map((href) => new URL(href)).filter(({href}) => href.startsWith(site))) {
        const name = decodeURI(link.pathname.slice(below.length)) || "index.html";
        expect(existsSync(join(dist, name)), `${path} links to ${link.pathname}`).toBe(true);
        const hash = decodeURIComponent(link.hash.slice(1));
        if (hash && !hash.startsWith("code="))
          expect(ids.get(name)?.has(hash), `${path} links to ${link.href}`).toBe(true);
      }
    }
  });

  test("no two pages have the same title or description", () => {
    for (const pattern of [/<title>([^<]*)/, /<meta name="description" content="([^"]*)"/]) {
      const texts = pages.map((name) => pattern.exec(readFileSync(join(dist, name), "utf8"))?.[1]);
      expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
    }
  });
});
