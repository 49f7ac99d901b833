import {compareTables} from "../../src/tables/table-id.js";
import type {CountCell, CountSide, CountTable} from "../read/counts.js";
import type {Constraint, Constraints} from "./constraints.js";
import {polytope} from "./polytope.js";
import {modelOf, type Solver, solve, type Unknown} from "./solver.js";
import type {PrintedCount} from "./verify.js";

/** A printed count and what it would have to be. */
export interface Change extends PrintedCount {
  readonly needed: number;
}

/** Why no respondents can have these tables. */
export interface Conflict {
  /** Number of respondents that the tables are to be printed by. */
  readonly n: number;
  /**
   * How it was found: `sum` if the numbers of one table do not add up, `tables` if several counts cannot hold together
   * even in fractions of respondents, `whole` if they can in fractions but not in whole respondents.
   */
  readonly kind: "sum" | "tables" | "whole";
  /** A set of printed counts that cannot hold together; if `irreducible`, without any one of them the rest can. */
  readonly cells: readonly PrintedCount[];
  readonly irreducible: boolean;
  /** The sums that do not add up, in words. */
  readonly sums: readonly string[];
  /** A change of printed counts, of the least size in all, after which the tables hold together. */
  readonly changes: readonly Change[];
}

/** Thrown when printed tables contradict each other; the message says which counts clash and what would mend it. */
export class ContradictionError extends Error {
  override readonly name = "ContradictionError";
  readonly conflict: Conflict;

  constructor(conflict: Conflict) {
    super(describe(conflict));
    this.conflict = conflict;
  }
}

const printedCount = ({table, cell: {count, ...cell}}: Pick<Constraint, "table" | "cell">): PrintedCount => ({
  table: table.table,
  ...cell,
  printed: count
});

const place = ({table, row, column, place: {file, line, column: at}}: PrintedCount) =>
  `table ${table}, row ${row}${column === null ? "" : `, column ${column}`} (${file}, line ${line}, column ${at})`;

function describe({n, kind, cells, irreducible, sums, changes}: Conflict): string {
  const tables = [...new Set(cells.map(({table}) => table))].sort(compareTables);
  const named = tables.length === 1 ? `table ${tables[0]}` : `tables ${tables.join(", ")}`;
  const opening = {
    sum: `The numbers of ${named} do not add up.`,
    tables: `No ${n} respondents can have ${named} as printed, not even in fractions.`,
    whole: `No ${n} whole respondents can have ${named} as printed.`
  }[kind];
  return [
    opening,
    ...sums,
    `${irreducible ? "Clashing" : "Among"} counts:`,
    ...cells.map((cell) => `  ${place(cell)}: ${cell.printed}`),
    ...(changes.length === 0 ? [] : ["The least change that mends it:"]),
    ...changes.map((change) => `  ${place(change)}: ${change.printed} would have to be ${change.needed}`)
  ].join("\n");
}

/** Printed counts of one table that do not add up, and what is wrong with them. */
interface BadSum {
  readonly cells: readonly CountCell[];
  readonly text: string;
}

/** The sums within one table that do not add up, by plain arithmetic. */
function badSums({table, row, column, population, cells}: CountTable, {variables, n}: Constraints): BadSum[] {
  const byKey = new Map<string, CountCell>();
  const found = cells.flatMap((cell): BadSum[] => {
    const key = `${cell.row}|${cell.column ?? ""}`;
    const twin = byKey.get(key) ?? cell;
    byKey.set(key, twin);
    if (twin.count === cell.count) return [];
    const text = `Table ${table} prints row ${cell.row} twice, as ${twin.count} and as ${cell.count}.`;
    return [{cells: [twin, cell], text}];
  });
  /** Counts beside a total. They add up to it if they are of all the answers there are, else to no more than it. */
  const check = (total: CountCell, parts: readonly CountCell[], all: boolean, where: string) => {
    const sum = parts.reduce((held, cell) => held + cell.count, 0);
    if (parts.length === 0 || (all ? sum === total.count : sum <= total.count)) return;
    const added = `${parts.map((cell) => cell.count).join(" + ")} = ${sum}`;
    found.push({cells: [...parts, total], text: `${where}: ${added}, but ${total.count} is printed.`});
  };
  const coverAll = ({variable, groups}: CountSide, keys: readonly string[]) => {
    const covered = new Set(keys.flatMap((key) => groups.get(key) ?? []));
    return variables.find(({name}) => name === variable)?.codes.every((code) => covered.has(code)) ?? true;
  };
  const unique = [...byKey.values()];
  for (const total of unique) {
    if (column !== null && total.column === "total") {
      const parts = unique.filter((cell) => cell.row === total.row && column.groups.has(cell.column ?? ""));
      const all = coverAll(
        column,
        parts.map((cell) => cell.column ?? "")
      );
      check(total, parts, all, `Table ${table}, row ${total.row}`);
    }
    const inColumn = unique.filter((cell) => cell.column === total.column && row.groups.has(cell.row));
    const covered = coverAll(
      row,
      inColumn.map((cell) => cell.row)
    );
    if (total.row === "total")
      check(total, inColumn, covered, `Table ${table}${total.column === null ? "" : `, column ${total.column}`}`);
    if (total.row !== "everybody") continue;
    const [answered, missing] = [byKey.get("total|"), byKey.get("missing|")];
    const answers = answered ? [answered] : inColumn;
    if (missing) check(total, [...answers, missing], answered !== undefined || covered, `Table ${table}, everybody`);
    if (population.length === 0 && total.count !== n) {
      const text = `Table ${table} counts ${total.count} people, but there are ${n} respondents.`;
      found.push({cells: [total], text});
    }
  }
  return found;
}

