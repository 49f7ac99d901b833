import type {Counts} from "../../src/statistics/contingency.js";
import {printedCells, printedCrosstab} from "../../src/tables/crosstab.js";
import type {TableId} from "../../src/tables/table-id.js";
import {entries, published} from "./published.js";

/** A crosstab of the report: its number, the printed counts without totals, and the printed P. */
export interface Printed {
  readonly table: TableId;
  readonly counts: Counts;
  readonly p: string;
}

/** The report's crosstabs with a printed P. */
export function printedCrosstabs(): Printed[] {
  return entries.tables.flatMap(({table}) => {
    const [p] = printedCells(published, table, "p");
    return p ? [{table, counts: printedCrosstab(published, table).counts, p: p.printed}] : [];
  });
}
