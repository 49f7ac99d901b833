import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf} from "../tables/counts.js";
import type {Drawing, FigureOptions} from "./drawing.js";
import {axis, frame, panelTitle, room} from "./style.js";

/** A cell of a crosstab that was not printed, and the range that its count must lie in. */
type Bounds = Readonly<Record<"row" | "column", string> & Record<"lower" | "upper", number>>;

/** With the count that it happens to have in the respondents. */
type BoundedCell = Bounds & {readonly reconstructed: number};

/** With what it is in an ensemble: 5% and 95% quantiles, by kind of member. */
type SpreadCell = Bounds & Readonly<Record<"even_low" | "even_high" | "slanted_low" | "slanted_high", number>>;

/** The cells of one crosstab with their labels, and the labels of its rows and columns in order. */
function read<Cell extends Bounds>(table: ColumnTable, label: FigureOptions["label"]) {
  type Row = Cell & Readonly<Record<"row_variable" | "column_variable", string>>;
  const cells = rowsOf<Row>(table).map((d): Cell => {
    const [row, column] = [label(d.row_variable, d.row), label(d.column_variable, d.column)];
    return {...d, row, column};
  });
  const [rows, columns] = [new Set(cells.map(({row}) => row)), new Set(cells.map(({column}) => column))];
  return {cells, rows: [...rows], columns: [...columns]};
}

/** A panel a row and a line a column, over a number of respondents. */
function panels(rows: readonly string[], columns: readonly string[], width: number, left: number, right: number) {
  return {
    ...frame(width, rows.length * (columns.length * 17 + 36) + 40, [26, right, 44, left]),
    x: {...axis("number of respondents"), grid: true, zero: true, nice: true},
    y: {domain: columns, label: null, tickSize: 0},
    fy: {domain: rows, axis: null, padding: 0.24}
  };
}

const place = {y: "column", fy: "row"} as const;

/**
 * Bars from the least to the greatest count each cell can have, with a dot for the reconstruction’s own count.
 *
 * @param table a row a cell of one crosstab, as in bounds.arrow
 */
export function boundsChart(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const {cells, rows, columns} = read<BoundedCell>(table, label);
  const {width, narrow} = room(options.width);
  const title = (d: BoundedCell) => `${d.row}, ${d.column}: ${d.lower} to ${d.upper}; in our list ${d.reconstructed}`;
  const bar = {...place, x1: "lower", x2: "upper", strokeWidth: 7, strokeOpacity: 0.28, title} as const;
  const node = Plot.plot({
    ...panels(rows, columns, width, narrow ? 140 : 150, 30),
    marks: [
      Plot.text(rows, panelTitle(narrow ? -132 : -142)),
      Plot.ruleY(cells, {...bar, strokeLinecap: "round"}),
      Plot.dot(cells, {...place, x: "reconstructed", fill: "currentColor", r: 4, title}),
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
  {ends: (d: SpreadCell) => [d.slanted_low, d.slanted_high] as const, strokeWidth: 5, strokeOpacity: 0.5},
  {ends: (d: SpreadCell) => [d.even_low, d.even_high] as const, strokeWidth: 11, strokeOpacity: 1}
] as const;

/**
 * For each cell three bars on one line: bounds (thin), slanted members (thicker) and even members (thickest).
 *
 * @param table a row a cell of one crosstab, as in ensemble.arrow
 */
export function spreadChart(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const {cells, rows, columns} = read<SpreadCell>(table, label);
  const {width, narrow} = room(options.width);
  const left = narrow ? 160 : 190;
  const own = panels(rows, columns, width, left, 16);
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
  const inWords = cells.map(
    (d) =>
      `${d.column}, ${d.row}: bounds ${d.lower} to ${d.upper}, slanted ${d.slanted_low} to ${d.slanted_high}, even ${d.even_low} to ${d.even_high}`
  );
  return {
    node,
    language: "en",
    words: `Bounds and spreads: ${inWords.join("; ")}.`,
    numbers: cells.map((d) => ({
      ...numbersOf(d),
      "Even, 5%": d.even_low,
      "Even, 95%": d.even_high,
      "Slanted, 5%": d.slanted_low,
      "Slanted, 95%": d.slanted_high
    }))
  };
}

function numbersOf({row, column, lower, upper}: Bounds) {
  return {Row: row, Column: column, Least: lower, Greatest: upper};
}
