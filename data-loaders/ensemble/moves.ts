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
  const tables = new Map<number, typeof constraints.constraints>();
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
  readonly #grids: readonly Grid[];
  /** For each variable the grid of its answers. */
  readonly #answers: readonly number[];
  readonly #random: Random;
  readonly #slant: Slant | null;
  /** For each grid the cell of each respondent, who is in each cell, and where in its cell's list each respondent is. */
  readonly #at: readonly Int16Array[];
  readonly #members: readonly number[][][];
  readonly #place: readonly Int32Array[];

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
    const answers = among.map((variable) => answersTo(constraints.variables, variable));
    this.#grids = [...tables, ...answers];
    this.#answers = constraints.variables.map((_, variable) => tables.length + among.indexOf(variable));
    this.#random = random;
    this.#slant = slant;
    this.#at = this.#grids.map((grid) => Int16Array.from({length: this.#n}, (_, person) => this.#cellOf(grid, person)));
    this.#members = this.#grids.map((grid) => Array.from({length: grid.size}, () => []));
    this.#place = this.#grids.map(() => new Int32Array(this.#n));
    this.#grids.forEach((_, g) => {
      for (let person = 0; person < this.#n; person++) this.#enter(g, person);
    });
    this.#moves = movesOf(constraints, among, this.#grids);
  }

  /** The data set that the walk is at. It is the walk's own, and changes with every step. */
  get levels(): Levels {
    return this.#levels;
  }

  /** Tries one step. */
  step(): void {
    this.counts.tried++;
    const random = this.#random;
    const move = this.#moves[random.below(this.#moves.length)];
    if (move === undefined) return;
    const [one, other] = this.#two(move);
    if (!this.#exchange(move, one, other)) return;
    const g = this.#changed(move, one, other);
    if (g < 0) {
      if (this.#allowed(this.#gain(move, one, other))) {
        this.counts.pairs++;
        this.#settle(move, one, other);
      } else this.#exchange(move, one, other);
      return;
    }
    if (!this.#close(move, g, one, other)) this.#exchange(move, one, other);
  }

  /**
   * Two respondents: the first anybody (anybody who was asked, of a question that not all were), the second mostly
   * somebody with the same answer to another question that the exchange bears on, so that it changes fewer counts.
   * Nothing that they are picked by is exchanged, so the pick is as likely as its reverse.
   */
  #two({asked, tied}: Move): [number, number] {
    const random = this.#random;
    const pick = (list: readonly number[]) => list[random.below(list.length)] ?? 0;
    let one = random.below(this.#n);
    if (asked !== null) {
      const lists = this.#members[this.#answers[asked.variable] as number] as number[][];
      one = pick(lists.filter((_, level) => asked.levels[level] === true).flat());
    }
    const by = tied[random.below(tied.length + 1)];
    if (by === undefined) return [one, random.below(this.#n)];
    const g = this.#answers[by] as number;
    return [one, pick((this.#members[g] as number[][])[(this.#at[g] as Int16Array)[one] as number] as number[])];
  }

  /** Looks for two others who put right what an exchange has changed in grid `g`; says whether they did. */
  #close(move: Move, g: number, one: number, other: number): boolean {
    const random = this.#random;
    const grid = this.#grids[g] as Grid;
    const at = this.#at[g] as Int16Array;
    const [oldOne, oldOther] = [at[one] as number, at[other] as number];
    const [newOne, newOther] = [this.#cellOf(grid, one), this.#cellOf(grid, other)];
    const members = this.#members[g] as number[][];
    const [thirds, fourths] = [members[newOne] as number[], members[newOther] as number[]];
    if (thirds.length === 0 || fourths.length === 0) return false;
    const third = thirds[random.below(thirds.length)] as number;
    const fourth = fourths[random.below(fourths.length)] as number;
    if (third === fourth || third === one || third === other || fourth === one || fourth === other) return false;
    if (!this.#exchange(move, third, fourth)) return false;
    const fits =
      this.#cellOf(grid, third) === oldOne &&
      this.#cellOf(grid, fourth) === oldOther &&
      move.changing.every((each) => this.#kept(each, [one, other, third, fourth]));
    // The way back picks its third and fourth from the cells that the first two were in.
    const back = (members[oldOne] as number[]).length * (members[oldOther] as number[]).length;
    const ratio = Math.log((thirds.length * fourths.length) / back);
    if (fits && this.#allowed(ratio + this.#gain(move, one, other) + this.#gain(move, third, fourth))) {
      this.counts.fours++;
      this.#settle(move, one, other);
      this.#settle(move, third, fourth);
      return true;
    }
    this.#exchange(move, third, fourth);
    return false;
  }

  #allowed(logRatio: number): boolean {
    return logRatio >= 0 || this.#random.next() < Math.exp(logRatio);
  }

  /** Exchanges the answers of two; says whether they had any to exchange. */
  #exchange({variables}: Move, one: number, other: number): boolean {
    let different = false;
    for (const variable of variables) {
      const own = this.#levels[variable] as Int32Array;
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
      const grid = this.#grids[g] as Grid;
      const at = this.#at[g] as Int16Array;
      const a = at[one] as number;
      const b = at[other] as number;
      const c = this.#cellOf(grid, one);
      const d = this.#cellOf(grid, other);
      if ((a === c && b === d) || (a === d && b === c)) continue;
      count++;
      if (count === 1 || this.#random.below(count) === 0) found = g;
    }
    return found;
  }

  /** Whether some respondents' old and new cells in a grid are the same, in whatever order. */
  #kept(g: number, people: readonly number[]): boolean {
    const grid = this.#grids[g] as Grid;
    const at = this.#at[g] as Int16Array;
    const before = people.map((person) => at[person] as number);
    for (const person of people) {
      const found = before.indexOf(this.#cellOf(grid, person));
      if (found < 0) return false;
      before.splice(found, 1);
    }
    return true;
  }

  /** By how much an exchange that has been made raises the log weight. */
  #gain({variables}: Move, one: number, other: number): number {
    if (this.#slant === null) return 0;
    const {scores, couplings} = this.#slant;
    const difference = (variable: number) => {
      const own = this.#levels[variable] as Int32Array;
      const score = scores[variable] as Float64Array;
      return (score[own[one] as number] as number) - (score[own[other] as number] as number);
    };
    let gain = 0;
    for (const variable of variables) {
      const coupling = couplings[variable] as Float64Array;
      const own = difference(variable);
      if (own === 0) continue;
      for (let b = 0; b < coupling.length; b++) {
        const strength = coupling[b] as number;
        if (strength !== 0 && !variables.includes(b)) gain += strength * own * difference(b);
      }
    }
    return gain;
  }

  /** Takes note of the cells that two have come to be in. */
  #settle({touched}: Move, one: number, other: number): void {
    for (const g of touched) {
      const grid = this.#grids[g] as Grid;
      const at = this.#at[g] as Int16Array;
      for (const person of [one, other]) {
        const cell = this.#cellOf(grid, person);
        if (cell === at[person]) continue;
        this.#leave(g, person);
        at[person] = cell;
        this.#enter(g, person);
      }
    }
  }

  #enter(g: number, person: number): void {
    const list = this.#members[g]?.[this.#at[g]?.[person] ?? 0];
    const place = this.#place[g];
    if (list === undefined || place === undefined) return;
    place[person] = list.length;
    list.push(person);
  }

  #leave(g: number, person: number): void {
    const list = this.#members[g]?.[this.#at[g]?.[person] ?? 0];
    const place = this.#place[g];
    const last = list?.pop();
    if (list === undefined || place === undefined || last === undefined || last === person) return;
    list[place[person] ?? 0] = last;
    place[last] = place[person] ?? 0;
  }

  #cellOf({variables, strides, cells}: Grid, person: number): number {
    let at = 0;
    for (let i = 0; i < variables.length; i++) {
      at += (strides[i] as number) * ((this.#levels[variables[i] as number] as Int32Array)[person] as number);
    }
    return cells[at] as number;
  }
}

/** What is exchanged in a step. */
interface Move {
  readonly variables: readonly number[];
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
function movesOf({askedOnly}: Constraints, among: readonly number[], all: readonly Grid[]): Move[] {
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
