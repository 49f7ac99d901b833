import {element, html} from "./html.js";
import {bilingual, currentLanguage} from "./language.js";

/** Where terms are looked for: running text, but not what is a link, a control or a drawing already. */
const running = "#observablehq-main :is(p, li, dd)";
const apart = "a, button, code, pre, figure, summary, .facts-box, .explorer, [lang]:not([lang=en])";

/** A word that not every reader knows, and what it means, in English and in the report’s language. */
export interface Term {
  readonly term: {readonly en: string; readonly no: string};
  readonly text: {readonly en: string; readonly no: string};
}

/** Makes the first place of each term of a glossary on a page a button that opens what it means. */
export function startGlossary(glossary: readonly Term[]): void {
  const left = new Set(glossary);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: [Text, number, string, Term][] = [];
  for (let node = texts.nextNode(); node && left.size > 0; node = texts.nextNode()) {
    const text = node as Text;
    if (!text.parentElement?.closest(running) || text.parentElement.closest(apart)) continue;
    for (const entry of left) {
      const {en} = entry.term;
      // A single letter or an abbreviation is only itself in capitals.
      const word = new RegExp(`\\b${en}\\b`, en.length < 5 ? "" : "i");
      const at = text.data.search(word);
      // One term a text node is enough: the next place of another will do.
      if (at < 0 || found.some(([other]) => other === text)) continue;
      found.push([text, at, text.data.slice(at, at + en.length), entry]);
      left.delete(entry);
    }
  }
  for (const [i, [text, at, word, {text: meaning}]] of found.entries()) {
    const rest = text.splitText(at);
    rest.data = rest.data.slice(word.length);
    const id = `term-${i}`;
    rest.before(element(html`<button type="button" class="term" popovertarget="${id}" lang="en">${word}</button>`));
    document.body.append(
      element(
        html`<div popover id="${id}" class="meaning" lang="${currentLanguage()}"><b>${word}</b> ${bilingual(meaning.no, meaning.en)}</div>`
      )
    );
  }
}
