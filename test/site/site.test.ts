import {existsSync, mkdirSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {source as axe} from "axe-core";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {root} from "../../scripts/paths.js";
import {countText} from "../../src/tables/format.js";
import {launch, listen, serve, settle} from "./browser.js";

/** The built site in a real browser: every page, at two widths and in two themes. */
describe("the built site", () => {
  const pages = readdirSync(join(root, "src"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replace(/\.md$/, ".html"));
  const screenshots = join(root, "test-results/screenshots");
  const dist = inject("dist");
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([serve(dist), launch()]);
    mkdirSync(screenshots, {recursive: true});
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  async function open(path: string, width = 1280, colorScheme: "light" | "dark" = "light") {
    const page = await browser.newPage({viewport: {width, height: 900}, colorScheme});
    const heard = listen(page, site.url);
    await page.goto(`${site.url}/${path}`);
    await settle(page);
    return {page, heard};
  }

  describe.each(pages)("%s", (path) => {
    test.each([
      [1280, "light"],
      [1280, "dark"],
      [390, "light"],
      [390, "dark"]
    ] as const)("opens without a complaint at %i pixels, %s", async (width, scheme) => {
      const {page, heard} = await open(path, width, scheme);
      try {
        expect(heard).toEqual([]);
        expect(await page.locator(".observablehq--error").allTextContents()).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
          "overflow"
        ).toBeLessThanOrEqual(0);
        expect(await proseOf(page)).not.toMatch(/\b(NaN|undefined|null|Infinity)\b/);
        const file = `${path.replace(/\.html$/, "")}-${width}-${scheme}.png`;
        await page.screenshot({path: join(screenshots, file), fullPage: true});
        expect(await violations(page)).toEqual([]);
      } finally {
        await page.close();
      }
    });

    test("names its language, lets readers zoom, and can be entered by keyboard", async () => {
      const {page} = await open(path);
      try {
        expect(await page.locator("html").getAttribute("lang")).toBe("en");
        expect(await page.locator("meta[name=viewport]").getAttribute("content")).not.toContain("maximum-scale");
        await page.keyboard.press("Tab");
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the text");
        await page.keyboard.press("Enter");
        // The address follows when the page has done what else the key began.
        await page.waitForURL((url) => url.hash === "#observablehq-main", {timeout: 10_000});
      } finally {
        await page.close();
      }
    });

    test("has the code of its cells, folded away", async () => {
      const {page} = await open(path);
      try {
        const folds = page.locator("details.code");
        const source = readFileSync(join(root, "src", path.replace(/html$/, "md")), "utf8");
        expect(await folds.count()).toBe(source.match(/^```js$/gm)?.length ?? 0);
        if ((await folds.count()) === 0) return;
        expect(await folds.first().locator("pre").isVisible()).toBe(false);
        await folds.first().locator("summary").click();
        expect(await folds.first().locator("pre").textContent()).toContain("import ");
      } finally {
        await page.close();
      }
    });
  });

  test("every table on a page shows the numbers of published.arrow", async () => {
    const numbers = tableFromIPC(readFileSync(join(dist, "data/published.arrow"))).toArray();
    const shown = new Set<number>();
    for (const path of pages) {
      const {page} = await open(path);
      for (const figure of await page.locator("figure.comparison").all()) {
        const table = Number((await figure.getAttribute("id"))?.replace("table-", ""));
        const cells = {
          percents: await figure.locator(".printed.percent").allTextContents(),
          others: await figure.locator(".printed:not(.percent, .cumulative, .below)").allTextContents()
        };
        const inPrint = (measure: string) =>
          numbers
            .filter((n) => n.table === table && n.measure === measure)
            .map((n) => String(n.printed).replace("%", ""));
        const bare = (texts: readonly string[]) => texts.map((text) => text.replace(/\s*%/u, "")).sort();
        expect(bare(cells.percents)).toEqual(inPrint("percent").sort());
        // A regression shows its printed significances, beside numbers that follow from beta and t.
        const rest = [...inPrint("count"), ...inPrint("p"), ...inPrint("significance").slice(0, table === 28 ? -1 : 0)];
        expect(bare(cells.others)).toEqual(rest.sort());
        shown.add(table);
      }
      await page.close();
    }
    expect([...shown].sort((a, b) => a - b)).toEqual([...new Set(numbers.map((n) => n.table))].sort((a, b) => a - b));
  });

  test("the register filters, searches and gives away what it shows", async () => {
    const checks = tableFromIPC(readFileSync(join(dist, "data/checks.arrow"))).toArray();
    const differing = checks.filter((check) => check.verdict === "differs");
    const {page} = await open("every-check.html");
    try {
      const register = page.locator(".check-register").first();
      const found = () => register.locator(".found").textContent();
      expect(await found()).toContain(`${countText(checks.length)} of ${countText(checks.length)} lines`);
      await register.locator("select[name=verdict]").selectOption("differs");
      expect(await found()).toContain(`${countText(differing.length)} of ${countText(checks.length)} lines`);
      expect(await register.locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.id))).toEqual(
        differing.map((check) => check.id)
      );
      await register.locator("select[name=table]").selectOption("26");
      expect(await register.locator("tbody tr").count()).toBe(differing.filter((check) => check.table === 26).length);
      const [download] = await Promise.all([page.waitForEvent("download"), register.locator("a.download").click()]);
      expect(download.suggestedFilename()).toBe("checks.csv");
      const csv = readFileSync(await download.path(), "utf8");
      expect(csv.trimEnd().split("\n")[0]).toMatch(/^id,table,kind,place,printed,recomputed/);
      expect(csv).toContain("t26.p");
      await register.locator("select[name=table]").selectOption("");
      await register.locator("select[name=verdict]").selectOption("");
      await register.locator("input[name=text]").fill("no such words anywhere");
      expect(await found()).toContain("0 of");
    } finally {
      await page.close();
    }
  });

  test("what holds shows the counts of the published files", async () => {
    const read = (name: string) => tableFromIPC(readFileSync(join(dist, "data", name))).toArray();
    const [checks, claims] = [read("checks.arrow"), read("claims.arrow")];
    const {page} = await open("what-holds.html");
    try {
      const items = await page.locator("main ul").first().locator("li").allTextContents();
      const plain = items.map((text) => text.replaceAll("\u202f", ""));
      const count = (rows: {verdict: string}[], verdict: string) =>
        rows.filter((row) => row.verdict === verdict).length;
      expect(plain[0]).toContain(`${checks.length} printed numbers`);
      expect(plain[0]).toContain(`${count(checks, "exact")} are as printed`);
      expect(plain[0]).toContain(`${count(checks, "differs")} differ`);
      expect(plain[1]).toContain(`${claims.length} numbers, shares and comparisons`);
      expect(plain[1]).toContain(`${count(claims, "exact")} hold`);
      expect(plain[1]).toContain(`${count(claims, "differs")} do not hold`);
    } finally {
      await page.close();
    }
  });

  test("links within the site lead somewhere", async () => {
    for (const path of pages) {
      const {page} = await open(path);
      const links = await page
        .locator("a[href]")
        .evaluateAll((nodes) => nodes.map((a) => (a as HTMLAnchorElement).href));
      for (const link of links.map((href) => new URL(href))) {
        if (link.origin !== site.url) continue;
        const file = join(dist, link.pathname.endsWith("/") ? `${link.pathname}index.html` : link.pathname);
        expect(existsSync(file), `${path} links to ${link.pathname}`).toBe(true);
        if (!link.hash) continue;
        expect(readFileSync(file, "utf8") + (await page.content()), link.href).toContain(
          `id="${decodeURI(link.hash.slice(1))}"`
        );
      }
      await page.close();
    }
  });
});

/** The text of a page without the code of its cells. */
function proseOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const main = document.querySelector("main")?.cloneNode(true) as HTMLElement;
    for (const code of main.querySelectorAll("details.code")) code.remove();
    return main.textContent ?? "";
  });
}

/**
 * What axe finds on a page, as `rule: element`. One rule of taste is left out: Framework's switch for the list of pages
 * stands before the landmarks, since its styles need it there.
 */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const {axe} = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: object
        ) => Promise<{violations: {id: string; nodes: {target: unknown; failureSummary: string}[]}[]}>;
      };
    };
    return (await axe.run(document, {rules: {region: {enabled: false}}})).violations;
  });
  return found.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${String(node.target)} ${node.failureSummary}`));
}
