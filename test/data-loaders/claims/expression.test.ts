import {describe, expect, test} from "vitest";
import {type Evaluation, type Evidence, ExpressionError, evaluate} from "../../../data-loaders/claims/expression.js";
import type {PrintedNumber} from "../../../src/tables/crosstab.js";

/** Eight respondents of 2010 and four of 2008; a cat or a dog, how they like it, and their town (of seven). */
const pet = ["cat", "cat", "cat", "dog", "dog", "dog", "dog", null];
const liking = ["much", "much", "some", "some", "some", "little", null, "much"];
const town = ["north", "north", "north", "north", "south", "south", "south", null];

function number(
  table: number,
  row: string | null,
  column: string | null,
  measure: string,
  value: number | null
): PrintedNumber {
  const labels = {row_label: null, column_label: null, row_index: null, column_index: null};
  return {table, row, column, measure, printed: String(value), value, ...labels};
}

const evidence: Evidence = {
  printed: [
    number(1, "cat", "much", "count", 2),
    number(1, "cat", "much", "percent", 67),
    number(1, "dog", "some", "percent", 40),
    number(1, null, null, "p", 0.174),
    number(2, "cat", null, "count", 3),
    number(2, "total", null, "count", 7),
    number(2, "missing", null, "count", 1),
    number(2, "total", null, "count", 8),
    number(3, "liking", null, "beta", -0.125),
    number(3, "liking", null, "code", 1),
    number(3, "liking", null, "code", 2),
    number(3, "town", null, "code", null)
  ],
  respondents: new Map([
    ["2010", {pet, liking, town}],
    ["2008", {pet: ["cat", "dog", "dog", "dog"]}]
  ]),
  survey: "2010",
  variables: new Map([
    [
      "pet",
      new Map([
        ["cat", "Cat"],
        ["dog", "Dog"]
      ])
    ],
    [
      "liking",
      new Map([
        ["much", "Much"],
        ["some", "Some"],
        ["little", "Little"]
      ])
    ],
    [
      "town",
      new Map([
        ["south", "South"],
        ["north", "North"]
      ])
    ]
  ]),
  tables: [
    {table: 1, kind: "crosstab", survey: ["2010"], row: "pet", column: "liking"},
    {table: 2, kind: "frequency", survey: ["2010"], row: "pet", column: null},
    {table: 3, kind: "regression", survey: ["2010"], row: "liking", column: null},
    {table: 4, kind: "frequency", survey: ["2008"], row: "pet", column: null}
  ],
  said: new Map([
    ["sum-01", {unit: "percent", value: 47}],
    ["sum-02", {unit: "count", value: 13}]
  ])
};

const run = (expression: string): Evaluation => evaluate(expression, evidence);
const numberOf = (expression: string): number => {
  const {value} = run(expression);
  return value.type === "number" ? value.value : expect.fail(`${expression} is no number`);
};

describe("numbers", () => {
  test.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["7 - 2 - 1", 4],
    ["-2 + 5", 3],
    ["3 / 4", 0.75],
    ["1 / -4", -0.25],
    [".5", 0.5],
    ["min(3, 1, 2)", 1],
    ["max(3, 1, 2)", 3],
    ["max(-1, -2)", -1]
  ])("%s", (expression, expected) => expect(numberOf(expression)).toBe(expected));

  test("fractions stay exact", () => {
    expect(run("0.1 + 0.2 == 0.3").value.value).toBe(true);
    expect(run("1 / 3 + 1 / 6").value).toMatchObject({ratio: {n: 1, d: 2}});
    expect(run("1 / -4").value).toMatchObject({ratio: {n: -1, d: 4}});
  });
});

describe("logic", () => {
  test.each([
    ["1 < 2 && 2 < 3", true],
    ["1 < 2 && 3 < 2", false],
    ["2 < 1 || 2 < 3", true],
    ["2 < 1 || 3 < 2", false],
    ["!(1 < 2)", false],
    ["1 <= 1", true],
    ["1 < 1", false],
    ["1 >= 1", true],
    ["1 > 1", false],
    ["1 != 1", false],
    ["1 != 2", true],
    ["significant(0.0499)", true],
    ["significant(0.05)", false]
  ])("%s", (expression, expected) => expect(run(expression).value).toEqual({type: "boolean", value: expected}));

  test("figures are shown as they stand, even where the claim is that they stand otherwise", () => {
    expect(run("9 + 1 == 20").text).toBe("10 < 20");
    expect(run("50 < 50").text).toBe("50 = 50");
    expect(run("share(pet == cat) > 0.5").text).toBe("42.9% < 50.0%");
    expect(run("1 < 2 && printed(1, p) >= 0.05").text).toBe("1 < 2; 0.174 > 0.05");
    expect(run("significant(0) && !significant(0.2)").text).toBe("P below 0.001; P 0.200");
    expect(run("said('sum-01') > 0.4").text).toBe("47.0% > 40.0%");
  });
});

