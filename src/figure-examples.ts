import {table} from "arquero";
import {element, html} from "./components/html.js";
import list from "./figure-examples.json";
import {crosstabBars} from "./figures/crosstab-bars.js";
import {crosstabCells} from "./figures/crosstab-cells.js";
import type {Drawing} from "./figures/drawing.js";
import * as notebook from "./notebook.js";

/** The figures that pages have of the notebook, and those of the explorer alone. */
const figures = {...notebook, crosstabBars, crosstabCells} as unknown as Readonly<
  Record<string, (...given: unknown[]) => Drawing | Element>
>;

/** The label of a code in an example: the code itself, as words. */
function label(variable: string, code?: string | null): string {
  const text = (code === undefined ? variable : (code ?? "missing")).replaceAll("_", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** What an example gives to its figure; `{table: columns}` stands for a table. */
const given = (_: string, value: {readonly table?: Parameters<typeof table>[0]} | null) =>
  value?.table instanceof Object && !Array.isArray(value.table) ? table(value.table) : value;

/** Every example by its name: draws at a width, in pixels, what figure-examples.json gives to its figure. */
export const examples: Readonly<Record<string, (width?: number) => Element>> = Object.fromEntries(
  Object.entries(list).map(([name, example]) => [
    name,
    (width = 640) => {
      const values = JSON.parse(JSON.stringify(example.given), given) as unknown[];
      const options = {label: Object.assign(label, {language: "en"}), width, ...(values.pop() as object)};
      const drawn = figures[example.figure]?.(...values, options);
      if (!drawn) throw new Error(`there is no figure ${example.figure}`);
      return "words" in drawn ? drawn.node : drawn;
    }
  ])
);

/** Draws every example at the width of a wide page and at that of a telephone. */
export function gallery(): HTMLElement {
  const root = element(html`<div class="gallery"></div>`);
  for (const [name, {shows}] of Object.entries(list)) {
    const part = element(html`<section><h2 id="${name}">${name}</h2><p>${shows}.</p></section>`);
    for (const width of [640, 340]) {
      const place = element(html`<div class="drawing" role="img" aria-label="${name}, ${width} pixels wide"></div>`);
      place.append(examples[name]?.(width) ?? "");
      for (const marked of place.querySelectorAll("[aria-label]")) marked.removeAttribute("aria-label");
      part.append(place);
    }
    root.append(part);
  }
  return root;
}
