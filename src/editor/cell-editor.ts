import {element, html} from "../components/html.js";
import {currentLanguage} from "../components/language.js";
import {commonFiles, mentionedFiles, namesOnMention, sandboxUrl, sitePath} from "../sandbox/files.js";
import {limits} from "../sandbox/limits.js";
import {companions, wholeCode} from "../sandbox/page-cells.js";
import {type RunResult, Sandbox} from "../sandbox/sandbox.js";
import type {ReportEntries} from "../tables/labels.js";
import {encodeCode} from "./code-link.js";
import {codeView} from "./code-view.js";
import type {Vocabulary} from "./completion.js";
import {resultElement} from "./result.js";

/** One sandbox serves all cells of a page; it is opened with the first editor, and completion learns its names. */
let opened: Promise<Sandbox> | null = null;
let vocabulary: Vocabulary | null = null;

async function openSandbox(): Promise<Sandbox> {
  const files = await commonFiles();
  const sandbox = new Sandbox(sandboxUrl(), files);
  const bytes = files.find((file) => file.name === "report")?.bytes;
  const report = JSON.parse(new TextDecoder().decode(bytes)) as ReportEntries;
  const globals = namesOnMention(report);
  vocabulary = {report, names: {globals, members: {}, columns: {}}};
  void sandbox.names.then((names) => {
    vocabulary = {report, names: {...names, globals: [...names.globals, ...globals]}};
  });
  return sandbox;
}

/** Where the playground is, with code to start from. */
async function playgroundLink(code: string): Promise<string> {
  const page = sitePath("playground.html");
  return code === "" ? page : `${page}#code=${await encodeCode(code)}`;
}

let editors = 0;

/**
 * The editor of a cell, with its buttons; what a run shows goes into `results`. With `onClose` it is that of a cell of
 * a page, whose other cells are `others`; without, the playground's, with nothing to go back to and a link to copy.
 *
 * Gives its parts in order; `setCode` puts other code in, which is not run; `say` says something to the reader, aloud
 * too.
 */
export function cellEditor({
  code,
  results,
  others = [],
  onClose
}: {
  readonly code: string;
  readonly results: HTMLElement;
  readonly others?: readonly string[];
  readonly onClose?: () => void;
}) {
  const help = `cell-help-${++editors}`;
  const key = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "Cmd" : "Ctrl";
  const buttons = element(html`<p class="buttons">
    <button type="button" name="run">Run</button>
    <button type="button" name="reset">${onClose ? "Reset" : "Clear"}</button>
    <button type="button" name="copy">Copy</button>
    ${
      onClose
        ? html`<a href="#">Open in the playground</a> <button type="button" name="close">Close</button>`
        : html`<button type="button" name="link">Copy link</button>`
    }
  </p>`);
  const status = element(html`<p class="status" role="status" aria-live="polite"></p>`);
  const keys = element(html`<p class="help" id="${help}"><kbd>${key}</kbd> + <kbd>Enter</kbd> runs the code.
    <kbd>Tab</kbd> indents; <kbd>Esc</kbd> and then <kbd>Tab</kbd> leaves the editor. The code runs apart from this page,
    for ${limits.time / 1000} seconds at most.</p>`);
  const say = (text: string) => status.replaceChildren(text);
  const ready = () => {
    opened ??= openSandbox();
    opened.catch((error: unknown) => {
      // The next editor, or the next run, tries again.
      opened = null;
      say(`The sandbox could not be opened: ${String(error)}`);
    });
    return opened;
  };
  void ready();

  const link = buttons.querySelector("a");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const updateLink = async () => {
    if (link) link.href = await playgroundLink(wholeCode(view.code(), companions(view.code(), others)));
  };
  const view = codeView({
    code,
    label: onClose ? "Code of this cell" : "Code",
    describedBy: help,
    vocabulary: () => vocabulary,
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
      const {before, after} = companions(given, others);
      const [sandbox, files] = await Promise.all([ready(), mentionedFiles([...before, given, ...after].join("\n"))]);
      // Drawings are as wide as they will be shown, and no wider than on a page.
      const width = Math.min(640, Math.max(320, results.clientWidth || 640));
      const result = await sandbox.run({code: given, files, before, after, language: currentLanguage(), width}, write);
      const text = outcome(result);
      say(text);
      if (result.ended === "replaced") return;
      results.replaceChildren(...(lines.textContent === "" ? [] : [lines]), ...result.outputs.map(resultElement));
      if (result.further.length > 0) {
        const heading = element(html`<p class="further">What follows from it further down the page:</p>`);
        results.append(heading, ...result.further.map(resultElement));
      }
      if (result.problem && view.code() === given) view.mark(result.problem);
      if (result.problem || result.ended) results.append(element(html`<p class="problem">${text}</p>`));
    } catch (error) {
      say(`The code could not be run: ${String(error)}`);
    }
  }

  async function copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} was copied.`);
    } catch {
      say(`${what} could not be copied: the browser does not allow it here.`);
    }
  }

  const actions: Readonly<Record<string, () => unknown>> = {
    run,
    reset: () => {
      view.setCode(code);
      view.mark(null);
      results.replaceChildren();
      say(onClose ? "The code is as it was." : "Cleared.");
    },
    copy: () => copy(view.code(), "The code"),
    close: () => {
      clearTimeout(timer);
      onClose?.();
    },
    link: async () => copy(await playgroundLink(view.code()), "A link to this code")
  };
  for (const button of buttons.querySelectorAll("button")) {
    button.addEventListener("click", () => void actions[button.name]?.());
  }
  return {nodes: [view.dom, keys, buttons, status], focus: view.focus, setCode: view.setCode, say};
}

const afterwards = "The page and your code are as they were; change it and run it again.";

/** Why a run did not come to its own end. */
const endings: Readonly<Record<NonNullable<RunResult["ended"]>, string>> = {
  time: `Stopped: the code had not come to its end after ${limits.time / 1000} seconds. Does a loop run for ever? ${afterwards}`,
  flood: `Stopped: the code sent more than can be shown. ${afterwards}`,
  broken: `Stopped: the code broke its process, most likely by using more memory than there is. ${afterwards}`,
  start: "The sandbox did not start. It needs a browser with workers, and the file sandbox.html beside this page.",
  replaced: "Stopped: other code was run."
};

/** What came of a run, in a sentence. */
function outcome({problem, ended, outputs, further, seconds}: RunResult): string {
  if (ended) return endings[ended];
  if (problem) return `${problem.line === null ? "" : `Line ${problem.line}: `}${problem.message}`;
  const isEmpty = outputs.length + further.length === 0;
  const hint = isEmpty ? " There is nothing to show: end with an expression, or call display(…)." : "";
  return `Done in ${seconds.toFixed(1)} s.${hint}`;
}
