import type {ColumnTable} from "arquero";
import type {ClaimRow} from "../components/claims.js";
import {casesOf, groupsOf} from "../multiverse/cases.js";
import {factorText} from "../multiverse/choices.js";
import {correlationAt, designEffectAt, type Lie} from "../multiverse/likeness.js";
import {
  type Case,
  type EffectOf,
  type FamilyTest,
  type Robustness,
  regressionSpecifications,
  robustness,
  type Specification,
  specifications,
  type TestedConclusion
} from "../multiverse/specification.js";
import {alpha} from "../statistics/alpha.js";
import {chiSquareTest} from "../statistics/chi-square.js";
import {designEffectLimit, meanOffice} from "../statistics/design-effect.js";
import {printedCrosstab} from "../tables/crosstab.js";
import {percentText} from "../tables/format.js";
import {type ReportEntries, type TableEntry, tableEntry} from "../tables/labels.js";
import type {Say} from "../tables/phrase.js";
import {readRegression} from "../tables/regression-table.js";
import type {TableId} from "../tables/table-id.js";
import {type Conclusion, conclusions, testedCoefficients, testedConclusions} from "./conclusions.js";

/** A statement of the report as far as a verdict on a conclusion needs it: a row of claims.arrow. */
export type JudgedClaim = Pick<ClaimRow, "id" | "verdict" | "against" | "otherwise_verdict">;

/** Whether a conclusion comes out as printed, in words with a mark. */
export const printedAnswers = {
  yes: {words: "Comes out as printed", mark: "✓"},
  in_part: {words: "Comes out in part", mark: "≈"},
  no: {words: "Does not come out", mark: "≠"},
  open: {words: "Cannot be checked", mark: "–"}
} as const;
export type PrintedAnswer = keyof typeof printedAnswers;

/**
 * Whether a conclusion comes out as printed. It follows from its statements: those that tables bear out, those that
 * fail, and those that no table settles, among them what only repeats the text. A statement that fails but holds in the
 * other way to read it makes the answer “in part”.
 */
export function printedAnswer(claims: readonly JudgedClaim[]): PrintedAnswer {
  const fails = claims.filter(({verdict}) => verdict === "differs" || verdict === "inconsistent");
  const holds = claims.filter(({verdict, against}) => against === "tables" && ["exact", "rounding"].includes(verdict));
  if (fails.length === 0) return holds.length === claims.length ? "yes" : holds.length > 0 ? "in_part" : "open";
  return holds.length > 0 || fails.some((claim) => claim.otherwise_verdict === "exact") ? "in_part" : "no";
}

/** A conclusion’s test, tried in all ways. */
export interface Tried {
  readonly id: string;
  readonly table: TableId;
  readonly says: string;
  /** Which part of the table, where it has several tests. */
  readonly part: string;
  /** The report finds no difference here, so that all it can say is that none was found. */
  readonly isNull: boolean;
  readonly lie: Lie;
  /** The correlation within offices at which Pearson’s test of the printed table loses its significance. */
  readonly lostAt: number | null;
  /** The ways that the printed tables determine. */
  readonly specs: readonly Specification[];
  readonly summary: Robustness;
  /** What decides most whether it holds, in words. */
  readonly decides: string;
  readonly conclusion: TestedConclusion | null;
}

/** The files that conclusions are judged by, as chapters have them. */
export interface Sources {
  readonly respondents: ColumnTable;
  /** The respondents of the survey before. */
  readonly earlier: ColumnTable;
  readonly published: ColumnTable;
  readonly codebook: ReportEntries;
  /** Rows of tests.arrow and of claims.arrow. */
  readonly tests: readonly object[];
  readonly claims: readonly object[];
}

/** What all tests are tried with. */
export interface Material extends Omit<Sources, "tests" | "claims"> {
  /** The tests of all crosstabs: rows of tests.arrow. */
  readonly family: readonly FamilyTest[];
  /** The mean number of respondents in an office, as they see it. */
  readonly office: number;
  /** For each manager who answered, how many respondents from offices of the same size, from the smallest on. */
  readonly perManager: readonly number[];
}

