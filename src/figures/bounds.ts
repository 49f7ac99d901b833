import * as Plot from "@observablehq/plot";
import type {Drawing} from "./drawing.js";
import {drawingWidth, plotStyle} from "./style.js";

/** A cell of a crosstab that was not printed: the range its count must lie in, and the count it happens to have. */
export interface BoundedCell {
  readonly row: string;
  readonly column: string;
  readonly lower: number;
  readonly upper: number;
  readonly reconstructed: number;
}

/** Bars from the least to the greatest count each cell can have, with a dot for the reconstruction’s own count. */
export function boundsChart(
  cells: readonly BoundedCell[],
  rows: readonly string[],
  columns: readonly string[],
  options: {width?: number} = {}
): Drawing {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const node = Plot.plot({
    width,
    height: rows.length * (columns.length * 17 + 36) + 40,
    marginBottom: 44,
    marginLeft: narrow ? 140 : 150,
    marginTop: 26,
    marginRight: 30,
    style: plotStyle,
    x: {label: "number of respondents →", labelArrow: "none", grid: true, zero: true, nice: true},
    y: {domain: columns, label: null, tickSize: 0},
    fy: {domain: rows, axis: null, padding: 0.24},
    marks: [
      Plot.text(rows, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        dx: narrow ? -132 : -142,
        dy: -16,
        textAnchor: "start",
        fontWeight: 600
      }),
      Plot.ruleY(cells, {
        x1: "lower",
        x2: "upper",
        y: "column",
        fy: "row",
        strokeWidth: 7,
        strokeOpacity: 0.28,
        strokeLinecap: "round"
      }),
      Plot.dot(cells, {x: "reconstructed", y: "column", fy: "row", fill: "currentColor", r: 4}),
      Plot.text(cells, {
        x: "upper",
        y: "column",
        fy: "row",
        text: (d: BoundedCell) => `${d.lower}–${d.upper}`,
        textAnchor: "start",
        dx: 8,
        fontSize: 11
      })
    ]
  });
  return {
    node,
    language: "en",
    words: `Ranges: ${cells.map((d) => `${d.row}, ${d.column}: ${d.lower} to ${d.upper}, reconstructed ${d.reconstructed}`).join("; ")}.`,
    numbers: cells.map((d) => ({
      Row: d.row,
      Column: d.column,
      Least: d.lower,
      Greatest: d.upper,
      "In our list": d.reconstructed
    }))
  };
}
