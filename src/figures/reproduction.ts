import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {compareTables, type TableId} from "../tables/table-id.js";
import type {Verdict} from "../tables/verdict.js";
import type {Drawing} from "./drawing.js";
import {axis, frame, room} from "./style.js";

/** How many printed numbers of a table had one verdict. */
interface TableVerdicts {
  readonly table: TableId;
  readonly verdict: Verdict;
  readonly count: number;
}

/**
 * A bar a table: how many of its numbers were checked, and how many are not as printed (dark, with their number), by
 * table in the report's order.
 *
 * @param table a row a table and verdict: the columns of {@link TableVerdicts}
 */
export function reproduction(table: ColumnTable, options: {width?: number} = {}): Drawing {
  const verdicts = table.objects({limit: Number.POSITIVE_INFINITY}) as TableVerdicts[];
  const tables = [...new Set(verdicts.map((d) => d.table))].sort(compareTables);
  const {width} = room(options.width);
  const sum = (table: TableId, keep: (verdict: Verdict) => boolean) =>
    verdicts.filter((d) => d.table === table && keep(d.verdict)).reduce((total, d) => total + d.count, 0);
  const rows = tables.map((table) => {
    const other = sum(table, (v) => v === "differs" || v === "inconsistent" || v === "rounding");
    return {
      table: String(table),
      good: sum(table, (v) => v === "exact"),
      other,
      open: sum(table, (v) => v === "not_checkable")
    };
  });
  const node = Plot.plot({
    ...frame(width, tables.length * 17 + 50, [20, 36, 44, 66]),
    x: {...axis("printed numbers"), grid: true},
    y: {domain: tables.map(String), label: null, tickSize: 0, tickFormat: (d: string) => `Table ${d}`},
    marks: [
      Plot.barX(rows, {x1: 0, x2: "good", y: "table", fill: "currentColor", fillOpacity: 0.25, inset: 1.5}),
      Plot.barX(rows, {x1: "good", x2: (d) => d.good + d.other, y: "table", fill: "var(--verdict-bad)", inset: 1.5}),
      Plot.barX(rows, {
        x1: (d) => d.good + d.other,
        x2: (d) => d.good + d.other + d.open,
        y: "table",
        fill: "none",
        stroke: "currentColor",
        strokeOpacity: 0.4,
        inset: 1.5
      }),
      Plot.text(
        rows.filter((d) => d.other > 0),
        {
          x: (d) => d.good + d.other + d.open,
          y: "table",
          text: (d) => String(d.other),
          textAnchor: "start",
          dx: 6,
          fontWeight: 700
        }
      )
    ]
  });
  const wrong = verdicts.filter((d) => d.verdict !== "exact");
  return {
    node,
    language: "en",
    words: wrong.map((d) => `table ${d.table}: ${d.count} ${d.verdict}`).join("; "),
    numbers: verdicts.map((d) => ({Table: d.table, Verdict: d.verdict, Numbers: d.count})),
    key: "Each bar: the printed numbers of one table. Dark ends with their number: not as printed."
  };
}
