import MiniSearch from "minisearch";
import {element, html} from "../components/html.js";
import {say} from "../components/language.js";
import {excerpt, type Found, indexOptions, synonyms, tableAsked} from "./entries.js";

/** Where the index is, seen from this script: the build puts its address here. */
declare const SEARCH_INDEX: string;

const index = MiniSearch.loadJS<Found>(
  await (await fetch(new URL(SEARCH_INDEX, import.meta.url))).json(),
  indexOptions
);
const sidebar = document.querySelector("#observablehq-sidebar");
const field = document.querySelector<HTMLInputElement>("#observablehq-search input");
const place = document.querySelector<HTMLElement>("#observablehq-search-results");
const active = "observablehq-link-active";
const top = document.querySelector<HTMLAnchorElement>("#observablehq-sidebar ol a")?.href ?? "./";

/** The entries that fit, a table that is asked for by its number first. */
function find(text: string): Found[] {
  const more = synonyms(text).join(" ");
  const found = index.search(`${text} ${more}`.trim(), {
    boost: {title: 4},
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    prefix: (term) => term.length > 2
  }) as unknown as Found[];
  const number = tableAsked(text);
  const asked =
    number === null
      ? []
      : (index.search(MiniSearch.wildcard, {filter: ({table}) => table === number}) as unknown as Found[]);
  return [...asked, ...found.filter(({id}) => !asked.some((other) => other.id === id))].slice(0, 40);
}

function show(): void {
  const text = field?.value.trim() ?? "";
  sidebar?.classList.toggle("observablehq-search-results", text !== "");
  if (!place) return;
  place.replaceChildren();
  if (text === "") return;
  const found = find(text);
  const words = [text, ...synonyms(text)].join(" ");
  place.replaceChildren(
    element(
      html`<div role="status">${found.length === 1 ? say("1 result") : found.length === 0 ? say("no results") : say("{n} results", {n: found.length})}</div>`
    ),
    element(
      html`<ol>${found.map((entry, i) => {
        const {id, title} = entry;
        const [before, hit, after] = excerpt(entry, words);
        return html`<li class="observablehq-link${i === 0 ? ` ${active}` : ""}"><a href="${new URL(id, top).href}"><span>${title}<small>${before}${hit ? html`<mark>${hit}</mark>` : null}${after}</small></span></a></li>`;
      })}</ol>`
    )
  );
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
