import {project, sumsOver, wayBetween} from "./cliques.js";
import type {Polytope} from "./polytope.js";
import type {Random} from "./random.js";

/** A data set as levels: for each variable, by index, the level of each respondent. */
export type Levels = readonly Int32Array[];

/** The respondents in each cell of the table over some variables, first variable fastest; empty cells are left out. */
export function strata(levels: Levels, sizes: readonly number[], over: readonly number[], n: number) {
  const groups = new Map<number, number[]>();
  for (let person = 0; person < n; person++) {
    let cell = 0;
    let stride = 1;
    for (const variable of over) {
      cell += stride * (levels[variable]?.[person] ?? 0);
      stride *= sizes[variable] ?? 1;
    }
    const group = groups.get(cell);
    if (group === undefined) groups.set(cell, [person]);
    else group.push(person);
  }
  return groups;
}

/**
 * Puts respondents together from whole counts on the cliques: the first clique's cells are written out as people, and
 * each further clique's new variables are dealt at random to the people who are in the cell it shares with its parent.
 * The crosstab of each clique's variables is then exactly its counts.
 */
export function deal({tree, constraints: {n, variables}}: Polytope, counts: Int32Array, random: Random): Levels {
  const levels = variables.map(() => new Int32Array(n));
  const sizes = variables.map((variable) => variable.levels);
  for (const clique of tree) {
    const {cells: shared, count} = project(clique, clique.separator);
    const hands = Array.from({length: count}, () => [] as number[]);
    shared.forEach((group, cell) => {
      for (let i = counts[clique.start + cell] ?? 0; i > 0; i--) hands[group]?.push(cell);
    });
    const people = strata(levels, sizes, clique.separator, n);
    const own = clique.variables.map((variable) => ({of: levels[variable], at: project(clique, [variable]).cells}));
    for (const [group, hand] of hands.entries()) {
      random.shuffle(hand);
      people.get(group)?.forEach((person, i) => {
        const cell = hand[i];
        if (cell === undefined) throw new Error("The counts on two cliques do not agree on what they share.");
        for (const {of, at} of own) if (of) of[person] = at[cell] as number;
      });
    }
  }
  return levels;
}

/** The expected crosstab of two variables: levels of the first fastest. */
export interface PairTable {
  readonly a: number;
  readonly b: number;
  readonly expected: Float64Array;
}

/** The crosstab of two variables that the fitted distribution expects, wherever in the tree they are. */
export function expectedPair({tree, constraints}: Polytope, expected: Float64Array, a: number, b: number): PairTable {
  const rowCount = constraints.variables[a]?.levels ?? 1;
  const way = wayBetween(tree, a, b);
  if (way.length === 0) {
    const [rows = [], columns = []] = [a, b].map((variable) => {
      const clique = tree.find(({variables}) => variables.includes(variable));
      return clique && [...sumsOver(expected.subarray(clique.start), project(clique, [variable]))];
    });
    const products = columns.flatMap((column) => rows.map((row) => (row * column) / constraints.n));
    return {a, b, expected: Float64Array.from(products)};
  }
  // Walking along the cliques, the joint of a and of what the next clique shares with this one is carried on.
  let joint = Float64Array.from({length: rowCount ** 2}, (_, at) => (at % (rowCount + 1) === 0 ? 1 : 0));
  way.forEach(({clique, before, after}, step) => {
    const own = expected.subarray(clique.start, clique.start + clique.cells);
    const totals = sumsOver(own, before);
    const next = new Float64Array(rowCount * after.count);
    own.forEach((count, cell) => {
      const held = before.cells[cell] as number;
      const total = step === 0 ? 1 : (totals[held] as number);
      if (total === 0) return;
      const share = count / total;
      for (let row = 0; row < rowCount; row++) {
        const at = row + rowCount * (after.cells[cell] as number);
        (next[at] as number) += share * (joint[row + rowCount * held] as number);
      }
    });
    joint = next;
  });
  return {a, b, expected: joint};
}

/**
 * Brings the crosstabs of pairs of variables nearer to what the fitted distribution expects, in place.
 *
 * Dealing at random leaves each crosstab that no table fixes as far from its expectation as chance does. Two people in
 * the same cell of what a clique shares with its parent may exchange everything on the clique's side of the tree
 * without changing the crosstab of any clique. Such exchanges are tried at random, and kept when they lower the sum
 * over all given pairs of (count − expected)² ÷ (expected + ½). Each
 * expectation is first moved by up to half a respondent at random, so that the whole number that a count ends at is
 * drawn from the two around its expectation, the nearer one more often, and differs from seed to seed.
 */
