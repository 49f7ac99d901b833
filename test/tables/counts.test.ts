import {table} from "arquero";
import {describe, expect, test} from "vitest";
import {at, chiSquare, crosstabOf, matrixOf, percentAt, residualsOf, total} from "../../src/tables/counts.js";
import {labelsIn} from "../../src/tables/labels.js";
import {agreeing, among, shares} from "../../src/tables/verbs.js";

const people = table({
  role: ["adviser", "adviser", "manager", null, "adviser", "manager"],
  answer: ["yes", "no", "yes", "yes", null, "yes"]
});
const category = (code: string) => ({code, label: code, labelEn: code, includes: []});
const variable = (name: string, codes: readonly string[]) => ({
  ...{variable: name, kind: "nominal" as const, label: name, labelEn: name, question: "", questionEn: ""},
  ...{asked: "", askedEn: "", derivedFrom: null, categories: codes.map(category)}
});
const codebook = {variables: [variable("role", ["clerk", "manager", "adviser"]), variable("answer", ["no", "yes"])]};
const counts = people.groupby("role", "answer").count();
const side = (name: string, ...codes: string[]) => ({variable: name, codes});

test("counts become a crosstab in the order of the codes; what is not answered is missing", () => {
  const crosstab = crosstabOf(counts, side("role", "clerk", "manager", "adviser"), side("answer", "no", "yes"));
  expect(crosstab).toMatchObject({
    counts: [
      [0, 0],
      [0, 2],
      [1, 1]
    ],
    columnTotals: [1, 3],
    total: 4,
    missing: 2
  });
  expect(crosstabOf(people.groupby("answer").count(), side("answer", "no", "yes"))).toMatchObject({
    ...{columns: ["total"], counts: [[1], [4]], missing: 1}
  });
});

test("nobody is dropped unseen: a code that is not listed is named, and so is a column that is not there", () => {
  expect(() => crosstabOf(counts, side("role", "clerk", "manager"), side("answer", "no", "yes"))).toThrow(
    "role holds “adviser”, which is not among clerk, manager"
  );
  expect(() => crosstabOf(counts, side("place"), null)).toThrow("no column “place”, only role, answer");
  expect(() => crosstabOf(people, side("role"), null)).toThrow("counts need a column “count”");
});

test("complete keeps categories that nobody chose, in the codebook’s order, and those without an answer last", () => {
  const whole = people.groupby("role").count().complete(codebook);
  expect(whole.objects()).toEqual([
    {role: "clerk", count: 0},
    {role: "manager", count: 2},
    {role: "adviser", count: 3},
    {role: null, count: 1}
  ]);
  const both = counts.filter((d: {role: string | null; answer: string | null}) => d.role !== null && d.answer !== null);
  expect(both.complete(codebook).numRows()).toBe(6);
  expect(both.complete(codebook, "answer").array("role")).toEqual(["adviser", "adviser", "manager", "manager"]);
  const other = {variables: [variable("role", ["clerk"])]};
  expect(() => people.groupby("role").count().complete(other)).toThrow(
    "role holds “adviser”, which is not in the codebook"
  );
});

test("a test takes counts as they are, and interval bounds are operations", () => {
  const two = counts.filter((d: {role: string | null; answer: string | null}) => d.role !== null && d.answer !== null);
  expect(matrixOf(two)).toEqual([
    [1, 1],
    [2, 0]
  ]);
  expect(chiSquare(two)).toMatchObject({statistic: 4 / 3, df: 1});
  const shares = table({count: [5], n: [40]}).derive({
    lower: "d => op.wilson_lower(d.count, d.n)",
    upper: "d => op.wilson_upper(d.count, d.n)"
  });
  // binom::binom.wilson(5, 40)
  expect(shares.get("lower")).toBeCloseTo(0.05459, 4);
  expect(shares.get("upper")).toBeCloseTo(0.26112, 4);
});

test("one row is found by its values, or it is said how many there are", () => {
  expect(at(counts, {role: "manager", answer: "yes"}).count).toBe(2);
  expect(() => at(counts, {role: "adviser"})).toThrow("3 rows, not one, have");
});

test("shares are of the group, with the group’s size and an interval; of nobody there are none", () => {
  const answers = table({group: ["a", "a", "b", "b", "c"], answer: ["x", "y", "x", "y", "x"], count: [1, 3, 10, 0, 0]});
  const derived = answers.groupby("group").derive(shares);
  expect(derived.array("n")).toEqual([4, 4, 10, 10, 0]);
  expect(derived.array("share")).toEqual([0.25, 0.75, 1, 0, Number.NaN]);
  expect(at(derived, {group: "a", answer: "x"}).lower).toBeCloseTo(0.0456, 4);
  expect(at(derived, {group: "b", answer: "x"}).upper).toBe(1);
  expect(at(derived, {group: "c"}).lower).toBeNaN();
  expect(answers.derive(shares).array("n")).toEqual(Array(5).fill(14));
  expect(total(answers)).toBe(14);
});

