import type {CountTable, CountVariable} from "../read/counts.js";
import {cliqueTree, linkGraph} from "./cliques.js";
import {type Constraints, readConstraints, type Term, uncrossedPairs} from "./constraints.js";
import {cellsWhere, modelOf, type Polytope, polytope, smallestClique} from "./polytope.js";
import {loadSolver, type Solver} from "./solver.js";

/**
 * How the bounds of a pair were found:
 * `unlinked`: no table links the two; closed form from their margins (Fréchet).
 * `one_link`: one variable is crossed with each and is all that links them; closed form, Fréchet's bounds in each of
 *   its categories, added up.
 * `program`: linear programs over all that links the two.
 * `part`: linear programs over the variables nearest to the two, the tables of the others left out: valid, though
 *   perhaps wider than they need be.
 */
export type BoundsMethod = "unlinked" | "one_link" | "program" | "part";

/** One cell of a crosstab that was not printed: the least and greatest count it can have. */
export interface Bound {
  readonly row_variable: string;
  readonly row: string;
  readonly column_variable: string;
  readonly column: string;
  readonly lower: number;
  readonly upper: number;
  readonly method: BoundsMethod;
  /** Whether the report does print this cell, in a table that shows part of the crosstab only. */
  readonly printed: boolean;
}

/** How much of one crosstab that was not printed is determined. */
export interface Tightness {
  readonly row_variable: string;
  readonly column_variable: string;
  readonly method: BoundsMethod;
  /** The variables whose tables were used, the pair included. */
  readonly used: readonly string[];
  readonly cells: number;
  /** Mean of (upper − lower) ÷ n over the cells. */
  readonly meanWidth: number;
  /**
   * The sum of upper − lower as a share of what it is when only the two variables' own margins are known; 1 means that
   * the links tell nothing. Null if the margins alone determine every cell.
   */
  readonly shareOfMargins: number | null;
  /** Cells that are not printed and whose lower and upper bound are the same. */
  readonly determined: number;
}

/** Bounds for every pair of variables that no table crosses. */
export interface Bounds {
  readonly bounds: readonly Bound[];
  readonly pairs: readonly Tightness[];
  readonly whole: Omit<Tightness, "row_variable" | "column_variable" | "method" | "used">;
}

/** What bounds are to be found from. */
export interface BoundsInput {
  readonly variables: readonly CountVariable[];
  readonly tables: readonly CountTable[];
  readonly n: number;
  /** The most cells that the linear programs of one pair may have; 4,000 if left out. */
  readonly mostCells?: number;
}

/** A range of counts, ends included. */
interface Range {
  readonly low: number;
  readonly high: number;
}

// The solver meets its conditions to 1e-7, so a bound that is whole may come out a little off.
const slack = 1e-5;

const single = (variable: number, level: number, levels: number): Term => ({
  variable,
  levels: Array.from({length: levels}, (_, at) => at === level)
});

/**
 * Least and greatest sums of some sets of cells over a polytope, rounded inwards to whole numbers (a count is whole, so
 * it cannot be nearer to the linear bound than that). `known` gives, for each set, a range that is known to hold; a
 * program is not solved where a solution seen on the way already reaches its end.
 */
function extremes(
  solver: Solver,
  {cells, impossible, rows}: Polytope,
  sets: readonly (readonly number[])[],
  known: readonly Range[]
): Range[] {
  const model = modelOf(solver, {
    columns: Array.from({length: cells}, (_, cell) => ({
      cost: 0,
      lower: 0,
      upper: impossible[cell] ? 0 : solver.infinity
    })),
    rows: rows.map((row) => ({cells: row.cells, values: row.values, lower: row.count, upper: row.count}))
  });
  const least = sets.map(() => Number.POSITIVE_INFINITY);
  const most = sets.map(() => Number.NEGATIVE_INFINITY);
  return solver.withModel(model, (solving) => {
    // Only the costs change from one program to the next, so the last solution is a start for the primal simplex method.
    solving.options.set({output_flag: false, simplex_strategy: 4});
    const run = () => {
      solving.run();
      if (solving.getModelStatus() !== solver.constants.modelStatus.optimal) {
        throw new Error("No respondents can have these tables, so there are no bounds.");
      }
      const {colValue} = solving.getSolution();
      sets.forEach((set, index) => {
        let sum = 0;
        for (const cell of set) sum += colValue[cell] ?? 0;
        least[index] = Math.min(least[index] ?? sum, sum);
        most[index] = Math.max(most[index] ?? sum, sum);
      });
      return solving.getObjectiveValue();
    };
    run();
    const ranges: Range[] = [];
    sets.forEach((set, index) => {
      const range = known[index] ?? {low: 0, high: Number.POSITIVE_INFINITY};
      const selection = {kind: "set", indices: Int32Array.from(set)} as const;
      let low = range.low;
      let high = range.high;
      if (set.length > 0 && (least[index] ?? 0) > low + slack) {
        solving.changeColsCost(selection, new Float64Array(set.length).fill(1));
        low = Math.max(low, Math.ceil(run() - slack));
      }
      if (set.length > 0 && (most[index] ?? 0) < high - slack) {
        solving.changeColsCost(selection, new Float64Array(set.length).fill(-1));
        high = Math.min(high, Math.floor(-run() + slack));
      }
      if (set.length > 0) solving.changeColsCost(selection, new Float64Array(set.length));
      ranges.push(set.length === 0 ? {low: 0, high: 0} : {low, high});
    });
    return ranges;
  });
}

