import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {basename, dirname, join} from "node:path/posix";
import type {SourceCell} from "./cells.js";
import {addressesInStyles, type Facts, readFacts} from "./facts.js";
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
  const site = new Site(folder, pages);
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
  private readonly known: Map<string, Facts>;

  constructor(
    private readonly folder: string,
    pages: readonly Page[]
  ) {
    this.known = new Map(pages.map(({file, facts}) => [file, facts]));
  }

  text(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  facts(file: string): Facts {
    const facts = this.known.get(file) ?? readFacts(file, this.text(file));
    this.known.set(file, facts);
    return facts;
  }

  /** The file that an address within the site leads to, or null when there is none. */
  find(path: string): string | null {
    const file = path === "." || path.endsWith("/") ? join(path, "index.html") : path;
    const found = join(this.folder, file);
    if (file.startsWith("..") || !existsSync(found)) return null;
    return statSync(found).isDirectory() ? this.find(`${file}/`) : file;
  }
}

function checkDocument(page: string, site: Site): Problem[] {
  const {addresses, hasBase} = site.facts(page);
  return addresses.flatMap(({address, link, cell}) => {
    const wrong = complaint(address, {page, base: hasBase ? null : page, link, site});
    return wrong === null ? [] : [{page, cell, message: `${wrong}: ${address}`}];
  });
}

interface Place {
  readonly page: string;
  readonly base: string | null;
  readonly link: boolean;
  readonly site: Site;
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
  return site.facts(file).anchors.includes(decode(anchor)) ? null : "a link leads to a place that is not there";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function checkStyles(file: string, text: string, site: Site): Problem[] {
  return addressesInStyles(text).flatMap((address) => {
    const wrong = complaint(address, {page: file, base: file, link: false, site});
    return wrong === null ? [] : [{page: file, cell: null, message: `${wrong}: ${address}`}];
  });
}

/** Modules from elsewhere; what else a script may ask of other hosts is refused by the pages’ policy. */
function checkScript(file: string, text: string): Problem[] {
  const imports = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(["'`])((?:https?:)?\/\/[^"'`]*)\1/g);
  return [...imports].map(([, , address = ""]) => ({page: file, cell: null, message: `asks another host: ${address}`}));
}