test("each residual stands at its own cell, also behind an empty row", () => {
  const cells = residualsOf(
    table({
      group: ["a", "a", "empty", "empty", "b", "b"],
      answer: ["x", "y", "x", "y", "x", "y"],
      count: [30, 10, 0, 0, 10, 30]
    })
  );
  expect(cells.array("group")).toEqual(["a", "a", "b", "b"]);
  expect(cells.array("n")).toEqual(Array(4).fill(40));
  // Adjusted residuals of a 2 × 2 table are the root of its chi-square: 80 (30·30 − 10·10)² / 40⁴ = 20.
  const ax = at(cells, {group: "a", answer: "x"});
  expect(ax.residual).toBeCloseTo(Math.sqrt(20), 10);
  expect(at(cells, {group: "a", answer: "y"}).residual).toBeCloseTo(-Math.sqrt(20), 10);
  expect(at(cells, {group: "b", answer: "x"}).residual).toBeCloseTo(-Math.sqrt(20), 10);
  expect(ax.overall).toBe(0.5);
  expect(ax.share).toBe(0.75);
  expect(ax.adjusted).toBeCloseTo(4 * (ax.p ?? 0), 12);
});

describe("sides of a scale", () => {
  const sizes = table({
    size: ["small", "small", "small", "large", "large", "large", null, "small"],
    view: ["agree", "partly_agree", "disagree", "agree", "neither", "partly_disagree", "agree", null],
    count: [4, 2, 4, 2, 2, 16, 5, 7]
  });

  test("add up its answers, with the group’s size; those without an answer are left out", () => {
    const sides = sizes.sides();
    expect(sides.columnNames()).toEqual(["size", "side", "count", "n", "share"]);
    expect(at(sides, {size: "small", side: "agree"})).toMatchObject({count: 6, n: 10, share: 0.6});
    expect(at(sides, {size: "large", side: "neither"})).toMatchObject({count: 2, n: 20, share: 0.1});
    expect(total(sides)).toBe(30);
    expect(sizes.groupby("view").rollup({count: "d => op.sum(d.count)"}).sides().array("side")).toEqual([
      "agree",
      "disagree",
      "neither"
    ]);
  });

  test("are of one group, or of all together; a group that is not there is named", () => {
    expect(agreeing(sizes, {size: "large"})).toEqual({count: 2, n: 20, share: 0.1});
    expect(agreeing(sizes, {size: "small"}, "disagree")).toEqual({count: 4, n: 10, share: 0.4});
    expect(agreeing(sizes, {}, "neither")).toEqual({count: 2, n: 30, share: 2 / 30});
    expect(() => agreeing(sizes, {size: "medium"})).toThrow("medium");
  });
});

describe("people who answered", () => {
  const guests = table({
    shift: ["day", "day", "night", "night", null],
    diet: ["meat", null, "meat", "fish", "fish"]
  });

  test("have an answer in every column that is named, or in all", () => {
    expect(guests.answered("diet").numRows()).toBe(4);
    expect(guests.answered("diet", "shift").numRows()).toBe(3);
    expect(guests.answered().numRows()).toBe(3);
  });

  test("are parts of a group, or of all; a group that is not there is named", () => {
    expect(among(guests, {shift: "day"}, {diet: "meat"})).toEqual({count: 1, n: 1, share: 1});
    expect(among(guests, {shift: ["day", "night"]}, {diet: ["fish", "egg"]})).toEqual({count: 1, n: 3, share: 1 / 3});
    expect(among(guests, {}, {diet: "fish"})).toEqual({count: 2, n: 4, share: 0.5});
    expect(() => among(guests, {shift: "dawn"}, {diet: "fish"})).toThrow("dawn");
  });

  test("are a percent of the one row that has some values", () => {
    const shares = table({diet: ["meat", "fish"], share: [0.285, 0.715]});
    expect(percentAt(shares, {diet: "meat"})).toBe("29%");
    expect(() => percentAt(shares, {diet: "egg"})).toThrow("0 rows");
  });
});

test("labels are the codebook’s, and those of what cells make", () => {
  const report = {tables: [], variables: [...codebook.variables, variable("summary", [])]};
  const label = labelsIn(report, "no", {everybody: {en: "Everybody", no: "Alle"}});
  expect([label("role", "clerk"), label("role", "everybody"), label("role")]).toEqual(["clerk", "Alle", "role"]);
});
