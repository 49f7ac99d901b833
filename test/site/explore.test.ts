import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {launch, listen, serve, settle} from "./browser.js";

/** The explorer on the built site, as a reader uses it. */
describe("cross any two questions", () => {
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([serve(inject("dist")), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  async function open<T>(query: string, use: (page: Page) => Promise<T>, width = 1280): Promise<T> {
    const page = await browser.newPage({viewport: {width, height: 900}});
    try {
      const heard = listen(page, site.url);
      await page.goto(`${site.url}/explore.html${query}`);
      await settle(page);
      await page.locator(".explorer .summary").filter({hasText: /./}).waitFor();
      // What is seldom chosen is folded away.
      await page.locator(".explorer .more").evaluate((fold) => fold.setAttribute("open", ""));
      const result = await use(page);
      expect(heard).toEqual([]);
      return result;
    } finally {
      await page.close();
    }
  }

  const summary = (page: Page) => page.locator(".explorer .summary").textContent();
  const search = (page: Page) => new URL(page.url()).search;
  const columns = (page: Page) => page.locator("[data-end=columns]");
  const slide = (page: Page, value: number) =>
    columns(page)
      .locator("[name=cut]")
      .evaluate((slider, to) => {
        (slider as HTMLInputElement).value = String(to);
        slider.dispatchEvent(new Event("input", {bubbles: true}));
      }, value);
  const cutsAt = (page: Page) =>
    page
      .locator(".cuts tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent?.trim()))
      );

  test("a reader reproduces table 25, moves its cut and reads off whether role matters", () =>
    open("?table=26", async (page) => {
      const form = page.locator(".explorer form");
      await form.locator("[name=rows]").selectOption("role");
      await columns(page).locator("[name=split]").check();
      expect(await summary(page)).toContain("as in table 25");
      expect(await page.locator(".standing a").first().textContent()).toBe("table 25");
      expect(await form.locator("[name=table]").inputValue()).toBe("25");
      const cells = await page.locator(".crosstab tbody tr").first().locator("td").allTextContents();
      expect(cells.map((text) => text.replace(/\s+/g, " ").trim())).toEqual(["70 41%", "102 59%", "172"]);
      expect((await cutsAt(page)).map((line) => line[2])).toEqual(["open", "open", "yes", "open"]);

      await slide(page, 2);
      expect(search(page)).toContain("cut=2");
      expect(await summary(page)).toContain("do not determine this");
      // Every count of the body is a range, the reconstruction's own beside it in italics.
      for (const cell of await page.locator(".crosstab tbody tr:not(.total) td.open").all()) {
        expect(await cell.locator(".count").textContent()).toContain("–");
        expect(await cell.locator("i.ours").count()).toBe(1);
      }
      expect(await page.locator(".crosstab tbody tr:not(.total) td.open").count()).toBe(12);
      expect(await page.locator(".residuals figure").count()).toBe(0);

      await page.locator(".cuts button[data-cut='3']").click();
      expect(await summary(page)).toContain("as in table 25");
    }));

  test("where the whole scale is printed, every cut has its P", () =>
    open("?table=24", async (page) => {
      const lines = await cutsAt(page);
      expect(lines.map((line) => line[0])).toEqual(["0.059", "0.092", "0.103", "0.009"]);
      expect(lines.map((line) => line[2])).toEqual(["no", "no", "no", "yes"]);
    }));

  test("the choice is in the address; Back undoes it, a drag is one step, and one click brings back the report's", () =>
    open("", async (page) => {
      expect(search(page)).toBe("");
      for (const cut of [2, 1, 4]) await slide(page, cut);
      const dragged = search(page);
      expect(dragged).toBe("?rows=role&columns=view_of_reform&cut=4&percent=row&missing=exclude");
      await columns(page).locator("[name=cut]").dispatchEvent("change");
      await page.locator("[name=missing][value=category]").check();
      await page.locator("[name=filter]").selectOption("gender");
      expect(search(page)).toContain("missing=category&filter=gender:man");
      const sent = page.url();
      const said = await summary(page);
      await page.goBack();
      await page.goBack();
      expect(search(page)).toBe(dragged);
      expect(await columns(page).locator("[name=cut]").inputValue()).toBe("4");
      await page.goBack();
      expect(search(page)).toBe("");
      expect(await summary(page)).toContain("as in table 25");
      await slide(page, 1);
      await page.locator("[name=reset]").click();
      expect(await summary(page)).toContain("as in table 25");
      await page.goto(sent);
      await settle(page);
      expect(await summary(page)).toBe(said);
      expect(await page.locator(".standing.open").first().textContent()).toContain("for this group");
    }));

  test("merges and leaves out categories", () =>
    open("?table=3", async (page) => {
      await columns(page).locator("summary").click();
      await columns(page).locator("[data-code=clerical]").selectOption("other");
      expect(search(page)).toContain("merge-columns=clerical.other");
      expect(await page.locator(".crosstab thead th").count()).toBe(7);
      await columns(page).locator("[data-code=management]").selectOption("drop");
      expect(search(page)).toContain("drop-columns=management");
      expect(await page.locator(".standing").first().textContent()).toContain("follows from table 3");
      expect(await page.locator(".crosstab thead th").count()).toBe(6);
    }));

  test("a pair that is never printed has ranges only", () =>
    open("?rows=role&columns=office_size", async (page) => {
      expect(await page.locator(".standing.open").first().textContent()).toContain("never crosses");
      const counts = await page.locator(".crosstab tbody tr:not(.total) td:not(:last-child) .count").allTextContents();
      expect(counts).toHaveLength(24);
      for (const count of counts) expect(count).toMatch(/^\d+–\d+$/);
      expect(await page.locator("[name=reset]").isDisabled()).toBe(true);
    }));

  test("an address with nonsense says what was found and expected, and shows something", () =>
    open("?rows=foo&columns=role&cut=9&filter=gender:%3Cimg%20src=x%20onerror=alert(1)%3E", async (page) => {
      const told = await page.locator(".explorer .problems").textContent();
      for (const words of ["rows", "“foo”", "expected one of background, gender, role", "cut", "“9”", "<img src=x"]) {
        expect(told).toContain(words);
      }
      expect(await page.locator(".explorer .problems img").count()).toBe(0);
      expect(await page.locator(".crosstab").count()).toBe(1);
      await page.locator("[name=percent][value=column]").check();
      expect(await page.locator(".explorer .problems").textContent()).toBe("");
    }));

  test("an exact P follows where counts are small, in the end as in the published tests", () =>
    open("?table=31", async (page) => {
      await page.waitForFunction(() => /^0\.\d{3}/.test(document.querySelector("[data-exact]")?.textContent ?? ""));
      expect(await page.locator(".test .under").textContent()).toContain("smallest expected count");
    }));

  test("labels follow the switch of languages", () =>
    open("?table=25", async (page) => {
      await page.locator("#label-switch input[value=nb]").check();
      await page.locator(".crosstab th[scope=row] [lang=nb]").first().waitFor();
      expect(await page.locator(".crosstab th[scope=row]").first().textContent()).toBe("Veileder mottak");
    }));

  test("works by keyboard alone", () =>
    open("", async (page) => {
      await columns(page).locator("[name=cut]").focus();
      await page.keyboard.press("ArrowLeft");
      expect(search(page)).toContain("cut=2");
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name)).toBe("cut");
      expect(await columns(page).locator("[name=cut]").getAttribute("aria-valuetext")).toContain("against");
    }));

  test.each([
    ["table=25", 390],
    ["rows=role&columns=office_size", 390],
    ["rows=training&columns=caseload&missing=category&percent=total", 390],
    ["rows=field&columns=none", 390],
    ["rows=cooperation_employers&columns=role&filter=gender:man", 1280]
  ])("no page is too wide or broken: %s at %i", (query, width) =>
    open(
      `?${query}`,
      async (page) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await page.locator(".explorer").textContent()).not.toMatch(/\b(NaN|undefined|null|Infinity)\b/);
      },
      width
    )
  );
});
