import {type Conclusion, conclusionVerdicts} from "../report/summary-conclusions.js";
import {element, html} from "./html.js";

/** Every conclusion with its verdict and a link to its evidence. */
export function conclusionsOverview(conclusions: readonly Conclusion[]): HTMLElement {
  const rows = conclusions.map(({anchor, says, verdict, why}) => {
    const {words, mark} = conclusionVerdicts[verdict];
    return html`<li class="${verdict}"><a href="#${anchor}">${says}</a>
      <span class="verdict"><b>${mark} ${words}.</b> ${why}</span></li>`;
  });
  return element(html`<ol class="conclusions">${rows}</ol>`);
}

/** A conclusion as its section begins: what the report says, and how well it holds. */
export function conclusionHead({says, verdict, why}: Conclusion): HTMLElement {
  const {words, mark} = conclusionVerdicts[verdict];
  return element(html`<div class="conclusion ${verdict}"><p class="says">The report: ${says}</p>
    <p class="verdict"><b>${mark} ${words}.</b> ${why}</p></div>`);
}
