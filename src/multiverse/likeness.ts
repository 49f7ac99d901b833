import {designEffectOf, intraclassCorrelation} from "../statistics/design-effect.js";

/**
 * How the groups that are compared lie in offices: `between` where a whole office is in one group (its size), `within`
 * where colleagues are in several (their roles), `one` where each office has one respondent, or hardly more.
 */
export type Lie = "between" | "within" | "one";

/**
 * The intraclass correlations that are tried: how alike colleagues answer. In surveys of staff 0.05 to 0.20 is usual
 * (Bliese 2000); 0 takes colleagues for strangers, as the report does.
 */
export const correlations = [0, 0.05, 0.1, 0.2] as const;

/**
 * The design effect at a correlation. Between offices all of it counts; within offices colleagues are taken to be in the
 * same group as often as they give the same answer, so that it counts once more times itself.
 */
export function designEffectAt(lie: Lie, correlation: number, size: number): number {
  if (lie === "one") return 1;
  return designEffectOf(correlation, size, lie === "between" ? 1 : correlation);
}

/** The correlation at which a design effect is reached; null where no correlation matters, and where none reaches it. */
export function correlationAt(lie: Lie, designEffect: number, size: number): number | null {
  if (lie === "one") return null;
  const between = Math.max(0, intraclassCorrelation(designEffect, size));
  const correlation = lie === "between" ? between : Math.sqrt(between);
  return correlation > 1 ? null : correlation;
}
