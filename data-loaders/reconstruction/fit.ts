import type {TableId} from "../../src/tables/table-id.js";
import {levelAt, project} from "./cliques.js";
import type {Constraints} from "./constraints.js";
import {modelOf, type Polytope} from "./polytope.js";
import type {Solver} from "./solver.js";

/** The maximum entropy distribution that prints the report, as expected counts on the cliques. */
export interface Fit {
  /** Expected count of each cell, cliques one after another as in the polytope. */
  readonly expected: Float64Array;
  /** Passes over all cliques that were made. */
  readonly passes: number;
  /** The largest difference left between a printed count and its expected count. */
  readonly largestGap: number;
}

/**
 * Finds which cells can be above zero in some (not necessarily whole-numbered) tables that print the report, or null
 * if no tables do.
 *
 * One linear program does it: in homogeneous form (every count times the same unknown ≥ 1) as many cells as possible
 * are given at least 1. Since the tables form a convex set, the cells that can be positive can be so all at once.
 * Fitting needs to know: a cell whose zero follows only from several tables together would make it converge slowly.
 */
export function findSupport(solver: Solver, {cells, impossible, rows}: Polytope): boolean[] | null {
  const infinity = solver.infinity;
  const scale = 2 * cells;
  const model = modelOf(solver, {
    maximise: true,
    columns: [
      ...Array.from({length: cells}, (_, cell) => ({cost: 1, lower: 0, upper: impossible[cell] ? 0 : 1})),
      ...Array.from({length: cells}, (_, cell) => ({cost: 0, lower: 0, upper: impossible[cell] ? 0 : infinity})),
      {cost: 0, lower: 1, upper: infinity}
    ],
    rows: rows.map((row) => ({
      cells: [...row.cells, ...row.cells.map((cell) => cells + cell), ...(row.count === 0 ? [] : [scale])],
      values: [...row.values, ...row.values, ...(row.count === 0 ? [] : [-row.count])],
      lower: 0,
      upper: 0
    }))
  });
  return solver.withModel(model, (solving) => {
    solving.options.set({output_flag: false});
    solving.run();
    const status = solving.getModelStatus();
    if (status === solver.constants.modelStatus.infeasible) return null;
    if (status !== solver.constants.modelStatus.optimal) {
      throw new Error(`The solver could not tell which cells can be positive (status ${status}).`);
    }
    const {colValue} = solving.getSolution();
    return Array.from({length: cells}, (_, cell) => (colValue[cell] ?? 0) > 0.5);
  });
}

/** One step of proportional fitting: disjoint sets of one clique's cells and the counts they must add up to. */
interface Block {
  readonly clique: number;
  /** For each cell of the clique the set it is in; the last set holds what no printed count covers. */
  readonly sets: Int32Array;
  readonly targets: readonly number[];
}

/**
 * Sorts the printed counts into blocks of disjoint sets on one clique: a table's inner cells make one, and a total is
 * only kept where the inner cells do not already add up to it.
 */
function findBlocks({tree, offsets, rows, constraints}: Polytope): Block[] {
  const blocks: {clique: number; table: TableId; sets: Int32Array; targets: number[]}[] = [];
  const printed = rows.filter((row) => row.constraint !== null && row.cells.length > 0);
  const cliqueOf = (cell: number) => {
    let clique = 0;
    while (clique + 1 < offsets.length && (offsets[clique + 1] ?? 0) <= cell) clique++;
    return clique;
  };
  // Small sets first, so that the inner cells come before the totals over them.
  const ordered = [...printed].sort((a, b) => a.cells.length - b.cells.length);
  for (const row of ordered) {
    const clique = cliqueOf(row.cells[0] ?? 0);
    const start = offsets[clique] ?? 0;
    const size = tree[clique]?.cells ?? 0;
    const table = row.constraint?.table.table ?? 0;
    const inside = row.cells.map((cell) => cell - start);
    let done = false;
    for (const block of blocks) {
      if (done || block.clique !== clique || block.table !== table) continue;
      const covered = inside.filter((cell) => (block.sets[cell] ?? -1) >= 0);
      if (covered.length === 0) {
        for (const cell of inside) block.sets[cell] = block.targets.length;
        block.targets.push(row.count);
        done = true;
      } else if (covered.length === inside.length) {
        // The set is a union of sets already there if none of them reaches outside it.
        const parts = new Set(inside.map((cell) => block.sets[cell] ?? -1));
        let reach = 0;
        for (const set of block.sets) if (parts.has(set)) reach++;
        done = reach === inside.length;
      }
    }
    if (!done) {
      const sets = new Int32Array(size).fill(-1);
      for (const cell of inside) sets[cell] = 0;
      blocks.push({clique, table, sets, targets: [row.count]});
    }
  }
  return blocks
    .map(({clique, sets, targets}) => {
      const rest = constraints.n - targets.reduce((sum, target) => sum + target, 0);
      return {clique, sets: sets.map((set) => (set < 0 ? targets.length : set)), targets: [...targets, rest]};
    })
    .sort((a, b) => a.clique - b.clique);
}

