import type {CountTable} from "../read/counts.js";
import {pairsOf} from "../reconstruction/cliques.js";
import type {Constraint, Constraints, Term} from "../reconstruction/constraints.js";
import type {Levels} from "../reconstruction/dealing.js";
import type {Random} from "../reconstruction/random.js";

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
  readonly #moves: readonly Move[];
  /** For each variable the places of its answers. */
  readonly #answers: readonly (Places | undefined)[];
  readonly #random: Random;
  readonly #tables: readonly Places[];
  #slant: Slant | null = null;
  // The respondents of a step, and what is compared of them: kept, so that a step makes no objects.
  readonly #four = new Int32Array(4);
  readonly #before = new Int32Array(4);

  /** The data set that the walk is at. It is the walk's own, and changes with every step. */
  readonly levels: readonly Int32Array[];

  /** Starts at a data set that prints the tables; only the answers to the variables `among` will be exchanged. */
  constructor(constraints: Constraints, levels: Levels, among: readonly number[], random: Random) {
    this.#n = constraints.n;
    this.levels = levels.map((own) => Int32Array.from(own));
    // The answers to one question as a table: its counts cannot change, but it tells who gave which answer.
    this.#answers = constraints.variables.map(({levels: count}, variable) =>
      among.includes(variable) ? new Places([variable], [count], this.levels, ([level = 0]) => level) : undefined
    );
    const answers = among.flatMap((variable) => this.#answers[variable] ?? []);
    this.#tables = [...tables(constraints, among, this.levels), ...answers];
    this.#random = random;
    this.#moves = movesOf(constraints, among, this.#tables);
  }

  /** Goes on under other weights, as a walk that starts here. */
  slanted(slant: Slant): void {
    this.#slant = slant;
    for (const places of this.#tables) places.find();
  }

  /** Tries one step. */
  step(): void {
    this.counts.tried++;
    const move = this.#moves[this.#random.below(this.#moves.length)];
    if (move === undefined) return;
    const one = this.#first(move);
    const other = this.#second(move, one);
    if (!this.#exchange(move, one, other)) return;
    const changed = this.#changed(move, one, other);
    let stands = false;
    if (changed) stands = this.#close(move, changed, one, other);
    else if (this.#allowed(0, move, one, other)) {
      stands = true;
      this.counts.pairs++;
      this.#settle(move, one, other);
    }
    if (!stands) this.#exchange(move, one, other);
  }

  /** Anybody, or anybody who was asked, of a question that not all were. */
  #first({asked}: Move): number {
    const anybody = this.#random.below(this.#n);
    if (asked === null) return anybody;
    const {members} = this.#answers[asked.variable] as Places;
    const lists = members.filter((_, level) => asked.levels[level]);
    let left = this.#random.below(lists.reduce((count, list) => count + list.length, 0));
    for (const list of lists) {
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

  /** Looks for two others who put right what an exchange has changed in a table; says whether they did. */
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
      const own = this.levels[variables[i] as number] as Int32Array;
      const held = own[one] as number;
      if (held === own[other]) continue;
      different = true;
      own[one] = own[other] as number;
      own[other] = held;
    }
    return different;
  }

  /** One of the tables whose counts an exchange has changed, at random, or null if it has changed none. */
  #changed({changing}: Move, one: number, other: number): Places | null {
    let found: Places | null = null;
    let count = 0;
    for (let i = 0; i < changing.length; i++) {
      const places = changing[i] as Places;
      const a = places.at[one];
      const b = places.at[other];
      const c = places.cellOf(one);
      const d = places.cellOf(other);
      if ((a === c && b === d) || (a === d && b === c)) continue;
      count++;
      if (count === 1 || this.#random.below(count) === 0) found = places;
    }
    return found;
  }

  /** Whether four respondents' old and new cells are the same in every table, in whatever order. */
  #kept({changing}: Move, one: number, other: number, third: number, fourth: number): boolean {
    const four = this.#four;
    const before = this.#before;
    four[0] = one;
    four[1] = other;
    four[2] = third;
    four[3] = fourth;
    for (let i = 0; i < changing.length; i++) {
      const places = changing[i] as Places;
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
    const own = this.levels[variable] as Int32Array;
    const score = (this.#slant as Slant).scores[variable] as Float64Array;
    return (score[own[one] as number] as number) - (score[own[other] as number] as number);
  }

  /** Takes note of the cells that two have come to be in. */
  #settle({touched}: Move, one: number, other: number): void {
    for (let i = 0; i < touched.length; i++) {
      const places = touched[i] as Places;
      places.settle(one);
      places.settle(other);
    }
  }
}

/** Where the respondents are in a printed table: which of its cells they count in, by their answers. */
class Places {
  readonly variables: readonly number[];
  /** For each respondent the cell, for each cell who is in it, and for each respondent the place in that list. */
  readonly at: Int16Array;
  readonly members: readonly number[][];
  readonly #place: Int32Array;
  readonly #own: readonly Int32Array[];
  readonly #strides: readonly number[];
  /** By combination of levels, first variable fastest: the cell. The last cell is for those whom no count counts. */
  readonly #cells: Int16Array;

