import {wayBetween} from "./cliques.js";
import type {Polytope} from "./polytope.js";

/** A step of the way from one variable to another: at most as many respondents go it as the cells hold together. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** The cells of a clique, numbered through all cliques. */
  readonly cells: number[];
  /** On an edge from the source the level of the first variable, on one into the sink that of the second; else −1. */
  readonly row: number;
  readonly column: number;
}

/**
 * The way from one variable to another along a junction tree, as a network. Nodes are the levels of what neighbouring
 * cliques share, edges the cells of the cliques in between.
 *
 * However many respondents a flow carries from a level of the first variable to a level of the second, so many can hold
 * both: the flow is a part of the tables that agrees on what cliques share, as does the rest, and both parts can be put
 * together into respondents. Nor can more hold both, since respondents are a flow. So the most that can hold both, given
 * the cliques' tables, is a maximum flow (Ford and Fulkerson 1956).
 */
export interface Network {
  readonly edges: readonly Edge[];
  /** Source and sink are the first two. */
  readonly nodes: number;
  /** For each level of the first variable the cells that count who holds it. */
  readonly rows: readonly (readonly number[])[];
}

export const source = 0;
export const sink = 1;

/** The network between two variables, over the cells that can be above zero; null where no clique links the two. */
export function network({tree, constraints}: Polytope, possible: readonly boolean[], a: number, b: number) {
  const way = wayBetween(tree, a, b);
  const rows = Array.from({length: constraints.variables[a]?.levels ?? 0}, () => [] as number[]);
  const edges = new Map<string, Edge>();
  // Where the nodes of what is shared with the clique before begin, and with the next one.
  let [first, nodes] = [0, 2];
  way.forEach(({clique, before, after}, step) => {
    const [starts, ends] = [step === 0, step === way.length - 1];
    for (let cell = 0; cell < clique.cells; cell++) {
      const own = clique.start + cell;
      if (!possible[own]) continue;
      const [left, right] = [before.cells[cell] as number, after.cells[cell] as number];
      const from = starts ? source : first + left;
      const to = ends ? sink : nodes + right;
      const edge = {from, to, cells: [], row: starts ? left : -1, column: ends ? right : -1};
      const key = Object.values(edge).join();
      if (!edges.has(key)) edges.set(key, edge);
      edges.get(key)?.cells.push(own);
      if (starts) rows[left]?.push(own);
    }
    if (!ends) [first, nodes] = [nodes, nodes + after.count];
  });
  return way.length === 0 ? null : ({edges: [...edges.values()], nodes, rows} satisfies Network);
}

/** The edges that lead from a level of the first variable to some levels of the second. */
export function edgesBetween({edges}: Network, row: number, columns: readonly boolean[]): Edge[] {
  return edges.filter((edge) => (edge.row < 0 || edge.row === row) && (edge.column < 0 || columns[edge.column]));
}

const nothing = 1e-9;

/** The most that flows, given the cells, from a level of the first variable to some levels of the second (Dinic 1970). */
export function largestFlow(net: Network, counts: Float64Array, row: number, columns: readonly boolean[]): number {
  const {nodes} = net;
  const used = edgesBetween(net, row, columns);
  // Every edge is followed by the way back along it.
  const to = new Int32Array(2 * used.length);
  const left = new Float64Array(2 * used.length);
  const out: number[][] = Array.from({length: nodes}, () => []);
  used.forEach((edge, k) => {
    to[2 * k] = edge.to;
    to[2 * k + 1] = edge.from;
    left[2 * k] = sumOf(counts, edge.cells);
    out[edge.from]?.push(2 * k);
    out[edge.to]?.push(2 * k + 1);
  });
  const depth = new Int32Array(nodes);
  const next = new Int32Array(nodes);
  const push = (node: number, most: number): number => {
    if (node === sink) return most;
    const ways = out[node] as number[];
    for (; (next[node] as number) < ways.length; (next[node] as number)++) {
      const way = ways[next[node] as number] as number;
      const there = to[way] as number;
      if ((left[way] as number) <= nothing || depth[there] !== (depth[node] as number) + 1) continue;
      const pushed = push(there, Math.min(most, left[way] as number));
      if (pushed === 0) continue;
      (left[way] as number) -= pushed;
      (left[way ^ 1] as number) += pushed;
      return pushed;
    }
    return 0;
  };
  for (let value = 0; ; ) {
    depth.fill(-1);
    depth[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (const way of out[node] as number[]) {
        const there = to[way] as number;
        if ((left[way] as number) <= nothing || depth[there] !== -1) continue;
        depth[there] = (depth[node] as number) + 1;
        queue.push(there);
      }
    }
    if (depth[sink] === -1) return value;
    next.fill(0);
    for (let pushed = push(source, Number.POSITIVE_INFINITY); pushed > 0; ) {
      value += pushed;
      pushed = push(source, Number.POSITIVE_INFINITY);
    }
  }
}

/** How many some cells count. */
export function sumOf(counts: Float64Array, cells: readonly number[]): number {
  let sum = 0;
  for (const cell of cells) sum += counts[cell] as number;
  return sum;
}
