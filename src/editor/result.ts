import {element, html} from "../components/html.js";
import {currentLanguage} from "../components/language.js";
import {namedVariables, resultDocument} from "../sandbox/markup.js";
import type {Output} from "../sandbox/output.js";

/** How tall a drawing may make its frame, in pixels; what is taller is scrolled. */
const tallest = 1_500;

/** What a run shows for one value, as a part of the page. Nothing of the value is taken for markup of the page. */
export function resultElement(output: Output): HTMLElement {
  const note = output.note ? html`<p class="note">${output.note}</p>` : null;
  switch (output.kind) {
    case "text":
      return element(html`<div class="output"><pre tabindex="0">${output.text}</pre>${note}</div>`);
    case "table":
      return element(html`<div class="output">
        <div class="scroll" tabindex="0" role="region" aria-label="Result, a table">
          <table class="register">
            <thead><tr>${output.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
            <tbody>${output.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
          </table>
        </div>${note}
      </div>`);
    case "markup": {
      const node = element(html`<div class="output">${note}</div>`);
      node.prepend(drawing(output.markup));
      return node;
    }
  }
}

/** A frame for foreign markup, as tall as what it shows. Its origin is the page’s, so that the page can measure it. */
function drawing(markup: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  // No scripts, and no leave to lead anywhere, whatever the markup says.
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.title = "Result, a drawing";
  const page = getComputedStyle(document.documentElement);
  const values = namedVariables(markup).map((name) => [name, page.getPropertyValue(name).trim()] as const);
  const variables = Object.fromEntries(values.filter(([, value]) => value !== ""));
  frame.srcdoc = resultDocument(markup, variables, currentLanguage());
  const adjust = () => {
    const {body} = frame.contentDocument ?? {};
    if (body) frame.style.height = `${Math.min(body.scrollHeight, tallest)}px`;
  };
  frame.addEventListener("load", () => {
    adjust();
    const observer = new ResizeObserver(adjust);
    observer.observe(frame);
    // What folds out makes it taller.
    const {body} = frame.contentDocument ?? {};
    if (body) observer.observe(body);
  });
  return frame;
}
