import {type Counts, occupied, requireWhole, transposed} from "./contingency.js";
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
  /** The standard error of p; it and the following are 0 when p is exact. */
  readonly standardError: number;
  /** The number of simulated tables, and of those at least as extreme as the observed one. */
  readonly replicates: number;
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

/** A table without empty rows and columns, the shorter side across, and the scores by which its likes are ordered. */
function problem(table: Counts, order: Order) {
  const {counts, margins} = occupied(table);
  requireWhole(table);
  const {total} = margins;
  if (!Number.isSafeInteger(total) || total > 1e7) throw new RangeError(`Too many respondents to list: ${total}.`);
  // The longer side goes down the columns: what is left of the rows is what must be remembered on the way.
  const flip = margins.rows.length > margins.columns.length;
  const [rows, columns] = flip ? [margins.columns, margins.rows] : [margins.rows, margins.columns];
  const body = flip ? transposed(counts) : counts;
  const logs = logFactorials(total);
  const largest = Math.min(Math.max(...rows), Math.max(...columns));
  const byCount =
    order === "probability"
      ? logs
      : Float64Array.from({length: largest + 1}, (_, x) => (x === 0 ? 0 : 2 * x * Math.log(x)));
  // For row i and column j at i × columns + j: what a count adds to the score, by count. More is more extreme.
  const scores = rows.flatMap((row) =>
    columns.map((column) =>
      order === "chi_square"
        ? Float64Array.from({length: Math.min(row, column) + 1}, (_, x) => (x * x * total) / (row * column))
        : byCount
    )
  );
  const observed = body.flat().reduce((sum, count, cell) => sum + (scores[cell]?.[count] ?? 0), 0);
  return {body, rows, columns, total, logs, scores, observed};
}

/** All ways to fill some columns that put the same numbers in the rows. */
interface Fillings {
  readonly scores: number[];
  readonly chances: number[];
}

/**
 * Fillings by rising score, with the chance of each and all after it (0 at the end): sorted into as many buckets as there
 * are fillings first, so that little is left to do.
 */
function rank(fillings: Fillings) {
  const size = fillings.scores.length;
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const score of fillings.scores) {
    if (score < least) least = score;
    if (score > greatest) greatest = score;
  }
  const perScore = greatest > least ? (size - 1) / (greatest - least) : 0;
  const next = new Int32Array(size + 1);
  for (const score of fillings.scores) (next[Math.floor((score - least) * perScore) + 1] as number)++;
  for (let bucket = 0; bucket < size; bucket++) (next[bucket + 1] as number) += next[bucket] as number;
  const scores = new Float64Array(size);
  const chances = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const score = fillings.scores[k] as number;
    const at = (next[Math.floor((score - least) * perScore)] as number)++;
    scores[at] = score;
    chances[at] = fillings.chances[k] as number;
  }
  for (let k = 1; k < size; k++) {
    const score = scores[k] as number;
    const chance = chances[k] as number;
    let at = k;
    for (; at > 0 && (scores[at - 1] as number) > score; at--) {
      scores[at] = scores[at - 1] as number;
      chances[at] = chances[at - 1] as number;
    }
    scores[at] = score;
    chances[at] = chance;
  }
  const above = new Float64Array(size + 1);
  for (let k = size - 1; k >= 0; k--) above[k] = (above[k + 1] as number) + (chances[k] as number);
  return {scores, chances, above};
}

/** The first of some rising scores, up to a place, that is at least so much: in strides that double and halve. */
function firstFrom(scores: Float64Array, needed: number, upTo: number): number {
  let at = upTo;
  let stride = 1;
  while (at >= stride && (scores[at - stride] as number) >= needed) {
    at -= stride;
    stride *= 2;
  }
  while (stride > 1) {
    stride /= 2;
    if (at >= stride && (scores[at - stride] as number) >= needed) at -= stride;
  }
  return at;
}

