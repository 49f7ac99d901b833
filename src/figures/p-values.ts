import * as Plot from "@observablehq/plot";
import {alpha} from "../statistics/alpha.js";
import type {TableId} from "../tables/table-id.js";
import {axis, margins, room} from "./style.js";

/** A table's printed P beside the recomputed one. */
export interface TablePs {
  readonly table: TableId;
  readonly printed: number;
  readonly recomputed: number;
  /** Whether the recomputed P, to the printed digits, is the printed one. */
  readonly reproduces: boolean;
}

/** The smallest P that the axis tells apart; what is less stands at its end. */
const least = 0.0001;

/** Printed P (ring) and recomputed P (dot) of each table, the largest on top, with the 5% line. */
export function pValues(values: readonly TablePs[], options: {width?: number} = {}): SVGSVGElement | HTMLElement {
  const {width} = room(options.width);
  const rows = [...values]
    .sort((a, b) => b.recomputed - a.recomputed)
    .map((d) => ({
      ...d,
      name: `Table ${d.table}`,
      at: Math.max(d.recomputed, least),
      inPrint: Math.max(d.printed, least)
    }));
  return Plot.plot({
    width,
    height: rows.length * 19 + 60,
    ...margins(20, 60, 44, 72),
    x: {
      type: "log",
      domain: [least, 1],
      ticks: [0.0001, 0.001, 0.01, 0.05, 0.1, 1],
      tickFormat: (d: number) => (d <= least ? "≤0.0001" : String(d)),
      ...axis("P (logarithmic)"),
      grid: true
    },
    y: {domain: rows.map((d) => d.name), label: null, tickSize: 0},
    marks: [
      Plot.ruleX([alpha], {strokeDasharray: "4 3"}),
      Plot.ruleY(rows, {x1: "at", x2: "inPrint", y: "name", strokeOpacity: 0.5}),
      Plot.dot(rows, {x: "inPrint", y: "name", r: 6, stroke: "currentColor", fill: "none"}),
      Plot.dot(rows, {x: "at", y: "name", r: 3, fill: (d) => (d.reproduces ? "currentColor" : "var(--verdict-bad)")}),
      Plot.text(
        rows.filter((d) => !d.reproduces),
        {
          x: "at",
          y: "name",
          text: () => "differs",
          textAnchor: "start",
          dx: 12,
          fontWeight: 700,
          fill: "var(--verdict-bad)"
        }
      )
    ]
  });
}
