import {alpha} from "../../src/statistics/alpha.js";
import {coefficient, fitModel, type Model, r2FromF} from "../../src/statistics/regression.js";
import {fTail, tTwoSided} from "../../src/statistics/student.js";
import {type Decimal, printsAs, readDecimal} from "../../src/tables/decimal.js";
import {type TableId, tableKey} from "../../src/tables/table-id.js";
import type {Verdict} from "../../src/tables/verdict.js";
import type {Codebook} from "../read/codebook.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";
import {type Check, check, INPUTS, list, plural} from "./check.js";
import {labelOf} from "./grid.js";

/** What a regression prints of the whole model, each number with its cell. */
interface Whole {
  readonly n: PrintedCell;
  readonly r2: PrintedCell;
  readonly f: PrintedCell;
  readonly significance: PrintedCell | undefined;
  /** The number of predictors that the table lists. */
  readonly predictors: number;
}

/** A recomputed number with the interval that the digits of what it is computed from allow. */
interface Reach {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** A regression's printed numbers against each other. Empty for any other table. */
export function regressionChecks(table: PrintedTable, codebook: Codebook): Check[] {
  const {entry, cells} = table;
  if (entry.kind !== "regression") return [];
  const whole = wholeOf(table);
  const fits = whole ? fitChecks(entry.table, whole) : [];
  const terms = entry.rowCodes.flatMap((code) => {
    const own = cells.filter((cell) => cell.row?.code === code && cell.measure !== "code");
    const place = {
      place: labelOf([entry.row], code),
      placePrinted: own[0]?.row?.label ?? ""
    };
    return [...(whole ? termChecks(table, code, place, whole) : []), ...codingChecks(table, code, place, codebook)];
  });
  return [...terms, ...fits, ...markChecks(table, codebook)];
}

function wholeOf({entry, cells}: PrintedTable): Whole | null {
  const of = (measure: string) => cells.find((cell) => cell.row === null && cell.measure === measure);
  const [n, r2, f] = [of("n"), of("r2"), of("f")];
  return n && r2 && f ? {n, r2, f, significance: of("significance"), predictors: entry.rowCodes.length} : null;
}

/** Exact when the value prints as printed, `rounding` when the inputs' digits leave room for it, else `differs`. */
function judgeReach({value, lower, upper}: Reach, printed: Decimal): Verdict {
  if (printsAs(value, printed)) return "exact";
  return lower <= printed.upper && upper >= printed.lower ? "rounding" : "differs";
}

function reachChecks(reach: Reach, share: boolean): Reach & {readonly judge: (printed: string) => Verdict} {
  return {...reach, judge: (printed: string) => judgeReach(reach, readDecimal(printed, share))};
}

function named(made: Check): Check {
  return made.verdict === "rounding" ? {...made, rule: INPUTS} : made;
}

function termChecks(
  {entry, cells}: PrintedTable,
  code: string,
  place: Pick<Check, "place" | "placePrinted">,
  whole: Whole
): Check[] {
  const of = (measure: string) => cells.find((cell) => cell.row?.code === code && cell.measure === measure);
  const [beta, t, significance] = [of("beta"), of("t"), of("significance")];
  if (!beta || !t || !significance) return [];
  const id = (what: string) => `t${tableKey(entry.table)}.${code}.${what}`;
  const common = {table: entry.table, kind: "coefficient" as const};
  const others = entry.rowCodes.flatMap((other) => {
    const [b, s] = ["beta", "t"].map((m) => cells.find((c) => c.row?.code === other && c.measure === m));
    return other === code || !b || !s ? [] : [inflationSpan(b.printed, s.printed, whole)];
  });
  const df = (whole.n.value ?? 0) - whole.predictors - 1;
  const printedT = readDecimal(t.printed);
  const size = Math.abs(printedT.value);
  const half = printedT.upper - printedT.value;
  const p: Reach = {
    value: tTwoSided(size, df),
    lower: tTwoSided(size + half, df),
    upper: tTwoSided(Math.max(0, size - half), df)
  };
  const printedP = readDecimal(significance.printed);
  return [
    named(
      check({
        ...common,
        ...place,
        id: id("significance"),
        cells: [significance, t, whole.n],
        recomputed: p.value.toFixed(printedP.digits + 2),
        ...reachChecks(p, false),
        formula: `t = ${printedT.value} on ${df} degrees of freedom, two-sided`,
        conclusion: printedP.value < alpha === p.value < alpha ? "unchanged" : "changes",
        note: "The significance that follows from the printed t, with one degree of freedom less for each predictor listed."
      })
    ),
    starCheck({...common, ...place, id: id("stars")}, significance, cells),
    check({
      ...common,
      ...place,
      id: id("sign"),
      cells: [t, beta],
      recomputed: (beta.value ?? 0) < 0 ? "negative" : "positive",
      judge: (printed) => (readDecimal(printed).value * (beta.value ?? 0) < 0 ? "inconsistent" : "exact"),
      formula: `the sign of beta, ${beta.printed}`,
      note: "A coefficient and its t have the same sign."
    }),
    errorCheck({...common, ...place, id: id("standard_error")}, beta, t, others, whole)
  ];
}

/** The stars of a significance against the levels that the notes give them. */
function starCheck(
  head: Pick<Check, "id" | "table" | "kind" | "place" | "placePrinted">,
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
  head: Pick<Check, "id" | "table" | "kind" | "place" | "placePrinted">,
  beta: PrintedCell,
  t: PrintedCell,
  others: readonly Span[],
  whole: Whole
): Check {
  const model = modelOf(whole);
  const df = model.n - model.predictors - 1;
  const errors = errorSpan(beta.printed, t.printed);
  const inflation = inflationSpan(beta.printed, t.printed, whole);
  const most = 1 + others.reduce((sum, {most}) => sum + Math.sqrt(most), 0) ** 2;
  const errorOf = (factor: number) => Math.sqrt((factor * (1 - model.r2)) / df);
  const judge = (printed: string): Verdict => {
    const {least: low, most: high} = inflationSpan(printed, t.printed, whole);
    return high < 1 || low > most ? "inconsistent" : "exact";
  };
  const [b, s] = [readDecimal(beta.printed).value, readDecimal(t.printed).value];
  const error = b * s < 0 ? null : coefficient(b, s, model).standardError;
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return check({
    ...head,
    cells: [beta, t, whole.n, whole.r2],
    recomputed: error === null ? "standard error not known" : `standard error ${error.toFixed(4)}`,
    value: error,
    lower: errors.least,
    upper: finite(errors.most),
    judge,
    formula: `${beta.printed} / ${t.printed}, possible from ${errorOf(1).toFixed(4)} to ${errorOf(most).toFixed(2)}`,
    note: `The printed digits put the predictor’s variance inflation between ${inflation.least.toFixed(2)} and ${inflation.most.toFixed(2)}; with those of the others it can be 1 to ${most.toFixed(0)}.`
  });
}

function modelOf({n, r2, predictors}: Whole): Model {
  return {n: n.value ?? 0, predictors, r2: readDecimal(r2.printed, true).value};
}

/** The standard errors, without sign, that the digits of beta and t allow. */
function errorSpan(beta: string, t: string): Span {
  const sizes = (printed: string): Span => {
    const {value, upper} = readDecimal(printed);
    const half = upper - value;
    return {least: Math.max(0, Math.abs(value) - half), most: Math.abs(value) + half};
  };
  const [b, s] = [sizes(beta), sizes(t)];
  return {least: b.least / s.most, most: s.least === 0 ? Number.POSITIVE_INFINITY : b.most / s.least};
}

function inflationSpan(beta: string, t: string, whole: Whole): Span {
  const {n, predictors, r2} = modelOf(whole);
  const {least, most} = errorSpan(beta, t);
  const factor = (n - predictors - 1) / (1 - r2);
  return {least: least ** 2 * factor, most: most ** 2 * factor};
}

function fitChecks(table: TableId, {n, r2, f, significance, predictors: k}: Whole): Check[] {
  const head = (what: string, place: string) => ({
    id: `t${tableKey(table)}.${what}.fit`,
    table,
    kind: "fit" as const,
    place,
    placePrinted: what
  });
  const people = n.value ?? 0;
  const df = people - k - 1;
  const [printedR2, printedF] = [readDecimal(r2.printed, true), readDecimal(f.printed)];
  const model = {n: people, predictors: k};
  const fOf = (share: number) => fitModel({...model, r2: Math.min(Math.max(share, 0), 1 - 1e-12)}).f;
  const r2Of = (statistic: number) => r2FromF(Math.max(0, statistic), model);
  const reachF = {value: fOf(printedR2.value), lower: fOf(printedR2.lower), upper: fOf(printedR2.upper)};
  const reachR2 = {value: r2Of(printedF.value), lower: r2Of(printedF.lower), upper: r2Of(printedF.upper)};
  // df = F k (1 − R²) / R², at the ends of what is printed.
  const peopleOf = (statistic: number, share: number) => (statistic * k * (1 - share)) / share + k + 1;
  const least = Math.ceil(peopleOf(printedF.lower, printedR2.upper));
  const most = Math.floor(peopleOf(printedF.upper, printedR2.lower));
  const fitting = Array.from({length: Math.max(0, Math.min(200, people - 2))}, (_, i) => i + 1).filter((other) => {
    const of = (share: number) => fitModel({n: people, predictors: other, r2: share}).f;
    return of(printedR2.lower) <= printedF.upper && of(printedR2.upper) >= printedF.lower;
  });
  const pOf = (statistic: number) => fTail(Math.max(0, statistic), k, df);
  return [
    named(
      check({
        ...head("r2", "R²"),
        cells: [r2, f, n],
        recomputed: reachR2.value.toFixed(printedR2.digits + 2),
        ...reachChecks(reachR2, true),
        formula: `F = ${f.printed} on ${k} and ${df} degrees of freedom`,
        note: "The share of variance explained that follows from F, N and the number of predictors."
      })
    ),
    named(
      check({
        ...head("f", "F"),
        cells: [f, r2, n],
        recomputed: reachF.value.toFixed(printedF.digits),
        ...reachChecks(reachF, false),
        formula: `(${printedR2.value} / ${k}) / (${(1 - printedR2.value).toFixed(printedR2.digits)} / ${df})`,
        note: "R² is printed with fewer digits than F, so F can only be placed in an interval."
      })
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
      formula: `F k (1 − R²) / R² + k + 1 with F = ${f.printed}, R² = ${printedR2.value}, k = ${k}`,
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
      formula: `F = (R² / k) / ((1 − R²) / (N − k − 1)) for k from 1 to 200`,
      note: `F, R² and N as printed belong to ${fitting.length === 0 ? "no number of predictors" : `${list(fitting)} predictors`}; the table lists ${k}.`
    }),
    ...(significance
      ? [
          named(
            check({
              ...head("f_significance", "Significance of F"),
              cells: [significance, f, n],
              recomputed: pOf(printedF.value).toExponential(1),
              ...reachChecks(
                {value: pOf(printedF.value), lower: pOf(printedF.upper), upper: pOf(printedF.lower)},
                false
              ),
              formula: `F = ${f.printed} on ${k} and ${df} degrees of freedom, upper tail`,
              conclusion:
                readDecimal(significance.printed).value < alpha === pOf(printedF.value) < alpha
                  ? "unchanged"
                  : "changes",
              note: "The significance that follows from the printed F."
            })
          )
        ]
      : [])
  ];
}

