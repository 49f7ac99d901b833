import {levelAt, project, shortestWay} from "./cliques.js";
import type {Polytope} from "./polytope.js";
import type {Random} from "./random.js";

/** A data set as levels: for each variable, by index, the level of each respondent. */
export type Levels = readonly Int32Array[];

/** Groups the respondents by the cell that they fall in of the table over some variables; empty cells are left out. */
export function strata(levels: Levels, sizes: readonly number[], over: readonly number[], n: number): number[][] {
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
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}

/**
 * Puts respondents together from whole counts on the cliques: the first clique's cells are written out as people, and
 * each further clique's new variables are dealt at random to the people who are in the cell it shares with its parent.
 * The crosstab of each clique's variables is then exactly its counts.
 */
export function deal(polytope: Polytope, counts: Int32Array, random: Random): Levels {
  const {tree, offsets, constraints} = polytope;
  const {n, variables} = constraints;
  const sizes = variables.map(({levels}) => levels);
  const levels = variables.map(() => new Int32Array(n));
  tree.forEach((clique, index) => {
    const hands = new Map<number, number[]>();
    const {cells: shared} = project(clique, clique.separator);
    shared.forEach((group, cell) => {
      const count = counts[(offsets[index] ?? 0) + cell] ?? 0;
      if (count === 0) return;
      const hand = hands.get(group) ?? [];
      for (let i = 0; i < count; i++) hand.push(cell);
      hands.set(group, hand);
    });
    const groups = strata(levels, sizes, clique.separator, n);
    const decks = [...hands].sort(([a], [b]) => a - b).map(([, hand]) => random.shuffle(hand));
    groups.forEach((group, i) => {
      group.forEach((person, at) => {
        const cell = decks[i]?.[at];
        if (cell === undefined) throw new Error("The counts on two cliques do not agree on what they share.");
        clique.variables.forEach((variable, position) => {
          const own = levels[variable];
          if (own !== undefined) own[person] = levelAt(clique, position, cell);
        });
      });
    });
  });
  return levels;
}

/** The expected crosstab of two variables: levels of the first fastest. */
export interface PairTable {
  readonly a: number;
  readonly b: number;
  readonly expected: Float64Array;
}

