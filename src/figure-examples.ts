import {table} from "arquero";
import {element, html} from "./components/html.js";
import list from "./figure-examples.json";
import {agreement} from "./figures/agreement.js";
import {coefficients} from "./figures/coefficients.js";
import {constraintGraph} from "./figures/constraint-graph.js";
import {crosstabBars} from "./figures/crosstab-bars.js";
import {crosstabCells} from "./figures/crosstab-cells.js";
import {cumulativeCurves, cumulativePanels} from "./figures/cumulative.js";
import {determination} from "./figures/determination.js";
import type {Drawing} from "./figures/drawing.js";
import {likenessLimits} from "./figures/likeness-limits.js";
import {pValues} from "./figures/p-values.js";
import {boundsChart, spreadChart} from "./figures/ranges.js";
import {reproduction} from "./figures/reproduction.js";
import {residualMap} from "./figures/residuals.js";
import {robustnessChart} from "./figures/robustness.js";
import {saidAndFound} from "./figures/said-and-found.js";
import {sharesWithIntervals} from "./figures/shares.js";
import {slopes} from "./figures/slopes.js";
import {specificationCurve} from "./figures/specification-curve.js";
import {textShares} from "./figures/text-shares.js";

const figures = {
  ...{agreement, boundsChart, coefficients, constraintGraph, crosstabBars, crosstabCells},
  ...{cumulativeCurves, cumulativePanels, determination, likenessLimits, pValues, reproduction, residualMap},
  ...{robustnessChart, saidAndFound, sharesWithIntervals, slopes, specificationCurve, spreadChart, textShares}
} as Readonly<Record<string, (...given: unknown[]) => Drawing | Element>>;

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
