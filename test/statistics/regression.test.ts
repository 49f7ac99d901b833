import {describe, expect, test} from "vitest";
import {coefficient, fitModel, r2FromF} from "../../src/statistics/regression.js";

/** Table 28 as printed: 898 respondents, 15 predictors, R² ,264. */
const table28 = {n: 898, predictors: 15, r2: 0.264};

describe("the whole model", () => {
  test("F of table 28 lies where the printed one does, within what a rounded R² allows", () => {
    const {f, dfModel, dfError, p, adjustedR2} = fitModel(table28);
    expect([dfModel, dfError]).toEqual([15, 882]);
    expect(f).toBeCloseTo(0.264 / 15 / (0.736 / 882), 10);
    expect(fitModel({...table28, r2: 0.2635}).f).toBeLessThan(21.115);
    expect(fitModel({...table28, r2: 0.2645}).f).toBeGreaterThan(21.115);
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-40);
    expect(adjustedR2).toBeCloseTo(1 - (0.736 * 897) / 882, 14);
  });

  test("R² from F undoes it", () => {
    expect(r2FromF(fitModel(table28).f, table28)).toBeCloseTo(0.264, 14);
    expect(r2FromF(0, table28)).toBe(0);
  });

  test.each([
    [{n: 16, predictors: 15, r2: 0.2}],
    [{n: 20, predictors: 0, r2: 0.2}],
    [{n: 20.5, predictors: 2, r2: 0.2}],
    [{n: 20, predictors: 2, r2: 1}],
    [{n: 20, predictors: 2, r2: -0.1}],
    [{n: 20, predictors: 2, r2: Number.NaN}]
  ])("refuses %o", (model) => {
    expect(() => fitModel(model)).toThrow(RangeError);
    expect(() => coefficient(0.1, 1, model)).toThrow(RangeError);
  });

  test("refuses an F that is none", () => {
    expect(() => r2FromF(-1, table28)).toThrow(RangeError);
    expect(() => r2FromF(Number.NaN, table28)).toThrow(RangeError);
  });
});

describe("a coefficient", () => {
  test("with one predictor, beta is the correlation and explains all that is explained", () => {
    const [r, n] = [0.4, 52];
    const t = (r * Math.sqrt(n - 2)) / Math.sqrt(1 - r * r);
    const only = coefficient(r, t, {n, predictors: 1, r2: r * r});
    expect(only.partial).toBeCloseTo(r, 14);
    expect(only.unique).toBeCloseTo(r * r, 14);
    expect(only.inflation).toBeCloseTo(1, 13);
    expect(only.p).toBeCloseTo(fitModel({n, predictors: 1, r2: r * r}).p, 14);
  });

  test("its interval holds 0 exactly when p is above 1 − level, on either side of 0", () => {
    for (const [beta, t] of [
      [0.088, 2.322],
      [-0.088, -2.322],
      [0.059, 1.898],
      [-0.031, -0.912]
    ] as const) {
      const {p, lower, upper, standardError} = coefficient(beta, t, table28);
      expect(standardError).toBeGreaterThan(0);
      expect((lower ?? 0) < 0 && (upper ?? 0) > 0).toBe(p > 0.05);
      expect((lower ?? 0) + (upper ?? 0)).toBeCloseTo(2 * beta, 14);
    }
    expect(coefficient(0.059, 1.898, table28, 0.9).lower).toBeGreaterThan(0);
  });

  test("reproduces the printed significance of table 28's largest coefficients", () => {
    expect(coefficient(0.088, 2.322, table28).p.toFixed(3)).toBe("0.020");
    expect(coefficient(0.122, 3.09, table28).p.toFixed(3)).toBe("0.002");
    expect(coefficient(0.327, 7.42, table28).p).toBeLessThan(1e-12);
    expect(coefficient(0.327, 7.42, table28).partial).toBeCloseTo(7.42 / Math.sqrt(7.42 ** 2 + 882), 14);
    expect(coefficient(0.327, 7.42, table28).unique).toBeCloseTo((7.42 ** 2 * 0.736) / 882, 14);
  });

  test("printed as 0 leaves its standard error open, and the signs must agree", () => {
    for (const [beta, t] of [
      [0, 0],
      [0, 0.01],
      [0.001, 0]
    ] as const) {
      const {standardError, lower, upper, inflation} = coefficient(beta, t, table28);
      expect([standardError, lower, upper, inflation]).toEqual([null, null, null, null]);
    }
    expect(coefficient(0, 0, table28).p).toBe(1);
    expect(() => coefficient(0.1, -1, table28)).toThrow(/same sign/);
    expect(() => coefficient(Number.NaN, 1, table28)).toThrow(RangeError);
    expect(() => coefficient(0.1, 1, table28, 95)).toThrow(/confidence level/);
  });
});
