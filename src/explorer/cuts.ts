import type {ColumnTable} from "arquero";
import {chiSquareTest} from "../statistics/chi-square.js";
import type {Determiner} from "../tables/determined.js";
import {type ReportEntries, variableEntry} from "../tables/labels.js";
import {type Choice, canCut, printedAs, recode} from "../tables/recode.js";
import type {TableId} from "../tables/table-id.js";
import {type PRange, pRange} from "./p-range.js";

/** A choice with its scale cut elsewhere, and what its test says there. */
export interface Cut {
  readonly cut: number;
  readonly choice: Choice;
  /** The categories on the two sides of the cut. */
  readonly groups: readonly (readonly string[])[];
  /** P of Pearson's test and Cramér's V over the respondents; null where one side of the cut is empty. */
  readonly p: number | null;
  readonly cramersV: number | null;
  /** Whether the printed tables determine the counts, and so P. */
  readonly determined: boolean;
  /** Between which values P lies where they do not; null where nothing but 0 and 1 is known. */
  readonly range: PRange | null;
  /** The number of the table that prints this cut, or null. */
  readonly table: TableId | null;
}

/** Which side of a choice has a scale that can be cut: the columns rather than the rows; null when neither has. */
export function cutSide(report: ReportEntries, choice: Choice): "rows" | "columns" | null {
  const can = (variable: string | undefined) => variable !== undefined && canCut(variableEntry(report, variable));
  if (!choice.columns) return null;
  if (choice.rows.cut !== null && choice.columns.cut === null) return "rows";
  return can(choice.columns.variable) ? "columns" : can(choice.rows.variable) ? "rows" : null;
}

/**
 * A choice at every place where the scale of one of its sides can be cut. Missing answers are left out: as a third
 * category they would make it a table of three. A choice without columns has no cuts.
 */
export function everyCut(
  respondents: ColumnTable,
  report: ReportEntries,
  determine: Determiner,
  choice: Choice,
  end: "rows" | "columns"
): Cut[] {
  const side = choice[end];
  if (!side || !choice.columns) return [];
  const places = variableEntry(report, side.variable).categories.length - 1;
  return Array.from({length: Math.max(0, places)}, (_, i) => i + 1).flatMap((cut): Cut[] => {
    const at: Choice = {...choice, missing: "exclude", [end]: {...side, cut, merged: []}};
    const recoded = recode(respondents, report, at);
    const groups = end === "rows" ? recoded.rows : recoded.columns;
    if (groups.length < 2) return [];
    const {counts, rowTotals, columnTotals} = recoded.table;
    const testable = [rowTotals, columnTotals].every((totals) => totals.filter((total) => total > 0).length > 1);
    const test = testable ? chiSquareTest(counts) : null;
    const known = determine(at, recoded);
    // The first side of the cut, and its sum; the other question’s groups with theirs.
    const first = end === "rows" ? known.cells[0] : known.cells.flatMap((line) => line.slice(0, 1));
    const [[sum], lines] =
      end === "rows" ? [known.rowTotals, known.columnTotals] : [known.columnTotals, known.rowTotals];
    const open = !known.determined && sum && [...lines, sum].every(({lower, upper}) => lower === upper);
    const totals = lines.map(({lower}) => lower);
    return [
      {
        cut,
        choice: {...choice, [end]: {...side, cut, merged: []}},
        groups,
        p: test?.p ?? null,
        // Two columns: the smaller side less one is 1. The interval, which takes time, is not asked for here.
        cramersV: test && Math.sqrt(test.statistic / test.n),
        determined: known.determined,
        range: open ? pRange(first ?? [], totals, sum.lower) : null,
        table: printedAs(report, at)?.entry.table ?? null
      }
    ];
  });
}