/** What all respondents of an office have in common. */
const ofOffices: readonly string[] = ["office_size", "start_year", "survey"];

/** How the groups lie in offices that a comparison is of; unit managers are one to an office, or two. */
export function lieOf({population, row, column}: Pick<TableEntry, "population" | "row" | "column">, group = ""): Lie {
  if (population !== null) return "one";
  return [row, column ?? "", group].some((name) => ofOffices.includes(name)) ? "between" : "within";
}

/**
 * The mean number of respondents in an office, as respondents see it: those of each size (table 2) over the managers who
 * answered from offices of that size (table 30). Offices whose manager did not answer make it smaller than that.
 */
export function officeSize(published: ColumnTable): Pick<Material, "office" | "perManager"> {
  const [people = [], managers = []] = [2, 30].map((table) => printedCrosstab(published, table).rowTotals);
  const sizes = people.map((respondents, i) => ({respondents, offices: managers[i] ?? 1}));
  return {office: meanOffice(sizes), perManager: sizes.map(({respondents, offices}) => respondents / offices)};
}

/** What all tests are tried with. */
export function materialOf({tests, ...sources}: Omit<Sources, "claims">): Material {
  return {...sources, family: tests as readonly FamilyTest[], ...officeSize(sources.published)};
}

/** Every conclusion of the report with its two answers: does it come out as printed, and how firm is it? */
export function judgements(sources: Sources): Judgement[] {
  return judge(conclusions, sources.claims as readonly JudgedClaim[], tryAll(materialOf(sources)));
}

/** The design effects of every table of the report. `own` is how the groups of one conclusion lie in offices. */
function effectsOf({codebook, office}: Material, own: {readonly table: TableId; readonly lie: Lie}): EffectOf {
  return (table, likeness) =>
    designEffectAt(table === own.table ? own.lie : lieOf(tableEntry(codebook, table)), likeness, office);
}

/**
 * Every test of a conclusion in every way that the printed tables determine: what the tables leave open would rest on
 * one reconstruction of many, and has no place in a headline.
 */
export function tryAll(material: Material): Tried[] {
  const {respondents, earlier, codebook, office, published} = material;
  const crosstabs = testedConclusions.map((conclusion): Ways => {
    const {id, table, says, finding, group} = conclusion;
    const lie = lieOf(tableEntry(codebook, table), group);
    const cases = casesOf(codebook, respondents, earlier, conclusion).filter(({determined}) => determined);
    const specs = waysOf(material, {conclusion, table, lie}, cases);
    const {statistic, df} = chiSquareTest(cases[0]?.counts ?? []);
    const limit = designEffectLimit(statistic, df, alpha);
    const lostAt = limit > 1 ? correlationAt(lie, limit, office) : null;
    const isNull = finding.kind === "no_difference";
    return {id, table, says, part: "", isNull, lie, lostAt, specs, conclusion};
  });
  const lie = "within";
  const coefficients = testedCoefficients.map(({id, table, says, part, terms, largest}): Ways => {
    const regression = readRegression(published, codebook, table);
    const specs = regressionSpecifications(regression, {terms, largest}, (likeness) =>
      designEffectAt(lie, likeness, office)
    );
    const t = Math.min(...regression.predictors.filter(({term}) => terms.includes(term)).map((p) => Math.abs(p.t)));
    const lostAt = correlationAt(lie, designEffectLimit(t ** 2, 1, alpha), office);
    return {id, table, says, part, isNull: false, lie, lostAt, specs, conclusion: null};
  });
  return [...crosstabs, ...coefficients].map((ways) => {
    const summary = robustness(ways.specs);
    return {...ways, summary, decides: factorText(ways.conclusion, summary)};
  });
}

type Ways = Omit<Tried, "summary" | "decides">;

