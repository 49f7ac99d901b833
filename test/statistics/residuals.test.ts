import {expect, test} from "vitest";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {holm} from "../../src/statistics/holm.js";
import {residuals} from "../../src/statistics/residuals.js";

test("in a 2 × 2 table every residual is the root of chi-square", () => {
  const table = [
    [20, 10],
    [20, 50]
  ];
  const root = Math.sqrt(chiSquareTest(table).statistic);
  const signs = [1, -1, -1, 1];
  residuals(table).forEach(({residual}, k) => {
    expect(residual).toBeCloseTo((signs[k] ?? 0) * root, 12);
  });
});

test("cells keep their place when empty rows and columns are left out", () => {
  const cells = residuals([
    [5, 0, 9],
    [0, 0, 0],
    [8, 0, 2]
  ]);
  expect(cells.map(({row, column, observed}) => [row, column, observed])).toEqual([
    [0, 0, 5],
    [0, 2, 9],
    [2, 0, 8],
    [2, 2, 2]
  ]);
  expect(cells[1]?.expected).toBeCloseTo((14 * 11) / 24, 14);
});

test("Holm's correction runs over all cells of the table", () => {
  const cells = residuals([
    [10, 20, 30],
    [25, 20, 15]
  ]);
  expect(cells.map(({adjusted}) => adjusted)).toEqual(holm(cells.map(({p}) => p)));
  expect(cells[0]?.adjusted).toBeCloseTo((cells[0]?.p ?? 0) * 6, 12);
});

test("a single row has no residuals", () => {
  expect(() => residuals([[1, 2, 3]])).toThrow(RangeError);
});
