import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {seeded} from "../../src/statistics/random.js";
import {launch, listen, serve, settle} from "./browser.js";

/**
 * Every control of every page is put to each of its values, and then several at random. Pages may not make code from
 * text, so a choice whose transform was not compiled when the site was built would end in an error; no choice does.
 */
describe("every control", () => {
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

  // The playground's control is its editor.
  const pages = readdirSync(dist).filter(
    (name) =>
      name.endsWith(".html") &&
      name !== "playground.html" &&
      /<main[\s\S]*<(select|form)\b/.test(readFileSync(join(dist, name), "utf8"))
  );

  /** Keeps what any cell says instead of its output, however shortly it says so. */
  const watch = (page: Page) =>
    page.evaluate(() => {
      const seen: string[] = [];
      const look = () => {
        for (const node of document.querySelectorAll("main .observablehq--error")) seen.push(node.textContent);
        if (/code that was not compiled/.test(document.querySelector("main")?.textContent ?? "")) {
          seen.push("a choice needs code that was not compiled");
        }
      };
      new MutationObserver(look).observe(document.querySelector("main") as Element, {childList: true, subtree: true});
      Object.assign(window, {seen});
    });

  /** How many steps the controls of a page have: the options of its lists, the ends of its sliders, and so on. */
  const steps = (page: Page) =>
    page.evaluate(() => {
      const controls = [...document.querySelectorAll("main :is(select, input, form button)")].filter(
        (node) => !node.closest("details.code, figure .tools") && !(node as HTMLInputElement).disabled
      );
      const values = controls.map((node): string[] => {
        if (node instanceof HTMLSelectElement) return [...node.options].filter((d) => !d.disabled).map((d) => d.value);
        if (!(node instanceof HTMLInputElement)) return ["press"];
        if (node.type === "range") return [node.min, node.max, node.defaultValue];
        if (node.type === "checkbox") return ["press", "press"];
        return node.type === "radio" ? ["press"] : ["a", "", "<&%"];
      });
      return values.flatMap((list, control) => list.map((value) => ({control, value})));
    });

  /** Takes a step, if its control is still there, and waits until the page has drawn. */
  const take = async (page: Page, {control, value}: {control: number; value: string}) => {
    await page.evaluate(
      ([control, value]) => {
        const node = [...document.querySelectorAll("main :is(select, input, form button)")].filter(
          (node) => !node.closest("details.code, figure .tools")
        )[control] as HTMLInputElement | undefined;
        if (!node || node.disabled) return;
        // The options of a list may follow from another control.
        if (node instanceof HTMLSelectElement && ![...node.options].some((d) => d.value === value)) return;
        if (value === "press") node.click();
        else {
          node.value = value;
          node.dispatchEvent(new Event("input", {bubbles: true}));
          node.dispatchEvent(new Event("change", {bubbles: true}));
        }
        return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      },
      [control, value] as const
    );
    await page.waitForFunction(() => document.querySelectorAll("observablehq-loading").length === 0);
  };

  test.each(pages)("of %s", async (name) => {
    const page = await browser.newPage({viewport: {width: 1280, height: 900}});
    const heard = listen(page, site.url);
    await page.goto(`${site.url}/${name}`);
    await settle(page);
    const all = await steps(page);
    expect(all.length).toBeGreaterThan(0);
    await watch(page);
    for (const step of all) await take(page, step);
    const random = seeded(1);
    for (let i = 0; i < 8; i++) {
      const now = await steps(page);
      await take(page, now[Math.floor(random() * now.length)] as (typeof now)[number]);
    }
    expect(await page.evaluate(() => [...new Set((window as unknown as {seen: string[]}).seen)])).toEqual([]);
    expect(heard).toEqual([]);
    await page.close();
  });
});
