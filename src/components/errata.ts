import {type ErratumEntry, sphereOf, spheres} from "../tables/verdict.js";
import {element, ended, type Html, html} from "./html.js";
import {ownLanguage} from "./language.js";

const bearings = {changed: "A conclusion changes", weakened: "A conclusion is weakened"} as const;

/** The report’s errors: those that bear on a conclusion, the worst first, and then the slips, by where they stand. */
export function errataList(errata: readonly ErratumEntry[]): HTMLElement {
  const slips = errata.filter(({conclusion}) => conclusion === "unchanged");
  const groups = new Map([
    ...Object.entries(bearings).map(
      ([bearing, title]) => [title, errata.filter(({conclusion}) => conclusion === bearing)] as const
    ),
    ...Object.entries(spheres).map(
      ([sphere, words]) => [`Slips in ${words}`, slips.filter((slip) => sphereOf(slip) === sphere)] as const
    )
  ]);
  const parts = [...groups]
    .filter(([, own]) => own.length > 0)
    .map(
      ([title, own]) => html`<h3>${title} (${own.length})</h3>
      <ol class="errata">${own.map(
        ({id, place, printed, correct, evidence}) => html`<li id="${id}">
          <b>${place}</b><br>Printed: <span lang="${ownLanguage()}">“${printed}”</span>.
          <br>Should be: ${ended(correct)} <br><span class="gloss">Why: ${quotesMarked(ended(evidence))}</span>
        </li>`
      )}</ol>`
    );
  return element(html`<div>${parts}</div>`);
}

/** What stands in quotation marks in an erratum's evidence is the report's, and in its language. */
function quotesMarked(evidence: string): Html[] {
  return evidence
    .split(/(“[^”]*”)/)
    .map((part, i) => (i % 2 === 1 ? html`<span lang="${ownLanguage()}">${part}</span>` : html`${part}`));
}
