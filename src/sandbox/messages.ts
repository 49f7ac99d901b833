import type {Language} from "../components/language.js";
import type {CodeProblem} from "./cell-code.js";
import {limits} from "./limits.js";
import type {Output} from "./output.js";
import type {Companions} from "./page-cells.js";
import {markupProblem} from "./weight.js";

/** A file for the code to use: the name it gets there, or the path by which it is attached, and its bytes. */
export interface DataFile {
  readonly name: string;
  readonly format: "arrow" | "json" | "attached";
  readonly bytes: ArrayBuffer;
}

/** The names that code finds, for completion. */
export interface ScopeNames {
  /** What stands in scope by itself, analysis functions and data included. */
  readonly globals: readonly string[];
  /** The members of `aq`, `Plot`, `op` (Arquero’s functions) and of tables. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** The columns of each table. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

/** What the page says to the frame. */
export type ToFrame =
  | {readonly type: "open"; readonly files: readonly DataFile[]}
  | {readonly type: "run"; readonly run: number; readonly task: Task}
  | {readonly type: "stop"; readonly run: number};

/** Code to run, and files that it needs beside those that every worker has. */
export interface Task extends Companions {
  readonly code: string;
  /** The language of labels, and the width of drawings in pixels. */
  readonly language: Language;
  readonly width: number;
  readonly files: readonly DataFile[];
}

/** What the frame says to the page: what a worker said, as text that nobody has checked, or that a run was ended. */
export type FromFrame =
  | {readonly type: "said"; readonly run: number; readonly text: string}
  | {readonly type: "ended"; readonly run: number; readonly reason: EndReason};

/** Why a run was ended from outside: out of time, too many or too large messages, or the worker broke down. */
export type EndReason = "time" | "flood" | "broken";

/** What a worker says. After foreign code has begun to run, any of it may be that code’s invention. */
export type FromWorker =
  | {readonly type: "ready"; readonly names: ScopeNames}
  | {readonly type: "started"}
  | {readonly type: "line"; readonly text: string}
  | {
      readonly type: "done";
      readonly outputs: readonly Output[];
      /** What other cells of the page show after the edited one. */
      readonly further: readonly Output[];
      readonly problem: CodeProblem | null;
    };

/**
 * Reads what a worker said. Null for whatever is not one of its messages; text beyond the limits is cut. Nothing of the
 * result is more than strings and numbers in known places.
 */
export function readFromWorker(message: string): FromWorker | null {
  if (message.length > limits.messageLength) return null;
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  if (value.type === "started") return {type: "started"};
  if (value.type === "line") return {type: "line", text: readText(value.text, limits.lineLength)};
  if (value.type === "ready" && isObject(value.names)) {
    const {globals, members, columns} = value.names;
    return {
      type: "ready",
      names: {globals: readTexts(globals, 2_000), members: readLists(members), columns: readLists(columns)}
    };
  }
  if (value.type === "done") {
    const left = {cells: limits.cells};
    const [outputs = [], further = []] = [value.outputs, value.further].map((list) =>
      readArray(list, limits.outputs).flatMap((output) => readOutput(output, left) ?? [])
    );
    return {type: "done", outputs, further, problem: readProblem(value.problem)};
  }
  return null;
}

/** One output; `left` is how many cells of tables may still come. */
function readOutput(value: unknown, left: {cells: number}): Output | null {
  if (!isObject(value)) return null;
  const note = readText(value.note, 500);
  switch (value.kind) {
    case "text":
      return {kind: "text", text: readText(value.text, limits.textLength + 100), note};
    case "markup": {
      const markup = typeof value.markup === "string" ? value.markup : "";
      const problem = markupProblem(markup);
      if (problem === null) return {kind: "markup", markup, note};
      return {kind: "text", text: "", note: `This drawing is not shown: ${problem}.`};
    }
    case "table": {
      const columns = readTexts(value.columns, limits.columns);
      const most = Math.min(limits.rows, Math.floor(left.cells / Math.max(1, columns.length)));
      const rows = readArray(value.rows, most).map((row) => readTexts(row, columns.length));
      left.cells -= rows.length * columns.length;
      const cut = most < limits.rows && Array.isArray(value.rows) && value.rows.length > most;
      return {
        kind: "table",
        columns,
        rows,
        note: cut ? `All tables together have more than ${limits.cells} cells.` : note
      };
    }
    default:
      return null;
  }
}

function readProblem(value: unknown): CodeProblem | null {
  if (!isObject(value)) return null;
  return {message: readText(value.message, 2_000), line: readPlace(value.line), column: readPlace(value.column)};
}

function readPlace(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function readLists(value: unknown): Record<string, string[]> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, list]) => [name, readTexts(list, 2_000)]));
}

function readTexts(value: unknown, most: number): string[] {
  return readArray(value, most).map((text) => readText(text, limits.cellLength + 1));
}

function readArray(value: unknown, most: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

function readText(value: unknown, most: number): string {
  return typeof value === "string" ? value.slice(0, most) : "";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
