import type {TableId} from "../../src/tables/table-id.js";
import type {Constraints, Term, Variable} from "../reconstruction/constraints.js";
import type {Levels} from "../reconstruction/dealing.js";
import type {Random} from "../reconstruction/random.js";

/** A printed table as cells: which one a respondent counts in, by the levels of the table's variables. */
export interface Grid {
  /** Variable indices, ascending. */
  readonly variables: readonly number[];
  readonly strides: readonly number[];
  /** By combination of levels, first variable fastest: the cell. The last cell is for those whom no count counts. */
  readonly cells: Int16Array;
  /** Number of cells, the last one included. */
  readonly size: number;
}

/**
 * The tables that lie within some variables as grids, and a grid for every question that not everybody was asked.
 *
 * Respondents who are counted in exactly the same printed counts of a table fall in one cell, so whoever keeps every
 * cell keeps every printed count. Counts of a single variable are left out: exchanging answers cannot change them.
 */
export function grids(constraints: Constraints, among: readonly number[]): Grid[] {
  const {variables, askedOnly} = constraints;
  const inside = new Set(among);
  const found: Grid[] = [];
  const tables = new Map<TableId, typeof constraints.constraints>();
  for (const constraint of constraints.constraints) {
    const {scope, table} = constraint;
    if (scope.length < 2 || !scope.every((variable) => inside.has(variable))) continue;
    tables.set(table.table, [...(tables.get(table.table) ?? []), constraint]);
  }
  for (const conditions of tables.values()) {
    const scope = conditions[0]?.scope ?? [];
    const names = new Map<string, number>();
    found.push(
      gridOver(variables, scope, (levels) => {
        const counted = conditions.map(({terms}) =>
          terms.every((term) => term.levels[levels[scope.indexOf(term.variable)] ?? 0] === true)
        );
        if (!counted.includes(true)) return -1;
        const key = counted.map(Number).join("");
        const cell = names.get(key) ?? names.size;
        names.set(key, cell);
        return cell;
      })
    );
  }
  for (const {variable, term} of askedOnly) {
    if (!inside.has(variable) || !inside.has(term.variable)) continue;
    const missing = (variables[variable]?.levels ?? 1) - 1;
    found.push(
      gridOver(variables, [variable, term.variable], ([answer, condition]) =>
        answer !== missing && term.levels[condition ?? 0] !== true ? 0 : -1
      )
    );
  }
  return found;
}

/** The answers to one question as a grid: its counts cannot change, but it tells who gave which answer. */
function answersTo(variables: readonly Variable[], variable: number): Grid {
  return gridOver(variables, [variable], ([level]) => level ?? 0);
}

function gridOver(
  variables: readonly Variable[],
  scope: readonly number[],
  cellOf: (levels: readonly number[]) => number
): Grid {
  const sizes = scope.map((variable) => variables[variable]?.levels ?? 1);
  const strides: number[] = [];
  let combinations = 1;
  for (const size of sizes) {
    strides.push(combinations);
    combinations *= size;
  }
  const counted = Array.from({length: combinations}, (_, at) =>
    cellOf(sizes.map((size, i) => Math.floor(at / (strides[i] ?? 1)) % size))
  );
  const uncounted = Math.max(...counted) + 1;
  const cells = Int16Array.from(counted, (cell) => (cell < 0 ? uncounted : cell));
  return {variables: scope, strides, cells, size: uncounted + 1};
}

/**
 * A wish for answers to go together: the log of a data set's weight is the sum, over respondents and over pairs of
 * variables, of the coupling times the scores of the two answers.
 */
export interface Slant {
  /** For each variable a score a level. */
  readonly scores: readonly Float64Array[];
  /** Symmetric; by variable index. 0 where a pair is left alone. */
  readonly couplings: readonly Float64Array[];
}

/** How a walk has gone so far. */
export interface WalkCounts {
  tried: number;
  /** Exchanges between two respondents that were made. */
  pairs: number;
  /** Exchanges between two and, at once, two others that were made. */
  fours: number;
}

