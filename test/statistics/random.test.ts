import {expect, test} from "vitest";
import {seeded} from "../../src/statistics/random.js";

test("the same seed gives the same numbers, another seed others", () => {
  const take = (seed: number) => Array.from({length: 5}, seeded(seed));
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
});

test("the numbers of a seed are what they were when results were published", () => {
  const random = seeded(2010);
  expect([random(), random(), random()].map((x) => x * 2 ** 32)).toEqual([533407417, 36726893, 3169614066]);
});

test("spreads evenly over [0, 1), each number on its own", () => {
  const random = seeded(3);
  const bins = new Array<number>(100).fill(0);
  let previous = Math.floor(random() * 10);
  for (let i = 0; i < 100_000; i++) {
    const next = Math.floor(random() * 10);
    // Pairs: a number must not depend on the one before.
    bins[previous * 10 + next] = (bins[previous * 10 + next] ?? 0) + 1;
    previous = next;
  }
  const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  // 99 degrees of freedom: between the 0.01 % quantiles on either side.
  expect(chiSquare).toBeGreaterThan(54);
  expect(chiSquare).toBeLessThan(161);
});

test("refuses a seed that is not whole", () => {
  expect(() => seeded(0.5)).toThrow(RangeError);
  expect(() => seeded(Number.NaN)).toThrow(RangeError);
});
