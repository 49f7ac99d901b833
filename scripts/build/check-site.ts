import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {basename, dirname, join} from "node:path/posix";
import {parseHTML} from "linkedom";
import type {SourceCell} from "./cells.js";
import type {Page} from "./pages.js";
import type {Problem} from "./render-page.js";

/**
 * Everything that is wrong with a built site and can be seen without running it: cells that do not parse, links and
 * anchors that lead nowhere, files that are missing, and whatever a page would ask of another host. Empty when all is
 * well.
 *
 * Cells’ output is expected to stand in the pages already (see render.ts), so that what cells link to, and anchors that
 * cells make, count like all others.
 */
export function checkSite(folder: string, pages: readonly Page[]): Problem[] {
  const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).map((file) => file.replaceAll("\\", "/"));
  const site = new Site(folder);
  return [
    ...checkCells(pages),
    ...files.filter((file) => file.endsWith(".html")).flatMap((file) => checkDocument(file, site)),
    ...files.filter((file) => file.endsWith(".css")).flatMap((file) => checkStyles(file, site.text(file), site)),
    ...files.filter((file) => file.endsWith(".js")).flatMap((file) => checkScript(file, site.text(file)))
  ];
}

/** The cells that cannot be published, as far as that is known without the pages: they may be why there are none. */
export function checkCells(pages: readonly Page[]): Problem[] {
  return pages.flatMap(({file, cells}) =>
    cells.flatMap((cell) => (cell.error === null ? [] : [{page: file, cell, message: cell.error}]))
  );
}

/** Problems as a build tells of them: the page’s source, the line and the first line of the cell, what is wrong. */
export function describeProblems(problems: readonly Problem[], folder: string, pages: readonly Page[]): string {
  const told = problems.map(({page, cell, message}) => {
    const source = pages.find(({file}) => file === page);
    if (!source) return `${page}\n  ${message}`;
    const place = typeof cell === "string" ? source.cells.find(({id}) => id === cell) : cell;
    const name = `${basename(folder)}/${source.source}`;
    if (!place) return `${name}\n  ${message}`;
    const [first = ""] = place.code.trim().split("\n");
    const line = lineOf(place, source.cells, readFileSync(join(folder, source.source), "utf8"));
    return `${name}:${line ?? "?"}, the cell ${place.inline ? `\${${first}}` : first}\n  ${message}`;
  });
  const unique = [...new Set(told)];
  return `${unique.join("\n")}\n${unique.length === 1 ? "One problem." : `${unique.length} problems.`}`;
}

/** The line of a page’s source where a cell begins; cells are looked for in their order, since two may be alike. */
function lineOf(wanted: SourceCell, cells: readonly SourceCell[], text: string): number | null {
  let from = 0;
  for (const cell of cells) {
    const code = cell.inline ? `\${${cell.code}` : cell.code;
    const [first = ""] = code.split("\n");
    const whole = text.indexOf(code, from);
    // In a list or a quotation, the lines of a cell are indented.
    const at = whole < 0 ? text.indexOf(first, from) : whole;
    if (cell === wanted) return at < 0 ? null : text.slice(0, at).split("\n").length;
    if (at >= 0) from = at + first.length;
  }
  return null;
}

/** The files of a built site, each read once. */
class Site {
  private readonly texts = new Map<string, string>();
  private readonly anchors = new Map<string, Set<string>>();

  constructor(private readonly folder: string) {}

  text(file: string): string {
    const text = this.texts.get(file) ?? readFileSync(join(this.folder, file), "utf8");
    this.texts.set(file, text);
    return text;
  }

  /** The file that an address within the site leads to, or null when there is none. */
  find(path: string): string | null {
    const file = path === "." || path.endsWith("/") ? join(path, "index.html") : path;
    const found = join(this.folder, file);
    if (file.startsWith("..") || !existsSync(found)) return null;
    return statSync(found).isDirectory() ? this.find(`${file}/`) : file;
  }

  /** Whether a page has a place of that name. */
  hasAnchor(file: string, name: string): boolean {
    const known = this.anchors.get(file) ?? new Set(anchorsOf(parseHTML(this.text(file)).document));
    this.anchors.set(file, known);
    return known.has(name);
  }
}