/**
 * A random walk over the data sets that print the same tables, by exchanges of answers.
 *
 * A step picks a variable (sometimes two, and with a variable always the questions that depend on it) and two
 * respondents, who exchange their answers if no table's counts change by it. If the counts of some table do change, two
 * others are looked for who stand where the first two would come to stand; exchanged as well, they may put the counts
 * right. (In a table of three variables whose pairs are all printed, these are the basic moves of Diaconis and
 * Sturmfels 1998, without which nothing in it would ever change.) Every state of the walk prints the tables.
 *
 * Without a slant the walk favours no data set: every step is as likely as its reverse, by the rule of Metropolis and
 * Hastings, so that in the long run each way to give the answers to the respondents that can be reached comes up
 * equally often. Whether all can be reached is not proven.
 */
export class Walk {
  readonly counts: WalkCounts = {tried: 0, pairs: 0, fours: 0};
  readonly #n: number;
  readonly #levels: Int32Array[];
  readonly #moves: readonly Move[];
  readonly #places: readonly Places[];
  /** For each variable the places of its answers. */
  readonly #answers: readonly Places[];
  readonly #random: Random;
  readonly #slant: Slant | null;
  // The respondents of a step, and what is compared of them: kept, so that a step makes no objects.
  readonly #four = new Int32Array(4);
  readonly #before = new Int32Array(4);

