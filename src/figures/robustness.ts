import * as Plot from "@observablehq/plot";
import type {Robustness} from "../multiverse/specification.js";
import {countText, percentText} from "../tables/format.js";
import {compareTables, type TableId} from "../tables/table-id.js";
import type {Drawing} from "./drawing.js";
import {axis, frame, room} from "./style.js";

/** How often a conclusion holds. */
interface ConclusionShare {
  readonly table: TableId;
  readonly says: string;
  readonly summary: Pick<Robustness, "count" | "share" | "own">;
  /** What decides, in words. */
  readonly decides: string;
}

/** A line a conclusion: where on the way from never to always it holds, the most fragile on top, and what decides. */
export function robustnessChart(conclusions: readonly ConclusionShare[], options: {width?: number} = {}): Drawing {
  const {width, narrow} = room(options.width, 720, 520);
  const rows = [...conclusions]
    .sort((a, b) => a.summary.share - b.summary.share || compareTables(a.table, b.table))
    .map((d, i) => ({...d, key: String(i), own: d.summary.own, percent: Math.round(100 * d.summary.share)}));
  const row = narrow ? 104 : 64;
  const low = narrow ? 40 : 18;
  const place = {x: "percent", y: "key", dy: low} as const;
  const text = {x: 0, y: "key", textAnchor: "start"} as const;
  const node = Plot.plot({
    ...frame(width, rows.length * row + 70, [narrow ? 28 : 16, 54, 44, 6]),
    x: {
      ...axis(narrow ? "holds in % of specifications" : "holds in so many percent of the specifications"),
      domain: [0, 100],
      grid: true
    },
    y: {domain: rows.map((d) => d.key), axis: null, padding: 0, insetBottom: low - 2},
    marks: [
      Plot.ruleY(rows, {x1: 0, x2: 100, y: "key", strokeOpacity: 0.2, dy: low}),
      Plot.ruleY(rows, {x1: 0, x2: "percent", y: "key", strokeOpacity: 0.5, strokeWidth: 2, dy: low}),
      Plot.dot(rows, {...place, r: 5, fill: (d) => (d.own ? "currentColor" : "none")}),
      Plot.dot(rows, {...place, r: 5, stroke: "currentColor"}),
      Plot.text(rows, {...place, dx: 10, text: (d) => `${d.percent}%`, textAnchor: "start"}),
      Plot.text(rows, {
        ...text,
        dy: narrow ? low - 42 : low - 28,
        text: (d) => `Table ${d.table}. ${d.says}`,
        lineAnchor: "bottom",
        fontWeight: 600,
        fontSize: narrow ? 12 : 13,
        // In ems: text breaks where the drawing ends.
        lineWidth: (width - 12) / (narrow ? 15 : 13.6)
      }),
      Plot.text(rows, {
        ...text,
        dy: narrow ? low - 36 : low - 22,
        text: (d) => `Decides: ${d.decides}`,
        lineAnchor: "top",
        fontSize: narrow ? 10.5 : 12,
        lineWidth: (width - 12) / (narrow ? 11.5 : 12.5),
        fillOpacity: 0.85
      })
    ]
  });
  const ways = conclusions.reduce((sum, {summary}) => sum + summary.count, 0);
  const own = conclusions.every(({summary}) => summary.own)
    ? "All hold under the report’s own choices"
    : "Filled: holds under the report’s own choices";
  return {
    node,
    language: "en",
    words: conclusions.map((d) => `Table ${d.table}, ${d.says}: ${percentText(d.summary.share)}`).join("; "),
    numbers: conclusions.map(({table, says, decides, summary}) => ({
      Conclusion: says,
      Table: table,
      Ways: summary.count,
      Holds: percentText(summary.share),
      "Under the report’s choices": summary.own ? "holds" : "does not hold",
      "What decides": decides
    })),
    key:
      `${countText(ways)} ways that the printed tables determine. ${own}. ` +
      "Below each: the choice that decides most, and how often it holds at either end of it."
  };
}
