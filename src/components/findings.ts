import {type Text, textIn} from "../figures/drawing.js";
import {element, html} from "./html.js";
import {both, inBoth} from "./language.js";

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
        html`<li><a href="${href}"><b>${inBoth((_, language) => textIn({en: numbers, own: numbers}, language))}</b> <span>${inBoth((_, language) => textIn(says, language))}</span> <i>${both(firm)}</i></a></li>`
    )}</ul>`
  );
}
