import type {CountTable, CountVariable} from "../read/counts.js";
import {linkGraph} from "./cliques.js";
import {levelOf, readConstraints, uncrossedPairs, type Variable} from "./constraints.js";
import {random} from "./random.js";
import type {Columns} from "./verify.js";

/** What chance alone gives, from permutations. */
export interface Chance {
  readonly median: number;
  /** The 95th percentile. */
  readonly high: number;
}

/** How far a pair of variables that no table links is from independence, given what links them. */
export interface ResidualAssociation {
  readonly row_variable: string;
  readonly column_variable: string;
  /** The variables that lie between them in the tables; empty where nothing does. */
  readonly given: readonly string[];
  /** The largest adjusted residual of a cell (a standard normal deviate under independence), without its sign. */
  readonly largest: number;
  /** The cell that has it. */
  readonly row: string;
  readonly column: string;
  /** √(Σ (count − expected)² ÷ expected ÷ (n · (k − 1))), k the fewer of the rows and columns: as Cramér’s V. */
  readonly residualV: number;
  readonly chance: Chance;
}

/** Independence of all pairs that no table links. */
export interface Independence {
  readonly pairs: readonly ResidualAssociation[];
  /** The largest residual of all pairs, beside the largest that chance gives. */
  readonly largest: number;
  readonly largestByChance: Chance;
  /** Root mean square over the pairs of their residual V, beside that which chance gives. */
  readonly residualV: number;
  readonly residualVByChance: Chance;
  /** Pairs that could not be judged, since no cell expects a respondent or leaves anything to chance. */
  readonly unjudged: readonly (readonly [string, string])[];
}

/** The respondents to be judged and the tables that say which variables are linked. */
export interface IndependenceInput {
  readonly variables: readonly CountVariable[];
  readonly tables: readonly CountTable[];
  readonly columns: Columns;
  readonly seed: number;
  /** How many times chance is tried; 199 if left out. */
  readonly permutations?: number;
}

/** The variables next to one that lie on some way to another: together they part the two. */
function parting(graph: readonly ReadonlySet<number>[], from: number, to: number): number[] {
  const around = graph[from] ?? new Set<number>();
  const reached = new Set<number>([to]);
  const found = new Set<number>();
  const waiting = [to];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const next of graph[at] ?? []) {
      if (around.has(next)) found.add(next);
      else if (next !== from && !reached.has(next)) {
        reached.add(next);
        waiting.push(next);
      }
    }
  }
  return [...found].sort((x, y) => x - y);
}

function chanceOf(values: number[]): Chance {
  const sorted = values.sort((x, y) => x - y);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {median: at(0.5), high: at(0.95)};
}

/** One pair, ready to be judged again and again: only the crosstab changes when answers change places. */
interface Judge {
  readonly a: number;
  readonly b: number;
  readonly given: readonly number[];
  readonly groups: readonly number[][];
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  readonly judged: readonly number[];
}

/**
 * Measures how far respondents are from independence between variables that no table links, given the variables that
 * do stand between them.
 *
 * For each such pair the respondents are grouped by the variables that part the two in the graph of tables (the
 * smaller of the sets next to either one). Within a group independence expects rows × columns ÷ total with the
 * variance of the hypergeometric distribution; counts, expectations and variances are added up over the groups (Birch
 * 1965), and a cell's adjusted residual is (count − expected) ÷ √variance. Cells of answers only, and with at least one
 * respondent expected, are judged. What chance alone gives is seen by exchanging answers at random within the groups.
 * A pair that a table ties together in part (its population, say) has a printed link and is not judged.
 */