/** In how many ways a column can be filled, given how many each row has room for. */
function waysToFill(column: number, rows: readonly number[]): number {
  let ways = new Float64Array(column + 1);
  ways[0] = 1;
  for (const row of rows) {
    const next = new Float64Array(column + 1);
    for (let sum = 0, running = 0; sum <= column; sum++) {
      running += (ways[sum] ?? 0) - (sum > row ? (ways[sum - row - 1] ?? 0) : 0);
      next[sum] = running;
    }
    ways = next;
  }
  return ways[column] ?? 0;
}

/** Ways that have less than this share of the observed table's chance are left out: millions of them do not show. */
const NEGLIGIBLE = 1e-19;

/**
 * The exact p of a table given its margins. As in Mehta and Patel's (1983) network, columns are filled one by one and
 * ways of filling them that put the same numbers in the rows stand together. Here the network is walked from both ends
 * and joined at one column in the middle: for each way to fill that column, those to its left are held against those to
 * its right, in the order of their scores, so that no table is looked at by itself.
 *
 * With the order `probability` it is R's `fisher.test(x)$p.value`. Rows and columns that are all zero are dropped; they
 * make no difference. Answers null when it would take more than `budget` steps (some ten million a second), which is
 * decided by counting and so the same everywhere. Throws a RangeError for what is not a table of whole counts, for one
 * that counts nobody or more than ten million, and when fewer than two rows or two columns have counts.
 */
