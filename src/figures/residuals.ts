import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {alpha} from "../statistics/alpha.js";
import {rowsOf, variablesOf} from "../tables/counts.js";
import {decimalText, percentText, pText} from "../tables/format.js";
import {type Drawing, type FigureOptions, sayIn} from "./drawing.js";
import {frame, ink, page, room} from "./style.js";

/** A cell of a crosstab: its share of the row and how far it is from what all rows together would give. */
interface Cell {
  readonly row: string;
  readonly column: string;
  readonly count: number;
  readonly n: number;
  /** From 0 to 1, as is the share of all rows. */
  readonly share: number;
  readonly overall: number;
  readonly residual: number;
  /** The residual’s P, corrected for the number of cells. */
  readonly adjusted: number;
}

/** How clearly a cell stands out: not, at 5%, or at 0.1%. */
function strength({adjusted}: Cell): 0 | 1 | 2 {
  return adjusted < 0.001 ? 2 : adjusted < alpha ? 1 : 0;
}

/**
 * A heat map of adjusted residuals: each cell says its share of the row; filled with ▲ where it is more than all rows
 * together would give, framed with ▼ where it is less, twice the mark where P is under 0.1% instead of 5%. Where the
 * columns’ labels have no room above them, rows and columns change places and labels stand above their lines.
 *
 * @param table a row a cell, as `residualsOf` makes them
 */
export function residualMap(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const {language} = label;
  const say = sayIn(language);
  const allRows = say("All");
  const [first = "", second = ""] = variablesOf(table);
  const cells = rowsOf<Cell & Record<string, string>>(table).map((d) => ({
    ...d,
    row: label(first, d[first]),
    column: label(second, d[second])
  })) as Cell[];
  const rows = [...new Set(cells.map((d) => d.row))];
  const columns = [...new Set(cells.map((d) => d.column))];
  const all = columns.map((column) => cells.find((d) => d.column === column)?.overall ?? 0);
  const percent = (share: number) => percentText(share, language);

  const {width} = room(options.width);
  const longest = Math.max(...columns.flatMap((text) => text.split(/[\s-]/).map((word) => word.length)));
  const across = longest * 7.2 < (width - 176) / columns.length;
  const [heads, lines] = across ? [columns, [...rows, allRows]] : [rows, columns];
  const marginLeft = across ? 176 : 0;
  const cellWidth = (width - marginLeft) / heads.length;
  const rowHeight = across ? 46 : 64;
  // Labels of lines stand beside them, or in the upper part of their room.
  const labels = across ? 0 : 22;
  const letters = across ? 15.5 : 13;
  const marginTop = across ? 50 : 64;
  const place = {x: across ? "column" : "row", y: across ? "row" : "column"} as const;
  const title = (d: Cell) =>
    `${d.row}, ${d.column}: ${percent(d.share)} (${d.count} ${say("Of").toLowerCase()} ${d.n}); ${allRows}: ${percent(d.overall)}`;
  const box = {...place, inset: 2, insetTop: 2 + labels, rx: 3, title} as const;
  const middle = labels / 2;
  const more = cells.filter((d) => strength(d) > 0 && d.residual > 0);
  const fewer = cells.filter((d) => strength(d) > 0 && d.residual < 0);
  const fill = (d: Cell) => (strength(d) === 2 && d.residual > 0 ? page : "currentColor");
  const node = Plot.plot({
    ...frame(width, marginTop + lines.length * rowHeight + 4, [marginTop, 0, 4, marginLeft]),
    x: {type: "band", domain: heads, axis: null, padding: 0},
    y: {type: "band", domain: lines, axis: null, padding: 0},
    marks: [
      Plot.cell(cells, {...box, stroke: "currentColor", strokeOpacity: 0.15}),
      Plot.cell(more, {...box, fill: ink, fillOpacity: (d) => (strength(d) === 2 ? 1 : 0.25), stroke: ink}),
      Plot.cell(fewer, {...box, stroke: ink, strokeWidth: 2.5, strokeDasharray: "5 3"}),
      Plot.text(
        cells.filter((d) => strength(d) === 0),
        {...place, pointerEvents: "none", text: (d) => percent(d.share), dy: middle}
      ),
      Plot.text([...more, ...fewer], {
        ...place,
        pointerEvents: "none",
        text: (d) => percent(d.share),
        dy: middle - 8,
        fill,
        fontWeight: 700
      }),
      Plot.text([...more, ...fewer], {
        ...place,
        pointerEvents: "none",
        text: (d) => (d.residual > 0 ? "▲" : "▼").repeat(strength(d)),
        dy: middle + 9,
        fontSize: 11,
        fill
      }),
      Plot.text(lines, {
        y: (d: string) => d,
        frameAnchor: "left",
        text: (d: string, i) => (across ? d : `${d} (${allRows.toLowerCase()}: ${percent(all[i] ?? 0)})`),
        fontWeight: 600,
        ...(across ? {textAnchor: "end", dx: -10, lineWidth: 10.5} : {textAnchor: "start", dy: -20})
      } as Plot.TextOptions),
      Plot.text(heads, {
        x: (d: string) => d,
        frameAnchor: "top",
        text: (d: string) => d.replaceAll("/", "/ "),
        dy: -8,
        fontWeight: 600,
        fontSize: across ? 12 : 11,
        lineAnchor: "bottom",
        lineWidth: cellWidth / letters
      }),
      ...(across
        ? [
            Plot.ruleY([allRows], {y: (d: string) => d, dy: -rowHeight / 2, strokeOpacity: 0.5}),
            Plot.text(columns, {x: (d: string) => d, y: () => allRows, text: (_, i) => percent(all[i] ?? 0)})
          ]
        : [])
    ]
  });
  const standing = [...more, ...fewer].map(
    (d) =>
      `${d.row}, ${d.column}: ${percent(d.share)}, ${say(d.residual > 0 ? "more than" : "fewer than")} ${percent(d.overall)}`
  );
  return {
    node,
    language,
    n: cells.reduce((sum, d) => sum + d.count, 0),
    key: `${say(across ? "Percents are of each line." : "Percents are of each column.")} ${say(howToRead)}`,
    words: standing.length > 0 ? `${standing.join("; ")}.` : say("No cell stands out."),
    numbers: cells.map((d) => ({
      [label(first)]: d.row,
      [label(second)]: d.column,
      [say("Count")]: d.count,
      [say("Of")]: d.n,
      [say("Share")]: percent(d.share),
      [allRows]: percent(d.overall),
      [say("Adjusted residual")]: decimalText(d.residual, 1),
      [say("P, corrected")]: pText(d.adjusted)
    }))
  };
}

const howToRead =
  "Filled, ▲: more than among all; framed, ▼: fewer (P under 5% after Holm’s correction for the number of cells; " +
  "two marks: under 0.1%).";
