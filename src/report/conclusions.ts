import type {Text} from "../figures/drawing.js";
import type {Recode, TestedConclusion} from "../multiverse/specification.js";
import list from "./conclusions.json";
import tested from "./tested-conclusions.json";

/** A conclusion of the report. */
export interface Conclusion {
  /** The anchor of its section on the page of conclusions; of a chapter’s own conclusion an id. */
  readonly anchor: string;
  /** Where it is drawn: in the summary or the closing chapter, or in a chapter only, which is the name of its page. */
  readonly drawn: "summary" | string;
  /** What the report concludes, in other words. */
  readonly says: Text;
  /** What is to be known of it, in half a sentence without numbers. */
  readonly why: Text;
  /** The statements that make it up, by their ids in claims.arrow: whether it comes out as printed follows from them. */
  readonly claims: readonly string[];
  /** The tests that it rests on, by their ids in tested-conclusions.json: how firm it is follows from them. */
  readonly tests: readonly string[];
  /** Why nothing tests it; empty where something does. */
  readonly untested: string;
}

/**
 * Every conclusion of the report: those of its summary and closing chapter, the ones that matter most to a reader who
 * decides something first, and after them what its chapters conclude besides.
 */
export const conclusions: readonly Conclusion[] = list.map((conclusion) => ({untested: "", ...conclusion}));

const readings: Readonly<Record<string, readonly Recode[]>> = tested.readings;

/**
 * The report's conclusions that rest on a printed crosstab, in the order of its tables. The file names the ways to read
 * an answer; the report's own comes first, which is the `first` where that is not the first of the list.
 */
export const testedConclusions: readonly TestedConclusion[] = (
  tested.crosstabs as (Omit<TestedConclusion, "recodes"> & {recodes: string; first?: string})[]
).map(({recodes, first, ...conclusion}) => ({
  ...conclusion,
  recodes: [...(readings[recodes] ?? [])].sort((a, b) => Number(b.id === first) - Number(a.id === first))
}));

/** The report's conclusions that rest on coefficients of its regression: all of the `terms` have to be significant. */
export const testedCoefficients = tested.coefficients;
