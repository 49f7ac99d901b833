import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf} from "../tables/counts.js";
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
  const verdicts = rowsOf<TableVerdicts>(table);
  const tables = [...new Set(verdicts.map((d) => d.table))].sort(compareTables);
  const {width} = room(options.width);
  // As printed, not as printed, not checkable, one after the other.
  const parts = [["exact"], ["differs", "inconsistent", "rounding"], ["not_checkable"]];
  const rows = tables.map((table) => {
    const own = verdicts.filter((d) => d.table === table);
    const [good = 0, other = 0, open = 0] = parts.map((part) =>
      own.reduce((total, d) => total + (part.includes(d.verdict) ? d.count : 0), 0)
    );
    return {table: String(table), good, other, checked: good + other, all: good + other + open};
  });
  const bar = {y: "table", inset: 1.5} as const;
  const node = Plot.plot({
    ...frame(width, tables.length * 17 + 50, [20, 36, 44, 66]),
    x: {...axis("printed numbers"), grid: true},
    y: {domain: tables.map(String), label: null, tickSize: 0, tickFormat: (d: string) => `Table ${d}`},
    marks: [
      Plot.barX(rows, {...bar, x1: 0, x2: "good", fill: "currentColor", fillOpacity: 0.25}),
      Plot.barX(rows, {...bar, x1: "good", x2: "checked", fill: "var(--verdict-bad)"}),
      Plot.barX(rows, {...bar, x1: "checked", x2: "all", fill: "none", stroke: "currentColor", strokeOpacity: 0.4}),
      Plot.text(
        rows.filter((d) => d.other > 0),
        {x: "all", y: "table", text: (d) => String(d.other), textAnchor: "start", dx: 6, fontWeight: 700}
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
