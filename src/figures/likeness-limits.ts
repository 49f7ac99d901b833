import * as Plot from "@observablehq/plot";
import type {TableId} from "../tables/table-id.js";
import type {Drawing, FigureOptions} from "./drawing.js";
import {axis, frame, page, room} from "./style.js";

/** The likeness of answers from one office at which a table's result is no longer significant at 5%. */
interface LikenessLimit {
  readonly table: TableId;
  /** The variables that the table crosses. */
  readonly row: string;
  readonly column: string;
  /** An intraclass correlation. */
  readonly lostAt: number;
  /** Whether offices are compared, or groups within them. */
  readonly lie: "between" | "within";
}

/** A bar a table up to the correlation at which its result is lost, the weakest on top, over what is usual. */
export function likenessLimits(
  limits: readonly LikenessLimit[],
  {label, usual, ...options}: FigureOptions & {readonly usual: readonly [number, number]}
): Drawing {
  const {width, narrow} = room(options.width);
  const rows = [...limits]
    .sort((a, b) => a.lostAt - b.lostAt)
    .map((d) => {
      const crossed = `${label(d.column)} by ${label(d.row).toLowerCase()}`;
      return {...d, name: narrow ? `Table ${d.table}` : `${d.table}. ${crossed}`};
    });
  const [x1, x2] = usual;
  const place = {x: "lostAt", y: "name"} as const;
  const node = Plot.plot({
    ...frame(width, rows.length * 22 + 60, [20, 44, 44, narrow ? 72 : 350]),
    x: {
      type: "sqrt",
      domain: [0, Math.max(0.8, ...rows.map((d) => d.lostAt))],
      ticks: [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8],
      tickFormat: String,
      ...axis("intraclass correlation")
    },
    y: {domain: rows.map((d) => d.name), label: null, tickSize: 0},
    marks: [
      Plot.rect([0], {x1, x2, fill: "currentColor", fillOpacity: 0.08}),
      Plot.ruleY(rows, {x1: 0, x2: "lostAt", y: "name", strokeOpacity: 0.5, strokeWidth: 2}),
      Plot.dot(rows, {...place, r: 4.5, stroke: "currentColor", fill: page}),
      Plot.dot(rows, {...place, r: 4.5, fill: "currentColor", filter: (d) => d.lie === "between"}),
      Plot.text(rows, {...place, text: (d) => d.lostAt.toFixed(d.lostAt < 0.1 ? 3 : 2), textAnchor: "start", dx: 9})
    ]
  });
  return {
    node,
    language: label.language,
    words: limits.map((d) => `table ${d.table} ${d.lostAt.toFixed(3)}`).join(", "),
    numbers: limits.map(({table, lie, lostAt}) => ({
      Table: table,
      Compared: lie === "between" ? "offices" : "groups within offices",
      "Lost at": lostAt.toFixed(3)
    })),
    key:
      "For each table the intraclass correlation at which P reaches 5%. Filled: offices are compared; open: groups " +
      "within them, if these are mixed there. Shaded: what is usual in surveys of staff (Bliese 2000)."
  };
}
