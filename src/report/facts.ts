import {element, type Html, html} from "../components/html.js";
import {bilingual, both} from "../components/language.js";
import type {Term} from "../components/terms.js";
import facts from "./facts.json";
import glossary from "./glossary.json";

const list = (entries: readonly Term[]): Html =>
  html`<dl>${entries.map(
    ({term, text}) => html`<dt>${bilingual(term.no, term.en)}</dt><dd>${bilingual(text.no, text.en)}</dd>`
  )}</dl>`;

/** What the report's own text tells of the survey in one box, and what is not known of it. */
export function factsBox(): HTMLElement {
  return element(html`<div class="facts-box" id="facts">
    <h3>${both("The survey")}</h3>${list(facts.known)}
    <h3>${both("Not known")}</h3>${list(facts.unknown)}
  </div>`);
}

/** All words of the report, and of statistics, that not every reader knows, with what they mean. */
export function glossaryList(): HTMLElement {
  return element(html`<div class="facts-box">${list(glossary)}</div>`);
}
