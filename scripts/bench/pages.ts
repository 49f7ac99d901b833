import {existsSync, readdirSync} from "node:fs";
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

/** Longer than a page waits for its reader before its cells start on their own. */
const untilAlive = 7000;

interface Cost {
  /** Kilobytes, each file gzipped: the page itself, with which everything can be read, and all that is loaded. */
  readonly reading: number;
  readonly all: number;
  readonly requests: number;
  /** Milliseconds until the first paint. */
  readonly paint: number;
  /** How far things move, as the browser counts it (cumulative layout shift). */
  readonly shift: number;
}

/**
 * What each page of the last build costs its reader, in a browser with an empty cache, with
 * the budget beside it. Nothing is asserted: a busy machine is no error.
 */
export async function measurePages(): Promise<void> {
  const dist = join(root, "dist");
  if (!existsSync(dist)) {
    console.log("There are no pages to measure: npm run build makes them.");
    return;
  }
  const pages = readdirSync(dist).filter((file) => file.endsWith(".html"));
  const server = await serve(dist, true);
  const browser = await launch();
  try {
    console.log("page | kB to read | kB in all | requests | first paint ms | layout shift");
    console.log(`(budget) | ${budget.reading} | ${budget.all} | few | ${budget.paint} | ${budget.shift}`);
    for (const page of pages) {
      const {reading, all, requests, paint, shift} = await measure(browser, `${server.url}/${page}`);
      const numbers = [reading.toFixed(1), all.toFixed(1), requests, paint.toFixed(0), shift.toFixed(3)];
      console.log([page, ...numbers].join(" | "));
    }
  } finally {
    await browser.close();
    server.close();
  }
}

async function measure(browser: Browser, address: string): Promise<Cost> {
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
  await page.goto(address);
  await page.waitForTimeout(untilAlive);
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
  return {reading: kilobytes[0] ?? 0, all, requests: kilobytes.length, paint, shift};
}
