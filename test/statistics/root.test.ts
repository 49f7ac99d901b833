import {describe, expect, test} from "vitest";
import {root} from "../../src/statistics/root.js";

describe("root", () => {
  test.each([
    ["a line", (x: number) => 3 * x - 1, 0, 1, 1 / 3],
    ["a parabola", (x: number) => x * x - 2, 0, 2, Math.SQRT2],
    ["a falling function", (x: number) => Math.exp(-x) - 0.5, 0, 50, Math.LN2],
    ["a triple root", (x: number) => (x - 0.3) ** 3, -1, 5, 0.3],
    ["a step", (x: number) => (x < 0.7 ? -1 : 1), 0, 1, 0.7],
    ["a pole's sign change", (x: number) => Math.log(x / 1e-5), 0, 10, 1e-5],
    ["a root at the low end", (x: number) => x, 0, 1, 0],
    ["a root at the high end", (x: number) => x - 1, 0, 1, 1]
  ])("finds that of %s to the precision of a double", (_, f, low, high, expected) => {
    expect(Math.abs(root(f, low, high) - expected)).toBeLessThan(expected === 0.3 ? 1e-5 : 4e-16);
  });

  test("takes few steps where the function is smooth", () => {
    let calls = 0;
    root(
      (x) => {
        calls++;
        return Math.exp(x) - 5;
      },
      0,
      100
    );
    expect(calls).toBeLessThan(30);
  });

  test("refuses ends of one sign and ends that are not numbers", () => {
    expect(() => root((x) => x * x + 1, -1, 1)).toThrow(/No sign change/);
    expect(() => root(() => Number.NaN, -1, 1)).toThrow(/No sign change/);
  });
});
