import {type ColumnTable, table} from "arquero";
import {type Random, seeded} from "../statistics/random.js";

/**
 * How a member was drawn: `even`, so that what no table ties together goes together by chance only; `slanted`, with
 * links of random strength and direction between answers that no table ties together.
 */
export type MemberKind = "even" | "slanted";

/** Answers that are dealt out anew in every member: among those who gave the same answer to `within`, or all (null). */
export interface Deal {
  readonly variables: readonly string[];
  readonly within: string | null;
}

/** How members are put together from what is stored of them: part of `ensemble.json`. */
export interface Recipe {
  /** Number of respondents in each member. */
  readonly n: number;
  /** A kind a member, in order. */
  readonly kinds: readonly MemberKind[];
  readonly seed: number;
  /** The spread (standard deviation) of the strength of links in slanted members, on the scale of a correlation. */
  readonly slant: number;
  /** In the order in which they are to be made. */
  readonly deals: readonly Deal[];
}

/** A variable's answers, one a respondent: codes, or null for no answer. */
export type Answers = readonly (string | null)[];

/** Data sets that all print the same tables. */
export interface Ensemble {
  readonly kinds: readonly MemberKind[];
  /** The answers of member `k`, from 0, by variable. Made anew at every call; the same each time. */
  columns(k: number): Record<string, Answers>;
  /** Member `k` as a table like that of the respondents: a row a respondent, a column a variable. */
  member(k: number): ColumnTable;
}

/**
 * Opens the ensemble that is stored in `ensemble-members.arrow`.
 *
 * Stored are, for each member, the answers that could only be found by a long search; all others are taken from the
 * respondents and dealt out again by the recipe, which any order within a deal satisfies: it exchanges answers only
 * between people who gave the same answer to the one question that a table crosses them with. In slanted members those
 * who are dealt to first are not any, but those whose other answers score high on a random scale.
 *
 * Throws when `members` does not hold as many rows as the recipe says, and, on use, for a member that is not there.
 */
export function openEnsemble(members: ColumnTable, respondents: ColumnTable, recipe: Recipe): Ensemble {
  const {n, kinds, seed, slant, deals} = recipe;
  if (members.numRows() !== n * kinds.length) {
    throw new RangeError(`${kinds.length} members of ${n} respondents are expected, not ${members.numRows()} rows.`);
  }
  const codes = new Map(respondents.columnNames().map((name) => [name, codesIn(respondents, name)]));
  const stored = members.columnNames().filter((name) => name !== "member");
  const read = new Map<string, Uint8Array>();
  /** The stored answers of all members, if they are stored. */
  const kept = (name: string): Uint8Array | null => {
    if (!isStored(name)) return null;
    const levels = read.get(name) ?? toLevels(members, name, codes.get(name) ?? []);
    read.set(name, levels);
    return levels;
  };
  const own = new Map([...codes].map(([name, list]) => [name, toLevels(respondents, name, list)]));
  const isStored = (name: string) => stored.includes(name);
  const kindOf = (k: number) => {
    const kind = kinds[k];
    if (kind === undefined) throw new RangeError(`There is no member ${k}.`);
    return kind;
  };
  const columns = (k: number): Record<string, Answers> => {
    const kind = kindOf(k);
    const random = seeded(seed + k);
    const strength = kind === "slanted" ? slant : 0;
    const made = new Map([...own.keys()].map((name) => [name, kept(name)?.subarray(k * n, (k + 1) * n) ?? null]));
    const source = new Map([...own].map(([name, levels]) => [name, made.get(name) ?? levels]));
    const dealt = new Set(stored.filter((name) => !deals.some(({variables}) => variables.includes(name))));
    for (const {variables, within} of deals) {
      const hands = variables.map((name) => source.get(name) ?? new Uint8Array(n));
      // What is stored lies in the member's own order, the rest in that of the respondents.
      const from = within === null ? null : (variables.every(isStored) ? source : own).get(within);
      const to = within === null ? null : made.get(within);
      const others = [...dealt].filter((name) => name !== within).map((name) => made.get(name) ?? new Uint8Array(n));
      const cards = sorted(rankCards(hands, n, strength, random), from);
      const people = sorted(rankPeople(others, n, strength, random), to);
      variables.forEach((name, v) => {
        const levels = new Uint8Array(n);
        for (let i = 0; i < n; i++) levels[people[i] ?? 0] = hands[v]?.[cards[i] ?? 0] ?? 0;
        made.set(name, levels);
        dealt.add(name);
      });
    }
    return Object.fromEntries(
      [...codes.keys()].map((name) => [name, inCodes(name, made.get(name) ?? own.get(name) ?? new Uint8Array(n))])
    );
  };
  const inCodes = (name: string, levels: Uint8Array) => Array.from(levels, (level) => codes.get(name)?.[level] ?? null);
  const member = (k: number) => {
    // Most who ask for a member read two or three columns; dealing out takes long, and what is stored needs none.
    kindOf(k);
    let dealt: Record<string, Answers> | null = null;
    const answers = (name: string): Answers => {
      const levels = deals.some(({variables}) => variables.includes(name)) ? null : kept(name);
      if (levels) return inCodes(name, levels.subarray(k * n, (k + 1) * n));
      dealt ??= columns(k);
      return dealt[name] ?? [];
    };
    return table([...codes.keys()].map((name) => [name, whenRead(n, () => answers(name))]));
  };
  return {kinds, columns, member};
}

