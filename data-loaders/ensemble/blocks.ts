import {linkGraph} from "../reconstruction/cliques.js";
import type {Constraints} from "../reconstruction/constraints.js";

/** Variables that the tables tie together, and the one variable through which they hang on the blocks before. */
export interface Block {
  /** Variable indices, ascending. */
  readonly variables: readonly number[];
  /** The variable that it shares with the blocks before it; null for the first of a connected set. */
  readonly hinge: number | null;
}

/**
 * Splits the variables into blocks (the biconnected components of the graph in which a table's variables are joined),
 * such that two blocks share one variable at most. Every table lies within a block. Given a block's hinge, its answers
 * and those of all blocks before it can be put together in any way at all without changing a printed count, so blocks
 * can be drawn one by one.
 *
 * Blocks come in an order in which each hinge is in an earlier block, the largest block of each connected set first.
 * A variable that no table crosses with another is a block of its own.
 */
export function blocks({variables, scopes}: Constraints): Block[] {
  const graph = linkGraph(variables.length, scopes);
  const components = biconnected(graph).sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
  const waiting = new Set(components);
  const placed = new Set<number>();
  const found: Block[] = [];
  while (waiting.size > 0) {
    const all = [...waiting];
    const next = all.find((component) => component.some((variable) => placed.has(variable))) ?? all[0] ?? [];
    waiting.delete(next);
    found.push({variables: next, hinge: next.find((variable) => placed.has(variable)) ?? null});
    for (const variable of next) placed.add(variable);
  }
  return found;
}

/** The biconnected components of a graph as sorted sets of vertices (Hopcroft and Tarjan 1973); a lone vertex is one. */
function biconnected(graph: readonly ReadonlySet<number>[]): number[][] {
  const depth = graph.map(() => -1);
  const low = graph.map(() => 0);
  const components: number[][] = [];
  const stack: number[] = [];
  const visit = (vertex: number, parent: number, level: number) => {
    depth[vertex] = level;
    low[vertex] = level;
    stack.push(vertex);
    for (const next of [...(graph[vertex] ?? [])].sort((a, b) => a - b)) {
      if (next === parent) continue;
      if (depth[next] !== -1) {
        low[vertex] = Math.min(low[vertex] ?? 0, depth[next] ?? 0);
        continue;
      }
      visit(next, vertex, level + 1);
      low[vertex] = Math.min(low[vertex] ?? 0, low[next] ?? 0);
      // Nothing beyond `next` leads back above this vertex, so it cuts them off.
      if ((low[next] ?? 0) >= level) {
        const component = [vertex];
        let top: number | undefined;
        do {
          top = stack.pop();
          if (top !== undefined) component.push(top);
        } while (top !== undefined && top !== next);
        components.push(component.sort((a, b) => a - b));
      }
    }
  };
  graph.forEach((neighbours, vertex) => {
    if (depth[vertex] !== -1) return;
    if (neighbours.size === 0) components.push([vertex]);
    visit(vertex, -1, 0);
    stack.length = 0;
  });
  return components;
}
