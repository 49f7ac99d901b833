import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {extname, join, normalize} from "node:path";
import {tableFromIPC} from "apache-arrow";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {launch, listen, settle} from "./browser.js";

const below = "/a/deep/path/";
const dist = inject("dist");

/** The built site, copied below a path of a server that has nothing else. */
describe("the site below a path of a plain file server", () => {
  const folder = mkdtempSync(join(tmpdir(), "published-"));
  const pages = readdirSync(dist).filter((name) => name.endsWith(".html"));
  const notebooks = pages.filter((name) => name !== "404.html");
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

  test.each(pages)("%s complains of nothing and asks for nothing outside its path", async (name) => {
    const page = await browser.newPage();
    try {
      const heard = listen(page, `${site.url}${below}`);
      await page.goto(`${site.url}${below}${name}`);
      await settle(page);
      await page.waitForLoadState("networkidle");
      expect(heard).toEqual([]);
    } finally {
      await page.close();
    }
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

  test.each(notebooks)("%s says what it is, and allows no script that does not stand in it", async (name) => {
    const html = readFileSync(join(dist, name), "utf8");
    const content = (attribute: string) => new RegExp(`<meta ${attribute} content="([^"]*)"`).exec(html)?.[1] ?? "";
    expect(html).toMatch(/<html lang="en">/);
    expect(/<title>([^<]*)<\/title>/.exec(html)?.[1]).toMatch(/\S \| \S|\S/);
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
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    expect(scripts).toContain("'self'");
    expect(scripts).not.toMatch(/unsafe-|https?:|\*/);
  });

  test("no two pages have the same title or description", () => {
    for (const pattern of [/<title>([^<]*)/, /<meta name="description" content="([^"]*)"/]) {
      const texts = notebooks.map((name) => pattern.exec(readFileSync(join(dist, name), "utf8"))?.[1]);
      expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
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

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml"
};

/**
 * A server as plain hosts are: it says when a file was changed and answers 304 to who has it already, and no more.
 * `sent` lists the paths whose contents it has sent.
 */
async function plainHost(folder: string): Promise<{url: string; sent: string[]; close: () => void}> {
  const sent: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const about = statSync(file, {throwIfNoEntry: false});
    if (!about?.isFile()) {
      response.writeHead(404).end("not found");
      return;
    }
    const etag = `"${about.size.toString(16)}-${Math.floor(about.mtimeMs).toString(16)}"`;
    const headers = {etag, "last-modified": about.mtime.toUTCString()};
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    sent.push(path);
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, {...headers, "content-type": type}).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}`, sent, close: () => server.close()};
}
