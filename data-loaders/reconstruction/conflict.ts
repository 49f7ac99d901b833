import {compareTables, type TableId} from "../../src/tables/table-id.js";
import type {CountCell, CountTable} from "../read/counts.js";
import type {Constraint, Constraints} from "./constraints.js";
import {modelOf, type Polytope, polytope} from "./polytope.js";
import type {Solver} from "./solver.js";

/** A printed count with its place. */
export interface PrintedCell {
  readonly table: TableId;
  readonly row: string;
  readonly column: string | null;
  readonly place: CountCell["place"];
  readonly printed: number;
}

/** A printed count and what it would have to be. */
export interface Change extends PrintedCell {
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
  readonly cells: readonly PrintedCell[];
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

const printedCell = ({table, cell}: Pick<Constraint, "table" | "cell">): PrintedCell => ({
  table: table.table,
  row: cell.row,
  column: cell.column,
  place: cell.place,
  printed: cell.count
});

const place = ({table, row, column, place: {file, line, column: at}}: PrintedCell) =>
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

/** A printed total, the printed counts that it is the total of, and what is wrong with it. */
interface BadSum {
  readonly table: CountTable;
  readonly cells: readonly CountCell[];
  readonly text: string;
}

/** Whether the categories of a side are all the answers there are, so that they must add up to the total. */
function coversAll(groups: ReadonlyMap<string, readonly string[]>, keys: readonly string[], codes: readonly string[]) {
  const covered = new Set(keys.flatMap((key) => groups.get(key) ?? []));
  return codes.every((code) => covered.has(code));
}

/** The sums within one table that do not add up, by plain arithmetic. */
function badSums(table: CountTable, {variables, n}: Constraints): BadSum[] {
  const found: BadSum[] = [];
  const codesOf = (name: string) => variables.find((variable) => variable.name === name)?.codes ?? [];
  const check = (total: CountCell, parts: readonly CountCell[], all: boolean, where: string) => {
    const sum = parts.reduce((held, cell) => held + cell.count, 0);
    if (parts.length === 0 || (all ? sum === total.count : sum <= total.count)) return;
    const added = `${parts.map((cell) => cell.count).join(" + ")} = ${sum}`;
    const text = `${where}: ${added}, but ${total.count} is printed.`;
    found.push({table, cells: [...parts, total], text});
  };
  const {row: rowSide, column: columnSide, cells} = table;
  const byKey = new Map<string, CountCell>();
  for (const cell of cells) {
    const key = `${cell.row}|${cell.column ?? ""}`;
    const twin = byKey.get(key);
    if (twin === undefined) byKey.set(key, cell);
    else if (twin.count !== cell.count) {
      const text = `Table ${table.table} prints row ${cell.row} twice, as ${twin.count} and as ${cell.count}.`;
      found.push({table, cells: [twin, cell], text});
    }
  }
  const unique = [...byKey.values()];
  for (const total of unique) {
    if (columnSide !== null && total.column === "total") {
      const parts = unique.filter(
        ({row, column}) => row === total.row && column !== null && columnSide.groups.has(column)
      );
      const keys = parts.map(({column}) => column ?? "");
      const all = coversAll(columnSide.groups, keys, codesOf(columnSide.variable));
      check(total, parts, all, `Table ${table.table}, row ${total.row}`);
    }
    if (total.row === "total") {
      const parts = unique.filter(({row, column}) => column === total.column && rowSide.groups.has(row));
      const keys = parts.map(({row}) => row);
      const all = coversAll(rowSide.groups, keys, codesOf(rowSide.variable));
      check(total, parts, all, `Table ${table.table}${total.column === null ? "" : `, column ${total.column}`}`);
    }
    if (total.row === "everybody") {
      const missing = byKey.get("missing|");
      const answered = byKey.get("total|");
      const answers = answered ? [answered] : unique.filter(({row}) => rowSide.groups.has(row));
      const keys = answers.map(({row}) => row);
      const all = answered !== undefined || coversAll(rowSide.groups, keys, codesOf(rowSide.variable));
      if (missing) check(total, [...answers, missing], all, `Table ${table.table}, everybody`);
      if (table.population.length === 0 && total.count !== n) {
        const text = `Table ${table.table} counts ${total.count} people, but there are ${n} respondents.`;
        found.push({table, cells: [total], text});
      }
    }
  }
  return found;
}

/** Solves for the least change of printed counts, in total, after which some tables in fractions exist. */
function leastChange(solver: Solver, {cells, impossible, rows}: Polytope, integer: "none" | "changes" | "all") {
  const infinity = solver.infinity;
  const columns = Array.from({length: cells}, (_, cell) => ({
    cost: 0,
    lower: 0,
    upper: impossible[cell] ? 0 : infinity,
    integer: integer === "all"
  }));
  const slack = rows.map((row) => {
    if (row.constraint === null) return null;
    const whole = integer !== "none";
    const more = columns.push({cost: 1, lower: 0, upper: infinity, integer: whole}) - 1;
    const less = columns.push({cost: 1, lower: 0, upper: row.count, integer: whole}) - 1;
    return {more, less};
  });
  const model = modelOf(solver, {
    columns,
    rows: rows.map((row, index) => {
      const own = slack[index];
      return {
        cells: own ? [...row.cells, own.more, own.less] : row.cells,
        values: own ? [...row.values, -1, 1] : row.values,
        lower: row.count,
        upper: row.count
      };
    })
  });
  return solver.withModel(model, (solving) => {
    solving.options.set({output_flag: false, ...(integer === "none" ? {} : {mip_max_nodes: 500, mip_rel_gap: 0})});
    solving.run();
    const {colValue, rowDual} = solving.getSolution();
    const changes: {constraint: Constraint; by: number}[] = [];
    const binding: number[] = [];
    rows.forEach((row, index) => {
      const own = slack[index];
      if (!own || row.constraint === null) return;
      const by = (colValue[own.more] ?? 0) - (colValue[own.less] ?? 0);
      if (Math.abs(by) > 1e-6) changes.push({constraint: row.constraint, by});
      if (Math.abs(rowDual?.[index] ?? 0) > 1e-7) binding.push(index);
    });
    return {total: changes.reduce((sum, {by}) => sum + Math.abs(by), 0), changes, binding};
  });
}

/** The same conditions with only some of the printed counts, on the variables that these show. */
function only(constraints: Constraints, kept: readonly Constraint[]): Constraints {
  const scopes = kept.map(({scope}) => [...scope]);
  const shown = new Set(scopes.flat());
  for (const {variable, term} of constraints.askedOnly) {
    if (shown.has(variable)) scopes.push([variable, term.variable]);
  }
  return {...constraints, constraints: kept, scopes};
}

/** Whether some tables, in whole numbers if asked, have all the given printed counts. */
function hold(solver: Solver, constraints: Constraints, kept: readonly Constraint[], integer: boolean): boolean {
  const {rows, cells, impossible} = polytope(only(constraints, kept));
  const model = modelOf(solver, {
    columns: Array.from({length: cells}, (_, cell) => ({
      cost: 0,
      lower: 0,
      upper: impossible[cell] ? 0 : solver.infinity,
      integer
    })),
    rows: rows.map((row) => ({cells: row.cells, values: row.values, lower: row.count, upper: row.count}))
  });
  return solver.withModel(model, (solving) => {
    solving.options.set({output_flag: false});
    solving.run();
    return solving.getModelStatus() === solver.constants.modelStatus.optimal;
  });
}

/**
 * Drops from a set of clashing counts whatever is not needed for the clash: whole tables first, then single counts
 * (the deletion filter of Chinneck and Dravnieks 1991). What is left is irreducible, though a smaller clash that
 * shares little with it may exist.
 */
function reduce(solver: Solver, constraints: Constraints, clashing: readonly Constraint[], integer: boolean) {
  // What is left depends on what is tried first; the smaller of two orders is taken.
  const [one, other] = [clashing, [...clashing].reverse()].map((order) => {
    let kept = [...order];
    for (const table of new Set(order.map((constraint) => constraint.table))) {
      const rest = kept.filter((constraint) => constraint.table !== table);
      if (rest.length < kept.length && rest.length > 0 && !hold(solver, constraints, rest, integer)) kept = rest;
    }
    for (const candidate of [...kept].sort((a, b) => b.terms.length - a.terms.length)) {
      const rest = kept.filter((constraint) => constraint !== candidate);
      if (!hold(solver, constraints, rest, integer)) kept = rest;
    }
    return kept;
  });
  const smaller = (one?.length ?? 0) <= (other?.length ?? 0) ? one : other;
  return clashing.filter((constraint) => smaller?.includes(constraint));
}

/** The sums that do not add up within single tables, as a conflict, or null if all do. */
function sumConflict(solver: Solver, constraints: Constraints): Conflict | null {
  const tables = [...new Set(constraints.constraints.map(({table}) => table))];
  const bad = tables.flatMap((table) => badSums(table, constraints));
  if (bad.length === 0) return null;
  const cells = new Map<CountCell, PrintedCell>();
  for (const {table, cells: clashing} of bad) {
    for (const cell of clashing) cells.set(cell, printedCell({table, cell}));
  }
  return {
    n: constraints.n,
    kind: "sum",
    cells: [...cells.values()],
    irreducible: bad.length === 1,
    sums: bad.map(({text}) => text),
    changes: changesOf(solver, constraints, "changes")
  };
}

function changesOf(solver: Solver, constraints: Constraints, integer: "changes" | "all"): Change[] {
  const whole = polytope(constraints);
  const relaxed = leastChange(solver, whole, "none");
  const fractional = relaxed.changes.some(({by}) => Math.abs(by - Math.round(by)) > 1e-6);
  const {changes} = integer === "all" || fractional ? leastChange(solver, whole, integer) : relaxed;
  return changes.map(({constraint, by}) => ({
    ...printedCell(constraint),
    needed: constraint.count + Math.round(by)
  }));
}

/**
 * Looks for a contradiction in printed tables: first for sums within a table that do not add up, then for counts of
 * several tables that cannot hold together. Returns null if the tables hold together in fractions of respondents; with
 * `integer` the search is on for tables that do, but not in whole numbers.
 */
export function findConflict(solver: Solver, constraints: Constraints, integer = false): Conflict | null {
  const sums = sumConflict(solver, constraints);
  if (sums !== null) return sums;
  const whole = polytope(constraints);
  const {total, binding} = leastChange(solver, whole, "none");
  if (total > 1e-6) {
    const suspects = binding.flatMap((row) => whole.rows[row]?.constraint ?? []);
    // The duals prove that the suspects clash; should rounding errors have lost one of them, all counts do.
    const clashing = hold(solver, constraints, suspects, false) ? constraints.constraints : suspects;
    return {
      n: constraints.n,
      kind: "tables",
      cells: reduce(solver, constraints, clashing, false).map(printedCell),
      irreducible: true,
      sums: [],
      changes: changesOf(solver, constraints, "changes")
    };
  }
  if (!integer || hold(solver, constraints, constraints.constraints, true)) return null;
  return {
    n: constraints.n,
    kind: "whole",
    cells: reduce(solver, constraints, constraints.constraints, true).map(printedCell),
    irreducible: true,
    sums: [],
    changes: changesOf(solver, constraints, "all")
  };
}
