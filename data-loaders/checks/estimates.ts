import {chiSquareCritical, chiSquareTail, normalCritical, normalTwoSided} from "../../src/statistics/distributions.js";
import {fTail, tTwoSided} from "../../src/statistics/student.js";
import {readP} from "../../src/tables/printed-p.js";
import type {Verdict} from "../../src/tables/verdict.js";

/** A printed number with its place, −1 where it is of no row or no column, and the cell that it is of. */
export interface Item<T> {
  readonly r: number;
  readonly c: number;
  readonly measure: string;
  readonly printed: string;
  readonly value: number | null;
  /** How many decimals are printed. */
  readonly digits: number;
  /** What a statistic is called where it stands: `t`, `χ2`, `Wald`. */
  readonly called: string;
  readonly cell: T;
}

/** What some numbers of a table say of each other. */
export interface Found<T> {
  /** Short and fit for an id. */
  readonly what: "interval" | "interval_p" | "grim" | "debit" | "ratio" | "exp_b" | "statistic_p" | "means_p";
  /** The numbers that take part, first the one on trial. */
  readonly cells: readonly T[];
  readonly verdict: Verdict;
  /** What the others give: an interval, as their digits allow. */
  readonly range: Range;
  /** A sentence, in which the number on trial is “it” or named by what it is. */
  readonly note: string;
}

type Range = readonly [number, number];

const half = ({digits}: {digits: number}) => 0.5 / 10 ** digits;
const meets = (a: Range, b: Range) => a[0] <= b[1] + 1e-9 && b[0] <= a[1] + 1e-9;
const around = (item: {value: number | null; digits: number}): Range => [
  (item.value ?? 0) - half(item),
  (item.value ?? 0) + half(item)
];
/** The absolute values of a range. */
const size = ([low, high]: Range): Range =>
  low <= 0 && high >= 0 ? [0, Math.max(-low, high)] : [Math.min(Math.abs(low), Math.abs(high)), Math.max(-low, high)];
const over = (a: Range, b: Range): Range => [a[0] / b[1], b[0] > 0 ? a[1] / b[0] : Number.POSITIVE_INFINITY];
const shown = ([low, high]: Range) => {
  const [a, b] = [low, high].map((x) => String(Number(x.toPrecision(3))));
  return a === b ? a : `${a} to ${b}`;
};

/** Whose distribution a statistic has, by what it is called; null for one that has none of these. */
export function testOf(called: string): "chi2" | "t" | "f" | "z" | null {
  if (/^t\b(?!au)|t[- ](?:test|value|stat)/i.test(called)) return "t";
  if (/^f\b|f[- ](?:test|value)|anova/i.test(called)) return "f";
  if (/^z\b|z[- ](?:test|value|stat)/i.test(called)) return "z";
  return /wald|chi|[χΧ]|^x[2²]|likelihood|linear|kji|khi/i.test(called) ? "chi2" : null;
}

/**
 * Whether a standard deviation is that of answers that are 0 or 1 with this mean: √(n/(n−1) · m(1−m)), each number as
 * its digits allow (DEBIT; Heathers and Brown 2019, https://osf.io/5vb3u).
 */
export function debit(mean: Range, sd: Range, n: number): {readonly fits: boolean; readonly range: Range} {
  const of = (m: number) => Math.sqrt((n / (n - 1)) * Math.max(0, m * (1 - m)));
  const [low, high] = [of(mean[0]), of(mean[1])];
  const top = mean[0] <= 0.5 && mean[1] >= 0.5 ? of(0.5) : Math.max(low, high);
  const range: Range = [Math.min(low, high), top];
  return {fits: meets(range, sd), range};
}

/** Whether a sum of n whole numbers can have this mean (GRIM; Brown and Heathers 2017, doi 10.1177/1948550616673876). */
export function grim({value, digits}: {value: number; digits: number}, n: number): boolean {
  return Math.abs(Math.round(value * n) / n - value) <= half({digits}) + 1e-9;
}

/**
 * The size of z that an estimate with its interval says, of a difference or, by logarithms, of a ratio; as far as their
 * digits tell (Altman and Bland 2011, BMJ 343:d2304).
 */
