import {type Projection, project, sumsOver} from "./cliques.js";
import {type Constraints, soleLevel, type Term} from "./constraints.js";
import type {Polytope} from "./polytope.js";
import {modelOf, type Solver, solve} from "./solver.js";

/**
 * Finds which cells can be above zero in some (not necessarily whole-numbered) tables that print the report, or null
 * if no tables do.
 *
 * One linear program does it: in homogeneous form (every count times the same unknown ≥ 1) as many cells as possible
 * are given at least 1. Since the tables form a convex set, the cells that can be positive can be so all at once.
 * Fitting needs to know: a cell whose zero follows only from several tables together would make it converge slowly.
 */
export function findSupport(solver: Solver, {impossible, rows}: Polytope): boolean[] | null {
  const cells = impossible.length;
  const columns = [
    ...impossible.map((never) => ({cost: 1, upper: never ? 0 : 1})),
    ...impossible.map((never) => (never ? {upper: 0} : {})),
    {lower: 1}
  ];
  const conditions = rows.map((row) => ({
    cells: [...row.cells, ...row.cells.map((cell) => cells + cell), ...(row.count === 0 ? [] : [2 * cells])],
    values: [...row.values, ...row.values, ...(row.count === 0 ? [] : [-row.count])],
    count: 0
  }));
  return solve(solver, modelOf(solver, columns, conditions, true), (solving) => {
    const {colValue} = solving.getSolution();
    return impossible.map((_, cell) => (colValue[cell] ?? 0) > 0.5);
  });
}

/** One step of proportional fitting: disjoint sets of one clique's cells and the counts they must add up to. */
interface Block {
  readonly clique: number;
  /** For each cell of the clique the set it is in; the last set holds what no printed count covers. */
  readonly sets: Int32Array;
  readonly targets: number[];
}

/**
 * Sorts the printed counts into blocks of disjoint sets on one clique: a table's inner cells make one, and a total is
 * only kept where the inner cells do not already add up to it.
 */
function findBlocks({tree, rows, constraints}: Polytope): Block[] {
  const blocks: (Block & {table: unknown})[] = [];
  // Small sets first, so that the inner cells come before the totals over them.
  for (const {cells, count, constraint} of [...rows].sort((a, b) => a.cells.length - b.cells.length)) {
    const [first] = cells;
    if (constraint === null || first === undefined) continue;
    const clique = tree.findLastIndex(({start}) => start <= first);
    const {start = 0, cells: size = 0} = tree[clique] ?? {};
    const table = constraint.table.table;
    const inside = cells.map((cell) => cell - start);
    const done = blocks.some((block) => {
      if (block.clique !== clique || block.table !== table) return false;
      const covered = inside.filter((cell) => (block.sets[cell] ?? -1) >= 0);
      if (covered.length === 0) {
        for (const cell of inside) block.sets[cell] = block.targets.length;
        block.targets.push(count);
        return true;
      }
      // The set is a union of sets already there if none of them reaches outside it.
      const parts = new Set(inside.map((cell) => block.sets[cell]));
      return covered.length === inside.length && block.sets.filter((set) => parts.has(set)).length === inside.length;
    });
    if (done) continue;
    const sets = new Int32Array(size).fill(-1);
    for (const cell of inside) sets[cell] = 0;
    blocks.push({clique, table, sets, targets: [count]});
  }
  return blocks.map(({clique, sets, targets}) => {
    const rest = constraints.n - targets.reduce((sum, target) => sum + target, 0);
    return {clique, sets: sets.map((set) => (set < 0 ? targets.length : set)), targets: [...targets, rest]};
  });
}

/** Whether all who satisfy a term satisfy another of the same variable. */
const within = (inner: Term, outer: Term) =>
  inner.variable === outer.variable && inner.levels.every((flag, level) => !flag || outer.levels[level]);

/**
 * How the answers to one question are spread over its levels among those who were asked it, as far as the tables tell:
 * each answer's largest printed count, and for no answer whatever then remains of those asked (at least one of them, so
 * that no level that the tables leave possible is shut out). Shares, adding up to 1.
 */
function shares({variables, constraints, n}: Constraints, variable: number, conditions: readonly Term[]): number[] {
  const largest = new Array<number>((variables[variable]?.levels ?? 1) - 1).fill(1);
  let asked = conditions.length === 0 ? n : 1;
  for (const {terms, count} of constraints) {
    const term = terms.find((each) => each.variable === variable);
    const level = term ? soleLevel(term) : -1;
    if (level in largest) largest[level] = Math.max(largest[level] ?? 0, count);
    if (conditions.some((condition) => terms.some((each) => within(each, condition)))) asked = Math.max(asked, count);
  }
  const missing = Math.max(asked - largest.reduce((sum, count) => sum + count, 0), 1);
  const total = largest.reduce((sum, count) => sum + count, missing);
  return [...largest, missing].map((count) => count / total);
}

