import {linkGraph, reachable} from "./cliques.js";
import {levelOf, readConstraints, type SurveyCounts, uncrossedPairs} from "./constraints.js";
import {strata} from "./dealing.js";
import {random} from "./random.js";
import type {Columns} from "./verify.js";

/** Independence of all pairs that no table links. */
export type Independence = ReturnType<typeof measureIndependence>;

/** The variables next to one that lie on some way to another: together they part the two. */
function parting(graph: readonly ReadonlySet<number>[], from: number, to: number): number[] {
  const around = [...(graph[from] ?? [])];
  const beyond = reachable(graph, to, [from, ...around]);
  return around.filter((next) => [...(graph[next] ?? [])].some((other) => beyond.has(other))).sort((x, y) => x - y);
}

/** What chance alone gives: the median and the 95th percentile of permutations. */
function chanceOf(values: readonly number[]) {
  const sorted = [...values].sort((x, y) => x - y);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {median: at(0.5), high: at(0.95)};
}

/**
 * Measures how far respondents are from independence between variables that no table links, given the variables that
 * do stand between them.
 *
 * For each such pair the respondents are grouped by the variables that part the two in the graph of tables (the
 * smaller of the sets next to either one). Within a group independence expects rows × columns ÷ total with the
 * variance of the hypergeometric distribution; counts, expectations and variances are added up over the groups (Birch
 * 1965), and a cell's adjusted residual is (count − expected) ÷ √variance. Cells of answers only, and with at least one
 * respondent expected, are judged. What chance alone gives is seen by exchanging answers at random within the groups, so
 * many times as `permutations` says. A pair that a table ties together in part (its population, say) has a printed link
 * and is not judged.
 */
export function measureIndependence({
  columns,
  seed,
  permutations = 199,
  ...counts
}: SurveyCounts & {
  readonly columns: Columns;
  readonly seed: number;
  readonly permutations?: number;
}) {
  const {n} = counts;
  const constraints = readConstraints(counts);
  const {variables} = constraints;
  const graph = linkGraph(variables.length, constraints.scopes);
  const sizes = variables.map(({levels}) => levels);
  const levels = variables.map((variable) =>
    Int32Array.from({length: n}, (_, person) => levelOf(variable, columns[variable.name]?.[person] ?? null))
  );
  const generator = random(seed);
  const unjudged: [string, string][] = [];
  const largestEach = new Array<number>(permutations).fill(0);
  const squaresEach = new Array<number>(permutations).fill(0);
  let squares = 0;
  const pairs = uncrossedPairs(constraints).flatMap(([a, b]) => {
    const [one, other] = [variables[a], variables[b]];
    const [down, across] = [levels[a], levels[b]];
    if (!one || !other || !down || !across || graph[a]?.has(b)) return [];
    const weight = (set: readonly number[]) => set.reduce((product, variable) => product * (sizes[variable] ?? 1), 1);
    const [given = []] = [parting(graph, a, b), parting(graph, b, a)].sort((x, y) => weight(x) - weight(y));
    const groups = [...strata(levels, sizes, given, n).values()];
    const [rows, width] = [one.levels, other.levels];
    const expected = new Float64Array(rows * width);
    const variance = new Float64Array(rows * width);
    for (const group of groups) {
      const size = group.length;
      const tally = (answers: Int32Array, count: number) => {
        const sums = new Float64Array(count);
        for (const person of group) (sums[answers[person] as number] as number)++;
        return sums;
      };
      const [rowSums, columnSums] = [tally(down, rows), tally(across, width)];
      for (let cell = 0; cell < expected.length; cell++) {
        const row = rowSums[cell % rows] as number;
        const column = columnSums[Math.floor(cell / rows)] as number;
        (expected[cell] as number) += (row * column) / size;
        if (size < 2) continue;
        (variance[cell] as number) += (row * column * (size - row) * (size - column)) / (size * size * (size - 1));
      }
    }
    const judged = [...expected.keys()].filter((cell) => {
      const answered = cell % rows !== rows - 1 && Math.floor(cell / rows) !== width - 1;
      return answered && (expected[cell] ?? 0) >= 1 && (variance[cell] ?? 0) > 1e-9;
    });
    if (judged.length === 0) {
      unjudged.push([one.name, other.name]);
      return [];
    }

    const judge = (answers: Int32Array) => {
      const counts = new Float64Array(expected.length);
      for (let person = 0; person < n; person++) {
        (counts[(down[person] as number) + rows * (answers[person] as number)] as number)++;
      }
      let [largest, at, distance] = [0, judged[0] ?? 0, 0];
      for (const cell of judged) {
        const off = (counts[cell] as number) - (expected[cell] as number);
        const residual = Math.abs(off) / Math.sqrt(variance[cell] as number);
        distance += off ** 2 / (expected[cell] as number);
        if (residual > largest) [largest, at] = [residual, cell];
      }
      return {largest, at, residualV: Math.sqrt(distance / n / Math.max(1, Math.min(rows, width) - 2))};
    };
    const {largest, at, residualV} = judge(across);
    squares += residualV ** 2;
    const exchanged = Int32Array.from(across);
    const byChance = Array.from({length: permutations}, (_, permutation) => {
      for (const group of groups) {
        for (let i = group.length - 1; i > 0; i--) {
          const [one, other] = [group[i] as number, group[generator.below(i + 1)] as number];
          const held = exchanged[one] as number;
          exchanged[one] = exchanged[other] as number;
          exchanged[other] = held;
        }
      }
      const chance = judge(exchanged);
      largestEach[permutation] = Math.max(largestEach[permutation] ?? 0, chance.largest);
      squaresEach[permutation] = (squaresEach[permutation] ?? 0) + chance.residualV ** 2;
      return chance.largest;
    });
    return [
      {
        row_variable: one.name,
        column_variable: other.name,
        /** The variables that lie between them in the tables; empty where nothing does. */
        given: given.map((variable) => variables[variable]?.name ?? ""),
        /** The largest adjusted residual of a cell (a standard normal deviate under independence), without its sign. */
        largest,
        row: one.codes[at % rows] ?? "",
        column: other.codes[Math.floor(at / rows)] ?? "",
        /** √(Σ (count − expected)² ÷ expected ÷ (n · (k − 1))), k the fewer of the rows and columns: as Cramér’s V. */
        residualV,
        chance: chanceOf(byChance)
      }
    ];
  });
  const rootMean = (sum: number) => Math.sqrt(sum / Math.max(1, pairs.length));
  return {
    pairs,
    largest: Math.max(0, ...pairs.map((pair) => pair.largest)),
    largestByChance: chanceOf(largestEach),
    /** Root mean square over the pairs. */
    residualV: rootMean(squares),
    residualVByChance: chanceOf(squaresEach.map(rootMean)),
    /** Pairs that could not be judged, since no cell expects a respondent or leaves anything to chance. */
    unjudged
  };
}