export function zOfInterval(estimate: Range, lower: Range, upper: Range, ratio: boolean, level = 0.95): Range {
  const scale = ([low, high]: Range): Range => (ratio ? [Math.log(Math.max(low, 1e-12)), Math.log(high)] : [low, high]);
  const [e, l, u] = [scale(estimate), scale(lower), scale(upper)];
  const width: Range = [(u[0] - l[1]) / 2, (u[1] - l[0]) / 2];
  const z = normalCritical(level);
  const [low, high] = over(size(e), width);
  return [low * z, width[0] > 0 ? high * z : Number.POSITIVE_INFINITY];
}

/** The sizes of z whose two-sided P prints as what is printed. */
function zOfP(printed: string): Range | null {
  const p = readP(printed);
  if (!p) return null;
  const z = (x: number) => (x <= 0 ? Number.POSITIVE_INFINITY : x >= 1 ? 0 : Math.sqrt(chiSquareCritical(x, 1)));
  return [z(Math.min(1, p.upper)), z(Math.max(0, p.lower))];
}

/** The P values that a statistic can have: without degrees of freedom, those of all. */
function pOf(test: "chi2" | "t" | "f" | "z", statistic: Range, df: readonly number[]): Range | null {
  const [low, high] = size(statistic);
  const [a, b] = df;
  const at = (x: number): Range | null => {
    if (test === "z") return [normalTwoSided(x), normalTwoSided(x)];
    if (test === "t") return a ? [tTwoSided(x, a), tTwoSided(x, a)] : [normalTwoSided(x), tTwoSided(x, 1)];
    if (test === "f") return a && b ? [fTail(x, a, b), fTail(x, a, b)] : null;
    return a ? [chiSquareTail(x, a), chiSquareTail(x, a)] : null;
  };
  const [most, least] = [at(low), at(high)];
  return most && least ? [least[0], most[1]] : null;
}

/**
 * Holds means, ratios and coefficients against their intervals, errors, statistics and P values, and means against how
 * many they are of. Says nothing of numbers beside which nothing stands that they follow from. Numbers that only an
 * unprinted choice contradicts (whole answers, another test) are `not_checkable`, with what would follow.
 */
export function estimateFindings<T>(items: readonly Item<T>[], level = 0.95): Found<T>[] {
  const known = items.filter(({value, printed, measure}) => value !== null || (measure === "p" && readP(printed)));
  const sizes = known.filter(({measure, r}) => measure === "base" && r < 0);
  const rows = new Map<number, Item<T>[]>();
  for (const item of known) rows.set(item.r, [...(rows.get(item.r) ?? []), item]);
  return [...rows.values()].flatMap((row) => {
    const own = [...new Set(row.map(({c}) => c))];
    const places = own.filter((c) => row.some((item) => item.c === c && isEstimate(item.measure)));
    // A P beside a row is that of its only estimate.
    const beside = places.length < 2 ? (places[0] ?? own[0]) : undefined;
    const found = own.flatMap((c) => {
      if (c === -1 && beside !== undefined && beside !== -1) return [];
      const at = (measure: string) =>
        row.find((item) => item.measure === measure && item.c === c) ??
        (c === beside ? row.find((item) => item.measure === measure && item.c === -1) : undefined) ??
        (measure === "base" ? sizes.find((item) => item.c === c) : undefined) ??
        (measure === "base" ? row.find((item) => item.measure === "base" && item.c === -1) : undefined);
      const df = row.filter((item) => item.measure === "df" && (item.c === c || item.c === -1));
      return [...intervals(at, level), ...means(at), ...coefficients(at, df)];
    });
    return [...found, ...twoMeans(row, sizes)];
  });
}

const isEstimate = (measure: string) =>
  ["mean", "median", "odds_ratio", "b", "statistic", "t", "f", "z"].includes(measure);

type At<T> = (measure: string) => Item<T> | undefined;

