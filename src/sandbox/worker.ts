import "./dom.js";
// What cells may import, put together when the sandbox is built.
import {modules as siteModules} from "sandbox:modules";
import * as Plot from "@observablehq/plot";
import * as aq from "arquero";
import {type ChapterFiles, chapterOf} from "../components/chapter.js";
import {readTable} from "../components/data.js";
import {type CodeProblem, cellCode, type Helper, helper} from "./cell-code.js";
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

self.onmessage = ({data: files}: MessageEvent<readonly DataFile[]>) => {
  const scope = {...exported, aq, Plot, op: aq.op, ...read(files)};
  self.onmessage = ({data: task}: MessageEvent<Task>) => {
    self.onmessage = null;
    const own = {...scope, ...read(task.files)};
    page = {files: chapterFiles(own), language: task.language};
    void run(task, {...own, ...surroundings(task)});
  };
  say({type: "ready", names: namesOf(scope)});
};

/** What the code that runs has of the page: set with each task. */
let page: {readonly files: Readonly<Record<string, unknown>>; readonly language: Task["language"]} | null = null;

/** The modules of the site as cells import them; of the notebook, what needs the page is made of what is here. */
const modules: typeof siteModules = {
  ...siteModules,
  "./notebook.js": {
    ...siteModules["./notebook.js"],
    chapter: () => page && chapterOf(page.files as unknown as ChapterFiles, page.language)
  }
};

/** All that modules export, side by side. Where two say the same name, that of src/tables counts. */
const exported: Record<string, unknown> = Object.assign({}, ...Object.values(modules).toReversed());

function imported(path: string): unknown {
  const module = modules[path];
  if (!module) throw new Error(`There is no module “${path}” for cells; nothing has to be imported.`);
  return module;
}

/** What Framework gives to the cells of a page, as far as it makes sense here. */
function surroundings({files, language, width}: Task): Record<string, unknown> {
  document.documentElement.dataset.labels = language;
  return {
    language,
    width,
    invalidation: new Promise(() => {}),
    // A control stays as it is; what it holds at first is its value.
    view: (control: {readonly value?: unknown}) => control.value,
    FileAttachment: (path: unknown) => {
      const name = String(path).replace(/^\.\//, "");
      const bytes = files.find((file) => file.format === "attached" && file.name === name)?.bytes;
      if (!bytes) throw new Error(`There is no file “${name}” here: only the published files under data/ can be read.`);
      const copy = () => new Response(bytes);
      return {
        name,
        arrayBuffer: () => copy().arrayBuffer(),
        text: () => copy().text(),
        json: () => copy().json()
      };
    },
    // A value that changes on a page is the one that it has now.
    Generators: {
      observe: (start: (tell: (value: unknown) => void) => unknown) => {
        let now: unknown;
        start((value) => {
          now = value;
        });
        return now;
      }
    }
  };
}

/** The files that are here as chapters have them: registers as rows. */
function chapterFiles(files: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rows = Object.entries(files).flatMap(([name, table]) =>
    ["claims", "tests", "checks"].includes(name) && table instanceof aq.ColumnTable
      ? [[name, table.objects({limit: Number.POSITIVE_INFINITY})]]
      : []
  );
  return {...files, codebook: files.report, ...Object.fromEntries(rows)};
}

function read(files: readonly DataFile[]): Record<string, unknown> {
  const named = files.filter(({format}) => format !== "attached");
  return Object.fromEntries(
    named.map(({name, format, bytes}) => [
      name,
      format === "arrow" ? readTable(bytes) : (JSON.parse(new TextDecoder().decode(bytes)) as unknown)
    ])
  );
}

async function run({code, before, after}: Task, data: Readonly<Record<string, unknown>>): Promise<void> {
  const outputs: Output[] = [];
  const further: Output[] = [];
  const showIn = (list: Output[]) => (value: unknown) => {
    if (list.length < limits.outputs) list.push(describe(value));
    return value;
  };
  const show = showIn(outputs);
  const scope: Record<string, unknown> = {...data, console: lines(), display: show};
  /** Runs a cell, and leaves in scope what it declares. Gives what went wrong. */
  const runCell = async (
    text: string,
    display: (value: unknown) => unknown,
    isEdited = false
  ): Promise<CodeProblem | null> => {
    const help: Helper = {value: (value) => value === undefined || display(value), imported};
    const cell = cellCode(text, [...Object.keys(scope), helper]);
    if (!cell.ok) return cell.problem;
    try {
      // The one place where foreign code is run. Called by another name, `eval` evaluates globally: the code sees its
      // parameters, and nothing of this file. The name is that of its lines in an error’s stack.
      const source = `${cell.source}\n//# sourceURL=${isEdited ? "cell" : "other"}.js`;
      const start = evaluate(source) as (scope: object) => Promise<Record<string, unknown>>;
      const declared = await start({...scope, display, [helper]: help});
      Object.assign(scope, declared);
      // A cell that declares names and shows nothing by itself, and from which nothing follows, shows what it declares.
      if (!isEdited || cell.shows || after.length > 0 || outputs.length > 0) return null;
      for (const [name, value] of Object.entries(declared)) {
        if (typeof value === "function" || outputs.length >= limits.outputs) continue;
        const output = describe(value);
        outputs.push({...output, note: output.note === "" ? name : `${name}: ${output.note}`});
      }
      return null;
    } catch (error) {
      return problemOf(error, isEdited ? null : text);
    }
  };
  say({type: "started"});
  let problem = null;
  const hide = (value: unknown) => value;
  for (const text of before) problem ??= await runCell(text, hide);
  problem ??= await runCell(code, show, true);
  for (const text of after) problem ??= await runCell(text, showIn(further));
  say({type: "done", outputs, further, problem});
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

/**
 * What was thrown, which may be anything, and the line of the edited cell it came from: where it was thrown, or where the
 * cell called what threw it. What another cell of the page threw by itself is said to be that cell’s.
 */
function problemOf(error: unknown, other: string | null): CodeProblem {
  const nowhere = (message: string) => ({message, line: null, column: null});
  try {
    if (!(error instanceof Error)) return nowhere(`The code threw ${inspect(error, 300)}, which is not an error.`);
    const message = `${error.name}: ${error.message}`;
    // “at cell.js:3:5”, or “@cell.js:3:5” in other browsers. A cell’s first line is its source’s second.
    const [, line, column] = (/\bcell\.js:(\d+):(\d+)/.exec(String(error.stack)) ?? []).map(Number);
    if (line && column) return {message, line: line - 1, column};
    const [begins] = other?.trim().split("\n", 1) ?? [];
    return nowhere(begins === undefined ? message : `In the page’s cell that begins “${begins}”: ${message}`);
  } catch {
    return nowhere("The code threw something that cannot be shown.");
  }
}

function namesOf(scope: Readonly<Record<string, unknown>>): ScopeNames {
  const columns = Object.entries(scope).flatMap(([name, value]) =>
    value instanceof aq.ColumnTable ? [[name, value.columnNames()] as const] : []
  );
  const methods = [aq.Table, aq.ColumnTable].flatMap(({prototype}) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, {value}]) =>
      typeof value === "function" && !/^_|^constructor$/.test(name) ? [name] : []
    )
  );
  const table = [...new Set(methods)].sort();
  return {
    globals: [...Object.keys(scope), "display", "FileAttachment", "language", "width"],
    members: {aq: Object.keys(aq), Plot: Object.keys(Plot), op: Object.keys(aq.op), table},
    columns: Object.fromEntries(columns)
  };
}
