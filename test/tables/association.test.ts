import {describe, expect, test} from "vitest";
import {association, rowShares} from "../../src/tables/association.js";
import {withTotals} from "../../src/tables/crosstab.js";

describe("rowShares", () => {
  test("takes shares of the row, and of everybody in a table of one variable", () => {
    const two = rowShares(
      withTotals(
        ["a", "b"],
        ["x", "y"],
        [
          [1, 3],
          [10, 0]
        ]
      )
    );
    expect(two.map(({row, column, count, n, share}) => [row, column, count, n, share])).toEqual([
      ["a", "x", 1, 4, 0.25],
      ["a", "y", 3, 4, 0.75],
      ["b", "x", 10, 10, 1],
      ["b", "y", 0, 10, 0]
    ]);
    const one = rowShares(withTotals(["a", "b"], ["total"], [[1], [3]]));
    expect(one.map(({row, n, share}) => [row, n, share])).toEqual([
      ["a", 4, 0.25],
      ["b", 4, 0.75]
    ]);
  });

  test("leaves out a row that nobody is in", () => {
    expect(
      rowShares(
        withTotals(
          ["a", "b"],
          ["x", "y"],
          [
            [0, 0],
            [1, 1]
          ]
        )
      ).map(({row}) => row)
    ).toEqual(["b", "b"]);
  });
});

describe("association", () => {
  test("puts each residual at its own cell, also behind an empty row", () => {
    const table = withTotals(
      ["a", "empty", "b"],
      ["x", "y"],
      [
        [30, 10],
        [0, 0],
        [10, 30]
      ]
    );
    const cells = association(table);
    expect(cells.map(({row, column}) => `${row} ${column}`)).toEqual(["a x", "a y", "b x", "b y"]);
    const [ax, ay, bx] = cells;
    // Adjusted residuals of a 2 × 2 table are the root of its chi-square: 80 (30·30 − 10·10)² / 40⁴ = 20.
    expect(ax?.residual).toBeCloseTo(Math.sqrt(20), 10);
    expect(ay?.residual).toBeCloseTo(-Math.sqrt(20), 10);
    expect(bx?.residual).toBeCloseTo(-Math.sqrt(20), 10);
    expect(ax?.overall).toBe(0.5);
    expect(ax?.share).toBe(0.75);
    expect(ax?.adjusted).toBeCloseTo(4 * (ax?.p ?? 0), 12);
  });
});