export function exactP(table: Counts, order: Order = "probability", budget = 3e7): number | null {
  const {body, rows: unsorted, columns, total, logs, scores: byCell, observed} = problem(table, order);
  // The largest row is left to be what the others are not, so it goes last.
  const down = [...unsorted.keys()].sort((a, b) => (unsorted[a] ?? 0) - (unsorted[b] ?? 0));
  const rows = down.map((i) => unsorted[i] ?? 0);
  const height = rows.length;
  const width = columns.length;
  const scores = down.flatMap((i) => byCell.slice(i * width, (i + 1) * width));
  const log = (n: number) => logs[n] as number;

  // The column with the most ways to fill it joins the others, which are dealt to the smaller side in turn.
  const sequence = columns
    .map((column, j) => ({j, ways: waysToFill(column, rows)}))
    .sort((a, b) => b.ways - a.ways || a.j - b.j);
  const [joint = {j: 0, ways: 0}, ...others] = sequence;
  const sides = [0, 1].map(() => ({columns: [] as number[], ways: 1}));
  for (const {j, ways} of others) {
    const [side] = sides.sort((a, b) => a.ways - b.ways);
    side?.columns.push(j);
    if (side) side.ways *= ways;
  }
  // Fillings of several columns share the rooms of the rows; what is told from each by itself is a few times too many.
  const most = 4 * budget;
  if (sides.some(({ways}) => ways > most)) return null;

  // How full all rows but the last are, as one number.
  const places: number[] = [];
  let nodes = 1;
  for (const row of rows.slice(0, -1)) {
    places.push(nodes);
    nodes *= row + 1;
  }
  if (nodes > budget) return null;
  // A column by itself is a multinomial draw from all rows; given the rows' sums, a table is `likelier` by one factor.
  const chanceOf = rows.map((row) => {
    const logShare = Math.log(row / total);
    return Float64Array.from({length: row + 1}, (_, x) => x * logShare - log(x));
  });
  const likelier = rows.reduce((sum, row, i) => sum - (chanceOf[i]?.[row] ?? 0), -log(total));
  const observedLog = down
    .flatMap((i, at) => (body[i] ?? []).map((count) => chanceOf[at]?.[count] ?? 0))
    .reduce(
      (sum, chance) => sum + chance,
      columns.reduce((sum, column) => sum + log(column), 0)
    );
  const negligible = NEGLIGIBLE * Math.exp(observedLog);

  const room = new Int32Array(height);
  const longest = Math.max(...sequence.map(({ways}) => ways));
  const ways = {keys: new Int32Array(longest), scores: new Float64Array(longest), chances: new Float64Array(longest)};
  let found = 0;
  const rest = (j: number, i: number, toFill: number, key: number, score: number, chance: number): void => {
    const cell = scores[i * width + j] as Float64Array;
    const chances = chanceOf[i] as Float64Array;
    const space = room[i] as number;
    if (i === height - 1) {
      if (toFill > space) return;
      ways.keys[found] = key;
      ways.scores[found] = score + (cell[toFill] as number);
      ways.chances[found++] = Math.exp(chance + (chances[toFill] as number));
      return;
    }
    const place = places[i] as number;
    for (let x = Math.min(space, toFill); x >= 0; x--) {
      rest(j, i + 1, toFill - x, key + x * place, score + (cell[x] as number), chance + (chances[x] as number));
    }
  };
  /** Writes into `ways` each way to fill column j, given what is in the rows already; how many ways there are. */
  const fill = (j: number, key: number, placed: number): number => {
    let last = total - placed;
    for (let i = height - 2; i >= 0; i--) {
      room[i] = (rows[i] as number) - (Math.floor(key / (places[i] as number)) % ((rows[i] as number) + 1));
      last -= room[i] as number;
    }
    room[height - 1] = last;
    found = 0;
    rest(j, 0, columns[j] as number, key, 0, log(columns[j] as number));
    return found;
  };

  let steps = 0;
  const side = (list: readonly number[]) => {
    let reached: (Fillings | undefined)[] = [{scores: [0], chances: [1]}];
    let placed = 0;
    for (const j of list) {
      const next = new Array<Fillings | undefined>(nodes).fill(undefined);
      for (const [key, before] of reached.entries()) {
        if (!before) continue;
        const count = fill(j, key, placed);
        steps += count * before.scores.length;
        if (steps > budget) return null;
        for (let way = 0; way < count; way++) {
          const score = ways.scores[way] as number;
          const chance = ways.chances[way] as number;
          const fillings = next[ways.keys[way] as number] ?? {scores: [], chances: []};
          next[ways.keys[way] as number] = fillings;
          for (let k = 0; k < before.scores.length; k++) {
            const both = (before.chances[k] as number) * chance;
            if (both < negligible) continue;
            fillings.scores.push((before.scores[k] as number) + score);
            fillings.chances.push(both);
          }
        }
      }
      reached = next;
      placed += columns[j] as number;
    }
    return {placed, reached: reached.map((fillings) => (fillings?.scores.length ? rank(fillings) : undefined))};
  };
  const left = side(sides[0]?.columns ?? []);
  const right = left && side(sides[1]?.columns ?? []);
  if (!left || !right) return null;

  const threshold = observed - TOLERANCE;
  let p = 0;
  for (const [key, one] of left.reached.entries()) {
    if (!one) continue;
    const count = fill(joint.j, key, left.placed);
    steps += count;
    if (steps > budget) return null;
    for (let way = 0; way < count; way++) {
      const other = right.reached[nodes - 1 - (ways.keys[way] as number)];
      if (!other) continue;
      const needed = threshold - (ways.scores[way] as number);
      const all = (one.above[0] as number) * (other.above[0] as number);
      const chance = ways.chances[way] as number;
      if (all * chance < negligible) continue;
      // As scores of the one side rise, those that the other side must add to them fall.
      const [few, many] = one.scores.length < other.scores.length ? [one, other] : [other, one];
      const start = firstFrom(few.scores, needed - (many.scores.at(-1) as number), few.scores.length);
      let sum = 0;
      let k = start;
      for (let at = many.scores.length; k < few.scores.length && at > 0; k++) {
        at = firstFrom(many.scores, needed - (few.scores[k] as number), at);
        sum += (few.chances[k] as number) * (many.above[at] as number);
      }
      steps += k - start;
      p += chance * (sum + (few.above[k] as number) * (many.above[0] as number));
    }
  }
  return Math.min(1, p * Math.exp(likelier));
}

/**
 * Draws tables with given margins, each with the probability it has when rows and columns are independent: Patefield's
 * (1981) algorithm AS 159, as R's `r2dtable`. Each call writes one table, row by row, into `out`.
 *
 * `rows` and `columns` are whole and have the same sum; `out` has room for every cell. `logs` are of the factorials.
 */
