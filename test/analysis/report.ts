import {readdirSync, readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import type {Counts} from "../../src/analysis/contingency.js";

/** A crosstab of the report: its number, the printed counts without totals, and the printed P. */
export interface Printed {
  readonly table: number;
  readonly counts: Counts;
  readonly p: string;
}

/**
 * The report's crosstabs with a printed P, read from the raw files. Counts and percents alternate, whatever their lines
 * are labelled, and a stray percent sign on a count is dropped: the report mislabels some.
 */
export function printedCrosstabs(): Printed[] {
  const folder = new URL("../../data-loaders/raw/", import.meta.url);
  return readdirSync(folder)
    .flatMap((file) => /^table-(\d\d)\.csv$/.exec(file)?.[1] ?? [])
    .sort()
    .flatMap((number) => {
      const lines: string[][] = parse(readFileSync(new URL(`table-${number}.csv`, folder), "utf8"), {
        relax_column_count: true
      });
      const p = lines.find((line) => line[0] === "P=")?.[1];
      if (p === undefined) return [];
      const counts = lines
        .slice(1)
        .filter((line, index) => index % 2 === 0 && !/^(Total|P=)/.test(line[0] ?? ""))
        .map((line) => line.slice(2, -1).map((cell) => Number(cell.replace("%", ""))));
      return [{table: Number(number), counts, p}];
    });
}
