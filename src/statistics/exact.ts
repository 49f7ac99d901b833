import {type Counts, occupied, requireWhole} from "./contingency.js";
import {type Random, seeded} from "./random.js";

/**
 * What makes one table, among those with the same margins, at least as extreme as the observed one: being no more
 * probable (Fisher, Freeman and Halton), or having at least its Pearson chi-square or likelihood ratio.
 */
export type Order = "probability" | "chi_square" | "likelihood_ratio";

/** The result of a test that needs no large-sample formula. */
export interface ExactTest {
  readonly method: "exact" | "monte_carlo";
  readonly p: number;
  /** The standard error of p: 0 when it is exact. */
  readonly standardError: number;
  /** The number of simulated tables, 0 when p is exact. */
  readonly replicates: number;
  /** How many of the simulated tables are at least as extreme as the observed one, 0 when p is exact. */
  readonly extreme: number;
}

/** Two scores closer than this are taken as equal, as rounding may part equal tables; R allows the same 1e-7. */
const TOLERANCE = 1e-7;

/** The natural logarithms of 0!, 1! … n!. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  // Kahan's sum: the plain one would lose three digits by n = 1,257.
  let sum = 0;
  let lost = 0;
  for (let k = 2; k <= n; k++) {
    const term = Math.log(k) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    logs[k] = sum;
  }
  return logs;
}

/** A table without empty rows and columns, and the scores by which its likes are ordered. */
interface Problem {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly logs: Float64Array;
  /** For row i and column j at i × columns + j: what a count adds to the score, by count. More is more extreme. */
  readonly scores: readonly Float64Array[];
  /** Whether a cell's score depends on its count alone, so that rows may change places. */
  readonly symmetric: boolean;
  readonly observed: number;
}

function problem(table: Counts, order: Order): Problem {
  const whole = occupied(table);
  requireWhole(table);
  const {rows, columns, total} = whole.margins;
  if (!Number.isSafeInteger(total) || total > 1e7) throw new RangeError(`Too many respondents to list: ${total}.`);
  // The longer side goes down the columns: what is left of the rows is what must be remembered on the way.
  const flip = rows.length > columns.length;
  const down = flip ? columns : rows;
  const across = flip ? rows : columns;
  const logs = logFactorials(total);
  const largest = Math.min(Math.max(...rows), Math.max(...columns));
  const byCount =
    order === "probability"
      ? logs
      : Float64Array.from({length: largest + 1}, (_, x) => (x === 0 ? 0 : 2 * x * Math.log(x)));
  const scores = down.flatMap((row) =>
    across.map((column) =>
      order === "chi_square"
        ? Float64Array.from({length: Math.min(row, column) + 1}, (_, x) => (x * x * total) / (row * column))
        : byCount
    )
  );
  let observed = 0;
  whole.counts.forEach((row, i) => {
    row.forEach((count, j) => {
      observed += scores[flip ? j * across.length + i : i * across.length + j]?.[count] ?? 0;
    });
  });
  return {rows: down, columns: across, logs, scores, symmetric: order !== "chi_square", observed};
}

/** What is left of the rows after some columns are filled, and all that can come next. */
interface Node {
  readonly left: readonly number[];
  readonly arcs: Arc[];
  /** The least and the greatest score that the columns still to fill can add. */
  least: number;
  greatest: number;
  /** The probability of having come here with a score so far, by that score in units of QUANTUM. */
  readonly pasts: Map<number, number>;
}

interface Arc {
  readonly to: Node;
  readonly score: number;
  readonly probability: number;
}

/** Building one arc takes as long as following this many of them to an end that is certain. */
const ARC_COST = 50;

/** Keeping one past takes as long as following this many arcs to an end that is certain. */
const PAST_COST = 25;

/**
 * No fewer nodes than these will be reached: the ways in which the rows can share what is left after each column,
 * counted by adding one row at a time, over the orders in which the rows may stand. It turns hopeless tables away
 * before any of the work is done.
 */
function leastNodes(rows: readonly number[], columns: readonly number[], symmetric: boolean): number {
  const total = rows.reduce((sum, row) => sum + row, 0);
  let ways = new Float64Array(total + 1);
  ways[0] = 1;
  for (const row of rows) {
    const next = new Float64Array(total + 1);
    for (let sum = 0, running = 0; sum <= total; sum++) {
      running += (ways[sum] ?? 0) - (sum > row ? (ways[sum - row - 1] ?? 0) : 0);
      next[sum] = running;
    }
    ways = next;
  }
  let nodes = 0;
  let filled = 0;
  for (const column of [...columns].sort((a, b) => a - b)) {
    filled += column;
    nodes += ways[filled] ?? 0;
  }
  let orders = 1;
  if (symmetric)
    rows.forEach((_, i) => {
      orders *= i + 1;
    });
  return nodes / orders;
}

/** Scores so far are kept to this unit, far below the tolerance, so that equal pasts are counted once. */
const QUANTUM = 1e-9;

