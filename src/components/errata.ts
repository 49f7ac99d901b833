import type {ErratumEntry} from "../tables/verdict.js";
import {element, html} from "./html.js";
import {ownLanguage} from "./language.js";

const bearings: Record<ErratumEntry["conclusion"], string> = {
  changed: "A conclusion changes",
  weakened: "A conclusion is weakened",
  unchanged: "No conclusion changes"
};

/** The report’s errors as a list, grouped by what they do to its conclusions, the worst first. */
export function errataList(errata: readonly ErratumEntry[]): HTMLElement {
  const groups = Object.entries(bearings).map(([bearing, title]) => {
    const own = errata.filter((erratum) => erratum.conclusion === bearing);
    return own.length === 0
      ? null
      : html`<h3>${title} (${own.length})</h3>
          <ol class="errata">${own.map(
            (erratum) => html`<li id="${erratum.id}">
              <b>${erratum.place}</b>: printed <span lang="${ownLanguage()}">“${erratum.printed}”</span>. ${erratum.correct}
              <span class="gloss">${erratum.evidence}</span>
            </li>`
          )}</ol>`;
  });
  return element(html`<div>${groups}</div>`);
}
