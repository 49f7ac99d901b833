import {inspect} from "./inspect.js";
import {limits} from "./limits.js";
import {markupProblem} from "./weight.js";

/** What a run shows for one value. `note` says in words what was left out; empty when nothing was. */
export type Output =
  | {readonly kind: "text"; readonly text: string; readonly note: string}
  | {readonly kind: "markup"; readonly markup: string; readonly note: string}
  | {
      readonly kind: "table";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly note: string;
    };

/** The part of an Arquero table that is used here. */
interface TableLike {
  numRows(): number;
  columnNames(): string[];
  objects(options: {limit: number}): Record<string, unknown>[];
}

/**
 * What to show for a value: the first rows of an Arquero table or of an array of objects, the markup of an element,
 * anything else as text; each within the limits.
 */
export function describe(value: unknown): Output {
  if (isTable(value)) {
    const total = value.numRows();
    return table(value.columnNames(), value.objects({limit: limits.rows}), total);
  }
  if (isElement(value)) {
    const markup = value.outerHTML;
    if (typeof markup === "string") {
      const problem = markupProblem(markup);
      return problem === null ? {kind: "markup", markup, note: ""} : text("", `This drawing is not shown: ${problem}.`);
    }
  }
  if (Array.isArray(value) && value.length > 0 && value.slice(0, limits.rows).every(isRecord)) {
    const rows: Record<string, unknown>[] = value.slice(0, limits.rows);
    return table([...new Set(rows.flatMap((row) => Object.keys(row)))], rows, value.length);
  }
  if (typeof value === "string") {
    const cut = value.length > limits.textLength;
    return text(
      cut ? value.slice(0, limits.textLength) : value,
      cut ? `The first ${limits.textLength} of ${value.length} characters.` : ""
    );
  }
  const shown = inspect(value, limits.textLength);
  return text(shown, shown.length > limits.textLength ? "The rest is left out: it is too long to be shown." : "");
}

function text(value: string, note = ""): Output {
  return {kind: "text", text: value, note};
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

function isTable(value: unknown): value is TableLike {
  const candidate = value as Partial<TableLike> | null;
  return (
    typeof value === "object" &&
    typeof candidate?.numRows === "function" &&
    typeof candidate.columnNames === "function" &&
    typeof candidate.objects === "function"
  );
}

function isElement(value: unknown): value is {outerHTML: unknown} {
  const candidate = value as {nodeType?: unknown; outerHTML?: unknown} | null;
  return typeof value === "object" && candidate?.nodeType === 1 && "outerHTML" in candidate;
}

function isRecord(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