describe("printed numbers", () => {
  test.each([
    ["printed(1, cat, much, count)", 2],
    ["printed(1, cat, much, percent)", 0.67],
    ["printed(1, p)", 0.174],
    ["printed(2, cat, count)", 3],
    ["printed(2, total, count)", 7],
    ["printed(2, everybody, count)", 8],
    ["printed(3, liking, beta)", -0.125],
    ["codes(3, liking)", 2],
    ["categories(liking)", 3],
    ["table(pet, liking)", 1],
    ["table(liking, pet)", 1],
    ["table(pet, 2008)", 4],
    ["said('sum-01')", 0.47],
    ["said('sum-02')", 13]
  ])("%s", (expression, expected) => expect(numberOf(expression)).toBe(expected));

  test("the tables that were read are told, and that something was", () => {
    expect(run("printed(2, cat, count) + printed(1, cat, much, count)")).toMatchObject({
      tables: [2, 1],
      literal: false
    });
    expect(run("categories(pet)")).toMatchObject({counted: ["pet"], literal: false});
    expect(run("parts(40, 28) + said('sum-01')").literal).toBe(true);
    expect(run("is_chart(1)")).toMatchObject({value: {value: false}, text: "table 1 is a crosstab"});
  });
});

describe("respondents", () => {
  test.each([
    ["count()", 8],
    ["count(pet == cat)", 3],
    ["count(pet == cat, liking == much)", 2],
    // Who has not answered is neither a cat nor anything else.
    ["count(pet != cat)", 4],
    ["count(answered(pet))", 7],
    ["count(liking == [much, little])", 4],
    ["count(liking != [much, little])", 3],
    ["count(pet == dog, survey == 2008)", 3],
    ["share(pet == cat)", 3 / 7],
    // Six have answered both; the one whose liking is not known is in no share of it.
    ["share(liking == some, pet == dog)", 2 / 3],
    ["share(pet == cat, answered(liking))", 3 / 6],
    ["share(pet == cat, survey == 2008)", 1 / 4],
    ["share(liking != much, pet == cat)", 1 / 3],
    // Much 3, some 3, little 1 of 7.
    ["spread(liking)", 2 / 7],
    ["spread(liking, liking != little)", 0],
    ["parts(40, 18, 43)", 24 / 40]
  ])("%s", (expression, expected) => expect(numberOf(expression)).toBeCloseTo(expected, 12));

  test.each([
    ["largest(pet) == dog", true, "Dog (57.1%; next 42.9%)"],
    ["largest(pet) == cat", false, "Dog (57.1%; next 42.9%)"],
    ["largest(pet) != cat", true, "Dog (57.1%; next 42.9%)"],
    ["largest(liking, pet == cat, liking != much) == some", true, "Some (100.0%; next 0.0%)"],
    ["highest(pet, liking == much) == cat", true, "Cat (66.7%; next 0.0%)"],
    ["lowest(pet, liking == much) == dog", true, "Dog (0.0%; next 66.7%)"],
    ["falling(pet, liking == much)", true, "66.7%, 0.0%"],
    ["falling(pet, liking == some)", false, "33.3%, 66.7%"],
    ["falling(town, answered(liking))", false, "100.0%, 100.0%"]
  ])("%s", (expression, holds, text) => expect(run(expression)).toMatchObject({value: {value: holds}, text}));

  test("tests are those of the crosstab", () => {
    // Cats 2 1 0, dogs 0 2 1; all expect 1 1.5 0.5: chi-square 2 (1 + 1/6 + 1/2) = 10/3 on 2 degrees of freedom.
    expect(numberOf("p(pet, liking)")).toBeCloseTo(Math.exp(-5 / 3), 12);
    // Concordant pairs 2·2 + 2·1 + 1·1 = 7, discordant 0.
    expect(numberOf("gamma(pet, liking)")).toBe(1);
    expect(numberOf("gamma(liking, town)")).toBe(-1);
  });

  test("a share knows what its parts round to", () => {
    expect(run("share(liking == [much, some], answered(pet))").value).toMatchObject({
      ratio: {n: 5, d: 6},
      roundedParts: {percents: [33, 50], sum: 83}
    });
    expect(run("printed(1, cat, much, percent) + printed(1, dog, some, percent)").value).toMatchObject({
      roundedParts: {percents: [67, 40], sum: 107}
    });
    expect(run("share(pet == cat) - share(pet == dog)").value).toMatchObject({roundedParts: null});
  });

  test("what was crossed is told, with the codes it was narrowed to", () => {
    const {uses} = run("share(liking == much, pet == cat) + count(pet != dog, survey == 2008)");
    expect(uses).toEqual([
      {
        survey: "2010",
        variables: new Map([
          ["pet", ["cat"]],
          ["liking", ["much"]]
        ]),
        at: 1
      },
      {survey: "2008", variables: new Map([["pet", null]]), at: 37}
    ]);
  });
});

