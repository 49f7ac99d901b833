import MiniSearch from "minisearch";
import {element, html} from "../components/html.js";
import {say} from "../components/language.js";
import {excerpt, type Found, indexOptions, synonyms, tableAsked} from "./entries.js";

/** Where the index is, seen from this script: the build puts its address here. */
declare const SEARCH_INDEX: string;

const response = await fetch(new URL(SEARCH_INDEX, import.meta.url));
const index = MiniSearch.loadJS<Found>(await response.json(), indexOptions);
const sidebar = document.querySelector("#observablehq-sidebar");
const field = document.querySelector<HTMLInputElement>("#observablehq-search input");
const place = document.querySelector<HTMLElement>("#observablehq-search-results");
const active = "observablehq-link-active";
const top = document.querySelector<HTMLAnchorElement>("#observablehq-sidebar ol a")?.href ?? "./";

/** The entries that fit, a table that is asked for by its number first. */
function find(text: string, words: string): Found[] {
  const ask = (...query: Parameters<typeof index.search>) => index.search(...query) as unknown as Found[];
  const found = ask(words, {
    boost: {title: 4},
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    prefix: (term) => term.length > 2
  });
  const number = tableAsked(text);
  const asked = number === null ? [] : ask(MiniSearch.wildcard, {filter: ({table}) => table === number});
  return [...new Map([...asked, ...found].map((entry) => [entry.id, entry])).values()].slice(0, 40);
}

function show(): void {
  const text = field?.value.trim() ?? "";
  sidebar?.classList.toggle("observablehq-search-results", text !== "");
  place?.replaceChildren();
  if (text === "") return;
  const words = [text, ...synonyms(text)].join(" ");
  const found = find(text, words);
  const [none, one, many] = ["no results", "1 result", "{n} results"] as const;
  const count = say(found.length === 0 ? none : found.length === 1 ? one : many, {n: found.length});
  const lines = found.map((entry, i) => {
    const [before, hit, after] = excerpt(entry, words);
    const small = html`<small>${before}${hit ? html`<mark>${hit}</mark>` : null}${after}</small>`;
    const link = html`<a href="${new URL(entry.id, top).href}"><span>${entry.title}${small}</span></a>`;
    return html`<li class="observablehq-link${i === 0 ? ` ${active}` : ""}">${link}</li>`;
  });
  place?.append(element(html`<div role="status">${count}</div>`), element(html`<ol>${lines}</ol>`));
}

field?.addEventListener("input", show);
field?.addEventListener("keydown", (event) => {
  if (event.code === "Escape" && field.value === "") return field.blur();
  const lines = [...(place?.querySelectorAll("li") ?? [])];
  const at = lines.findIndex((line) => line.classList.contains(active));
  if (event.code === "Enter") lines[at]?.querySelector("a")?.click();
  const step = {ArrowDown: 1, ArrowUp: -1}[event.code];
  if (!step || lines.length === 0) return;
  lines[at]?.classList.remove(active);
  const next = lines[(at + step + lines.length) % lines.length];
  next?.classList.add(active);
  next?.scrollIntoView({block: "nearest"});
  event.preventDefault();
});
// What was typed while this was loaded.
show();