/** Whole changes of least size are looked for, but not to the very end. */
const wholeChanges = {mip_max_nodes: 500, mip_rel_gap: 0};

/** Solves for the least change of printed counts, in total, after which some tables in fractions exist. */
function leastChange(solver: Solver, constraints: Constraints, integer: "none" | "changes" | "all") {
  const {impossible, rows} = polytope(constraints);
  const columns: Unknown[] = impossible.map((never) => ({
    ...(never ? {upper: 0} : {}),
    integer: integer === "all"
  }));
  const whole = {cost: 1, integer: integer !== "none"};
  const changed = rows.map((row) => {
    if (row.constraint === null) return row;
    const more = columns.push(whole) - 1;
    columns.push({...whole, upper: row.count});
    return {...row, cells: [...row.cells, more, more + 1], values: [...row.values, -1, 1]};
  });
  const found = solve(
    solver,
    modelOf(solver, columns, changed),
    (solving) => {
      const {colValue, rowDual} = solving.getSolution();
      return changed.flatMap(({constraint, cells}, index) => {
        if (constraint === null) return [];
        const [more = 0, less = 0] = cells.slice(-2).map((column) => colValue[column] ?? 0);
        return [{constraint, by: more - less, binding: Math.abs(rowDual?.[index] ?? 0) > 1e-7}];
      });
    },
    integer === "none" ? {} : wholeChanges
  );
  if (found === null) throw new Error("No change of the printed counts mends them.");
  return {
    changes: found.filter(({by}) => Math.abs(by) > 1e-6),
    binding: found.filter(({binding}) => binding).map(({constraint}) => constraint)
  };
}

/** Whether some tables, in whole numbers if asked, have some of the printed counts. */
function hold(solver: Solver, constraints: Constraints, kept: readonly Constraint[], integer: boolean): boolean {
  // Only the variables that these counts show take part.
  const scopes = kept.map(({scope}) => [...scope]);
  const shown = new Set(scopes.flat());
  for (const {variable, term} of constraints.askedOnly) {
    if (shown.has(variable)) scopes.push([variable, term.variable]);
  }
  const {rows, impossible} = polytope({...constraints, constraints: kept, scopes});
  const columns = impossible.map((never) => ({...(never ? {upper: 0} : {}), integer}));
  return solve(solver, modelOf(solver, columns, rows), () => true) ?? false;
}

/**
 * Drops from a set of clashing counts whatever is not needed for the clash: whole tables first, then single counts
 * (the deletion filter of Chinneck and Dravnieks 1991). What is left is irreducible, though a smaller clash that
 * shares little with it may exist.
 */
function reduce(solver: Solver, constraints: Constraints, clashing: readonly Constraint[], integer: boolean) {
  // What is left depends on what is tried first; the smaller of two orders is taken.
  const found = [clashing, [...clashing].reverse()].map((order) => {
    let kept = [...order];
    const drop = (drops: (constraint: Constraint) => boolean) => {
      const rest = kept.filter((constraint) => !drops(constraint));
      if (rest.length < kept.length && rest.length > 0 && !hold(solver, constraints, rest, integer)) kept = rest;
    };
    for (const table of new Set(order.map((constraint) => constraint.table))) drop((each) => each.table === table);
    for (const candidate of [...kept].sort((a, b) => b.terms.length - a.terms.length))
      drop((each) => each === candidate);
    return new Set(kept);
  });
  const [smaller] = found.sort((one, other) => one.size - other.size);
  return clashing.filter((constraint) => smaller?.has(constraint));
}

function changesOf(solver: Solver, constraints: Constraints, integer: "changes" | "all"): Change[] {
  const relaxed = leastChange(solver, constraints, "none");
  const fractional = relaxed.changes.some(({by}) => Math.abs(by - Math.round(by)) > 1e-6);
  const {changes} = integer === "all" || fractional ? leastChange(solver, constraints, integer) : relaxed;
  return changes.map(({constraint, by}) => ({...printedCount(constraint), needed: constraint.count + Math.round(by)}));
}

/**
 * Looks for a contradiction in printed tables: first for sums within a table that do not add up, then for counts of
 * several tables that cannot hold together. Returns null if the tables hold together in fractions of respondents; with
 * `integer` the search is on for tables that do, but not in whole numbers.
 */
export function findConflict(solver: Solver, constraints: Constraints, integer = false): Conflict | null {
  const {n, constraints: all} = constraints;
  const bad = [...new Set(all.map(({table}) => table))].flatMap((table) =>
    badSums(table, constraints).map((sum) => ({...sum, table}))
  );
  if (bad.length > 0) {
    const cells = new Map(bad.flatMap(({table, cells: own}) => own.map((cell) => [cell, printedCount({table, cell})])));
    return {
      n,
      kind: "sum",
      cells: [...cells.values()],
      irreducible: bad.length === 1,
      sums: bad.map(({text}) => text),
      changes: changesOf(solver, constraints, "changes")
    };
  }
  const {changes, binding} = leastChange(solver, constraints, "none");
  const whole = changes.length === 0;
  if (whole && (!integer || hold(solver, constraints, all, true))) return null;
  // The duals prove that what binds clashes; should rounding errors have lost some of it, all counts do.
  const clashing = whole || hold(solver, constraints, binding, false) ? all : binding;
  return {
    n,
    kind: whole ? "whole" : "tables",
    cells: reduce(solver, constraints, clashing, whole).map(printedCount),
    irreducible: true,
    sums: [],
    changes: changesOf(solver, constraints, whole ? "all" : "changes")
  };
}
