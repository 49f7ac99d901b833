import "./dom.js";
// Every function of src/analysis, put together when the sandbox is built.
import * as analysis from "sandbox:analysis";
import * as Plot from "@observablehq/plot";
import * as aq from "arquero";
import {type CodeProblem, cellCode} from "./cell-code.js";
import {inspect} from "./inspect.js";
import {limits} from "./limits.js";
import type {DataFile, FromWorker, ScopeNames, Task} from "./messages.js";
import {describe, type Output} from "./output.js";

/**
 * The program of a worker: it reads the data, waits for code, runs it once, and says what came of it. The code can do
 * with the worker what it likes, which is why nothing that the worker says is trusted.
 */

// What is needed after the code has run is kept from it here, as far as that goes.
const {stringify} = JSON;
// biome-ignore lint/security/noGlobalEval: to run code is what this worker is for; it is bound by the sandbox's policy.
const evaluate = globalThis.eval;
const post = self.postMessage.bind(self) as (message: string) => void;
const say = (message: FromWorker) => post(stringify(message));

/** The name under which the code’s lines appear in an error’s stack. */
const codeName = "cell.js";

self.onmessage = ({data: files}: MessageEvent<readonly DataFile[]>) => {
  const scope = {aq, Plot, op: aq.op, ...analysis, ...read(files)};
  self.onmessage = ({data: task}: MessageEvent<Task>) => {
    self.onmessage = null;
    void run(task.code, {...scope, ...read(task.files)});
  };
  say({type: "ready", names: namesOf(scope)});
};

function read(files: readonly DataFile[]): Record<string, unknown> {
  return Object.fromEntries(
    files.map(({name, format, bytes}) => [
      name,
      format === "arrow" ? plainTable(bytes) : (JSON.parse(new TextDecoder().decode(bytes)) as unknown)
    ])
  );
}

/**
 * A table of plain arrays. Arquero takes a comparison of a dictionary column with a value that is not in its dictionary
 * for false, also where it asks for what is unequal: `d.role !== null` would leave nobody.
 */
function plainTable(bytes: ArrayBuffer): aq.ColumnTable {
  const read = aq.fromArrow(bytes);
  return aq.table(read.columnNames().map((name) => [name, read.array(name)]));
}

async function run(code: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  const outputs: Output[] = [];
  let problem: CodeProblem | null = null;
  const display = (value: unknown) => {
    if (outputs.length < limits.outputs) outputs.push(describe(value));
    return value;
  };
  const scope = {...data, display, console: lines()};
  const cell = cellCode(code, Object.keys(scope));
  say({type: "started"});
  if (cell.ok) {
    try {
      // The one place where foreign code is run. Called by another name, `eval` evaluates globally: the code sees its
      // parameters, and nothing of this file.
      const start = evaluate(`${cell.source}\n//# sourceURL=${codeName}`) as (...values: unknown[]) => Promise<unknown>;
      const value = await start(...Object.values(scope));
      if (value !== undefined) display(value);
    } catch (error) {
      problem = problemOf(error, cell.firstLine);
    }
  } else {
    problem = cell.problem;
  }
  say({type: "done", outputs, problem});
}

/** A console that writes into the page, as far as the limit of lines allows. */
function lines(): Record<string, (...values: unknown[]) => void> {
  let written = 0;
  const write = (...values: unknown[]) => {
    if (++written > limits.lines) return;
    const text = values.map((v) => (typeof v === "string" ? v : inspect(v, limits.lineLength))).join(" ");
    say({
      type: "line",
      text: written === limits.lines ? "(further lines are left out)" : text.slice(0, limits.lineLength)
    });
  };
  return {log: write, info: write, debug: write, warn: write, error: write, table: write};
}

/** What was thrown, which may be anything, and the line of the cell it came from. */
function problemOf(error: unknown, firstLine: number): CodeProblem {
  try {
    if (!(error instanceof Error)) {
      return {message: `The code threw ${inspect(error, 300)}, which is not an error.`, line: null, column: null};
    }
    // “at cell.js:3:5”, or “@cell.js:3:5” in other browsers.
    const place = /cell\.js:(\d+):(\d+)/.exec(String(error.stack));
    const line = place ? Number(place[1]) - firstLine + 1 : null;
    return {
      message: `${error.name}: ${error.message}`,
      line: line !== null && line > 0 ? line : null,
      column: place ? Number(place[2]) : null
    };
  } catch {
    return {message: "The code threw something that cannot be shown.", line: null, column: null};
  }
}

function namesOf(scope: Readonly<Record<string, unknown>>): ScopeNames {
  const tables = Object.entries(scope).filter(
    (entry): entry is [string, aq.ColumnTable] => entry[1] instanceof aq.ColumnTable
  );
  return {
    globals: [...Object.keys(scope), "display"],
    members: {aq: Object.keys(aq), Plot: Object.keys(Plot), op: Object.keys(aq.op), table: methods(tables[0]?.[1])},
    columns: Object.fromEntries(tables.map(([name, table]) => [name, table.columnNames()]))
  };
}

/** The methods of an object, inherited ones too. */
function methods(value: object | undefined): string[] {
  const names = new Set<string>();
  for (let p: unknown = value; typeof p === "object" && p !== null && p !== Object.prototype; ) {
    for (const name of Object.getOwnPropertyNames(p)) {
      if (!/^_|^constructor$/.test(name) && typeof (value as Record<string, unknown>)[name] === "function") {
        names.add(name);
      }
    }
    p = Object.getPrototypeOf(p);
  }
  return [...names].sort();
}
