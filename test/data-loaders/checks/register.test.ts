import {fromArrow} from "arquero";
import {parse} from "csv-parse/sync";
import {beforeAll, describe, expect, test} from "vitest";
import {type Check, isWrong, powerOf, replaceAt} from "../../../data-loaders/checks/check.js";
import {allChecks, checkColumns, checkReport, writeChecks} from "../../../data-loaders/checks/register.js";
import {reportTests} from "../../../data-loaders/checks/tests.js";
import {surveyCounts} from "../../../data-loaders/publish/respondents.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {type Report, readReport} from "../../../data-loaders/read/report.js";
import type {PrintedCell} from "../../../data-loaders/read/table.js";
import {seeded} from "../../../src/statistics/random.js";
import {verdicts} from "../../../src/tables/verdict.js";

const files = readRawFolder();
const report = readReport(files);

/** What is wrong, with what is printed and what it should be. */
const wrongChecks: readonly (readonly [string, string, string | null])[] = [
  ["t1.total.2008.sum", "831", "805"],
  ["t4.decimals.structure", "100,% 100,% 100,%", "100% 100% 100%"],
  ["t6.total_label.structure", "(no label)", "Total"],
  ["t7.total_label.structure", "(no label)", "Total"],
  ["t10.categories.structure", "20-50, 50-100, 100-150, 150-250", null],
  ["t11.extra_total.structure", "Total 534", "Missing 534"],
  ["t12.categories.structure", "20-50, 50-100, 100-150, 150-250", null],
  ["t14.categories.structure", "20-50, 50-100, 100-150, 150-250", null],
  ["t15.p_decimal_sign.structure", "0001", "0,001"],
  ["t17.percent_label.structure", "Antall", "Prosent"],
  ["t18.percent_label.structure", "(no label)", "Prosent"],
  ["t21.missing_label.structure", "0", "Missing"],
  ["t22.missing_label.structure", "0", "Missing"],
  ["t26.p", "0,000", "0.00361"],
  ["t28.follow_up_need.level.structure", "1, 2, 4", "1, 2, 3 and 4"],
  ["t28.r2_decimal_sign.structure", "264", "0,264"],
  ["t29.axis.structure", "0 20 40 60 80 100 120", "0 20 40 60 80 100"],
  ["t33.percent_sign.structure", "2% 0% 2% 10% 19% 33% 2% 1% 4% 11% 22% 40%", "2 0 2 10 19 33 2 1 4 11 22 40"],
  ["t34.percent_sign.structure", "1% 13% 14% 1% 5% 6% 1% 4% 5% 7% 33% 40%", "1 13 14 1 5 6 1 4 5 7 33 40"]
];

/** Everything that can be checked without simulated tests and without respondents, which take seconds. */
function quickChecks(of: Report): Check[] {
  return checkReport(of, {tests: reportTests(of, null)});
}

