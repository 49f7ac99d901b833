import {type TableId, tableKey} from "../../src/tables/table-id.js";
import type {Verdict} from "../../src/tables/verdict.js";
import {readNumber} from "../read/number.js";
import type {PrintedCell} from "../read/table.js";

/** What is checked, and against what. */
export const checkKinds = {
  count: "the table’s counts against the respondents that fit all tables at once",
  percent: "a percent against the counts it is made of",
  cumulative: "a cumulative percent against the counts it is made of",
  total: "a total against its cells",
  margin: "how many gave an answer against the same variable in other tables",
  p: "a P value against the test of the table’s counts",
  coefficient: "the numbers of a regression’s predictor against each other",
  fit: "the numbers of a regression’s fit against each other",
  estimate: "a mean, ratio or coefficient against its interval, error, statistic, P or number",
  statistic: "a test’s statistic against the table’s counts",
  coding: "the levels of a coding note against a complete scale",
  structure: "the form of what is printed: signs, labels, lines, axes"
} as const;
export type CheckKind = keyof typeof checkKinds;

/**
 * Why a number is taken as reachable: a rounding rule's name, or `inputs` where the numbers it is computed from are
 * printed too short to give it exactly.
 */
export const INPUTS = "inputs";

/** A printed number, or a relation among some, held against what it should be. */
export interface Check {
  /** Stable and readable: table, place and kind, such as `t13.sick.total.percent`. */
  readonly id: string;
  readonly table: TableId;
  readonly kind: CheckKind;
  /** Row and column in English words. */
  readonly place: string;
  /** The same as the report prints them. */
  readonly placePrinted: string;
  readonly printed: string;
  /** What it should be, for people; null where that is not known. */
  readonly recomputed: string | null;
  readonly value: number | null;
  /** The interval of the true value that the printed digits and the inputs' digits allow. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly verdict: Verdict;
  readonly rule: string | null;
  /** Whether significance at 5 % changes; empty where the check has no bearing on it. */
  readonly conclusion: "unchanged" | "changes" | "";
  readonly formula: string;
  readonly note: string;
  /** The printed numbers that take part, first the one that is held against the others. */
  readonly cells: readonly PrintedCell[];
  /** The verdict, were the first of the cells printed otherwise and all else the same; null where none is at trial. */
  readonly judge: ((printed: string) => Verdict) | null;
}

/** Where a check stands, in English words and as the report prints it. */
export type Place = Pick<Check, "place" | "placePrinted">;

/** A check as its maker writes it: what is usual may be left out, and without a verdict it follows from `judge`. */
export type Draft = Pick<Check, "cells"> & Partial<Omit<Check, "id" | "table" | "kind">>;

/** The whole check of a table that a draft stands for; `name` is its id without the table. */
export function check(table: TableId, name: string, kind: CheckKind, draft: Draft & Place): Check {
  const printed = draft.printed ?? draft.cells[0]?.printed ?? "";
  return {
    id: `t${tableKey(table)}.${name}`,
    table,
    kind,
    recomputed: null,
    value: null,
    lower: null,
    upper: null,
    rule: null,
    conclusion: "",
    formula: "",
    note: "",
    judge: null,
    ...draft,
    printed,
    verdict: draft.verdict ?? draft.judge?.(printed) ?? "not_checkable"
  };
}

/** Whether a verdict says that something is wrong. */
export function isWrong(verdict: Verdict): boolean {
  return verdict === "differs" || verdict === "inconsistent";
}

/**
 * The power of a check: of all changes of one digit of the printed number into another, the share (0–1) that this check
 * by itself would reject, because the number then differs, contradicts others or can no longer be read.
 *
 * Null where the check holds no single printed number against anything.
 */
export function powerOf({cells, judge}: Check): number | null {
  const [cell] = cells;
  if (!cell || !judge) return null;
  const changed = [...cell.printed].flatMap((digit, at) =>
    /\d/.test(digit)
      ? [..."0123456789"].filter((other) => other !== digit).map((other) => replaceAt(cell.printed, at, other))
      : []
  );
  const caught = changed.filter((text) => "expected" in readNumber(text, cell.measure) || isWrong(judge(text)));
  return changed.length === 0 ? null : caught.length / changed.length;
}

/** A text with the character at one place changed. */
export function replaceAt(text: string, at: number, character: string): string {
  return text.slice(0, at) + character + text.slice(at + 1);
}

/** Numbers for a formula or a sentence: `302, 266 and 389`. */
export function list(items: readonly (string | number)[]): string {
  return new Intl.ListFormat("en-GB").format(items.map(String));
}
