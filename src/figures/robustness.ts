import * as Plot from "@observablehq/plot";
import {compareTables, type TableId} from "../tables/table-id.js";
import {drawingWidth, plotStyle} from "./style.js";

/** How often a conclusion holds. */
export interface ConclusionShare {
  readonly table: TableId;
  readonly says: string;
  /** The share of the specifications in which it holds, 0–1. */
  readonly share: number;
  /** Whether it holds under the report's own choices. */
  readonly own: boolean;
  /** What decides, in words. */
  readonly decides: string;
}

/** A line a conclusion: where on the way from never to always it holds, the most fragile on top, and what decides. */
export function robustnessChart(
  conclusions: readonly ConclusionShare[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 520;
  const rows = [...conclusions]
    .sort((a, b) => a.share - b.share || compareTables(a.table, b.table))
    .map((d, i) => ({...d, key: String(i), percent: Math.round(100 * d.share)}));
  const row = narrow ? 104 : 64;
  const low = narrow ? 40 : 18;
  return Plot.plot({
    width,
    height: rows.length * row + 70,
    marginTop: narrow ? 28 : 16,
    marginBottom: 44,
    marginLeft: 6,
    marginRight: 54,
    style: plotStyle,
    x: {
      domain: [0, 100],
      label: narrow ? "holds in % of specifications →" : "holds in so many percent of the specifications →",
      labelArrow: "none",
      grid: true
    },
    y: {domain: rows.map((d) => d.key), axis: null, padding: 0, insetBottom: low - 2},
    marks: [
      Plot.ruleY(rows, {x1: 0, x2: 100, y: "key", strokeOpacity: 0.2, dy: low}),
      Plot.ruleY(rows, {x1: 0, x2: "percent", y: "key", strokeOpacity: 0.5, strokeWidth: 2, dy: low}),
      Plot.dot(rows, {x: "percent", y: "key", dy: low, r: 5, fill: (d) => (d.own ? "currentColor" : "none")}),
      Plot.dot(rows, {x: "percent", y: "key", dy: low, r: 5, stroke: "currentColor"}),
      Plot.text(rows, {
        x: "percent",
        y: "key",
        dy: low,
        dx: 10,
        text: (d) => `${d.percent}%`,
        textAnchor: "start"
      }),
      Plot.text(rows, {
        x: 0,
        y: "key",
        dy: narrow ? low - 42 : low - 28,
        text: (d) => `Table ${d.table}. ${d.says}`,
        textAnchor: "start",
        lineAnchor: "bottom",
        fontWeight: 600,
        fontSize: narrow ? 12 : 13,
        // In ems: text breaks where the drawing ends.
        lineWidth: (width - 12) / (narrow ? 15 : 13.6)
      }),
      Plot.text(rows, {
        x: 0,
        y: "key",
        dy: narrow ? low - 36 : low - 22,
        text: (d) => `Decides: ${d.decides}`,
        textAnchor: "start",
        lineAnchor: "top",
        fontSize: narrow ? 10.5 : 12,
        lineWidth: (width - 12) / (narrow ? 11.5 : 12.5),
        fillOpacity: 0.85
      })
    ]
  });
}
