import {element, html} from "./html.js";

/**
 * A figure with the sentence it proves as its title and, below, who was asked and where the numbers come from.
 *
 * `alt` says in words what the figure shows, for readers who do not see it.
 */
export function figure(
  plot: Element,
  {title, source, alt}: {readonly title: string; readonly source: string; readonly alt: string}
): HTMLElement {
  const node = element(html`<figure class="plot">
    <figcaption>${title}</figcaption>
    <div class="drawing" role="img" aria-label="${alt}"></div>
    <p class="source">${source}</p>
  </figure>`);
  // One image, one text: labels of its parts are not read, and may not stand on parts without a role.
  for (const part of [plot, ...plot.querySelectorAll("[aria-label]")]) part.removeAttribute("aria-label");
  node.querySelector(".drawing")?.append(plot);
  return node;
}
