import {alpha} from "../../src/statistics/alpha.js";
import {coefficient, fitModel, type Model, r2FromF} from "../../src/statistics/regression.js";
import {fTail, tTwoSided} from "../../src/statistics/student.js";
import {printsAs, readDecimal} from "../../src/tables/decimal.js";
import type {TableId} from "../../src/tables/table-id.js";
import type {Verdict} from "../../src/tables/verdict.js";
import {codingFile} from "../read/catalogue.js";
import type {Codebook} from "../read/codebook.js";
import {count} from "../read/problem.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";
import {type Check, check, type Draft, INPUTS, list, type Place} from "./check.js";
import {labelOf, numberOf} from "./grid.js";

/** What a regression prints of the whole model, each number with its cell, and the model as printed. */
interface Whole extends Model {
  readonly cells: {readonly n: PrintedCell; readonly r2: PrintedCell; readonly f: PrintedCell};
  readonly significance: PrintedCell | undefined;
  /** Degrees of freedom of the error. */
  readonly df: number;
}

/** A regression's printed numbers against each other. Empty for any other table. */
export function regressionChecks(table: PrintedTable, codebook: Codebook): Check[] {
  const {entry, cells} = table;
  if (entry.kind !== "regression") return [];
  const whole = wholeOf(table);
  const terms = entry.rowCodes.flatMap((code) => {
    const own = cells.find((cell) => cell.row?.code === code && cell.measure !== "code");
    const place = {place: labelOf([entry.row], code), placePrinted: own?.row?.label ?? ""};
    return [...(whole ? termChecks(table, code, place, whole) : []), ...codingChecks(table, code, place, codebook)];
  });
  return [...terms, ...(whole ? fitChecks(entry.table, whole) : []), ...markChecks(table, codebook)];
}

function wholeOf({entry, cells}: PrintedTable): Whole | null {
  const of = (measure: string) => cells.find((cell) => cell.row === null && cell.measure === measure);
  const [n, r2, f] = [of("n"), of("r2"), of("f")];
  if (!n || !r2 || !f) return null;
  const [people, predictors] = [numberOf(n), entry.rowCodes.length];
  return {
    cells: {n, r2, f},
    significance: of("significance"),
    n: people,
    predictors,
    r2: readDecimal(r2.printed, true).value,
    df: people - predictors - 1
  };
}

/**
 * A printed number against one recomputed from others, whose digits leave it an interval: exact when the value prints as
 * printed, `rounding` when the interval leaves room for it, else `differs`.
 */
function reach(
  [cell]: readonly PrintedCell[],
  [value, lower, upper]: readonly [number, number, number],
  share = false
) {
  const judge = (text: string): Verdict => {
    const printed = readDecimal(text, share);
    if (printsAs(value, printed)) return "exact";
    return lower <= printed.upper && upper >= printed.lower ? "rounding" : "differs";
  };
  return {value, lower, upper, judge, rule: judge(cell?.printed ?? "") === "rounding" ? INPUTS : null};
}

/** Whether it is the same at 5 % by the printed P and by the recomputed one. */
const conclusion = (printed: string, p: number) =>
  readDecimal(printed).value < alpha === p < alpha ? "unchanged" : "changes";

