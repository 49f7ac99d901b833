import type {Missing, PercentBase} from "../tables/crosstab.js";
import {type ReportEntries, sideOf, variableEntry} from "../tables/labels.js";
import {type Choice, canCut, choosable, type SideChoice, sideGroups, tableChoice} from "../tables/recode.js";
import type {Filter} from "../tables/recompute.js";

/** Something in an address that could not be used: what was found, what was expected, and what is used instead. */
export interface AddressProblem {
  readonly parameter: string;
  readonly found: string;
  readonly expected: string;
  readonly used: string;
  /** The same in a sentence, where there is a better one than the parts make. */
  readonly says?: string;
}

/** An address that is being read. */
interface Asked {
  readonly given: URLSearchParams;
  readonly report: ReportEntries;
  /** Notes what could not be used. */
  readonly tell: (parameter: string, found: string, expected: string, used: string, says?: string) => void;
}

const percentBases: readonly PercentBase[] = ["row", "column", "total"];
const missings: readonly Missing[] = ["exclude", "category"];

/**
 * A choice as a query string, without its question mark: `rows=role&columns=opinion&cut=3&percent=row&…`.
 *
 * Codes are the codebook's. Members of a group are parted by dots, groups by commas, so that nothing needs escaping.
 */
export function encodeChoice(choice: Choice): string {
  const parts = Object.entries(parametersOf(choice));
  return parts.flatMap(([name, value]) => (value === null || value === "" ? [] : [`${name}=${value}`])).join("&");
}

function parametersOf({rows, columns, percent, missing, filter}: Choice): Record<string, string | number | null> {
  const list = (groups: readonly (readonly string[])[]) => groups.map((group) => group.join(".")).join(",");
  return {
    rows: rows.variable,
    columns: columns?.variable ?? "none",
    cut: columns?.cut ?? null,
    "cut-rows": rows.cut,
    "merge-rows": list(rows.merged),
    "merge-columns": list(columns?.merged ?? []),
    "drop-rows": rows.dropped.join("."),
    "drop-columns": (columns?.dropped ?? []).join("."),
    percent,
    missing,
    filter: filter && `${filter.variable}:${filter.codes.join(".")}`
  };
}

/**
 * Reads a choice from a query string. What cannot be read is told, and the fallback takes its place: nothing in an
 * address can make this throw. `variables` are the variables that the respondents hold.
 */
export function decodeChoice(
  query: string,
  report: ReportEntries,
  variables: readonly string[],
  fallback: Choice
): {choice: Choice; problems: readonly AddressProblem[]} {
  const given = new URLSearchParams(query);
  const problems: AddressProblem[] = [];
  const tell: Asked["tell"] = (parameter, found, expected, used, says) => {
    problems.push({parameter, found, expected, used, ...(says === undefined ? {} : {says})});
  };
  const asked = {given, report, tell};
  const names = choosable(report, variables).map((entry) => entry.variable);
  const known = ["table", ...Object.keys(parametersOf(fallback))];
  for (const name of new Set(given.keys())) {
    const all = given.getAll(name);
    if (!known.includes(name)) tell(name, name, `one of ${known.join(", ")}`, "nothing of it");
    else if (all.length > 1) tell(name, all.join(" and "), "it once", "the first");
  }
  const start = startingPoint(asked, fallback);
  if (!known.slice(1).some((name) => given.has(name))) return {choice: start, problems};

  /** A value out of a list; without one, what stands in for it. */
  const oneOf = <T extends string>(name: string, allowed: readonly T[], instead: T): T => {
    const found = given.get(name);
    const value = allowed.find((allow) => allow === found);
    if (found !== null && value === undefined) tell(name, found, `one of ${allowed.join(", ")}`, instead);
    return value ?? instead;
  };
  const row = oneOf("rows", names, start.rows.variable);
  let column = oneOf("columns", ["none", ...names], start.columns?.variable ?? "none");
  if (column === row) {
    const instead = start.columns && start.columns.variable !== row ? start.columns.variable : "none";
    tell("columns", column, "another question than that of the rows", instead);
    column = instead;
  }
  const rows = readSide(asked, row, "rows");
  const columns = column === "none" ? null : readSide(asked, column, "columns");
  for (const name of columns ? [] : ["cut", "merge-columns", "drop-columns"]) {
    const found = given.get(name);
    if (found !== null) tell(name, found, "columns to apply it to", "nothing");
  }
  const percent = oneOf("percent", percentBases, columns ? start.percent : "column");
  const missing = oneOf("missing", missings, "exclude");
  const others = names.filter((name) => name !== row && name !== column);
  return {choice: {rows, columns, percent, missing, filter: readFilter(asked, others)}, problems};
}