describe("what cannot be read says where", () => {
  test.each([
    ["", 1, "an empty expression"],
    ["1 2", 3, "Unexpected token"],
    ["1; 2", 4, "one expression only"],
    ["1 +", 4, "Unexpected token"],
    ["share(pet == cat", 17, "Unexpected token"],
    ["1 < 2 ? 3 : 4", 1, "numbers, names, lists, functions and operators only"],
    ["share.constructor(1)", 1, "only a function’s name can stand before “(”"],
    ["2 + a.b", 5, "numbers, names, lists, functions and operators only"],
    ["1 === 1", 1, "no operator “===”"],
    ["1 + ~2", 5, "no operator “~”"],
    ["1 + true", 5, "“true” is no number, name or quoted code"],
    ["1 + nothing(2)", 5, "no function “nothing”"],
    ["constructor(2)", 1, "no function “constructor”"],
    ["cat", 1, "a category is no value: compare it with one"],
    ["largest(pet)", 1, "a category is no value: compare it with one"],
    ["1 + cat", 5, "a number is needed here"],
    ["1 && 2 < 3", 1, "something that holds or does not is needed here"],
    ["1 / (2 - 2)", 6, "division by 0"],
    ["[1, 2]", 1, "a list can only stand in a condition"],
    ["share(pat == cat)", 7, "no variable “pat”"],
    ["share(pet == cow)", 14, "pet has no category “cow”"],
    ["share(pet == [cat, cat])", 20, "“cat” stands there twice"],
    ["share(pet > cat)", 7, "a condition is “variable == code”, “variable != code” or “answered(variable)”"],
    ["share(survey == 2008)", 7, "a share is of answers, not of surveys"],
    ["count(survey == 1999)", 7, "no respondents of 1999"],
    ["count(town == north, survey == 2008)", 1, "the respondents of 2008 have no variable “town”"],
    ["share(pet == cat, liking == much, pet == dog)", 1, "there is nobody to take a share of"],
    ["1 + printed(9, p)", 13, "no table 9"],
    ["printed(1, cow, much, count)", 1, "table 1 prints no number for cow, much, count"],
    ["printed(3, town, code)", 1, "table 3 prints “null” there, no single number"],
    ["printed(3, liking, code)", 1, "table 3 prints several for liking, code"],
    ["printed(1)", 1, "printed takes 2 to 4 arguments, not 1"],
    ["said('sum-03')", 6, "no claim of this name gives a percent or a count in figures"],
    ["table(pet)", 1, "tables 2 and 4 both show this"],
    ["table(town)", 1, "no table shows this"],
    ["largest(pet, liking == some, town == north) == cat", 1, "cat and dog are equal"],
    ["largest(pet) == cow", 17, "no category “cow” there"],
    ["cat == dog", 1, "only largest, highest and lowest give a category"],
    ["parts(40, 18, 44)", 15, "no count of 40 prints as 44%"],
    ["parts(500, 18)", 12, "88 and 89 of 500 both print as 18%"],
    [
      "p(pet, liking, pet == cat)",
      1,
      "A test of independence needs two rows and two columns with counts; this table has 1 and 2."
    ]
  ])("%s", (expression, position, problem) => {
    try {
      run(expression);
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError);
      expect({...(error as ExpressionError)}).toMatchObject({expression, position, problem});
      expect((error as ExpressionError).message).toBe(`“${expression}”, character ${position}: ${problem}`);
      return;
    }
    expect.fail("it was accepted");
  });
});
