import {project} from "./cliques.js";
import {pairKey} from "./constraints.js";
import {modelOf, type Polytope} from "./polytope.js";
import type {Solver} from "./solver.js";

/** Whole counts on the cliques that print the report. */
export interface Rounding {
  /** The count of each cell, cliques one after another as in the polytope. */
  readonly counts: Int32Array;
  /** How far from the whole numbers around its expected count a cell was allowed to go; infinite for any distance. */
  readonly reach: number;
  /** Branch-and-bound nodes that the solver went through. */
  readonly nodes: number;
  /** How far the solver can tell that the result may be from the best one, as a share of its cost. */
  readonly gap: number;
}

/** What it costs to put a count where another was expected: its term of the Kullback–Leibler divergence, in nats. */
function divergence(count: number, expected: number): number {
  const least = Math.max(expected, 1e-6);
  return (count > 0 ? count * Math.log(count / least) : 0) - count + least;
}

/**
 * The smallest whole and largest whole count that each cell may take: the two whole numbers around its expected count
 * and `reach` beyond them.
 */
function reachOf(expected: number, reach: number, n: number): [number, number] {
  return [Math.max(0, Math.floor(expected + 1e-6) - reach), Math.min(n, Math.ceil(expected - 1e-6) + reach)];
}

/**
 * Rounds the fitted distribution to whole counts that print the report exactly, as close to it as they can be: a
 * mixed-integer program with one condition a printed count, whose cost is the divergence of the cells from the fit
 * (convex, so it can be written in steps of one respondent) and the distance of the crosstab of each pair of variables
 * that no table crosses from the fitted one. Without the latter the many cells that expect a fraction of a respondent
 * would decide for themselves, and their sums, which are what a reader asks for, would drift.
 *
 * Cells may first only take the whole numbers on either side of their expected count; should no tables do that, they
 * may go further. Returns null if no whole tables print the report at all. The result depends on its arguments only.
 */
export function round(
  solver: Solver,
  polytope: Polytope,
  support: readonly boolean[],
  expected: Float64Array
): Rounding | null {
  for (const reach of [0, 1, 3, Number.POSITIVE_INFINITY]) {
    const rounding = roundWithin(solver, polytope, support, expected, reach);
    if (rounding !== null) return rounding;
  }
  return null;
}

function roundWithin(
  solver: Solver,
  polytope: Polytope,
  support: readonly boolean[],
  expected: Float64Array,
  reach: number
): Rounding | null {
  const {constraints, tree, offsets, cells, rows} = polytope;
  // A cell is its lowest count plus steps of one respondent, each dearer than the one before; beyond a few steps the
  // last one takes the rest.
  const mostSteps = 8;
  const base = new Int32Array(cells);
  const steps: number[][] = [];
  const columns: {cost: number; lower: number; upper: number; integer: boolean}[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const own: number[] = [];
    steps.push(own);
    if (!support[cell]) continue;
    const target = expected[cell] ?? 0;
    const [low, high] = reachOf(target, reach, constraints.n);
    base[cell] = low;
    for (let count = low; count < high && own.length < mostSteps; count++) {
      own.push(columns.length);
      const last = own.length === mostSteps;
      columns.push({
        cost: divergence(count + 1, target) - divergence(count, target),
        lower: 0,
        upper: last ? high - count : 1,
        integer: true
      });
    }
  }
  const conditions = rows.map((row) => {
    const at: number[] = [];
    const values: number[] = [];
    let count = row.count;
    row.cells.forEach((cell, i) => {
      const value = row.values[i] ?? 0;
      count -= value * (base[cell] ?? 0);
      for (const step of steps[cell] ?? []) {
        at.push(step);
        values.push(value);
      }
    });
    return {cells: at, values, lower: count, upper: count};
  });
  const seen = new Set<string>(constraints.crossed);
  tree.forEach((clique, index) => {
    const start = offsets[index] ?? 0;
    clique.variables.forEach((a, first) => {
      clique.variables.slice(first + 1).forEach((b) => {
        if (seen.has(pairKey(a, b))) return;
        seen.add(pairKey(a, b));
        const {cells: into, count: size} = project(clique, [a, b]);
        const sums = new Float64Array(size);
        const members = Array.from({length: size}, () => [] as number[]);
        into.forEach((target, cell) => {
          sums[target] = (sums[target] ?? 0) + (expected[start + cell] ?? 0);
          members[target]?.push(start + cell);
        });
        members.forEach((inside, target) => {
          const sum = sums[target] ?? 0;
          const fixed = inside.reduce((total, cell) => total + (base[cell] ?? 0), 0);
          const at = inside.flatMap((cell) => steps[cell] ?? []);
          if (at.length === 0) return;
          const free = {lower: 0, upper: solver.infinity, integer: false};
          // Whole numbers cannot be nearer than the next whole number; only what is beyond costs.
          const above = columns.push({...free, cost: 1 / Math.sqrt(sum + 1)}) - 1;
          const below = columns.push({...free, cost: 1 / Math.sqrt(sum + 1)}) - 1;
          const entries = {cells: [...at, above, below], values: [...at.map(() => 1), -1, 1]};
          conditions.push({...entries, lower: Math.floor(sum) - fixed, upper: Math.ceil(sum) - fixed});
        });
      });
    });
  });
  if (columns.length === 0) {
    // The fit is whole already; the solver takes no empty programs.
    const exact = conditions.every(({lower, upper}) => lower <= 0 && upper >= 0);
    return exact ? {counts: base, reach, nodes: 0, gap: 0} : null;
  }
  const model = modelOf(solver, {columns, rows: conditions});
  return solver.withModel(model, (solving) => {
    solving.options.set({output_flag: false, mip_rel_gap: 0.01, random_seed: 0});
    solving.run();
    const {infeasible, optimal, unboundedOrInfeasible} = solver.constants.modelStatus;
    const status = solving.getModelStatus();
    if (status === infeasible || status === unboundedOrInfeasible) return null;
    if (status !== optimal) throw new Error(`The solver could not round the counts (status ${status}).`);
    const {colValue} = solving.getSolution();
    const counts = Int32Array.from(base);
    steps.forEach((own, cell) => {
      for (const step of own) counts[cell] = (counts[cell] ?? 0) + Math.round(colValue[step] ?? 0);
    });
    return {
      counts,
      reach,
      nodes: Number(solving.info.get("mip_node_count")),
      gap: Number(solving.info.get("mip_gap"))
    };
  });
}