/** What an address starts from: the printed table that it names, or the fallback. */
function startingPoint({given, report, tell}: Asked, fallback: Choice): Choice {
  const found = given.get("table");
  if (found === null) return fallback;
  const tables = report.tables.filter((entry) => tableChoice(report, entry) !== null);
  const isAsked = ({table}: (typeof tables)[number]) => String(table) === found;
  const entry = tables.find(isAsked);
  const choice = entry && tableChoice(report, entry);
  if (choice) return choice;
  const expected = `a table that can be crossed anew: ${tables.map(({table}) => table).join(", ")}`;
  const says = report.tables.some(isAsked) ? undefined : `The report has no table ${found.slice(0, 40)}.`;
  tell("table", found, expected, "another table", says);
  return fallback;
}

function readSide({given, report, tell}: Asked, variable: string, end: "rows" | "columns"): SideChoice {
  const {codes} = sideOf(report, variable);
  const oneOfCodes = `categories of ${variable}: ${codes.join(", ")}`;
  const [cutName, dropName, mergeName] = [end === "columns" ? "cut" : "cut-rows", `drop-${end}`, `merge-${end}`];

  const dropText = given.get(dropName) ?? "";
  const left = dropText === "" ? [] : dropText.split(".");
  if (left.some((code) => !codes.includes(code))) {
    tell(dropName, dropText, `${oneOfCodes}, parted by dots`, "those that are");
  }
  let dropped = codes.filter((code) => left.includes(code));
  if (dropped.length === codes.length) {
    tell(dropName, dropText, "at least one category that stays", "nothing left out");
    dropped = [];
  }

  const cutText = given.get(cutName);
  let cut: number | null = null;
  if (cutText !== null) {
    const most = codes.length - 1;
    const value = /^\d{1,3}$/.test(cutText) ? Number(cutText) : 0;
    if (!canCut(variableEntry(report, variable))) {
      tell(cutName, cutText, `a scale to cut, which ${variable} is not`, "no cut");
    } else if (value < 1 || value > most) {
      tell(cutName, cutText, `a whole number from 1 to ${most}`, "no cut");
    } else cut = value;
  }

  const mergeText = given.get(mergeName) ?? "";
  let merged = mergeText === "" ? [] : mergeText.split(",").map((group) => group.split("."));
  const members = merged.flat();
  const sound =
    merged.every((group) => group.length > 1) &&
    new Set(members).size === members.length &&
    members.every((code) => codes.includes(code) && !dropped.includes(code));
  if (!sound) {
    const expected = `${oneOfCodes}; two or more in a group, parted by dots, each once and none left out; groups parted by commas`;
    tell(mergeName, mergeText, expected, "nothing merged");
    merged = [];
  } else if (merged.length > 0 && cut !== null) {
    tell(mergeName, mergeText, `either ${cutName} or ${mergeName}`, cutName);
    merged = [];
  }
  const side = {variable, cut, merged, dropped};
  // In the codebook's order, so that one choice has one address.
  return {...side, merged: cut === null ? sideGroups(report, side).filter((group) => group.length > 1) : []};
}

function readFilter({given, report, tell}: Asked, names: readonly string[]): Filter | null {
  const found = given.get("filter");
  if (!found) return null;
  const [variable = "", text = "", ...more] = found.split(":");
  if (!names.includes(variable) || more.length > 0) {
    tell("filter", found, `question:category, the question one of ${names.join(", ")}`, "no filter");
    return null;
  }
  const {codes} = sideOf(report, variable);
  const wanted = text.split(".");
  if (!wanted.every((code) => codes.includes(code))) {
    tell("filter", found, `categories of ${variable}, parted by dots: ${codes.join(", ")}`, "no filter");
    return null;
  }
  return {variable, codes: codes.filter((code) => wanted.includes(code))};
}
