import type {ColumnTable} from "arquero";
import {inspect} from "./inspect.js";
import {limits} from "./limits.js";
import {markupProblem} from "./weight.js";

/** What a run shows for one value. `note` says in words what was left out; empty when nothing was. */
export type Output = {readonly note: string} & (
  | {readonly kind: "text"; readonly text: string}
  | {readonly kind: "markup"; readonly markup: string}
  | {readonly kind: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[]}
);

/**
 * What to show for a value: the first rows of an Arquero table or of an array of objects, the markup of an element,
 * anything else as text; each within the limits.
 */
export function describe(value: unknown): Output {
  if (isTable(value)) {
    const rows = value.objects({limit: limits.rows}) as Record<string, unknown>[];
    return table(value.columnNames(), rows, value.numRows());
  }
  if (isElement(value) && typeof value.outerHTML === "string") return markupOutput(value.outerHTML);
  if (Array.isArray(value) && value.length > 0 && value.slice(0, limits.rows).every(isRecord)) {
    const rows: Record<string, unknown>[] = value.slice(0, limits.rows);
    return table([...new Set(rows.flatMap((row) => Object.keys(row)))], rows, value.length);
  }
  const shown = typeof value === "string" ? value : inspect(value, limits.textLength);
  if (shown.length <= limits.textLength) return {kind: "text", text: shown, note: ""};
  if (typeof value !== "string") {
    return {kind: "text", text: shown, note: "The rest is left out: it is too long to be shown."};
  }
  const note = `The first ${limits.textLength} of ${value.length} characters.`;
  return {kind: "text", text: value.slice(0, limits.textLength), note};
}

/** Markup that is light enough, or why it is not shown. */
export function markupOutput(markup: string): Output {
  const problem = markupProblem(markup);
  if (problem === null) return {kind: "markup", markup, note: ""};
  return {kind: "text", text: "", note: `This drawing is not shown: ${problem}.`};
}

function table(names: readonly string[], rows: readonly Record<string, unknown>[], total: number): Output {
  const columns = names.slice(0, limits.columns);
  const notes = [
    total > rows.length ? `The first ${rows.length} of ${total} rows` : `${total} ${total === 1 ? "row" : "rows"}`,
    names.length > columns.length ? `the first ${columns.length} of ${names.length} columns` : ""
  ];
  return {
    kind: "table",
    columns: columns.map((name) => name.slice(0, limits.cellLength)),
    rows: rows.map((row) => columns.map((name) => cell(row[name]))),
    note: `${notes.filter(Boolean).join(", ")}.`
  };
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const shown = typeof value === "string" ? value : inspect(value, limits.cellLength);
  return shown.length > limits.cellLength ? `${shown.slice(0, limits.cellLength)}…` : shown;
}

function isTable(value: unknown): value is ColumnTable {
  const {numRows, columnNames, objects} = Object(value) as Partial<ColumnTable>;
  return [numRows, columnNames, objects].every((method) => typeof method === "function");
}

function isElement(value: unknown): value is {outerHTML: unknown} {
  const {nodeType} = Object(value) as {nodeType?: unknown};
  return nodeType === 1;
}

function isRecord(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
