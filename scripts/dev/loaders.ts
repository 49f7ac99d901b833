import {type ChildProcess, fork} from "node:child_process";
import {EventEmitter} from "node:events";
import {compile} from "../compile.js";
import {root} from "../paths.js";
import type {Answer, Message} from "./worker.js";

const notStarted = "The loaders could not be started; save again when mended.";

/** The process that makes published files (worker.ts), and those who wait for one. */
export class Loaders {
  private worker: ChildProcess | null = null;
  private busy = false;
  /** Tells of a file by its name what its bytes are; null when it cannot be made. */
  private readonly made = new EventEmitter().setMaxListeners(0);

  constructor(private readonly problems: string) {}

  /** Starts the process with the modules as they are now. What others wait for is asked of it again. */
  async start(): Promise<void> {
    const script = await compile("scripts/dev/worker.ts").catch(() => null);
    // The module that does not parse is named in the open page.
    if (script === null) return console.error(notStarted);
    this.stop();
    const env = {...process.env, NAV_PROBLEMS: this.problems};
    const child = fork(script, {cwd: root, serialization: "advanced", execArgv: ["--enable-source-maps"], env});
    this.worker = child;
    this.busy = false;
    child.on("message", (answer: Answer) => {
      if (child !== this.worker) return;
      if ("done" in answer) this.busy = false;
      else this.made.emit(answer.made, answer.bytes);
    });
    child.on("exit", (code) => {
      if (!code || child !== this.worker) return;
      this.worker = null;
      console.error(notStarted);
      for (const name of this.made.eventNames()) this.made.emit(name, null);
    });
    for (const name of this.made.eventNames()) this.send({make: String(name)});
  }

  /** The bytes of a published file; null when it cannot be made. */
  make(name: string): Promise<Uint8Array | null> {
    const isFirst = this.made.listenerCount(name) === 0;
    const bytes = new Promise<Uint8Array | null>((resolve) => this.made.once(name, resolve));
    if (this.worker === null) this.made.emit(name, null);
    else if (isFirst) this.send({make: name});
    return bytes;
  }

  /** Makes the files anew, if asked with modules as they are now; what is under way for an older save is ended. */
  async refresh(withNewModules: boolean): Promise<void> {
    if (withNewModules || this.busy || this.worker === null) await this.start();
    this.busy = true;
    this.send({refresh: true});
  }

  stop(): void {
    const {worker} = this;
    this.worker = null;
    worker?.kill("SIGKILL");
  }

  private send(message: Message): void {
    this.worker?.send(message);
  }
}