function intervals<T>(at: At<T>, level: number): Found<T>[] {
  const [lower, upper, p] = [at("lower"), at("upper"), at("p")];
  const estimate = at("odds_ratio") ?? at("b") ?? at("mean") ?? at("median");
  if (!estimate || !lower || !upper || lower.value === null || upper.value === null) return [];
  const range: Range = [lower.value, upper.value];
  const cells = [estimate.cell, lower.cell, upper.cell];
  const inside = meets(around(estimate), range);
  const ratio = estimate.measure === "odds_ratio" && range[0] > 0;
  const centre = ([around(lower), around(upper)] as const).reduce(([a, b], [c, d]) => [
    Math.sqrt(Math.max(0, a * c)),
    Math.sqrt(b * d)
  ]);
  const aside = ratio && !meets(around(estimate), centre) ? ", but not in its middle on the scale of logarithms" : "";
  const within: Found<T> = {
    what: "interval",
    cells,
    range,
    verdict: inside ? "exact" : "inconsistent",
    note: inside
      ? `It lies within its interval${aside}.`
      : `It is outside its interval, ${lower.printed} to ${upper.printed}.`
  };
  const printed = p && zOfP(p.printed);
  const tested = ratio || estimate.measure === "b";
  if (!inside || !printed || !tested) return [within];
  const z = zOfInterval(around(estimate), around(lower), around(upper), ratio, level);
  const [least, most] = [normalTwoSided(z[1]), normalTwoSided(z[0])];
  const apart = Math.max(z[0] - printed[1], printed[0] - z[1], 0);
  // Other tests than the interval's give a P nearby: likelihood ratio, exact, Student's t of few.
  const verdict = meets(z, printed) ? "exact" : apart < 0.5 ? "not_checkable" : "inconsistent";
  const words = {
    exact: "The interval and P say the same.",
    not_checkable: `By its interval P is ${shown([least, most])}; another test may have given the printed “${p.printed}”.`,
    inconsistent: `By its interval P is ${shown([least, most])}, and “${p.printed}” is printed.`
  };
  return [within, {what: "interval_p", cells: [p.cell, ...cells], range: [least, most], verdict, note: words[verdict]}];
}

function means<T>(at: At<T>): Found<T>[] {
  const [mean, sd, base] = [at("mean"), at("sd"), at("base")];
  const n = base?.value;
  if (!mean || mean.value === null || !base || !n || n < 2) return [];
  const found: Found<T>[] = [];
  if (2 * n * half(mean) < 1 && !grim({value: mean.value, digits: mean.digits}, n)) {
    const nearest = Math.round(mean.value * n) / n;
    found.push({
      what: "grim",
      cells: [mean.cell, base.cell],
      range: [nearest, nearest],
      verdict: "not_checkable",
      note: `No sum of ${n} whole numbers has this mean (GRIM): if answers are whole numbers, it is a misprint.`
    });
  }
  if (sd && sd.value !== null && mean.value > 0 && mean.value < 1 && mean.digits > 1) {
    const {fits, range} = debit(around(mean), around(sd), n);
    const words = fits
      ? "It is the standard deviation of answers that are 0 or 1 (DEBIT)."
      : `Answers that are 0 or 1 with this mean have a standard deviation of ${shown(range)} (DEBIT): if they are, it is a misprint.`;
    // More spread than 0 and 1 have: the answers are others.
    if (fits || sd.value < range[0])
      found.push({
        what: "debit",
        cells: [sd.cell, mean.cell, base.cell],
        range,
        verdict: fits ? "exact" : "not_checkable",
        note: words
      });
  }
  return found;
}

