import type {ColumnTable} from "arquero";
import {holm} from "../statistics/holm.js";
import {coefficient, fitModel} from "../statistics/regression.js";
import {tTwoSided} from "../statistics/student.js";
import {type PrintedNumber, printedCells} from "./crosstab.js";
import {categoryLabel, type Label, type ReportEntries, tableEntry} from "./labels.js";
import type {TableId} from "./table-id.js";

/** A printed regression with what follows from its numbers. */
export type Regression = ReturnType<typeof readRegression>;
type Predictor = Regression["predictors"][number];

/**
 * Reads a printed regression table and computes what its numbers imply.
 *
 * R² is printed without its decimal sign (“264”); a value above 1 is read as thousandths. Throws when the table lacks
 * N, R² or F, or a predictor lacks a number.
 */
export function readRegression(published: ColumnTable, report: ReportEntries, table: TableId) {
  const entry = tableEntry(report, table);
  const number = (measure: string, term: string | null): PrintedNumber & {value: number} => {
    const cell = printedCells(published, table, measure).find((c) => c.row === term);
    if (!cell || cell.value === null)
      throw new Error(`table ${table} prints no ${measure}${term ? ` of ${term}` : ""}`);
    return {...cell, value: cell.value};
  };
  const codes = printedCells(published, table, "code");
  const terms = printedCells(published, table, "beta").map((cell) => cell.row ?? "");
  const r2 = number("r2", null).value;
  const model = {n: number("n", null).value, predictors: terms.length, r2: r2 > 1 ? r2 / 1000 : r2};
  const fitted = fitModel(model);
  const predictors = terms.map((term) => {
    const [beta, t, p] = ["beta", "t", "significance"].map((measure) => number(measure, term));
    if (!beta || !t || !p) throw new Error(`table ${table} prints no numbers of ${term}`);
    return {
      term,
      label: categoryLabel(report, entry.row, term),
      /** The answer that counts as 1, where the coding notes have a question coded 0 and 1; else null. */
      one: codedOne(codes.filter((code) => code.row === term)),
      beta: beta.value,
      t: t.value,
      /** The significance as printed, stars included. */
      printedP: p.printed,
      /** Whether a t that prints as this one does gives a P that prints so, both with three decimals. */
      reproduces: givesP(t.value, p.value, fitted.dfError),
      /** Whether the t as it is printed, without room for its rounding, gives the significance. */
      exactly: thousandths(tTwoSided(Math.abs(t.value), fitted.dfError)) === thousandths(p.value),
      ...coefficient(beta.value, t.value, model)
    };
  });
  const adjusted = holm(predictors.map((predictor) => predictor.p));
  return {
    model,
    fit: fitted,
    printedF: number("f", null).value,
    /** Each with P after Holm’s correction over all predictors of the table. */
    predictors: predictors.map((predictor, i) => ({...predictor, holm: adjusted[i] ?? 1})),
    /** What is printed below the coefficients, in print order: N, R², F and its significance. */
    below: ["n", "r2", "f", "significance"].flatMap((measure) =>
      printedCells(published, table, measure).flatMap(({row, printed}) => (row === null ? [{measure, printed}] : []))
    ),
    /** How answers are coded, and what the stars mean, as printed. */
    coding: codes.map(({row_label, column_label, printed}) => ({
      item: row_label ?? "",
      meaning: column_label ?? "",
      printed
    }))
  };
}

/** The answers of the coding notes in English; one that is not here is given as printed. */
const english: Readonly<Record<string, string>> = {
  veileder: "adviser",
  "Nei eller usikker": "no or not sure",
  "I liten grad/ikke i det hele tatt": "to a small extent or not at all",
  "I noen eller stor grad": "to some or a great extent"
};

/** The answer coded 1 of a question coded 0 and 1. */
function codedOne(codes: readonly PrintedNumber[]): Label | null {
  const one = codes.find(({value}) => value === 1)?.column_label;
  if (!one || codes.length !== 2 || !codes.some(({value}) => value === 0)) return null;
  return {no: `${one[0]?.toLowerCase()}${one.slice(1)}`, en: english[one] ?? one};
}

/** What a predictor’s coefficient counts for: its name and, of a question coded 0 and 1, the answer that counts as 1. */
export function directedLabel({label, one}: Pick<Predictor, "label" | "one">): Label {
  return one ? {no: `${label.no}: ${one.no}`, en: `${label.en}: ${one.en}`} : label;
}

function givesP(t: number, p: number, df: number): boolean {
  const [least, most] = [tTwoSided(Math.abs(t) + 0.0005, df), tTwoSided(Math.max(0, Math.abs(t) - 0.0005), df)];
  return thousandths(least) <= thousandths(p) && thousandths(p) <= thousandths(most);
}

function thousandths(value: number): number {
  return Math.round(1000 * value);
}
