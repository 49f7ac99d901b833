import * as Plot from "@observablehq/plot";
import {drawingWidth, plotStyle} from "./style.js";

/** The likeness of answers from one office at which a table's result is no longer significant at 5%. */
export interface LikenessLimit {
  readonly table: number;
  readonly label: string;
  /** An intraclass correlation. */
  readonly lostAt: number;
  /** Whether whole offices are compared, or groups within them. */
  readonly lie: "between" | "within";
}

/** A bar a table up to the correlation at which its result is lost, the weakest on top, over what is usual. */
export function likenessLimits(
  limits: readonly LikenessLimit[],
  options: {usual: readonly [number, number]; width?: number}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const rows = [...limits]
    .sort((a, b) => a.lostAt - b.lostAt)
    .map((d) => ({...d, name: narrow ? `Table ${d.table}` : `${d.table}. ${d.label}`}));
  const [x1, x2] = options.usual;
  return Plot.plot({
    width,
    height: rows.length * 22 + 60,
    marginBottom: 44,
    marginLeft: narrow ? 72 : 350,
    marginRight: 44,
    style: plotStyle,
    x: {
      type: "sqrt",
      domain: [0, Math.max(0.8, ...rows.map((d) => d.lostAt))],
      ticks: [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8],
      tickFormat: String,
      label: "intraclass correlation →",
      labelArrow: "none"
    },
    y: {domain: rows.map((d) => d.name), label: null, tickSize: 0},
    marks: [
      Plot.rect([0], {x1, x2, fill: "currentColor", fillOpacity: 0.08}),
      Plot.ruleY(rows, {x1: 0, x2: "lostAt", y: "name", strokeOpacity: 0.5, strokeWidth: 2}),
      Plot.dot(rows, {x: "lostAt", y: "name", r: 4.5, stroke: "currentColor", fill: "var(--theme-background)"}),
      Plot.dot(rows, {
        x: "lostAt",
        y: "name",
        r: 4.5,
        fill: "currentColor",
        filter: (d) => d.lie === "between"
      }),
      Plot.text(rows, {
        x: "lostAt",
        y: "name",
        text: (d) => d.lostAt.toFixed(d.lostAt < 0.1 ? 3 : 2),
        textAnchor: "start",
        dx: 9
      })
    ]
  });
}
