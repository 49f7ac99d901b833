import {fromArrow} from "arquero";
import {beforeAll, describe, expect, test} from "vitest";
import {exactTests, hasOrder, reportTests, testedTables, writeTests} from "../../../data-loaders/checks/tests.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import {seeded} from "../../../src/statistics/random.js";
import {readDecimal} from "../../../src/tables/decimal.js";

const files = readRawFolder();
const report = readReport(files);

interface Row {
  readonly table: number;
  readonly [column: string]: number | string | null;
}

let bytes: Uint8Array;
let rows: Map<number, Row>;
const row = (table: number): Row => {
  const found = rows.get(table);
  if (!found) throw new Error(`no row for table ${table}`);
  return found;
};
const tablesWhere = (holds: (row: Row) => boolean) => [...rows.values()].filter(holds).map((r) => r.table);

beforeAll(async () => {
  bytes = await writeTests(report, files);
  const table = fromArrow(bytes);
  rows = new Map((table.objects({limit: Number.POSITIVE_INFINITY}) as Row[]).map((r) => [r.table, r]));
});

describe("tests.arrow", () => {
  test("has a row for each crosstab with a P", () => {
    expect([...rows.keys()]).toEqual([
      2, 3, 4, 5, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 23, 24, 25, 26, 30, 31, 33, 34
    ]);
  });

  test("gives the chi-square of table 34, worked out by hand", () => {
    // Rows 4 11 / 1 13 / 1 5 / 1 4; of 40 in all, 7 say no: n Σ (O² / (row × column)) − n.
    const squares = [
      [4, 11, 15],
      [1, 13, 14],
      [1, 5, 6],
      [1, 4, 5]
    ].map(([no = 0, yes = 0, total = 1]) => no ** 2 / (total * 7) + yes ** 2 / (total * 33));
    const byHand = 40 * (squares.reduce((a, b) => a + b) - 1);
    expect(row(34).statistic).toBeCloseTo(byHand, 10);
    expect(row(34)).toMatchObject({df: 3, n: 40, p_printed: 0.585, significant_printed: "no"});
    // The smallest is 5 × 7 / 40; all four of the column “no” and one of the other are below 5.
    expect(row(34).min_expected).toBeCloseTo(0.875, 12);
    expect(row(34).share_expected_below_5).toBe(6 / 8);
  });

  test("finds Pearson’s test behind every printed P but that of table 26, which only the trend gives", () => {
    expect(tablesWhere((r) => !String(r.p_reproduced_by).split(" ").includes("pearson"))).toEqual([26]);
    expect(row(26)).toMatchObject({p_reproduced_by: "trend", p_printed: 0, p_printed_text: "0,000"});
    expect(row(26).p_pearson).toBeCloseTo(0.003605, 6);
    expect(row(26).p_trend).toBeLessThan(0.0005);
  });

  test("no conclusion at 5 % changes, and the P of table 15 is read with its decimal sign", () => {
    expect(tablesWhere((r) => r.significant_printed !== r.significant_pearson)).toEqual([]);
    expect(tablesWhere((r) => r.significant_pearson === "no")).toEqual([2, 3, 20, 30, 31, 33, 34]);
    expect(row(15)).toMatchObject({p_printed: 0.001, p_printed_text: "0001"});
  });

  test("two significant results do not survive Holm’s correction", () => {
    expect(tablesWhere((r) => r.significant_pearson === "yes" && r.survives_holm === "no")).toEqual([23, 24]);
    // By hand for table 24: 15 significant ones, it is the largest of them, so 8 of 22 tests are left.
    expect(row(24).p_holm).toBeCloseTo(8 * Number(row(24).p_pearson), 12);
  });

  test("the design effect to insignificance belongs to significant results only and is above 1", () => {
    for (const r of rows.values()) {
      if (r.significant_pearson === "no") expect(r.design_effect_limit).toBeNull();
      else expect(r.design_effect_limit).toBeGreaterThan(1);
    }
    // 18.307 is the critical value of chi-square on 10 degrees of freedom, 21.026 on 12.
    expect(row(24).df).toBe(12);
    expect(row(24).design_effect_limit).toBeCloseTo(Number(row(24).statistic) / 21.026, 4);
    expect(tablesWhere((r) => r.design_effect_limit !== null && Number(r.design_effect_limit) < 1.5)).toEqual([
      23, 24, 26
    ]);
  });

  test("trend and measures of order are given where both sides have an order, and nowhere else", () => {
    const ordered = [14, 16, 17, 18, 19, 20, 23, 26, 30, 31, 33, 34];
    for (const column of ["p_trend", "gamma", "gamma_lower", "gamma_upper", "tau_b", "tau_b_lower", "tau_b_upper"]) {
      expect(tablesWhere((r) => r[column] !== null)).toEqual(ordered);
    }
    const variable = (name: string) => {
      const found = report.codebook.get(name);
      if (!found) throw new Error(name);
      return found;
    };
    expect(["caseload", "gender", "background"].map((name) => hasOrder(variable(name)))).toEqual([true, true, false]);
    for (const table of ordered) {
      const {gamma, gamma_lower, gamma_upper, tau_b} = row(table);
      expect(Number(gamma_lower)).toBeLessThan(Number(gamma));
      expect(Number(gamma_upper)).toBeGreaterThan(Number(gamma));
      // Pairs tied on one side pull tau-b towards 0.
      expect(Math.abs(Number(tau_b))).toBeLessThan(Math.abs(Number(gamma)));
    }
  });

  test("scales run in the codebook’s order: the larger the office, the less cooperation", () => {
    expect(row(17).gamma).toBeLessThan(-0.4);
    // Training runs from much to little, so that less of it in large offices is a rise.
    expect(row(20).gamma).toBeGreaterThan(0);
  });

  test("is the same each time", async () => {
    expect(await writeTests(report, files)).toEqual(bytes);
  });
});