  /** `cellOf` tells the cell of a combination of levels, or −1. */
  constructor(
    variables: readonly number[],
    sizes: readonly number[],
    levels: readonly Int32Array[],
    cellOf: (levels: readonly number[]) => number
  ) {
    this.variables = variables;
    this.#own = variables.map((variable) => levels[variable] as Int32Array);
    this.#strides = sizes.map((_, i) => sizes.slice(0, i).reduce((product, size) => product * size, 1));
    const combinations = sizes.reduce((product, size) => product * size, 1);
    const counted = Array.from({length: combinations}, (_, at) =>
      cellOf(sizes.map((size, i) => Math.floor(at / (this.#strides[i] ?? 1)) % size))
    );
    const uncounted = Math.max(...counted) + 1;
    this.#cells = Int16Array.from(counted, (cell) => (cell < 0 ? uncounted : cell));
    const n = this.#own[0]?.length ?? 0;
    this.at = new Int16Array(n);
    this.#place = new Int32Array(n);
    this.members = Array.from({length: uncounted + 1}, () => []);
    this.find();
  }

  /** Looks up where everybody is, in the order of the respondents. */
  find(): void {
    for (const list of this.members) list.length = 0;
    for (let person = 0; person < this.at.length; person++) {
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
  /** The tables that hold some of the variables. */
  readonly touched: readonly Places[];
  /** Those of them that hold another variable too, whose counts an exchange may change. */
  readonly changing: readonly Places[];
  /** The other variables of these. */
  readonly tied: readonly number[];
  /** Who was asked, where not everybody was. */
  readonly asked: Term | null;
}

/**
 * The tables that lie within some variables, and one for every question that not everybody was asked.
 *
 * Respondents who are counted in exactly the same printed counts of a table fall in one cell, so whoever keeps every
 * cell keeps every printed count. Counts of a single variable are left out: exchanging answers cannot change them.
 */
function tables(
  {variables, constraints, askedOnly}: Constraints,
  among: readonly number[],
  levels: readonly Int32Array[]
): Places[] {
  const over = (scope: readonly number[], cellOf: (levels: readonly number[]) => number) =>
    new Places(
      scope,
      scope.map((variable) => variables[variable]?.levels ?? 1),
      levels,
      cellOf
    );
  const within = (scope: readonly number[]) => scope.every((variable) => among.includes(variable));
  const byTable = new Map<CountTable, Constraint[]>();
  for (const constraint of constraints) {
    if (constraint.scope.length < 2 || !within(constraint.scope)) continue;
    byTable.set(constraint.table, [...(byTable.get(constraint.table) ?? []), constraint]);
  }
  const printed = [...byTable.values()].map((conditions) => {
    const scope = conditions[0]?.scope ?? [];
    const names = new Map<string, number>();
    return over(scope, (own) => {
      const counted = conditions.map(({terms}) =>
        terms.every((term) => term.levels[own[scope.indexOf(term.variable)] ?? 0])
      );
      if (!counted.includes(true)) return -1;
      const key = counted.join();
      const cell = names.get(key) ?? names.size;
      names.set(key, cell);
      return cell;
    });
  });
  const asked = askedOnly
    .filter(({variable, term}) => within([variable, term.variable]))
    .map(({variable, term}) => {
      const missing = (variables[variable]?.levels ?? 1) - 1;
      return over([variable, term.variable], ([answer, condition = 0]) =>
        answer !== missing && !term.levels[condition] ? 0 : -1
      );
    });
  return [...printed, ...asked];
}

/**
 * Each variable by itself, three times as often as each pair of variables, and, less often, the questions that not
 * everybody was asked: few respondents have answers to them, which mix fast.
 */
function movesOf(
  {askedOnly, variables: everything}: Constraints,
  among: readonly number[],
  all: readonly Places[]
): Move[] {
  const rules = askedOnly.filter((rule) => among.includes(rule.variable) && among.includes(rule.term.variable));
  const moveOf = (own: readonly number[]): Move => {
    const dependent = rules.filter((rule) => own.includes(rule.term.variable)).map((rule) => rule.variable);
    const variables = [...new Set([...own, ...dependent])].sort((a, b) => a - b);
    const touched = all.filter((places) => places.variables.some((variable) => variables.includes(variable)));
    const others = ({variables: held}: Places) => held.filter((variable) => !variables.includes(variable));
    const changing = touched.filter((places) => others(places).length > 0);
    return {
      variables,
      alone: everything.map((_, variable) => !variables.includes(variable)),
      touched,
      changing,
      tied: [...new Set(changing.flatMap(others))].sort((a, b) => a - b),
      asked: rules.find((rule) => own.includes(rule.variable))?.term ?? null
    };
  };
  const isAskedOnly = (variable: number) => rules.some((rule) => rule.variable === variable);
  const general = among.filter((variable) => !isAskedOnly(variable));
  const singles = general.map((variable) => moveOf([variable]));
  const last = among.filter(isAskedOnly).map((variable) => moveOf([variable]));
  return [...singles, ...singles, ...singles, ...pairsOf(general).map(moveOf), ...last];
}
