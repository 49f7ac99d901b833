import {alpha} from "./alpha.js";
import {chiSquareCritical} from "./distributions.js";

/**
 * The design effect at which a chi-square test stops being significant at `level`: chi-square over the critical value.
 *
 * Respondents who share an office resemble each other, so a sample of n of them tells less than n people drawn one by
 * one. Dividing chi-square by the design effect (Rao and Scott 1981, first-order correction) allows for that. At 1 or
 * below the result is not significant to begin with.
 *
 * Throws a RangeError when the statistic is negative or not finite, df is not above 0 or the level is not between 0 and 1.
 */
export function designEffectLimit(statistic: number, df: number, level = alpha): number {
  if (!(statistic >= 0) || !Number.isFinite(statistic)) {
    throw new RangeError(`A chi-square statistic is finite and at least 0, not ${statistic}.`);
  }
  return statistic / chiSquareCritical(level, df);
}

/**
 * The likeness among colleagues, as an intraclass correlation, that gives a design effect in offices with a mean of `size`
 * respondents each: (deff − 1) / (size − 1), after Kish (1965). Above 1 it can never be reached; it is below 0 for a
 * design effect below 1. Throws a RangeError when the design effect is not above 0 or the size is not above 1.
 */
export function intraclassCorrelation(designEffect: number, size: number): number {
  if (!(designEffect > 0)) throw new RangeError(`A design effect is above 0, not ${designEffect}.`);
  if (!(size > 1)) throw new RangeError(`An office needs more than one respondent, not ${size}.`);
  return (designEffect - 1) / (size - 1);
}

/**
 * The design effect of a comparison in offices with a mean of `size` respondents each, whose answers have an intraclass
 * correlation: 1 + (size − 1) · correlation · groups (Kish 1965, Moulton 1990).
 *
 * `groups` is how far colleagues are in the same of the groups compared: 1 where the whole office is in one; about 0
 * where each office has members of all groups in the same mixture, so that likeness cancels.
 *
 * Throws a RangeError when the size is below 1 or a correlation is not from 0 to 1.
 *
 * @example designEffectOf(0.05, 45) // 3.2
 */
export function designEffectOf(correlation: number, size: number, groups = 1): number {
  if (!(size >= 1)) throw new RangeError(`An office has at least one respondent, not ${size}.`);
  if (![correlation, groups].every((x) => x >= 0 && x <= 1)) throw new RangeError("A correlation is from 0 to 1.");
  return 1 + (size - 1) * correlation * groups;
}

/**
 * The mean number of respondents in an office as respondents see it: over people, not over offices, by classes of offices.
 *
 * @example meanOffice([{respondents: 30, offices: 3}, {respondents: 100, offices: 2}]) // (30 · 10 + 100 · 50) / 130
 */
export function meanOffice(classes: readonly {readonly respondents: number; readonly offices: number}[]): number {
  const people = classes.reduce((sum, {respondents}) => sum + respondents, 0);
  return classes.reduce((sum, {respondents, offices}) => sum + respondents ** 2 / offices, 0) / people;
}
