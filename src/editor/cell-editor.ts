import {element, html} from "../components/html.js";
import {currentLanguage} from "../components/language.js";
import {commonFiles, mentionedFiles, namesOnMention, sandboxUrl, sitePath} from "../sandbox/files.js";
import {limits} from "../sandbox/limits.js";
import {type Companions, companions, wholeCode} from "../sandbox/page-cells.js";
import {type RunResult, Sandbox} from "../sandbox/sandbox.js";
import type {ReportEntries} from "../tables/labels.js";
import {encodeCode} from "./code-link.js";
import {codeView} from "./code-view.js";
import type {Vocabulary} from "./completion.js";
import {resultElement} from "./result.js";

/** An open editor: its parts in order, and what pages do with it. */
export interface CellEditor {
  readonly nodes: readonly HTMLElement[];
  readonly focus: () => void;
  /** Puts other code in, which is not run. */
  readonly setCode: (code: string) => void;
  readonly code: () => string;
  /** Says something to the reader, aloud too. */
  readonly say: (text: string) => void;
}

/** One sandbox serves all cells of a page; it is opened with the first editor. */
let opened: Promise<{sandbox: Sandbox; vocabulary: Vocabulary}> | null = null;

async function openSandbox(): Promise<{sandbox: Sandbox; vocabulary: Vocabulary}> {
  const files = await commonFiles();
  const sandbox = new Sandbox(sandboxUrl(), files);
  const bytes = files.find((file) => file.name === "report")?.bytes;
  const report = JSON.parse(new TextDecoder().decode(bytes)) as ReportEntries;
  const vocabulary = {report, names: {globals: namesOnMention(report), members: {}, columns: {}}};
  const result = {sandbox, vocabulary};
  void sandbox.names.then((names) => {
    result.vocabulary = {report, names: {...names, globals: [...names.globals, ...namesOnMention(report)]}};
  });
  return result;
}

/** Where the playground is, with code to start from. */
export async function playgroundLink(code: string): Promise<string> {
  const page = sitePath("playground.html");
  return code === "" ? page : `${page}#code=${await encodeCode(code)}`;
}

let editors = 0;

/**
 * The editor of a cell, with its buttons. Results go into `results`, in the place of the `original` ones; “Reset”
 * brings these and the code back.
 */
