import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import type {Drawing} from "./drawing.js";
import {axis, frame, ink, page, panelTitle, room} from "./style.js";

/** A cell of a crosstab as a share of its base, from 0 to 1, with the ends that the printed tables leave open. */
type CellShare = Readonly<Record<"row" | "column", string> & Record<"share" | "lower" | "upper", number>>;

/**
 * A line a cell: a dot where the printed tables determine the share; where they do not, a band over all shares that fit
 * them, with a hollow dot for the reconstruction's own, which is only one of them.
 */
export function crosstabCells(
  cells: readonly CellShare[],
  rows: readonly string[],
  columns: readonly string[],
  options: {width?: number} = {}
): Drawing["node"] {
  const {width, narrow} = room(options.width);
  const longest = Math.max(...columns.map((label) => label.length));
  const marginLeft = Math.min(narrow ? 132 : 240, 24 + longest * 6.8);
  // Labels that are too long for the margin go on over more lines.
  const letters = Math.floor((marginLeft - 20) / 6.4);
  const lines = Math.max(...columns.map((label) => Math.ceil((label.length * 1.15) / letters)));
  const open = cells.filter(({lower, upper}) => lower < upper);
  const fixed = cells.filter(({lower, upper}) => lower === upper);
  const place = {y: "column", fy: "row"} as const;
  const band = {...place, strokeLinecap: "round"} as const;
  return Plot.plot({
    ...frame(width, rows.length * (columns.length * (5 + 14 * lines) + 34) + 56, [
      26,
      narrow ? 56 : 64,
      42,
      marginLeft
    ]),
    x: {
      ...axis("share"),
      domain: [0, Math.min(1, Math.max(0.2, ...cells.map(({upper}) => upper)))],
      tickFormat: "%",
      ticks: narrow ? 4 : 8,
      grid: true
    },
    y: {domain: columns, axis: null},
    fy: {domain: rows, axis: null, padding: 0.2},
    marks: [
      Plot.axisY({label: null, tickSize: 0, lineWidth: letters * 0.56, fontSize: 12}),
      Plot.text(rows, panelTitle(12 - marginLeft)),
      Plot.ruleY(open, {...band, x1: "lower", x2: "upper", strokeWidth: 8, strokeOpacity: 0.28}),
      Plot.dot(open, {...place, x: "share", r: 4, fill: page, stroke: "currentColor", strokeWidth: 1.5}),
      Plot.ruleY(fixed, {...place, x1: 0, x2: "share", stroke: ink, strokeWidth: 2}),
      Plot.dot(fixed, {...place, x: "share", r: 4.5, fill: ink}),
      Plot.text(cells, {
        ...place,
        x: "upper",
        text: ({share, lower, upper}: CellShare) =>
          lower === upper ? percentText(share) : `${percentText(lower).replace("%", "")}–${percentText(upper)}`,
        textAnchor: "start",
        dx: 9,
        fontSize: 11
      })
    ]
  });
}
