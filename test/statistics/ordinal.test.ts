import {describe, expect, test} from "vitest";
import {ordinalAssociation} from "../../src/statistics/ordinal.js";

describe("gamma and tau-b", () => {
  test("of Agresti's table of income and job satisfaction", () => {
    // Agresti (2002), table 2.8: 1,331 concordant and 849 discordant pairs, gamma 0.221 with standard error 0.117.
    const {gamma, concordant, discordant} = ordinalAssociation([
      [1, 3, 10, 6],
      [2, 3, 10, 7],
      [1, 6, 14, 12],
      [0, 1, 9, 11]
    ]);
    expect([concordant, discordant]).toEqual([1331, 849]);
    expect(gamma.estimate).toBeCloseTo(482 / 2180, 14);
    expect(gamma.standardError).toBeCloseTo(0.117, 3);
    expect(gamma.upper - gamma.lower).toBeCloseTo(2 * 1.959963984540054 * gamma.standardError, 14);
  });

  test("tau-b of a 2 × 2 table is its phi coefficient", () => {
    expect(
      ordinalAssociation([
        [20, 10],
        [20, 50]
      ]).tauB.estimate
    ).toBeCloseTo((20 * 50 - 10 * 20) / Math.sqrt(30 * 70 * 40 * 60), 14);
  });

  test("turn their sign, and only it, with the order of one side", () => {
    const table = [
      [5, 2, 1],
      [3, 4, 6]
    ];
    const there = ordinalAssociation(table);
    const back = ordinalAssociation(table.map((row) => [...row].reverse()));
    expect(back.gamma.estimate).toBeCloseTo(-there.gamma.estimate, 14);
    expect(back.gamma.lower).toBeCloseTo(-there.gamma.upper, 14);
    expect(back.tauB.lower).toBeCloseTo(-there.tauB.upper, 14);
    expect(back.p).toBeCloseTo(there.p ?? -1, 14);
  });

  test("are not moved by empty rows and columns", () => {
    expect(
      ordinalAssociation([
        [5, 0, 2],
        [0, 0, 0],
        [3, 0, 6]
      ])
    ).toEqual(
      ordinalAssociation([
        [5, 2],
        [3, 6]
      ])
    );
  });

  test("are 1 without error when all pairs agree; p is then open if the sample is too regular", () => {
    const {gamma, tauB, p} = ordinalAssociation([
      [5, 0],
      [0, 5]
    ]);
    const point = {estimate: 1, standardError: 0, lower: 1, upper: 1};
    expect([gamma, tauB, p]).toEqual([point, point, null]);
    // Here rounding leaves a variance that is not quite 0.
    expect(
      ordinalAssociation([
        [0.01, 0],
        [0, 0.01]
      ]).p
    ).toBeNull();
    expect(
      ordinalAssociation([
        [5, 0],
        [0, 4]
      ]).tauB.standardError
    ).toBe(0);
    expect(
      ordinalAssociation([
        [3, 1, 0],
        [0, 2, 4]
      ]).p
    ).toBeGreaterThan(0);
  });

  test("stay within −1 and 1 at any level, and widen with it", () => {
    const table = [
      [4, 1],
      [1, 4]
    ];
    const wide = ordinalAssociation(table, 0.999).gamma;
    expect(wide.upper).toBe(1);
    expect(wide.lower).toBeLessThan(ordinalAssociation(table, 0.9).gamma.lower);
    expect(
      ordinalAssociation(
        [
          [1, 4],
          [4, 1]
        ],
        0.999
      ).gamma.lower
    ).toBe(-1);
  });

  test("refuse a table where no two people differ on both sides", () => {
    expect(() => ordinalAssociation([[1, 2, 3]])).toThrow(/differ on both sides/);
    expect(() =>
      ordinalAssociation(
        [
          [2, 3],
          [0, 4]
        ],
        2
      )
    ).toThrow(/confidence level/);
    expect(() =>
      ordinalAssociation([
        [0, 0],
        [3, 4]
      ])
    ).toThrow(/differ on both sides/);
  });
});