/** The distribution that entropy is taken relative to, as factors on the cells of the cliques. */
function referenceFactors({tree, constraints}: Polytope): Float64Array[] {
  const factors = tree.map((clique) => new Float64Array(clique.cells).fill(1));
  constraints.variables.forEach(({levels}, variable) => {
    const conditions = constraints.askedOnly.filter((rule) => rule.variable === variable).map(({term}) => term);
    const needed = [variable, ...conditions.map((condition) => condition.variable)];
    const index = tree.findIndex((each) => needed.every((member) => each.variables.includes(member)));
    const clique = tree[index];
    if (clique === undefined) return;
    const share = shares(constraints, variable, conditions);
    const met = conditions.map((condition) => ({at: project(clique, [condition.variable]).cells, ...condition}));
    const own = project(clique, [variable]).cells;
    factors[index] = (factors[index] as Float64Array).map((factor, cell) => {
      const asked = met.every(({at, levels: flags}) => flags[at[cell] ?? 0]);
      const level = own[cell] ?? 0;
      return factor * (asked ? (share[level] ?? 0) : Number(level === levels - 1));
    });
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
 * tolerance need not be small: what is rounded to whole respondents afterwards is exact whatever is left here. Gives the
 * expected count of each cell of the polytope, the passes over all cliques that were made and the largest difference
 * left between a printed count and its expected count.
 */
export function fitEntropy(polytope: Polytope, support: readonly boolean[], tolerance = 0.005, mostPasses = 5000) {
  const {tree, rows, constraints} = polytope;
  const factors = referenceFactors(polytope);
  const blocks = findBlocks(polytope);
  // Only cells that can be above zero are walked.
  const places = tree.map(({start, cells}) =>
    Array.from({length: cells}, (_, cell) => cell).filter((cell) => support[start + cell])
  );
  const tables = places.map((own, index) => Float64Array.from(own, (cell) => factors[index]?.[cell] ?? 0));
  const among = (index: number, {cells, count}: Projection): Projection => ({
    cells: Int32Array.from(places[index] ?? [], (cell) => cells[cell] ?? 0),
    count
  });
  const nodes = tree.map((clique, index) => {
    const parent = tree[clique.parent];
    return {
      index,
      parent: clique.parent,
      table: tables[index] as Float64Array,
      blocks: blocks
        .filter((block) => block.clique === index)
        .map(({sets, targets}) => ({sets: among(index, {cells: sets, count: targets.length}), targets})),
      // What a clique shares with its parent; all respondents, where it has none.
      sets: among(index, project(clique, clique.separator)),
      above: tables[clique.parent] ?? Float64Array.of(constraints.n),
      aboveSets: parent ? among(clique.parent, project(parent, clique.separator)) : {cells: Int32Array.of(0), count: 1}
    };
  });
  type Node = (typeof nodes)[number];

  const rescale = (table: Float64Array, into: Projection, targets: ArrayLike<number>) => {
    const sums = sumsOver(table, into);
    for (let cell = 0; cell < table.length; cell++) {
      const set = into.cells[cell] as number;
      const sum = sums[set] as number;
      if (sum > 0) table[cell] = ((table[cell] as number) * (targets[set] as number)) / sum;
    }
  };
  const fitOwn = ({blocks: own, table}: Node) => {
    for (const {sets, targets} of own) rescale(table, sets, targets);
  };
  const hearParent = ({table, sets, above, aboveSets}: Node) => rescale(table, sets, sumsOver(above, aboveSets));
  const visit = (node: Node) => {
    fitOwn(node);
    for (const child of nodes) {
      if (child.parent !== node.index) continue;
      hearParent(child);
      visit(child);
      rescale(node.table, child.aboveSets, sumsOver(child.table, child.sets));
      fitOwn(node);
    }
  };

  // What a joint table's cells weigh is not what the cliques' cells weigh: each clique first takes in the whole weight
  // of the possible cells beyond it, leaves first.
  for (const {parent, above, aboveSets, table, sets} of [...nodes].reverse()) {
    if (parent < 0) continue;
    const beyond = sumsOver(table, sets);
    for (let cell = 0; cell < above.length; cell++) {
      (above[cell] as number) *= beyond[aboveSets.cells[cell] as number] as number;
    }
  }
  for (const node of nodes) hearParent(node);

  const expected = new Float64Array(support.length);
  let passes = 0;
  let largestGap = Number.POSITIVE_INFINITY;
  while (largestGap > tolerance && passes < mostPasses) {
    for (const node of nodes) if (node.parent < 0) visit(node);
    passes++;
    for (const [index, {start}] of tree.entries()) {
      places[index]?.forEach((cell, i) => {
        expected[start + cell] = tables[index]?.[i] ?? 0;
      });
    }
    largestGap = 0;
    for (const {cells, values, count} of rows) {
      let sum = -count;
      for (let i = 0; i < cells.length; i++) sum += (values[i] as number) * (expected[cells[i] as number] as number);
      largestGap = Math.max(largestGap, Math.abs(sum));
    }
  }
  return {expected, passes, largestGap};
}
