import type {CodeProblem} from "./cell-code.js";
import {limits} from "./limits.js";
import type {DataFile, EndReason, FromFrame, ScopeNames, Task, ToFrame} from "./messages.js";
import {readFromWorker} from "./messages.js";
import type {Output} from "./output.js";

/** What came of a run. */
export interface RunResult {
  readonly outputs: readonly Output[];
  /** What other cells of the page show after the edited one. */
  readonly further: readonly Output[];
  /** What was thrown, or what keeps the code from running. */
  readonly problem: CodeProblem | null;
  /** Why the run was ended before its own end: see {@link EndReason}; `start` when the sandbox cannot be started. */
  readonly ended: EndReason | "start" | "replaced" | null;
  /** How long the code ran, in seconds. */
  readonly seconds: number;
}

interface Run {
  readonly id: number;
  readonly onLine: (line: string) => void;
  readonly finish: (result: Partial<RunResult>) => void;
  timer: ReturnType<typeof setTimeout>;
  started: number | null;
}

/** A frame without an origin, and what it is spoken to by. */
export interface ForeignFrame {
  readonly element: HTMLIFrameElement;
  readonly port: MessagePort;
}

/** A frame that may run scripts and do nothing else: it has no origin, no forms, no windows, and leads nowhere. */
export function foreignFrame(url: string, title: string, first: () => unknown): ForeignFrame {
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.referrerPolicy = "no-referrer";
  element.title = title;
  element.src = url;
  const {port1: port, port2} = new MessageChannel();
  // A document without an origin cannot be addressed by it. Nothing secret is sent: the data is published.
  const open = () => element.contentWindow?.postMessage(first(), "*", [port2]);
  element.addEventListener("load", open, {once: true});
  return {element, port};
}

/**
 * Runs foreign code apart from the page: in a worker, inside a frame that has no origin and may load nothing. See
 * docs/threat-model.md. One run at a time; a new one ends the one before.
 */
export class Sandbox {
  private frame: ForeignFrame | null = null;
  private runs = 0;
  private running: Run | null = null;
  private resolveNames: (names: ScopeNames) => void = () => {};
  /** The names that code finds, once a worker has told them. */
  readonly names = new Promise<ScopeNames>((resolve) => {
    this.resolveNames = resolve;
  });

  /** `url` is where the sandbox’s document is; `files` is the data that every run has. */
  constructor(
    private readonly url: string,
    private readonly files: readonly DataFile[]
  ) {
    this.open();
  }

  /** Runs code, with the files and cells it needs. `onLine` gets each line that it writes to the console. */
  run(task: Task, onLine: (line: string) => void): Promise<RunResult> {
    this.running?.finish({ended: "replaced"});
    const frame = this.frame ?? this.open();
    return new Promise((resolve) => {
      const id = ++this.runs;
      const finish = (result: Partial<RunResult>) => {
        if (this.running !== run) return;
        clearTimeout(run.timer);
        this.running = null;
        // The frame ends what it can; one that does not answer any more is taken away with all that runs in it.
        if (result.ended === "start" || result.ended === "broken") {
          frame.port.close();
          frame.element.remove();
          this.frame = null;
        } else frame.port.postMessage({type: "stop", run: id} satisfies ToFrame);
        const seconds = run.started === null ? 0 : (performance.now() - run.started) / 1000;
        resolve({outputs: [], further: [], problem: null, ended: null, seconds, ...result});
      };
      const timer = setTimeout(() => finish({ended: "start"}), limits.start);
      const run: Run = {id, onLine, finish, timer, started: null};
      this.running = run;
      frame.port.postMessage({type: "run", run: id, task} satisfies ToFrame);
    });
  }

  private open(): ForeignFrame {
    const message: ToFrame = {type: "open", files: this.files};
    this.frame = foreignFrame(this.url, "Sandbox", () => message);
    this.frame.element.hidden = true;
    this.frame.port.onmessage = ({data}: MessageEvent<FromFrame>) => this.hear(data);
    document.body.append(this.frame.element);
    return this.frame;
  }

  private hear(message: FromFrame): void {
    const {running} = this;
    const own = running?.id === message.run;
    if (message.type === "ended") {
      if (own) running.finish({ended: message.reason});
      return;
    }
    if (!own && message.run !== 0) return;
    const said = readFromWorker(message.text);
    // Names are told before foreign code begins; what says so later is not the worker’s own program.
    if (said?.type === "ready" && (!own || running.started === null)) this.resolveNames(said.names);
    if (!own || said === null) return;
    if (said.type === "started" && running.started === null) {
      running.started = performance.now();
      clearTimeout(running.timer);
      // The frame keeps the time. When it too has stopped answering, so much memory was taken that its process is gone.
      running.timer = setTimeout(() => running.finish({ended: "broken"}), limits.time + 3_000);
    } else if (said.type === "line") running.onLine(said.text);
    else if (said.type === "done") {
      running.finish({outputs: said.outputs, further: said.further, problem: said.problem});
    }
  }
}
