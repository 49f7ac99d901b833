import * as Plot from "@observablehq/plot";
import {drawingWidth, ink, plotStyle} from "./style.js";

/** How far a cell is from what independence expects, in standard errors. */
export interface ResidualCell {
  readonly row: string;
  readonly column: string;
  readonly residual: number;
  /** Whether it stands out when all cells are looked at (Holm). */
  readonly clear: boolean;
}

/** A circle a cell, by its residual: filled where there are more people than expected, hollow where there are fewer. */
export function crosstabResiduals(
  cells: readonly ResidualCell[],
  rows: readonly string[],
  columns: readonly string[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const marginLeft = Math.min(narrow ? 118 : 210, 20 + Math.max(...rows.map((label) => label.length)) * 7);
  const letters = Math.floor((marginLeft - 12) / 6.4);
  const column = (width - marginLeft - 10) / Math.max(1, columns.length);
  return Plot.plot({
    width,
    height: rows.length * 42 + 70,
    marginTop: 56,
    marginLeft,
    marginRight: 10,
    marginBottom: 10,
    padding: 0,
    style: plotStyle,
    x: {axis: "top", domain: columns, label: null, tickSize: 0, tickFormat: () => ""},
    y: {domain: rows, axis: null},
    r: {
      type: "sqrt",
      domain: [0, Math.max(4, ...cells.map(({residual}) => Math.abs(residual)))],
      range: [0, narrow ? 13 : 17]
    },
    marks: [
      Plot.axisY({label: null, tickSize: 0, lineWidth: letters * 0.56, fontSize: 12}),
      Plot.text(columns, {
        x: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top",
        dy: -8,
        lineAnchor: "bottom",
        lineWidth: Math.max(3, column / 14),
        fontSize: narrow ? 11 : 12
      }),
      Plot.cell(cells, {x: "column", y: "row", stroke: "currentColor", strokeOpacity: 0.15, inset: 0.5}),
      Plot.dot(cells, {
        x: "column",
        y: "row",
        r: (d: ResidualCell) => Math.abs(d.residual),
        dx: -Math.min(18, column / 4),
        fill: (d: ResidualCell) => (d.residual > 0 ? ink : "none"),
        fillOpacity: 0.75,
        stroke: ink,
        strokeWidth: 1.5
      }),
      ...[true, false].map((clear) =>
        Plot.text(
          cells.filter((cell) => cell.clear === clear),
          {
            x: "column",
            y: "row",
            dx: Math.min(20, column / 4),
            text: ({residual}: ResidualCell) =>
              `${residual > 0 ? "+" : residual < 0 ? "−" : ""}${Math.abs(residual).toFixed(1)}`,
            fontWeight: clear ? 800 : 400,
            fontSize: narrow ? 11 : 12
          }
        )
      )
    ]
  });
}
