import {describe, expect, it} from "vitest";
import {measureIndependence} from "../../../data-loaders/reconstruction/independence.js";
import {random} from "../../../data-loaders/reconstruction/random.js";
import {reconstruct} from "../../../data-loaders/reconstruction/respondents.js";
import {type People, print, publishedSurvey, side} from "./survey.js";

describe("independence", () => {
  it("of the 2010 respondents is closer than chance gives, over all pairs that no table links", async () => {
    const survey = publishedSurvey("2010");
    const {columns} = await reconstruct({...survey, seed: 1});
    const found = measureIndependence({...survey, columns, seed: 1, permutations: 99});
    expect(found.pairs.length + found.unjudged.length).toBe(163);
    expect(found.largest).toBeLessThan(found.largestByChance.median);
    expect(found.residualV).toBeLessThan(found.residualVByChance.median / 2);
    const given = (a: string, b: string) =>
      found.pairs.find((pair) => pair.row_variable === a && pair.column_variable === b)?.given;
    expect(given("cooperation", "training")).toEqual(["office_size"]);
    expect(given("gender", "view_of_reform")).toEqual(["position", "role"]);
    expect(given("reaching_goals", "time_to_include")).toEqual([]);
  });

  // Height goes with age and shoes with age, so that height goes with shoes, though not at any one age.
  const codes = ["low", "high"];
  const variables = ["age", "height", "shoes"].map((name) => ({name, codes}));
  const invent = (height: (age: string) => string, shoes: (age: string, height: string) => string): People => {
    const people: People = {age: [], height: [], shoes: []};
    for (let person = 0; person < 400; person++) {
      const age = person % 2 === 0 ? "low" : "high";
      const tall = height(age);
      people.age?.push(age);
      people.height?.push(tall);
      people.shoes?.push(shoes(age, tall));
    }
    return people;
  };
  const measure = (people: People) => {
    const tables = ["height", "shoes"].map((name, at) =>
      print(at + 1, people, {row: side("age", codes), column: side(name, codes)})
    );
    return measureIndependence({variables, tables, n: 400, columns: people, seed: 5});
  };
  const generator = random(3);
  const like = (code: string, share: number) => {
    return generator.next() < share ? code : code === "low" ? "high" : "low";
  };

  it("is judged given what links the two", () => {
    const found = measure(
      invent(
        (age) => like(age, 0.9),
        (age) => like(age, 0.9)
      )
    );
    expect(found.pairs[0]).toMatchObject({row_variable: "height", column_variable: "shoes", given: ["age"]});
    expect(found.largest).toBeLessThan(found.largestByChance.high);
  });

  it("is missed where there is an association beyond the link", () => {
    const found = measure(
      invent(
        (age) => like(age, 0.7),
        (_, height) => like(height, 0.7)
      )
    );
    expect(found.largest).toBeGreaterThan(2 * found.largestByChance.high);
  });
});