function coefficients<T>(at: At<T>, df: readonly Item<T>[]): Found<T>[] {
  const [b, se, ratio, p] = [at("b"), at("se"), at("odds_ratio"), at("p")];
  const statistic = at("statistic") ?? at("t") ?? at("z") ?? at("f");
  const found: Found<T>[] = [];
  if (b && ratio && b.value !== null) {
    const range = around(b).map(Math.exp) as unknown as Range;
    const fits = meets(range, around(ratio));
    const note = fits ? "It is e to the power of B." : `e to the power of B is ${shown(range)}.`;
    found.push({what: "exp_b", cells: [ratio.cell, b.cell], range, verdict: fits ? "exact" : "inconsistent", note});
  }
  if (!statistic || statistic.value === null) return found;
  const named = testOf(statistic.called) ?? testOf(statistic.measure);
  const wald = /wald/i.test(statistic.called);
  if (b && se && (named === "t" || named === "z" || wald)) {
    const z = over(size(around(b)), around(se));
    const range: Range = wald ? [z[0] ** 2, z[1] ** 2] : z;
    const fits = meets(range, size(around(statistic)));
    const what = wald ? "B² by the square of its standard error" : "B by its standard error";
    found.push({
      what: "ratio",
      cells: [statistic.cell, b.cell, se.cell],
      range,
      verdict: fits ? "exact" : "inconsistent",
      note: fits ? `It is ${what}.` : `${what} is ${shown(range)}, and “${statistic.printed}” is printed.`
    });
  }
  const printed = p && readP(p.printed);
  // “F(2, 120)” over the column has them too.
  const [, ...inside] = /\(\s*(\d+)(?:\s*[,;]\s*([\d.]+))?\s*\)/.exec(statistic.called) ?? [];
  const inHead = inside.filter(Boolean).map(Number);
  const freedom = df.length > 0 ? df.map(({value}) => value ?? 0) : inHead.length > 0 ? inHead : wald ? [1] : [];
  const range = named && printed ? pOf(named, around(statistic), freedom) : null;
  if (!p || !printed || !range) return found;
  const fits = meets(range, [printed.lower, printed.upper]);
  found.push({
    what: "statistic_p",
    cells: [p.cell, statistic.cell, ...df.map(({cell}) => cell)],
    range,
    verdict: fits ? "exact" : "inconsistent",
    note: fits
      ? `It is the P of ${statistic.printed}.`
      : `${statistic.printed}${freedom.length > 0 ? ` on ${freedom.join(" and ")} degrees of freedom` : ""} has P ${shown(range)}, and “${p.printed}” is printed.`
  });
  return found;
}

/** The P beside two means with standard deviations and sizes against Student's t, with one variance or with two. */
function twoMeans<T>(row: readonly Item<T>[], sizes: readonly Item<T>[]): Found<T>[] {
  const p = row.filter(({measure}) => measure === "p");
  const groups = row.flatMap((mean) => {
    const at = (measure: string) => row.find((item) => item.measure === measure && item.c === mean.c);
    const n = at("base") ?? sizes.find((item) => item.c === mean.c);
    const sd = at("sd");
    return mean.measure === "mean" && sd && n?.value ? [{mean, sd, n: n.value, of: n}] : [];
  });
  const [a, b, ...more] = groups;
  const [own] = p;
  const printed = own && readP(own.printed);
  if (!a || !b || more.length > 0 || p.length !== 1 || !own || !printed) return [];
  const [ma, mb] = [around(a.mean), around(b.mean)];
  const apart = size([ma[0] - mb[1], ma[1] - mb[0]]);
  const by = (pooled: boolean, side: 0 | 1) => {
    const [va, vb] = [a, b].map(({sd}) => around(sd)[side] ** 2) as [number, number];
    const one = ((a.n - 1) * va + (b.n - 1) * vb) / (a.n + b.n - 2);
    const [ea, eb] = pooled ? [one / a.n, one / b.n] : [va / a.n, vb / b.n];
    const df = pooled ? a.n + b.n - 2 : (ea + eb) ** 2 / (ea ** 2 / (a.n - 1) + eb ** 2 / (b.n - 1));
    return {error: Math.sqrt(ea + eb), df};
  };
  const tests = [true, false].map((pooled): Range => {
    const [small, large] = [by(pooled, 0), by(pooled, 1)];
    return [tTwoSided(apart[1] / small.error, small.df), tTwoSided(apart[0] / large.error, large.df)];
  });
  const which = tests.findIndex((range) => meets(range, [printed.lower, printed.upper]));
  const range = tests[Math.max(0, which)] ?? [0, 1];
  const note = ["Student’s t of the two means gives it.", "Welch’s t of the two means gives it."][which];
  return [
    {
      what: "means_p",
      cells: [own.cell, ...[a, b].flatMap(({mean, sd, of}) => [mean.cell, sd.cell, of.cell])],
      range,
      verdict: note ? "exact" : "not_checkable",
      note: note ?? `Student’s t of the two means has P ${shown(range)}; another test may have given “${own.printed}”.`
    }
  ];
}
