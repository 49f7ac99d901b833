import * as Plot from "@observablehq/plot";
import {alpha} from "../statistics/alpha.js";
import {pText} from "../tables/format.js";
import type {TableId} from "../tables/table-id.js";
import type {Drawing} from "./drawing.js";
import {axis, frame, leastP, room} from "./style.js";

/** A table's printed P beside Pearson's: a row of tests.arrow. */
interface TablePs {
  readonly table: TableId;
  readonly p_printed: number;
  readonly p_printed_text: string;
  readonly p_pearson: number;
  /** The tests whose P is the printed one to its digits. */
  readonly p_reproduced_by: string | null;
}

/**
 * Printed P (ring) and recomputed P (dot) of each table, the largest on top, with the 5% line. A printed P that the
 * recomputed one rounds to stands where that stands.
 */
export function pValues(values: readonly TablePs[], options: {width?: number} = {}): Drawing {
  const {width} = room(options.width);
  const rows = [...values]
    .sort((a, b) => b.p_pearson - a.p_pearson)
    .map(({table, p_printed, p_pearson, p_reproduced_by}) => {
      const reproduces = p_reproduced_by?.includes("pearson") ?? false;
      const at = Math.max(p_pearson, leastP);
      return {name: `Table ${table}`, reproduces, at, inPrint: reproduces ? at : Math.max(p_printed, leastP)};
    });
  const node = Plot.plot({
    ...frame(width, rows.length * 19 + 60, [20, 60, 44, 72]),
    x: {
      type: "log",
      domain: [leastP, 1],
      ticks: [0.0001, 0.001, 0.01, 0.05, 0.1, 1],
      tickFormat: (d: number) => (d <= leastP ? "≤0.0001" : String(d)),
      ...axis("P (logarithmic)"),
      grid: true
    },
    y: {domain: rows.map((d) => d.name), label: null, tickSize: 0},
    marks: [
      Plot.ruleX([alpha], {strokeDasharray: "4 3"}),
      Plot.ruleY(rows, {x1: "at", x2: "inPrint", y: "name", strokeOpacity: 0.5}),
      Plot.dot(rows, {x: "inPrint", y: "name", r: 6, stroke: "currentColor", fill: "none"}),
      Plot.dot(rows, {x: "at", y: "name", r: 3, fill: (d) => (d.reproduces ? "currentColor" : "var(--verdict-bad)")}),
      Plot.text(
        rows.filter((d) => !d.reproduces),
        {
          x: "at",
          y: "name",
          text: () => "differs",
          textAnchor: "start",
          dx: 12,
          fontWeight: 700,
          fill: "var(--verdict-bad)"
        }
      )
    ]
  });
  const numbers = values.map((d) => ({Table: d.table, Printed: d.p_printed_text, Recomputed: pText(d.p_pearson)}));
  return {
    node,
    language: "en",
    words: numbers.map((d) => `Table ${d.Table}: printed ${d.Printed}, recomputed ${d.Recomputed}`).join("; "),
    numbers,
    key:
      "Rings: as printed; round their dot where both agree to the printed digits. " +
      "Dots: Pearson’s chi-square test, recomputed. Dashed: 5%."
  };
}
