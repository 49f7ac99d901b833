import {describe, expect, test} from "vitest";
import {type Evidence, evaluate} from "../../../data-loaders/claims/expression.js";
import {
  checkClaim,
  type RelationName,
  relationOf,
  relations,
  type Statement,
  type Unit
} from "../../../data-loaders/claims/verdict-of-claim.js";

/** A thousand respondents by code of a variable: what they answered is known to a tenth of a percent. */
function people(counts: Readonly<Record<string, number>>): Evidence {
  const answers = Object.entries(counts).flatMap(([code, count]) => Array.from({length: count}, () => code));
  return {
    printed: [],
    respondents: new Map([["2010", {answer: answers}]]),
    survey: "2010",
    variables: new Map([["answer", new Map(Object.keys(counts).map((code) => [code, code]))]]),
    tables: [],
    said: new Map()
  };
}

/** The verdict of a statement about the share of yes among a thousand. */
function verdictOf(yes: number, relation: RelationName, value: number | null = null, unit: Unit = "share") {
  const evaluation = evaluate("share(answer == yes)", people({yes, no: 1000 - yes}));
  return checkClaim({relation, unit, value}, evaluation).verdict;
}

describe("every quantity word at its edges", () => {
  // Of a thousand: the last that does not fit below, the first and last that do, the first that does not above.
  const edges: Record<string, readonly [value: number | null, fits: readonly number[], fails: readonly number[]]> = {
    fraction: [1 / 2, [475, 500, 525], [474, 526]],
    about: [1 / 2, [450, 500, 550], [449, 551]],
    almost: [1 / 2, [450, 499], [449, 500, 501]],
    slightly_over: [1 / 2, [501, 550], [499, 500, 551]],
    over: [1 / 2, [501, 1000], [499, 500]],
    majority: [null, [501, 1000], [499, 500]],
    large_majority: [null, [600, 1000], [599]],
    minority: [null, [0, 499], [500, 501]],
    many: [null, [250, 1000], [249]],
    few: [null, [0, 199], [200]],
    somewhat: [null, [1, 100], [0, 101]],
    even: [null, [0, 100], [101]]
  };
  test.each(Object.entries(edges))("%s", (name, [value, fits, fails]) => {
    const relation = relationOf(name)?.name ?? expect.fail(`no relation ${name}`);
    for (const yes of fits) expect([yes, verdictOf(yes, relation, value)]).toEqual([yes, "exact"]);
    for (const yes of fails) expect([yes, verdictOf(yes, relation, value)]).toEqual([yes, "differs"]);
  });

  test("fractions that no decimal number is", () => {
    expect(verdictOf(284, "almost", 1 / 3)).toBe("exact");
    expect(verdictOf(283, "almost", 1 / 3)).toBe("differs");
    expect(verdictOf(333, "almost", 1 / 3)).toBe("exact");
    expect(verdictOf(334, "almost", 1 / 3)).toBe("differs");
  });

  test("percents are held against percents", () => {
    expect(verdictOf(601, "over", 60, "percent")).toBe("exact");
    expect(verdictOf(600, "over", 60, "percent")).toBe("differs");
    expect(verdictOf(101, "about", 15, "percent")).toBe("exact");
    expect(verdictOf(99, "about", 15, "percent")).toBe("differs");
  });

  test.each([
    ["significant", "0.0499", "exact"],
    ["significant", "0.05", "inconsistent"],
    ["not_significant", "0.05", "exact"],
    ["not_significant", "0.0499", "inconsistent"]
  ] as const)("%s at P = %s", (relation, p, verdict) => {
    expect(checkClaim({relation, unit: "p", value: null}, evaluate(p, people({}))).verdict).toBe(verdict);
  });

  test("no relation is left out here", () => {
    const others = ["equals", "significant", "not_significant", "holds", "agrees"];
    expect([...Object.keys(edges), ...others].sort()).toEqual(Object.keys(relations).sort());
  });
});

