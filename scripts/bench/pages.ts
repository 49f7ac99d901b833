import {readdirSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import type {Browser} from "playwright-core";
import {launch, serve} from "../browser.js";
import {root} from "../paths.js";

/** What was set as bounds, beside the best that was known: see the columns of {@link measure}. */
const budget = {reading: 100, all: 350, paint: 320, shift: 0.01};

/** A slow phone: 1.6 Mbit/s, 150 ms to the server and back, a processor that is slowed four times. */
const line = {offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8};
const slowdown = 4;

/** What each page of the last build costs its reader, in a browser with an empty cache, with the budget beside it. */
export async function measurePages(): Promise<void> {
  const dist = join(root, "dist");
  const pages = readdirSync(dist).filter((file) => file.endsWith(".html"));
  const server = await serve(dist, true);
  const browser = await launch();
  try {
    console.log("page | kB to read | kB in all | requests | first paint ms | layout shift");
    console.log(`(budget) | ${budget.reading} | ${budget.all} | few | ${budget.paint} | ${budget.shift}`);
    for (const page of pages) {
      console.log([page, ...(await measure(browser, `${server.url}/${page}`))].join(" | "));
    }
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * Kilobytes, each file gzipped, of the page itself, with which everything can be read, and of all that is loaded;
 * requests; milliseconds until the first paint; how far things move, as the browser counts it (cumulative layout shift).
 */
async function measure(browser: Browser, address: string): Promise<string[]> {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", line);
  await session.send("Emulation.setCPUThrottlingRate", {rate: slowdown});
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    sizes.push(response.body().then((body) => gzipSync(body, {level: 9}).length / 1000));
  });
  page.setDefaultTimeout(0);
  await page.goto(address);
  // Cells come to life at a reader's first sign.
  await page.mouse.move(5, 5);
  await page.mouse.move(9, 9);
  await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
  await page.waitForLoadState("networkidle");
  const [paint, shift] = await page.evaluate(async () => {
    const shifts = await new Promise<PerformanceEntryList>((resolve) => {
      const observer = new PerformanceObserver((list) => resolve(list.getEntries()));
      observer.observe({type: "layout-shift", buffered: true});
      setTimeout(() => resolve([]), 100);
    });
    const moved = shifts.reduce((sum, entry) => sum + (entry as PerformanceEntry & {value: number}).value, 0);
    return [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN, moved] as const;
  });
  const kilobytes = await Promise.all(sizes);
  await context.close();
  const all = kilobytes.reduce((sum, size) => sum + size, 0);
  const [reading = 0] = kilobytes;
  return [reading.toFixed(1), all.toFixed(1), String(kilobytes.length), paint.toFixed(0), shift.toFixed(3)];
}