/** The variables that some chain of tables links to each variable: for each variable the number of its set. */
function linkedSets(graph: readonly ReadonlySet<number>[]): number[] {
  const set = graph.map(() => -1);
  graph.forEach((_, start) => {
    if (set[start] !== -1) return;
    const waiting = [start];
    while (waiting.length > 0) {
      const at = waiting.pop() ?? start;
      if (set[at] !== -1) continue;
      set[at] = start;
      waiting.push(...(graph[at] ?? []));
    }
  });
  return set;
}

/** For each variable, how many links away it is; infinite where there is no way. */
function distances(graph: readonly ReadonlySet<number>[], from: number, without = -1): number[] {
  const distance = graph.map(() => Number.POSITIVE_INFINITY);
  distance[from] = 0;
  const waiting = [from];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const next of graph[at] ?? []) {
      if (next === without || Number.isFinite(distance[next] ?? 0)) continue;
      distance[next] = (distance[at] ?? 0) + 1;
      waiting.push(next);
    }
  }
  return distance;
}

/** The ranges of the counts of every level of the variables, from all tables that are linked to them. */
function marginRanges(solver: Solver, constraints: Constraints, set: readonly number[]): Range[][] {
  const {variables, n} = constraints;
  const ranges: Range[][] = variables.map(() => []);
  for (const first of new Set(set)) {
    const among = set.flatMap((each, variable) => (each === first ? [variable] : []));
    const whole = polytope(constraints, among);
    const asked: {variable: number; cells: number[]}[] = [];
    for (const variable of among) {
      const levels = variables[variable]?.levels ?? 1;
      const clique = smallestClique(whole.tree, [variable]);
      for (let level = 0; level < levels; level++) {
        const cells = cellsWhere(whole.tree, clique, [single(variable, level, levels)]);
        asked.push({variable, cells: cells.map((cell) => cell + (whole.offsets[clique] ?? 0))});
      }
    }
    const found = extremes(
      solver,
      whole,
      asked.map(({cells}) => cells),
      asked.map(() => ({low: 0, high: n}))
    );
    asked.forEach(({variable}, index) => {
      ranges[variable]?.push(found[index] ?? {low: 0, high: n});
    });
  }
  return ranges;
}

/** Fréchet's bounds on how many hold both of two properties, of those who hold each and of how many there are. */
function frechet(one: Range, other: Range, all: Range): Range {
  return {low: Math.max(0, one.low + other.low - all.high), high: Math.min(one.high, other.high, all.high)};
}

/**
 * Printed counts of the crosstab of two variables, by level (`counts[of][link]`), or null if no table prints them all
 * for everybody.
 */
function printedCrosstab({variables, constraints}: Constraints, of: number, link: number): number[][] | null {
  const ofLevels = variables[of]?.levels ?? 1;
  const linkLevels = variables[link]?.levels ?? 1;
  const counts = Array.from({length: ofLevels - 1}, () => new Array<number>(linkLevels - 1).fill(Number.NaN));
  const only = (term: Term) => {
    const levels = term.levels.flatMap((flag, level) => (flag ? [level] : []));
    return levels.length === 1 ? levels[0] : undefined;
  };
  for (const {terms, count} of constraints) {
    const ofTerm = terms.find(({variable}) => variable === of);
    const linkTerm = terms.find(({variable}) => variable === link);
    if (terms.length !== 2 || ofTerm === undefined || linkTerm === undefined) continue;
    const row = counts[only(ofTerm) ?? -1];
    const column = only(linkTerm);
    if (row !== undefined && column !== undefined && column < linkLevels - 1) row[column] = count;
  }
  return counts.flat().some(Number.isNaN) ? null : counts;
}