export function tableSampler(
  rows: readonly number[],
  columns: readonly number[],
  random: Random,
  logs = logFactorials(rows.reduce((sum, row) => sum + row, 0))
): (out: Int32Array) => void {
  const height = rows.length;
  const width = columns.length;
  const rowSums = Int32Array.from(rows);
  const columnSums = Int32Array.from(columns);
  const total = rowSums.reduce((sum, row) => sum + row, 0);
  const left = new Int32Array(width);
  return (out) => {
    left.set(columnSums);
    let below = total;
    for (let i = 0; i < height - 1; i++) {
      // Of the people in this row and below, those in this row and not yet placed, and those in this column and right.
      let inRow = rowSums[i] as number;
      let people = below;
      below -= inRow;
      for (let j = 0; j < width - 1; j++) {
        const inColumn = left[j] as number;
        const x = inRow > 0 && inColumn > 0 ? hypergeometric(inRow, inColumn, people, logs, random) : 0;
        out[i * width + j] = x;
        left[j] = inColumn - x;
        inRow -= x;
        people -= inColumn;
      }
      out[i * width + width - 1] = inRow;
      left[width - 1] = (left[width - 1] as number) - inRow;
    }
    out.set(left, (height - 1) * width);
  };
}

/** How many of `drawn` among `people` belong to a column that `inColumn` of them belong to. */
function hypergeometric(drawn: number, inColumn: number, people: number, logs: Float64Array, random: Random): number {
  const slack = people - drawn - inColumn;
  const mode = Math.floor(((drawn + 1) * (inColumn + 1)) / (people + 2));
  const log = (n: number) => logs[n] as number;
  const atMode = Math.exp(
    log(drawn) +
      log(people - drawn) +
      log(inColumn) +
      log(people - inColumn) -
      log(people) -
      log(mode) -
      log(inColumn - mode) -
      log(drawn - mode) -
      log(slack + mode)
  );
  // From the mode outwards, up and down in turn, until the probabilities passed add up to a random number.
  for (;;) {
    let u = random() - atMode;
    if (u < 0) return mode;
    let [up, down, pUp, pDown] = [mode, mode, atMode, atMode];
    while (pUp > 0 || pDown > 0) {
      pUp *= ((inColumn - up) * (drawn - up)) / ((up + 1) * (slack + up + 1));
      up++;
      u -= pUp;
      if (u < 0) return up;
      pDown *= (down * (slack + down)) / ((inColumn - down + 1) * (drawn - down + 1));
      down--;
      u -= pDown;
      if (u < 0) return down;
    }
    // Rounding may leave the sum of all just short of the random number: then another is drawn.
  }
}

/** The settings of an exact test. */
export interface ExactOptions {
  readonly order?: Order;
  readonly budget?: number;
  readonly replicates?: number;
  readonly seed?: number;
}

/** The result of a test whose p is exact. */
export function exactly(p: number): ExactTest {
  return {method: "exact", p, standardError: 0, replicates: 0, extreme: 0};
}

/** The result of a simulation: p is one more than the tables at least as extreme, over one more than all. */
export function simulated(extreme: number, replicates: number): ExactTest {
  const p = (extreme + 1) / (replicates + 1);
  return {method: "monte_carlo", p, standardError: Math.sqrt((p * (1 - p)) / replicates), replicates, extreme};
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
  {order = "probability", replicates = 100_000, seed = 1}: ExactOptions = {}
): ExactTest {
  if (!Number.isSafeInteger(replicates) || replicates < 1) {
    throw new RangeError(`The number of simulated tables is whole and at least 1, not ${replicates}.`);
  }
  const {rows, columns, logs, scores, observed} = problem(table, order);
  const cells = scores.length;
  const draw = tableSampler(rows, columns, seeded(seed), logs);
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
  return simulated(extreme, replicates);
}

/**
 * The exact p where the table is small enough, {@link exactP}, and else the Monte Carlo p, {@link monteCarloTest}. Throws
 * a RangeError where either does.
 */
export function exactTest(table: Counts, options: ExactOptions = {}): ExactTest {
  const p = exactP(table, options.order, options.budget);
  return p === null ? monteCarloTest(table, options) : exactly(p);
}