  /** Starts at a data set that prints the tables; only the answers to the variables `among` will be exchanged. */
  constructor(
    constraints: Constraints,
    levels: Levels,
    among: readonly number[],
    random: Random,
    slant: Slant | null = null
  ) {
    this.#n = constraints.n;
    this.#levels = levels.map((own) => Int32Array.from(own));
    const tables = grids(constraints, among);
    const all = [...tables, ...among.map((variable) => answersTo(constraints.variables, variable))];
    this.#places = all.map((grid) => new Places(grid, this.#levels, this.#n));
    this.#answers = constraints.variables.map(
      (_, variable) => this.#places[tables.length + among.indexOf(variable)] as Places
    );
    this.#random = random;
    this.#slant = slant;
    this.#moves = movesOf(constraints, among, all);
  }

  /** The data set that the walk is at. It is the walk's own, and changes with every step. */
  get levels(): Levels {
    return this.#levels;
  }

  /** Tries one step. */
  step(): void {
    this.counts.tried++;
    const move = this.#moves[this.#random.below(this.#moves.length)];
    if (move === undefined) return;
    const one = this.#first(move);
    const other = this.#second(move, one);
    if (!this.#exchange(move, one, other)) return;
    const g = this.#changed(move, one, other);
    if (g < 0) {
      if (this.#allowed(0, move, one, other)) {
        this.counts.pairs++;
        this.#settle(move, one, other);
      } else this.#exchange(move, one, other);
      return;
    }
    if (!this.#close(move, this.#places[g] as Places, one, other)) this.#exchange(move, one, other);
  }

  /** Anybody, or anybody who was asked, of a question that not all were. */
  #first({asked}: Move): number {
    const anybody = this.#random.below(this.#n);
    if (asked === null) return anybody;
    const {members} = this.#answers[asked.variable] as Places;
    let count = 0;
    for (let level = 0; level < asked.levels.length; level++) {
      if (asked.levels[level] === true) count += (members[level] as number[]).length;
    }
    let left = this.#random.below(count);
    for (let level = 0; level < asked.levels.length; level++) {
      if (asked.levels[level] !== true) continue;
      const list = members[level] as number[];
      if (left < list.length) return list[left] as number;
      left -= list.length;
    }
    return 0;
  }

  /**
   * Mostly somebody with the same answer to another question that the exchange bears on, so that it changes fewer
   * counts. Nothing that the two are picked by is exchanged, so the pick is as likely as its reverse.
   */
  #second({tied}: Move, one: number): number {
    const random = this.#random;
    const by = tied[random.below(tied.length + 1)];
    if (by === undefined) return random.below(this.#n);
    const {members, at} = this.#answers[by] as Places;
    const list = members[at[one] as number] as number[];
    return list[random.below(list.length)] as number;
  }

  /** Looks for two others who put right what an exchange has changed in a grid; says whether they did. */
  #close(move: Move, places: Places, one: number, other: number): boolean {
    const random = this.#random;
    const {at, members} = places;
    const oldOne = at[one] as number;
    const oldOther = at[other] as number;
    const thirds = members[places.cellOf(one)] as number[];
    const fourths = members[places.cellOf(other)] as number[];
    if (thirds.length === 0 || fourths.length === 0) return false;
    const third = thirds[random.below(thirds.length)] as number;
    const fourth = fourths[random.below(fourths.length)] as number;
    if (third === fourth || third === one || third === other || fourth === one || fourth === other) return false;
    if (!this.#exchange(move, third, fourth)) return false;
    if (
      places.cellOf(third) === oldOne &&
      places.cellOf(fourth) === oldOther &&
      this.#kept(move, one, other, third, fourth)
    ) {
      // The way back picks its third and fourth from the cells that the first two were in.
      const back = (members[oldOne] as number[]).length * (members[oldOther] as number[]).length;
      const ratio = Math.log((thirds.length * fourths.length) / back);
      if (this.#allowed(ratio, move, one, other, third, fourth)) {
        this.counts.fours++;
        this.#settle(move, one, other);
        this.#settle(move, third, fourth);
        return true;
      }
    }
    this.#exchange(move, third, fourth);
    return false;
  }

  /** Whether exchanges that have been made may stand, given the log ratio of the ways there and back. */
  #allowed(ratio: number, move: Move, one: number, other: number, third = -1, fourth = -1): boolean {
    let log = ratio + this.#gain(move, one, other);
    if (third >= 0) log += this.#gain(move, third, fourth);
    return log >= 0 || this.#random.next() < Math.exp(log);
  }

  /** Exchanges the answers of two; says whether they had any to exchange. */
  #exchange({variables}: Move, one: number, other: number): boolean {
    let different = false;
    for (let i = 0; i < variables.length; i++) {
      const own = this.#levels[variables[i] as number] as Int32Array;
      const held = own[one] as number;
      if (held === own[other]) continue;
      different = true;
      own[one] = own[other] as number;
      own[other] = held;
    }
    return different;
  }

  /** One of the grids whose counts an exchange has changed, at random, or −1 if it has changed none. */
  #changed({changing}: Move, one: number, other: number): number {
    let found = -1;
    let count = 0;
    for (let i = 0; i < changing.length; i++) {
      const g = changing[i] as number;
      const places = this.#places[g] as Places;
      const a = places.at[one];
      const b = places.at[other];
      const c = places.cellOf(one);
      const d = places.cellOf(other);
      if ((a === c && b === d) || (a === d && b === c)) continue;
      count++;
      if (count === 1 || this.#random.below(count) === 0) found = g;
    }
    return found;
  }

  /** Whether four respondents' old and new cells are the same in every grid, in whatever order. */
  #kept({changing}: Move, one: number, other: number, third: number, fourth: number): boolean {
    const four = this.#four;
    const before = this.#before;
    four[0] = one;
    four[1] = other;
    four[2] = third;
    four[3] = fourth;
    for (let i = 0; i < changing.length; i++) {
      const places = this.#places[changing[i] as number] as Places;
      for (let k = 0; k < 4; k++) before[k] = places.at[four[k] as number] as number;
      for (let k = 0; k < 4; k++) {
        const found = before.indexOf(places.cellOf(four[k] as number));
        if (found < 0) return false;
        before[found] = -1;
      }
    }
    return true;
  }

  /** By how much an exchange that has been made raises the log weight. */
  #gain({variables, alone}: Move, one: number, other: number): number {
    if (this.#slant === null) return 0;
    const {couplings} = this.#slant;
    let gain = 0;
    for (let i = 0; i < variables.length; i++) {
      const variable = variables[i] as number;
      const own = this.#difference(variable, one, other);
      if (own === 0) continue;
      const coupling = couplings[variable] as Float64Array;
      for (let b = 0; b < coupling.length; b++) {
        const strength = coupling[b] as number;
        if (strength !== 0 && alone[b] === true) gain += strength * own * this.#difference(b, one, other);
      }
    }
    return gain;
  }

  #difference(variable: number, one: number, other: number): number {
    const own = this.#levels[variable] as Int32Array;
    const score = (this.#slant as Slant).scores[variable] as Float64Array;
    return (score[own[one] as number] as number) - (score[own[other] as number] as number);
  }

  /** Takes note of the cells that two have come to be in. */
  #settle({touched}: Move, one: number, other: number): void {
    for (let i = 0; i < touched.length; i++) {
      const places = this.#places[touched[i] as number] as Places;
      places.settle(one);
      places.settle(other);
    }
  }
}