/** Whether a table prints how many hold one code of each of two variables. */
function isPrinted({constraints}: Constraints, one: readonly [number, number], other: readonly [number, number]) {
  const means = (term: Term | undefined, [variable, level]: readonly [number, number]) =>
    term?.variable === variable && term.levels.every((flag, at) => flag === (at === level));
  const [first, second] = one[0] < other[0] ? [one, other] : [other, one];
  return constraints.some(({terms}) => terms.length === 2 && means(terms[0], first) && means(terms[1], second));
}

/** The bounds of a pair that one variable links, added up over its categories and those without an answer to it. */
function throughLink(
  a: {crosstab: readonly number[][]; ranges: readonly Range[]},
  b: {crosstab: readonly number[][]; ranges: readonly Range[]},
  link: readonly Range[],
  n: number
): Range[][] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const answered = link.slice(0, -1);
  const leastAnswered = sum(answered.map(({low}) => low));
  const missing = link[link.length - 1] ?? {low: 0, high: n};
  // Categories of the link whose size is not printed share what is left of all respondents between them.
  const spare = n - missing.low - leastAnswered;
  const rest = (side: typeof a, level: number): Range => {
    const printed = sum(side.crosstab[level] ?? []);
    const range = side.ranges[level] ?? {low: 0, high: n};
    return {low: Math.max(0, range.low - printed), high: Math.max(0, range.high - printed)};
  };
  const exactly = (count: number): Range => ({low: count, high: count});
  return a.crosstab.map((row, i) =>
    b.crosstab.map((column, j) => {
      const unanswered = frechet(rest(a, i), rest(b, j), missing);
      const inside = answered.map((size, level) =>
        frechet(exactly(row[level] ?? 0), exactly(column[level] ?? 0), size)
      );
      const atLeast = sum(answered.map(({low}, level) => Math.max(0, (row[level] ?? 0) + (column[level] ?? 0) - low)));
      return {
        low: Math.max(sum(inside.map(({low}) => low)), atLeast - spare, 0) + unanswered.low,
        high: sum(inside.map(({high}) => high)) + unanswered.high
      };
    })
  );
}

/** The cells of the junction tree for some variables if the pair has to share a clique. */
function cellsWith(constraints: Constraints, among: readonly number[], pair: readonly number[]): number {
  const taken = new Set(among);
  const scopes = constraints.scopes.filter((scope) => scope.every((variable) => taken.has(variable)));
  return cliqueTree(constraints.variables, [...scopes, pair], among).reduce((sum, {cells}) => sum + cells, 0);
}

/** The variables that link a pair, without those furthest from it if the programs would otherwise get too large. */
function variablesFor(
  constraints: Constraints,
  graph: readonly ReadonlySet<number>[],
  linked: readonly number[],
  pair: readonly [number, number],
  mostCells: number
): number[] {
  const [a, b] = pair;
  const fromA = distances(graph, a);
  const fromB = distances(graph, b);
  const length = (variable: number) => (fromA[variable] ?? 0) + (fromB[variable] ?? 0);
  const levels = (variable: number) => constraints.variables[variable]?.levels ?? 1;
  const nearest = linked
    .filter((variable) => variable !== a && variable !== b)
    .sort((x, y) => length(x) - length(y) || levels(x) - levels(y) || x - y);
  while (nearest.length > 0 && cellsWith(constraints, [...nearest, a, b], pair) > mostCells) nearest.pop();
  return [...nearest, a, b].sort((x, y) => x - y);
}

function ofPair(
  solver: Solver,
  constraints: Constraints,
  among: readonly number[],
  [a, b]: readonly [number, number],
  ranges: readonly (readonly Range[])[]
): Range[][] {
  const {variables, n} = constraints;
  const levelsA = variables[a]?.levels ?? 1;
  const levelsB = variables[b]?.levels ?? 1;
  const part = polytope(constraints, among, [a, b]);
  const clique = smallestClique(part.tree, [a, b]);
  const sets: number[][] = [];
  const known: Range[] = [];
  for (let i = 0; i < levelsA - 1; i++) {
    for (let j = 0; j < levelsB - 1; j++) {
      const cells = cellsWhere(part.tree, clique, [single(a, i, levelsA), single(b, j, levelsB)]);
      sets.push(cells.map((cell) => cell + (part.offsets[clique] ?? 0)).filter((cell) => !part.impossible[cell]));
      known.push(frechet(ranges[a]?.[i] ?? {low: 0, high: n}, ranges[b]?.[j] ?? {low: 0, high: n}, {low: n, high: n}));
    }
  }
  const found = extremes(solver, part, sets, known);
  return Array.from({length: levelsA - 1}, (_, i) => found.slice(i * (levelsB - 1), (i + 1) * (levelsB - 1)));
}