/** The raw files with one field of one file changed. */
function withField(place: {file: string; line: number; field: number}, text: string): Map<string, Uint8Array> {
  const rows: string[][] = parse(new TextDecoder().decode(files.get(place.file)), {relax_column_count: true});
  const line = rows[place.line - 1];
  if (!line) throw new Error(`${place.file} has no line ${place.line}`);
  line[place.field - 1] = text;
  const csv = rows.map((fields) => fields.map((f) => (/[",]/.test(f) ? `"${f}"` : f)).join(",")).join("\n");
  return new Map(files).set(place.file, new TextEncoder().encode(`${csv}\n`));
}

let checks: Check[];
let byId: Map<string, Check>;
const find = (id: string): Check => {
  const found = byId.get(id);
  if (!found) throw new Error(`there is no check ${id}`);
  return found;
};
const idsWhere = (holds: (check: Check) => boolean) => checks.filter(holds).map(({id}) => id);

beforeAll(async () => {
  checks = await allChecks(report);
  byId = new Map(checks.map((check) => [check.id, check]));
});

describe("the register", () => {
  test("counts by kind and verdict", () => {
    const tally: Record<string, number> = {};
    for (const {kind, verdict} of checks) tally[`${kind} ${verdict}`] = (tally[`${kind} ${verdict}`] ?? 0) + 1;
    expect(tally).toEqual({
      "count exact": 30,
      "percent exact": 622,
      "percent rounding": 3,
      "cumulative exact": 7,
      "total exact": 241,
      "total inconsistent": 1,
      "margin exact": 223,
      "p exact": 21,
      "p differs": 1,
      "coefficient exact": 57,
      "coefficient rounding": 3,
      "fit exact": 4,
      "fit rounding": 1,
      "coding exact": 18,
      "coding not_checkable": 4,
      "structure exact": 1,
      "structure differs": 14,
      "structure inconsistent": 3,
      "structure not_checkable": 2
    });
  });

  test("names each check once, and uses the one vocabulary of verdicts", () => {
    expect(byId.size).toBe(checks.length);
    for (const {id, verdict} of checks) {
      expect(id).toMatch(/^t\d+(\.[a-z0-9_]+)+$/);
      expect(verdicts).toContain(verdict);
    }
  });

  test("says of each check that is not exact why, and of none that a conclusion changes", () => {
    for (const check of checks) {
      expect(check.note).toMatch(/\.$/);
      if (check.verdict === "rounding") expect(check.rule).not.toBeNull();
      else expect(check.rule).toBeNull();
      expect(check.conclusion).not.toBe("changes");
    }
  });

  test("holds exactly these to be wrong", () => {
    const wrong = checks.filter(({verdict}) => isWrong(verdict));
    expect(wrong.map(({id, printed, recomputed}) => [id, printed, recomputed])).toEqual(wrongChecks);
  });

  test("touches every printed number but codes of items and ticks that are right", () => {
    const touched = new Set(checks.flatMap(({cells}) => cells));
    const untouched = report.tables.flatMap(({entry, cells}) =>
      cells
        .filter((cell) => !touched.has(cell))
        .map((cell) => `${entry.table} ${cell.measure} ${cell.row?.code} ${cell.printed}`)
    );
    // The ticks of table 29 up to 100 stand beside the one beyond.
    expect(untouched.filter((text) => !text.startsWith("29 axis_tick"))).toEqual([]);
    // A number that takes part in checks of form only has been read, not checked.
    const checked = new Set(checks.filter(({kind}) => kind !== "structure").flatMap(({cells}) => cells));
    const numbers = report.tables.flatMap(({cells}) => cells).filter((cell) => cell.measure !== "axis_tick");
    expect(numbers.filter((cell) => !checked.has(cell))).toEqual([]);
  });
});

describe("checks worked out by hand", () => {
  test("a percent: 70 of the 180 who follow up the sick", () => {
    expect(find("t13.sick.over_two_thirds.percent")).toMatchObject({
      printed: "39%",
      recomputed: "38.89",
      lower: 38.5,
      upper: 39.5,
      verdict: "exact",
      formula: "70 / 180",
      place: "Follow-up of the sick × More than two thirds of the users",
      placePrinted: "Oppfølging syke × Mer enn 2/3 av brukerne"
    });
  });

  test("three percents that only rounding twice gives", () => {
    const rounded = checks.filter(({kind, verdict}) => kind === "percent" && verdict === "rounding");
    expect(rounded.map(({id, printed, formula, rule}) => [id, printed, formula, rule])).toEqual([
      ["t13.varied.none.percent", "9%", "33 / 390", "twice"],
      ["t13.total.over_two_thirds.percent", "30%", "284 / 964", "twice"],
      ["t14.150_250.about_half.percent", "47%", "66 / 142", "twice"]
    ]);
  });

  test("a percent of 2008 is of all 831, those without an answer too", () => {
    expect(find("t22.agree.percent")).toMatchObject({formula: "415 / 831", verdict: "exact"});
    expect(find("t22.missing.percent")).toMatchObject({formula: "5 / 831", printed: "1", verdict: "exact"});
    expect(find("t1.trygdeetaten.2008.percent")).toMatchObject({formula: "207 / 831", verdict: "exact"});
  });

  test("a cumulative percent is of the counts, not of rounded percents", () => {
    expect(find("t10.50_100.cumulative")).toMatchObject({
      formula: "(256 + 96 + 219 + 266) / 1226",
      recomputed: "68.27",
      verdict: "exact"
    });
  });

  test("totals: of cells, across and down, with the missing, and of the missing", () => {
    expect(find("t13.sick.total.sum")).toMatchObject({formula: "70 + 76 + 30 + 4", value: 180});
    expect(find("t13.total.none.sum")).toMatchObject({formula: "4 + 2 + 21 + 33", value: 60});
    expect(find("t13.total.total.sum_across").formula).toBe("284 + 354 + 266 + 60");
    expect(find("t13.total.total.sum_down").formula).toBe("180 + 125 + 269 + 390");
    expect(find("t11.total.sum").formula).toBe("120 + 354 + 220 + 29");
    expect(find("t11.missing_total.sum").formula).toBe("534");
    expect(find("t11.everybody.sum").formula).toBe("723 + 534");
    expect(find("t22.everybody.sum")).toMatchObject({formula: "415 + 266 + 87 + 35 + 23 + 5", verdict: "exact"});
    expect(find("t1.total.2008.sum")).toMatchObject({verdict: "inconsistent", value: 805, printed: "831"});
  });

  test("a margin beside a table of the variable alone: at most as many, and fewer by what is missing", () => {
    // Table 6 has 184 of 1,255; table 9 has 1,247, so 8 answers are lost, whose field is not known.
    expect(find("t9.field.sick.margin")).toMatchObject({lower: 176, upper: 184, verdict: "exact"});
    // Of the caseload 31 are missing, so table 12 can lose no more of the 1,255.
    expect(find("t12.field.total.margin")).toMatchObject({lower: 1224, upper: 1255, verdict: "exact"});
    // Table 23 has all 1,219 of table 21, so its margin must be the same.
    expect(find("t23.view_of_reform.agree.margin")).toMatchObject({lower: 330, upper: 330});
    // A merged category has room for the sum of its parts.
    expect(find("t25.view_of_reform_split.not_agree.margin")).toMatchObject({lower: 503, upper: 503});
  });

  test("a margin of the unit managers is the line of unit managers elsewhere", () => {
    expect(find("t33.view_of_reform.partly_agree.margin")).toMatchObject({
      lower: 11,
      upper: 11,
      formula: "table 26 has 11, and 0 more answers in all"
    });
  });

  test("a margin that only crosstabs print: room between the largest and what the others leave", () => {
    // Table 16 has 310 men and 937 women, of 1,257: table 3 can have no more than 320 men.
    expect(find("t3.gender.man.margin")).toMatchObject({upper: 1257 - 937, printed: "312", verdict: "exact"});
  });

  test("the P of table 26 differs, and its note names the test that gives it", () => {
    expect(find("t26.p")).toMatchObject({verdict: "differs", printed: "0,000", recomputed: "0.00361", upper: 0.0005});
    expect(find("t26.p").note).toContain("the test of linear trend does");
    expect(find("t15.p")).toMatchObject({verdict: "exact", printed: "0001"});
  });

  test("table 28 against itself", () => {
    expect(find("t28.gender.significance")).toMatchObject({verdict: "exact", recomputed: "0.35004"});
    // 898 respondents, 15 predictors and a constant.
    expect(find("t28.gender.significance").formula).toBe("t = 0.935 on 882 degrees of freedom, two-sided");
    expect(find("t28.gender.standard_error").formula).toContain(`from ${Math.sqrt(0.736 / 882).toFixed(4)} to`);
    expect(idsWhere(({kind, verdict}) => kind === "coefficient" && verdict !== "exact")).toEqual([
      "t28.position.significance",
      "t28.reduced_quality.significance",
      "t28.index_system.significance"
    ]);
    expect(find("t28.r2.fit")).toMatchObject({verdict: "exact", recomputed: "0.26422"});
    expect(find("t28.f.fit")).toMatchObject({verdict: "rounding", rule: "inputs", recomputed: "21.091"});
    expect(find("t28.n.fit")).toMatchObject({lower: 897, upper: 901, verdict: "exact"});
    expect(find("t28.predictors.fit")).toMatchObject({value: 15, verdict: "exact"});
    expect(find("t28.index_users.stars")).toMatchObject({recomputed: "**", verdict: "exact"});
    expect(find("t28.reduced_service.stars")).toMatchObject({recomputed: "*", verdict: "exact"});
    // 0.122 / 3.090 = 0.0395.
    expect(find("t28.index_fellowship.standard_error").value).toBeCloseTo(0.0395, 4);
    const missing = "Level 3 is missing, of the 4 answers that the question has.";
    expect(find("t28.follow_up_need.level.structure")).toMatchObject({kind: "structure", note: missing});
    expect(find("t28.follow_up_need.levels.coding").verdict).toBe("exact");
    expect(find("t28.office_size.coding").verdict).toBe("not_checkable");
  });
});

describe("wrong numbers are found where they are", () => {
  const verdictsWith = (table: number, measure: string, where: (cell: PrintedCell) => boolean, text: string) => {
    const cell = report.tables
      .find(({entry}) => entry.table === table)
      ?.cells.find((c) => c.measure === measure && where(c));
    if (!cell) throw new Error(`no such cell in table ${table}`);
    const changed = quickChecks(readReport(withField(cell, text)));
    return new Map(changed.filter(({id, verdict}) => verdict !== byId.get(id)?.verdict).map((c) => [c.id, c.verdict]));
  };

  test("a percent one too high", () => {
    const found = verdictsWith(6, "percent", (c) => c.row?.code === "sick", "16");
    expect([...found]).toEqual([["t6.sick.percent", "differs"]]);
  });

  test("two counts that change places in print: totals hold, percents and P do not", () => {
    const found = verdictsWith(16, "count", (c) => c.row?.code === "man" && c.column?.code === "unit_manager", "71");
    expect([...found.keys()]).toEqual([
      "t16.man.total.sum",
      "t16.total.unit_manager.sum",
      "t16.man.unit_manager.percent",
      "t16.p"
    ]);
  });

  test("a margin larger than in the table of the variable alone", () => {
    const found = verdictsWith(24, "count", (c) => c.row?.code === "total" && c.column?.code === "agree", "337");
    expect(found.get("t24.view_of_reform.agree.margin")).toBe("inconsistent");
  });

  test("another number of respondents, F, t, sign, star and level", () => {
    const only = (found: Map<string, string>) => [...found].filter(([id]) => id.startsWith("t28"));
    const term = (code: string) => (c: PrintedCell) => c.row?.code === code;
    expect(only(verdictsWith(28, "n", () => true, "798"))).toContainEqual(["t28.n.fit", "inconsistent"]);
    expect(only(verdictsWith(28, "f", () => true, "22.115"))).toContainEqual(["t28.r2.fit", "differs"]);
    expect(only(verdictsWith(28, "t", term("gender"), "0,945"))).toEqual([["t28.gender.significance", "differs"]]);
    expect(only(verdictsWith(28, "beta", term("gender"), "-0,028"))).toEqual([["t28.gender.sign", "inconsistent"]]);
    expect(only(verdictsWith(28, "beta", term("index_users"), "0,027"))).toEqual([
      ["t28.index_users.standard_error", "inconsistent"]
    ]);
    expect(only(verdictsWith(28, "significance", term("reduced_service"), "0,020"))).toEqual([
      ["t28.reduced_service.stars", "inconsistent"]
    ]);
    const level = (c: PrintedCell) => c.row?.code === "position" && c.printed === "2";
    expect(only(verdictsWith(28, "code", level, "4"))).toEqual([
      ["t28.position.coding", "differs"],
      ["t28.position.levels.coding", "inconsistent"]
    ]);
  });

  test("the number of everybody, where the other tables print another", () => {
    const everybody = (c: PrintedCell) => c.row?.code === "total" && c.printed === "1257";
    const found = verdictsWith(27, "count", everybody, "1258");
    expect(found.get("t27.everybody.margin")).toBe("inconsistent");
    expect(found.get("t6.everybody.margin")).toBeUndefined();
  });
});

describe("a new table", () => {
  test("needs a catalogue line and a file, and is then checked as the others are", () => {
    const text = (name: string) => new TextDecoder().decode(files.get(name));
    const line = text("tables.csv")
      .split("\n")
      .find((l) => l.startsWith("16,"));
    const more = new Map(files)
      .set("tables.csv", new TextEncoder().encode(`${text("tables.csv")}${line?.replace("16,", "35,")}\n`))
      .set("table-35.csv", files.get("table-16.csv") ?? new Uint8Array());
    const of = (table: number, all: Check[]) => all.filter((c) => c.table === table);
    const extended = quickChecks(readReport(more));
    const old = of(16, extended).map(({id, verdict}) => [id.replace("t16.", "t35."), verdict]);
    expect(of(35, extended).map(({id, verdict}) => [id, verdict])).toEqual(old);
    expect(old.length).toBeGreaterThan(20);
    // Its P makes the family of tests one larger.
    const adjusted = reportTests(readReport(more), null).find((t) => t.entry.table === 24);
    expect(adjusted?.holm).toBeCloseTo(8 * (adjusted?.test.p ?? 0), 12);
  });
});

describe("power", () => {
  test("is the share of one-digit changes that the check alone rejects", () => {
    // “39%” can become 29 others (two digits, nine each): none of the 18 is 38.89 rounded in any way but 38, cut off.
    expect(powerOf(find("t13.sick.over_two_thirds.percent"))).toBeCloseTo(17 / 18, 12);
    expect(powerOf(find("t13.sick.total.sum"))).toBe(1);
    // 184 with room for 176 to 184: 176 to 179 need two changes, so 180 to 183 pass.
    expect(powerOf(find("t9.field.sick.margin"))).toBeCloseTo(23 / 27, 12);
    expect(powerOf(find("t29.axis.structure"))).toBeNull();
  });
});

describe("checks.arrow", () => {
  test("has a row a check, with the errata that are given", async () => {
    const bytes = await writeChecks(report, files, new Map([["t26.p", "e1"]]));
    const table = fromArrow(bytes);
    expect(table.numRows()).toBe(checks.length);
    const rows = table.objects({limit: Number.POSITIVE_INFINITY}) as {id: string; erratum: string | null}[];
    expect(rows.filter(({erratum}) => erratum !== null)).toEqual([
      expect.objectContaining({id: "t26.p", erratum: "e1"})
    ]);
    expect(rows.find(({id}) => id === "t26.p")).toMatchObject({
      table: 26,
      kind: "p",
      verdict: "differs",
      conclusion: "unchanged",
      recomputed: "0.00361"
    });
  });

  test("refuses an erratum for a check that there is not", () => {
    expect(() => checkColumns(checks, new Map([["t99.p", "e1"]]))).toThrow("t99.p");
  });
});

/**
 * Changes one printed digit at a time, at random, and asks whether anything notices: the reader refuses the file, a
 * check changes its verdict, one that is wrong as printed (`wrongChecks`) is wrong otherwise, or the number of respondents
 * is no longer one. Simulated tests and the reconstruction are left out, being slow; they could only notice more.
 */
describe("a changed digit", () => {
  const state = ({verdict, printed, recomputed}: Check) =>
    isWrong(verdict) ? `${verdict} ${printed} ${recomputed}` : verdict;
  const before = new Map(quickChecks(report).map((check) => [check.id, state(check)]));

  function notices(changed: ReadonlyMap<string, Uint8Array>): boolean {
    try {
      const other = readReport(changed);
      for (const survey of ["2010", "2008"]) surveyCounts(other, survey);
      const after = quickChecks(other);
      return after.length !== before.size || after.some((check) => before.get(check.id) !== state(check));
    } catch (error) {
      // Raw data that are refused, and a statistic that is not defined. Anything else is a mistake of ours.
      if (error instanceof Error && !(error instanceof TypeError)) return true;
      throw error;
    }
  }

  /** Whether each of some places is noticed when a random other digit stands there, by measure and table. */
  function tryAll(cells: readonly PrintedCell[], runs: number, seed: number) {
    const places = cells.flatMap((cell) =>
      [...cell.printed].flatMap((digit, at) => (/\d/.test(digit) ? [{cell, at, digit}] : []))
    );
    const random = seeded(seed);
    const pick = (n: number) => Math.floor(random() * n);
    const tally: Record<string, string> = {};
    const counts = new Map<string, {caught: number; of: number}>();
    const missed: string[] = [];
    for (let run = 0; run < runs; run++) {
      const place = places[pick(places.length)];
      if (!place) throw new Error("there is nothing printed");
      const {cell, at, digit} = place;
      const text = replaceAt(cell.printed, at, String((Number(digit) + 1 + pick(9)) % 10));
      const caught = notices(withField(cell, text));
      const {caught: before = 0, of = 0} = counts.get(cell.measure) ?? {};
      counts.set(cell.measure, {caught: before + (caught ? 1 : 0), of: of + 1});
      if (!caught) missed.push(`${cell.file} ${cell.measure} ${cell.row?.code}: ${cell.printed} as ${text}`);
    }
    for (const [measure, {caught, of}] of counts) tally[measure] = `${caught} of ${of}`;
    return {tally, missed};
  }

  test("is noticed everywhere but in two of a regression’s coefficients, 300 times at random", () => {
    const {tally, missed} = tryAll(
      report.tables.flatMap(({cells}) => cells),
      300,
      2010
    );
    expect(tally).toEqual({
      axis_tick: "7 of 7",
      beta: "2 of 4",
      code: "2 of 2",
      count: "137 of 137",
      cumulative_percent: "1 of 1",
      p: "11 of 11",
      percent: "126 of 126",
      significance: "8 of 8",
      t: "4 of 4"
    });
    expect(missed).toEqual([
      "table-28.csv beta enough_training: 0,059 as 0,089",
      "table-28.csv beta office_size: 0,027 as 0,037"
    ]);
  });

  test("in the regression is often missed in beta, whose digits little else depends on", () => {
    const regression = report.tables.filter(({entry}) => entry.kind === "regression").flatMap(({cells}) => cells);
    const {tally, missed} = tryAll(regression, 300, 28);
    expect(tally).toEqual({
      beta: "35 of 73",
      code: "51 of 52",
      f: "4 of 6",
      n: "0 of 1",
      r2: "5 of 5",
      significance: "98 of 98",
      t: "56 of 65"
    });
    // Beside beta: a small change of t moves no significance of three decimals, and N and F leave each other room.
    expect(missed.filter((text) => !text.includes(" beta "))).toEqual([
      "table-28.csv t reduced_service: 2,322 as 2,326",
      "table-28.csv t index_users: 7,420 as 7,424",
      "table-28-coding.csv code reduced_service: 0 as 2",
      "table-28.csv t index_users: 7,420 as 7,410",
      "table-28.csv t index_fellowship: 3,090 as 3,098",
      "table-28.csv n undefined: 898 as 897",
      "table-28.csv f undefined: 21.115 as 21.145",
      "table-28.csv t reduced_service: 2,322 as 2,328",
      "table-28.csv t index_users: 7,420 as 7,460",
      "table-28.csv t index_fellowship: 3,090 as 3,070",
      "table-28.csv t gender: 0,935 as 0,936",
      "table-28.csv f undefined: 21.115 as 21.114",
      "table-28.csv t index_users: 7,420 as 7,120"
    ]);
  });
});
