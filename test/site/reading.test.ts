import {readdirSync, readFileSync} from "node:fs";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {launch, serve, settle} from "./browser.js";

/** Reading the built site: labels, search, figures, keyboard, narrow windows, print. */
describe("a reader", () => {
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

  async function open(path: string, options: Parameters<Browser["newContext"]>[0] = {}) {
    const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
    const page = await context.newPage();
    await page.goto(`${site.url}/${path}`);
    if (options.javaScriptEnabled !== false) await settle(page);
    return page;
  }

  test("switches all labels at once, and finds the choice again on the next page", async () => {
    const page = await open("who-works-here.html");
    const drawn = () => page.locator("figure.plot svg").allTextContents();
    const first = (selector: string) =>
      page.locator(selector).evaluate((node) => {
        const [no, en] = [...node.children].map((child) => child.getBoundingClientRect().top);
        return (no ?? 0) < (en ?? 0) ? "no" : "en";
      });
    const label = "#table-2 thead th:first-child .bilingual";
    expect((await drawn()).join()).toContain("Medium-sized offices");
    expect(await first(label)).toBe("en");
    await page.locator("#label-switch input[value=no]").check();
    await page.waitForFunction(() =>
      [...document.querySelectorAll("figure.plot svg")].some((svg) => svg.textContent?.includes("Mellomstore kontor"))
    );
    expect((await drawn()).join()).not.toContain("Medium-sized offices");
    expect(await first(label)).toBe("no");
    await page.goto(`${site.url}/roles.html`);
    await settle(page);
    expect(await page.locator("#label-switch input[value=no]").isChecked()).toBe(true);
    expect(await first("#table-3 thead th:first-child .bilingual")).toBe("no");
    await page.context().close();
  });

  test.each([
    ["Hva er din rolle i NAV-kontoret", "roles.html#table-"],
    ["What is your role in the NAV office", "roles.html#table-"],
    ["tett samarbeid mellom medarbeiderne", "cooperation.html#table-17"]
  ])("finds a table by its question: %s", async (words, wanted) => {
    const page = await open("index.html");
    await page.locator("#observablehq-search input").focus();
    await page.keyboard.type(words);
    const results = page.locator("#observablehq-search-results a");
    await results.first().waitFor({timeout: 10_000});
    const links = await results.evaluateAll((nodes) => nodes.map((a) => (a as HTMLAnchorElement).href));
    expect(
      links.slice(0, 3).some((link) => link.includes(`/${wanted}`)),
      links.join(" ")
    ).toBe(true);
    await page.context().close();
  });

  test("unfolds a figure’s numbers with one key and saves its drawing", async () => {
    const page = await open("who-works-here.html");
    const figure = page.locator("figure.plot").first();
    const summary = figure.locator(".numbers > summary");
    await summary.focus();
    await page.keyboard.press("Enter");
    expect(await figure.locator(".numbers tbody tr").count()).toBeGreaterThan(3);
    expect(await figure.locator(".numbers tbody tr").first().isVisible()).toBe(true);
    const [download] = await Promise.all([page.waitForEvent("download"), figure.locator(".download").click()]);
    expect(download.suggestedFilename()).toMatch(/\.svg$/);
    const svg = readFileSync(await download.path(), "utf8");
    expect(svg).toMatch(/^<svg[^>]+xmlns=/);
    // The file is to look the same elsewhere: nothing in it may depend on the page.
    expect(svg).not.toMatch(/var\(--|currentColor/);
    const drawing = await browser.newPage();
    await drawing.setContent(svg);
    expect((await drawing.locator("svg").boundingBox())?.width).toBeGreaterThan(200);
    await drawing.close();
    await page.context().close();
  });

  describe.each(pages)("%s", (path) => {
    test("fits a window of 320 pixels, which is 1280 at 400 % zoom", async () => {
      const page = await open(path, {viewport: {width: 320, height: 256}});
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0
      );
      await page.context().close();
    });

    test("is walked through by keyboard in the order in which it reads, and left again", async () => {
      const page = await open(path);
      const order: {y: number; x: number; name: string; main: boolean}[] = [];
      for (let i = 0; i < 400; i++) {
        // In an editor Tab indents; its help says how it is left.
        if (await page.evaluate(() => document.activeElement?.closest(".cm-editor") !== null))
          await page.keyboard.press("Escape");
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const node = document.activeElement;
          if (!node || node === document.body) return null;
          const box = node.getBoundingClientRect();
          const main = node.closest("main") !== null;
          return {y: box.top + window.scrollY, x: box.left, name: node.outerHTML.slice(0, 80), main};
        });
        if (!at) break;
        order.push(at);
        if (order.length > 60) break;
      }
      expect(order.length).toBeGreaterThan(5);
      const inMain = order.filter((stop) => stop.main);
      inMain.slice(1).forEach((stop, i) => {
        const before = inMain[i];
        // What stands in one line may be a little higher or lower than what comes before it.
        // A list in columns goes on at the top of the next one.
        if (before && stop.x < before.x + 40) {
          expect(stop.y, `${stop.name} after ${before.name}`).toBeGreaterThan(before.y - 120);
        }
      });
      // Nowhere does the walk stand still.
      const still = order.slice(1).filter((stop, i) => stop.name === order[i]?.name && stop.y === order[i]?.y);
      expect(still).toEqual([]);
      await page.context().close();
    });

    test("names the language of what is not English", async () => {
      const page = await open(path);
      const unmarked = await page.evaluate(() => {
        const norwegian = /\b(ikke|eller|kontoret|brukere|ansatte|prosent|medarbeider\w*|oppfølging)\b/i;
        const walker = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        while (walker.nextNode()) {
          const text = walker.currentNode;
          const parent = text.parentElement;
          if (!parent || !norwegian.test(text.textContent ?? "")) continue;
          if (parent.closest("[lang=no], code, pre, svg, .drawing, script, textarea, select")) continue;
          found.push((text.textContent ?? "").trim().slice(0, 80));
        }
        return found;
      });
      expect(unmarked).toEqual([]);
      await page.context().close();
    });

    test("prints as clean pages", async () => {
      const page = await open(path);
      await page.emulateMedia({media: "print"});
      for (const selector of [
        "details.code",
        "#observablehq-sidebar",
        "#label-switch",
        ".tools",
        "#observablehq-toc"
      ]) {
        for (const node of await page.locator(selector).all()) expect(await node.isVisible(), selector).toBe(false);
      }
      expect(await page.locator("h1").first().isVisible()).toBe(true);
      expect((await page.pdf()).length).toBeGreaterThan(1000);
      await page.context().close();
    });
  });
});