export function balance(
  {tree, constraints: {n, variables}}: Polytope,
  levels: Levels,
  pairs: readonly PairTable[],
  random: Random,
  tries: number
): void {
  const sizes = variables.map(({levels: size}) => size);
  const below = tree.map((_, index) => {
    const side = new Set<number>([index]);
    for (const [other, {parent}] of tree.entries()) if (side.has(parent)) side.add(other);
    return side;
  });
  const state = pairs
    .filter(({a, b}) => !tree.some(({variables: all}) => all.includes(a) && all.includes(b)))
    .map(({a, b, expected}) => {
      const rest = Float64Array.from(expected, (value) => 0.5 - random.next() - value);
      const [down, across] = [levels[a] as Int32Array, levels[b] as Int32Array];
      const rows = sizes[a] ?? 1;
      down.forEach((level, person) => {
        (rest[level + rows * (across[person] as number)] as number)++;
      });
      return {a, b, down, across, rows, rest, weight: Float64Array.from(expected, (value) => 1 / (value + 0.5))};
    });
  const moves = tree.slice(1).map((clique, i) => {
    const inside = new Set([...(below[i + 1] ?? [])].flatMap((each) => tree[each]?.variables ?? []));
    for (const variable of clique.separator) inside.delete(variable);
    const groups = [...strata(levels, sizes, clique.separator, n).values()];
    const [groupOf, placeOf] = [new Int32Array(n), new Int32Array(n)];
    groups.forEach((group, at) => {
      group.forEach((person, place) => {
        groupOf[person] = at;
        placeOf[person] = place;
      });
    });
    return {
      index: i + 1,
      moved: [...inside].map((variable) => levels[variable] as Int32Array),
      touched: state.filter(({a, b}) => inside.has(a) !== inside.has(b)),
      groups,
      groupOf,
      placeOf
    };
  });
  if (moves.length === 0) return;
  const beyond = moves.map(({index}) => moves.filter((move) => move.index !== index && below[index]?.has(move.index)));
  type Table = (typeof state)[number];
  let cost = 0;
  const shift = ({rest, weight}: Table, cell: number, by: number) => {
    const before = rest[cell] as number;
    const after = before + by;
    cost += (after * after - before * before) * (weight[cell] as number);
    rest[cell] = after;
  };
  /** Lets two people change places in a crosstab, or with −1 change back, and adds to the cost what that costs. */
  const exchange = (table: Table, one: number, other: number, by: number) => {
    const {down, across, rows} = table;
    const [a1, a2, b1, b2] = [down[one], down[other], across[one], across[other]] as [number, number, number, number];
    if (a1 === a2 || b1 === b2) return;
    shift(table, a1 + rows * b1, -by);
    shift(table, a2 + rows * b2, -by);
    shift(table, a1 + rows * b2, by);
    shift(table, a2 + rows * b1, by);
  };
  const swap = (values: Int32Array, i: number, j: number) => {
    const held = values[i] as number;
    values[i] = values[j] as number;
    values[j] = held;
  };
  for (let attempt = 0; attempt < tries; attempt++) {
    const chosen = random.below(moves.length);
    const {moved, touched, groups, groupOf} = moves[chosen] as (typeof moves)[number];
    const one = random.below(n);
    const group = groups[groupOf[one] as number] as number[];
    const other = group[random.below(group.length)] as number;
    if (one === other || moved.every((own) => own[one] === own[other])) continue;
    cost = 0;
    for (const table of touched) exchange(table, one, other, 1);
    if (cost >= -1e-9) {
      for (const table of touched) exchange(table, one, other, -1);
      continue;
    }
    for (const own of moved) swap(own, one, other);
    // Cliques further out share with their parents what has just been exchanged.
    for (const outer of beyond[chosen] ?? []) {
      const [group1, group2] = [outer.groupOf[one] as number, outer.groupOf[other] as number];
      (outer.groups[group1] as number[])[outer.placeOf[one] as number] = other;
      (outer.groups[group2] as number[])[outer.placeOf[other] as number] = one;
      swap(outer.groupOf, one, other);
      swap(outer.placeOf, one, other);
    }
  }
}
