import {parseHTML} from "linkedom";
import {tilesOf} from "./gallery.js";
import {searched, textOf} from "./search.js";

/** An address in a document; `link` if a reader follows it, else the browser asks for it by itself. */
export interface Address {
  readonly address: string;
  readonly link: boolean;
  /** The cell whose output it is in. */
  readonly cell: string | null;
}

/** What there is to be known of a document before it is published. */
export type Facts = ReturnType<typeof readFacts>;

/** Reads a document, with the output of its cells in it. */
export function readFacts(file: string, html: string) {
  const {document} = parseHTML(html);
  const title = document.querySelector("title")?.textContent ?? "";
  const main = document.querySelector("main");
  return {
    title,
    /** The first paragraph, as far as whole sentences go. */
    sentences: describe(main),
    /** Whether there is something on the page that a reader works it with. */
    hasControls: main?.querySelector(controls) !== null,
    /** What the search finds of it, and its figures in small. */
    entries: searched({file, title, main}),
    tiles: tilesOf(file, main),
    /** Whatever the document asks for or leads to, and the names of its places. */
    addresses: addressesOf(document),
    anchors: anchorsOf(document),
    /** Whether it says itself from where its addresses are seen. */
    hasBase: document.querySelector("base[href]") !== null
  };
}

/** What a reader works a page with; what takes something away is hidden where no script runs. */
const controls = "select, input, button:not([data-as], .copy)";

/** What a page is about, where its front matter does not say it: its first paragraph, as far as whole sentences go. */
function describe(main: Element | null): string {
  const first = textOf(main?.querySelector("p.lede") ?? main?.querySelector("p") ?? null);
  const sentences = first.match(/[^.!?]+[.!?]+(\s|$)/g) ?? [first];
  return sentences.reduce((text, next) => (text && text.length + next.length > 300 ? text : text + next), "").trim();
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
const fetched = ["src", "srcset", "poster", "data", "background"];
const followed = ["href", "xlink:href"];

const asking = [...fetched, ...followed, "style"].map((name) => `[${name.replace(":", "\\:")}]`).join();

/** Links, and `<link>`s that tell of an address and fetch nothing. */
const links = `a, area, ${["canonical", "alternate", "license", "author", "next", "prev"].map((rel) => `link[rel=${rel}]`)}`;

function addressesOf(document: Document): Address[] {
  return [...document.querySelectorAll(`style, ${asking}`)].flatMap((node) => {
    const cell = cellOf(node);
    const named = [...node.attributes].flatMap(({name, value}) => {
      const isFetched = fetched.includes(name) && !(name === "data" && node.localName !== "object");
      if (!isFetched && !followed.includes(name)) return [];
      const addresses = name === "srcset" ? value.split(",").map((part) => part.trim().split(/\s+/)[0] ?? "") : [value];
      return addresses.map((address) => ({address, link: !isFetched && node.matches(links), cell}));
    });
    const style = node.localName === "style" ? node.textContent : node.getAttribute("style");
    return [...named, ...addressesInStyles(style ?? "").map((address) => ({address, link: false, cell}))];
  });
}

/** The cell whose output an element is part of. */
function cellOf(node: Element): string | null {
  const mark = node.closest("observablehq-loading")?.nextSibling;
  return mark?.nodeType === 8 ? (mark.nodeValue ?? "").slice(1, -1) : null;
}

/** What a style sheet asks for. */
export function addressesInStyles(text: string): string[] {
  const named = text.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)|@import\s+(["'])(.*?)\3/g);
  return [...named].flatMap(([, , url, , file]) => url ?? file ?? []).filter((address) => !address.startsWith("#"));
}
