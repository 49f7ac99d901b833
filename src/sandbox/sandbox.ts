import type {CodeProblem} from "./cell-code.js";
import {limits} from "./limits.js";
import {
  type DataFile,
  type EndReason,
  type FromFrame,
  readFromWorker,
  type ScopeNames,
  type Task,
  type ToFrame
} from "./messages.js";
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
  readonly finish: (result: Omit<RunResult, "seconds">) => void;
  timer: ReturnType<typeof setTimeout>;
  started: number | null;
}

/**
 * Runs foreign code apart from the page: in a worker, inside a frame that has no origin and may load nothing. See
 * docs/threat-model.md. One run at a time; a new one ends the one before.
 */
export class Sandbox {
  private frame: {element: HTMLIFrameElement; port: MessagePort} | null = null;
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
    this.running?.finish({outputs: [], further: [], problem: null, ended: "replaced"});
    const frame = this.frame ?? this.open();
    return new Promise((resolve) => {
      const id = ++this.runs;
      const finish = (result: Omit<RunResult, "seconds">) => {
        if (this.running !== run) return;
        clearTimeout(run.timer);
        this.running = null;
        // The frame ends what it can; one that does not answer any more is taken away with all that runs in it.
        if (result.ended === "start" || result.ended === "broken") this.close();
        else frame.port.postMessage({type: "stop", run: id} satisfies ToFrame);
        resolve({...result, seconds: run.started === null ? 0 : (performance.now() - run.started) / 1000});
      };
      const timer = setTimeout(() => finish({outputs: [], further: [], problem: null, ended: "start"}), limits.start);
      const run: Run = {id, onLine, finish, timer, started: null};
      this.running = run;
      frame.port.postMessage({type: "run", run: id, task} satisfies ToFrame);
    });
  }

  private open(): {element: HTMLIFrameElement; port: MessagePort} {
    const element = document.createElement("iframe");
    // Scripts and nothing else: no origin of its own, no forms, no windows, no way to lead the page elsewhere.
    element.setAttribute("sandbox", "allow-scripts");
    element.referrerPolicy = "no-referrer";
    element.title = "Sandbox";
    element.hidden = true;
    element.src = this.url;
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}: MessageEvent<FromFrame>) => this.hear(data);
    element.addEventListener(
      "load",
      () => {
        const message: ToFrame = {type: "open", files: this.files};
        // A document without an origin cannot be addressed by it. Nothing secret is sent: the data is published.
        element.contentWindow?.postMessage(message, "*", [port2]);
      },
      {once: true}
    );
    document.body.append(element);
    this.frame = {element, port: port1};
    return this.frame;
  }

  private close(): void {
    this.frame?.port.close();
    this.frame?.element.remove();
    this.frame = null;
  }

  private hear(message: FromFrame): void {
    const {running} = this;
    const own = running?.id === message.run;
    if (message.type === "ended") {
      if (own) running.finish({outputs: [], further: [], problem: null, ended: message.reason});
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
      running.timer = setTimeout(
        () => running.finish({outputs: [], further: [], problem: null, ended: "broken"}),
        limits.time + 3_000
      );
    } else if (said.type === "line") {
      running.onLine(said.text);
    } else if (said.type === "done") {
      running.finish({outputs: said.outputs, further: said.further, problem: said.problem, ended: null});
    }
  }
}
