import "./dom.js";
// What cells may import, put together when the sandbox is built.
import {modules as siteModules} from "sandbox:modules";
import * as Plot from "@observablehq/plot";
import * as aq from "arquero";
import {type ChapterFiles, chapterOf} from "../components/chapter.js";
import {readTable} from "../components/data.js";
import {type CellCode, type CodeProblem, cellCode, type Helper, helper} from "./cell-code.js";
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
  const attached = new Map(files.flatMap((file) => (file.format === "attached" ? [[file.name, file.bytes]] : [])));
  return {
    language,
    width,
    invalidation: new Promise(() => {}),
    // A control stays as it is; what it holds at first is its value.
    view: (control: {readonly value?: unknown}) => control.value,
    FileAttachment: (name: unknown) => {
      const path = String(name).replace(/^\.\//, "");
      const bytes = attached.get(path);
      if (!bytes) throw new Error(`There is no file “${path}” here: only the published files under data/ can be read.`);
      const text = () => new TextDecoder().decode(bytes);
      return {
        name: path,
        arrayBuffer: () => Promise.resolve(bytes.slice(0)),
        text: () => Promise.resolve(text()),
        json: () => Promise.resolve(JSON.parse(text()) as unknown)
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
  return Object.fromEntries(
    files.flatMap(({name, format, bytes}) => {
      if (format === "attached") return [];
      return [[name, format === "arrow" ? readTable(bytes) : (JSON.parse(new TextDecoder().decode(bytes)) as unknown)]];
    })
  );
}

async function run({code, before, after}: Task, data: Readonly<Record<string, unknown>>): Promise<void> {
  const outputs: Output[] = [];
  const further: Output[] = [];
  let problem: CodeProblem | null = null;
  const into = (list: Output[]) => (value: unknown) => {
    if (list.length < limits.outputs) list.push(describe(value));
    return value;
  };
  const display = into(outputs);
  const help: Helper = {
    hide: (value) => value,
    show: display,
    showAfter: into(further),
    showDeclared: (values) => {
      for (const [name, value] of Object.entries(values)) {
        if (typeof value === "function" || outputs.length >= limits.outputs) continue;
        const output = describe(value);
        outputs.push({...output, note: output.note === "" ? name : `${name}: ${output.note}`});
      }
    },
    imported
  };
  const scope = {...data, display, console: lines(), [helper]: help};
  const cell = cellCode(code, Object.keys(scope), {before, after});
  say({type: "started"});
  if (cell.ok) {
    try {
      // The one place where foreign code is run. Called by another name, `eval` evaluates globally: the code sees its
      // parameters, and nothing of this file.
      const start = evaluate(`${cell.source}\n//# sourceURL=${codeName}`) as (...values: unknown[]) => Promise<unknown>;
      const value = await start(...Object.values(scope));
      if (value !== undefined) display(value);
    } catch (error) {
      problem = problemOf(error, cell, code);
    }
  } else {
    problem = cell.problem;
  }
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
 * What was thrown, which may be anything, and the line of the cell it came from: where it was thrown, or where the cell
 * called what threw it. What another cell of the page threw by itself is said to be that cell’s.
 */
function problemOf(error: unknown, cell: CellCode & {ok: true}, code: string): CodeProblem {
  try {
    if (!(error instanceof Error)) {
      return {message: `The code threw ${inspect(error, 300)}, which is not an error.`, line: null, column: null};
    }
    const message = `${error.name}: ${error.message}`;
    // “at cell.js:3:5”, or “@cell.js:3:5” in other browsers.
    const places = [...String(error.stack).matchAll(/cell\.js:(\d+):(\d+)/g)].map(([, line, column]) => ({
      line: Number(line),
      column: Number(column)
    }));
    const end = cell.firstLine + code.split("\n").length;
    const own = places.find(({line}) => line >= cell.firstLine && line < end);
    if (own) return {message, line: own.line - cell.firstLine + 1, column: own.column};
    const other = cell.others.find(({from, to}) => places.some(({line}) => line >= from && line < to));
    if (!other) return {message, line: null, column: null};
    return {message: `In the page’s cell that begins “${other.begins}”: ${message}`, line: null, column: null};
  } catch {
    return {message: "The code threw something that cannot be shown.", line: null, column: null};
  }
}

function namesOf(scope: Readonly<Record<string, unknown>>): ScopeNames {
  const tables = Object.entries(scope).filter(
    (entry): entry is [string, aq.ColumnTable] => entry[1] instanceof aq.ColumnTable
  );
  return {
    globals: [...Object.keys(scope), "display", "FileAttachment", "language", "width"],
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
