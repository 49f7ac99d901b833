import {readdirSync, readFileSync, statSync} from "node:fs";
import {basename, dirname, join} from "node:path/posix";
import type {SourceCell} from "./cells.js";
import {type Address, addressesInStyles, readFacts} from "./facts.js";
import type {FinishedPage} from "./render.js";
import type {Problem} from "./render-page.js";

/**
 * Everything that is wrong with a built site, the output of its cells included, and can be seen without running it:
 * cells that do not parse, links and anchors that lead nowhere, missing files, and whatever a page would ask of another
 * host.
 */
export function checkSite(folder: string, pages: readonly FinishedPage[]): Problem[] {
  const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).map((file) => file.replaceAll("\\", "/"));
  const known = new Map(pages.map(({file, facts}) => [file, facts]));
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  const factsOf = (file: string) => {
    const facts = known.get(file) ?? readFacts(file, text(file));
    known.set(file, facts);
    return facts;
  };

  /** The file that a path within the site leads to, or null when there is none. */
  const find = (path: string): string | null => {
    const file = path === "." || path.endsWith("/") ? join(path, "index.html") : path;
    const stat = file.startsWith("..") ? undefined : statSync(join(folder, file), {throwIfNoEntry: false});
    if (!stat) return null;
    return stat.isDirectory() ? find(`${file}/`) : file;
  };

  /** What is wrong with an address in a file, or null; `base` is false where the file says itself where the site is. */
  const complaint = (file: string, address: string, link: boolean, base = true): string | null => {
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(address)) {
      if (/^(data|blob|about):/i.test(address)) return null;
      if (!link) return "asks another host";
      return /^javascript:/i.test(address) ? "a link is code" : null;
    }
    const [, path = "", anchor = ""] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(address) ?? [];
    if (path.startsWith("/") && base) {
      return `a ${link ? "link" : "file"} that is there only when the site is at the top of its host`;
    }
    const target = join(base ? dirname(file) : ".", decode(path).replace(/^\//, ""));
    const found = path === "" ? file : find(path.endsWith("/") ? `${target}/` : target);
    if (found === null) return link ? "a link leads nowhere" : "a file is missing";
    // “=” is for anchors that carry something to a script, “:~:” for browsers.
    if (!link || !anchor || /=|^:~:/.test(anchor) || !found.endsWith(".html")) return null;
    return factsOf(found).anchors.includes(decode(anchor)) ? null : "a link leads to a place that is not there";
  };

  const addressesOf = (file: string): readonly Address[] => {
    if (file.endsWith(".html")) return factsOf(file).addresses;
    const read = file.endsWith(".css") ? addressesInStyles : file.endsWith(".js") ? foreignModules : null;
    return read?.(text(file)).map((address) => ({address, link: false, cell: null})) ?? [];
  };
  const unsound = pages.flatMap(({file, cells}) =>
    cells.flatMap((cell) => (cell.error === null ? [] : [{page: file, cell, message: cell.error}]))
  );
  const wrong = files.flatMap((page) =>
    addressesOf(page).flatMap(({address, link, cell}) => {
      const why = complaint(page, address, link, !page.endsWith(".html") || !factsOf(page).hasBase);
      return why === null ? [] : [{page, cell, message: `${why}: ${address}`}];
    })
  );
  return [...unsound, ...wrong];
}

/** Modules from elsewhere; what else a script may ask of other hosts is refused by the pages’ policy. */
function foreignModules(text: string): string[] {
  const imports = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(["'`])((?:https?:)?\/\/[^"'`]*)\1/g);
  return [...imports].map(([, , address = ""]) => address);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Problems as a build tells of them: the page’s source, the line and the first line of the cell, what is wrong. */
export function describeProblems(problems: readonly Problem[], folder: string, pages: readonly FinishedPage[]): string {
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
