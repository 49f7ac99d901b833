import * as Plot from "@observablehq/plot";
import {axis, margins, page, room} from "./style.js";

/** The likeness of answers from one office at which a table's result is no longer significant at 5%. */
export interface LikenessLimit {
  readonly table: number;
  readonly label: string;
  /** An intraclass correlation. */
  readonly lostAt: number;
  /** Whether offices are compared, or groups within them. */
  readonly lie: "between" | "within";
}

/** A bar a table up to the correlation at which its result is lost, the weakest on top, over what is usual. */
export function likenessLimits(
  limits: readonly LikenessLimit[],
  options: {usual: readonly [number, number]; width?: number}
): SVGSVGElement | HTMLElement {
  const {width, narrow} = room(options.width);
  const rows = [...limits]
    .sort((a, b) => a.lostAt - b.lostAt)
    .map((d) => ({...d, name: narrow ? `Table ${d.table}` : `${d.table}. ${d.label}`}));
  const [x1, x2] = options.usual;
  const place = {x: "lostAt", y: "name"} as const;
  return Plot.plot({
    width,
    height: rows.length * 22 + 60,
    ...margins(20, 44, 44, narrow ? 72 : 350),
    x: {
      type: "sqrt",
      domain: [0, Math.max(0.8, ...rows.map((d) => d.lostAt))],
      ticks: [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8],
      tickFormat: String,
      ...axis("intraclass correlation")
    },
    y: {domain: rows.map((d) => d.name), label: null, tickSize: 0},
    marks: [
      Plot.rect([0], {x1, x2, fill: "currentColor", fillOpacity: 0.08}),
      Plot.ruleY(rows, {x1: 0, x2: "lostAt", y: "name", strokeOpacity: 0.5, strokeWidth: 2}),
      Plot.dot(rows, {...place, r: 4.5, stroke: "currentColor", fill: page}),
      Plot.dot(rows, {...place, r: 4.5, fill: "currentColor", filter: (d) => d.lie === "between"}),
      Plot.text(rows, {
        ...place,
        text: (d) => d.lostAt.toFixed(d.lostAt < 0.1 ? 3 : 2),
        textAnchor: "start",
        dx: 9
      })
    ]
  });
}
