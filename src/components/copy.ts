import {element, html, part} from "./html.js";
import {both, say} from "./language.js";

/** Where a copy of the site is read, a place in the page with it, and when: only its reader knows. */
export function placeAndDay(hash = ""): [address: string, day: string] {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href;
  return [`${canonical ?? location.href.replace(/[?#].*$/, "")}${hash}`, new Date().toISOString().slice(0, 10)];
}

/** Something to be copied: its text at the moment, and what the button says. */
export interface Copied {
  readonly text: () => string;
  readonly label: string;
}

/** Buttons that copy a text each, and a line that says so; where nothing may be copied, the text is shown and marked. */
export function copyButton(...things: readonly Copied[]): HTMLElement {
  const node = element(html`<div class="copying">
    <p>${things.map(({label}, i) => html`<button type="button" data-copy="${i}" class="copy">${both(label)}</button> `)}</p>
    <p class="copied" role="status"></p>
  </div>`);
  const said = part(node, ".copied");
  for (const [i, button] of node.querySelectorAll("button").entries()) {
    button.addEventListener("click", async () => {
      const text = things[i]?.text() ?? "";
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = `${say("Copied:")} ${text}`;
      } catch {
        // No clipboard without a secure address.
        said.textContent = text;
        getSelection()?.selectAllChildren(said);
      }
    });
  }
  return node;
}