/**
 * The exact p of a table given its margins, by Mehta and Patel's (1983) network: columns are filled one by one, ways of
 * filling them that leave the same rows and the same score are counted together, and a way whose end is certain,
 * whatever follows, is not followed further.
 *
 * With the order `probability` it is R's `fisher.test(x)$p.value`. Rows and columns that are all zero are dropped; they
 * make no difference. Answers null when it would take more than `budget` steps (some 30 million a second), which is
 * decided by counting and so the same everywhere. Throws a RangeError for what is not a table of whole counts, for one
 * that counts nobody or more than ten million, and when fewer than two rows or two columns have counts.
 */
export function exactP(table: Counts, order: Order = "probability", budget = 3e7): number | null {
  const {rows, columns, logs, scores, symmetric, observed} = problem(table, order);
  const height = rows.length;
  const width = columns.length;
  const base = Math.max(...rows) + 1;
  if (base ** height > Number.MAX_SAFE_INTEGER) return null;
  const log = (n: number) => logs[n] ?? 0;
  let steps = 0;
  if (leastNodes(rows, columns, symmetric) * ARC_COST > budget) return null;

  // Forwards: every node that can be reached and every way of filling the next column from it. Small columns go first:
  // the last is decided by what is left.
  const sequence = columns.map((_, j) => j).sort((a, b) => (columns[a] ?? 0) - (columns[b] ?? 0));
  const makeNode = (left: readonly number[]): Node => ({left, arcs: [], least: 0, greatest: 0, pasts: new Map()});
  const first = makeNode(symmetric ? [...rows].sort((a, b) => a - b) : rows);
  const stages: Node[][] = [[first]];
  for (const j of sequence) {
    const column = columns[j] ?? 0;
    const reached = new Map<number, Node>();
    for (const node of stages.at(-1) ?? []) {
      const people = node.left.reduce((sum, row) => sum + row, 0);
      const ways = log(column) + log(people - column) - log(people);
      const rest = [...node.left];
      // How many the rows from i on can take.
      const room = node.left.map((_, i) => node.left.slice(i).reduce((sum, row) => sum + row, 0));
      const fill = (i: number, toFill: number, probability: number, score: number): boolean => {
        if (i === height) {
          steps += ARC_COST;
          const left = symmetric ? [...rest].sort((a, b) => a - b) : [...rest];
          const key = left.reduce((sum, row) => sum * base + row, 0);
          let to = reached.get(key);
          if (!to) {
            to = makeNode(left);
            reached.set(key, to);
          }
          node.arcs.push({to, score, probability: Math.exp(probability)});
          return steps <= budget;
        }
        const row = node.left[i] ?? 0;
        const cell = scores[i * width + j];
        const most = Math.min(row, toFill);
        for (let x = Math.max(0, toFill - (room[i + 1] ?? 0)); x <= most; x++) {
          rest[i] = row - x;
          const chance = probability + log(row) - log(x) - log(row - x);
          if (!fill(i + 1, toFill - x, chance, score + (cell?.[x] ?? 0))) return false;
        }
        return true;
      };
      if (!fill(0, column, ways, 0)) return null;
    }
    stages.push([...reached.values()]);
  }

  // Backwards: what the rest of the way can still add.
  for (const stage of stages.slice(0, -1).reverse()) {
    for (const node of stage) {
      node.least = Number.POSITIVE_INFINITY;
      node.greatest = Number.NEGATIVE_INFINITY;
      for (const {to, score} of node.arcs) {
        node.least = Math.min(node.least, score + to.least);
        node.greatest = Math.max(node.greatest, score + to.greatest);
      }
    }
  }

  // Forwards again: probability flows along the ways; it is counted where the end is certain.
  let p = 0;
  const threshold = observed - TOLERANCE;
  first.pasts.set(0, 1);
  for (const stage of stages) {
    for (const {arcs, pasts} of stage) {
      steps += arcs.length * pasts.size;
      if (steps > budget) return null;
      for (const [past, weight] of pasts) {
        for (const {to, score, probability} of arcs) {
          const sofar = past * QUANTUM + score;
          if (sofar + to.least >= threshold) {
            p += weight * probability;
          } else if (sofar + to.greatest >= threshold) {
            const key = Math.round(sofar / QUANTUM);
            steps += PAST_COST;
            to.pasts.set(key, (to.pasts.get(key) ?? 0) + weight * probability);
          }
        }
      }
      pasts.clear();
    }
  }
  return Math.min(1, p);
}

/**
 * Draws tables with given margins, each with the probability it has when rows and columns are independent: Patefield's
 * (1981) algorithm AS 159, as R's `r2dtable`. Each call writes one table, row by row, into `out`.
 *
 * `rows` and `columns` are whole and have the same sum; `out` has room for every cell.
 */
export function tableSampler(
  rows: readonly number[],
  columns: readonly number[],
  random: Random
): (out: Int32Array) => void {
  return sampler(rows, columns, logFactorials(rows.reduce((sum, row) => sum + row, 0)), random);
}

