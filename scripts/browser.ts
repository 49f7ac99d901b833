import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join, normalize} from "node:path";
import {gzipSync} from "node:zlib";
import bundled from "@sparticuz/chromium";
import {type Browser, chromium} from "playwright-core";
import {typeOf} from "./framework.js";
import {machineProblem} from "./machine.js";

/** Where browsers are found on the machines that have one; the one that comes with the packages runs on Linux only. */
const installed = [
  process.env.CHROME_PATH,
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"
];

/**
 * Made for a function in the cloud that opens one page: these would hang a second one, or turn off what keeps sites
 * apart.
 */
const unwanted =
  /^--(headless|single-process|no-zygote|in-process-gpu|disable-web-security|disable-site-isolation-trials|disable-features|allow-running-insecure-content)/;

/** A browser that makes no request of its own. */
export async function launch(): Promise<Browser> {
  const found = installed.find((path) => path && existsSync(path));
  const executablePath = found ?? (await bundled.executablePath());
  const args = [
    ...(found ? [] : bundled.args.filter((arg) => !unwanted.test(arg))),
    // As browsers on computers do by themselves: each origin has a process of its own.
    ..."--site-per-process --no-sandbox --no-first-run".split(" "),
    ..."--disable-background-networking --disable-component-update --disable-sync".split(" ")
  ];
  return chromium.launch({executablePath, args, headless: true}).catch((error: unknown) => {
    throw new Error(machineProblem(error) ?? String(error), {cause: error});
  });
}

/** Serves a folder as any plain file server does, on a free port of this machine; `compressed` as most hosts send it. */
export async function serve(folder: string, compressed = false): Promise<{url: string; close: () => void}> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const body = await readFile(file).catch(() => null);
    if (body === null) return response.writeHead(404).end("not found");
    const type = await typeOf(file);
    response.setHeader("content-type", type?.replace(/^text\/.*/, "$&; charset=utf-8") ?? "application/octet-stream");
    if (!compressed || !type) return response.end(body);
    return response.setHeader("content-encoding", "gzip").end(gzipSync(body, {level: 9}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}`, close: () => server.close()};
}
