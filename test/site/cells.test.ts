import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, beforeEach, describe, expect, inject, test} from "vitest";
import {launch, listen, serve, settle} from "./browser.js";

/** The cells of the notebooks, edited and rerun in the built site, under the policy that its pages have. */
describe("a cell of a notebook, edited in place", () => {
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;
  let page: Page;
  let heard: string[];

  beforeAll(async () => {
    [site, browser] = await Promise.all([serve(inject("dist")), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({viewport: {width: 1280, height: 900}});
    heard = listen(page, site.url);
  });

  /** Unfolds the first cell with these words in its code and opens its editor; gives the cell. */
  async function edit(path: string, words: string) {
    await page.goto(`${site.url}/${path}`);
    await settle(page);
    await page.locator("#code-switch").selectOption("shown");
    const cell = page.locator("details.code", {hasText: words}).first();
    await cell.getByRole("button", {name: "Edit and rerun"}).click();
    await cell.locator(".cm-content").waitFor();
    return cell;
  }

  type Cell = Awaited<ReturnType<typeof edit>>;

  async function run(cell: Cell): Promise<string> {
    await cell.locator("[name=run]").click();
    const status = cell.locator(".status[role=status]");
    await status.filter({hasText: /Done|Stopped|Line|Error|could not/}).waitFor({timeout: 0});
    return (await status.textContent()) ?? "";
  }

  /** Puts other code in the place of a cell's. */
  async function put(cell: Cell, code: string): Promise<void> {
    await cell.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(code);
  }

  test("as it is, draws what the page shows; changed, it draws the change; Close leaves the page as it was", async () => {
    const cell = await edit("who-leads.html", "sharesWithIntervals(leaders");
    const marks = (svg: Element) => svg.querySelectorAll("circle, rect, path, line").length;
    const onPage = await page.locator("figure.plot svg").first().evaluate(marks);
    expect(await run(cell)).toMatch(/^Done/);
    // Drawings of foreign code stand in a frame.
    const drawn = cell.frameLocator(".result iframe").locator("svg").first();
    expect(await drawn.evaluate(marks)).toBe(onPage);
    await put(cell, "leaders.numRows()");
    expect(await run(cell)).toMatch(/^Done/);
    expect(Number(await cell.locator(".result pre").first().textContent())).toBeGreaterThan(3);
    await cell.locator("[name=close]").click();
    await expect.poll(() => cell.locator(".cm-content").count()).toBe(0);
    expect(await page.locator("figure.plot svg").first().evaluate(marks)).toBe(onPage);
    expect(heard).toEqual([]);
    await page.close();
  });

  test("a transform that others rest on shows what follows from it", async () => {
    const cell = await edit("who-leads.html", "const byBackground = respondents");
    expect(await run(cell)).toMatch(/^Done/);
    expect(await cell.locator(".further").count()).toBe(1);
    expect(await cell.locator(".result iframe").count()).toBeGreaterThan(0);
    expect(heard).toEqual([]);
    await page.close();
  });

  test("code that fails says where, and leaves the page and the other cells alone", async () => {
    const cell = await edit("who-leads.html", "sharesWithIntervals(leaders");
    const text = await page.locator("main").evaluate((main) => main.querySelector("h1")?.textContent);
    await put(cell, "const a = 1;\nnothing.here;");
    expect(await run(cell)).toMatch(/^Line 2: .*nothing is not defined/);
    expect(await page.locator("main h1").textContent()).toBe(text);
    await cell.locator("[name=reset]").click();
    expect(await run(cell)).toMatch(/^Done/);
    expect(heard).toEqual([]);
    await page.close();
  });

  test.each(["reconstruction.html", "unit-managers.html"])("every cell of %s runs as it is", async (path) => {
    await page.goto(`${site.url}/${path}`);
    await settle(page);
    await page.locator("#code-switch").selectOption("shown");
    const cells = page.locator("details.code");
    const count = await cells.count();
    expect(count).toBeGreaterThan(5);
    for (let i = 0; i < count; i++) {
      const cell = cells.nth(i);
      await cell.getByRole("button", {name: "Edit and rerun"}).click();
      expect(await run(cell), (await cell.textContent())?.slice(0, 120)).toMatch(/^Done/);
      await cell.locator("[name=close]").click();
    }
    expect(heard).toEqual([]);
    await page.close();
  });
});
