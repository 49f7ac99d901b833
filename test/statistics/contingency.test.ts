import {describe, expect, test} from "vitest";
import {margins, occupied, requireWhole} from "../../src/statistics/contingency.js";

describe("margins", () => {
  test("are the sums of rows, columns and all", () => {
    expect(
      margins([
        [1, 2, 3],
        [4, 5, 0.5]
      ])
    ).toEqual({rows: [6, 9.5], columns: [5, 7, 3.5], total: 15.5});
  });

  test.each([
    ["no rows", [], /at least one row/],
    ["no columns", [[], []], /at least one row and one column/],
    ["rows of unequal length", [[1, 2], [3]], /Row 2 has 1 counts/],
    ["a later row that is longer", [[1], [3, 4]], /Row 2 has 2 counts/],
    ["a negative count", [[1, -2]], /Row 1, column 2 is -2/],
    [
      "a count that is not a number",
      [
        [1, 2],
        [Number.NaN, 1]
      ],
      /Row 2, column 1 is NaN/
    ],
    ["an infinite count", [[1, Number.POSITIVE_INFINITY]], /Row 1, column 2 is Infinity/],
    [
      "nobody",
      [
        [0, 0],
        [0, 0]
      ],
      /counts nobody/
    ]
  ])("refuse %s", (_, table, message) => {
    expect(() => margins(table)).toThrow(RangeError);
    expect(() => margins(table)).toThrow(message);
  });
});

describe("occupied", () => {
  test("drops empty rows and columns and remembers where the others stood", () => {
    const table = [
      [1, 0, 2],
      [0, 0, 0],
      [3, 0, 4]
    ];
    expect(occupied(table)).toEqual({
      counts: [
        [1, 2],
        [3, 4]
      ],
      rows: [0, 2],
      columns: [0, 2],
      margins: {rows: [3, 7], columns: [4, 6], total: 10}
    });
  });

  test.each([
    ["one row", [[1, 2, 3]]],
    ["one column", [[1], [2]]],
    [
      "one row that is not empty",
      [
        [1, 2],
        [0, 0]
      ]
    ],
    [
      "one column that is not empty",
      [
        [0, 2],
        [0, 3]
      ]
    ]
  ])("refuses %s", (_, table) => {
    expect(() => occupied(table)).toThrow(/two rows and two columns/);
  });
});

test("whole counts are required by name of the cell", () => {
  expect(() =>
    requireWhole([
      [1, 2],
      [3, 4.5]
    ])
  ).toThrow(/Row 2, column 2 is 4.5/);
  expect(() =>
    requireWhole([
      [1, 2],
      [3, 4]
    ])
  ).not.toThrow();
});
