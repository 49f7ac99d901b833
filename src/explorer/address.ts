import type {Missing, PercentBase} from "../tables/crosstab.js";
import {type ReportEntries, sideOf, variableEntry} from "../tables/labels.js";
import {type Choice, canCut, choosable, plainSide, type SideChoice, sideGroups, tableChoice} from "../tables/recode.js";
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

/** A choice read from an address, and what in the address could not be used. */
export interface Decoded {
  readonly choice: Choice;
  readonly problems: readonly AddressProblem[];
}

const parameters = [
  "table",
  "rows",
  "columns",
  "percent",
  "missing",
  "filter",
  "cut",
  "cut-rows",
  "merge-rows",
  "merge-columns",
  "drop-rows",
  "drop-columns"
];
const percentBases: readonly PercentBase[] = ["row", "column", "total"];
const missings: readonly Missing[] = ["exclude", "category"];

/**
 * A choice as a query string, without its question mark: `rows=role&columns=opinion&cut=3&percent=row&…`.
 *
 * Codes are the codebook's. Members of a group are parted by dots, groups by commas, so that nothing needs escaping.
 */
export function encodeChoice(choice: Choice): string {
  const {rows, columns, percent, missing, filter} = choice;
  const list = (groups: readonly (readonly string[])[]) => groups.map((group) => group.join(".")).join(",");
  const parts: [string, string | number | null][] = [
    ["rows", rows.variable],
    ["columns", columns?.variable ?? "none"],
    ["cut", columns?.cut ?? null],
    ["cut-rows", rows.cut],
    ["merge-rows", list(rows.merged)],
    ["merge-columns", list(columns?.merged ?? [])],
    ["drop-rows", rows.dropped.join(".")],
    ["drop-columns", (columns?.dropped ?? []).join(".")],
    ["percent", percent],
    ["missing", missing],
    ["filter", filter && `${filter.variable}:${filter.codes.join(".")}`]
  ];
  return parts.flatMap(([name, value]) => (value === null || value === "" ? [] : [`${name}=${value}`])).join("&");
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
): Decoded {
  const given = new URLSearchParams(query);
  const problems: AddressProblem[] = [];
  const names = choosable(report, variables).map((entry) => entry.variable);
  const known = new Set(parameters);
  for (const name of new Set(given.keys())) {
    if (!known.has(name)) {
      problems.push({parameter: name, found: name, expected: `one of ${parameters.join(", ")}`, used: "nothing of it"});
    } else if (given.getAll(name).length > 1) {
      problems.push({parameter: name, found: given.getAll(name).join(" and "), expected: "it once", used: "the first"});
    }
  }
  /** A value out of a list; without one, what stands in for it. */
  const oneOf = <T extends string>(name: string, allowed: readonly T[], instead: T): T => {
    const found = given.get(name);
    if (found === null) return instead;
    const value = allowed.find((allow) => allow === found);
    if (value === undefined) {
      problems.push({parameter: name, found, expected: `one of ${allowed.join(", ")}`, used: instead});
    }
    return value ?? instead;
  };

  const start = startingPoint(given, report, fallback, problems);
  if (![...given.keys()].some((name) => known.has(name) && name !== "table")) return {choice: start, problems};

  const rowVariable = oneOf("rows", names, start.rows.variable);
  const columnNames = ["none", ...names];
  let columnVariable = oneOf("columns", columnNames, start.columns?.variable ?? "none");
  if (columnVariable === rowVariable) {
    const instead = start.columns && start.columns.variable !== rowVariable ? start.columns.variable : "none";
    problems.push({
      parameter: "columns",
      found: columnVariable,
      expected: "another question than that of the rows",
      used: instead
    });
    columnVariable = instead;
  }
  const side = (variable: string, end: "rows" | "columns") => readSide(given, report, variable, end, problems);
  const rows = side(rowVariable, "rows");
  const columns = columnVariable === "none" ? null : side(columnVariable, "columns");
  if (!columns) {
    for (const name of ["cut", "merge-columns", "drop-columns"]) {
      const found = given.get(name);
      if (found !== null) problems.push({parameter: name, found, expected: "columns to apply it to", used: "nothing"});
    }
  }
  return {
    choice: {
      rows,
      columns,
      percent: oneOf("percent", percentBases, columns ? start.percent : "column"),
      missing: oneOf("missing", missings, "exclude"),
      filter: readFilter(
        given,
        report,
        names.filter((name) => name !== rowVariable && name !== columnVariable),
        problems
      )
    },
    problems
  };
}

