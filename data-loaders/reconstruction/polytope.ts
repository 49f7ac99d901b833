import type {ModelData} from "highs";
import {type CliqueTree, cliqueTree, levelAt, project} from "./cliques.js";
import type {Constraint, Constraints, Term} from "./constraints.js";
import type {Solver} from "./solver.js";

/** One linear condition on the cells: the sum of their counts times the values equals `count`. */
export interface Row {
  readonly cells: readonly number[];
  readonly values: readonly number[];
  readonly count: number;
  /** The printed count it states; null for a condition that holds for any tables (cliques agree, n respondents). */
  readonly constraint: Constraint | null;
}

/**
 * All tables of counts on a junction tree that print the report: non-negative cells, cliques that agree on what they
 * share, n respondents in all, and every printed count.
 */
export interface Polytope {
  readonly constraints: Constraints;
  readonly tree: CliqueTree;
  /** Where each clique's cells start among all cells. */
  readonly offsets: readonly number[];
  /** Number of cells in all. */
  readonly cells: number;
  /** Cells that nobody can be in, since their question was not asked there. */
  readonly impossible: readonly boolean[];
  readonly rows: readonly Row[];
}

/** The first clique with the fewest cells that holds all of some variables, or −1. */
export function smallestClique(tree: CliqueTree, variables: readonly number[]): number {
  let best = -1;
  tree.forEach((clique, index) => {
    const cells = tree[best]?.cells ?? Number.POSITIVE_INFINITY;
    if (clique.cells < cells && variables.every((variable) => clique.variables.includes(variable))) best = index;
  });
  return best;
}

/** The cells (numbered within the clique) that satisfy all terms. */
export function cellsWhere(tree: CliqueTree, index: number, terms: readonly Term[]): number[] {
  const clique = tree[index];
  if (clique === undefined) return [];
  const checks = terms.map(({variable, levels}) => ({position: clique.variables.indexOf(variable), levels}));
  const cells: number[] = [];
  for (let cell = 0; cell < clique.cells; cell++) {
    if (checks.every(({position, levels}) => levels[levelAt(clique, position, cell)] === true)) cells.push(cell);
  }
  return cells;
}

/** Builds the polytope of the tables that print the report. */
export function polytope(constraints: Constraints): Polytope {
  const {variables, n, scopes} = constraints;
  const tree = cliqueTree(variables, scopes);
  const offsets: number[] = [];
  let cells = 0;
  for (const clique of tree) {
    offsets.push(cells);
    cells += clique.cells;
  }
  const start = (clique: number) => offsets[clique] ?? 0;

  const impossible = new Array<boolean>(cells).fill(false);
  for (const {variable, term} of constraints.askedOnly) {
    tree.forEach((clique, index) => {
      const asked = clique.variables.indexOf(variable);
      const condition = clique.variables.indexOf(term.variable);
      if (asked < 0 || condition < 0) return;
      const missing = (variables[variable]?.levels ?? 1) - 1;
      for (let cell = 0; cell < clique.cells; cell++) {
        const answered = levelAt(clique, asked, cell) !== missing;
        if (answered && term.levels[levelAt(clique, condition, cell)] !== true) impossible[start(index) + cell] = true;
      }
    });
  }

  const rows: Row[] = [];
  tree.forEach((clique, index) => {
    if (clique.parent < 0) {
      const all = Array.from({length: clique.cells}, (_, cell) => start(index) + cell);
      rows.push({cells: all, values: all.map(() => 1), count: n, constraint: null});
      return;
    }
    const parent = tree[clique.parent];
    if (parent === undefined) return;
    const above = project(parent, clique.separator);
    const below = project(clique, clique.separator);
    const shared = Array.from({length: above.count}, () => ({cells: [] as number[], values: [] as number[]}));
    above.cells.forEach((target, cell) => {
      shared[target]?.cells.push(start(clique.parent) + cell);
      shared[target]?.values.push(1);
    });
    below.cells.forEach((target, cell) => {
      shared[target]?.cells.push(start(index) + cell);
      shared[target]?.values.push(-1);
    });
    for (const row of shared) rows.push({...row, count: 0, constraint: null});
  });
  for (const constraint of constraints.constraints) {
    const clique = smallestClique(tree, constraint.scope);
    if (clique < 0) continue;
    const where = cellsWhere(tree, clique, constraint.terms).map((cell) => start(clique) + cell);
    rows.push({cells: where, values: where.map(() => 1), count: constraint.count, constraint});
  }
  return {constraints, tree, offsets, cells, impossible, rows};
}

/** Writes rows and columns as a sparse matrix by rows, the form that the solver takes. */
export function modelOf(
  solver: Solver,
  parts: {
    readonly rows: readonly {
      readonly cells: readonly number[];
      readonly values: readonly number[];
      readonly lower: number;
      readonly upper: number;
    }[];
    readonly columns: readonly {
      readonly cost: number;
      readonly lower: number;
      readonly upper: number;
      readonly integer?: boolean;
    }[];
    readonly maximise?: boolean;
  }
): ModelData {
  const {rows, columns} = parts;
  const starts = new Int32Array(rows.length + 1);
  let entries = 0;
  rows.forEach((row, index) => {
    starts[index] = entries;
    entries += row.cells.length;
  });
  starts[rows.length] = entries;
  const indices = new Int32Array(entries);
  const values = new Float64Array(entries);
  let at = 0;
  for (const row of rows) {
    row.cells.forEach((cell, i) => {
      indices[at] = cell;
      values[at++] = row.values[i] ?? 0;
    });
  }
  const {variableType, objectiveSense} = solver.constants;
  const integers = columns.some(({integer}) => integer === true);
  return {
    numCols: columns.length,
    numRows: rows.length,
    sense: parts.maximise === true ? objectiveSense.maximize : objectiveSense.minimize,
    colCost: Float64Array.from(columns, ({cost}) => cost),
    colLower: Float64Array.from(columns, ({lower}) => lower),
    colUpper: Float64Array.from(columns, ({upper}) => upper),
    rowLower: Float64Array.from(rows, ({lower}) => lower),
    rowUpper: Float64Array.from(rows, ({upper}) => upper),
    matrix: {format: "csr", numRows: rows.length, numCols: columns.length, starts, indices, values},
    ...(integers
      ? {
          integrality: columns.map(({integer}) => (integer === true ? variableType.integer : variableType.continuous))
        }
      : {})
  };
}
