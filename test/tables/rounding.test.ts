import {describe, expect, test} from "vitest";
import {printedCells, TOTAL} from "../../src/tables/crosstab.js";
import {type RoundingRule, reportRule, roundingRules, roundPercent} from "../../src/tables/rounding.js";
import {entries, published} from "./published.js";

/** Whether `count` of `total` lies exactly between two percents of so many digits: where the rules part. */
function isTie(count: number, total: number, digits = 0): boolean {
  const rest = (BigInt(count) * 100n * 10n ** BigInt(digits)) % BigInt(total || 1);
  return total > 0 && rest * 2n === BigInt(total);
}

describe("each rule", () => {
  // In the order of roundingRules: half_up, half_even, half_down, twice, down, up.
  test.each<[what: string, count: number, total: number, digits: number, percents: number[]]>([
    ["12.5, a tie above an even number", 5, 40, 0, [13, 12, 12, 13, 12, 13]],
    ["17.5, a tie above an odd number", 7, 40, 0, [18, 18, 17, 18, 17, 18]],
    ["0.5", 1, 200, 0, [1, 0, 0, 1, 0, 1]],
    ["99.5", 199, 200, 0, [100, 100, 99, 100, 99, 100]],
    ["12.25 to one decimal", 49, 400, 1, [12.3, 12.2, 12.2, 12.3, 12.2, 12.3]],
    ["1.005 to two decimals, which no binary fraction is", 201, 20000, 2, [1.01, 1, 1, 1.01, 1, 1.01]],
    ["28.5, which 100 × 0.285 misses", 57, 200, 0, [29, 28, 28, 29, 28, 29]],
    ["46.45…, which rounded twice goes up", 4646, 10000, 0, [46, 46, 46, 47, 46, 47]],
    ["8.46, 33 of 390 in table 13", 33, 390, 0, [8, 8, 8, 9, 8, 9]],
    ["8.44, which rounded twice does not", 844, 10000, 0, [8, 8, 8, 8, 8, 9]],
    ["a third", 1, 3, 0, [33, 33, 33, 33, 33, 34]],
    ["a whole percent", 1, 4, 0, [25, 25, 25, 25, 25, 25]],
    ["nothing", 0, 7, 0, [0, 0, 0, 0, 0, 0]],
    ["more than all", 3, 2, 0, [150, 150, 150, 150, 150, 150]],
    ["just under a tie of 10¹⁵", 124_999_999_999_999, 1e15, 0, [12, 12, 12, 13, 12, 13]],
    ["a tie of 10¹⁵", 125_000_000_000_000, 1e15, 0, [13, 12, 12, 13, 12, 13]],
    ["just over a tie of 10¹⁵", 125_000_000_000_001, 1e15, 0, [13, 13, 13, 13, 12, 13]],
    // A hundred times this count is no double; the nearest is below it, and so below the tie.
    ["a tie that doubles miss", 1_000_000_000_000_001, 8_000_000_000_000_008, 0, [13, 12, 12, 13, 12, 13]]
  ])("%s", (_, count, total, digits, percents) => {
    expect(roundingRules.map((rule) => roundPercent(count, total, rule, digits))).toEqual(percents);
  });

  test("knows ties, and only ties", () => {
    expect([isTie(5, 40), isTie(49, 400, 1), isTie(125_000_000_000_000, 1e15)]).toEqual([true, true, true]);
    expect([isTie(10, 40), isTie(5, 40, 1), isTie(124_999_999_999_999, 1e15), isTie(0, 0)]).toEqual([
      false,
      false,
      false,
      false
    ]);
  });

  test("has no percent of nobody, and takes only whole numbers", () => {
    expect(roundPercent(0, 0)).toBe(null);
    for (const [count, total, digits] of [
      [-1, 3, 0],
      [1.5, 3, 0],
      [1, Number.NaN, 0],
      [1, 2 ** 53, 0],
      [1, 3, 7],
      [1, 3, 0.5]
    ]) {
      expect(() => roundPercent(count ?? 0, total ?? 0, "half_up", digits)).toThrow(RangeError);
    }
  });
});

describe("the report's rule", () => {
  // Every printed percent with the two printed counts that it is a share of.
  const shares = entries.tables.flatMap(({table, percentOf}) => {
    const counts = printedCells(published, table, "count");
    return printedCells(published, table, "percent").map((cell) => {
      const count = counts.find((c) => c.row_index === cell.row_index && c.column_index === cell.column_index);
      const total = counts.find((c) =>
        percentOf === "row"
          ? c.row_index === cell.row_index && c.column === TOTAL
          : c.column_index === cell.column_index && c.row === TOTAL
      );
      const digits = /,(\d+)/.exec(cell.printed)?.[1]?.length ?? 0;
      return {table, printed: cell.value, count: count?.value ?? -1, total: total?.value ?? -1, digits};
    });
  });
  const ties = shares.filter(({count, total, digits}) => isTie(count, total, digits));
  const by = (rule: RoundingRule) =>
    ties.filter((s) => s.printed === roundPercent(s.count, s.total, rule, s.digits)).length;

  test("is held against all percents that the report prints of its counts", () => {
    expect(shares.length).toBe(625);
  });

  test("is half up: every tie is printed so, and no other rule to the nearest gives them all", () => {
    expect(reportRule).toBe("half_up");
    expect({
      ties: ties.length,
      half_up: by("half_up"),
      half_even: by("half_even"),
      half_down: by("half_down"),
      down: by("down")
    }).toEqual({ties: 14, half_up: 14, half_even: 8, half_down: 0, down: 0});
  });

  test("gives every percent but three", () => {
    const others = shares.filter((s) => s.printed !== roundPercent(s.count, s.total, reportRule, s.digits));
    expect(others.map(({table, count, total, printed}) => [table, count, total, printed])).toEqual([
      [13, 33, 390, 9],
      [13, 284, 964, 30],
      [14, 66, 142, 47]
    ]);
    expect(others.map((s) => roundPercent(s.count, s.total, "twice", s.digits))).toEqual([9, 30, 47]);
  });
});