/**
 * How the answers to one question are spread over its levels among those who were asked it, as far as the tables tell:
 * each answer's largest printed count, and for no answer whatever then remains of those asked (at least one of them, so
 * that no level that the tables leave possible is shut out). Shares, adding up to 1.
 */
function shares({variables, constraints, askedOnly, n}: Constraints, variable: number): number[] {
  const levels = variables[variable]?.levels ?? 1;
  const largest = new Array<number>(levels).fill(1);
  const conditions = askedOnly.filter((rule) => rule.variable === variable).map(({term}) => term);
  let asked = conditions.length === 0 ? n : 1;
  for (const {terms, count} of constraints) {
    const term = terms.find((each) => each.variable === variable);
    const meant = (term?.levels ?? []).flatMap((flag, level) => (flag ? [level] : []));
    const level = meant.length === 1 ? meant[0] : undefined;
    if (level !== undefined && level < levels - 1) largest[level] = Math.max(largest[level] ?? 0, count);
    const inside = conditions.some((condition) =>
      terms.some(
        (each) =>
          each.variable === condition.variable &&
          each.levels.every((flag, at) => !flag || condition.levels[at] === true)
      )
    );
    if (inside) asked = Math.max(asked, count);
  }
  const answered = largest.slice(0, -1);
  const missing = Math.max(asked - answered.reduce((sum, count) => sum + count, 0), 1);
  const total = answered.reduce((sum, count) => sum + count, missing);
  return [...answered, missing].map((count) => count / total);
}

/** The distribution that entropy is taken relative to, as factors on the cells of the cliques. */
function referenceFactors({tree, constraints}: Polytope): Float64Array[] {
  const factors = tree.map((clique) => new Float64Array(clique.cells).fill(1));
  constraints.variables.forEach(({levels}, variable) => {
    const conditions = constraints.askedOnly.filter((rule) => rule.variable === variable).map(({term}) => term);
    const needed = [variable, ...conditions.map((condition) => condition.variable)];
    const index = tree.findIndex((each) => needed.every((member) => each.variables.includes(member)));
    const clique = tree[index];
    const factor = factors[index];
    if (clique === undefined || factor === undefined) return;
    const share = shares(constraints, variable);
    const position = clique.variables.indexOf(variable);
    for (let cell = 0; cell < clique.cells; cell++) {
      const asked = conditions.every(
        (condition) => condition.levels[levelAt(clique, clique.variables.indexOf(condition.variable), cell)]
      );
      const level = levelAt(clique, position, cell);
      factor[cell] = (factor[cell] ?? 0) * (asked ? (share[level] ?? 0) : level === levels - 1 ? 1 : 0);
    }
  });
  return factors;
}

/**
 * Fits the distribution of greatest entropy to the printed counts by iterative proportional fitting (Deming and
 * Stephan 1940; Csiszár 1975) on the junction tree: each clique is fitted to its own tables in turn, walking the tree
 * so that a clique has heard what its neighbours have become before it is fitted (Jiroušek and Přeučil 1995).
 *
 * The entropy is taken relative to independent answers with the printed shares. Wherever the tables say something
 * that makes no difference; it decides about the few whom a table leaves out for want of another answer, who are then
 * taken to be like the rest (with entropy pure and simple, three of the eight people without a known background would
 * be unit managers). Variables that no table links are independent given those that do link them.
 *
 * The walk ends when no printed count is off by more than `tolerance` respondents, or after `mostPasses`. The
 * tolerance need not be small: what is rounded to whole respondents afterwards is exact whatever is left here.
 */