function termChecks({entry, cells}: PrintedTable, code: string, place: Place, whole: Whole): Check[] {
  const of = (term: string, measure: string) =>
    cells.find((cell) => cell.row?.code === term && cell.measure === measure);
  const [beta, t, significance] = [of(code, "beta"), of(code, "t"), of(code, "significance")];
  if (!beta || !t || !significance) return [];
  const make = (what: string, draft: Draft) =>
    check(entry.table, `${code}.${what}`, "coefficient", {...place, ...draft});
  const others = entry.rowCodes.flatMap((other) => {
    const [b, s] = [of(other, "beta"), of(other, "t")];
    return other === code || !b || !s ? [] : [inflationSpan(b.printed, s.printed, whole)];
  });
  const {value, upper} = readDecimal(t.printed);
  const pOf = (more: number) => tTwoSided(Math.max(0, Math.abs(value) + more), whole.df);
  const p = pOf(0);
  const tested = [significance, t, whole.cells.n];
  const marks = marksOf(cells);
  const starsOf = (level: number) => marks.find((mark) => level <= mark.level)?.mark ?? "";
  return [
    make("significance", {
      cells: tested,
      recomputed: p.toFixed(readDecimal(significance.printed).digits + 2),
      ...reach(tested, [p, pOf(upper - value), pOf(value - upper)]),
      formula: `t = ${value} on ${whole.df} degrees of freedom, two-sided`,
      conclusion: conclusion(significance.printed, p),
      note: "The significance that follows from the printed t, with one degree of freedom less for each predictor listed."
    }),
    make("stars", {
      cells: [significance, ...marks.map((mark) => mark.cell)],
      recomputed: starsOf(readDecimal(significance.printed).value) || "no star",
      judge: (text) => (/\**$/.exec(text)?.[0] === starsOf(readDecimal(text).value) ? "exact" : "inconsistent"),
      formula: marks.map(({mark, level}) => `${mark} up to ${level}`).join(", "),
      note: "The stars are those of the level that the printed significance reaches."
    }),
    make("sign", {
      cells: [t, beta],
      recomputed: numberOf(beta) < 0 ? "negative" : "positive",
      judge: (text) => (readDecimal(text).value * numberOf(beta) < 0 ? "inconsistent" : "exact"),
      formula: `the sign of beta, ${beta.printed}`,
      note: "A coefficient and its t have the same sign."
    }),
    make("standard_error", errorOf(beta, t, others, whole))
  ];
}

/** The marks of significance with their levels, the strictest first. */
function marksOf(cells: readonly PrintedCell[]): {mark: string; level: number; cell: PrintedCell}[] {
  return cells
    .filter((cell) => cell.measure === "code" && /^\*+$/.test(cell.row?.label ?? ""))
    .map((cell) => ({mark: cell.row?.label ?? "", level: cell.value ?? 0, cell}))
    .sort((a, b) => a.level - b.level);
}

/** An interval of absolute values, or of what follows from them. */
interface Span {
  readonly least: number;
  readonly most: number;
}

/**
 * The standard error that beta and t imply, and with it the variance inflation of the predictor.
 *
 * An inflation below 1 cannot be. Nor can one of v where the others’ are w: the coefficient of another predictor in the
 * regression of this one on all others is at most √(w / v), for the two are the diagonal of one inverse correlation
 * matrix; so what they explain of this one, 1 − 1 / v, is at most (Σ √w)² / v, and v − 1 at most (Σ √w)².
 */
function errorOf(beta: PrintedCell, t: PrintedCell, others: readonly Span[], whole: Whole): Draft {
  const errors = errorSpan(beta.printed, t.printed);
  const inflation = inflationSpan(beta.printed, t.printed, whole);
  const most = 1 + others.reduce((sum, other) => sum + Math.sqrt(other.most), 0) ** 2;
  const errorAt = (factor: number) => Math.sqrt((factor * (1 - whole.r2)) / whole.df);
  const [b, s] = [readDecimal(beta.printed).value, readDecimal(t.printed).value];
  const error = b * s < 0 ? null : coefficient(b, s, whole).standardError;
  return {
    cells: [beta, t, whole.cells.n, whole.cells.r2],
    recomputed: error === null ? "standard error not known" : `standard error ${error.toFixed(4)}`,
    value: error,
    lower: errors.least,
    upper: Number.isFinite(errors.most) ? errors.most : null,
    judge: (text) => {
      const span = inflationSpan(text, t.printed, whole);
      return span.most < 1 || span.least > most ? "inconsistent" : "exact";
    },
    formula: `${beta.printed} / ${t.printed}, possible from ${errorAt(1).toFixed(4)} to ${errorAt(most).toFixed(2)}`,
    note: `The printed digits put the predictor’s variance inflation between ${inflation.least.toFixed(2)} and ${inflation.most.toFixed(2)}; with those of the others it can be 1 to ${most.toFixed(0)}.`
  };
}

/** The standard errors, without sign, that the digits of beta and t allow. */
function errorSpan(beta: string, t: string): Span {
  const [b, s] = [beta, t].map((printed) => {
    const {value, upper} = readDecimal(printed);
    const half = upper - value;
    return {least: Math.max(0, Math.abs(value) - half), most: Math.abs(value) + half};
  }) as [Span, Span];
  return {least: b.least / s.most, most: s.least === 0 ? Number.POSITIVE_INFINITY : b.most / s.least};
}

function inflationSpan(beta: string, t: string, {df, r2}: Whole): Span {
  const {least, most} = errorSpan(beta, t);
  const factor = df / (1 - r2);
  return {least: least ** 2 * factor, most: most ** 2 * factor};
}

