import type {Basis, Model} from "highs";
import {linkGraph, reachable} from "./cliques.js";
import {
  type Constraints,
  pairKey,
  readConstraints,
  type SurveyCounts,
  soleLevel,
  uncrossedPairs,
  type Variable
} from "./constraints.js";
import {findSupport} from "./fit.js";
import {edgesBetween, largestFlow, type Network, network, sink, source, sumOf} from "./flow.js";
import {cellsWhere, type Polytope, polytope} from "./polytope.js";
import {type Condition, loadSolver, matrixOf, modelOf, type Solver} from "./solver.js";

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

/** Bounds for every pair of variables that no table crosses. */
export type Bounds = Awaited<ReturnType<typeof findBounds>>;

/** A range of counts, ends included. */
interface Range {
  readonly low: number;
  readonly high: number;
}

// The solver meets its conditions to 1e-7, so a bound that is whole may come out a little off.
const slack = 1e-5;

/** Tables of counts that print the report, and the basis of the linear program that they came out of. */
interface Witness {
  readonly counts: Float64Array;
  readonly basis: Basis;
  /** For each variable how many hold each level. */
  readonly margins: readonly Float64Array[];
}

/** How many witnesses are kept beside those of the margins. */
const mostNewer = 100;

/** The linear programs over all tables that print the report: only the costs change from one to the next. */
function programsOf(solver: Solver, solving: Model, {tree, rows, constraints}: Polytope, possible: readonly boolean[]) {
  const {infinity} = solver;
  const cells = possible.length;
  const witnesses: Witness[] = [];
  // How many of the witnesses are of the margins. These stay, the others make room for newer ones.
  let lasting = 0;
  // For each variable and level the cells of a clique that hold it.
  const holders = constraints.variables.map(({levels}, variable) =>
    Array.from({length: levels}, (_, level) => {
      const term = {variable, levels: Array.from({length: levels}, (__, at) => at === level)};
      return cellsWhere(tree, [variable], [term]).filter((cell) => possible[cell]);
    })
  );
  // Only costs change, so the last solution is a start for the primal simplex method.
  solving.options.set({output_flag: false, simplex_strategy: 4});

  /** The least cost of a program whose columns cost what is given. */
  const run = (costs: Float64Array): number => {
    solving.changeColsCost({kind: "range", from: 0, to: costs.length - 1}, costs);
    solving.run();
    if (solving.getModelStatus() !== solver.constants.modelStatus.optimal)
      throw new Error("A program of the bounds has no solution.");
    return solving.getObjectiveValue();
  };
  /** Keeps the tables that the last program came to. */
  const witness = (basis: Basis) => {
    const counts = solving.getSolution().colValue.subarray(0, cells);
    const margins = holders.map((levels) => Float64Array.from(levels, (own) => sumOf(counts, own)));
    witnesses.push({counts, basis, margins});
    if (witnesses.length > lasting + mostNewer && lasting > 0) witnesses.splice(lasting, 1);
  };

  /** The ranges of the counts of every level of every variable. */
  const marginRanges = (): Range[][] => {
    const least = (own: readonly number[], cost: number) => {
      const costs = new Float64Array(cells);
      for (const cell of own) costs[cell] = cost;
      const value = run(costs);
      witness(solving.getBasis());
      return value;
    };
    const ranges = holders.map((levels) =>
      levels.map((own) => ({low: Math.ceil(least(own, 1) - slack), high: Math.floor(-least(own, -1) + slack)}))
    );
    lasting = witnesses.length;
    return ranges;
  };

  /**
   * The least that some cells count in all if every respondent takes 1 off that flows from a level of the first variable
   * to some levels of the second. A flow along an edge is a further column, and so is no more than the edge's cells.
   */
  const leastLessFlow = (
    net: Network,
    row: number,
    columns: readonly boolean[],
    counted: readonly number[],
    from: Witness
  ): number => {
    const edges = edgesBetween(net, row, columns);
    // What reaches the sink is no column of its own: it is no more than the cells of its edge.
    const inner = edges.filter(({to}) => to !== sink);
    const costs = new Float64Array(cells + inner.length);
    for (const cell of counted) costs[cell] = 1;
    const balance = Array.from({length: net.nodes}, () => ({cells: [] as number[], values: [] as number[]}));
    const add = (node: number, column: number, value: number) => {
      balance[node]?.cells.push(column);
      balance[node]?.values.push(value);
    };
    const leave = (node: number, column: number) => {
      if (node === source) (costs[column] as number)--;
      else add(node, column, -1);
    };
    const capacities: Condition[] = [];
    for (const {from: node, to, cells: own} of edges) {
      if (to === sink) {
        for (const cell of own) leave(node, cell);
        continue;
      }
      const column = cells + capacities.length;
      capacities.push({cells: [column, ...own], values: [1, ...own.map(() => -1)], count: -infinity, most: 0});
      add(to, column, 1);
      leave(node, column);
    }
    const last = new Set(edges.filter(({to}) => to === sink).map((edge) => edge.from));
    const balanced = balance.flatMap((each, node) =>
      each.cells.length > 0 ? [{...each, count: last.has(node) ? -infinity : 0, most: 0}] : []
    );
    const further = [...capacities, ...balanced];
    solving.setBasis(from.basis);
    if (inner.length > 0) {
      solving.addVars(new Float64Array(inner.length), new Float64Array(inner.length).fill(infinity));
      solving.addRows({
        lower: Float64Array.from(further, ({count}) => count),
        upper: new Float64Array(further.length),
        matrix: matrixOf(further, costs.length)
      });
    }
    const value = run(costs);
    // The basis is that of more columns than stay; where the search came from is as good a start for another.
    witness(inner.length > 0 ? from.basis : solving.getBasis());
    if (inner.length > 0) {
      solving.deleteCols({kind: "range", from: cells, to: costs.length - 1});
      solving.deleteRows({kind: "range", from: rows.length, to: rows.length + further.length - 1});
    }
    return value;
  };
  return {witnesses, marginRanges, leastLessFlow};
}