export function measureIndependence(input: IndependenceInput): Independence {
  const {columns, permutations = 199} = input;
  const n = Object.values(columns)[0]?.length ?? 0;
  const constraints = readConstraints(input.variables, input.tables, n);
  const {variables} = constraints;
  const graph = linkGraph(variables.length, constraints.scopes);
  const sizeOf = (variable: number) => variables[variable]?.levels ?? 1;
  const levels = variables.map((variable: Variable) =>
    Int32Array.from(columns[variable.name] ?? new Array<null>(n).fill(null), (code) => levelOf(variable, code))
  );
  const level = (variable: number, person: number) => levels[variable]?.[person] ?? 0;

  const judges: Judge[] = [];
  const unjudged: [string, string][] = [];
  for (const [a, b] of uncrossedPairs(constraints)) {
    if (graph[a]?.has(b)) continue;
    const choices = [parting(graph, a, b), parting(graph, b, a)];
    const weight = (set: readonly number[]) => set.reduce((product, variable) => product * sizeOf(variable), 1);
    const given = choices.reduce((best, set) => (weight(set) < weight(best) ? set : best));
    const byKey = new Map<string, number[]>();
    for (let person = 0; person < n; person++) {
      const key = given.map((variable) => level(variable, person)).join();
      const group = byKey.get(key);
      if (group === undefined) byKey.set(key, [person]);
      else group.push(person);
    }
    const groups = [...byKey.values()];
    const rows = sizeOf(a);
    const expected = new Float64Array(rows * sizeOf(b));
    const variance = new Float64Array(expected.length);
    for (const group of groups) {
      const size = group.length;
      const rowSums = new Float64Array(rows);
      const columnSums = new Float64Array(sizeOf(b));
      for (const person of group) {
        rowSums[level(a, person)] = (rowSums[level(a, person)] ?? 0) + 1;
        columnSums[level(b, person)] = (columnSums[level(b, person)] ?? 0) + 1;
      }
      for (let cell = 0; cell < expected.length; cell++) {
        const row = rowSums[cell % rows] ?? 0;
        const column = columnSums[Math.floor(cell / rows)] ?? 0;
        expected[cell] = (expected[cell] ?? 0) + (row * column) / size;
        if (size < 2) continue;
        const own = (row * column * (size - row) * (size - column)) / (size * size * (size - 1));
        variance[cell] = (variance[cell] ?? 0) + own;
      }
    }
    const judged = [...expected.keys()].filter(
      (cell) =>
        cell % rows !== rows - 1 &&
        Math.floor(cell / rows) !== sizeOf(b) - 1 &&
        (expected[cell] ?? 0) >= 1 &&
        (variance[cell] ?? 0) > 1e-9
    );
    if (judged.length === 0) unjudged.push([variables[a]?.name ?? "", variables[b]?.name ?? ""]);
    else judges.push({a, b, given, groups, expected, variance, judged});
  }

  const judge = ({a, expected, variance, judged}: Judge, other: Int32Array, b: number) => {
    const rows = sizeOf(a);
    const counts = new Float64Array(expected.length);
    const own = levels[a] ?? new Int32Array(0);
    for (let person = 0; person < n; person++) {
      const cell = (own[person] ?? 0) + rows * (other[person] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    let largest = 0;
    let at = judged[0] ?? 0;
    let distance = 0;
    for (const cell of judged) {
      const off = (counts[cell] ?? 0) - (expected[cell] ?? 0);
      const residual = Math.abs(off) / Math.sqrt(variance[cell] ?? 1);
      distance += off ** 2 / (expected[cell] ?? 1);
      if (residual > largest) {
        largest = residual;
        at = cell;
      }
    }
    const residualV = Math.sqrt(distance / n / Math.max(1, Math.min(rows, sizeOf(b)) - 2));
    return {largest, at, residualV};
  };

  const generator = random(input.seed);
  const largestEach = new Array<number>(permutations).fill(0);
  const squaresEach = new Array<number>(permutations).fill(0);
  let largest = 0;
  let squares = 0;
  const pairs = judges.map((each): ResidualAssociation => {
    const {a, b, given, groups} = each;
    const own = levels[b] ?? new Int32Array(0);
    const found = judge(each, own, b);
    const exchanged = Int32Array.from(own);
    const byChance: number[] = [];
    for (let permutation = 0; permutation < permutations; permutation++) {
      for (const group of groups) {
        for (let i = group.length - 1; i > 0; i--) {
          const one = group[i] ?? 0;
          const other = group[generator.below(i + 1)] ?? 0;
          const held = exchanged[one] ?? 0;
          exchanged[one] = exchanged[other] ?? 0;
          exchanged[other] = held;
        }
      }
      const chance = judge(each, exchanged, b);
      byChance.push(chance.largest);
      largestEach[permutation] = Math.max(largestEach[permutation] ?? 0, chance.largest);
      squaresEach[permutation] = (squaresEach[permutation] ?? 0) + chance.residualV ** 2;
    }
    largest = Math.max(largest, found.largest);
    squares += found.residualV ** 2;
    return {
      row_variable: variables[a]?.name ?? "",
      column_variable: variables[b]?.name ?? "",
      given: given.map((variable) => variables[variable]?.name ?? ""),
      largest: found.largest,
      row: variables[a]?.codes[found.at % sizeOf(a)] ?? "",
      column: variables[b]?.codes[Math.floor(found.at / sizeOf(a))] ?? "",
      residualV: found.residualV,
      chance: chanceOf(byChance)
    };
  });
  const count = Math.max(1, pairs.length);
  return {
    pairs,
    largest,
    largestByChance: chanceOf(largestEach),
    residualV: Math.sqrt(squares / count),
    residualVByChance: chanceOf(squaresEach.map((sum) => Math.sqrt(sum / count))),
    unjudged
  };
}
