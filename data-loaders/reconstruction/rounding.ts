import type {Model} from "highs";
import {pairsOf, project, sumsOver} from "./cliques.js";
import {pairKey} from "./constraints.js";
import type {Polytope} from "./polytope.js";
import {type Condition, modelOf, type Solver, solve, type Unknown} from "./solver.js";

/** What it costs to put a count where another was expected: its term of the Kullback–Leibler divergence, in nats. */
function divergence(count: number, expected: number): number {
  const least = Math.max(expected, 1e-6);
  return (count > 0 ? count * Math.log(count / least) : 0) - count + least;
}

/** Beyond so many steps from a cell's lowest count the last one takes the rest. */
const mostSteps = 8;

/**
 * Rounds the fitted distribution to whole counts that print the report exactly, as close to it as they can be: a
 * mixed-integer program with one condition a printed count, whose cost is the divergence of the cells from the fit
 * (convex, so it can be written in steps of one respondent) and the distance of the crosstab of each pair of variables
 * that no table crosses from the fitted one. Without the latter the many cells that expect a fraction of a respondent
 * would decide for themselves, and their sums, which are what a reader asks for, would drift.
 *
 * Cells may first only take the whole numbers on either side of their expected count; should no tables do that, they
 * may go further, as `reach` of the result says. Gives the count of each cell of the polytope, the branch-and-bound nodes
 * that the solver went through and the gap, a share of the cost, that it left open; null if no whole tables print the
 * report at all. The result depends on the arguments only.
 */
export function round(solver: Solver, polytope: Polytope, support: readonly boolean[], expected: Float64Array) {
  for (const reach of [0, 1, 3, Number.POSITIVE_INFINITY]) {
    const rounding = roundWithin(solver, polytope, support, expected, reach);
    if (rounding !== null) return rounding;
  }
  return null;
}

function roundWithin(
  solver: Solver,
  {constraints, tree, rows}: Polytope,
  support: readonly boolean[],
  expected: Float64Array,
  reach: number
) {
  // A cell is its lowest count plus steps of one respondent, each dearer than the one before.
  const base = new Int32Array(support.length);
  const columns: Unknown[] = [];
  const steps = support.map((possible, cell) => {
    const own: number[] = [];
    if (!possible) return own;
    const target = expected[cell] ?? 0;
    const low = Math.max(0, Math.floor(target + 1e-6) - reach);
    const high = Math.min(constraints.n, Math.ceil(target - 1e-6) + reach);
    base[cell] = low;
    for (let count = low; count < high && own.length < mostSteps; count++) {
      const cost = divergence(count + 1, target) - divergence(count, target);
      const upper = own.length === mostSteps - 1 ? high - count : 1;
      own.push(columns.push({cost, upper, integer: true}) - 1);
    }
    return own;
  });
  const conditions = rows.map(({cells, values, count}): Condition => {
    const stepped = cells.flatMap((cell, i) => (steps[cell] ?? []).map((step) => ({step, value: values[i] ?? 0})));
    const fixed = cells.reduce((sum, cell, i) => sum + (values[i] ?? 0) * (base[cell] ?? 0), 0);
    return {cells: stepped.map(({step}) => step), values: stepped.map(({value}) => value), count: count - fixed};
  });
  const seen = new Set(constraints.crossed);
  for (const clique of tree) {
    for (const pair of pairsOf(clique.variables)) {
      const key = pairKey(...pair);
      if (seen.has(key)) continue;
      seen.add(key);
      const into = project(clique, pair);
      sumsOver(expected.subarray(clique.start), into).forEach((sum, target) => {
        const inside = [...into.cells.keys()].filter((cell) => into.cells[cell] === target);
        const fixed = inside.reduce((total, cell) => total + (base[clique.start + cell] ?? 0), 0);
        const at = inside.flatMap((cell) => steps[clique.start + cell] ?? []);
        if (at.length === 0) return;
        // Whole numbers cannot be nearer than the next whole number; only what is beyond costs.
        const beyond = {cost: 1 / Math.sqrt(sum + 1)};
        const above = columns.push(beyond, beyond) - 2;
        conditions.push({
          cells: [...at, above, above + 1],
          values: [...at.map(() => 1), -1, 1],
          count: Math.floor(sum) - fixed,
          most: Math.ceil(sum) - fixed
        });
      });
    }
  }
  if (columns.length === 0) {
    // The fit is whole already; the solver takes no empty programs.
    const exact = conditions.every(({count, most = count}) => count <= 0 && most >= 0);
    return exact ? {counts: base, reach, nodes: 0, gap: 0} : null;
  }
  const read = (solving: Model) => {
    const {colValue} = solving.getSolution();
    const counts = base.map((low, cell) =>
      (steps[cell] ?? []).reduce((sum, step) => sum + Math.round(colValue[step] ?? 0), low)
    );
    return {
      counts,
      reach,
      nodes: Number(solving.info.get("mip_node_count")),
      gap: Number(solving.info.get("mip_gap"))
    };
  };
  return solve(solver, modelOf(solver, columns, conditions), read, {mip_rel_gap: 0.01, random_seed: 0});
}
