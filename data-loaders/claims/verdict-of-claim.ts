import {alpha} from "../../src/statistics/alpha.js";
import {type RoundingRule, roundPercent, ruleNames} from "../../src/tables/rounding.js";
import type {Verdict} from "../../src/tables/verdict.js";
import type files from "../publish/files.json";
import type {Evaluation} from "./expression.js";
import {figure, type NumberValue} from "./number-value.js";

/** What the printed number or word is a number of; a `share` is a fraction in words, a `percent` is in figures. */
export const units = ["percent", "share", "count", "ratio", "p", "reference", "comparison"] as const;
export type Unit = (typeof units)[number];

interface Relation {
  /** The units it can be asked of. */
  readonly units: readonly Unit[];
  /** Whether a printed value is needed to hold the recomputed one against. */
  readonly value: boolean;
  /** Whether the recomputed value stands as the word says to the printed one; both are shares for percents. */
  readonly holds: (recomputed: number, printed: number) => boolean;
}

/** A word of the vocabulary; `files.json` says what each means. */
export type RelationName = keyof (typeof files)["claims.arrow"]["columns"]["relation"]["meanings"];

/** Room for the last binary digits of a share, so that 45% is no less than five points below 50%. */
const hair = 1e-9;
/** A word for a share in relation to a fraction, and one that is a limit by itself. */
const beside = (holds: Relation["holds"]): Relation => ({units: ["percent", "share"], value: true, holds});
const alone = (holds: Relation["holds"], unit: Unit = "share"): Relation => ({units: [unit], value: false, holds});

/**
 * How a recomputed value must stand to the printed one: every quantity word of the report, in numbers.
 *
 * Words have no exact limits. These are wide, so that what fails fails for any reader: a hedged fraction may be five
 * percent points off, a bare one half as much.
 */
export const relations: Readonly<Record<RelationName, Relation>> = {
  equals: {units: ["percent", "count", "ratio", "reference"], value: true, holds: (x, v) => x === v},
  fraction: beside((x, v) => Math.abs(x - v) <= 0.025 + hair),
  about: beside((x, v) => Math.abs(x - v) <= 0.05 + hair),
  almost: beside((x, v) => x < v - hair && x >= v - 0.05 - hair),
  slightly_over: beside((x, v) => x > v + hair && x <= v + 0.05 + hair),
  over: beside((x, v) => x > v + hair),
  majority: alone((x) => x > 0.5 + hair),
  large_majority: alone((x) => x >= 0.6 - hair),
  minority: alone((x) => x < 0.5 - hair),
  many: alone((x) => x >= 0.25 - hair),
  few: alone((x) => x < 0.2 - hair),
  somewhat: alone((x) => x > hair && x <= 0.1 + hair),
  even: alone((x) => x <= 0.1 + hair),
  significant: alone((x) => x < alpha, "p"),
  not_significant: alone((x) => x >= alpha, "p"),
  holds: alone((x) => x === 1, "comparison"),
  agrees: alone((x) => x === 1, "comparison")
};

/** A relation by its name, or undefined. */
export function relationOf(name: string): (Relation & {readonly name: RelationName}) | undefined {
  if (!Object.hasOwn(relations, name)) return undefined;
  return {...relations[name as RelationName], name: name as RelationName};
}

/** What a claim says, as far as it can be held against a recomputed value. */
export interface Statement {
  readonly relation: RelationName;
  readonly unit: Unit;
  /** The printed number: percent points for a percent, 0 to 1 for a share; null where words say it all. */
  readonly value: number | null;
}

/** A claim's verdict. */
export interface ClaimCheck {
  readonly verdict: Exclude<Verdict, "not_checkable">;
  /** The recomputed value as a reader would have it, such as `24.5%`. */
  readonly recomputed: string;
  /** The same as a number in the unit of the printed value; 1 or 0 for what holds or does not. */
  readonly value: number;
  /** What is to be said of a rounding; empty otherwise. */
  readonly note: string;
}

/** The rules that a printed percent of the prose may follow besides the report's own. Cutting off decimals is none:
 * it would excuse any percent that is one too low. */
const otherRules: readonly RoundingRule[] = ["half_even", "half_down", "twice"];

/**
 * Holds a claim against the value of its expression.
 *
 * `exact` when the relation holds. A percent that should be equal and is not is `rounding` when another named rule
 * gives it, adding up percents that are rounded already among them. What fails is `inconsistent` when nothing but the
 * prose itself was asked, or when the relation is `agrees`: two things are printed, and neither is known to be right.
 * Otherwise it `differs`.
 *
 * Throws a RangeError when relation, unit, printed value and kind of result do not go together.
 */
export function checkClaim({relation: name, unit, value: printed}: Statement, evaluation: Evaluation): ClaimCheck {
  const relation = relations[name];
  const {value: result} = evaluation;
  if (!relation.units.includes(unit)) throw new RangeError(`“${name}” cannot be asked of a ${unit}`);
  if (relation.value !== (printed !== null)) {
    throw new RangeError(printed === null ? `“${name}” needs a printed value` : `“${name}” takes no printed value`);
  }
  const failure = evaluation.literal || name === "agrees" ? "inconsistent" : "differs";
  if (result.type === "boolean") {
    if (unit !== "comparison") throw new RangeError(`a ${unit} needs an expression that is a number`);
    const verdict = result.value ? "exact" : failure;
    return {verdict, recomputed: evaluation.text, value: Number(result.value), note: ""};
  }
  if (unit === "comparison") throw new RangeError("a comparison needs an expression that holds or does not");
  const [recomputed, value] = [inFigures(result, unit), unit === "percent" ? 100 * result.value : result.value];
  const done = (verdict: ClaimCheck["verdict"], note = ""): ClaimCheck => ({verdict, recomputed, value, note});
  if (name === "equals" && unit === "percent" && printed !== null) {
    const note = roundsTo(printed, result);
    return note === null ? done(failure) : done(note ? "rounding" : "exact", note);
  }
  const x = unit === "ratio" ? Math.round(result.value) : result.value;
  const holds = relation.holds(x, unit === "percent" ? (printed ?? 0) / 100 : (printed ?? 0));
  return done(holds ? "exact" : failure);
}

/**
 * How a share becomes a printed percent, at as many decimals as it is printed with: empty where it does by the report's
 * own rule, and null where it does not.
 */
function roundsTo(printed: number, {ratio, roundedParts}: NumberValue): string | null {
  if (!ratio || ratio.n < 0) throw new RangeError("a percent needs an expression that counts exactly");
  const digits = String(printed).split(".")[1]?.length ?? 0;
  const rounded = (rule?: RoundingRule) => roundPercent(ratio.n, ratio.d, rule, digits);
  if (rounded() === printed) return "";
  const other = otherRules.find((rule) => rounded(rule) === printed);
  if (other) return `Only by ${ruleNames[other]}.`;
  if (roundedParts?.sum !== printed) return null;
  const sum = roundedParts.percents.map((percent) => `${percent}%`).join(" + ");
  return `Adds up percents that are rounded already: ${sum} = ${printed}%.`;
}

function inFigures(result: NumberValue, unit: Unit): string {
  const {value, ratio} = result;
  if (unit === "percent" || unit === "share") {
    return figure({...result, unit: result.unit === "points" ? "points" : "share"});
  }
  if (unit === "reference") return `table ${value}`;
  if (unit === "ratio") return value.toFixed(2);
  if (ratio?.d === 1) return String(value);
  return value < 0.0005 ? "less than 0.001" : value.toFixed(3);
}
