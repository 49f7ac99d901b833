import {type Text, textIn} from "../figures/drawing.js";
import {element, html} from "./html.js";
import {inBoth} from "./language.js";

/** A finding in numbers, with what they say and the page that has its evidence. */
export interface Finding {
  readonly numbers: string;
  readonly says: Text;
  readonly href: string;
}

/** Findings as large numbers in a row, each a link. */
export function findings(list: readonly Finding[]): HTMLElement {
  return element(
    html`<ul class="findings">${list.map(
      ({numbers, says, href}) =>
        html`<li><a href="${href}"><b>${numbers}</b> <span>${inBoth((_, language) => textIn(says, language))}</span></a></li>`
    )}</ul>`
  );
}
