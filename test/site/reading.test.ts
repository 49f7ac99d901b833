import {readFileSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {countText} from "../../src/tables/format.js";
import {funnelOf} from "../../src/tables/funnel.js";
import {launch, serve, settle} from "./browser.js";

/** Reading the built site: labels, search, figures. */
describe("a reader", () => {
  const dist = inject("dist");
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
    // One language at a time: what is shown of a text in both.
    const shown = (selector: string) =>
      page
        .locator(selector)
        .evaluate((node) =>
          [...node.children].flatMap((child) =>
            getComputedStyle(child).display === "none" ? [] : [child.getAttribute("lang")]
          )
        );
    const label = "#table-2 thead th:first-child .bilingual";
    const pages = page.locator("#observablehq-sidebar");
    expect((await drawn()).join()).toContain("Medium-sized offices");
    expect(await shown(label)).toEqual(["en"]);
    expect(await pages.textContent()).toContain("Belief in the reform");
    await page.locator("#label-switch input[value=nb]").check();
    await page.waitForFunction(() =>
      [...document.querySelectorAll("figure.plot svg")].some((svg) => svg.textContent?.includes("Mellomstore kontor"))
    );
    expect((await drawn()).join()).not.toContain("Medium-sized offices");
    expect(await shown(label)).toEqual(["nb"]);
    expect(await pages.textContent()).toContain("Tro på reformen");
    expect(await page.locator("#observablehq-search input").getAttribute("placeholder")).toBe("Søk");
    await page.goto(`${site.url}/roles.html`);
    await settle(page);
    expect(await page.locator("#label-switch input[value=nb]").isChecked()).toBe(true);
    expect(await shown("#table-3 thead th:first-child .bilingual")).toEqual(["nb"]);
    await page.context().close();
  });

  test.each([
    ["Hva er din rolle i NAV-kontoret", "roles.html#table-", 390],
    ["What is your role in the NAV office", "roles.html#table-", 1280],
    ["tett samarbeid mellom medarbeiderne", "cooperation.html#table-17", 1280]
  ])("finds a table by its question: %s", async (words, wanted, width) => {
    const page = await open("index.html", {viewport: {width, height: 900}});
    // In a narrow window a button opens the field, which is then the place to type.
    if (width < 640) await page.locator("#find").click();
    else await page.locator("#observablehq-search input").focus();
    expect(await page.evaluate(() => document.activeElement?.matches("#observablehq-search input"))).toBe(true);
    await page.keyboard.type(words);
    const results = page.locator("#observablehq-search-results a");
    await results.first().waitFor({timeout: 0});
    const links = await results.evaluateAll((nodes) => nodes.map((a) => (a as HTMLAnchorElement).href));
    expect(
      links.slice(0, 3).some((link) => link.includes(`/${wanted}`)),
      links.join(" ")
    ).toBe(true);
    await page.context().close();
  });

  test.each(["light", "dark"] as const)(
    "takes a figure away from a %s page: numbers, drawing, sentence",
    async (colorScheme) => {
      const page = await open("who-works-here.html", {colorScheme, permissions: ["clipboard-read", "clipboard-write"]});
      const figure = page.locator("figure.plot").first();
      const title = (await figure.locator("figcaption [lang=en]").textContent()) ?? "";
      const save = async (kind: string) => {
        const button = figure.locator(`[data-as=${kind}]`);
        const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
        expect(download.suggestedFilename()).toBe(`${await figure.getAttribute("id")}.${kind}`);
        return readFileSync(await download.path());
      };
      const summary = figure.locator(".numbers > summary");
      await summary.focus();
      await page.keyboard.press("Enter");
      expect(await figure.locator(".numbers tbody tr").count()).toBeGreaterThan(3);
      expect(await figure.locator(".numbers tbody tr").first().isVisible()).toBe(true);
      await figure.locator(".use > summary").click();
      const svg = String(await save("svg"));
      expect(svg).toMatch(/^<svg[^>]+xmlns=/);
      // The file is to look the same elsewhere, and on white: nothing in it may depend on the page.
      expect(svg).not.toMatch(/var\(--|currentColor|color-mix/);
      expect(svg).toContain("#3e68a0");
      for (const part of [title, "Table 1", "Arbeidsforskningsinstituttet", new Date().toISOString().slice(0, 10)]) {
        expect(svg.replace(/<[^>]*>\s*/g, " ")).toContain(part.slice(0, 30));
      }
      expect((await save("png")).subarray(1, 4).toString()).toBe("PNG");
      expect(String(await save("csv")).split("\n")[0]).toMatch(/Share \(%\)/);
      await figure.getByRole("button", {name: "Copy a sentence with its source"}).click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain(title);
      expect(copied).toContain(`who-works-here.html#${await figure.getAttribute("id")}`);
      const drawing = await browser.newPage();
      await drawing.setContent(svg);
      expect((await drawing.locator("svg").first().boundingBox())?.width).toBeGreaterThan(200);
      await drawing.close();
      await page.context().close();
    }
  );

  test("the register filters, searches and gives away what it shows", async () => {
    const all = tableFromIPC(readFileSync(join(dist, "data/checks.arrow"))).toArray();
    // Checks that settle no printed number stand in a register of their own.
    const checks = all.filter((check) => check.numbers > 0);
    const differing = checks.filter((check) => check.verdict === "differs");
    const page = await open("every-check.html");
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
      await page.context().close();
    }
  });

  test("every page names the same totals, those of the published files", async () => {
    const read = (name: string) => tableFromIPC(readFileSync(join(dist, "data", name))).toArray();
    const {numbers, counts, statements, errors, relations} = funnelOf({
      printed: read("published.arrow").length,
      checks: read("checks.arrow"),
      claims: read("claims.arrow"),
      errata: JSON.parse(readFileSync(join(dist, "data/errata.json"), "utf8"))
    });
    const said: Readonly<Record<string, readonly string[]>> = {
      "index.html": [
        `Of ${numbers.checked} printed numbers that can be checked, ${numbers.by.exact} come out exactly as printed`,
        `Of ${statements.all} statements in the text ${statements.tables.all} can be held against a table`,
        `Of ${errors.all} errors most are slips; ${errors.bearing} bear on a conclusion`
      ],
      "sammendrag.html": [
        `Av ${numbers.checked} trykte tall som kan kontrolleres, stemmer ${numbers.by.exact} nøyaktig`,
        `Av ${statements.all} utsagn i teksten kan ${statements.tables.all} holdes mot en tabell`,
        `Av ${errors.all} feil er de fleste bagateller; ${errors.bearing}`
      ],
      "what-holds.html": [
        `print ${numbers.printed} numbers`,
        `Of the other ${numbers.checked}, ${numbers.by.exact} come out as printed`,
        `${statements.all} statements of the text`,
        `${statements.tables.all} can be held against a table`,
        `${errors.all} are listed below. ${errors.bearing} bear on a conclusion`,
        `must have ${counts.all.compared} of them, in ${counts.all.tables} tables`
      ],
      "every-check.html": [`Each of the ${numbers.checked} printed numbers`],
      "conclusions.html": [`${errors.bearing} of the ${errors.all} errors`],
      "reconstruction.html": [`${counts.bySurvey.get("2010")?.equal} of ${counts.bySurvey.get("2010")?.compared}`],
      "certificate.html": [
        `Of the ${counts.all.compared} printed counts in ${counts.all.tables} tables`,
        `Printed numbers ${numbers.printed} ${numbers.by.exact}`,
        `and form ${relations.all} ${relations.by.exact}`,
        `${errors.all} errors were found in the report: ${errors.changed} change a conclusion, ${errors.weakened} weaken`
      ]
    };
    for (const [path, sentences] of Object.entries(said)) {
      const page = await open(path);
      try {
        const main = (await page.locator("main").textContent()) ?? "";
        const text = main.replaceAll("\u202f", "").replaceAll(/\s+/g, " ");
        for (const sentence of sentences) expect(text, path).toContain(sentence);
      } finally {
        await page.context().close();
      }
    }
  });
});