function fitChecks(table: TableId, whole: Whole): Check[] {
  const {cells, significance, n: people, predictors: k, df} = whole;
  const {n, r2, f} = cells;
  const make = (what: string, place: string, draft: Draft) =>
    check(table, `${what}.fit`, "fit", {place, placePrinted: what, ...draft});
  const [share, statistic] = [readDecimal(r2.printed, true), readDecimal(f.printed)];
  const fOf = (of: number, predictors = k) =>
    fitModel({n: people, predictors, r2: Math.min(Math.max(of, 0), 1 - 1e-12)}).f;
  const r2Of = (of: number) => r2FromF(Math.max(0, of), whole);
  const pOf = (of: number) => fTail(Math.max(0, of), k, df);
  // df = F k (1 − R²) / R², at the ends of what is printed.
  const peopleOf = (by: number, explained: number) => (by * k * (1 - explained)) / explained + k + 1;
  const least = Math.ceil(peopleOf(statistic.lower, share.upper));
  const most = Math.floor(peopleOf(statistic.upper, share.lower));
  const fitting = between(1, Math.min(200, people - 2)).filter(
    (other) => fOf(share.lower, other) <= statistic.upper && fOf(share.upper, other) >= statistic.lower
  );
  const numbers = fitting.length === 0 ? "no number of predictors" : `${list(fitting)} predictors`;
  const onDegrees = `F = ${f.printed} on ${k} and ${df} degrees of freedom`;
  const checks = [
    make("r2", "R²", {
      cells: [r2, f, n],
      recomputed: r2Of(statistic.value).toFixed(share.digits + 2),
      ...reach([r2], [r2Of(statistic.value), r2Of(statistic.lower), r2Of(statistic.upper)], true),
      formula: onDegrees,
      note: "The share of variance explained that follows from F, N and the number of predictors."
    }),
    make("f", "F", {
      cells: [f, r2, n],
      recomputed: fOf(share.value).toFixed(statistic.digits),
      ...reach([f], [fOf(share.value), fOf(share.lower), fOf(share.upper)]),
      formula: `(${share.value} / ${k}) / (${(1 - share.value).toFixed(share.digits)} / ${df})`,
      note: "R² is printed with fewer digits than F, so F can only be placed in an interval."
    }),
    make("n", "N", {
      cells: [n, f, r2],
      recomputed: `${least} to ${most}`,
      lower: least,
      upper: most,
      judge: (text) => {
        const {value} = readDecimal(text);
        return value >= least && value <= most ? "exact" : "inconsistent";
      },
      formula: `F k (1 − R²) / R² + k + 1 with F = ${f.printed}, R² = ${share.value}, k = ${k}`,
      note: `With ${k} predictors, F and R² as printed belong to ${least} to ${most} respondents.`
    }),
    make("predictors", "Number of predictors", {
      printed: `${k} predictors`,
      cells: [f, r2, n],
      recomputed: list(fitting),
      value: fitting.length === 1 ? (fitting[0] ?? null) : null,
      lower: fitting[0] ?? null,
      upper: fitting.at(-1) ?? null,
      verdict: fitting.includes(k) ? "exact" : "inconsistent",
      formula: "F = (R² / k) / ((1 − R²) / (N − k − 1)) for k from 1 to 200",
      note: `F, R² and N as printed belong to ${numbers}; the table lists ${k}.`
    })
  ];
  if (!significance) return checks;
  const p = pOf(statistic.value);
  const ofF = make("f_significance", "Significance of F", {
    cells: [significance, f, n],
    recomputed: p.toExponential(1),
    ...reach([significance], [p, pOf(statistic.upper), pOf(statistic.lower)]),
    formula: `${onDegrees}, upper tail`,
    conclusion: conclusion(significance.printed, p),
    note: "The significance that follows from the printed F."
  });
  return [...checks, ofF];
}

