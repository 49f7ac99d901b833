import {copyButton, placeAndDay} from "./copy.js";
import {element, html} from "./html.js";
import {both} from "./language.js";

/** How to cite the project: a reference in running text and one for BibTeX, with buttons that copy them; from citation.json. */
export function citeBox({apa, bibtex}: Readonly<Record<"apa" | "bibtex", string>>): HTMLElement {
  const box = element(html`<div class="cite" role="group" aria-label="Cite this">
    <p class="reference">${apa}</p>
    <p class="gloss">${both("The version tells what the numbers are. The buttons add this page’s address and the day.")}</p>
    <details class="fold"><summary>BibTeX</summary><pre class="bibtex" tabindex="0">${bibtex}</pre></details>
  </div>`);
  box.append(
    copyButton(
      {text: () => `${apa} ${placeAndDay().join(", ")}.`, label: "Copy the reference"},
      {text: () => bibtex, label: "Copy the BibTeX entry"}
    )
  );
  return box;
}
