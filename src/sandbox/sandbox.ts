import {limits} from "./limits.js";
import type {DataFile, EndReason, FromFrame, FromWorker, Outcome, ScopeNames, Task, ToFrame} from "./messages.js";
import {readFromWorker} from "./messages.js";

/** What came of a run. */
export interface RunResult extends Outcome {
  /** Why the run was ended before its own end: see {@link EndReason}; `start` when the sandbox cannot be started. */
  readonly ended: EndReason | "start" | "replaced" | null;
  /** How long the code ran, in seconds. */
  readonly seconds: number;
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
  /** The run that is under way: what hears what is said of it, and what ends it. */
  private running: {id: number; hear: (said: FromWorker) => void; finish: (result: Partial<RunResult>) => void} | null =
    null;
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
    const {element, port} = this.frame ?? this.open();
    const id = ++this.runs;
    return new Promise((resolve) => {
      let started: number | null = null;
      const finish = (result: Partial<RunResult>) => {
        if (this.running?.id !== id) return;
        clearTimeout(timer);
        this.running = null;
        // The frame ends what it can; one that does not answer any more is taken away with all that runs in it.
        if (result.ended === "start" || result.ended === "broken") {
          port.close();
          element.remove();
          this.frame = null;
        } else port.postMessage({type: "stop", run: id} satisfies ToFrame);
        const seconds = started === null ? 0 : (performance.now() - started) / 1000;
        resolve({outputs: [], further: [], problem: null, ended: null, seconds, ...result});
      };
      let timer = setTimeout(() => finish({ended: "start"}), limits.start);
      const hear = (said: FromWorker) => {
        // Names are told before foreign code begins; what says so later is not the worker’s own program.
        if (said.type === "ready" && started === null) this.resolveNames(said.names);
        else if (said.type === "started" && started === null) {
          started = performance.now();
          clearTimeout(timer);
          // The frame keeps the time. When it too has stopped answering, so much memory was taken that its process is gone.
          timer = setTimeout(() => finish({ended: "broken"}), limits.time + 3_000);
        } else if (said.type === "line") onLine(said.text);
        else if (said.type === "done") finish(said);
      };
      this.running = {id, hear, finish};
      port.postMessage({type: "run", run: id, task} satisfies ToFrame);
    });
  }

  private open(): ForeignFrame {
    const message: ToFrame = {type: "open", files: this.files};
    this.frame = foreignFrame(this.url, "Sandbox", () => message);
    this.frame.element.hidden = true;
    this.frame.port.onmessage = ({data}: MessageEvent<FromFrame>) => {
      const running = this.running?.id === data.run ? this.running : null;
      if (data.type === "ended") return running?.finish({ended: data.reason});
      // A worker that waits for a run has the number 0.
      const said = running || data.run === 0 ? readFromWorker(data.text) : null;
      if (said && running) running.hear(said);
      else if (said?.type === "ready") this.resolveNames(said.names);
    };
    document.body.append(this.frame.element);
    return this.frame;
  }
}
