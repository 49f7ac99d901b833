import {element, html} from "./html.js";

/** Code to be read and copied, in a box that scrolls by itself. */
export function codeBlock(code: string, language: string): HTMLElement {
  return element(
    html`<div class="code-block"><pre tabindex="0" aria-label="${language}"><code>${code}</code></pre></div>`
  );
}
