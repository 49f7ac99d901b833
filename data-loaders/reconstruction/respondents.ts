import {compareTables} from "../../src/tables/table-id.js";
import {project, sumsOver} from "./cliques.js";
import {ContradictionError, findConflict} from "./conflict.js";
import {readConstraints, type SurveyCounts, uncrossedPairs} from "./constraints.js";
import {balance, deal, expectedPair} from "./dealing.js";
import {findSupport, fitEntropy} from "./fit.js";
import {type Polytope, polytope} from "./polytope.js";
import {random} from "./random.js";
import {round} from "./rounding.js";
import {loadSolver} from "./solver.js";

/** Reconstructed respondents. */
export type Reconstruction = Awaited<ReturnType<typeof reconstruct>>;
/** How the reconstruction went. */
export type ReconstructionReport = Reconstruction["report"];

/** Σ count · ln(count ÷ expected) over the cells of a table. */
function divergenceOf(counts: ArrayLike<number>, expected: Float64Array): number {
  let sum = 0;
  expected.forEach((value, cell) => {
    const count = counts[cell] ?? 0;
    if (count > 0) sum += count * Math.log(count / Math.max(value, 1e-300));
  });
  return sum;
}

/** The joint tables of the decomposition, fitted and rounded. Divergences are Kullback–Leibler's, in nats. */
function describe(
  {tree, rows, constraints}: Polytope,
  support: readonly boolean[],
  expected: Float64Array,
  counts: Int32Array
) {
  const name = (variable: number) => constraints.variables[variable]?.name ?? "";
  let shared = 0;
  const subProblems = tree.map((clique) => {
    const {start, cells, separator, variables} = clique;
    const own = counts.subarray(start, start + cells);
    const fitted = expected.subarray(start, start + cells);
    if (separator.length > 0) {
      const onto = project(clique, separator);
      shared += divergenceOf(sumsOver(own, onto), sumsOver(fitted, onto));
    }
    const tables = rows.flatMap(({cells: [first = -1], constraint}) =>
      constraint !== null && first >= start && first < start + cells ? [constraint.table.table] : []
    );
    const divergence = divergenceOf(own, fitted);
    return {
      variables: variables.map(name),
      /** The variables that it shares with the one it hangs on. */
      separator: separator.map(name),
      /** The printed tables that lie within it. */
      tables: [...new Set(tables)].sort(compareTables),
      cells,
      /** Cells that can be above zero in tables that print the report. */
      possibleCells: support.slice(start, start + cells).filter(Boolean).length,
      /** Of the rounded from the fitted table, of counts: n × the divergence of shares. */
      divergence,
      divergencePerRespondent: divergence / constraints.n,
      /** Between a whole count and the fitted one. */
      largestDifference: fitted.reduce((most, value, cell) => Math.max(most, Math.abs((own[cell] ?? 0) - value)), 0)
    };
  });
  /** Of the joint distribution over all of them: what is shared counts once. */
  const divergence = subProblems.reduce((sum, each) => sum + each.divergence, -shared);
  return {subProblems, divergence, divergencePerRespondent: divergence / constraints.n};
}

/**
 * Reconstructs respondents whose crosstabs are the printed tables, exactly.
 *
 * The tables' variables are grouped into a junction tree; the maximum entropy distribution is fitted to the printed
 * counts on it, rounded to whole counts that keep every printed one, and dealt out to respondents, such that what no
 * table says is as near to what the fit expects as may be: `exchanges` are tried to bring it there. The result is one of
 * very many data sets that print the same tables, another one with another `seed`; no row is a person.
 *
 * The result depends on the contents of the input only, not on the order of variables, tables or cells. A variable that
 * no table shows gets no column. Throws a ContradictionError if no respondents can have the tables.
 */
export async function reconstruct({
  seed,
  exchanges = 400_000,
  ...counts
}: SurveyCounts & {readonly seed: number; readonly exchanges?: number}) {
  const {n} = counts;
  const solver = await loadSolver();
  const constraints = readConstraints(counts);
  const whole = polytope(constraints);
  const contradiction = (integer: boolean) => {
    const conflict = findConflict(solver, constraints, integer);
    if (conflict) return new ContradictionError(conflict);
    return new Error("The tables could not be solved for, but no contradiction was found in them.");
  };
  const support = findSupport(solver, whole);
  if (support === null) throw contradiction(false);
  const {expected, passes, largestGap} = fitEntropy(whole, support);
  const rounding = round(solver, whole, support, expected);
  if (rounding === null) throw contradiction(true);
  const {counts: rounded, reach, nodes, gap} = rounding;
  const generator = random(seed);
  const levels = deal(whole, rounded, generator);
  const pairs = uncrossedPairs(constraints).map(([a, b]) => expectedPair(whole, expected, a, b));
  balance(whole, levels, pairs, generator, exchanges);
  const order = generator.shuffle(Array.from({length: n}, (_, person) => person));
  const columns: Record<string, (string | null)[]> = {};
  for (const {name} of counts.variables) {
    const index = constraints.variables.findIndex((variable) => variable.name === name);
    const codes = constraints.variables[index]?.codes;
    if (codes) columns[name] = order.map((person) => codes[levels[index]?.[person] ?? -1] ?? null);
  }
  const report = {...describe(whole, support, expected, rounded), passes, largestGap, reach, nodes, gap};
  return {columns, report};
}