/**
 * Finds, for every pair of variables that no table crosses, the least and greatest count that each cell of their
 * crosstab can have in any data set that prints the tables (Fréchet 1940; Fienberg 1999; Dobra and Fienberg 2000).
 *
 * Only answers are looked at: no printed crosstab shows those without an answer, so neither do these. Bounds are always
 * valid, since leaving conditions out can only widen them, but not always the narrowest: linear programs allow for
 * fractions of respondents (their ends are rounded inwards), and large ones leave out the tables furthest away.
 * Pairs come by variable name, rows and columns in the codebook's order. Throws if the tables contradict each other.
 */
export async function findBounds(input: BoundsInput): Promise<Bounds> {
  const {n, mostCells = 4000} = input;
  const solver = await loadSolver();
  const constraints = readConstraints(input.variables, input.tables, n);
  const {variables, crossed} = constraints;
  const graph = linkGraph(variables.length, constraints.scopes);
  const set = linkedSets(graph);
  const ranges = marginRanges(solver, constraints, set);
  const all = {low: n, high: n};
  const bounds: Bound[] = [];
  const pairs: Tightness[] = [];
  let marginWidths = 0;
  for (const pair of uncrossedPairs(constraints)) {
    const [a, b] = pair;
    const rowVariable = variables[a];
    const columnVariable = variables[b];
    if (rowVariable === undefined || columnVariable === undefined) continue;
    const rangesA = ranges[a] ?? [];
    const rangesB = ranges[b] ?? [];
    const margins = rangesA.slice(0, -1).map((one) => rangesB.slice(0, -1).map((other) => frechet(one, other, all)));
    let method: BoundsMethod = "unlinked";
    let used: number[] = [a, b];
    let cells = margins;
    if (set[a] === set[b]) {
      const link = [...(graph[a] ?? [])].find(
        (variable) =>
          graph[b]?.has(variable) &&
          crossed.has(variable < a ? `${variable},${a}` : `${a},${variable}`) &&
          crossed.has(variable < b ? `${variable},${b}` : `${b},${variable}`) &&
          !Number.isFinite(distances(graph, a, variable)[b] ?? 0)
      );
      const crosstabA = link === undefined ? null : printedCrosstab(constraints, a, link);
      const crosstabB = link === undefined ? null : printedCrosstab(constraints, b, link);
      if (link !== undefined && crosstabA !== null && crosstabB !== null) {
        method = "one_link";
        used = [a, b, link];
        const through = throughLink(
          {crosstab: crosstabA, ranges: rangesA},
          {crosstab: crosstabB, ranges: rangesB},
          ranges[link] ?? [],
          n
        );
        cells = margins.map((row, i) =>
          row.map(({low, high}, j) => {
            const other = through[i]?.[j] ?? {low, high};
            return {low: Math.max(low, other.low), high: Math.min(high, other.high)};
          })
        );
      } else {
        const linked = set.flatMap((each, variable) => (each === set[a] ? [variable] : []));
        used = variablesFor(constraints, graph, linked, pair, mostCells);
        method = used.length === linked.length ? "program" : "part";
        cells = ofPair(solver, constraints, used, pair, ranges);
      }
    }
    let width = 0;
    let determined = 0;
    cells.forEach((row, i) => {
      row.forEach(({low, high}, j) => {
        width += high - low;
        const printed = isPrinted(constraints, [a, i], [b, j]);
        if (low === high && !printed) determined++;
        bounds.push({
          row_variable: rowVariable.name,
          row: rowVariable.codes[i] ?? "",
          column_variable: columnVariable.name,
          column: columnVariable.codes[j] ?? "",
          lower: low,
          upper: high,
          method,
          printed
        });
      });
    });
    const marginWidth = margins.flat().reduce((sum, {low, high}) => sum + high - low, 0);
    marginWidths += marginWidth;
    const count = cells.flat().length;
    pairs.push({
      row_variable: rowVariable.name,
      column_variable: columnVariable.name,
      method,
      used: used.map((variable) => variables[variable]?.name ?? "").sort(),
      cells: count,
      meanWidth: width / count / n,
      shareOfMargins: marginWidth === 0 ? null : width / marginWidth,
      determined
    });
  }
  const width = bounds.reduce((sum, {lower, upper}) => sum + upper - lower, 0);
  return {
    bounds,
    pairs,
    whole: {
      cells: bounds.length,
      meanWidth: bounds.length === 0 ? 0 : width / bounds.length / n,
      shareOfMargins: marginWidths === 0 ? null : width / marginWidths,
      determined: pairs.reduce((sum, pair) => sum + pair.determined, 0)
    }
  };
}
