import {alpha} from "./alpha.js";
import {chiSquareCritical} from "./distributions.js";

/**
 * The design effect at which a chi-square test stops being significant at `level`.
 *
 * Respondents who share an office resemble each other, so a sample of n of them tells less than n people drawn one by
 * one. Dividing chi-square by the design effect (Rao and Scott 1981, first-order correction) allows for that; the value
 * given is the chi-square over the critical value of its degrees of freedom. Above 1 it says how large the design effect
 * may be before significance is lost; at 1 or below the result is not significant to begin with.
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
 * The intraclass correlation that gives a design effect, in offices with a mean of `size` respondents each:
 * (deff − 1) / (size − 1), after Kish (1965). It turns a limit on the design effect into the likeness among colleagues
 * that would reach it; a value above 1 can never be reached, one below 0 belongs to a design effect below 1.
 *
 * Throws a RangeError when the design effect is not above 0 or the size is not above 1.
 */
export function intraclassCorrelation(designEffect: number, size: number): number {
  if (!(designEffect > 0)) throw new RangeError(`A design effect is above 0, not ${designEffect}.`);
  if (!(size > 1)) throw new RangeError(`An office needs more than one respondent, not ${size}.`);
  return (designEffect - 1) / (size - 1);
}
