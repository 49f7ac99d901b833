import type {Language} from "../components/language.js";
import type {CodeProblem} from "./cell-code.js";
import {limits} from "./limits.js";
import {markupOutput, type Output} from "./output.js";
import type {Companions} from "./page-cells.js";

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

/** What came of code. */
export interface Outcome {
  readonly outputs: readonly Output[];
  /** What other cells of the page show after the edited one. */
  readonly further: readonly Output[];
  /** What was thrown, or what keeps the code from running. */
  readonly problem: CodeProblem | null;
}

/** What a worker says. After foreign code has begun to run, any of it may be that code’s invention. */
export type FromWorker =
  | {readonly type: "ready"; readonly names: ScopeNames}
  | {readonly type: "started"}
  | {readonly type: "line"; readonly text: string}
  | ({readonly type: "done"} & Outcome);

/**
 * Reads what a worker said: strings and numbers in known places, cut at the limits. Null for whatever is no message.
 */
export function readFromWorker(message: string): FromWorker | null {
  if (message.length > limits.messageLength) return null;
  let value: Foreign;
  try {
    value = readObject(JSON.parse(message));
  } catch {
    return null;
  }
  switch (value.type) {
    case "started":
      return {type: "started"};
    case "line":
      return {type: "line", text: readText(value.text, limits.lineLength)};
    case "ready": {
      const {globals, members, columns} = readObject(value.names);
      const names = {globals: readTexts(globals, 2_000), members: readLists(members), columns: readLists(columns)};
      return {type: "ready", names};
    }
    case "done": {
      const left = {cells: limits.cells};
      const [outputs = [], further = []] = [value.outputs, value.further].map((list) =>
        readArray(list, limits.outputs).flatMap((output) => readOutput(readObject(output), left) ?? [])
      );
      return {type: "done", outputs, further, problem: value.problem ? readProblem(readObject(value.problem)) : null};
    }
    default:
      return null;
  }
}

/** An object of which nothing is known. */
type Foreign = Readonly<Record<string, unknown>>;

/** One output; `left` is how many cells of tables may still come. */
function readOutput(value: Foreign, left: {cells: number}): Output | null {
  const note = readText(value.note, 500);
  switch (value.kind) {
    case "text":
      return {kind: "text", text: readText(value.text, limits.textLength + 100), note};
    case "markup": {
      // The note of markup that is not shown says why.
      const output = markupOutput(readText(value.markup, limits.messageLength));
      return {...output, note: output.note || note};
    }
    case "table": {
      const columns = readTexts(value.columns, limits.columns);
      const most = Math.min(limits.rows, Math.floor(left.cells / Math.max(1, columns.length)));
      const rows = readArray(value.rows, most).map((row) => readTexts(row, columns.length));
      left.cells -= rows.length * columns.length;
      const cut = most < limits.rows && readArray(value.rows, limits.rows).length > most;
      const why = `All tables together have more than ${limits.cells} cells.`;
      return {kind: "table", columns, rows, note: cut ? why : note};
    }
    default:
      return null;
  }
}

function readProblem({message, line, column}: Foreign): CodeProblem {
  const place = (value: unknown) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null);
  return {message: readText(message, 2_000), line: place(line), column: place(column)};
}

function readLists(value: unknown): Record<string, string[]> {
  return Object.fromEntries(Object.entries(readObject(value)).map(([name, list]) => [name, readTexts(list, 2_000)]));
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

function readObject(value: unknown): Foreign {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Foreign) : {};
}
