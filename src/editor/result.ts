import {element, html} from "../components/html.js";
import {currentLanguage} from "../components/language.js";
import type {Drawing, FromDrawing} from "../sandbox/drawing.js";
import {drawingUrl} from "../sandbox/files.js";
import {limits} from "../sandbox/limits.js";
import {namedVariables} from "../sandbox/markup.js";
import type {Output} from "../sandbox/output.js";
import {foreignFrame} from "../sandbox/sandbox.js";

/** How tall a drawing may make its frame, in pixels; what is taller is scrolled. */
const tallest = 1_500;

/** What a run shows for one value, as a part of the page. Nothing of the value is taken for markup of the page. */
export function resultElement(output: Output): HTMLElement {
  const note = output.note ? html`<p class="note">${output.note}</p>` : null;
  if (output.kind === "text") {
    const text = output.text === "" && note ? null : html`<pre tabindex="0">${output.text}</pre>`;
    return element(html`<div class="output">${text}${note}</div>`);
  }
  if (output.kind === "table") {
    return element(html`<div class="output">
      <div class="scroll" tabindex="0" role="region" aria-label="Result, a table">
        <table class="register">
          <thead><tr>${output.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
          <tbody>${output.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
        </table>
      </div>${note}
    </div>`);
  }
  const node = element(html`<div class="output">${note}</div>`);
  node.prepend(drawing(output.markup));
  return node;
}

/**
 * A frame for foreign markup, as tall as what it shows. It is taken away, with a sentence, when it does not answer any
 * more.
 */
function drawing(markup: string): HTMLElement {
  const node = element(html`<div></div>`);
  const page = getComputedStyle(document.documentElement);
  const values = namedVariables(markup).map((name) => [name, page.getPropertyValue(name).trim()] as const);
  const variables = Object.fromEntries(values.filter(([, value]) => value !== ""));
  let [unanswered, loaded] = [0, false];
  const {element: frame, port} = foreignFrame(drawingUrl(), "Result, a drawing", () => {
    [unanswered, loaded] = [0, true];
    return {markup, variables, language: currentLanguage()} satisfies Drawing;
  });
  const end = (why: string) => {
    clearInterval(timer);
    port.close();
    node.replaceChildren(element(html`<p class="note">This drawing is not shown: ${why}.</p>`));
  };
  // Asked four times in a while, and given up after four questions without an answer: a page that was itself at work
  // hears late answers before it asks again.
  const timer = setInterval(() => {
    if (!node.isConnected) clearInterval(timer);
    else if (unanswered === (loaded ? 4 : limits.start / (limits.silence / 4))) {
      end(`it did not answer for ${(loaded ? limits.silence : limits.start) / 1000} seconds, being too much to draw`);
    } else {
      unanswered++;
      if (loaded) port.postMessage(null);
    }
  }, limits.silence / 4);
  port.onmessage = ({data}: MessageEvent<FromDrawing>) => {
    unanswered = 0;
    if (data.type === "refused") end(String(data.why).slice(0, 200));
    else if (data.type === "drawn") frame.style.height = `${Math.min(Number(data.height) || 0, tallest)}px`;
  };
  node.append(frame);
  return node;
}
