import {describe, expect, it} from "vitest";
import {cliqueTree} from "../../../data-loaders/reconstruction/cliques.js";
import {readConstraints} from "../../../data-loaders/reconstruction/constraints.js";
import {expectedPair} from "../../../data-loaders/reconstruction/dealing.js";
import {findSupport, fitEntropy} from "../../../data-loaders/reconstruction/fit.js";
import {polytope} from "../../../data-loaders/reconstruction/polytope.js";
import {random} from "../../../data-loaders/reconstruction/random.js";
import {loadSolver} from "../../../data-loaders/reconstruction/solver.js";
import {gardens, type People, print, side} from "./survey.js";

describe("random", () => {
  it("repeats itself for a seed, differs between seeds, and shuffles evenly", () => {
    const draw = (seed: number) => Array.from({length: 5}, random(seed).next);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(2 ** 40)).not.toEqual(draw(2 ** 41));
    const generator = random(8);
    const first = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = generator.shuffle([1, 2, 3]).join("");
      first.set(order, (first.get(order) ?? 0) + 1);
    }
    expect(first.size).toBe(6);
    for (const count of first.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});

describe("cliqueTree", () => {
  const variables = Array.from({length: 6}, (_, at) => ({name: `v${at}`, codes: ["a", "b"], levels: 3}));

  it("holds every scope in one clique, and lets a variable’s cliques hang together", () => {
    const scopes = [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
      [3, 4]
    ];
    const tree = cliqueTree(variables, scopes);
    for (const scope of scopes) {
      expect(tree.some((clique) => scope.every((each) => clique.variables.includes(each)))).toBe(true);
    }
    for (const [index, clique] of tree.entries()) {
      if (clique.parent >= 0) expect(clique.parent).toBeLessThan(index);
      const before = new Set(tree.slice(0, index).flatMap((each) => each.variables));
      const shared = clique.variables.filter((variable) => before.has(variable));
      expect(clique.separator).toEqual(shared);
      if (clique.parent >= 0) expect(tree[clique.parent]?.variables).toEqual(expect.arrayContaining(shared));
    }
    // A ring of four needs a chord; the variable that nothing is tied to is alone.
    expect(tree.map((clique) => clique.variables.length).sort()).toEqual([1, 2, 3, 3]);
    expect(tree.filter(({parent}) => parent < 0)).toHaveLength(2);
  });
});

describe("the fit", () => {
  const codes = ["yes", "no"];
  const chain = (people: People) => {
    const variables = Object.keys(people).map((name) => ({name, codes}));
    const tables = [
      print(1, people, {row: side("a", codes), column: side("b", codes)}),
      print(2, people, {row: side("b", codes), column: side("c", codes)}),
      print(3, people, {row: side("b", codes)})
    ];
    return polytope(readConstraints({variables, tables, n: people.a?.length ?? 0}));
  };
  const repeat = (code: string, times: number) => new Array<string>(times).fill(code);

  it("makes variables independent given the one that links them", async () => {
    const people: People = {
      a: [...repeat("yes", 6), ...repeat("no", 4), ...repeat("yes", 2), ...repeat("no", 8)],
      b: [...repeat("yes", 10), ...repeat("no", 10)],
      c: [...repeat("yes", 5), ...repeat("no", 5), ...repeat("yes", 1), ...repeat("no", 9)]
    };
    const whole = chain(people);
    const support = findSupport(await loadSolver(), whole);
    const {expected, largestGap} = fitEntropy(whole, support ?? [], 1e-9);
    expect(largestGap).toBeLessThan(1e-9);
    const {expected: pair} = expectedPair(whole, expected, 0, 2);
    // a and c both yes: 6 · 5 ÷ 10 among b, 2 · 1 ÷ 10 among the others.
    expect(pair[0]).toBeCloseTo(3.2, 9);
    expect(pair.reduce((sum, count) => sum + count, 0)).toBeCloseTo(20, 9);
  });

  it("knows the cells that several tables together leave empty, and no others", async () => {
    const {survey} = gardens(60, random(3));
    const constraints = readConstraints(survey);
    const whole = polytope(constraints);
    const solver = await loadSolver();
    const support = findSupport(solver, whole) ?? [];
    const {expected} = fitEntropy(whole, support, 1e-6, 20000);
    support.forEach((possible, cell) => {
      if (!possible) expect(expected[cell]).toBe(0);
      else expect(expected[cell]).toBeGreaterThan(0);
    });
    for (const row of whole.rows) {
      if (row.constraint?.count === 0) for (const cell of row.cells) expect(support[cell]).toBe(false);
    }
  });
});
