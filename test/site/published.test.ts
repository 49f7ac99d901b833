import {cpSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {launch, settle} from "./browser.js";
import {plainHost} from "./host.js";

const below = "/a/deep/path/";
const dist = inject("dist");

/** The built site, copied below a path of a server that has nothing else. */
describe("the site below a path of a plain file server", () => {
  const folder = mkdtempSync(join(tmpdir(), "published-"));
  let site: Awaited<ReturnType<typeof plainHost>>;
  let browser: Browser;

  beforeAll(async () => {
    cpSync(dist, join(folder, below), {recursive: true});
    [site, browser] = await Promise.all([plainHost(folder), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    rmSync(folder, {recursive: true, force: true});
  });

  test("every printed number stands in its table with JavaScript off", async () => {
    const numbers = tableFromIPC(readFileSync(join(dist, "data/published.arrow"))).toArray();
    const places = JSON.parse(readFileSync(join(dist, "data/places.json"), "utf8")) as {
      table: number;
      page: string;
    }[];
    const context = await browser.newContext({javaScriptEnabled: false});
    const page = await context.newPage();
    const missing: string[] = [];
    const found = new Set<number>();
    for (const place of places) {
      const address = new URL(`${place.page}.html`, `${site.url}${below}`).href;
      if (page.url() !== address) await page.goto(address);
      // What is recomputed may look like what is printed, and does not stand for it.
      const words = await page.locator(`#table-${place.table}`).evaluateAll((figures) =>
        figures.map((figure) => {
          const copy = figure.cloneNode(true) as Element;
          for (const other of copy.querySelectorAll("figcaption, .recomputed, .remark, .verdict")) other.remove();
          for (const part of copy.querySelectorAll("td, th, span, p, text")) part.append(" ");
          return copy.textContent ?? "";
        })
      );
      const shown = countOf(words.flatMap((text) => numbersIn(text)));
      const printed = numbers.filter((number) => number.table === place.table);
      for (const [text, times] of countOf(printed.flatMap((number) => numbersIn(String(number.printed))))) {
        if ((shown.get(text) ?? 0) < times) missing.push(`table ${place.table}: ${text}, ${times} times`);
      }
      if (printed.length > 0) found.add(place.table);
    }
    await context.close();
    expect(missing).toEqual([]);
    expect(found.size).toBe(new Set(numbers.map((number) => number.table)).size);
  });

  test("with JavaScript off, a page says which parts rest, and lists the other pages", async () => {
    const context = await browser.newContext({javaScriptEnabled: false, viewport: {width: 1280, height: 800}});
    const page = await context.newPage();
    const look = async (name: string) => {
      await page.goto(`${site.url}${below}${name}.html`);
      return {
        notice: await page.locator("noscript p").isVisible(),
        search: await page.getByRole("searchbox").isVisible(),
        pages: await page.getByRole("navigation", {name: "Pages"}).getByText("Codebook").isVisible()
      };
    };
    expect(await look("explore")).toEqual({notice: true, search: false, pages: true});
    expect(await look("cooperation")).toEqual({notice: false, search: false, pages: true});
    await context.close();
  });

  /**
   * What counts as loading twice: that the server sends a file's body (status 200) again to the same reader. Asking
   * whether it has changed (304) carries no body. Pages may be sent again; everything they load may not.
   */
  test("moving to another chapter and back loads nothing twice", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    site.sent.length = 0;
    for (const name of ["cooperation.html", "roles.html", "cooperation.html", "roles.html"]) {
      await page.goto(`${site.url}${below}${name}`);
      await settle(page);
      await page.waitForLoadState("networkidle");
    }
    await context.close();
    const sent = site.sent.filter((path) => !path.endsWith(".html"));
    expect(sent.filter((path) => path.includes("/_site/site."))).toHaveLength(1);
    expect(sent.filter((path, i) => sent.indexOf(path) !== i)).toEqual([]);
  });

  test("the page for addresses that lead nowhere needs no other file", async () => {
    const page = await browser.newPage();
    try {
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      const address = `${site.url}${below}404.html`;
      await page.goto(address);
      expect(await page.locator("h1").textContent()).toBe("No such page");
      expect(asked).toEqual([address]);
    } finally {
      await page.close();
    }
  });
});

/** The numbers of a text, with one way of writing the decimal sign and without spaces between thousands. */
function numbersIn(text: string): string[] {
  const plain = text.replaceAll(/(?<=\d)[\s\u202f\u00a0](?=\d{3}(?!\d))/g, "").replaceAll(",", ".");
  return (plain.match(/\d+(?:\.\d+)?|\.\d+/g) ?? []).map((number) => number.replace(/^\./, "0."));
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
