import {type CliqueTree, cliqueTree, project} from "./cliques.js";
import type {Constraint, Constraints, Term} from "./constraints.js";
import type {Condition} from "./solver.js";

/** One condition on the cells: the sum of their counts times the values equals `count`. */
export interface Row extends Condition {
  /** The printed count it states; null for a condition that holds for any tables (cliques agree, n respondents). */
  readonly constraint: Constraint | null;
}

/**
 * All tables of counts on a junction tree that print the report: non-negative cells, cliques that agree on what they
 * share, n respondents in all, and every printed count.
 */
export interface Polytope {
  readonly constraints: Constraints;
  /** Cells are numbered through all its cliques. */
  readonly tree: CliqueTree;
  /** For each cell whether nobody can be in it, since its question was not asked there. */
  readonly impossible: readonly boolean[];
  readonly rows: readonly Row[];
}

/** The cells that satisfy all terms, in the smallest clique that has some variables; none where no clique has them. */
export function cellsWhere(tree: CliqueTree, scope: readonly number[], terms: readonly Term[]): number[] {
  const holding = tree.filter(({variables}) => scope.every((variable) => variables.includes(variable)));
  const [clique] = holding.sort((a, b) => a.cells - b.cells);
  if (clique === undefined) return [];
  const checks = terms.map(({variable, levels}) => ({at: project(clique, [variable]).cells, levels}));
  return Array.from({length: clique.cells}, (_, cell) => cell)
    .filter((cell) => checks.every(({at, levels}) => levels[at[cell] ?? 0]))
    .map((cell) => clique.start + cell);
}

/** Builds the polytope of the tables that print the report. */
export function polytope(constraints: Constraints): Polytope {
  const {variables, n, scopes} = constraints;
  const tree = cliqueTree(variables, scopes);
  const all = (cells: readonly number[], count: number, constraint: Constraint | null) => ({
    cells,
    values: cells.map(() => 1),
    count,
    constraint
  });
  const impossible = tree.flatMap((clique) => new Array<boolean>(clique.cells).fill(false));
  for (const {variable, term} of constraints.askedOnly) {
    const missing = (variables[variable]?.levels ?? 1) - 1;
    for (const clique of tree) {
      if (![variable, term.variable].every((each) => clique.variables.includes(each))) continue;
      const answers = project(clique, [variable]).cells;
      project(clique, [term.variable]).cells.forEach((level, cell) => {
        if (answers[cell] !== missing && !term.levels[level]) impossible[clique.start + cell] = true;
      });
    }
  }
  const agreement = tree.flatMap((clique): Row[] => {
    const parent = tree[clique.parent];
    if (parent === undefined)
      return [
        all(
          Array.from({length: clique.cells}, (_, cell) => clique.start + cell),
          n,
          null
        )
      ];
    const shared = Array.from({length: project(clique, clique.separator).count}, () => ({
      cells: [] as number[],
      values: [] as number[]
    }));
    for (const [own, value] of [
      [parent, 1],
      [clique, -1]
    ] as const) {
      project(own, clique.separator).cells.forEach((target, cell) => {
        shared[target]?.cells.push(own.start + cell);
        shared[target]?.values.push(value);
      });
    }
    return shared.map((row) => ({...row, count: 0, constraint: null}));
  });
  const printed = constraints.constraints.map((constraint) =>
    all(cellsWhere(tree, constraint.scope, constraint.terms), constraint.count, constraint)
  );
  return {constraints, tree, impossible, rows: [...agreement, ...printed]};
}
