import type {Basis, Model} from "highs";
import type {CountTable, CountVariable} from "../read/counts.js";
import {linkGraph} from "./cliques.js";
import {type Constraints, pairKey, readConstraints, type Term, uncrossedPairs} from "./constraints.js";
import {findSupport} from "./fit.js";
import {largestFlow, type Network, network, source} from "./flow.js";
import {cellsWhere, modelOf, type Polytope, polytope, smallestClique} from "./polytope.js";
import {loadSolver, type Solver} from "./solver.js";

/**
 * How the bounds of a pair were found:
 * `unlinked`: no table links the two; closed form from their margins (Fréchet).
 * `one_link`: one variable is crossed with each and is all that links them; closed form, Fréchet's bounds in each of
 *   its categories, added up.
 * `program`: linear programs over all that links the two.
 */
export type BoundsMethod = "unlinked" | "one_link" | "program";

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

/** Tables of counts that print the report, and the basis of the linear program that they came out of. */
interface Witness {
  readonly counts: Float64Array;
  readonly basis: Basis;
  /** For each variable how many hold each level. */
  readonly margins: readonly Float64Array[];
}

/** How many witnesses are kept beside those of the margins. */
const mostNewer = 100;

/** Linear programs over all tables that print the report: only the costs change from one to the next. */
class Programs {
  readonly polytope: Polytope;
  readonly witnesses: Witness[] = [];
  /** For each variable and level the cells of a clique that hold it. */
  readonly #holders: readonly (readonly (readonly number[])[])[];
  readonly #possible: readonly boolean[];
  readonly #solver: Solver;
  readonly #solving: Model;
  /** How many of the witnesses are of the margins. These stay, the others make room for newer ones. */
  #lasting = 0;

  constructor(solver: Solver, solving: Model, whole: Polytope, possible: readonly boolean[]) {
    this.#solver = solver;
    this.#solving = solving;
    this.#possible = possible;
    this.polytope = whole;
    const {tree, offsets} = whole;
    this.#holders = whole.constraints.variables.map(({levels}, variable) => {
      const clique = smallestClique(tree, [variable]);
      return Array.from({length: levels}, (_, level) =>
        cellsWhere(tree, clique, [single(variable, level, levels)])
          .map((cell) => cell + (offsets[clique] ?? 0))
          .filter((cell) => possible[cell])
      );
    });
    // Only costs change, so the last solution is a start for the primal simplex method.
    solving.options.set({output_flag: false, simplex_strategy: 4});
  }

  /** The network between two variables, or null where no table links them. */
  between(a: number, b: number): Network | null {
    return network(this.polytope, this.#possible, a, b);
  }

  /** The ranges of the counts of every level of every variable. */
  marginRanges(): Range[][] {
    const ranges = this.#holders.map((levels) =>
      levels.map((cells) => {
        const costs = new Map(cells.map((cell) => [cell, 1]));
        const low = Math.ceil(this.least(costs) - slack);
        for (const cell of cells) costs.set(cell, -1);
        return {low, high: Math.floor(-this.least(costs) + slack)};
      })
    );
    this.#lasting = this.witnesses.length;
    return ranges;
  }

  /** The least that cells cost in all, by their costs; the tables in which they do are the last of the witnesses. */
  least(costs: ReadonlyMap<number, number>): number {
    const value = this.#run(costs);
    this.#witness(this.#solving.getBasis());
    return value;
  }

  /**
   * The least that cells cost in all if every respondent takes 1 off that flows from a level of the first variable to
   * some levels of the second. A flow along an edge is a further column, and so is no more than the edge's cells.
   */
  leastLessFlow(
    {edges, nodes}: Network,
    row: number,
    columns: readonly boolean[],
    costs: ReadonlyMap<number, number>,
    from: Witness
  ): number {
    const infinity = this.#solver.infinity;
    const first = this.polytope.cells;
    const firstRow = this.polytope.rows.length;
    const own = new Map(costs);
    const balance = Array.from({length: nodes}, () => new Map<number, number>());
    const open = new Array<boolean>(nodes).fill(false);
    const rows: {entries: ReadonlyMap<number, number>; lower: number}[] = [];
    let columnCount = 0;
    for (const edge of edges) {
      if (edge.column >= 0) {
        // What reaches the sink is no column of its own: it is no more than the cells of its edge.
        if (!columns[edge.column]) continue;
        if (edge.from === source) {
          if (edge.row === row) for (const cell of edge.cells) own.set(cell, (own.get(cell) ?? 0) - 1);
          continue;
        }
        for (const cell of edge.cells) balance[edge.from]?.set(cell, -1);
        open[edge.from] = true;
        continue;
      }
      if (edge.row >= 0 && edge.row !== row) continue;
      const column = first + columnCount++;
      rows.push({
        entries: new Map([[column, 1], ...edge.cells.map((cell): [number, number] => [cell, -1])]),
        lower: -infinity
      });
      balance[edge.to]?.set(column, 1);
      if (edge.from !== source) balance[edge.from]?.set(column, -1);
      else own.set(column, -1);
    }
    balance.forEach((entries, node) => {
      if (entries.size > 0) rows.push({entries, lower: open[node] ? -infinity : 0});
    });
    const solving = this.#solving;
    solving.setBasis(from.basis);
    if (columnCount > 0) {
      solving.addVars(new Float64Array(columnCount), new Float64Array(columnCount).fill(infinity));
      const starts = [0];
      for (const {entries} of rows) starts.push((starts.at(-1) ?? 0) + entries.size);
      solving.addRows({
        lower: Float64Array.from(rows, ({lower}) => lower),
        upper: new Float64Array(rows.length),
        matrix: {
          format: "csr",
          numRows: rows.length,
          numCols: first + columnCount,
          starts: Int32Array.from(starts),
          indices: Int32Array.from(rows.flatMap(({entries}) => [...entries.keys()])),
          values: Float64Array.from(rows.flatMap(({entries}) => [...entries.values()]))
        }
      });
    }
    const value = this.#run(own, first + columnCount);
    if (columnCount === 0) {
      this.#witness(solving.getBasis());
      return value;
    }
    // The basis is that of more columns than stay; where the search came from is as good a start for another.
    this.#witness(from.basis);
    solving.deleteCols({kind: "range", from: first, to: first + columnCount - 1});
    solving.deleteRows({kind: "range", from: firstRow, to: firstRow + rows.length - 1});
    return value;
  }

  #witness(basis: Basis): void {
    const counts = this.#solving.getSolution().colValue.subarray(0, this.polytope.cells);
    const margins = this.#holders.map((levels) => Float64Array.from(levels, (cells) => sumOf(counts, cells)));
    this.witnesses.push({counts, basis, margins});
    if (this.witnesses.length > this.#lasting + mostNewer && this.#lasting > 0) this.witnesses.splice(this.#lasting, 1);
  }

  #run(costs: ReadonlyMap<number, number>, columns = this.polytope.cells): number {
    const solving = this.#solving;
    const all = new Float64Array(columns);
    for (const [column, cost] of costs) all[column] = cost;
    solving.changeColsCost({kind: "range", from: 0, to: columns - 1}, all);
    solving.run();
    if (solving.getModelStatus() !== this.#solver.constants.modelStatus.optimal)
      throw new Error("A program of the bounds has no solution.");
    return solving.getObjectiveValue();
  }
}