describe("exact tests", () => {
  test("are exact for the small tables and simulated for the rest", async () => {
    const exact = await exactTests(report);
    const tables = testedTables(report).map(({entry}) => entry.table);
    expect(tables.filter((_, i) => exact[i]?.method === "exact")).toEqual([3, 15, 16, 25, 26, 30, 31, 33, 34]);
    for (const {method, standardError} of exact) expect(standardError === 0).toBe(method === "exact");
  });

  test("without them the rest is the same", async () => {
    const quick = reportTests(report, null);
    const full = reportTests(report, await exactTests(report));
    expect(quick.map((t) => t.test)).toEqual(full.map((t) => t.test));
    expect(quick.every((t) => t.exact === null)).toBe(true);
    expect(full.every((t) => t.exact !== null)).toBe(true);
  });
});

describe("printed decimals", () => {
  test.each([
    ["0,174", false, 0.174, 3],
    ["-,125", false, -0.125, 3],
    [",000**", false, 0, 3],
    ["21.115", false, 21.115, 3],
    ["100,%", false, 100, 0],
    ["0001", true, 0.001, 3],
    ["264", true, 0.264, 3],
    ["264", false, 264, 0]
  ])("“%s” (a share: %s) is %d with %d digits", (printed, share, value, digits) => {
    expect(readDecimal(printed, share)).toMatchObject({value, digits});
  });

  test("what is no number throws", () => {
    expect(() => readDecimal("%")).toThrow("no number");
  });

  test("random numbers lie in the interval of what they are printed as", () => {
    const random = seeded(4);
    for (let i = 0; i < 200; i++) {
      const x = random() * 10;
      const {lower, upper} = readDecimal(x.toFixed(3).replace(".", ","));
      expect(x).toBeGreaterThanOrEqual(lower);
      expect(x).toBeLessThanOrEqual(upper);
    }
  });
});
