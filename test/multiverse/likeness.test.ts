import {expect, test} from "vitest";
import {correlationAt, correlations, designEffectAt} from "../../src/multiverse/likeness.js";
import {lieOf, officeSize} from "../../src/report/judgement.js";
import {entries, published} from "../tables/published.js";

const {office, perManager} = officeSize(published);

test("an office has 13.5 to 70 respondents for each manager, 45 as respondents see it", () => {
  expect(perManager).toEqual([203 / 15, 24.5, 59, 69.8]);
  expect(office).toBeCloseTo(45.15, 2);
});

test("between offices likeness counts in full, within offices once more times itself, among managers not at all", () => {
  expect(correlations.map((rho) => designEffectAt("between", rho, office).toFixed(1))).toEqual([
    "1.0",
    "3.2",
    "5.4",
    "9.8"
  ]);
  expect(correlations.map((rho) => designEffectAt("within", rho, office).toFixed(1))).toEqual([
    "1.0",
    "1.1",
    "1.4",
    "2.8"
  ]);
  expect(correlations.map((rho) => designEffectAt("one", rho, office))).toEqual([1, 1, 1, 1]);
  for (const lie of ["between", "within"] as const) {
    for (const rho of correlations)
      expect(correlationAt(lie, designEffectAt(lie, rho, office), office)).toBeCloseTo(rho, 12);
    expect(correlationAt(lie, 0.9, office)).toBe(0);
  }
  expect(correlationAt("between", 50, office)).toBeNull();
  expect(correlationAt("one", 2, office)).toBeNull();
});

test("of every crosstab it is known how its groups lie in offices", () => {
  const lies = entries.tables
    .filter(({kind}) => kind === "crosstab")
    .map((entry) => [lieOf(entry), entry.table] as const);
  const of = (lie: string) => lies.filter(([own]) => own === lie).map(([, table]) => table);
  expect(of("between")).toEqual([2, 17, 18, 19, 20, 23]);
  expect(of("one")).toEqual([30, 31, 33, 34]);
});
