import {chiSquareTest, yatesTest} from "../statistics/chi-square.js";
import type {Counts} from "../statistics/contingency.js";
import type {ExactTest} from "../statistics/exact.js";
import {trendTest} from "../statistics/trend.js";
import {type Decimal, printsAs, readDecimal} from "./decimal.js";
import type {Verdict} from "./verdict.js";

/** The tests that may have given a printed P, the most usual first. */
export const testNames = ["pearson", "yates", "likelihood_ratio", "exact", "trend", "one_sided"] as const;
export type TestName = (typeof testNames)[number];

export const testWords: Record<TestName, string> = {
  pearson: "Pearson’s chi-square",
  yates: "the chi-square with Yates’s correction",
  likelihood_ratio: "the likelihood ratio",
  exact: "the exact test",
  trend: "the test of linear trend",
  one_sided: "a one-sided test of two shares"
};

/** A printed P as what it says: a value, a bound (`<0.001`), or a level (`**`, `ns`). */
export interface PrintedP extends Decimal {
  readonly kind: "value" | "bound" | "level";
}

/** What stars mean where no legend says otherwise. */
const levels: Record<string, readonly [number, number]> = {
  "****": [0, 0.0001],
  "***": [0, 0.001],
  "**": [0, 0.01],
  "*": [0, 0.05],
  ns: [0.05, 1]
};

/** `1.12e-06` as programs print it, with its noughts: `0.00000112`. */
function asDecimal(number: string): string {
  const [mantissa = "", power] = number.split("e-");
  const decimals = mantissa.split(/[.,]/)[1]?.length ?? 0;
  return power === undefined
    ? number
    : Number(number.replace(",", ".")).toFixed(Math.min(100, decimals + Number(power)));
}

/** Reads a printed P: `0,174`, `.416`, `,000`, `0.004*`, `< .0001`, `>0.05`, `***`, `ns`. Null for anything else. */
export function readP(printed: string): PrintedP | null {
  const text = printed.trim().toLowerCase().replace("·", ".");
  const level = levels[text.replace(/[.\s]/g, "")];
  if (level) return {kind: "level", value: level[1], digits: 0, lower: level[0], upper: level[1]};
  const [, sign, number = ""] = /^([<>≤≥])?\s*=?\s*(\d*[.,]?\d+(?:e-\d+)?)\s*(?:\*{1,4}|[a-z†‡])?$/.exec(text) ?? [];
  if (number === "") return null;
  const value = readDecimal(asDecimal(number), true);
  if (value.value > 1) return null;
  if (sign === "<" || sign === "≤") return {...value, kind: "bound", lower: 0, upper: value.value};
  // As near to 1 as its digits go: 0.99 is how some print a P of 1.
  if (/^0?[.,]99+$/.test(number)) return {...value, kind: "bound", upper: 1};
  if (sign) return {...value, kind: "bound", lower: value.value, upper: 1};
  return {...value, kind: "value"};
}

/** A P that a test gives, and its standard error: 0 unless it is simulated. */
interface Found {
  readonly p: number;
  readonly standardError: number;
}

/** The tests that were run on a table. */
export type Tried = Readonly<Partial<Record<TestName, Found>>>;

/** The tests of a table of counts; `exact` and `pearson` are those, where they were run before. */
export function runTests(
  counts: Counts,
  ordered: boolean,
  exact: ExactTest | null,
  pearson = chiSquareTest(counts)
): Tried {
  const exactly = (p: number): Found => ({p, standardError: 0});
  return {
    pearson: exactly(pearson.p),
    yates: exactly(yatesTest(counts).p),
    likelihood_ratio: exactly(pearson.likelihoodRatio.p),
    ...(exact ? {exact: {p: exact.p, standardError: exact.standardError}} : {}),
    ...(ordered ? {trend: exactly(trendTest(counts).p)} : {}),
    ...(pearson.df === 1 ? {one_sided: exactly(pearson.p / 2)} : {})
  };
}

/** Whether a P prints as what is printed; null where the error of its simulation does not settle it. */
export function givesP({p, standardError}: Found, printed: PrintedP): boolean | null {
  const at = (x: number) =>
    printed.kind === "value" ? printsAs(x, printed) : x >= printed.lower && (x < printed.upper || printed.upper === 1);
  const [low, middle, high] = [p - 3 * standardError, p, p + 3 * standardError].map((x) => at(Math.max(0, x)));
  if (low && middle && high) return true;
  const apart = Math.max(0, p - 3 * standardError) > printed.upper || p + 3 * standardError < printed.lower;
  return standardError === 0 || apart ? false : null;
}

/**
 * Whether a P prints as what is printed if its decimals are cut off, or if the least value that the digits can show
 * stands for all that is below it, as 0.001 often does.
 */
function nearlyGives({p}: Found, {kind, value, digits}: PrintedP): boolean {
  const scale = 10 ** digits;
  const printed = Math.round(value * scale);
  return (
    kind === "value" && digits > 1 && (Math.floor(p * scale) === printed || (printed === 1 && digits > 2 && p < value))
  );
}

/** What is found of a printed P: the verdict, the tests that give it by name, and a note for the reader. */
export interface PJudgement {
  readonly verdict: Verdict;
  readonly by: readonly TestName[];
  readonly note: string;
}

/**
 * Holds a printed P against the tests that were run. It holds if one of them gives it, or where `own` is the test that
 * the report says it uses, if that one does. Where only a simulated test could give it and its error leaves that open,
 * nothing can be said.
 */
export function judgeP(printed: PrintedP | null, tried: Tried, own?: TestName): PJudgement {
  if (!printed) return {verdict: "differs", by: [], note: "What is printed is no P value."};
  const ran = testNames.flatMap((name) => {
    const test = tried[name];
    return test ? [{name, test, gives: givesP(test, printed), asked: name === (own ?? name)}] : [];
  });
  const by = ran.filter(({gives}) => gives === true).map(({name}) => name);
  const words = (names: readonly TestName[], and = "and") => names.map((name) => testWords[name]).join(` ${and} `);
  const what = {value: "the printed P", bound: "a P within the printed bound", level: "a P of the printed level"}[
    printed.kind
  ];
  const holds = ran.find(({gives, asked}) => gives === true && asked);
  if (holds) return {verdict: "exact", by, note: `${capital(testWords[holds.name])} gives ${what}.`};
  const open = ran.filter(({gives, asked}) => gives === null && asked).map(({name}) => name);
  if (open.length > 0) {
    const note = `Not settled: ${words(open)} was simulated, and its error leaves open whether it gives ${what}.`;
    return {verdict: "not_checkable", by, note};
  }
  const near = ran.find(({test, asked}) => asked && nearlyGives(test, printed));
  if (near) {
    const how = near.test.p < printed.lower ? "it stands for all that is less" : "its decimals are cut off";
    return {verdict: "rounding", by, note: `${capital(testWords[near.name])} gives the printed P if ${how}.`};
  }
  const first = own ?? "pearson";
  const rest = ran.map(({name}) => name).filter((name) => name !== first);
  const others = by.filter((name) => name !== first);
  const nor = rest.length > 0 ? `nor does ${words(rest, "or")}` : "no other test was run";
  const end = others.length > 0 ? `${words(others)} does` : nor;
  return {verdict: "differs", by, note: `${capital(testWords[first])} does not give ${what}; ${end}.`};
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
