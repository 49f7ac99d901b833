import {sayIn, type Text, textIn} from "../figures/drawing.js";
import type {Say, Values} from "../tables/phrase.js";
import {element, type Html, html} from "./html.js";

/** The language of labels, and of all that the site says around the data: English, or the report's own (`nb`). */
export type Language = string;

const key = "labels";
const changed = "labels-changed";

/** The language that labels are shown in at this moment: the reader's choice, or English. */
export function currentLanguage(): Language {
  return document.documentElement.dataset.labels ?? "en";
}

/** The report's own language, as the switch in the page's header has it. */
export function ownLanguage(): Language {
  return document.querySelector<HTMLInputElement>("#label-switch input:not([value=en])")?.value ?? "en";
}

/**
 * A text in English and in the report's language, of which the style sheet shows the one that the reader has chosen; of
 * an English report the text as it is printed.
 */
export function bilingual(own: string | Html, en: string | Html): Html {
  if (own === en || ownLanguage() === "en") return html`<span>${own}</span>`;
  return html`<span class="bilingual"><span lang="${ownLanguage()}">${own}</span><span lang="en">${en}</span></span>`;
}

/** Says phrases of the site in the language of the moment: for what is said once, such as a message. */
export const say: Say = (english, values) => sayIn(currentLanguage())(english, values);

/**
 * What the site says, in both languages, as {@link bilingual}; once where they say the same.
 *
 * @example inBoth((say) => say("Table {table}", {table: 21}))
 */
export function inBoth(write: (say: Say, language: Language) => string): Html {
  const [own, en] = [write(sayIn(ownLanguage()), ownLanguage()), write(sayIn("en"), "en")];
  return own === en ? html`${en}` : bilingual(own, en);
}

/** A phrase of the site in both languages. */
export function both(english: string, values?: Values): Html {
  return inBoth((say) => say(english, values));
}

/** A text in both languages. */
export function inText(text: Text): Html {
  return inBoth((_, language) => textIn(text, language));
}

/** Shows all labels in a language, on this page now and on every page from now on. */
export function chooseLanguage(language: Language): void {
  apply(language);
  keptChoice(language);
}

/** The choice that is kept, or a new one; a reader who lets no site store anything chooses again on each page. */
function keptChoice(language?: Language): Language | null {
  try {
    if (language) localStorage.setItem(key, language);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Tells the language of labels now and whenever the reader chooses another. Made for `Generators.observe`, so that a
 * cell that draws labels runs again: `const language = Generators.observe(observeLanguage);`
 */
export function observeLanguage(tell: (language: Language) => void): () => void {
  const listen = () => tell(currentLanguage());
  document.addEventListener(changed, listen);
  listen();
  return () => document.removeEventListener(changed, listen);
}

/** Brings back the reader's choice and connects the switch in the page's header. */
export function startLanguageSwitch(): void {
  const kept = keptChoice();
  const radios = document.querySelectorAll<HTMLInputElement>("#label-switch input");
  const take = (language: string | null) => {
    const known = [...radios].find(({value}) => value === language)?.value ?? "en";
    apply(known);
    for (const radio of radios) radio.checked = radio.value === known;
  };
  // A page that is written in the report's own language is for those who read it.
  const written = document.querySelector<HTMLElement>("#observablehq-main > div[lang]")?.lang;
  take(written ?? kept);
  if (written && kept === null) chooseLanguage(written);
  for (const radio of radios) radio.addEventListener("change", () => chooseLanguage(radio.value));
  // A choice made in another window of the site is taken over.
  window.addEventListener("storage", (event) => {
    if (event.key === key) take(event.newValue);
  });
}

function apply(language: Language): void {
  document.documentElement.dataset.labels = language;
  translateFrame(language);
  document.dispatchEvent(new Event(changed));
}

/** What stands around every page: navigation, search, contents, and the ways to the next page. */
const frame =
  "#observablehq-sidebar :is(a, summary), #observablehq-footer nav a span, #observablehq-main > h1 > a, [data-text]";

/** Puts what stands around a page, which is written in English, into a language. */
function translateFrame(language: Language): void {
  const say = sayIn(language);
  for (const node of document.querySelectorAll<HTMLElement>(frame)) {
    node.dataset.text ??= node.textContent?.trim() ?? "";
    const text = say(node.dataset.text);
    if (text !== node.textContent?.trim()) node.textContent = text;
    node.lang = text === node.dataset.text ? "en" : language;
  }
  const search = document.querySelector<HTMLInputElement>("#observablehq-search input");
  if (search) {
    search.placeholder = say("Search");
    search.setAttribute("aria-label", search.placeholder);
    search.lang = language;
  }
  const toc = document.querySelector<HTMLElement>("#observablehq-toc nav > div");
  if (toc) {
    toc.textContent = say("On this page");
    toc.lang = language;
  }
  for (const [rel, text] of [
    ["prev", "Previous page"],
    ["next", "Next page"]
  ] as const) {
    const link = document.querySelector<HTMLElement>(`#observablehq-footer nav a[rel=${rel}]`);
    link?.style.setProperty("--way", JSON.stringify(say(text)));
  }
  leadToOwnPage(say, language);
}

/** Below the title of a page in English: the way to one that is not, for whoever has chosen the report's language. */
function leadToOwnPage(say: Say, language: Language): void {
  document.querySelector("#in-english")?.remove();
  const title = document.querySelector("#observablehq-main > h1");
  if (!title || language === "en" || document.querySelector(".own-language")) return;
  const way = html`<a href="${say("./index.html")}">${say("Read the summary.")}</a>`;
  title.after(
    element(
      html`<p id="in-english" class="own-language" lang="${language}">${say("The text here is in English.")} ${way}</p>`
    )
  );
}
