import {alpha} from "../../src/statistics/alpha.js";
import {coefficient, fitModel, type Model, r2FromF} from "../../src/statistics/regression.js";
import {fTail, tTwoSided} from "../../src/statistics/student.js";
import {printsAs, readDecimal} from "../../src/tables/decimal.js";
import {tableKey} from "../../src/tables/table-id.js";
import type {Verdict} from "../../src/tables/verdict.js";
import type {Codebook} from "../read/codebook.js";
import {count} from "../read/problem.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";
import {type Check, check, type Draft, INPUTS, list} from "./check.js";
import {labelOf, numberOf} from "./grid.js";

/** What a regression prints of the whole model, each number with its cell, and the model as printed. */
interface Whole extends Model {
  readonly cells: {readonly n: PrintedCell; readonly r2: PrintedCell; readonly f: PrintedCell};
  readonly significance: PrintedCell | undefined;
  /** Degrees of freedom of the error. */
  readonly df: number;
}

/** Where the checks of a term, or of the model, stand. */
type Head = Pick<Draft, "table" | "kind" | "place" | "placePrinted">;

/** A regression's printed numbers against each other. Empty for any other table. */
export function regressionChecks(table: PrintedTable, codebook: Codebook): Check[] {
  const {entry, cells} = table;
  if (entry.kind !== "regression") return [];
  const whole = wholeOf(table);
  const terms = entry.rowCodes.flatMap((code) => {
    const own = cells.find((cell) => cell.row?.code === code && cell.measure !== "code");
    const place = {table: entry.table, place: labelOf([entry.row], code), placePrinted: own?.row?.label ?? ""};
    return [
      ...(whole ? termChecks(table, code, {...place, kind: "coefficient"}, whole) : []),
      ...codingChecks(table, code, {...place, kind: "coding"}, codebook)
    ];
  });
  return [...terms, ...(whole ? fitChecks(table, whole) : []), ...markChecks(table, codebook)];
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
 * The first cell of a draft against a number recomputed from the others, whose digits leave it an interval: exact when it
 * prints as printed, `rounding` when the interval leaves room for it, else `differs`.
 */
function reachCheck(draft: Omit<Draft, "verdict" | "judge">, [value, lower, upper]: readonly number[], share = false) {
  const judge = (text: string): Verdict => {
    const printed = readDecimal(text, share);
    if (printsAs(value ?? Number.NaN, printed)) return "exact";
    return (lower ?? 0) <= printed.upper && (upper ?? 0) >= printed.lower ? "rounding" : "differs";
  };
  const rule = judge(draft.cells[0]?.printed ?? "") === "rounding" ? INPUTS : null;
  return check({...draft, value: value ?? null, lower: lower ?? null, upper: upper ?? null, judge, rule});
}

/** Whether it is the same at 5 % by the printed P and by the recomputed one. */
const conclusion = (printed: string, p: number) =>
  readDecimal(printed).value < alpha === p < alpha ? "unchanged" : "changes";

function termChecks({entry, cells}: PrintedTable, code: string, head: Head, whole: Whole): Check[] {
  const of = (term: string, measure: string) =>
    cells.find((cell) => cell.row?.code === term && cell.measure === measure);
  const [beta, t, significance] = [of(code, "beta"), of(code, "t"), of(code, "significance")];
  if (!beta || !t || !significance) return [];
  const id = (what: string) => `t${tableKey(entry.table)}.${code}.${what}`;
  const others = entry.rowCodes.flatMap((other) => {
    const [b, s] = [of(other, "beta"), of(other, "t")];
    return other === code || !b || !s ? [] : [inflationSpan(b.printed, s.printed, whole)];
  });
  const {value, upper} = readDecimal(t.printed);
  const half = upper - value;
  const p = [0, half, -half].map((more) => tTwoSided(Math.max(0, Math.abs(value) + more), whole.df));
  const [recomputed = 1] = p;
  return [
    reachCheck(
      {
        ...head,
        id: id("significance"),
        cells: [significance, t, whole.cells.n],
        recomputed: recomputed.toFixed(readDecimal(significance.printed).digits + 2),
        formula: `t = ${value} on ${whole.df} degrees of freedom, two-sided`,
        conclusion: conclusion(significance.printed, recomputed),
        note: "The significance that follows from the printed t, with one degree of freedom less for each predictor listed."
      },
      p
    ),
    starCheck({...head, id: id("stars")}, significance, cells),
    check({
      ...head,
      id: id("sign"),
      cells: [t, beta],
      recomputed: numberOf(beta) < 0 ? "negative" : "positive",
      judge: (printed) => (readDecimal(printed).value * numberOf(beta) < 0 ? "inconsistent" : "exact"),
      formula: `the sign of beta, ${beta.printed}`,
      note: "A coefficient and its t have the same sign."
    }),
    errorCheck({...head, id: id("standard_error")}, beta, t, others, whole)
  ];
}

/** The stars of a significance against the levels that the notes give them. */
function starCheck(
  head: Head & {readonly id: string},
  significance: PrintedCell,
  cells: readonly PrintedCell[]
): Check {
  const marks = marksOf(cells);
  const expected = (value: number) => marks.find((mark) => value <= mark.level)?.mark ?? "";
  const starsOf = (printed: string) => /\**$/.exec(printed)?.[0] ?? "";
  const {value} = readDecimal(significance.printed);
  return check({
    ...head,
    cells: [significance, ...marks.map((mark) => mark.cell)],
    recomputed: expected(value) || "no star",
    judge: (printed) => (starsOf(printed) === expected(readDecimal(printed).value) ? "exact" : "inconsistent"),
    formula: marks.map(({mark, level}) => `${mark} up to ${level}`).join(", "),
    note: "The stars are those of the level that the printed significance reaches."
  });
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
function errorCheck(
  head: Head & {readonly id: string},
  beta: PrintedCell,
  t: PrintedCell,
  others: readonly Span[],
  whole: Whole
): Check {
  const errors = errorSpan(beta.printed, t.printed);
  const inflation = inflationSpan(beta.printed, t.printed, whole);
  const most = 1 + others.reduce((sum, other) => sum + Math.sqrt(other.most), 0) ** 2;
  const errorOf = (factor: number) => Math.sqrt((factor * (1 - whole.r2)) / whole.df);
  const [b, s] = [readDecimal(beta.printed).value, readDecimal(t.printed).value];
  const error = b * s < 0 ? null : coefficient(b, s, whole).standardError;
  return check({
    ...head,
    cells: [beta, t, whole.cells.n, whole.cells.r2],
    recomputed: error === null ? "standard error not known" : `standard error ${error.toFixed(4)}`,
    value: error,
    lower: errors.least,
    upper: Number.isFinite(errors.most) ? errors.most : null,
    judge: (printed) => {
      const span = inflationSpan(printed, t.printed, whole);
      return span.most < 1 || span.least > most ? "inconsistent" : "exact";
    },
    formula: `${beta.printed} / ${t.printed}, possible from ${errorOf(1).toFixed(4)} to ${errorOf(most).toFixed(2)}`,
    note: `The printed digits put the predictor’s variance inflation between ${inflation.least.toFixed(2)} and ${inflation.most.toFixed(2)}; with those of the others it can be 1 to ${most.toFixed(0)}.`
  });
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

function fitChecks({entry: {table}}: PrintedTable, whole: Whole): Check[] {
  const {cells, significance, n: people, predictors: k, df} = whole;
  const {n, r2, f} = cells;
  const head = (what: string, place: string) => ({
    id: `t${tableKey(table)}.${what}.fit`,
    table,
    kind: "fit" as const,
    place,
    placePrinted: what
  });
  const [share, statistic] = [readDecimal(r2.printed, true), readDecimal(f.printed)];
  const fOf = (of: number, predictors = k) =>
    fitModel({n: people, predictors, r2: Math.min(Math.max(of, 0), 1 - 1e-12)}).f;
  const r2Of = (of: number) => r2FromF(Math.max(0, of), whole);
  const pOf = (of: number) => fTail(Math.max(0, of), k, df);
  const r2s = [statistic.value, statistic.lower, statistic.upper].map(r2Of);
  const fs = [share.value, share.lower, share.upper].map((of) => fOf(of));
  const ps = [statistic.value, statistic.upper, statistic.lower].map(pOf);
  // df = F k (1 − R²) / R², at the ends of what is printed.
  const peopleOf = (by: number, explained: number) => (by * k * (1 - explained)) / explained + k + 1;
  const least = Math.ceil(peopleOf(statistic.lower, share.upper));
  const most = Math.floor(peopleOf(statistic.upper, share.lower));
  const fitting = between(1, Math.min(200, people - 2)).filter(
    (other) => fOf(share.lower, other) <= statistic.upper && fOf(share.upper, other) >= statistic.lower
  );
  const onDegrees = `F = ${f.printed} on ${k} and ${df} degrees of freedom`;
  return [
    reachCheck(
      {
        ...head("r2", "R²"),
        cells: [r2, f, n],
        recomputed: (r2s[0] ?? 0).toFixed(share.digits + 2),
        formula: onDegrees,
        note: "The share of variance explained that follows from F, N and the number of predictors."
      },
      r2s,
      true
    ),
    reachCheck(
      {
        ...head("f", "F"),
        cells: [f, r2, n],
        recomputed: (fs[0] ?? 0).toFixed(statistic.digits),
        formula: `(${share.value} / ${k}) / (${(1 - share.value).toFixed(share.digits)} / ${df})`,
        note: "R² is printed with fewer digits than F, so F can only be placed in an interval."
      },
      fs
    ),
    check({
      ...head("n", "N"),
      cells: [n, f, r2],
      recomputed: `${least} to ${most}`,
      lower: least,
      upper: most,
      judge: (printed) => {
        const {value} = readDecimal(printed);
        return value >= least && value <= most ? "exact" : "inconsistent";
      },
      formula: `F k (1 − R²) / R² + k + 1 with F = ${f.printed}, R² = ${share.value}, k = ${k}`,
      note: `With ${k} predictors, F and R² as printed belong to ${least} to ${most} respondents.`
    }),
    check({
      ...head("predictors", "Number of predictors"),
      printed: `${k} predictors`,
      cells: [f, r2, n],
      recomputed: list(fitting),
      value: fitting.length === 1 ? (fitting[0] ?? null) : null,
      lower: fitting[0] ?? null,
      upper: fitting.at(-1) ?? null,
      verdict: fitting.includes(k) ? "exact" : "inconsistent",
      formula: "F = (R² / k) / ((1 − R²) / (N − k − 1)) for k from 1 to 200",
      note: `F, R² and N as printed belong to ${fitting.length === 0 ? "no number of predictors" : `${list(fitting)} predictors`}; the table lists ${k}.`
    }),
    ...(significance
      ? [
          reachCheck(
            {
              ...head("f_significance", "Significance of F"),
              cells: [significance, f, n],
              recomputed: (ps[0] ?? 0).toExponential(1),
              formula: `${onDegrees}, upper tail`,
              conclusion: conclusion(significance.printed, ps[0] ?? 0),
              note: "The significance that follows from the printed F."
            },
            ps
          )
        ]
      : [])
  ];
}

/** The coding note of a predictor: its levels should be complete and consecutive. That one lacks is an error of form. */
function codingChecks({entry, cells, files}: PrintedTable, code: string, head: Head, codebook: Codebook): Check[] {
  if (!entry.extras.includes("coding")) return [];
  const id = `t${tableKey(entry.table)}.${code}`;
  const notes = cells.filter((cell) => cell.measure === "code" && cell.row?.code === code);
  if (notes.length === 0) {
    const note = "The notes do not say how this predictor is coded, so what its sign means is not known.";
    const formula = files.at(-1) ?? "";
    return [check({...head, id: `${id}.coding`, printed: "", cells: [], formula, verdict: "not_checkable", note})];
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
  const common = {...head, printed: notes.map((cell) => cell.printed).join(", "), cells: notes};
  // The levels that are printed may be right where one is not; the codebook's scale then settles them.
  const isForm = answers !== null && !mixed && outside.length + twice.length === 0 && lacking.length > 0;
  return [
    check({
      ...common,
      ...(isForm ? {id: `${id}.level.structure`, kind: "structure"} : {id: `${id}.coding`}),
      recomputed: wrong.length > 0 ? list(between(low, high)) : null,
      verdict: wrong.length > 0 ? "differs" : "exact",
      formula: `${count(levels.length, "level")} from ${low} to ${high}`,
      note: wrong.join(" ") || "The levels are complete and consecutive."
    }),
    ...(answers === null
      ? []
      : [
          check({
            ...common,
            id: `${id}.levels.coding`,
            recomputed: `at most ${answers}`,
            upper: answers,
            verdict: span <= answers ? "exact" : "inconsistent",
            formula: `${count(span, "level")} from ${low} to ${high}, ${count(answers, "answer")} in the codebook`,
            note:
              span <= answers
                ? "The question has as many answers, or more of which some are merged."
                : "The question has fewer answers than that."
          })
        ]),
    ...notes
      .filter((cell) => !/\d/.test(cell.printed))
      .map((cell) =>
        check({
          ...head,
          id: `${id}.parts.coding`,
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
    check({
      id: `t${tableKey(entry.table)}.significance_marks.coding`,
      table: entry.table,
      kind: "coding",
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
