/**
 * How a share becomes a printed percent.
 *
 * - `half_up`: to the nearest, a tie away from zero. The report's rule: every tie among its percents is printed so
 *   (5 of 40 as 13 %, 33 of 40 as 83 %), which rules the others out. SPSS rounds this way.
 * - `half_even`: to the nearest, a tie to the even neighbour (IEEE 754, R's round).
 * - `half_down`: to the nearest, a tie towards zero.
 * - `twice`: half up to one more digit than printed, then half up again, as when a rounded table is retyped.
 * - `down`: the digits cut off.
 * - `up`: the next digit where anything remains.
 */
export const roundingRules = ["half_up", "half_even", "half_down", "twice", "down", "up"] as const;
export type RoundingRule = (typeof roundingRules)[number];

/** The rule by which the report prints its percents. */
export const reportRule: RoundingRule = "half_up";

/** A rule's name for a sentence, in English. */
export const ruleNames: Record<RoundingRule, string> = {
  half_up: "rounding half up",
  half_even: "rounding half to even",
  half_down: "rounding half down",
  twice: "rounding twice",
  down: "cutting off decimals",
  up: "rounding up"
};

/**
 * The percent that `count` is of `total`, in percent points, rounded to `digits` decimals by a rule.
 *
 * Exact on ties: the division is of whole numbers, never of floating-point shares (5 of 40 is 12.5 and nothing near
 * it). Null when the total is 0, where no percent exists. Throws a RangeError unless count and total are whole numbers
 * of at least 0 and digits is 0 to 6; a count may exceed its total.
 */
export function roundPercent(count: number, total: number, rule: RoundingRule = reportRule, digits = 0): number | null {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(total) || count < 0 || total < 0) {
    throw new RangeError(`a percent needs whole numbers of at least 0, not ${count} of ${total}`);
  }
  if (!Number.isInteger(digits) || digits < 0 || digits > 6) throw new RangeError(`0 to 6 digits, not ${digits}`);
  if (total === 0) return null;
  const scale = 10 ** digits;
  return Number(roundRatio(BigInt(count) * 100n * BigInt(scale), BigInt(total), rule)) / scale;
}

/**
 * A share, 0.234, in percent points, rounded to `digits` decimals by the report's rule: 23. What is no number stays so.
 */
export function roundShare(share: number, digits = 0): number {
  if (!Number.isFinite(share)) return share;
  // To twelve decimals 0.285, which binary fractions hold just below, is the tie that it is.
  const parts = BigInt(Math.round(share * 1e12)) * 100n * 10n ** BigInt(digits);
  return Number(roundRatio(parts, 10n ** 12n, reportRule)) / 10 ** digits;
}

function roundRatio(numerator: bigint, denominator: bigint, rule: RoundingRule): bigint {
  if (rule === "twice") return roundRatio(roundRatio(numerator * 10n, denominator, "half_up"), 10n, "half_up");
  const floor = numerator / denominator;
  const twiceRest = 2n * (numerator % denominator);
  if (twiceRest === 0n || rule === "down") return floor;
  if (rule === "up" || twiceRest > denominator) return floor + 1n;
  if (twiceRest < denominator || rule === "half_down") return floor;
  return rule === "half_even" && floor % 2n === 0n ? floor : floor + 1n;
}