export function cellEditor({
  code,
  title,
  results,
  original = [],
  others = [],
  onClose = null,
  playground = false
}: {
  readonly code: string;
  readonly title: string;
  readonly results: HTMLElement;
  readonly original?: readonly Node[];
  /** The other cells of the page, for a cell that is one of them. */
  readonly others?: readonly string[];
  /** What “Close” does; without it there is no such button. */
  readonly onClose?: (() => void) | null;
  /** In the playground itself, where there is nothing to reset to, and a link to copy instead of one to follow. */
  readonly playground?: boolean;
}): CellEditor {
  const help = `cell-help-${++editors}`;
  const key = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "Cmd" : "Ctrl";
  const buttons = element(html`<p class="buttons">
    <button type="button" name="run">Run</button>
    <button type="button" name="reset">${playground ? "Clear" : "Reset"}</button>
    <button type="button" name="copy">Copy</button>
    ${playground ? html`<button type="button" name="link">Copy link</button>` : html`<a href="#">Open in the playground</a>`}
    ${onClose ? html`<button type="button" name="close">Close</button>` : null}
  </p>`);
  const status = element(html`<p class="status" role="status" aria-live="polite"></p>`);
  const keys = element(html`<p class="help" id="${help}"><kbd>${key}</kbd> + <kbd>Enter</kbd> runs the code.
    <kbd>Tab</kbd> indents; <kbd>Esc</kbd> and then <kbd>Tab</kbd> leaves the editor. The code runs apart from this page,
    for ${limits.time / 1000} seconds at most.</p>`);
  const say = (text: string) => {
    status.textContent = text;
  };

  opened ??= openSandbox();
  let vocabulary: () => Vocabulary | null = () => null;
  opened.then(
    (ready) => {
      vocabulary = () => ready.vocabulary;
    },
    (error: unknown) => {
      // The next editor, or the next run, tries again.
      opened = null;
      say(`The sandbox could not be opened: ${String(error)}`);
    }
  );

  const link = buttons.querySelector("a");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const updateLink = async () => {
    if (link) link.href = await playgroundLink(wholeCode(view.code(), companions(view.code(), others)));
  };
  const view = codeView({
    code,
    label: title,
    describedBy: help,
    vocabulary: () => vocabulary(),
    onRun: () => void run(),
    onChange: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void updateLink(), 100);
    }
  });
  void updateLink();

  async function run(): Promise<void> {
    const given = view.code();
    say("Running …");
    view.mark(null);
    const lines = element(html`<pre class="lines" tabindex="0" aria-label="What the code wrote"></pre>`);
    const write = (line: string) => {
      if (!lines.isConnected) results.replaceChildren(lines);
      lines.append(`${line}\n`);
    };
    try {
      opened ??= openSandbox();
      const {before, after}: Companions = companions(given, others);
      const [{sandbox}, files] = await Promise.all([opened, mentionedFiles([...before, given, ...after].join("\n"))]);
      // Drawings are as wide as they will be shown, and no wider than on a page.
      const width = Math.min(640, Math.max(320, results.clientWidth || 640));
      const result = await sandbox.run({code: given, files, before, after, language: currentLanguage(), width}, write);
      if (result.ended === "replaced") return say("Stopped: other code was run.");
      results.replaceChildren(...(lines.textContent === "" ? [] : [lines]), ...result.outputs.map(resultElement));
      if (result.further.length > 0) {
        results.append(
          element(html`<p class="further">What follows from it further down the page:</p>`),
          ...result.further.map(resultElement)
        );
      }
      if (result.problem && view.code() === given) view.mark(result.problem);
      const text = outcome(result);
      if (result.problem || result.ended) results.append(element(html`<p class="problem">${text}</p>`));
      say(text);
    } catch (error) {
      say(`The code could not be run: ${String(error)}`);
    }
  }

  const press = (name: string, action: () => unknown) =>
    buttons.querySelector(`[name=${name}]`)?.addEventListener("click", action);
  press("run", run);
  press("reset", () => {
    view.setCode(playground ? "" : code);
    view.mark(null);
    results.replaceChildren(...original);
    say(playground ? "Cleared." : "The code is as it was.");
  });
  press("copy", () => copy(view.code(), "The code", say));
  press("close", () => {
    clearTimeout(timer);
    onClose?.();
  });
  press("link", async () => copy(await playgroundLink(view.code()), "A link to this code", say));

  return {nodes: [view.dom, keys, buttons, status], focus: view.focus, setCode: view.setCode, code: view.code, say};
}

async function copy(text: string, what: string, say: (text: string) => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} was copied.`);
  } catch {
    say(`${what} could not be copied: the browser does not allow it here.`);
  }
}

/** What came of a run, in a sentence. */
export function outcome({problem, ended, outputs, further, seconds}: RunResult): string {
  const afterwards = "The page and your code are as they were; change it and run it again.";
  switch (ended) {
    case "time":
      return `Stopped: the code had not come to its end after ${limits.time / 1000} seconds. Does a loop run for ever? ${afterwards}`;
    case "flood":
      return `Stopped: the code sent more than can be shown. ${afterwards}`;
    case "broken":
      return `Stopped: the code broke its process, most likely by using more memory than there is. ${afterwards}`;
    case "start":
      return "The sandbox did not start. It needs a browser with workers, and the file sandbox.html beside this page.";
    case "replaced":
      return "Stopped: other code was run.";
    case null:
      if (problem) return `${problem.line === null ? "" : `Line ${problem.line}: `}${problem.message}`;
      return outputs.length + further.length === 0
        ? `Done in ${seconds.toFixed(1)} s. There is nothing to show: end with an expression, or call display(…).`
        : `Done in ${seconds.toFixed(1)} s.`;
  }
}
