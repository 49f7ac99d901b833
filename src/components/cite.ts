import {element, html} from "./html.js";

/** What citation.json says, as far as the box shows it. */
export interface Cited {
  readonly apa: string;
  readonly bibtex: string;
}

/** How to cite the project: a reference in running text and one for BibTeX, each with a button that copies it. */
export function citeBox({apa, bibtex}: Cited): HTMLElement {
  const box = element(html`<div class="cite" role="group" aria-label="Cite this">
    <p class="reference">${apa}</p>
    <button type="button" class="copy" data-copies="reference">Copy the reference</button>
    <details class="fold"><summary>BibTeX</summary>
      <pre class="bibtex" tabindex="0">${bibtex}</pre>
      <button type="button" class="copy" data-copies="bibtex">Copy the BibTeX entry</button>
    </details>
    <p class="copied" role="status"></p>
  </div>`);
  const status = box.querySelector(".copied");
  for (const button of box.querySelectorAll<HTMLButtonElement>(".copy")) {
    button.addEventListener("click", async () => {
      const text = button.dataset.copies === "bibtex" ? bibtex : apa;
      try {
        await navigator.clipboard.writeText(text);
        if (status) status.textContent = "Copied.";
      } catch {
        // No clipboard without a secure address; the text can be marked by hand.
        const source = box.querySelector(`.${button.dataset.copies}`);
        if (source) getSelection()?.selectAllChildren(source);
        if (status) status.textContent = "The browser does not allow copying; the text is marked instead.";
      }
    });
  }
  return box;
}