function sampler(rows: readonly number[], columns: readonly number[], logs: Float64Array, random: Random) {
  const height = rows.length;
  const width = columns.length;
  const rowSums = Int32Array.from(rows);
  const columnSums = Int32Array.from(columns);
  const total = rowSums.reduce((sum, row) => sum + row, 0);
  const left = new Int32Array(width);
  const log = (n: number) => logs[n] as number;
  return (out: Int32Array): void => {
    left.set(columnSums);
    let below = total;
    for (let i = 0; i < height - 1; i++) {
      // Of the people in this row and below, those in this row and not yet placed, and those in this column and right.
      let inRow = rowSums[i] as number;
      let people = below;
      below -= inRow;
      for (let j = 0; j < width - 1; j++) {
        const inColumn = left[j] as number;
        let x = 0;
        if (inRow > 0 && inColumn > 0) {
          // x is hypergeometric: `inRow` drawn from `people`, of whom `inColumn` belong to the column.
          const slack = people - inRow - inColumn;
          const mode = Math.floor(((inRow + 1) * (inColumn + 1)) / (people + 2));
          const atMode = Math.exp(
            log(inRow) +
              log(people - inRow) +
              log(inColumn) +
              log(people - inColumn) -
              log(people) -
              log(mode) -
              log(inColumn - mode) -
              log(inRow - mode) -
              log(slack + mode)
          );
          // From the mode outwards, up and down in turn, until the probabilities passed add up to a random number.
          for (let found = false; !found; ) {
            let u = random() - atMode;
            x = mode;
            if (u < 0) break;
            let up = mode;
            let down = mode;
            let pUp = atMode;
            let pDown = atMode;
            while (pUp > 0 || pDown > 0) {
              if (pUp > 0) {
                pUp *= ((inColumn - up) * (inRow - up)) / ((up + 1) * (slack + up + 1));
                up++;
                u -= pUp;
                if (u < 0) {
                  x = up;
                  found = true;
                  break;
                }
              }
              if (pDown > 0) {
                pDown *= (down * (slack + down)) / ((inColumn - down + 1) * (inRow - down + 1));
                down--;
                u -= pDown;
                if (u < 0) {
                  x = down;
                  found = true;
                  break;
                }
              }
            }
            // Rounding may leave the sum of all just short of the random number: then another is drawn.
          }
        }
        out[i * width + j] = x;
        left[j] = inColumn - x;
        inRow -= x;
        people -= inColumn;
      }
      out[i * width + width - 1] = inRow;
      left[width - 1] = (left[width - 1] as number) - inRow;
    }
    for (let j = 0; j < width; j++) out[(height - 1) * width + j] = left[j] as number;
  };
}

/**
 * The Monte Carlo p of a table given its margins: simulated tables with the same margins are drawn, and p is one more
 * than the number at least as extreme as the observed one, over one more than all, so it is never 0; R's
 * `fisher.test(x, simulate.p.value = TRUE)`, or with the order `chi_square` `chisq.test(x, simulate.p.value = TRUE)`.
 *
 * Its standard error is that of a binomial share. When `extreme` is 0, p only says that the exact one is smaller. The
 * same seed gives the same answer everywhere. Throws a RangeError where {@link exactP} does, for a seed that is not
 * whole and for fewer than one replicate.
 */
export function monteCarloTest(
  table: Counts,
  options: {readonly order?: Order; readonly replicates?: number; readonly seed?: number} = {}
): ExactTest {
  const {order = "probability", replicates = 100_000, seed = 1} = options;
  if (!Number.isSafeInteger(replicates) || replicates < 1) {
    throw new RangeError(`The number of simulated tables is whole and at least 1, not ${replicates}.`);
  }
  const {rows, columns, logs, scores, observed} = problem(table, order);
  const cells = scores.length;
  const draw = sampler(rows, columns, logs, seeded(seed));
  const drawn = new Int32Array(cells);
  const threshold = observed - TOLERANCE;
  let extreme = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    draw(drawn);
    let score = 0;
    for (let cell = 0; cell < cells; cell++) {
      score += (scores[cell] as Float64Array)[drawn[cell] as number] as number;
    }
    if (score >= threshold) extreme++;
  }
  const p = (extreme + 1) / (replicates + 1);
  return {method: "monte_carlo", p, standardError: Math.sqrt((p * (1 - p)) / replicates), replicates, extreme};
}

/**
 * The exact p where the table is small enough, {@link exactP}, and else the Monte Carlo p, {@link monteCarloTest}.
 *
 * Throws a RangeError where either does.
 */
export function exactTest(
  table: Counts,
  options: {
    readonly order?: Order;
    readonly budget?: number;
    readonly replicates?: number;
    readonly seed?: number;
  } = {}
): ExactTest {
  const p = exactP(table, options.order, options.budget);
  if (p === null) return monteCarloTest(table, options);
  return {method: "exact", p, standardError: 0, replicates: 0, extreme: 0};
}
