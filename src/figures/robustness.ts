import * as Plot from "@observablehq/plot";
import {compareTables, type TableId} from "../tables/table-id.js";
import {axis, margins, room} from "./style.js";

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
  const {width, narrow} = room(options.width, 720, 520);
  const rows = [...conclusions]
    .sort((a, b) => a.share - b.share || compareTables(a.table, b.table))
    .map((d, i) => ({...d, key: String(i), percent: Math.round(100 * d.share)}));
  const row = narrow ? 104 : 64;
  const low = narrow ? 40 : 18;
  const place = {x: "percent", y: "key", dy: low} as const;
  const text = {x: 0, y: "key", textAnchor: "start"} as const;
  return Plot.plot({
    width,
    height: rows.length * row + 70,
    ...margins(narrow ? 28 : 16, 54, 44, 6),
    x: {
      ...axis(narrow ? "holds in % of specifications" : "holds in so many percent of the specifications"),
      domain: [0, 100],
      grid: true
    },
    y: {domain: rows.map((d) => d.key), axis: null, padding: 0, insetBottom: low - 2},
    marks: [
      Plot.ruleY(rows, {x1: 0, x2: 100, y: "key", strokeOpacity: 0.2, dy: low}),
      Plot.ruleY(rows, {x1: 0, x2: "percent", y: "key", strokeOpacity: 0.5, strokeWidth: 2, dy: low}),
      Plot.dot(rows, {...place, r: 5, fill: (d) => (d.own ? "currentColor" : "none")}),
      Plot.dot(rows, {...place, r: 5, stroke: "currentColor"}),
      Plot.text(rows, {...place, dx: 10, text: (d) => `${d.percent}%`, textAnchor: "start"}),
      Plot.text(rows, {
        ...text,
        dy: narrow ? low - 42 : low - 28,
        text: (d) => `Table ${d.table}. ${d.says}`,
        lineAnchor: "bottom",
        fontWeight: 600,
        fontSize: narrow ? 12 : 13,
        // In ems: text breaks where the drawing ends.
        lineWidth: (width - 12) / (narrow ? 15 : 13.6)
      }),
      Plot.text(rows, {
        ...text,
        dy: narrow ? low - 36 : low - 22,
        text: (d) => `Decides: ${d.decides}`,
        lineAnchor: "top",
        fontSize: narrow ? 10.5 : 12,
        lineWidth: (width - 12) / (narrow ? 11.5 : 12.5),
        fillOpacity: 0.85
      })
    ]
  });
}
