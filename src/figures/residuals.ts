import * as Plot from "@observablehq/plot";
import {alpha} from "../statistics/alpha.js";
import {percentText} from "../tables/format.js";
import {drawingWidth, ink, plotStyle} from "./style.js";

/** A cell of a crosstab: its share of the row and how far it is from what all rows together would give. */
export interface ResidualCell {
  /** Codes of the row and the column. */
  readonly row: string;
  readonly column: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly residual: number;
  /** The residual’s P, corrected for the number of cells. */
  readonly adjusted: number;
}

/** A row or column of the map. */
export interface ResidualSide {
  readonly code: string;
  readonly label: string;
}

/** The rows and columns of the map in their order, and the shares of all rows together. */
export interface ResidualSides {
  readonly rows: readonly ResidualSide[];
  readonly columns: readonly ResidualSide[];
  readonly all?: {readonly label: string; readonly shares: readonly number[]};
}

const allRow = "\u0000all";

/**
 * A heat map of adjusted residuals: each cell says its share of the row; filled with ▲ where it is more than all rows
 * together would give, framed with ▼ where it is less, twice the mark where P is under 0.1% instead of 5%.
 */
export function residualMap(
  cells: readonly ResidualCell[],
  {rows, columns, all}: ResidualSides,
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const marginLeft = narrow ? 108 : 176;
  const cellWidth = (width - marginLeft) / columns.length;
  const longest = Math.max(...columns.flatMap(({label}) => label.split(/[\s-]/).map((word) => word.length)));
  // A word that does not fit over its column is turned upright with all others.
  const upright = longest * 7.2 > cellWidth;
  const rowHeight = 52;
  const marginTop = upright ? 160 : 64;
  const lines = [...rows, ...(all ? [{code: allRow, label: all.label}] : [])];
  const drawn = cells.map((cell) => ({...cell, strength: strength(cell)}));
  const more = drawn.filter((d) => d.strength > 0 && d.residual > 0);
  const fewer = drawn.filter((d) => d.strength > 0 && d.residual < 0);
  const strong = (d: {strength: number; residual: number}) => d.strength === 2 && d.residual > 0;
  const text = (d: {strength: number; residual: number}) => (strong(d) ? "var(--theme-background)" : "currentColor");
  const place = {x: "column", y: "row", inset: 2, rx: 3} as const;
  return Plot.plot({
    width,
    height: marginTop + lines.length * rowHeight + 4,
    marginTop,
    marginBottom: 4,
    marginLeft,
    marginRight: 0,
    style: plotStyle,
    x: {type: "band", domain: columns.map(({code}) => code), axis: null, padding: 0},
    y: {type: "band", domain: lines.map(({code}) => code), axis: null, padding: 0},
    marks: [
      Plot.cell(drawn, {...place, stroke: "currentColor", strokeOpacity: 0.15}),
      Plot.cell(more, {...place, fill: ink, fillOpacity: (d) => (d.strength === 2 ? 1 : 0.25), stroke: ink}),
      Plot.cell(fewer, {...place, stroke: ink, strokeWidth: 2.5, strokeDasharray: "5 3"}),
      Plot.text(
        drawn.filter((d) => d.strength === 0),
        {x: "column", y: "row", text: (d) => percentText(d.share)}
      ),
      Plot.text([...more, ...fewer], {
        x: "column",
        y: "row",
        text: (d) => percentText(d.share),
        dy: -8,
        fill: text,
        fontWeight: 700
      }),
      Plot.text([...more, ...fewer], {
        x: "column",
        y: "row",
        text: (d) => (d.residual > 0 ? "▲" : "▼").repeat(d.strength),
        dy: 9,
        fontSize: 11,
        fill: text
      }),
      Plot.text(lines, {
        y: "code",
        frameAnchor: "left",
        text: "label",
        textAnchor: "end",
        dx: -10,
        fontWeight: 600,
        fontSize: narrow ? 11.5 : 13,
        lineWidth: narrow ? 7 : 10.5
      }),
      Plot.text(columns, {
        x: "code",
        frameAnchor: "top",
        text: "label",
        dy: -8,
        fontWeight: 600,
        fontSize: 12,
        ...(upright
          ? {rotate: -90, textAnchor: "start", lineAnchor: "middle", lineWidth: 10}
          : {lineAnchor: "bottom", lineWidth: cellWidth / 15.5})
      }),
      ...(all
        ? [
            Plot.ruleY([allRow], {y: (d: string) => d, dy: -rowHeight / 2, strokeOpacity: 0.5}),
            Plot.text(columns, {
              x: "code",
              y: () => allRow,
              text: (_, i) => percentText(all.shares[i] ?? 0)
            })
          ]
        : [])
    ]
  });
}

function strength({adjusted}: ResidualCell): 0 | 1 | 2 {
  return adjusted < 0.001 ? 2 : adjusted < alpha ? 1 : 0;
}
