import type {ColumnTable} from "arquero";
import {type Crosstab, crosstab, MISSING, type Missing, type PercentBase, TOTAL} from "./crosstab.js";
import {ownSurvey, type ReportEntries, sideOf, type TableEntry, type VariableEntry, variableEntry} from "./labels.js";
import {type Filter, filtered, merge, type PrintedSide, printedSide} from "./recompute.js";

/** One side of a chosen crosstab: a variable of the codebook and what is done to its categories. */
export interface SideChoice {
  readonly variable: string;
  /** After how many categories an ordered scale is cut in two, from 1; null where it is not cut. */
  readonly cut: number | null;
  /** Categories counted together, two at least in each group; nothing while there is a cut. */
  readonly merged: readonly (readonly string[])[];
  /** Categories left out. */
  readonly dropped: readonly string[];
}

/** A crosstab as a reader chooses it; with `columns` null a table of one question. */
export interface Choice {
  readonly rows: SideChoice;
  readonly columns: SideChoice | null;
  readonly percent: PercentBase;
  readonly missing: Missing;
  readonly filter: Filter | null;
}

/** A variable as it is asked, with nothing done to its categories. */
export function plainSide(variable: string): SideChoice {
  return {variable, cut: null, merged: [], dropped: []};
}

/**
 * The variables that can be crossed: those the respondents hold answers to. Variables that merge another's categories
 * are not among them; they are a {@link SideChoice} of that other.
 */
export function choosable(report: ReportEntries, respondents: readonly string[]): VariableEntry[] {
  return report.variables.filter((entry) => entry.derivedFrom === null && respondents.includes(entry.variable));
}

/** Whether a variable's scale can be cut: its categories have an order, and there are more than two. */
export function canCut(entry: VariableEntry): boolean {
  return entry.kind === "ordinal" && entry.categories.length > 2;
}

/** The groups of categories that a side shows, in the codebook's order: each a row or a column. */
export function sideGroups(report: ReportEntries, {variable, cut, merged, dropped}: SideChoice): string[][] {
  const {codes} = sideOf(report, variable);
  const together = cut === null ? merged : [codes.slice(0, cut), codes.slice(cut)];
  const kept = codes.filter((code) => !dropped.includes(code));
  const groups = kept.map((code) => {
    const members = together.find((group) => group.includes(code)) ?? [code];
    return kept.filter((other) => members.includes(other));
  });
  // Each group once, where its first category stands.
  return groups.filter(([first], place) => first === kept[place]);
}

/** What becomes of one category: a row of its own, counted with another category, or left out. */
export type Treatment =
  | {readonly kind: "own"}
  | {readonly kind: "drop"}
  | {readonly kind: "with"; readonly code: string};

/** A side with one category treated otherwise. A cut, if there is one, is first turned into the groups that it makes. */
export function treat(report: ReportEntries, side: SideChoice, code: string, treatment: Treatment): SideChoice {
  const {codes} = sideOf(report, side.variable);
  const others = sideGroups(report, side).map((group) => group.filter((member) => member !== code));
  const joined = treatment.kind === "drop" ? [] : [code];
  if (treatment.kind === "with") {
    const partner = others.findIndex((group) => group.includes(treatment.code));
    // Who is put together with a category that was left out brings it back.
    joined.push(...(partner < 0 ? [treatment.code] : others.splice(partner, 1).flat()));
  }
  const groups = [...others, joined]
    .map((group) => codes.filter((member) => group.includes(member)))
    .sort(([a = ""], [b = ""]) => codes.indexOf(a) - codes.indexOf(b));
  const kept = groups.flat();
  const merged = groups.filter((group) => group.length > 1);
  return {variable: side.variable, cut: null, merged, dropped: codes.filter((member) => !kept.includes(member))};
}

/** A chosen crosstab counted: the groups of categories that its rows and columns stand for, and its counts. */
export interface Recoded {
  readonly rows: readonly (readonly string[])[];
  /** A single `[total]` for a table of one question. */
  readonly columns: readonly (readonly string[])[];
  /** Its codes are the groups' codes, joined by dots; `missing` counts those left out among the people filtered. */
  readonly table: Crosstab;
}

/**
 * Counts respondents as chosen. Missing answers are left out, or a last row and column of their own. Throws when the
 * respondents lack a variable of the choice.
 */