/** A column that is made when it is first read. */
function whenRead(length: number, make: () => Answers) {
  let made: Answers | null = null;
  const values = () => {
    made ??= make();
    return made;
  };
  return {length, at: (row: number) => values()[row] ?? null, [Symbol.iterator]: () => values()[Symbol.iterator]()};
}

/** The codes that a column holds, in alphabetical order, so that nothing depends on how a file lists them. */
function codesIn(from: ColumnTable, name: string): string[] {
  const found = new Set(from.array(name) as Iterable<string | null>);
  return [...found].filter((code) => code !== null && code !== undefined).sort();
}

/** A column as places in a list of codes; a missing answer has the place after the last. */
function toLevels(from: ColumnTable, name: string, codes: readonly string[]): Uint8Array {
  const places = new Map<string | null | undefined, number>(codes.map((code, place) => [code, place]));
  return Uint8Array.from(from.array(name) as ArrayLike<string | null>, (code) => {
    const place = code === null || code === undefined ? codes.length : places.get(code);
    if (place === undefined) throw new Error(`No respondent has the ${name} “${code}”.`);
    return place;
  });
}

/** The people in the order of their answers to a question, and among equal answers in the order of their ranks. */
function sorted(ranks: Float64Array, answers: Uint8Array | null | undefined): Uint32Array {
  return Uint32Array.from(ranks, (_, person) => person).sort(
    (a, b) => (answers?.[a] ?? 0) - (answers?.[b] ?? 0) || (ranks[a] ?? 0) - (ranks[b] ?? 0)
  );
}

/** A number by which to rank each person: chance alone, or chance and a random scale of their other answers. */
function rankPeople(others: readonly Uint8Array[], n: number, strength: number, random: Random): Float64Array {
  const ranks = Float64Array.from({length: n}, () => normal(random));
  if (strength === 0) return ranks;
  for (const levels of others) {
    const weight = strength * normal(random);
    const scores = scale(levels, random);
    for (let person = 0; person < n; person++) {
      ranks[person] = (ranks[person] ?? 0) + weight * (scores[levels[person] ?? 0] ?? 0);
    }
  }
  return ranks;
}

/** A number by which to rank what is dealt out: any where there is no slant, and else a random scale of the answers. */
function rankCards(hands: readonly Uint8Array[], n: number, strength: number, random: Random): Float64Array {
  // Equal answers stay in random order.
  const order = Float64Array.from({length: n}, () => (strength === 0 ? 1 : 1e-6) * random());
  if (strength === 0) return order;
  for (const levels of hands) {
    const scores = scale(levels, random);
    for (let card = 0; card < n; card++) order[card] = (order[card] ?? 0) + (scores[levels[card] ?? 0] ?? 0);
  }
  return order;
}

/**
 * A random score for each answer, with mean 0 and variance 1 over the respondents (all 0 if they all answered alike).
 * `levels` has the number of an answer for each respondent; the scores stand by these numbers.
 */
export function scale(levels: ArrayLike<number>, random: Random): Float64Array {
  const counts: number[] = [];
  for (let person = 0; person < levels.length; person++) {
    const level = levels[person] ?? 0;
    counts[level] = (counts[level] ?? 0) + 1;
  }
  const scores = Float64Array.from(counts, () => normal(random));
  const weighted = (value: (score: number) => number) =>
    scores.reduce((sum, score, level) => sum + (counts[level] ?? 0) * value(score), 0) / levels.length;
  const mean = weighted((score) => score);
  const spread = Math.sqrt(weighted((score) => (score - mean) ** 2));
  return scores.map((score) => (spread > 0 ? (score - mean) / spread : 0));
}

/** A number from the standard normal distribution (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** What a statistic is in members of an ensemble: extremes, the middle nine tenths, and the middle one. */
export interface Spread {
  readonly least: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly most: number;
}

/**
 * The least value, the 5%, 50% and 95% quantiles and the greatest value. Quantiles are values that occur: the smallest
 * that at least so many of the values do not exceed (type 1 of R's `quantile`). Throws a RangeError for no values.
 */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("There is no spread of no values.");
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? 0;
  return {least: at(0), low: at(0.05), middle: at(0.5), high: at(0.95), most: at(1)};
}
