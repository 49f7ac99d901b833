import * as Plot from "@observablehq/plot";
import {drawingWidth, plotStyle} from "./style.js";

/** How much of the crosstab of two variables the printed tables leave open. */
export interface PairWidth {
  readonly row: string;
  readonly column: string;
  /** Mean width of the bounds as a share of all respondents, or null where the report prints the crosstab. */
  readonly width: number | null;
}

/** A heat map of all pairs: how wide the bounds of a cell are, on average; a tick marks what the report prints. */
export function determination(
  pairs: readonly PairWidth[],
  labels: readonly string[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 760);
  const narrow = width < 480;
  const open = pairs.filter((pair) => pair.width !== null);
  const printed = pairs.filter((pair) => pair.width === null);
  return Plot.plot({
    width,
    height: narrow ? 496 : 690,
    marginLeft: narrow ? 176 : 250,
    marginBottom: narrow ? 176 : 250,
    marginTop: 10,
    style: {...plotStyle, fontSize: narrow ? "9px" : "12px"},
    x: {domain: labels, label: null, tickRotate: -90, tickSize: 0},
    y: {domain: labels, label: null, tickSize: 0},
    color: {
      type: "linear",
      scheme: "blues",
      domain: [0, Math.max(...open.map((pair) => pair.width ?? 0))]
    },
    marks: [
      Plot.cell(open, {x: "column", y: "row", fill: "width", inset: 0.5}),
      Plot.cell(printed, {x: "column", y: "row", stroke: "currentColor", strokeOpacity: 0.5, fill: "none", inset: 1}),
      Plot.text(printed, {x: "column", y: "row", text: () => "✓"}),
      ...(narrow
        ? []
        : [
            Plot.text(open, {
              x: "column",
              y: "row",
              text: (d: PairWidth) => String(Math.round(100 * (d.width ?? 0))),
              fill: (d: PairWidth) => ((d.width ?? 0) > 0.14 ? "white" : "#1b1e23"),
              fontSize: 10
            })
          ])
    ]
  });
}