/** What an address starts from: the printed table that it names, or the fallback. */
function startingPoint(
  given: URLSearchParams,
  report: ReportEntries,
  fallback: Choice,
  problems: AddressProblem[]
): Choice {
  const found = given.get("table");
  if (found === null) return fallback;
  const tables = report.tables.filter((entry) => tableChoice(report, entry) !== null);
  const entry = tables.find(({table}) => String(table) === found);
  const choice = entry && tableChoice(report, entry);
  if (choice) return choice;
  const numbers = tables.map(({table}) => table).join(", ");
  problems.push({
    parameter: "table",
    found,
    expected: `a table that can be crossed anew: ${numbers}`,
    used: "another table",
    ...(report.tables.some(({table}) => String(table) === found)
      ? {}
      : {says: `The report has no table ${found.slice(0, 40)}.`})
  });
  return fallback;
}

function readSide(
  given: URLSearchParams,
  report: ReportEntries,
  variable: string,
  end: "rows" | "columns",
  problems: AddressProblem[]
): SideChoice {
  const entry = variableEntry(report, variable);
  const {codes} = sideOf(report, variable);
  const oneOfCodes = `categories of ${variable}: ${codes.join(", ")}`;
  const problem = (parameter: string, found: string, expected: string, used: string) =>
    problems.push({parameter, found, expected, used});

  const dropName = `drop-${end}`;
  const dropText = given.get(dropName) ?? "";
  let dropped = dropText === "" ? [] : dropText.split(".");
  if (dropped.some((code) => !codes.includes(code))) {
    problem(dropName, dropText, `${oneOfCodes}, parted by dots`, "those that are");
    dropped = dropped.filter((code) => codes.includes(code));
  }
  dropped = codes.filter((code) => dropped.includes(code));
  if (dropped.length === codes.length) {
    problem(dropName, dropText, "at least one category that stays", "nothing left out");
    dropped = [];
  }

  const cutName = end === "columns" ? "cut" : "cut-rows";
  const cutText = given.get(cutName);
  let cut: number | null = null;
  if (cutText !== null) {
    const most = codes.length - 1;
    const value = /^\d{1,3}$/.test(cutText) ? Number(cutText) : 0;
    if (!canCut(entry)) {
      problem(cutName, cutText, `a scale to cut, which ${variable} is not`, "no cut");
    } else if (value < 1 || value > most) {
      problem(cutName, cutText, `a whole number from 1 to ${most}`, "no cut");
    } else cut = value;
  }

  const mergeName = `merge-${end}`;
  const mergeText = given.get(mergeName) ?? "";
  let merged = mergeText === "" ? [] : mergeText.split(",").map((group) => group.split("."));
  if (merged.length > 0) {
    const members = merged.flat();
    const sound =
      merged.every((group) => group.length > 1) &&
      new Set(members).size === members.length &&
      members.every((code) => codes.includes(code) && !dropped.includes(code));
    if (!sound) {
      const expected = `${oneOfCodes}; two or more in a group, parted by dots, each once and none left out; groups parted by commas`;
      problem(mergeName, mergeText, expected, "nothing merged");
      merged = [];
    } else if (cut !== null) {
      problem(mergeName, mergeText, `either ${cutName} or ${mergeName}`, cutName);
      merged = [];
    }
  }
  const side = {variable, cut, merged, dropped};
  // In the codebook's order, so that one choice has one address.
  const groups = cut === null ? sideGroups(report, side).filter((group) => group.length > 1) : [];
  return {...plainSide(variable), cut, merged: groups, dropped};
}

function readFilter(
  given: URLSearchParams,
  report: ReportEntries,
  names: readonly string[],
  problems: AddressProblem[]
): Filter | null {
  const found = given.get("filter");
  if (found === null || found === "") return null;
  const [variable = "", text = "", ...more] = found.split(":");
  if (!names.includes(variable) || more.length > 0) {
    const expected = `question:category, the question one of ${names.join(", ")}`;
    problems.push({parameter: "filter", found, expected, used: "no filter"});
    return null;
  }
  const {codes} = sideOf(report, variable);
  const wanted = text.split(".");
  if (!wanted.every((code) => codes.includes(code))) {
    const expected = `categories of ${variable}, parted by dots: ${codes.join(", ")}`;
    problems.push({parameter: "filter", found, expected, used: "no filter"});
    return null;
  }
  return {variable, codes: codes.filter((code) => wanted.includes(code))};
}
