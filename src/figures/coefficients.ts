import * as Plot from "@observablehq/plot";
import {drawingWidth, plotStyle} from "./style.js";

/** A standardised coefficient with its interval. */
export interface PlottedCoefficient {
  readonly label: string;
  readonly beta: number;
  readonly lower: number;
  readonly upper: number;
}

/** Dots with intervals, the largest coefficient on top; those whose interval leaves out 0 are filled. */
export function coefficients(
  values: readonly PlottedCoefficient[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const sorted = [...values].sort((a, b) => Math.abs(b.beta) - Math.abs(a.beta));
  const clear = (d: PlottedCoefficient) => d.lower > 0 || d.upper < 0;
  return Plot.plot({
    width,
    height: sorted.length * (narrow ? 42 : 34) + 50,
    marginBottom: 44,
    marginLeft: narrow ? 168 : 270,
    marginRight: narrow ? 16 : 56,
    style: {...plotStyle, ...(narrow ? {fontSize: "11px"} : {})},
    x: {label: "standardised coefficient →", labelArrow: "none", grid: true, ticks: narrow ? 4 : 8},
    y: {domain: sorted.map((d) => d.label), label: null, axis: null},
    marks: [
      Plot.axisY({label: null, tickSize: 0, lineWidth: narrow ? 14 : 20}),
      Plot.ruleX([0]),
      Plot.ruleY(sorted, {
        x1: "lower",
        x2: "upper",
        y: "label",
        strokeWidth: 2,
        strokeOpacity: (d) => (clear(d) ? 1 : 0.55)
      }),
      Plot.dot(sorted, {
        x: "beta",
        y: "label",
        r: 5,
        stroke: "currentColor",
        strokeWidth: 1.5,
        fill: (d) => (clear(d) ? "currentColor" : "var(--theme-background)")
      }),
      ...(narrow
        ? []
        : [
            Plot.text(sorted, {
              x: "upper",
              y: "label",
              text: (d) => d.beta.toFixed(3).replace("-", "−"),
              textAnchor: "start",
              dx: 8
            })
          ])
    ]
  });
}
