import {type ColumnTable, table} from "arquero";
import {type Random, seeded} from "./random.js";

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
  const read = (from: ColumnTable, name: string) => Array.from(from.array(name) as ArrayLike<string | null>);
  const stored = members.columnNames().filter((name) => name !== "member");
  const kept = new Map(stored.map((name) => [name, read(members, name)]));
  const own = new Map(respondents.columnNames().map((name) => [name, read(respondents, name)]));
  const columns = (k: number): Record<string, Answers> => {
    const kind = kinds[k];
    if (kind === undefined) throw new RangeError(`There is no member ${k}.`);
    const random = seeded(seed + k);
    const made = new Map<string, (string | null)[]>();
    for (const [name, answers] of kept) made.set(name, answers.slice(k * n, (k + 1) * n));
    // Until they are dealt out, stored answers that await a deal are nobody's in particular.
    const waiting = new Set(deals.flatMap((deal) => deal.variables));
    for (const deal of deals) {
      const strength = kind === "slanted" ? slant : 0;
      const others = [...made].filter(([name]) => name !== deal.within && !waiting.has(name)).map(([, a]) => a);
      const ranks = rankPeople(others, n, strength, random);
      const isStored = deal.variables.every((name) => kept.has(name));
      const source = (name: string) => (isStored ? made.get(name) : own.get(name)) ?? [];
      const hands = deal.variables.map(source);
      const from = groups(deal.within === null ? null : isStored ? made.get(deal.within) : own.get(deal.within), n);
      const to = groups(deal.within === null ? null : made.get(deal.within), n);
      const order = rankCards(hands, n, strength, random);
      const dealt = hands.map(() => new Array<string | null>(n).fill(null));
      for (const [answer, people] of to) {
        const cards = (from.get(answer) ?? []).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
        people.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
        if (cards.length !== people.length) throw new Error(`${deal.variables.join(", ")} cannot be dealt out.`);
        people.forEach((person, i) => {
          dealt.forEach((column, v) => {
            column[person] = hands[v]?.[cards[i] ?? -1] ?? null;
          });
        });
      }
      deal.variables.forEach((name, v) => {
        made.set(name, dealt[v] ?? []);
        waiting.delete(name);
      });
    }
    const names = [...own.keys()];
    return Object.fromEntries(names.map((name) => [name, made.get(name) ?? own.get(name) ?? []]));
  };
  return {kinds, columns, member: (k) => table(columns(k) as Record<string, (string | null)[]>)};
}

/** The people by their answer to a question; all of them together where there is no question. */
function groups(answers: Answers | null | undefined, n: number): Map<string | null, number[]> {
  const found = new Map<string | null, number[]>();
  for (let person = 0; person < n; person++) {
    const answer = answers ? (answers[person] ?? null) : null;
    const group = found.get(answer);
    if (group) group.push(person);
    else found.set(answer, [person]);
  }
  return found;
}

/** A number by which to rank each person: chance alone, or chance and a random scale of their other answers. */
function rankPeople(others: readonly Answers[], n: number, strength: number, random: Random): Float64Array {
  const ranks = Float64Array.from({length: n}, () => normal(random));
  if (strength === 0) return ranks;
  for (const answers of others) {
    const weight = strength * normal(random);
    scale(answers, random).forEach((score, person) => {
      ranks[person] = (ranks[person] ?? 0) + weight * score;
    });
  }
  return ranks;
}

/** A number by which to rank what is dealt out: any where there is no slant, and else a random scale of the answers. */
function rankCards(hands: readonly Answers[], n: number, strength: number, random: Random): Float64Array {
  const order = Float64Array.from({length: n}, () => random());
  if (strength === 0) return order;
  for (const answers of hands) {
    scale(answers, random).forEach((score, card) => {
      // Those of the same answer stay in random order.
      order[card] = (order[card] ?? 0) / 1e6 + score;
    });
  }
  return order;
}

/** A random score for each different answer, with mean 0 and variance 1 over the respondents. */
export function scale(answers: Answers, random: Random): Float64Array {
  const scores = new Map([...new Set(answers)].sort().map((answer) => [answer, normal(random)]));
  const raw = Float64Array.from(answers, (answer) => scores.get(answer) ?? 0);
  const mean = raw.reduce((a, b) => a + b, 0) / raw.length;
  const spread = Math.sqrt(raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / raw.length);
  return raw.map((value) => (spread > 0 ? (value - mean) / spread : 0));
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
