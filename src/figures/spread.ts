import * as Plot from "@observablehq/plot";
import type {Drawing} from "./drawing.js";
import {drawingWidth, plotStyle} from "./style.js";

/** A count that the tables leave open: its exact bounds and what it is in an ensemble. */
export interface SpreadCell {
  readonly row: string;
  readonly column: string;
  readonly lower: number;
  readonly upper: number;
  /** 5% and 95% quantiles, by kind of member. */
  readonly even: readonly [number, number];
  readonly slanted: readonly [number, number];
}

/** The bars of each cell, from wide to narrow: told apart by how thick they are, in the light and in the dark theme. */
const bars = [
  {name: "exact bounds", ends: (d: SpreadCell) => [d.lower, d.upper] as const, thickness: 1.5, opacity: 0.6},
  {name: "slanted", ends: (d: SpreadCell) => d.slanted, thickness: 5, opacity: 0.5},
  {name: "even", ends: (d: SpreadCell) => d.even, thickness: 11, opacity: 1}
] as const;

/** For each cell three bars on one line: exact bounds (thin), slanted members (thicker) and even members (thickest). */
export function spreadChart(
  cells: readonly SpreadCell[],
  rows: readonly string[],
  columns: readonly string[],
  options: {width?: number} = {}
): Drawing {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const left = narrow ? 160 : 190;
  const node = Plot.plot({
    width,
    height: rows.length * (columns.length * 17 + 36) + 40,
    marginBottom: 44,
    marginLeft: left,
    marginTop: 26,
    marginRight: 16,
    style: plotStyle,
    x: {
      label: "number of respondents →",
      labelArrow: "none",
      grid: true,
      zero: true,
      nice: true,
      ticks: narrow ? 4 : 8
    },
    y: {domain: columns, label: null, tickSize: 0},
    fy: {domain: rows, axis: null, padding: 0.24},
    marks: [
      Plot.text(rows, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        dx: -left + 6,
        dy: -16,
        textAnchor: "start",
        fontWeight: 600
      }),
      Plot.axisY({label: null, tickSize: 0, fontSize: narrow ? 11 : 13}),
      ...bars.map(({ends, thickness, opacity}) =>
        Plot.ruleY(cells, {
          x1: (d: SpreadCell) => ends(d)[0],
          x2: (d: SpreadCell) => ends(d)[1],
          y: "column",
          fy: "row",
          strokeWidth: thickness,
          strokeOpacity: opacity
        })
      )
    ]
  });
  const range = ([low, high]: readonly [number, number]) => `${low} to ${high}`;
  return {
    node,
    language: "en",
    words: `Bounds and spreads: ${cells
      .map(
        (d) =>
          `${d.column}, ${d.row}: bounds ${d.lower} to ${d.upper}, slanted ${range(d.slanted)}, even ${range(d.even)}`
      )
      .join("; ")}.`,
    numbers: cells.map((d) => ({
      Row: d.row,
      Column: d.column,
      Least: d.lower,
      Greatest: d.upper,
      "Even, 5%": d.even[0],
      "Even, 95%": d.even[1],
      "Slanted, 5%": d.slanted[0],
      "Slanted, 95%": d.slanted[1]
    }))
  };
}