export function fitEntropy(polytope: Polytope, support: readonly boolean[], tolerance = 0.005, mostPasses = 5000): Fit {
  const {tree, offsets, rows, constraints} = polytope;
  // Only cells that can be above zero are walked: for each clique their places, in order.
  const places = tree.map((clique, index) => {
    const start = offsets[index] ?? 0;
    return Int32Array.from(
      Array.from({length: clique.cells}, (_, cell) => cell).filter((cell) => support[start + cell])
    );
  });
  const among = (index: number, sets: Int32Array) => (places[index] ?? new Int32Array()).map((cell) => sets[cell] ?? 0);
  const tables = places.map((own) => new Float64Array(own.length).fill(1));
  const blocks = findBlocks(polytope);
  const ownBlocks = tree.map((_, index) =>
    blocks
      .filter(({clique}) => clique === index)
      .map(({sets, targets}) => ({sets: among(index, sets), targets: Float64Array.from(targets)}))
  );
  const edges = tree.map((clique, index) => {
    const parent = tree[clique.parent];
    if (parent === undefined) return null;
    const above = project(parent, clique.separator);
    const below = among(index, project(clique, clique.separator).cells);
    return {above: among(clique.parent, above.cells), below, count: above.count};
  });
  const children = tree.map((_, index) => tree.flatMap((clique, child) => (clique.parent === index ? [child] : [])));

  const rescale = (table: Float64Array, sets: Int32Array, targets: ArrayLike<number>) => {
    const sums = new Float64Array(targets.length);
    for (let cell = 0; cell < table.length; cell++) {
      const set = sets[cell] ?? 0;
      sums[set] = (sums[set] ?? 0) + (table[cell] ?? 0);
    }
    for (let cell = 0; cell < table.length; cell++) {
      const set = sets[cell] ?? 0;
      const sum = sums[set] ?? 0;
      if (sum > 0) table[cell] = ((table[cell] ?? 0) * (targets[set] ?? 0)) / sum;
    }
  };
  const sumsOver = (table: Float64Array, sets: Int32Array, count: number) => {
    const sums = new Float64Array(count);
    for (let cell = 0; cell < table.length; cell++) {
      const set = sets[cell] ?? 0;
      sums[set] = (sums[set] ?? 0) + (table[cell] ?? 0);
    }
    return sums;
  };
  const none = new Float64Array(0);
  const fitOwn = (index: number) => {
    for (const {sets, targets} of ownBlocks[index] ?? []) rescale(tables[index] ?? none, sets, targets);
  };
  const visit = (index: number) => {
    fitOwn(index);
    for (const child of children[index] ?? []) {
      const edge = edges[child];
      if (!edge) continue;
      const mine = tables[index] ?? none;
      const theirs = tables[child] ?? none;
      rescale(theirs, edge.below, sumsOver(mine, edge.above, edge.count));
      visit(child);
      rescale(mine, edge.above, sumsOver(theirs, edge.below, edge.count));
      fitOwn(index);
    }
  };

  referenceFactors(polytope).forEach((factors, index) => {
    const table = tables[index] ?? none;
    places[index]?.forEach((cell, at) => {
      table[at] = (table[at] ?? 0) * (factors[cell] ?? 0);
    });
  });
  // What a joint table's cells weigh is not what the cliques' cells weigh: each clique first takes in the whole weight
  // of the possible cells beyond it, leaves first.
  for (let index = tree.length - 1; index >= 0; index--) {
    const clique = tree[index];
    const edge = edges[index];
    const table = tables[index] ?? none;
    if (!clique || !edge) continue;
    const beyond = sumsOver(table, edge.below, edge.count);
    const parent = tables[clique.parent] ?? none;
    for (let cell = 0; cell < parent.length; cell++) {
      parent[cell] = (parent[cell] ?? 0) * (beyond[edge.above[cell] ?? 0] ?? 0);
    }
  }
  for (let index = 0; index < tree.length; index++) {
    const clique = tree[index];
    const edge = edges[index];
    const table = tables[index] ?? none;
    if (!clique) continue;
    if (edge) rescale(table, edge.below, sumsOver(tables[clique.parent] ?? none, edge.above, edge.count));
    else rescale(table, new Int32Array(table.length), [constraints.n]);
  }

  const roots = tree.flatMap((clique, index) => (clique.parent < 0 ? [index] : []));
  const expected = new Float64Array(polytope.cells);
  const conditions = rows.map((row) => ({
    cells: Int32Array.from(row.cells),
    values: Float64Array.from(row.values),
    count: row.count
  }));
  let passes = 0;
  let largestGap = Number.POSITIVE_INFINITY;
  while (largestGap > tolerance && passes < mostPasses) {
    for (const root of roots) visit(root);
    passes++;
    tables.forEach((table, index) => {
      const start = offsets[index] ?? 0;
      places[index]?.forEach((cell, at) => {
        expected[start + cell] = table[at] ?? 0;
      });
    });
    largestGap = 0;
    for (const {cells, values, count} of conditions) {
      let sum = -count;
      for (let i = 0; i < cells.length; i++) sum += (values[i] ?? 0) * (expected[cells[i] ?? 0] ?? 0);
      largestGap = Math.max(largestGap, Math.abs(sum));
    }
  }
  return {expected, passes, largestGap};
}
