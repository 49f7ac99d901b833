import * as Plot from "@observablehq/plot";
import type {Drawing} from "./drawing.js";
import {axis, margins, panelTitle, room} from "./style.js";

/** A cell of a crosstab that was not printed, and the range that its count must lie in. */
interface Bounds {
  readonly row: string;
  readonly column: string;
  readonly lower: number;
  readonly upper: number;
}

/** With the count that it happens to have in the respondents. */
export interface BoundedCell extends Bounds {
  readonly reconstructed: number;
}

/** With what it is in an ensemble: 5% and 95% quantiles, by kind of member. */
export interface SpreadCell extends Bounds {
  readonly even: readonly [number, number];
  readonly slanted: readonly [number, number];
}

/** A panel a row and a line a column, over a number of respondents. */
function frame(rows: readonly string[], columns: readonly string[], width: number, left: number, right: number) {
  return {
    width,
    height: rows.length * (columns.length * 17 + 36) + 40,
    ...margins(26, right, 44, left),
    x: {...axis("number of respondents"), grid: true, zero: true, nice: true},
    y: {domain: columns, label: null, tickSize: 0},
    fy: {domain: rows, axis: null, padding: 0.24}
  };
}

const place = {y: "column", fy: "row"} as const;

/** Bars from the least to the greatest count each cell can have, with a dot for the reconstruction’s own count. */
export function boundsChart(
  cells: readonly BoundedCell[],
  rows: readonly string[],
  columns: readonly string[],
  options: {width?: number} = {}
): Drawing {
  const {width, narrow} = room(options.width);
  const bar = {...place, x1: "lower", x2: "upper", strokeWidth: 7, strokeOpacity: 0.28} as const;
  const node = Plot.plot({
    ...frame(rows, columns, width, narrow ? 140 : 150, 30),
    marks: [
      Plot.text(rows, panelTitle(narrow ? -132 : -142)),
      Plot.ruleY(cells, {...bar, strokeLinecap: "round"}),
      Plot.dot(cells, {...place, x: "reconstructed", fill: "currentColor", r: 4}),
      Plot.text(cells, {
        ...place,
        x: "upper",
        text: (d: BoundedCell) => `${d.lower}–${d.upper}`,
        textAnchor: "start",
        dx: 8,
        fontSize: 11
      })
    ]
  });
  const inWords = cells.map((d) => `${d.row}, ${d.column}: ${d.lower} to ${d.upper}, reconstructed ${d.reconstructed}`);
  return {
    node,
    language: "en",
    words: `Ranges: ${inWords.join("; ")}.`,
    numbers: cells.map((d) => ({...numbersOf(d), "In our list": d.reconstructed}))
  };
}

/** The bars of each cell, from wide to narrow: told apart by how thick they are, in the light and in the dark theme. */
const bars = [
  {ends: (d: SpreadCell) => [d.lower, d.upper] as const, strokeWidth: 1.5, strokeOpacity: 0.6},
  {ends: (d: SpreadCell) => d.slanted, strokeWidth: 5, strokeOpacity: 0.5},
  {ends: (d: SpreadCell) => d.even, strokeWidth: 11, strokeOpacity: 1}
] as const;

/** For each cell three bars on one line: bounds (thin), slanted members (thicker) and even members (thickest). */
export function spreadChart(
  cells: readonly SpreadCell[],
  rows: readonly string[],
  columns: readonly string[],
  options: {width?: number} = {}
): Drawing {
  const {width, narrow} = room(options.width);
  const left = narrow ? 160 : 190;
  const own = frame(rows, columns, width, left, 16);
  const node = Plot.plot({
    ...own,
    x: {...own.x, ticks: narrow ? 4 : 8},
    marks: [
      Plot.text(rows, panelTitle(6 - left)),
      Plot.axisY({label: null, tickSize: 0, fontSize: narrow ? 11 : 13}),
      ...bars.map(({ends, ...bar}) =>
        Plot.ruleY(cells, {...place, ...bar, x1: (d: SpreadCell) => ends(d)[0], x2: (d: SpreadCell) => ends(d)[1]})
      )
    ]
  });
  const range = ([low, high]: readonly [number, number]) => `${low} to ${high}`;
  const inWords = cells.map(
    ({row, column, lower, upper, slanted, even}) =>
      `${column}, ${row}: bounds ${lower} to ${upper}, slanted ${range(slanted)}, even ${range(even)}`
  );
  return {
    node,
    language: "en",
    words: `Bounds and spreads: ${inWords.join("; ")}.`,
    numbers: cells.map((d) => ({
      ...numbersOf(d),
      "Even, 5%": d.even[0],
      "Even, 95%": d.even[1],
      "Slanted, 5%": d.slanted[0],
      "Slanted, 95%": d.slanted[1]
    }))
  };
}

function numbersOf({row, column, lower, upper}: Bounds) {
  return {Row: row, Column: column, Least: lower, Greatest: upper};
}
