import {fTail, tCritical, tTwoSided} from "./student.js";

/** What a printed regression table says of the whole model. */
export interface Model {
  /** The number of respondents. */
  readonly n: number;
  /** The number of predictors, the constant not counted. */
  readonly predictors: number;
  /** The share of variance explained, 0–1. */
  readonly r2: number;
}

function degrees({n, predictors, r2}: Model): number {
  if (!Number.isSafeInteger(predictors) || predictors < 1) {
    throw new RangeError(`A model has at least one predictor, not ${predictors}.`);
  }
  const df = n - predictors - 1;
  if (!Number.isSafeInteger(n) || df < 1) {
    throw new RangeError(`${predictors} predictors and a constant need more than ${n} respondents.`);
  }
  if (!(r2 >= 0 && r2 < 1)) throw new RangeError(`R² lies between 0 and below 1, not ${r2}.`);
  return df;
}

/**
 * F = (R² / k) / ((1 − R²) / (n − k − 1)) of a linear regression with a constant, and what follows from it. Throws a
 * RangeError when R² is not in [0, 1), when there is no predictor, or when n leaves no degree of freedom.
 */
export function fitModel(model: Model) {
  const dfError = degrees(model);
  const {r2, predictors: dfModel, n} = model;
  const f = r2 / dfModel / ((1 - r2) / dfError);
  // R² corrected for the number of predictors can be below 0.
  return {f, dfModel, dfError, p: fTail(f, dfModel, dfError), adjustedR2: 1 - ((1 - r2) * (n - 1)) / dfError};
}

/** R² from a printed F. Throws a RangeError when F is negative or not finite, and where {@link fitModel} does. */
export function r2FromF(f: number, model: Omit<Model, "r2">): number {
  if (!(f >= 0) || !Number.isFinite(f)) throw new RangeError(`F is finite and at least 0, not ${f}.`);
  const dfError = degrees({...model, r2: 0});
  const explained = f * model.predictors;
  return explained / (explained + dfError);
}

/**
 * What a printed coefficient and its t imply for one predictor of a linear regression with a constant; `level` is the
 * confidence of the interval.
 *
 * The partial correlation is t / √(t² + df), the unique share t² (1 − R²) / df (Cohen and others 2003, section 3.6); so
 * they keep only the digits that t and R² have. Throws a RangeError when beta or t is not finite, when their signs
 * contradict, where {@link fitModel} does, and for a level not between 0 and 1.
 */
export function coefficient(beta: number, t: number, model: Model, level = 0.95) {
  const df = degrees(model);
  if (!Number.isFinite(beta) || !Number.isFinite(t)) throw new RangeError(`Not a coefficient: beta ${beta}, t ${t}.`);
  if (beta * t < 0) throw new RangeError(`A coefficient and its t have the same sign: beta ${beta}, t ${t}.`);
  const standardError = beta === 0 || t === 0 ? null : beta / t;
  const half = standardError === null ? null : tCritical(level, df) * standardError;
  return {
    /** The two-sided p of t. */
    p: tTwoSided(t, df),
    /** beta / t; null when either is 0 as printed, which leaves it and what follows from it open. */
    standardError,
    lower: half === null ? null : beta - half,
    upper: half === null ? null : beta + half,
    /** The correlation with the outcome when the other predictors are held constant, −1 to 1. */
    partial: t / Math.sqrt(t ** 2 + df),
    /** The share of the outcome's variance that only this predictor explains: the squared semipartial correlation. */
    unique: (t ** 2 * (1 - model.r2)) / df,
    /**
     * The variance inflation factor, 1 / (1 − R² of the predictor on the others), which follows only when beta is
     * standardised; below 1 (but for rounding) the printed numbers contradict each other.
     */
    inflation: standardError === null ? null : (standardError ** 2 * df) / (1 - model.r2)
  };
}
