import {derived} from "../make/derived.js";
import type {CountVariable} from "../read/counts.js";
import type {Report} from "../read/report.js";
import {type Bounds, findBounds, findEnds} from "../reconstruction/bounds.js";
import {disclosure} from "../reconstruction/disclosure.js";
import {measureIndependence} from "../reconstruction/independence.js";
import {cellCounter} from "../reconstruction/verify.js";
import {columnsOf, writeDescribed} from "./described.js";
import {writeJson} from "./json.js";
import {originOf, publishedSeed, reconstructionCode, reconstructSurvey, surveyCounts} from "./respondents.js";

/** The ends of the bounds of a survey, which take long. */
export function surveyEnds(report: Report, survey: string) {
  const counts = surveyCounts(report, survey);
  const origin = originOf(counts, ["data-loaders/reconstruction/bounds.ts"]);
  return {name: `ends-${survey}`, origin, make: () => findEnds(counts)};
}

/** Bounds for every cell of every crosstab that the survey's report did not print. */
export async function surveyBounds(report: Report, survey: string): Promise<Bounds> {
  return findBounds(surveyCounts(report, survey), await derived(surveyEnds(report, survey)));
}

/** The bytes of `bounds.arrow`: a row a cell of a crosstab that was not printed. */
export async function writeBounds(
  report: Report,
  survey: string,
  files: ReadonlyMap<string, Uint8Array>
): Promise<Uint8Array> {
  const [{bounds}, {columns}] = await Promise.all([surveyBounds(report, survey), reconstructSurvey(report, survey)]);
  const {variables} = surveyCounts(report, survey);
  const counts = cellCounter(bounds, variables)(columns);
  const rows = bounds.map(({printed: _, ...bound}, i) => ({...bound, reconstructed: counts[i] ?? 0}));
  const described = columnsOf("bounds.arrow", rows, {codes: codesOfCells(variables)});
  return writeDescribed("bounds.arrow", described, files, {survey});
}

/** The codes of the columns that name a cell of a crosstab of two variables. */
export function codesOfCells(variables: readonly CountVariable[]) {
  const names = variables.map(({name}) => name);
  const codes = [...new Set(variables.flatMap((variable) => variable.codes))];
  return {row_variable: names, row: codes, column_variable: names, column: codes};
}

/** How independent the respondents are where no table ties their answers, which takes long. */
export function surveyIndependence(report: Report, survey: string) {
  const counts = surveyCounts(report, survey);
  const make = async () => {
    const {columns} = await reconstructSurvey(report, survey);
    const {pairs: _, ...association} = measureIndependence({...counts, columns, seed: 1});
    return association;
  };
  // It judges the reconstructed respondents, which follow from the same counts.
  const code = ["data-loaders/reconstruction/independence.ts", ...reconstructionCode];
  return {name: `association-${survey}`, origin: originOf({...counts, seed: publishedSeed}, code), make};
}

/** The bytes of `reconstruction.json`: how near the reconstruction is to its fit, and how much the tables determine. */
export async function writeAccount(report: Report, survey: string): Promise<Uint8Array> {
  const counts = surveyCounts(report, survey);
  const [{report: closeness}, {bounds, pairs, whole}] = await Promise.all([
    reconstructSurvey(report, survey),
    surveyBounds(report, survey)
  ]);
  const given = Object.entries(disclosure(bounds, counts.tables));
  return writeJson({
    n: counts.n,
    closeness,
    independence: await derived(surveyIndependence(report, survey)),
    tightness: {pairs, whole},
    disclosure: Object.fromEntries(given.map(([name, cells]) => [name, cells.length]))
  });
}
