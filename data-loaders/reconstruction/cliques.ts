import type {Variable} from "./constraints.js";

/** A set of variables that are treated jointly, as a table with a cell for each combination of their levels. */
export interface Clique {
  /** Variable indices, ascending. */
  readonly variables: readonly number[];
  /** Number of levels of each. */
  readonly sizes: readonly number[];
  /** How far apart in the table two cells are that differ by one level of each variable. */
  readonly strides: readonly number[];
  /** Number of cells. */
  readonly cells: number;
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

const disjointPairs = (items: readonly number[]): [number, number][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [number, number] => [a, b]));

/** The graph in which variables are joined that some scope holds together: for each variable its neighbours. */
export function linkGraph(count: number, scopes: readonly (readonly number[])[]): Set<number>[] {
  const neighbours = Array.from({length: count}, () => new Set<number>());
  for (const scope of scopes) {
    for (const [a, b] of disjointPairs(scope)) {
      neighbours[a]?.add(b);
      neighbours[b]?.add(a);
    }
  }
  return neighbours;
}

/**
 * Builds a junction tree for the scopes by eliminating variables one by one, each time the one whose elimination
 * makes the fewest new links (then the smallest table, then the lowest index), and joining the resulting maximal
 * cliques by a spanning tree of the largest shared sets.
 *
 * Variables without any link to each other end up in trees of their own.
 */
export function cliqueTree(variables: readonly Variable[], scopes: readonly (readonly number[])[]): CliqueTree {
  const left = new Set(variables.keys());
  const graph = linkGraph(variables.length, scopes);
  const levels = (variable: number) => variables[variable]?.levels ?? 1;
  const neighbours = (variable: number) => graph[variable] ?? new Set<number>();
  const found: number[][] = [];
  while (left.size > 0) {
    let best: {variable: number; fill: [number, number][]; cells: number} | null = null;
    for (const variable of [...left].sort((a, b) => a - b)) {
      const around = [...neighbours(variable)];
      const fill = disjointPairs(around).filter(([a, b]) => !neighbours(a).has(b));
      const cells = around.reduce((product, other) => product * levels(other), levels(variable));
      if (best === null || fill.length < best.fill.length || (fill.length === best.fill.length && cells < best.cells)) {
        best = {variable, fill, cells};
      }
    }
    if (best === null) break;
    const {variable, fill} = best;
    for (const [a, b] of fill) {
      neighbours(a).add(b);
      neighbours(b).add(a);
    }
    found.push([variable, ...neighbours(variable)].sort((a, b) => a - b));
    for (const other of neighbours(variable)) neighbours(other).delete(variable);
    left.delete(variable);
  }
  const maximal = found.filter(
    (clique, i) =>
      !found.some(
        (other, j) =>
          i !== j && clique.every((variable) => other.includes(variable)) && (other.length > clique.length || j < i)
      )
  );
  return joined(variables, maximal);
}

/** Joins maximal cliques into trees, largest shared sets first (Prim), the largest clique of each tree as its root. */
function joined(variables: readonly Variable[], cliques: readonly (readonly number[])[]): Clique[] {
  const sized = cliques.map((members) => {
    const sizes = members.map((variable) => variables[variable]?.levels ?? 1);
    return {members, sizes, cells: sizes.reduce((product, size) => product * size, 1)};
  });
  const tree: Clique[] = [];
  const waiting = new Set(sized.map((_, index) => index));
  const placed: number[] = [];
  while (waiting.size > 0) {
    let best: {clique: number; parent: number; separator: number[]; shared: number} | null = null;
    for (const clique of waiting) {
      for (let parent = 0; parent < placed.length; parent++) {
        const there = tree[parent]?.variables ?? [];
        const separator = (sized[clique]?.members ?? []).filter((variable) => there.includes(variable));
        if (separator.length > 0 && (best === null || separator.length > best.shared)) {
          best = {clique, parent, separator, shared: separator.length};
        }
      }
    }
    if (best === null) {
      const root = [...waiting].reduce((a, b) => ((sized[b]?.cells ?? 0) > (sized[a]?.cells ?? 0) ? b : a));
      best = {clique: root, parent: -1, separator: [], shared: 0};
    }
    waiting.delete(best.clique);
    placed.push(best.clique);
    const source = sized[best.clique];
    if (source === undefined) break;
    const strides: number[] = [];
    let stride = 1;
    for (const size of source.sizes) {
      strides.push(stride);
      stride *= size;
    }
    tree.push({
      variables: source.members,
      sizes: source.sizes,
      strides,
      cells: source.cells,
      parent: best.parent,
      separator: best.separator
    });
  }
  return tree;
}

/** The level of a clique's variable (by its position in the clique) in a cell. */
export function levelAt(clique: Clique, position: number, cell: number): number {
  return Math.floor(cell / (clique.strides[position] ?? 1)) % (clique.sizes[position] ?? 1);
}

/**
 * For every cell of a clique the cell of the table over some of its variables that it falls in. The smaller table is
 * laid out as a clique's is: first variable fastest.
 */
export function project(clique: Clique, onto: readonly number[]): {cells: Int32Array; count: number} {
  const cells = new Int32Array(clique.cells);
  let stride = 1;
  for (const variable of onto) {
    const position = clique.variables.indexOf(variable);
    if (position < 0) throw new Error("A clique can only be projected onto its own variables.");
    for (let cell = 0; cell < clique.cells; cell++) {
      cells[cell] = (cells[cell] ?? 0) + stride * levelAt(clique, position, cell);
    }
    stride *= clique.sizes[position] ?? 1;
  }
  return {cells, count: stride};
}

/** The way from one clique to another through the tree, both included; null if they are in different trees. */
function wayBetween(tree: CliqueTree, from: number, to: number): number[] | null {
  const up = (index: number) => {
    const way = [index];
    for (let at = tree[index]?.parent ?? -1; at >= 0; at = tree[at]?.parent ?? -1) way.push(at);
    return way;
  };
  const first = up(from);
  const second = up(to);
  const meeting = first.find((index) => second.includes(index));
  if (meeting === undefined) return null;
  return [...first.slice(0, first.indexOf(meeting) + 1), ...second.slice(0, second.indexOf(meeting)).reverse()];
}

/** The shortest way from a clique with one variable to a clique with another; null if no way leads there. */
export function shortestWay(tree: CliqueTree, a: number, b: number): number[] | null {
  let way: number[] | null = null;
  tree.forEach((first, from) => {
    if (!first.variables.includes(a)) return;
    tree.forEach((second, to) => {
      if (!second.variables.includes(b)) return;
      const found = wayBetween(tree, from, to);
      if (found !== null && (way === null || found.length < way.length)) way = found;
    });
  });
  return way;
}
