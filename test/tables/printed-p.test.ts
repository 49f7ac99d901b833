import {describe, expect, test} from "vitest";
import {chiSquareTest, yatesTest} from "../../src/statistics/chi-square.js";
import {exactTest} from "../../src/statistics/exact.js";
import {givesP, judgeP, readP, runTests} from "../../src/tables/printed-p.js";

const judge = (printed: string, counts: number[][]) =>
  judgeP(readP(printed), runTests(counts, true, exactTest(counts)));

describe("a printed P", () => {
  test.each([
    ["0,174", "value", 0.174, 0.1735, 0.1745],
    [".416", "value", 0.416, 0.4155, 0.4165],
    [",000", "value", 0, -0.0005, 0.0005],
    ["0.004*", "value", 0.004, 0.0035, 0.0045],
    ["0001", "value", 0.001, 0.0005, 0.0015],
    ["<.0001", "bound", 0.0001, 0, 0.0001],
    ["< 0,001", "bound", 0.001, 0, 0.001],
    [">0.05", "bound", 0.05, 0.05, 1],
    ["1.12e-06", "value", 0.00000112, 0.000001115, 0.000001125],
    ["<2e-16", "bound", 2e-16, 0, 2e-16],
    ["***", "level", 0.001, 0, 0.001],
    ["n.s.", "level", 1, 0.05, 1]
  ])("%s is a %s", (printed, kind, value, lower, upper) => {
    const read = readP(printed);
    expect(read).toMatchObject({kind, value});
    expect(read?.lower).toBeCloseTo(lower, 12);
    expect(read?.upper).toBeCloseTo(upper, 12);
  });

  test.each(["", "–", "1.4", "yes"])("“%s” is none", (printed) => expect(readP(printed)).toBeNull());
});

describe("the judge of P", () => {
  const two = [
    [23, 300],
    [20, 622]
  ];

  test("Yates’s correction takes away no more than there is, and in larger tables half a unit a cell", () => {
    expect(
      yatesTest([
        [5, 5],
        [25, 25]
      ])
    ).toEqual({statistic: 0, p: 1});
    expect(
      yatesTest([
        [10, 10],
        [10, 11]
      ]).statistic
    ).toBe(0);
    // A published table whose authors say that they corrected (`4.005Y`, 0.548).
    const ages = [
      [4, 28],
      [8, 248],
      [15, 309],
      [11, 232],
      [5, 97],
      [0, 8]
    ];
    expect(yatesTest(ages).statistic).toBeCloseTo(4.005, 3);
    expect(judgeP(readP("0.548"), runTests(ages, false, null))).toMatchObject({
      verdict: "rounding",
      note: "The chi-square with Yates’s correction gives the printed P if its decimals are cut off."
    });
  });

  test("0.0001 may stand for all that is less, and 0.01 may not", () => {
    const apart = [
      [180, 88],
      [248, 133],
      [273, 259],
      [137, 152]
    ];
    expect(judge("0.0001", apart).verdict).toBe("rounding");
    expect(judge("0.01", apart).verdict).toBe("differs");
    expect(judge("0.0002", apart).verdict).toBe("differs");
  });

  test("a P of 1 may be printed as 0.99", () => {
    const same = [
      [5, 5],
      [25, 25]
    ];
    expect(judge("0.99", same).verdict).toBe("exact");
    expect(judge("0.98", same).verdict).toBe("differs");
  });

  test("a P by any usual test holds, and the test is named", () => {
    expect(judge("0.004", two)).toMatchObject({verdict: "exact", by: expect.arrayContaining(["pearson"])});
    expect(judge("0.007", two)).toMatchObject({verdict: "exact", by: expect.arrayContaining(["yates"])});
    const {p} = exactTest(two);
    expect(judge(p.toFixed(5), two)).toMatchObject({verdict: "exact", by: ["exact"]});
    expect(judge("0.041", two).verdict).toBe("differs");
  });

  test("bounds and levels are judged as such", () => {
    expect(judge("<0.01", two).verdict).toBe("exact");
    expect(judge("**", two).verdict).toBe("exact");
    expect(judge("<0.001", two).verdict).toBe("differs");
    expect(judge("ns", two).verdict).toBe("differs");
    expect(judge("0.004*", two).verdict).toBe("exact");
  });

  test("no test is named that was not run", () => {
    const counts = [
      [10, 20, 30],
      [30, 20, 10]
    ];
    const {note} = judgeP(readP("0.5"), runTests(counts, false, null));
    expect(note).toContain("likelihood ratio");
    expect(note).not.toMatch(/exact|trend|one-sided/);
  });

  test("a report that says which test it uses is held to it", () => {
    const tried = runTests(two, true, null);
    expect(judgeP(readP("0.007"), tried, "pearson")).toMatchObject({
      verdict: "differs",
      by: ["yates"],
      note: "Pearson’s chi-square does not give the printed P; the chi-square with Yates’s correction does."
    });
  });

  test("where the error of a simulation leaves it open, nothing is said", () => {
    const printed = readP("0,006");
    if (!printed) throw new Error("0,006");
    expect(givesP({p: 0.006, standardError: 0.0001}, printed)).toBe(true);
    expect(givesP({p: 0.006, standardError: 0.0002}, printed)).toBeNull();
    expect(givesP({p: 0.02, standardError: 0.0002}, printed)).toBe(false);
    const open = judgeP(printed, {pearson: {p: 0.5, standardError: 0}, exact: {p: 0.006, standardError: 0.0002}});
    expect(open).toMatchObject({verdict: "not_checkable", by: []});
    expect(open.note).toContain("Not settled");
  });

  test("what Pearson’s test says is what the statistic’s own module says", () => {
    expect(runTests(two, false, null).pearson?.p).toBe(chiSquareTest(two).p);
  });
});
