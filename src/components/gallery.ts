import {element, html} from "./html.js";

/** Draws every example at the width of a wide page and at that of a telephone, each under the name of its function. */
export function gallery(examples: Readonly<Record<string, (width?: number) => Element>>): HTMLElement {
  const root = element(html`<div class="gallery"></div>`);
  for (const [name, draw] of Object.entries(examples)) {
    const part = element(html`<section><h2 id="${name}">${name}</h2></section>`);
    for (const width of [640, 340]) {
      const place = element(html`<div class="drawing" role="img" aria-label="${name}, ${width} pixels wide"></div>`);
      const drawing = draw(width);
      for (const marked of [drawing, ...drawing.querySelectorAll("[aria-label]")]) marked.removeAttribute("aria-label");
      place.append(drawing);
      part.append(place);
    }
    root.append(part);
  }
  return root;
}