/** The coding note of a predictor: its levels should be complete and consecutive. That one lacks is an error of form. */
function codingChecks({entry, cells}: PrintedTable, code: string, place: Place, codebook: Codebook): Check[] {
  if (!entry.extras.includes("coding")) return [];
  const notes = cells.filter((cell) => cell.measure === "code" && cell.row?.code === code);
  const common = {...place, printed: notes.map((cell) => cell.printed).join(", "), cells: notes};
  const make = (what: string, draft: Omit<Draft, "cells">, kind: "coding" | "structure" = "coding") =>
    check(entry.table, `${code}.${what}`, kind, {...common, ...draft});
  if (notes.length === 0) {
    const note = "The notes do not say how this predictor is coded, so what its sign means is not known.";
    return [make("coding", {formula: codingFile(entry.table), verdict: "not_checkable", note})];
  }
  const levels = notes.filter((cell) => /^\d+$/.test(cell.printed)).map(numberOf);
  const ranges = notes.flatMap((cell) => /^(\d+)-(\d+)$/.exec(cell.printed) ?? []);
  const [low = Math.min(...levels), high = Math.max(...levels)] = ranges.slice(1, 3).map(Number);
  // A range stands for the levels between its ends, so that only the ends need be named.
  const named = new Set(ranges.length > 0 ? [...levels, ...between(low + 1, high - 1)] : levels);
  const lacking = between(low, high).filter((level) => !named.has(level));
  const outside = levels.filter((level) => level < low || level > high);
  const twice = levels.filter((level, i) => levels.indexOf(level) !== i);
  const steps = levels.slice(1).map((level, i) => Math.sign(level - (levels[i] ?? 0)));
  const mixed = twice.length === 0 && new Set(steps).size > 1;
  const variable = codebook.get(code);
  const answers = variable && variable.kind !== "structure" ? variable.categories.length : null;
  const span = high - low + 1;
  const all = answers === span ? `, of the ${answers} answers that the question has` : "";
  const wrong = [
    lacking.length > 0 ? `Level ${list(lacking)} is missing${all}.` : "",
    outside.length > 0 ? `Level ${list(outside)} is outside the range that is named.` : "",
    twice.length > 0 ? `Level ${list(twice)} is named twice.` : "",
    mixed ? "The levels neither rise nor fall throughout." : ""
  ].filter(Boolean);
  // The levels that are printed may be right where one is not; the codebook's scale then settles them.
  const isForm = answers !== null && !mixed && outside.length + twice.length === 0 && lacking.length > 0;
  const scale: Omit<Draft, "cells"> = {
    recomputed: wrong.length > 0 ? list(between(low, high)) : null,
    verdict: wrong.length > 0 ? "differs" : "exact",
    formula: `${count(levels.length, "level")} from ${low} to ${high}`,
    note: wrong.join(" ") || "The levels are complete and consecutive."
  };
  const checks = [isForm ? make("level.structure", scale, "structure") : make("coding", scale)];
  if (answers !== null) {
    const fits = span <= answers;
    const held = make("levels.coding", {
      recomputed: `at most ${answers}`,
      upper: answers,
      verdict: fits ? "exact" : "inconsistent",
      formula: `${count(span, "level")} from ${low} to ${high}, ${count(answers, "answer")} in the codebook`,
      note: fits
        ? "The question has as many answers, or more of which some are merged."
        : "The question has fewer answers than that."
    });
    checks.push(held);
  }
  const parts = notes.filter((cell) => !/\d/.test(cell.printed));
  return [
    ...checks,
    ...parts.map((cell) =>
      check(entry.table, `${code}.parts.coding`, "coding", {
        ...place,
        cells: [cell],
        verdict: "not_checkable",
        formula: cell.column?.label ?? "",
        note: "How many statements the index sums is said in words; no table prints the statements."
      })
    )
  ];
}

/** Marks of significance: more stars, a stricter level. */
function markChecks({entry, cells}: PrintedTable, codebook: Codebook): Check[] {
  const marks = marksOf(cells);
  if (marks.length === 0) return [];
  const falling = marks.every(({mark, level}, i) => {
    const before = marks[i - 1];
    return level > 0 && level < 1 && (!before || (before.level < level && before.mark.length > mark.length));
  });
  return [
    check(entry.table, "significance_marks.coding", "coding", {
      place: codebook.get("significance_mark")?.labelEn ?? "Mark of significance",
      placePrinted: marks.map(({mark}) => mark).join(", "),
      printed: marks.map(({mark, cell}) => `${mark} ${cell.printed}`).join(", "),
      cells: marks.map(({cell}) => cell),
      verdict: falling ? "exact" : "inconsistent",
      formula: "more stars, a lower level",
      note: falling ? "More stars stand for a stricter level." : "The marks’ levels do not fall as their stars rise."
    })
  ];
}

function between(low: number, high: number): number[] {
  return Array.from({length: Math.max(0, high - low + 1)}, (_, i) => low + i);
}
