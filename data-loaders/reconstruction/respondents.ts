import {compareTables, type TableId} from "../../src/tables/table-id.js";
import type {CountTable, CountVariable} from "../read/counts.js";
import {project} from "./cliques.js";
import {ContradictionError, findConflict} from "./conflict.js";
import {readConstraints, uncrossedPairs} from "./constraints.js";
import {balance, deal, expectedPair} from "./dealing.js";
import {findSupport, fitEntropy} from "./fit.js";
import {type Polytope, polytope} from "./polytope.js";
import {random} from "./random.js";
import {round} from "./rounding.js";
import {loadSolver} from "./solver.js";

/** What respondents are to be reconstructed from. */
export interface ReconstructionInput {
  readonly variables: readonly CountVariable[];
  /** The tables of one survey. */
  readonly tables: readonly CountTable[];
  /** Number of respondents. */
  readonly n: number;
  /** Which of the many data sets that print the tables; the same seed gives the same respondents. */
  readonly seed: number;
  /** Exchanges to try when bringing unprinted crosstabs nearer to their expectation; 400,000 if left out. */
  readonly exchanges?: number;
}

/** One joint table of the decomposition, fitted and rounded. */
export interface SubProblem {
  readonly variables: readonly string[];
  /** The variables that it shares with the one it hangs on. */
  readonly separator: readonly string[];
  /** The printed tables that lie within it. */
  readonly tables: readonly TableId[];
  readonly cells: number;
  /** Cells that can be above zero in tables that print the report. */
  readonly possibleCells: number;
  /** Kullback–Leibler divergence of the rounded from the fitted table, of counts: n × the divergence of shares, nats. */
  readonly divergence: number;
  readonly divergencePerRespondent: number;
  /** The largest difference between a whole count and the fitted one. */
  readonly largestDifference: number;
}

/** How the reconstruction went. */
export interface ReconstructionReport {
  readonly subProblems: readonly SubProblem[];
  /** Divergence of the joint distribution over all sub-problems, as for one of them: what is shared counts once. */
  readonly divergence: number;
  readonly divergencePerRespondent: number;
  /** Passes of proportional fitting, and the largest difference to a printed count that they left. */
  readonly passes: number;
  readonly largestGap: number;
  /** How many whole numbers beyond those next to the fit a cell could take, and what the solver left open. */
  readonly reach: number;
  readonly nodes: number;
  readonly gap: number;
}

/** Reconstructed respondents. */
export interface Reconstruction {
  /** A column a variable that some table shows, in the order given: each respondent's code, null for no answer. */
  readonly columns: Record<string, (string | null)[]>;
  readonly report: ReconstructionReport;
}

/** Σ count · ln(count ÷ expected) over the cells of a table. */
function divergenceOf(counts: Float64Array, expected: Float64Array): number {
  let sum = 0;
  counts.forEach((count, cell) => {
    if (count > 0) sum += count * Math.log(count / Math.max(expected[cell] ?? 0, 1e-300));
  });
  return sum;
}

function describe(
  {tree, offsets, rows, constraints}: Polytope,
  support: readonly boolean[],
  expected: Float64Array,
  counts: Int32Array
): {subProblems: SubProblem[]; divergence: number} {
  const name = (variable: number) => constraints.variables[variable]?.name ?? "";
  let shared = 0;
  const subProblems = tree.map((clique, index): SubProblem => {
    const start = offsets[index] ?? 0;
    const end = start + clique.cells;
    const own = Float64Array.from(counts.subarray(start, end));
    const fitted = expected.slice(start, end);
    if (clique.separator.length > 0) {
      const {cells, count} = project(clique, clique.separator);
      const ownShared = new Float64Array(count);
      const fittedShared = new Float64Array(count);
      cells.forEach((group, cell) => {
        ownShared[group] = (ownShared[group] ?? 0) + (own[cell] ?? 0);
        fittedShared[group] = (fittedShared[group] ?? 0) + (fitted[cell] ?? 0);
      });
      shared += divergenceOf(ownShared, fittedShared);
    }
    const tables = rows.flatMap(({cells: [first = -1], constraint}) =>
      constraint !== null && first >= start && first < end ? [constraint.table.table] : []
    );
    const divergence = divergenceOf(own, fitted);
    return {
      variables: clique.variables.map(name),
      separator: clique.separator.map(name),
      tables: [...new Set(tables)].sort(compareTables),
      cells: clique.cells,
      possibleCells: support.slice(start, end).filter(Boolean).length,
      divergence,
      divergencePerRespondent: divergence / constraints.n,
      largestDifference: own.reduce((most, count, cell) => Math.max(most, Math.abs(count - (fitted[cell] ?? 0))), 0)
    };
  });
  const divergence = subProblems.reduce((sum, each) => sum + each.divergence, -shared);
  return {subProblems, divergence};
}

/**
 * Reconstructs respondents whose crosstabs are the printed tables, exactly.
 *
 * The tables' variables are grouped into a junction tree; the maximum entropy distribution is fitted to the printed
 * counts on it, rounded to whole counts that keep every printed one, and dealt out to respondents, such that what no
 * table says is as near to what the fit expects as may be. The result is one of very many data sets that print the
 * same tables; no row is a person.
 *
 * The result depends on the contents of the input only, not on the order of variables, tables or cells. A variable that
 * no table shows gets no column. Throws a ContradictionError if no respondents can have the tables.
 */
export async function reconstruct(input: ReconstructionInput): Promise<Reconstruction> {
  const solver = await loadSolver();
  const constraints = readConstraints(input.variables, input.tables, input.n);
  const whole = polytope(constraints);
  const support = findSupport(solver, whole);
  if (support === null) throw new ContradictionError(contradiction(findConflict(solver, constraints)));
  const {expected, passes, largestGap} = fitEntropy(whole, support);
  const rounding = round(solver, whole, support, expected);
  if (rounding === null) throw new ContradictionError(contradiction(findConflict(solver, constraints, true)));
  const generator = random(input.seed);
  const levels = deal(whole, rounding.counts, generator);
  const pairs = uncrossedPairs(constraints).map(([a, b]) => expectedPair(whole, expected, a, b));
  balance(whole, levels, pairs, generator, input.exchanges ?? 400_000);
  const order = generator.shuffle(Array.from({length: input.n}, (_, person) => person));
  const columns: Record<string, (string | null)[]> = {};
  for (const {name} of input.variables) {
    const index = constraints.variables.findIndex((variable) => variable.name === name);
    const codes = constraints.variables[index]?.codes;
    if (codes === undefined) continue;
    columns[name] = order.map((person) => codes[levels[index]?.[person] ?? -1] ?? null);
  }
  const {subProblems, divergence} = describe(whole, support, expected, rounding.counts);
  return {
    columns,
    report: {
      subProblems,
      divergence,
      divergencePerRespondent: divergence / input.n,
      passes,
      largestGap,
      reach: rounding.reach,
      nodes: rounding.nodes,
      gap: rounding.gap
    }
  };
}

/** The solver found no tables, so there is a contradiction to be told of; if it is not found, that is a mistake here. */
function contradiction<T>(conflict: T | null): T {
  if (conflict === null) throw new Error("The tables could not be solved for, but no contradiction was found in them.");
  return conflict;
}