describe("percents in figures", () => {
  const check = (expression: string, value: number, counts: Readonly<Record<string, number>>) => {
    const {verdict, recomputed, note} = checkClaim(
      {relation: "equals", unit: "percent", value},
      evaluate(expression, people(counts))
    );
    return [verdict, recomputed, note];
  };
  const thirds = {a: 62, b: 31, c: 31, d: 62};

  test("a percent with a decimal is compared at its own precision", () => {
    const patients = {a: 64, b: 147};
    expect(check("share(answer == a)", 30.3, patients)[0]).toBe("exact");
    expect(check("share(answer == a)", 30, patients)[0]).toBe("exact");
    expect(check("share(answer == a)", 30.4, patients)[0]).toBe("differs");
  });

  test("half up is exact", () => {
    expect(check("share(answer == yes)", 13, {yes: 5, no: 35})).toEqual(["exact", "12.5%", ""]);
    expect(check("share(answer == yes)", 83, {yes: 33, no: 7})).toEqual(["exact", "82.5%", ""]);
  });

  test("another rule is named", () => {
    expect(check("share(answer == yes)", 12, {yes: 5, no: 35})).toEqual([
      "rounding",
      "12.5%",
      "Only by rounding half to even."
    ]);
    // 24.47 becomes 24.5 and then 25.
    expect(check("share(answer == yes)", 25, {yes: 2447, no: 7553})).toEqual([
      "rounding",
      "24.5%",
      "Only by rounding twice."
    ]);
  });

  test("adding up what is rounded already is a rounding, but not where it gives another number", () => {
    expect(check("share(answer == [a, b])", 50, thirds)).toEqual(["exact", "50.0%", ""]);
    const parts = {a: 1, b: 1, c: 4};
    expect(check("share(answer == [a, b])", 34, parts)).toEqual([
      "rounding",
      "33.3%",
      "Adds up percents that are rounded already: 17% + 17% = 34%."
    ]);
    expect(check("share(answer == a) + share(answer == b)", 34, parts)[0]).toBe("rounding");
    expect(check("share(answer == [a, b])", 35, parts)[0]).toBe("differs");
    // One part alone adds up nothing.
    expect(check("share(answer == a)", 16, parts)[0]).toBe("differs");
  });

  test("cutting off decimals excuses nothing: 47.9% is not 47%", () => {
    expect(check("share(answer == yes)", 47, {yes: 479, no: 521})).toEqual(["differs", "47.9%", ""]);
  });
});

describe("other kinds", () => {
  const check = (statement: Statement, expression: string) =>
    checkClaim(statement, evaluate(expression, people({yes: 3, no: 1})));

  test("counts, ratios, references", () => {
    expect(check({relation: "equals", unit: "count", value: 3}, "count(answer == yes)")).toEqual({
      verdict: "exact",
      recomputed: "3",
      value: 3,
      note: ""
    });
    expect(check({relation: "equals", unit: "count", value: 4}, "count(answer == yes)").verdict).toBe("differs");
    expect(check({relation: "equals", unit: "ratio", value: 3}, "count(answer == yes) / 0.9")).toMatchObject({
      verdict: "exact",
      recomputed: "3.33"
    });
    expect(check({relation: "equals", unit: "ratio", value: 3}, "count(answer == yes) / 0.8").verdict).toBe("differs");
    expect(check({relation: "equals", unit: "reference", value: 13}, "count() * 5")).toMatchObject({
      verdict: "differs",
      recomputed: "table 20",
      value: 20
    });
  });

  test("where only the prose is asked, or the relation is that things agree, a failure is a contradiction", () => {
    const comparison = {unit: "comparison", value: null} as const;
    expect(check({relation: "holds", ...comparison}, "count() == 4").verdict).toBe("exact");
    expect(check({relation: "holds", ...comparison}, "count() == 5").verdict).toBe("differs");
    expect(check({relation: "agrees", ...comparison}, "count() == 4").verdict).toBe("exact");
    expect(check({relation: "agrees", ...comparison}, "count() == 5")).toMatchObject({
      verdict: "inconsistent",
      value: 0
    });
    expect(check({relation: "equals", unit: "count", value: 20}, "19").verdict).toBe("inconsistent");
    expect(check({relation: "equals", unit: "percent", value: 33}, "12 / 40").verdict).toBe("inconsistent");
  });

  test.each([
    [{relation: "majority", unit: "count", value: null}, "count()", "“majority” cannot be asked of a count"],
    [{relation: "almost", unit: "share", value: null}, "share(answer == yes)", "“almost” needs a printed value"],
    [{relation: "majority", unit: "share", value: 0.5}, "share(answer == yes)", "“majority” takes no printed value"],
    [{relation: "majority", unit: "share", value: null}, "1 < 2", "a share needs an expression that is a number"],
    [
      {relation: "holds", unit: "comparison", value: null},
      "1",
      "a comparison needs an expression that holds or does not"
    ],
    [{relation: "equals", unit: "percent", value: 5}, "1 - 2", "a percent needs an expression that counts exactly"]
  ] as const)("%j of %s", (statement, expression, message) => {
    expect(() => check(statement, expression)).toThrow(new RangeError(message));
  });
});