/** The coding note of a predictor: its levels should be complete and consecutive. That one lacks is an error of form. */
function codingChecks(
  {entry, cells, files}: PrintedTable,
  code: string,
  place: Pick<Check, "place" | "placePrinted">,
  codebook: Codebook
): Check[] {
  if (!entry.extras.includes("coding")) return [];
  const head = {id: `t${tableKey(entry.table)}.${code}.coding`, table: entry.table, kind: "coding" as const, ...place};
  const notes = cells.filter((cell) => cell.measure === "code" && cell.row?.code === code);
  if (notes.length === 0) {
    const note = "The notes do not say how this predictor is coded, so what its sign means is not known.";
    return [check({...head, printed: "", cells: [], formula: files.at(-1) ?? "", verdict: "not_checkable", note})];
  }
  const levels = notes.filter((cell) => /^\d+$/.test(cell.printed)).map((cell) => cell.value ?? 0);
  const ranges = notes.flatMap((cell) => /^(\d+)-(\d+)$/.exec(cell.printed) ?? []);
  const [low = Math.min(...levels), high = Math.max(...levels)] = ranges.slice(1, 3).map(Number);
  // A range stands for the levels between its ends, so that only the ends need be named.
  const named = new Set(ranges.length > 0 ? [...levels, ...between(low + 1, high - 1)] : levels);
  const lacking = between(low, high).filter((level) => !named.has(level));
  const outside = levels.filter((level) => level < low || level > high);
  const twice = levels.filter((level, i) => levels.indexOf(level) !== i);
  const steps = levels.slice(1).map((level, i) => Math.sign(level - (levels[i] ?? 0)));
  const mixed = twice.length === 0 && new Set(steps).size > 1;
  const wrong = mixed || lacking.length + outside.length + twice.length > 0;
  const variable = codebook.get(code);
  const answers = variable && variable.kind !== "structure" ? variable.categories.length : null;
  const span = high - low + 1;
  const printed = notes.map((cell) => cell.printed).join(", ");
  const parts = notes.filter((cell) => !/\d/.test(cell.printed));
  // The levels that are printed may be right where one is not; the codebook's scale then settles them.
  const isForm = answers !== null && !mixed && outside.length + twice.length === 0 && lacking.length > 0;
  return [
    check({
      ...head,
      ...(isForm ? {id: `t${tableKey(entry.table)}.${code}.level.structure`, kind: "structure"} : {}),
      printed,
      cells: notes,
      recomputed: wrong ? list(between(low, high)) : null,
      verdict: wrong ? "differs" : "exact",
      formula: `${plural(levels.length, "level")} from ${low} to ${high}`,
      note: wrong
        ? [
            lacking.length > 0
              ? `Level ${list(lacking)} is missing${answers === span ? `, of the ${answers} answers that the question has` : ""}.`
              : "",
            outside.length > 0 ? `Level ${list(outside)} is outside the range that is named.` : "",
            twice.length > 0 ? `Level ${list(twice)} is named twice.` : "",
            mixed ? "The levels neither rise nor fall throughout." : ""
          ]
            .filter(Boolean)
            .join(" ")
        : "The levels are complete and consecutive."
    }),
    ...(answers === null
      ? []
      : [
          check({
            ...head,
            id: `t${tableKey(entry.table)}.${code}.levels.coding`,
            printed,
            cells: notes,
            recomputed: `at most ${answers}`,
            upper: answers,
            verdict: span <= answers ? "exact" : "inconsistent",
            formula: `${plural(span, "level")} from ${low} to ${high}, ${plural(answers, "answer")} in the codebook`,
            note:
              span <= answers
                ? "The question has as many answers, or more of which some are merged."
                : "The question has fewer answers than that."
          })
        ]),
    ...parts.map((cell) =>
      check({
        ...head,
        id: `t${tableKey(entry.table)}.${code}.parts.coding`,
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
