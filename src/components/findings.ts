import type {Text} from "../figures/drawing.js";
import {element, html} from "./html.js";
import {both, inText} from "./language.js";

/** A finding in numbers, with what they say and the page that has its evidence. */
export interface Finding {
  readonly numbers: string;
  readonly says: Text;
  readonly href: string;
  /** How firm it is, in a word or two. */
  readonly firm: string;
}

/** Findings as large numbers in a row, each a link. */
export function findings(list: readonly Finding[]): HTMLElement {
  return element(
    html`<ul class="findings">${list.map(
      ({numbers, says, href, firm}) =>
        html`<li><a href="${href}"><b>${inText({en: numbers, own: numbers})}</b> <span>${inText(says)}</span> <i>${both(firm)}</i></a></li>`
    )}</ul>`
  );
}
