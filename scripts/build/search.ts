import {basename} from "node:path/posix";
import MiniSearch from "minisearch";
import {type Found, indexOptions} from "../../src/search/entries.js";
import {bundle} from "./bundle.js";
import {writeHashed} from "./pages.js";

/** A page as the index reads it. */
export interface Searched {
  readonly file: string;
  readonly title: string;
  readonly main: Element | null;
}

/** What the search finds of a page: its sections and its tables. */
export function searched(page: Searched): Found[] {
  return page.file === "404.html" ? [] : [...sectionsOf(page), ...tablesOf(page)];
}

/** Writes the index of what can be found, and the script that searches it. Gives the script's path. */
export async function writeSearch(folder: string, entries: readonly Found[]): Promise<string> {
  const search = new MiniSearch<Found>(indexOptions);
  search.addAll([...new Map(entries.map((entry) => [entry.id, entry])).values()]);
  const index = basename(writeHashed(folder, "_site/search.json", JSON.stringify(search)));
  return bundle(folder, "search", 'import "./search/search.ts";', [], {SEARCH_INDEX: JSON.stringify(`./${index}`)});
}

/** A page in sections: what stands above its first heading under its own address, the rest by headings. */
function sectionsOf({file, title, main}: Searched): Found[] {
  const [name = title] = title.split(" | ");
  const page = file.replace(/(^|\/)index\.html$/, "$1") || "./";
  const found: Found[] = [];
  let [id, heading, text, own] = [page, name, "", ""];
  const close = () => found.push({id, title: heading, text: text.trim(), own: own.trim(), table: ""});
  const walk = (node: Element) => {
    for (const child of node.children) {
      if (/^H[23]$/.test(child.tagName) && child.id) {
        close();
        [id, heading, text, own] = [`${page}#${child.id}`, `${name} › ${textOf(child)}`, "", ownTextOf(child)];
      } else if (child.querySelector("h2[id], h3[id]")) walk(child);
      else if (!child.matches("details.code, h1")) {
        text += ` ${textOf(child)}`;
        own += ` ${ownTextOf(child)}`;
      }
    }
  };
  if (main) walk(main);
  close();
  return found;
}

/** The tables that stand on a page, each found by its number, its title and its question in either language. */
function tablesOf({file, main}: Searched): Found[] {
  return [...(main?.querySelectorAll("figure.comparison[id]") ?? [])].map((figure) => {
    const caption = figure.querySelector("figcaption");
    const text = (selector: string) => caption?.querySelector(selector)?.textContent?.trim() ?? "";
    const number = text(".table-number [lang=en]") || text(".table-number");
    return {
      id: `${file}#${figure.id}`,
      title: `${number}. ${text(":scope > .bilingual [lang=en]")}`,
      text: textOf(caption),
      own: ownTextOf(caption),
      table: figure.id.replace(/^table-/, "")
    };
  });
}

/** What stands in the report's own language beside the English. */
function ownTextOf(node: Element | null): string {
  return [...(node?.querySelectorAll(".bilingual > :not([lang=en])") ?? [])].map((part) => textOf(part)).join(" ");
}

/** The text that a reader sees in English, without the code of cells and with each figure once. */
export function textOf(node: Element | null): string {
  return (node ? read(node) : "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ([.,;:!?)])/g, "$1")
    .trim();
}

function read(node: Element): string {
  let text = "";
  for (const child of node.childNodes) {
    if (child.nodeType === 3) text += child.nodeValue;
    else if (child.nodeType === 1 && !isLeftOut(child as Element)) {
      text += read(child as Element);
      // Neighbouring cells of a table are words of their own.
      if (ofWords.test((child as Element).localName)) text += " ";
    }
  }
  return text;
}

const ofWords = /^(td|th|li|p|h[123]|figcaption|br|text|span|div)$/;

function isLeftOut(node: Element): boolean {
  const classes = (element: Element | null) => element?.getAttribute("class")?.split(/\s+/) ?? [];
  const own = classes(node);
  return (
    /^(pre|style)$/.test(node.localName) ||
    own.includes("use") ||
    own.includes("anchor") ||
    (node.localName === "details" && own.includes("code")) ||
    node.getAttribute("data-width") === "narrow" ||
    (node.getAttribute("lang") !== "en" && classes(node.parentElement).includes("bilingual"))
  );
}