function sumOf(counts: Float64Array, cells: readonly number[]): number {
  let sum = 0;
  for (const cell of cells) sum += counts[cell] as number;
  return sum;
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

/** A variable and one of its levels. */
type Level = readonly [number, number];

/** How many of the tables that have come up, those nearest to what is looked for, are looked at for a start. */
const starts = 8;

/**
 * The greatest count of a cell, or with `least` its least, within a range that is known to hold. The flow in tables
 * that have come up before may reach its end; where none does, a program finds the tables in which the flow is largest.
 *
 * Linear programs allow for fractions of respondents. A count is whole, so the end found is rounded inwards.
 */
function endOf(programs: Programs, net: Network, [a, i]: Level, [b, j]: Level, range: Range, least: boolean): number {
  const levels = programs.polytope.constraints.variables[b]?.levels ?? 0;
  // The fewer that hold j of those who hold i, the more of them hold something else.
  const columns = Array.from({length: levels}, (_, level) => (level === j) !== least);
  const holders = net.rows[i] ?? [];
  const base = new Map(least ? holders.map((cell) => [cell, 1]) : []);
  // From here on all is least: of what is asked for, or of what is asked for with the sign turned.
  const wanted = least ? range.low : -range.high;
  const inTables = ({counts}: Witness) => {
    return (least ? sumOf(counts, holders) : 0) - largestFlow(net, counts, i, columns);
  };
  const likely = ({margins}: Witness) => {
    const [one = 0, other = 0] = [margins[a]?.[i], margins[b]?.[j]];
    return least ? one + other : -Math.min(one, other);
  };
  const nearest = programs.witnesses.map((witness) => ({witness, value: likely(witness)}));
  nearest.sort((one, other) => one.value - other.value);
  let best = Number.POSITIVE_INFINITY;
  let start = programs.witnesses[0] as Witness;
  for (const {witness} of nearest.slice(0, starts)) {
    const value = inTables(witness);
    if (value < best) [best, start] = [value, witness];
    if (best < wanted + 1 - slack) return least ? range.low : range.high;
  }
  const bound = Math.max(wanted, Math.ceil(programs.leastLessFlow(net, i, columns, base, start) - slack));
  return least ? bound : -bound;
}

/** The ends that linear programs find. They take nearly all of the time. */
export interface Ends {
  /** For each variable the least and the greatest count of each of its levels. */
  readonly margins: readonly (readonly Range[])[];
  /** Least and greatest count by turns, of each cell of each pair whose bounds are found by programs. */
  readonly programs: readonly number[];
}

/**
 * Finds the ends of the bounds of {@link findBounds}, or those of some of the pairs that no table crosses, by their
 * places in order. Throws if the tables contradict each other.
 */
export async function findEnds(input: BoundsInput, pairs?: readonly number[]): Promise<Ends> {
  const solver = await loadSolver();
  const constraints = readConstraints(input.variables, input.tables, input.n);
  const whole = polytope(constraints);
  const possible = findSupport(solver, whole);
  if (possible === null) throw new Error("No respondents can have these tables, so there are no bounds.");
  const model = modelOf(solver, {
    columns: possible.map((can) => ({cost: 0, lower: 0, upper: can ? solver.infinity : 0})),
    rows: whole.rows.map((row) => ({cells: row.cells, values: row.values, lower: row.count, upper: row.count}))
  });
  const links = linksOf(constraints);
  return solver.withModel(model, (solving) => {
    const programs = new Programs(solver, solving, whole, possible);
    const margins = programs.marginRanges();
    const ends = uncrossedPairs(constraints).flatMap(([a, b], place) => {
      const asked = pairs?.includes(place) ?? true;
      const net = asked && links(a, b).method === "program" ? programs.between(a, b) : null;
      if (net === null) return [];
      return crossFrechet(margins, a, b, input.n).flatMap((row, i) =>
        row.flatMap((range, j) => [true, false].map((least) => endOf(programs, net, [a, i], [b, j], range, least)))
      );
    });
    return {margins, programs: ends};
  });
}

/** What the margins of two variables alone say of each cell of their crosstab. */
function crossFrechet(margins: Ends["margins"], a: number, b: number, n: number): Range[][] {
  const all = {low: n, high: n};
  const [rows = [], columns = []] = [margins[a], margins[b]];
  return rows.slice(0, -1).map((one) => columns.slice(0, -1).map((other) => frechet(one, other, all)));
}

/** How a pair is linked: what finds its bounds, the variables that it takes, and the printed crosstabs of one link. */
interface Link {
  readonly method: BoundsMethod;
  readonly used: readonly number[];
  readonly crosstabs?: {readonly a: number[][]; readonly b: number[][]; readonly link: number};
}

function linksOf(constraints: Constraints): (a: number, b: number) => Link {
  const graph = linkGraph(constraints.variables.length, constraints.scopes);
  const set = linkedSets(graph);
  return (a, b) => {
    if (set[a] !== set[b]) return {method: "unlinked", used: [a, b]};
    const link = [...(graph[a] ?? [])].find(
      (variable) =>
        graph[b]?.has(variable) &&
        constraints.crossed.has(pairKey(variable, a)) &&
        constraints.crossed.has(pairKey(variable, b)) &&
        !Number.isFinite(distances(graph, a, variable)[b] ?? 0)
    );
    const ofA = link === undefined ? null : printedCrosstab(constraints, a, link);
    const ofB = link === undefined ? null : printedCrosstab(constraints, b, link);
    return link !== undefined && ofA !== null && ofB !== null
      ? {method: "one_link", used: [a, b, link], crosstabs: {a: ofA, b: ofB, link}}
      : {method: "program", used: set.flatMap((each, variable) => (each === set[a] ? [variable] : []))};
  };
}

/**
 * Finds, for every pair of variables that no table crosses, the least and greatest count that each cell of their
 * crosstab can have in any data set that prints the tables (Fréchet 1940; Fienberg 1999; Dobra and Fienberg 2000).
 *
 * Only answers are looked at: no printed crosstab shows those without an answer, so neither do these. Bounds are always
 * valid, but not always the narrowest: linear programs allow for fractions of respondents (their ends are rounded
 * inwards).
 * `ends` are those of {@link findEnds} for the same input, where they are known.
 * Pairs come by variable name, rows and columns in the codebook's order. Throws if the tables contradict each other.
 */
export async function findBounds(input: BoundsInput, ends?: Ends): Promise<Bounds> {
  const {margins: ranges, programs} = ends ?? (await findEnds(input));
  const {n} = input;
  const constraints = readConstraints(input.variables, input.tables, n);
  const {variables} = constraints;
  const links = linksOf(constraints);
  const bounds: Bound[] = [];
  const pairs: Tightness[] = [];
  let marginWidths = 0;
  let taken = 0;
  for (const [a, b] of uncrossedPairs(constraints)) {
    const rowVariable = variables[a];
    const columnVariable = variables[b];
    if (rowVariable === undefined || columnVariable === undefined) continue;
    const margins = crossFrechet(ranges, a, b, n);
    const {method, used, crosstabs} = links(a, b);
    let cells = margins;
    if (crosstabs) {
      const through = throughLink(
        {crosstab: crosstabs.a, ranges: ranges[a] ?? []},
        {crosstab: crosstabs.b, ranges: ranges[b] ?? []},
        ranges[crosstabs.link] ?? [],
        n
      );
      cells = margins.map((row, i) =>
        row.map(({low, high}, j) => {
          const other = through[i]?.[j] ?? {low, high};
          return {low: Math.max(low, other.low), high: Math.min(high, other.high)};
        })
      );
    } else if (method === "program") {
      cells = margins.map((row) => row.map(() => ({low: programs[taken++] ?? 0, high: programs[taken++] ?? n})));
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
