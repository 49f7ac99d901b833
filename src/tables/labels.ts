import type {Side} from "./crosstab.js";
import type {TestName} from "./printed-p.js";
import type {TableId} from "./table-id.js";
import type {Sphere} from "./verdict.js";

/** A category as pages know it: its code and its labels. */
export interface CategoryEntry {
  readonly code: string;
  readonly label: string;
  readonly labelEn: string;
  /** For a category of a derived variable: the codes of the base variable that it merges. */
  readonly includes: readonly string[];
}

/** A variable of the codebook. */
export interface VariableEntry {
  readonly variable: string;
  readonly kind: "nominal" | "ordinal" | "structure";
  readonly label: string;
  readonly labelEn: string;
  readonly question: string;
  readonly questionEn: string;
  readonly asked: string;
  readonly askedEn: string;
  readonly derivedFrom: string | null;
  readonly categories: readonly CategoryEntry[];
}

/** A table of the catalogue. */
export interface TableEntry {
  readonly table: TableId;
  readonly survey: readonly string[];
  readonly kind: "crosstab" | "comparison" | "frequency" | "regression" | "chart";
  readonly title: string;
  readonly titleEn: string;
  readonly row: string;
  readonly column: string | null;
  readonly rowCodes: readonly string[];
  readonly percentOf: "row" | "column" | null;
  /** Who is counted: respondents with this code, everybody (null), or a group that no variable identifies. */
  readonly population: {readonly variable: string; readonly code: string} | "unidentifiable" | null;
  readonly asked: string;
  readonly askedEn: string;
  readonly section: string;
  readonly use: readonly string[];
  readonly useNote: string;
  /** The raw file’s name. */
  readonly file: string;
  /** The errors that concern it, by their ids in errata.json. */
  readonly errata: readonly string[];
  /** The same, by where they stand. */
  readonly errataIn: Readonly<Record<Sphere, readonly string[]>>;
}

/** The catalogue and the codebook: what `report.json` holds. */
export interface ReportEntries {
  /** The test that the report says its P values are of. */
  readonly test?: TestName;
  readonly tables: readonly TableEntry[];
  readonly variables: readonly VariableEntry[];
}

/** The catalogue’s line for a table. Throws when there is none. */
export function tableEntry(report: ReportEntries, table: TableId): TableEntry {
  const entry = report.tables.find((t) => t.table === table);
  if (!entry) throw new Error(`the catalogue has no table ${table}`);
  return entry;
}

/** The codebook’s entry for a variable. Throws when there is none. */
export function variableEntry(report: Pick<ReportEntries, "variables">, variable: string): VariableEntry {
  const entry = report.variables.find((v) => v.variable === variable);
  if (!entry) throw new Error(`the codebook has no variable “${variable}”`);
  return entry;
}

/** The survey that the report is about: the one that most of its tables show; of two the one that comes first. */
export function ownSurvey({tables}: {readonly tables: readonly Pick<TableEntry, "survey">[]}): string {
  const shown = new Map<string, number>();
  for (const survey of tables.flatMap((entry) => entry.survey)) shown.set(survey, (shown.get(survey) ?? 0) + 1);
  return [...shown].reduce((most, next) => (next[1] > most[1] ? next : most), ["", 0] as [string, number])[0];
}

/** A label in the report’s language and in English. */
export interface Label {
  readonly no: string;
  readonly en: string;
}

/** A label in one language: `en`, or the report’s own. */
export function labelIn({no, en}: Label, language: string): string {
  return language === "en" ? en : no;
}

/** The labels of a variable’s category; totals and missing answers have labels for every variable. */
export function categoryLabel(report: ReportEntries, variable: string, code: string): Label {
  const entries = [...variableEntry(report, variable).categories, ...variableEntry(report, "summary").categories];
  const entry = entries.find((c) => c.code === code);
  if (!entry) throw new Error(`${variable} has no category “${code}”`);
  return {no: entry.label, en: entry.labelEn};
}

/** A variable with all its categories, as a side of a crosstab. */
export function sideOf(report: ReportEntries, variable: string): Side {
  return {variable, codes: variableEntry(report, variable).categories.map((c) => c.code)};
}

/** The label of a variable’s category, or of the variable itself where no category is named, in the reader’s language. */
export interface Labels {
  (variable: string, code?: string | null): string;
  /** The language that labels are in: `en`, or the report’s own. */
  readonly language: string;
}

/**
 * Labels in one language: the codebook’s, and those of variables and codes that cells make, which it does not have.
 *
 * @example labelsIn(report, "en")("gender", "female") // "Female"
 */
export function labelsIn(report: ReportEntries, language: string, made: Readonly<Record<string, Label>> = {}): Labels {
  const label = (variable: string, code?: string | null) => {
    const ofCell = made[(code === undefined ? variable : code) ?? "missing"];
    if (ofCell) return labelIn(ofCell, language);
    if (code !== undefined) return labelIn(categoryLabel(report, variable, code ?? "missing"), language);
    const {label: own, labelEn} = variableEntry(report, variable);
    return language === "en" ? labelEn : own;
  };
  return Object.assign(label, {language});
}
