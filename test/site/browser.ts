import type {Page} from "playwright-core";

export {launch, serve} from "../../scripts/browser.js";

/** What went wrong on a page while it was open: errors, warnings, failed requests, requests to other hosts. */
export function listen(page: Page, origin: string): string[] {
  const heard: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") heard.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A frame that was taken away while its document was on the way has given up its request.
    const givenUp = request.isNavigationRequest() && request.failure()?.errorText === "net::ERR_ABORTED";
    if (!givenUp) heard.push(`failed: ${request.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()))
      heard.push(`elsewhere: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) heard.push(`status ${response.status()}: ${response.url()}`);
  });
  return heard;
}

/** Waits until every cell of a page has displayed. Cells come to life at a reader's first sign, such as a moving mouse. */
export async function settle(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
  await page.mouse.move(9, 9);
  await page.waitForFunction(() => document.querySelectorAll("observablehq-loading").length === 0);
  await page.evaluate(() => document.fonts.ready);
}
