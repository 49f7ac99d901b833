import {existsSync, readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {setTimeout as delay} from "node:timers/promises";
import {pathToFileURL} from "node:url";
import {JSDOM, VirtualConsole} from "jsdom";
import {type CellPlace, cellMark, isCellMark, loading, outputPlaces, type Runtime} from "../framework.js";
import type {SourceCell} from "./cells.js";
import {recordCompiled} from "./compiled.js";
import {mergeWidths} from "./widths.js";

/** Something that fails a build; with the cell it happened in, or its id, where that is known. */
export interface Problem {
  readonly page: string;
  readonly cell: string | SourceCell | null;
  readonly message: string;
}

/** The widths of the text column for which figures are drawn: of a large window, and of a phone. */
const widths = {wide: 720, narrow: 326};

/** How long a page may take to come to rest. */
const patience = 60_000;

/** The address that a page believes to have. */
const origin = "http://site.invalid";

/**
 * Runs the cells of a built page in a document without a browser, with the very scripts that are published, and gives
 * the page with each cell's output in the place where Framework shows that it is loading, from where the live output
 * takes over. `client` and `script` are the paths of its scripts in the site.
 *
 * The script with all libraries and modules is loaded once for all pages of a process; Framework's client, which takes
 * hold of one document, anew for each.
 */
export async function renderPage(
  folder: string,
  {file, html, client, script}: {file: string; html: string; client: string; script: string}
) {
  const problems: Problem[] = [];
  const asked: string[] = [];
  const found = (message: string, cell: string | null = null) => problems.push({page: file, cell, message});
  const thrown = (error: unknown) => found(describe(error));
  const {window} = new JSDOM(html, {url: `${origin}/${file}`, virtualConsole: new VirtualConsole()});
  paintOnPaper(window);
  const observers = new Set<{tell: () => void}>();
  let width = widths.wide;
  const {compileAtBuild, texts} = recordCompiled();
  /** Timers end with the page that has set them. */
  const timers = new Set<NodeJS.Timeout>();
  const kept = (set: (callback: () => void, delay?: number) => NodeJS.Timeout) => {
    return (callback: () => void, delay?: number) => {
      const timer = set(callback, delay);
      timers.add(timer);
      return timer;
    };
  };
  const restore = lend(window, {
    setTimeout: kept(setTimeout),
    setInterval: kept(setInterval),
    fetch: (address: string | URL) => fetchFile(folder, String(address), asked, found),
    compileAtBuild,
    requestAnimationFrame: (callback: (time: number) => void) => setImmediate(() => callback(performance.now())),
    cancelAnimationFrame: clearImmediate,
    matchMedia: (media: string) => Object.assign(new window.EventTarget(), {media, matches: false}),
    IntersectionObserver: class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
    ResizeObserver: class {
      private readonly targets = new Set<Element>();
      constructor(private readonly callback: (entries: object[]) => void) {
        observers.add(this);
      }
      tell() {
        const entries = [...this.targets].map((target) => ({target, contentRect: {width, height: 0}}));
        if (entries.length > 0) this.callback(entries);
      }
      observe(target: Element) {
        this.targets.add(target);
        setImmediate(() => this.tell());
      }
      unobserve(target: Element) {
        this.targets.delete(target);
      }
      disconnect() {
        this.targets.clear();
      }
    }
  });
  const silenced = console.error;
  const said: string[] = [];
  console.error = (...values: unknown[]) => {
    said.push(values.map(describe).join(" "));
  };
  process.on("uncaughtException", thrown);
  process.on("unhandledRejection", thrown);
  let rendered = html;
  try {
    const own = `${pathToFileURL(join(folder, client)).href}?${encodeURIComponent(file)}`;
    const {runtime, define} = (await import(own)) as {runtime: Runtime; define: (cell: object) => void};
    const cells = (await import(pathToFileURL(join(folder, script)).href)) as {default: (by: typeof define) => void};
    cells.default(define);
    const roots = rootsOf();
    const atRest = async () => {
      if (!(await settle(runtime))) found(`the cells did not come to rest within ${patience / 1000} seconds`);
    };
    await atRest();
    const wide = roots.map((root) => outputOf(root, (node) => node.cloneNode(true)));
    width = widths.narrow;
    for (const observer of [...observers]) observer.tell();
    await atRest();
    // Nothing changes the nodes any more.
    const outputs = new Map(
      roots.map((root, i) => {
        const narrow = outputOf(root, (node) => node);
        return [idOf(root), mergeWidths(wide[i] ?? narrow, narrow)];
      })
    );
    const failed = roots.flatMap((root) => (root._error ? [{cell: idOf(root), message: describe(root._error)}] : []));
    for (const {message, cell} of failed) found(message, cell);
    // What a failing cell throws is written to the console, too; that is one problem and not two.
    const told = (text: string) => failed.some(({message}) => text.includes(message) || message.includes(text));
    for (const text of said) if (!told(text)) found(`console.error: ${text}`);
    runtime.dispose();
    // Cells tidy up behind themselves, in the document that they were run in.
    await new Promise((resolve) => setImmediate(resolve));
    // An output stands before its cell’s comment, in the element that the client removes.
    rendered = html.replaceAll(outputPlaces, (place, id: string) => {
      const output = outputs.get(id);
      if (output === undefined) return place;
      return (output && loading.start + output + loading.end) + cellMark(id);
    });
  } catch (error) {
    thrown(error);
  } finally {
    console.error = silenced;
    process.off("uncaughtException", thrown);
    process.off("unhandledRejection", thrown);
    for (const timer of timers) clearTimeout(timer);
    restore();
    window.close();
  }
  // With the functions that Arquero compiled for its cells, and what these asked for, by paths in the site.
  return {html: rendered, problems, compiled: texts(), asked};
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Canvases that note the rectangles that are filled on them and give them as a drawing: all that colour legends need. */
function paintOnPaper({HTMLCanvasElement: {prototype}}: {HTMLCanvasElement: typeof HTMLCanvasElement}): void {
  const drawings = new WeakMap<HTMLCanvasElement, string>();
  Object.assign(prototype, {
    getContext(this: HTMLCanvasElement) {
      const context = {
        fillStyle: "#000",
        fillRect: (x: number, y: number, width: number, height: number) => {
          const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
          drawings.set(this, `${drawings.get(this) ?? ""}<rect ${place} fill="${context.fillStyle}"/>`);
        }
      };
      return context;
    },
    toDataURL(this: HTMLCanvasElement) {
      const shape = `viewBox="0 0 ${this.width} ${this.height}" preserveAspectRatio="none" shape-rendering="crispEdges"`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${shape}>${drawings.get(this) ?? ""}</svg>`;
      return `data:image/svg+xml,${svg.replaceAll(/[%#<>"]/g, encodeURIComponent)}`;
    }
  });
}

function rootsOf(): CellPlace[] {
  const roots: CellPlace[] = [];
  // 128: comments
  const iterator = document.createNodeIterator(document.body, 128, null);
  for (let node = iterator.nextNode(); node; node = iterator.nextNode()) {
    if (isCellMark(node.nodeValue ?? "")) roots.push(node as CellPlace);
  }
  return roots;
}

function idOf(root: CellPlace): string {
  return root.data.slice(1, -1);
}

/** Waits until every cell has a value and none is computed anew; false when that takes too long. */
async function settle(runtime: Runtime): Promise<boolean> {
  const end = performance.now() + patience;
  let [before, same] = ["", 0];
  while (same < 3) {
    if (performance.now() > end) return false;
    await runtime._computing;
    const values = [...runtime._variables].map(async (variable) => variable._promise?.catch(() => {}));
    await Promise.race([Promise.all(values), delay(end - performance.now(), null, {ref: false})]);
    await delay(2);
    const now = [...runtime._variables].map(({_version}) => _version).join();
    same = now === before && runtime._computing === null ? same + 1 : 0;
    before = now;
  }
  return true;
}

/** What a cell shows now, each node as `take` gives it; nothing where it only says that it is loading. */
function outputOf(root: CellPlace, take: (node: Node) => Node): Element {
  const copy = document.createElement("div");
  for (const node of root._nodes ?? []) {
    if (node.nodeName === "OBSERVABLEHQ-LOADING") continue;
    if (node instanceof Element) writeState(node);
    copy.append(take(node));
  }
  return copy;
}

/** Writes down, as attributes, what form fields hold: a copy in HTML would lose it. */
function writeState(node: Element): void {
  for (const field of [node, ...node.querySelectorAll("input, option")]) {
    if (field instanceof HTMLOptionElement) field.toggleAttribute("selected", field.selected);
    else if (!(field instanceof HTMLInputElement)) continue;
    else if (field.type === "checkbox" || field.type === "radio") field.toggleAttribute("checked", field.checked);
    else field.setAttribute("value", field.value);
  }
}

/** Answers a page’s request from the built folder; a request to elsewhere, or for no file, is a problem. */
async function fetchFile(
  folder: string,
  address: string,
  asked: string[],
  found: (message: string) => void
): Promise<Response> {
  const url = new URL(address, location.href);
  // What a script says of its own address is where it lies on the disk.
  const base = url.protocol === "file:" ? `${pathToFileURL(folder).href}/` : `${origin}/`;
  if (!url.href.startsWith(base)) {
    if (/^(data|blob):/.test(url.protocol)) return fetch(url);
    found(`asks another host: ${url.href}`);
    throw new TypeError(`${url.href} is elsewhere`);
  }
  const path = join(folder, decodeURIComponent(url.href.slice(base.length).replace(/[?#].*$/, "")));
  asked.push(relative(folder, path));
  if (existsSync(path)) return new Response(readFileSync(path));
  found(`asks for a file that is missing: ${relative(folder, path)}`);
  return new Response("not found", {status: 404});
}

/** What Node has too, and a document needs in its own kind. */
const own = "Event EventTarget CustomEvent FormData AbortController AbortSignal navigator MessageEvent".split(" ");

/** Gives this process what a page finds around it; the function that is returned takes it back. */
function lend(window: object, replaced: object): () => void {
  const given = new Map<string, PropertyDescriptor | undefined>();
  const give = (name: string, value: unknown) => {
    given.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, {value, configurable: true, writable: true});
  };
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!(name in globalThis) || own.includes(name)) give(name, Reflect.get(window, name));
  }
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent", "getComputedStyle"]) {
    give(name, (Reflect.get(window, name) as () => unknown).bind(window));
  }
  for (const [name, value] of Object.entries(replaced)) {
    give(name, value);
    Reflect.set(window, name, value);
  }
  return () => {
    for (const [name, before] of given) {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}