/** Where the respondents are in a grid. */
class Places {
  /** For each respondent the cell, for each cell who is in it, and for each respondent the place in that list. */
  readonly at: Int16Array;
  readonly members: readonly number[][];
  readonly #place: Int32Array;
  readonly #own: readonly Int32Array[];
  readonly #strides: readonly number[];
  readonly #cells: Int16Array;

  constructor({variables, strides, cells, size}: Grid, levels: readonly Int32Array[], n: number) {
    this.#own = variables.map((variable) => levels[variable] as Int32Array);
    this.#strides = strides;
    this.#cells = cells;
    this.at = new Int16Array(n);
    this.#place = new Int32Array(n);
    this.members = Array.from({length: size}, () => []);
    for (let person = 0; person < n; person++) {
      const cell = this.cellOf(person);
      this.at[person] = cell;
      this.#place[person] = (this.members[cell] as number[]).push(person) - 1;
    }
  }

  /** The cell that a respondent's answers say. */
  cellOf(person: number): number {
    let place = 0;
    for (let i = 0; i < this.#own.length; i++) {
      place += (this.#strides[i] as number) * ((this.#own[i] as Int32Array)[person] as number);
    }
    return this.#cells[place] as number;
  }

  /** Moves a respondent to the cell that the answers say now. */
  settle(person: number): void {
    const cell = this.cellOf(person);
    const from = this.members[this.at[person] as number] as number[];
    if (this.at[person] === cell) return;
    // The last in the list takes the place that falls free.
    const last = from.pop() as number;
    const place = this.#place[person] as number;
    if (last !== person) {
      from[place] = last;
      this.#place[last] = place;
    }
    this.at[person] = cell;
    this.#place[person] = (this.members[cell] as number[]).push(person) - 1;
  }
}

/** What is exchanged in a step. */
interface Move {
  readonly variables: readonly number[];
  /** For each variable of the data set, whether it is not exchanged. */
  readonly alone: readonly boolean[];
  /** The grids that hold some of the variables. */
  readonly touched: readonly number[];
  /** Those of them that hold another variable too, whose counts an exchange may change. */
  readonly changing: readonly number[];
  /** The other variables of these grids. */
  readonly tied: readonly number[];
  /** Who was asked, where not everybody was. */
  readonly asked: Term | null;
}

/**
 * Each variable by itself, three times as often as each pair of variables, and, less often, the questions that not
 * everybody was asked: few respondents have answers to them, which mix fast.
 */
function movesOf(
  {askedOnly, variables: everything}: Constraints,
  among: readonly number[],
  all: readonly Grid[]
): Move[] {
  const rules = askedOnly.filter((rule) => among.includes(rule.variable) && among.includes(rule.term.variable));
  const moveOf = (own: readonly number[]): Move => {
    const dependent = rules.filter((rule) => own.includes(rule.term.variable)).map((rule) => rule.variable);
    const variables = [...new Set([...own, ...dependent])].sort((a, b) => a - b);
    const holds = (grid: Grid) => grid.variables.filter((variable) => variables.includes(variable)).length;
    const where = (test: (grid: Grid) => boolean) => all.flatMap((grid, g) => (test(grid) ? [g] : []));
    const changing = where((grid) => holds(grid) > 0 && holds(grid) < grid.variables.length);
    const tied = new Set(changing.flatMap((g) => all[g]?.variables ?? []).filter((v) => !variables.includes(v)));
    return {
      variables,
      alone: everything.map((_, variable) => !variables.includes(variable)),
      touched: where((grid) => holds(grid) > 0),
      changing,
      tied: [...tied].sort((a, b) => a - b),
      asked: rules.find((rule) => own.includes(rule.variable))?.term ?? null
    };
  };
  const isAskedOnly = (variable: number) => rules.some((rule) => rule.variable === variable);
  const general = among.filter((variable) => !isAskedOnly(variable));
  const singles = general.map((variable) => moveOf([variable]));
  const pairs = general.flatMap((a, i) => general.slice(i + 1).map((b) => moveOf([a, b])));
  return [...singles, ...singles, ...singles, ...pairs, ...among.filter(isAskedOnly).map((v) => moveOf([v]))];
}
