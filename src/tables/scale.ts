import {type Crosstab, TOTAL} from "./crosstab.js";

/** How many of a group gave some answers: `count` of `n`. */
export interface Part {
  readonly count: number;
  readonly n: number;
  /** From 0 to 1. */
  readonly share: number;
}

/** A group's share in one answer of a scale, with the labels that a figure shows. */
export interface ScaleShare extends Part {
  readonly group: string;
  readonly groupLabel: string;
  readonly answer: string;
  readonly answerLabel: string;
}

/** The scales of the report, from disagreement to agreement, whatever order a table prints them in. */
const steps: readonly (readonly string[])[] = [
  ["disagree", "partly_disagree", "neither", "partly_agree", "agree"],
  ["not_at_all", "little_extent", "some_extent", "great_extent"],
  ["not_agree", "agree"],
  ["no", "yes"]
];

/** The answers of each scale that agree, find something or say yes. */
const positive = ["partly_agree", "agree", "some_extent", "great_extent", "yes"];

/**
 * Which end of its scale an answer belongs to: 1 for agreement, −1 for disagreement, 0 for the middle. Throws a
 * RangeError for what is no answer of a scale.
 */
export function signOf(answer: string): -1 | 0 | 1 {
  if (!steps.flat().includes(answer)) throw new RangeError(`“${answer}” is no answer of a scale`);
  if (answer === "neither") return 0;
  return positive.includes(answer) ? 1 : -1;
}

/** Answers in the order of their scale, from disagreement to agreement. Throws when no scale has them all. */
export function inScaleOrder(answers: readonly string[]): string[] {
  const scale = steps.find((candidate) => answers.every((answer) => candidate.includes(answer)));
  if (!scale) throw new RangeError(`no scale has the answers ${answers.join(", ")}`);
  return scale.filter((answer) => answers.includes(answer));
}

/** The same table with rows and columns changed over. */
export function transpose({rows, columns, counts, rowTotals, columnTotals, ...rest}: Crosstab): Crosstab {
  return {
    ...rest,
    rows: columns,
    columns: rows,
    counts: columns.map((_, c) => counts.map((line) => line[c] ?? 0)),
    rowTotals: columnTotals,
    columnTotals: rowTotals
  };
}

/**
 * The part of a row that is in some columns; of all rows together where the row is `total`. The base is those who
 * answered both questions. Throws when the table has no such row or column.
 */
export function part(table: Crosstab, row: string, columns: readonly string[]): Part {
  const r = table.rows.indexOf(row);
  if (r < 0 && row !== TOTAL) throw new Error(`the table has no row “${row}”`);
  const line = r < 0 ? table.columnTotals : (table.counts[r] ?? []);
  const n = r < 0 ? table.total : (table.rowTotals[r] ?? 0);
  let count = 0;
  for (const column of columns) {
    const value = line[table.columns.indexOf(column)];
    if (value === undefined) throw new Error(`the table has no column “${column}”`);
    count += value;
  }
  return {count, n, share: count / n};
}

/** Every group's share in every answer, groups in the table's order and answers in that of their scale. */
export function scaleShares(
  table: Crosstab,
  groupLabel: (code: string) => string,
  answerLabel: (code: string) => string
): ScaleShare[] {
  const answers = inScaleOrder(table.columns);
  return table.rows.flatMap((group) =>
    answers.map((answer) => ({
      group,
      groupLabel: groupLabel(group),
      answer,
      answerLabel: answerLabel(answer),
      ...part(table, group, [answer])
    }))
  );
}

/** The same as a table to be read: a line a group, a column an answer, as whole percents or counts, and N. */
export function scaleNumbers(
  shares: readonly ScaleShare[],
  write: (share: ScaleShare) => string
): Record<string, string | number>[] {
  const groups = [...new Set(shares.map((d) => d.group))];
  return groups.map((group) => {
    const own = shares.filter((d) => d.group === group);
    return {
      Group: own[0]?.groupLabel ?? group,
      ...Object.fromEntries(own.map((d) => [d.answerLabel, write(d)])),
      N: own[0]?.n ?? 0
    };
  });
}

/** The counts of `n` people whose share is printed as this whole percent, a half going up: one or none for n ≤ 100. */
export function countsPrintedAs(percent: number, n: number): number[] {
  const found: number[] = [];
  for (let count = 0; count <= n; count++) {
    // Whole numbers only: 100·count/n + 1/2, rounded down.
    if (Math.floor((200 * count + n) / (2 * n)) === percent) found.push(count);
  }
  return found;
}
