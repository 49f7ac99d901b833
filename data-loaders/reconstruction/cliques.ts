import type {Variable} from "./constraints.js";

/** A set of variables that are treated jointly, as a table with a cell for each combination of their levels. */
export interface Clique {
  /** Variable indices, ascending. */
  readonly variables: readonly number[];
  /** Number of levels of each. */
  readonly sizes: readonly number[];
  /** Number of cells, the first variable's levels fastest, and how many cells all cliques before it have. */
  readonly cells: number;
  readonly start: number;
  /** The clique it hangs on, an index into the tree; −1 for the first of a connected set. */
  readonly parent: number;
  /** The variables it shares with its parent, ascending. */
  readonly separator: readonly number[];
}

/**
 * A junction tree: cliques such that every printed table lies within one, and such that a variable's cliques hang
 * together. Tables of counts on the cliques that agree on what neighbours share are exactly the tables that some set
 * of respondents has (in whole numbers too, by putting the pieces together clique by clique), so everything the
 * printed tables say can be said about the cliques (Lauritzen 1996; Dobra and Fienberg 2000 for bounds).
 *
 * Parents come before their children.
 */
export type CliqueTree = readonly Clique[];

/** For every cell of a clique the cell of a smaller table that it falls in, and how many cells that table has. */
export interface Projection {
  readonly cells: Int32Array;
  readonly count: number;
}

/** Every two of some items. */
export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

/** The graph in which variables are joined that some scope holds together: for each variable its neighbours. */
export function linkGraph(count: number, scopes: readonly (readonly number[])[]): Set<number>[] {
  const neighbours = Array.from({length: count}, () => new Set<number>());
  for (const [a, b] of scopes.flatMap(pairsOf)) {
    neighbours[a]?.add(b);
    neighbours[b]?.add(a);
  }
  return neighbours;
}

/** What can be reached from a place in a graph, itself included, without passing some others. */
export function reachable(graph: readonly ReadonlySet<number>[], from: number, closed: Iterable<number> = []) {
  const shut = new Set(closed);
  const reached = new Set([from]);
  for (const at of reached) for (const next of graph[at] ?? []) if (!shut.has(next)) reached.add(next);
  return reached;
}

/**
 * Builds a junction tree for the scopes by eliminating variables one by one, each time the one whose elimination
 * makes the fewest new links (then the smallest table, then the lowest index), and joining the resulting maximal
 * cliques by a spanning tree of the largest shared sets (Prim), the largest clique of each tree as its root.
 *
 * Variables without any link to each other end up in trees of their own.
 */
export function cliqueTree(variables: readonly Variable[], scopes: readonly (readonly number[])[]): CliqueTree {
  const graph = linkGraph(variables.length, scopes);
  const left = new Set(variables.keys());
  const cellsOf = (members: readonly number[]) =>
    members.reduce((product, variable) => product * (variables[variable]?.levels ?? 1), 1);
  const waiting = new Set<number[]>();
  while (left.size > 0) {
    const ways = [...left].map((variable) => {
      const around = [...(graph[variable] ?? [])];
      const fill = pairsOf(around).filter(([a, b]) => !graph[a]?.has(b));
      return {variable, around, fill, cells: cellsOf([variable, ...around])};
    });
    const [way] = ways.sort((a, b) => a.fill.length - b.fill.length || a.cells - b.cells);
    if (way === undefined) break;
    const {variable, around, fill} = way;
    for (const [a, b] of fill) {
      graph[a]?.add(b);
      graph[b]?.add(a);
    }
    for (const other of around) graph[other]?.delete(variable);
    left.delete(variable);
    const clique = [variable, ...around].sort((a, b) => a - b);
    if (![...waiting].some((other) => clique.every((member) => other.includes(member)))) waiting.add(clique);
  }
  const tree: Clique[] = [];
  let start = 0;
  while (waiting.size > 0) {
    const largest = [...waiting].reduce((a, b) => (cellsOf(b) > cellsOf(a) ? b : a));
    let best: {members: number[]; parent: number; separator: number[]} = {members: largest, parent: -1, separator: []};
    for (const members of waiting) {
      for (const [parent, {variables: there}] of tree.entries()) {
        const separator = members.filter((variable) => there.includes(variable));
        if (separator.length > best.separator.length) best = {members, parent, separator};
      }
    }
    const {members, ...place} = best;
    waiting.delete(members);
    const sizes = members.map((variable) => variables[variable]?.levels ?? 1);
    const cells = cellsOf(members);
    tree.push({variables: members, sizes, cells, start, ...place});
    start += cells;
  }
  return tree;
}

/**
 * For every cell of a clique the cell of the table over some of its variables that it falls in. The smaller table is
 * laid out as a clique's is: first variable fastest. Over one variable it is the variable's level.
 */
export function project({variables, sizes, cells}: Clique, onto: readonly number[]): Projection {
  const into = new Int32Array(cells);
  let count = 1;
  for (const variable of onto) {
    const position = variables.indexOf(variable);
    const size = sizes[position];
    if (size === undefined) throw new Error("A clique can only be projected onto its own variables.");
    const stride = sizes.slice(0, position).reduce((product, each) => product * each, 1);
    for (let cell = 0; cell < cells; cell++) (into[cell] as number) += count * (Math.floor(cell / stride) % size);
    count *= size;
  }
  return {cells: into, count};
}

/** The sums of some values over the cells of a smaller table that they fall in. */
export function sumsOver(values: ArrayLike<number>, {cells, count}: Projection): Float64Array {
  const sums = new Float64Array(count);
  for (let cell = 0; cell < cells.length; cell++) (sums[cells[cell] as number] as number) += values[cell] as number;
  return sums;
}

/** A clique on the way from one variable to another, and what it shares with the clique before and the next one. */
export interface Step {
  readonly clique: Clique;
  /** Of the first clique the variable that the way starts at, of the last one that where it ends. */
  readonly before: Projection;
  readonly after: Projection;
}

/** The shortest way from a clique with one variable to a clique with another; none if no way leads there. */
export function wayBetween(tree: CliqueTree, a: number, b: number): Step[] {
  const up = (index: number): number[] => (index < 0 ? [] : [index, ...up(tree[index]?.parent ?? -1)]);
  const holding = (variable: number) =>
    tree.flatMap(({variables}, index) => (variables.includes(variable) ? [up(index)] : []));
  const ways = holding(a).flatMap((first) =>
    holding(b).flatMap((second) => {
      const meeting = first.find((index) => second.includes(index));
      if (meeting === undefined) return [];
      return [[...first.slice(0, first.indexOf(meeting) + 1), ...second.slice(0, second.indexOf(meeting)).reverse()]];
    })
  );
  const [way = []] = ways.sort((one, other) => one.length - other.length);
  const cliques = way.flatMap((index) => tree[index] ?? []);
  return cliques.map((clique, step) => {
    const sharedWith = (other: Clique | undefined, end: number) =>
      project(clique, other ? clique.variables.filter((variable) => other.variables.includes(variable)) : [end]);
    return {clique, before: sharedWith(cliques[step - 1], a), after: sharedWith(cliques[step + 1], b)};
  });
}