/** A variable and one of its levels. */
type Level = readonly [variable: number, level: number];

/** How many of the tables that have come up, those nearest to what is looked for, are looked at for a start. */
const starts = 8;

/**
 * The greatest count of a cell, or with `least` its least, within a range that is known to hold. The flow in tables
 * that have come up before may reach its end; where none does, a program finds the tables in which the flow is largest.
 *
 * Linear programs allow for fractions of respondents. A count is whole, so the end found is rounded inwards.
 */
function endOf(
  {witnesses, leastLessFlow}: ReturnType<typeof programsOf>,
  net: Network,
  [a, i]: Level,
  [b, j]: Level,
  range: Range,
  least: boolean
): number {
  const counted = least ? (net.rows[i] ?? []) : [];
  // From here on all is least: of what is asked for, or of what is asked for with the sign turned.
  const wanted = least ? range.low : -range.high;
  const nearest = witnesses.map((witness) => {
    const [one = 0, other = 0] = [witness.margins[a]?.[i], witness.margins[b]?.[j]];
    return {witness, value: least ? one + other : -Math.min(one, other)};
  });
  nearest.sort((one, other) => one.value - other.value);
  // The fewer that hold j of those who hold i, the more of them hold something else.
  const columns = Array.from(witnesses[0]?.margins[b] ?? [], (_, level) => (level === j) !== least);
  let best = Number.POSITIVE_INFINITY;
  let start = witnesses[0] as Witness;
  for (const {witness} of nearest.slice(0, starts)) {
    const value = sumOf(witness.counts, counted) - largestFlow(net, witness.counts, i, columns);
    if (value < best) [best, start] = [value, witness];
    if (best < wanted + 1 - slack) return least ? range.low : range.high;
  }
  const bound = Math.max(wanted, Math.ceil(leastLessFlow(net, i, columns, counted, start) - slack));
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
export async function findEnds(counts: SurveyCounts, pairs?: readonly number[]): Promise<Ends> {
  const solver = await loadSolver();
  const constraints = readConstraints(counts);
  const whole = polytope(constraints);
  const possible = findSupport(solver, whole);
  if (possible === null) throw new Error("No respondents can have these tables, so there are no bounds.");
  const columns = possible.map((can) => (can ? {} : {upper: 0}));
  const methodOf = linksOf(constraints);
  return solver.withModel(modelOf(solver, columns, whole.rows), (solving) => {
    const programs = programsOf(solver, solving, whole, possible);
    const margins = programs.marginRanges();
    const ends = uncrossedPairs(constraints).flatMap(([a, b], place) => {
      const asked = pairs?.includes(place) ?? true;
      const net = asked && methodOf(a, b).method === "program" ? network(whole, possible, a, b) : null;
      if (net === null) return [];
      return crossFrechet(margins, a, b, counts.n).flatMap((row, i) =>
        row.flatMap((range, j) => [true, false].map((least) => endOf(programs, net, [a, i], [b, j], range, least)))
      );
    });
    return {margins, programs: ends};
  });
}

/** Fréchet's bounds on how many hold both of two properties, of those who hold each and of how many there are. */
function frechet(one: Range, other: Range, all: Range): Range {
  return {low: Math.max(0, one.low + other.low - all.high), high: Math.min(one.high, other.high, all.high)};
}

const exactly = (count: number): Range => ({low: count, high: count});
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What the margins of two variables alone say of each cell of their crosstab. */
function crossFrechet(margins: Ends["margins"], a: number, b: number, n: number): Range[][] {
  const [rows = [], columns = []] = [margins[a], margins[b]];
  return rows.slice(0, -1).map((one) => columns.slice(0, -1).map((other) => frechet(one, other, exactly(n))));
}

/** What tables print of how many hold one level each of two variables; undefined where none does. */
function printedCounts({constraints}: Constraints): (one: Level, other: Level) => number | undefined {
  const counts = new Map<string, number>();
  for (const {terms, count} of constraints) {
    if (terms.length === 2) counts.set(terms.map((term) => `${term.variable} ${soleLevel(term)}`).join(), count);
  }
  const key = (...levels: Level[]) => levels.map(([variable, level]) => `${variable} ${level}`).join();
  return (one, other) => counts.get(one[0] < other[0] ? key(one, other) : key(other, one));
}

/**
 * How each pair is linked: what finds its bounds, the variables that it takes, and of one link the link and its printed
 * crosstabs with both, a line an answer to it.
 */
function linksOf(constraints: Constraints) {
  const {variables, crossed} = constraints;
  const graph = linkGraph(variables.length, constraints.scopes);
  const printed = printedCounts(constraints);
  const answers = (variable: number) => (variables[variable]?.codes ?? []).map((_, level): Level => [variable, level]);
  /** Printed counts of one level after another of a variable by those of its link; null if not all are printed. */
  const crosstab = (of: number, link: number) => {
    const counts = answers(of).map((level) => answers(link).flatMap((other) => printed(level, other) ?? []));
    return counts.every((row) => row.length === answers(link).length) ? counts : null;
  };
  return (a: number, b: number) => {
    const linked = reachable(graph, a);
    if (!linked.has(b)) return {method: "unlinked", used: [a, b]} as const;
    const isCrossed = (link: number) => crossed.has(pairKey(link, a)) && crossed.has(pairKey(link, b));
    const link = [...(graph[a] ?? [])].find((each) => isCrossed(each) && !reachable(graph, a, [each]).has(b));
    const [ofA, ofB] = link === undefined ? [] : [crosstab(a, link), crosstab(b, link)];
    return link !== undefined && ofA && ofB
      ? ({method: "one_link", used: [a, b, link], link, ofA, ofB} as const)
      : ({method: "program", used: [...linked]} as const);
  };
}

/** What is known of one variable of a linked pair: its counts by level and answer to the link, and its levels' ranges. */
interface Linked {
  readonly crosstab: readonly (readonly number[])[];
  readonly ranges: readonly Range[];
}

/** The bounds of a pair that one variable links, added up over its categories and those without an answer to it. */
function throughLink(a: Linked, b: Linked, link: readonly Range[], n: number): Range[][] {
  const answered = link.slice(0, -1);
  const missing = link.at(-1) ?? {low: 0, high: n};
  // Categories of the link whose size is not printed share what is left of all respondents between them.
  const spare = n - missing.low - sum(answered.map(({low}) => low));
  const rest = ({crosstab, ranges}: Linked, level: number): Range => {
    const printed = sum(crosstab[level] ?? []);
    const {low, high} = ranges[level] ?? {low: 0, high: n};
    return {low: Math.max(0, low - printed), high: Math.max(0, high - printed)};
  };
  return a.crosstab.map((row, i) =>
    b.crosstab.map((column, j) => {
      const unanswered = frechet(rest(a, i), rest(b, j), missing);
      const ends = answered.map((size, level) => {
        const [one, other] = [row[level] ?? 0, column[level] ?? 0];
        return {...frechet(exactly(one), exactly(other), size), atLeast: Math.max(0, one + other - size.low)};
      });
      const low = Math.max(sum(ends.map((end) => end.low)), sum(ends.map(({atLeast}) => atLeast)) - spare, 0);
      return {low: low + unanswered.low, high: sum(ends.map(({high}) => high)) + unanswered.high};
    })
  );
}

/** How much cells are determined that span `marginWidth` in all where only margins are known. */
function tightness(cells: readonly Bound[], marginWidth: number, n: number) {
  const width = sum(cells.map(({lower, upper}) => upper - lower));
  return {
    cells: cells.length,
    /** Mean of (upper − lower) ÷ n over the cells. */
    meanWidth: cells.length === 0 ? 0 : width / cells.length / n,
    /** 1 means that what links the two tells nothing. Null if the margins alone determine every cell. */
    shareOfMargins: marginWidth === 0 ? null : width / marginWidth,
    /** Cells that are not printed and whose lower and upper bound are the same. */
    determined: cells.filter(({lower, upper, printed}) => lower === upper && !printed).length
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
export async function findBounds(counts: SurveyCounts, ends?: Ends) {
  const {margins: ranges, programs} = ends ?? (await findEnds(counts));
  const {n} = counts;
  const constraints = readConstraints(counts);
  const {variables} = constraints;
  const linkOf = linksOf(constraints);
  const printed = printedCounts(constraints);
  const bounds: Bound[] = [];
  let marginWidths = 0;
  let taken = 0;
  const pairs = uncrossedPairs(constraints).map(([a, b]) => {
    const [row, column] = [variables[a] as Variable, variables[b] as Variable];
    const margins = crossFrechet(ranges, a, b, n);
    const link = linkOf(a, b);
    const through =
      link.method === "one_link"
        ? throughLink(
            {crosstab: link.ofA, ranges: ranges[a] ?? []},
            {crosstab: link.ofB, ranges: ranges[b] ?? []},
            ranges[link.link] ?? [],
            n
          )
        : null;
    const cells = margins.flatMap((line, i) =>
      line.map((margin, j): Bound => {
        const {low, high} =
          link.method === "program"
            ? {low: programs[taken++] ?? 0, high: programs[taken++] ?? n}
            : (through?.[i]?.[j] ?? margin);
        return {
          row_variable: row.name,
          row: row.codes[i] ?? "",
          column_variable: column.name,
          column: column.codes[j] ?? "",
          lower: Math.max(low, margin.low),
          upper: Math.min(high, margin.high),
          method: link.method,
          printed: printed([a, i], [b, j]) !== undefined
        };
      })
    );
    bounds.push(...cells);
    const marginWidth = sum(margins.flat().map(({low, high}) => high - low));
    marginWidths += marginWidth;
    // The variables whose tables were used, the pair included.
    const used = link.used.map((variable) => variables[variable]?.name ?? "").sort();
    return {
      row_variable: row.name,
      column_variable: column.name,
      method: link.method,
      used,
      ...tightness(cells, marginWidth, n)
    };
  });
  return {bounds, pairs, whole: tightness(bounds, marginWidths, n)};
}