export function recode(respondents: ColumnTable, report: ReportEntries, choice: Choice): Recoded {
  const missing = choice.missing === "category" ? [[MISSING]] : [];
  const rows = [...sideGroups(report, choice.rows), ...missing];
  const columns = choice.columns ? [...sideGroups(report, choice.columns), ...missing] : [[TOTAL]];
  const whole = countAll(respondents, report, choice);
  const name = (group: readonly string[]) => group.join(".");
  const table = merge(whole, rows, columns, {rows: rows.map(name), columns: columns.map(name)});
  const people = whole.total + (whole.missing ?? 0);
  return {rows, columns, table: {...table, missing: people - table.total}};
}

/** Crosstabs of all categories that were counted before: while a cut is moved, only the sums change. */
const counted = new WeakMap<ColumnTable, Map<string, Crosstab>>();

function countAll(respondents: ColumnTable, report: ReportEntries, choice: Choice): Crosstab {
  const {rows, columns, filter, missing} = choice;
  const key = JSON.stringify([rows.variable, columns?.variable, filter?.variable, filter?.codes, missing]);
  const known = counted.get(respondents) ?? new Map<string, Crosstab>();
  counted.set(respondents, known);
  const table =
    known.get(key) ??
    crosstab(
      filtered(respondents, filter),
      sideOf(report, rows.variable),
      columns && sideOf(report, columns.variable),
      {missing}
    );
  known.set(key, table);
  return table;
}

/** The choice that a printed table of the report's own respondents is; null for tables that are no crosstab or count of them. */
export function tableChoice(report: ReportEntries, entry: TableEntry): Choice | null {
  if (!entry.use.includes(ownSurvey(report)) || (entry.kind !== "crosstab" && entry.kind !== "frequency")) return null;
  if (entry.population === "unidentifiable") return null;
  return {
    rows: chosenSide(report, printedSide(report, entry.row, entry.rowCodes.length > 0 ? entry.rowCodes : undefined)),
    columns: entry.column === null ? null : chosenSide(report, printedSide(report, entry.column)),
    percent: entry.percentOf ?? "row",
    missing: "exclude",
    filter: entry.population && {variable: entry.population.variable, codes: [entry.population.code]}
  };
}

/** A printed side as a choice: cut in two where it is an ordered scale in two parts, else merged. */
function chosenSide(report: ReportEntries, {variable, groups}: PrintedSide): SideChoice {
  const entry = variableEntry(report, variable);
  const included = groups.flat();
  const dropped = entry.categories.map(({code}) => code).filter((code) => !included.includes(code));
  const inOrder = included.every((code, i) => code === entry.categories[i]?.code);
  const cut = canCut(entry) && groups.length === 2 && dropped.length === 0 && inOrder ? (groups[0]?.length ?? 0) : null;
  return {variable, cut, merged: cut === null ? groups.filter((group) => group.length > 1) : [], dropped};
}

/**
 * The printed table that a choice is, whichever way it is turned and whatever its percents are of, or null. `turned`
 * says that the table prints the rows as columns.
 */
export function printedAs(report: ReportEntries, choice: Choice): {entry: TableEntry; turned: boolean} | null {
  const side = (one: SideChoice | null) => one && [one.variable, sideGroups(report, one)];
  const key = ({filter, missing}: Choice, ...sides: (SideChoice | null)[]) =>
    JSON.stringify([sides.map(side), filter && [filter.variable, [...filter.codes].sort()], missing]);
  const wanted = key(choice, choice.rows, choice.columns);
  const turned = choice.columns && key(choice, choice.columns, choice.rows);
  for (const entry of report.tables) {
    const printed = tableChoice(report, entry);
    const found = printed && key(printed, printed.rows, printed.columns);
    if (found && (found === wanted || found === turned)) return {entry, turned: found !== wanted};
  }
  return null;
}

/** The printed tables that cross the two questions of a choice in some way, those with the choice's own filter first. */
export function printedTables(report: ReportEntries, choice: Choice): TableEntry[] {
  const pair = ({rows, columns}: Choice) => [rows.variable, columns?.variable ?? ""].sort().join();
  const found = report.tables.flatMap((entry) => {
    const printed = tableChoice(report, entry);
    if (!printed || pair(printed) !== pair(choice)) return [];
    return [{entry, rank: Number(printed.filter?.variable !== choice.filter?.variable)}];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({entry}) => entry);
}
