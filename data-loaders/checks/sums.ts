import {readCount, readDecimal} from "../../src/tables/decimal.js";
import {roundPercent} from "../../src/tables/rounding.js";
import {checkPercent, type Verdict} from "../../src/tables/verdict.js";
import {MISSING, TOTAL} from "../read/codebook.js";
import {EVERYBODY} from "../read/counts.js";
import type {PrintedCell} from "../read/table.js";
import {type Check, check, type Draft} from "./check.js";
import {add, type Grid, MISSING_TOTAL, numberOf} from "./grid.js";

/** Every printed total of a table against the cells that it should be the sum of. */
export function totalChecks(grid: Grid, everybody: number | undefined): Check[] {
  const {entry} = grid.table;
  return grid.counts.flatMap((cell) =>
    partsOf(cell, grid).map(({parts, way}) => {
      const {key, ...place} = grid.placeOf(cell);
      const sum = add(parts);
      const judge = (printed: string): Verdict => (readCount(printed) === sum ? "exact" : "inconsistent");
      return check(entry.table, `${key}.sum${way}`, "total", {
        ...place,
        cells: [cell, ...parts],
        recomputed: String(sum),
        value: sum,
        lower: sum,
        upper: sum,
        formula: parts.map(numberOf).join(" + "),
        judge,
        note: noteOfTotal(cell, sum, everybody)
      });
    })
  );
}

function noteOfTotal(cell: PrintedCell, sum: number, everybody: number | undefined): string {
  const printed = numberOf(cell);
  if (printed === sum) return "The cells add up to the printed total.";
  const apart = `The cells add up to ${sum}, ${Math.abs(printed - sum)} ${sum < printed ? "fewer" : "more"} than printed.`;
  return printed === everybody && sum < printed
    ? `${apart} The survey has ${everybody} respondents in all: the total may count those whose answer the table does not print.`
    : apart;
}

/** The sums that a total should be: along its row, down its column, or both for a grand total. */
function partsOf(cell: PrintedCell, grid: Grid): {parts: PrintedCell[]; way: string}[] {
  const along = grid.counts.filter((c) => c.row?.index === cell.row?.index && c.column?.code !== TOTAL);
  const down = partsDown(cell, grid);
  const isGrand = cell.column?.code === TOTAL && down !== null;
  return [
    ...(cell.column?.code === TOTAL ? [{parts: along, way: isGrand ? "_across" : ""}] : []),
    ...(down ? [{parts: down, way: isGrand ? "_down" : ""}] : [])
  ];
}

function partsDown(cell: PrintedCell, grid: Grid): PrintedCell[] | null {
  if (cell.row?.code !== TOTAL) return null;
  const above = grid.counts.filter(
    (c) => c.column?.index === cell.column?.index && (c.row?.index ?? 0) < (cell.row?.index ?? 0)
  );
  const missing = above.filter((c) => c.row?.code === MISSING);
  const valid = above.find((c) => c.row?.code === TOTAL);
  const key = grid.rowKey(cell);
  if (key === MISSING_TOTAL) return missing;
  return key === EVERYBODY && valid ? [valid, ...missing] : above;
}

/** Every printed percent and cumulative percent of a table against the printed counts that it is a share of. */
export function percentChecks(grid: Grid): Check[] {
  const {entry, cells} = grid.table;
  return cells.flatMap((cell) => {
    const cumulative = cell.measure === "cumulative_percent";
    if (!cumulative && cell.measure !== "percent") return [];
    const {key, ...place} = grid.placeOf(cell);
    const kind = cumulative ? "cumulative" : "percent";
    const make = (draft: Draft) => check(entry.table, `${key}.${kind}`, kind, {...place, ...draft});
    const base = baseOf(cell, grid);
    const own = grid.counts.find((c) => c.row?.index === cell.row?.index && c.column?.index === cell.column?.index);
    if (base === null || !own || own.value === null) {
      const note = "The table prints no count that this is a share of.";
      return make({cells: [cell], verdict: "not_checkable", note});
    }
    const parts = cumulative ? upTo(own, grid) : [own];
    const [count, total] = [add(parts), add(base)];
    const {verdict, exact, rule, words} = checkPercent(cell.printed, count, total);
    const {lower, upper, digits} = readDecimal(cell.printed);
    const given = roundPercent(count, total, undefined, digits)?.toFixed(digits);
    return make({
      cells: [cell, ...parts, ...base],
      recomputed: exact === null ? null : exact.toFixed(digits + 2),
      value: exact,
      lower: Math.max(0, lower),
      upper: Math.min(100, upper),
      verdict,
      rule: verdict === "rounding" ? rule : null,
      formula: parts.length > 1 ? `(${parts.map(numberOf).join(" + ")}) / ${total}` : `${count} / ${total}`,
      note: verdict === "exact" ? "The counts give the printed percent." : `The counts give ${given} %: ${words}.`,
      judge: (printed) => checkPercent(printed, count, total).verdict
    });
  });
}

/** The count that the percents of a cell's row or column are shares of. A table of one variable has its first total. */
function baseOf(cell: PrintedCell, {table: {entry}, counts}: Grid): PrintedCell[] | null {
  const [along, over] = entry.percentOf === "row" ? (["row", "column"] as const) : (["column", "row"] as const);
  const total = counts.find((c) => c[along]?.index === cell[along]?.index && c[over]?.code === TOTAL);
  return total ? [total] : null;
}

function upTo(cell: PrintedCell, {counts}: Grid): PrintedCell[] {
  return counts.filter((c) => c.column?.index === cell.column?.index && (c.row?.index ?? 0) <= (cell.row?.index ?? 0));
}
