import * as Plot from "@observablehq/plot";
import type {TableId} from "../tables/table-id.js";
import {drawingWidth, plotStyle} from "./style.js";

/** The design effect at which a table's result is no longer significant at 5%. */
export interface TableLimit {
  readonly table: TableId;
  readonly limit: number;
  readonly label: string;
}

/** A bar a table from 1 to its limit, the weakest result on top. */
export function designEffects(
  limits: readonly TableLimit[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const rows = [...limits]
    .sort((a, b) => a.limit - b.limit)
    .map((d) => ({...d, name: narrow ? `Table ${d.table}` : `${d.table}. ${d.label}`}));
  return Plot.plot({
    width,
    height: rows.length * 22 + 60,
    marginBottom: 44,
    marginLeft: narrow ? 72 : 350,
    marginRight: 44,
    style: plotStyle,
    x: {
      type: "log",
      domain: [1, 20],
      ticks: [1, 1.5, 2, 3, 5, 10, 20],
      tickFormat: String,
      label: "design effect (logarithmic) →",
      labelArrow: "none",
      grid: true
    },
    y: {domain: rows.map((d) => d.name), label: null, tickSize: 0},
    marks: [
      Plot.ruleY(rows, {x1: 1, x2: "limit", y: "name", strokeOpacity: 0.5, strokeWidth: 2}),
      Plot.dot(rows, {x: "limit", y: "name", fill: "currentColor", r: 4.5}),
      Plot.text(rows, {
        x: "limit",
        y: "name",
        text: (d) => d.limit.toFixed(d.limit < 3 ? 2 : 1),
        textAnchor: "start",
        dx: 9
      })
    ]
  });
}