/** The crosstab of two variables that the fitted distribution expects, wherever in the tree they are. */
export function expectedPair(polytope: Polytope, expected: Float64Array, a: number, b: number): PairTable {
  const {tree, offsets, constraints} = polytope;
  const sizeOf = (variable: number) => constraints.variables[variable]?.levels ?? 1;
  const rowCount = sizeOf(a);
  const margin = (variable: number) => {
    const index = tree.findIndex((clique) => clique.variables.includes(variable));
    const clique = tree[index];
    const sums = new Float64Array(sizeOf(variable));
    if (clique === undefined) return sums;
    project(clique, [variable]).cells.forEach((level, cell) => {
      sums[level] = (sums[level] ?? 0) + (expected[(offsets[index] ?? 0) + cell] ?? 0);
    });
    return sums;
  };
  const result = new Float64Array(rowCount * sizeOf(b));
  const path = shortestWay(tree, a, b) ?? [];
  if (path.length === 0) {
    const rows = margin(a);
    const columns = margin(b);
    for (let cell = 0; cell < result.length; cell++) {
      result[cell] = ((rows[cell % rowCount] ?? 0) * (columns[Math.floor(cell / rowCount)] ?? 0)) / constraints.n;
    }
    return {a, b, expected: result};
  }
  // Walking along the cliques, the joint of a and of what the next clique shares with this one is carried on.
  let carried: {over: readonly number[]; joint: Float64Array} | null = null;
  path.forEach((index, step) => {
    const clique = tree[index];
    if (clique === undefined) return;
    const nextClique = tree[path[step + 1] ?? -1];
    const over = nextClique ? clique.variables.filter((variable) => nextClique.variables.includes(variable)) : [b];
    const target = project(clique, over);
    const joint = new Float64Array(rowCount * target.count);
    const own = (cell: number) => expected[(offsets[index] ?? 0) + cell] ?? 0;
    if (carried === null) {
      const rows = project(clique, [a]).cells;
      target.cells.forEach((group, cell) => {
        const at = (rows[cell] ?? 0) + rowCount * group;
        joint[at] = (joint[at] ?? 0) + own(cell);
      });
    } else {
      const {over: before, joint: from}: {over: readonly number[]; joint: Float64Array} = carried;
      const source = project(clique, before);
      const totals = new Float64Array(source.count);
      source.cells.forEach((group, cell) => {
        totals[group] = (totals[group] ?? 0) + own(cell);
      });
      target.cells.forEach((group, cell) => {
        const held = source.cells[cell] ?? 0;
        const total = totals[held] ?? 0;
        if (total === 0) return;
        const share = own(cell) / total;
        for (let row = 0; row < rowCount; row++) {
          const at = row + rowCount * group;
          joint[at] = (joint[at] ?? 0) + share * (from[row + rowCount * held] ?? 0);
        }
      });
    }
    carried = {over, joint};
  });
  const last: {over: readonly number[]; joint: Float64Array} | null = carried;
  return {a, b, expected: last === null ? result : (last as {joint: Float64Array}).joint};
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
  polytope: Polytope,
  levels: Levels,
  pairs: readonly PairTable[],
  random: Random,
  tries: number
): void {
  const {tree, constraints} = polytope;
  const {n, variables} = constraints;
  const sizes = variables.map(({levels: size}) => size);
  const below = tree.map((_, index) => {
    const side = new Set<number>([index]);
    for (let other = index + 1; other < tree.length; other++) if (side.has(tree[other]?.parent ?? -1)) side.add(other);
    return side;
  });
  const together = (a: number, b: number) =>
    tree.some((clique) => clique.variables.includes(a) && clique.variables.includes(b));
  const movable = pairs.filter(({a, b}) => !together(a, b));
  const state = movable.map(({a, b, expected}) => {
    const rest = Float64Array.from(expected, (value) => 0.5 - random.next() - value);
    const rows = sizes[a] ?? 1;
    for (let person = 0; person < n; person++) {
      const cell = (levels[a]?.[person] ?? 0) + rows * (levels[b]?.[person] ?? 0);
      rest[cell] = (rest[cell] ?? 0) + 1;
    }
    return {a, b, rows, rest, weight: Float64Array.from(expected, (value) => 1 / (value + 0.5))};
  });
  const moves = tree.flatMap((clique, index) => {
    if (index === 0) return [];
    const inside = new Set([...(below[index] ?? [])].flatMap((each) => tree[each]?.variables ?? []));
    for (const variable of clique.separator) inside.delete(variable);
    const moved = [...inside].sort((a, b) => a - b);
    const touched = state.filter(({a, b}) => inside.has(a) !== inside.has(b));
    const groups = strata(levels, sizes, clique.separator, n);
    const groupOf = new Int32Array(n);
    const placeOf = new Int32Array(n);
    groups.forEach((group, at) => {
      group.forEach((person, place) => {
        groupOf[person] = at;
        placeOf[person] = place;
      });
    });
    return [{index, moved, touched, groups, groupOf, placeOf}];
  });
  if (moves.length === 0) return;
  const beyond = moves.map(({index}) => moves.filter((move) => move.index !== index && below[index]?.has(move.index)));
  const changes: {rest: Float64Array; cell: number; by: number}[] = [];
  let cost = 0;
  const shift = (table: {rest: Float64Array; weight: Float64Array}, cell: number, by: number) => {
    const before = table.rest[cell] ?? 0;
    const after = before + by;
    cost += (after * after - before * before) * (table.weight[cell] ?? 0);
    table.rest[cell] = after;
    changes.push({rest: table.rest, cell, by});
  };
  for (let attempt = 0; attempt < tries; attempt++) {
    const chosen = random.below(moves.length);
    const move = moves[chosen];
    if (move === undefined) continue;
    const one = random.below(n);
    const group = move.groups[move.groupOf[one] ?? 0] ?? [];
    const other = group[random.below(group.length)] ?? one;
    if (one === other || move.moved.every((variable) => levels[variable]?.[one] === levels[variable]?.[other]))
      continue;
    cost = 0;
    changes.length = 0;
    for (const table of move.touched) {
      const a1 = levels[table.a]?.[one] ?? 0;
      const a2 = levels[table.a]?.[other] ?? 0;
      const b1 = levels[table.b]?.[one] ?? 0;
      const b2 = levels[table.b]?.[other] ?? 0;
      if (a1 === a2 || b1 === b2) continue;
      shift(table, a1 + table.rows * b1, -1);
      shift(table, a2 + table.rows * b2, -1);
      shift(table, a1 + table.rows * b2, 1);
      shift(table, a2 + table.rows * b1, 1);
    }
    if (cost < -1e-9) {
      for (const variable of move.moved) {
        const own = levels[variable];
        if (own === undefined) continue;
        const held = own[one] ?? 0;
        own[one] = own[other] ?? 0;
        own[other] = held;
      }
      // Cliques further out share with their parents what has just been exchanged.
      for (const {groups, groupOf, placeOf} of beyond[chosen] ?? []) {
        const [group1, group2] = [groupOf[one] ?? 0, groupOf[other] ?? 0];
        const [place1, place2] = [placeOf[one] ?? 0, placeOf[other] ?? 0];
        (groups[group1] ?? [])[place1] = other;
        (groups[group2] ?? [])[place2] = one;
        groupOf[one] = group2;
        groupOf[other] = group1;
        placeOf[one] = place2;
        placeOf[other] = place1;
      }
    } else {
      for (let i = changes.length - 1; i >= 0; i--) {
        const change = changes[i];
        if (change) change.rest[change.cell] = (change.rest[change.cell] ?? 0) - change.by;
      }
    }
  }
}