/** A test in every way that its crosstabs allow, those included that the printed tables leave open. */
export function waysOf(
  material: Material,
  tried: Pick<Tried, "table" | "lie"> & {readonly conclusion: TestedConclusion},
  cases: readonly Case[]
): Specification[] {
  const {codebook, family} = material;
  const rows = groupsOf(codebook, tried.conclusion);
  return specifications(tried.conclusion, rows, cases, family, effectsOf(material, tried));
}

/** How firm a conclusion is, in words with a mark. */
export const firmAnswers = {
  firm: {words: "Firm", mark: "●", tested: "Tested in other ways: firm."},
  mostly: {words: "Mostly firm", mark: "◐", tested: "Tested in other ways: mostly firm."},
  weak: {words: "Weak", mark: "○", tested: "Tested in other ways: weak."},
  nothing_found: {words: "Nothing found", mark: "∅", tested: "Tested in other ways: nothing found."},
  untested: {words: "Not tested", mark: "–", tested: ""}
} as const;
export type FirmAnswer = keyof typeof firmAnswers;

/** How firm a conclusion is: by the weakest of its tests, `firm` from nine tenths of the ways on, `weak` below half. */
export function firmAnswer(tests: readonly Tried[]): FirmAnswer {
  if (tests.length === 0) return "untested";
  if (tests.every(({isNull}) => isNull)) return "nothing_found";
  const least = Math.min(...tests.map(({summary}) => summary.share));
  return least >= 0.9 ? "firm" : least >= 0.5 ? "mostly" : "weak";
}

/** A conclusion with its two answers. */
export interface Judgement extends Conclusion {
  readonly printed: PrintedAnswer;
  readonly firm: FirmAnswer;
  /** What the second answer rests on, in words. */
  readonly firmWords: (say: Say, language: string) => string;
  readonly tried: readonly Tried[];
}

/** Every conclusion with its two answers. Throws where it names a statement or a test that there is not. */
export function judge(
  conclusions: readonly Conclusion[],
  claims: readonly JudgedClaim[],
  tried: readonly Tried[]
): Judgement[] {
  return conclusions.map((conclusion) => {
    const own = find(tried, conclusion.tests);
    return {
      ...conclusion,
      printed: printedAnswer(find(claims, conclusion.claims)),
      firm: firmAnswer(own),
      firmWords: (say, language) => say(conclusion.untested) || own.map((one) => words(one, say, language)).join(" "),
      tried: own
    };
  });
}

function words({table, part, isNull, lie, lostAt, summary}: Tried, say: Say, language: string): string {
  const what = `${say("Table {table}", {table})}${part ? `, ${say(part)}` : ""}`;
  const values = {share: percentText(summary.share, language), count: summary.count};
  const ways = `${what}: ${say(`${isNull ? "not significant" : "holds"} in {share} of {count} ways`, values)}`;
  if (isNull || lie === "one" || lostAt === null) return `${ways}.`;
  const limit = lostAt.toFixed(lostAt < 0.1 ? 3 : 2).replace(".", language === "en" ? "." : ",");
  return `${ways}; ${say("lost where answers within an office correlate by {limit}", {limit})}.`;
}

function find<T extends {readonly id: string}>(all: readonly T[], ids: readonly string[]): T[] {
  return ids.map((id) => {
    const one = all.find((each) => each.id === id);
    if (!one) throw new Error(`no conclusion can rest on “${id}”, which there is not`);
    return one;
  });
}

/** The significant crosstabs, each with the likeness within offices at which it is lost; managers, one to an office, apart. */
export function tableLimits(
  report: ReportEntries,
  tests: readonly {readonly table: TableId; readonly design_effect_limit?: number | null}[],
  office: number
): {table: TableId; row: string; column: string; lie: "between" | "within"; lostAt: number}[] {
  return tests.flatMap(({table, design_effect_limit: limit}) => {
    const entry = tableEntry(report, table);
    const lie = lieOf(entry);
    if (limit === null || limit === undefined || lie === "one") return [];
    const lostAt = correlationAt(lie, limit, office) ?? 1;
    return [{table, row: entry.row, column: entry.column ?? "", lie, lostAt}];
  });
}