/** Places of a page. What a cell shows only on demand, it may name in `data-anchors`, separated by spaces. */
function anchorsOf(document: Document): string[] {
  return [...document.querySelectorAll("[id], a[name], [data-anchors]")].flatMap((node) => [
    node.id,
    node.getAttribute("name") ?? "",
    ...(node.getAttribute("data-anchors")?.split(/\s+/) ?? [])
  ]);
}

/** Attributes that make a browser fetch something by itself, and those that a reader follows. */
const fetched = ["src", "srcset", "poster", "data", "background", "data-site", "data-client", "data-page"];
const followed = ["href", "xlink:href"];

function checkDocument(page: string, site: Site): Problem[] {
  const {document} = parseHTML(site.text(page));
  const problems: Problem[] = [];
  const base = document.querySelector("base[href]") ? null : page;
  for (const node of document.querySelectorAll("*")) {
    const found = (message: string) => problems.push({page, cell: cellOf(node), message});
    const link = node.localName === "a" || node.localName === "area" || isMereLink(node);
    for (const {name, value} of [...node.attributes]) {
      const isFetched = fetched.includes(name) && !(name === "data" && node.localName !== "object");
      if (!isFetched && !followed.includes(name)) continue;
      const addresses = name === "srcset" ? value.split(",").map((part) => part.trim().split(/\s+/)[0] ?? "") : [value];
      for (const address of addresses) checkAddress(address, {page, base, link: !isFetched && link, site, found});
    }
    const style = node.localName === "style" ? node.textContent : node.getAttribute("style");
    for (const address of addressesInStyles(style ?? "")) {
      checkAddress(address, {page, base, link: false, site, found});
    }
  }
  return problems;
}

/** `<link>`s that tell of an address and fetch nothing. */
function isMereLink(node: Element): boolean {
  return (
    node.localName === "link" && /^(canonical|alternate|license|author|next|prev)$/.test(node.getAttribute("rel") ?? "")
  );
}

interface Place {
  readonly page: string;
  readonly base: string | null;
  readonly link: boolean;
  readonly site: Site;
  readonly found: (message: string) => void;
}

function checkAddress(address: string, place: Place): void {
  const wrong = complaint(address, place);
  if (wrong !== null) place.found(`${wrong}: ${address}`);
}

/** What is wrong with an address, or null. */
function complaint(address: string, {page, base, link, site}: Place): string | null {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(address)) {
    if (/^(data|blob|about):/i.test(address)) return null;
    if (!link) return "asks another host";
    return /^javascript:/i.test(address) ? "a link is code" : null;
  }
  const [, path = "", anchor = ""] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(address) ?? [];
  // Framework’s page for addresses that lead nowhere is told by <base> where the site is.
  if (path.startsWith("/") && base !== null) {
    return `a ${link ? "link" : "file"} that is there only when the site is at the top of its host`;
  }
  const target = join(base === null ? "." : dirname(page), decode(path).replace(/^\//, ""));
  const file = path === "" ? page : site.find(path.endsWith("/") ? `${target}/` : target);
  if (file === null) return link ? "a link leads nowhere" : "a file is missing";
  // “=” is for anchors that carry something to a script, “:~:” for browsers.
  if (!link || !anchor || /=|^:~:/.test(anchor) || !file.endsWith(".html")) return null;
  return site.hasAnchor(file, decode(anchor)) ? null : "a link leads to a place that is not there";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The cell whose output an element is part of. */
function cellOf(node: Element): string | null {
  const mark = node.closest("observablehq-loading")?.nextSibling;
  return mark?.nodeType === 8 ? (mark.nodeValue ?? "").slice(1, -1) : null;
}

function addressesInStyles(text: string): string[] {
  const named = text.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)|@import\s+(["'])(.*?)\3/g);
  return [...named].flatMap(([, , url, , file]) => url ?? file ?? []).filter((address) => !address.startsWith("#"));
}

function checkStyles(file: string, text: string, site: Site): Problem[] {
  const problems: Problem[] = [];
  const found = (message: string) => problems.push({page: file, cell: null, message});
  for (const address of addressesInStyles(text)) {
    checkAddress(address, {page: file, base: file, link: false, site, found});
  }
  return problems;
}

/** Modules from elsewhere; what else a script may ask of other hosts is refused by the pages’ policy. */
function checkScript(file: string, text: string): Problem[] {
  const imports = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(["'`])((?:https?:)?\/\/[^"'`]*)\1/g);
  return [...imports].map(([, , address = ""]) => ({page: file, cell: null, message: `asks another host: ${address}`}));
}
