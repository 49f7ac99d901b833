import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import {drawingWidth, ink, plotStyle} from "./style.js";

/** A cell of a crosstab as a share of its base, from 0 to 1, with the ends that the printed tables leave open. */
export interface CellShare {
  /** The line of cells that it stands in. */
  readonly row: string;
  readonly column: string;
  /** The share in the respondents. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * A line a cell: a dot where the printed tables determine the share; where they do not, a band over all shares that fit
 * them, with a hollow dot for the reconstruction's own, which is only one of them.
 */
export function crosstabCells(
  cells: readonly CellShare[],
  rows: readonly string[],
  columns: readonly string[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const longest = Math.max(...columns.map((label) => label.length));
  const marginLeft = Math.min(narrow ? 132 : 240, 24 + longest * 6.8);
  // Labels that are too long for the margin go on over more lines.
  const letters = Math.floor((marginLeft - 20) / 6.4);
  const lines = Math.max(...columns.map((label) => Math.ceil((label.length * 1.15) / letters)));
  const open = cells.filter(({lower, upper}) => lower < upper);
  const fixed = cells.filter(({lower, upper}) => lower === upper);
  return Plot.plot({
    width,
    height: rows.length * (columns.length * (5 + 14 * lines) + 34) + 56,
    marginTop: 26,
    marginLeft,
    marginRight: narrow ? 56 : 64,
    marginBottom: 42,
    style: plotStyle,
    x: {
      domain: [0, Math.min(1, Math.max(0.2, ...cells.map(({upper}) => upper)))],
      tickFormat: "%",
      ticks: narrow ? 4 : 8,
      label: "share →",
      labelArrow: "none",
      grid: true
    },
    y: {domain: columns, axis: null},
    fy: {domain: rows, axis: null, padding: 0.2},
    marks: [
      Plot.axisY({label: null, tickSize: 0, lineWidth: letters * 0.56, fontSize: 12}),
      Plot.text(rows, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        dx: 12 - marginLeft,
        dy: -16,
        textAnchor: "start",
        fontWeight: 600
      }),
      Plot.ruleY(open, {
        x1: "lower",
        x2: "upper",
        y: "column",
        fy: "row",
        strokeWidth: 8,
        strokeOpacity: 0.28,
        strokeLinecap: "round"
      }),
      Plot.dot(open, {
        x: "share",
        y: "column",
        fy: "row",
        r: 4,
        fill: "var(--theme-background)",
        stroke: "currentColor",
        strokeWidth: 1.5
      }),
      Plot.ruleY(fixed, {x1: 0, x2: "share", y: "column", fy: "row", stroke: ink, strokeWidth: 2}),
      Plot.dot(fixed, {x: "share", y: "column", fy: "row", r: 4.5, fill: ink}),
      Plot.text(cells, {
        x: "upper",
        y: "column",
        fy: "row",
        text: ({share, lower, upper}: CellShare) =>
          lower === upper ? percentText(share) : `${percentText(lower).replace("%", "")}–${percentText(upper)}`,
        textAnchor: "start",
        dx: 9,
        fontSize: 11
      })
    ]
  });
}
