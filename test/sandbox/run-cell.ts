import {Worker} from "node:worker_threads";
import {workerProgram} from "../../data-loaders/publish/sandbox.js";
import {root} from "../../scripts/paths.js";
import {type DataFile, type FromWorker, readFromWorker, type Task} from "../../src/sandbox/messages.js";

let program: Promise<string> | undefined;

/** What comes of a task in the sandbox’s own worker program, run by Node: what it says at its end, and its lines. */
export async function runTask(
  task: Partial<Task> & {readonly code: string},
  common: readonly DataFile[] = []
): Promise<Extract<FromWorker, {type: "done"}> & {lines: readonly string[]}> {
  program ??= workerProgram(root);
  const worker = new Worker(
    `const {parentPort} = require("node:worker_threads");
    globalThis.self = globalThis;
    self.postMessage = (text) => parentPort.postMessage(text);
    parentPort.on("message", (data) => self.onmessage({data}));
    ${await program}`,
    {eval: true}
  );
  try {
    return await new Promise((resolve, reject) => {
      const lines: string[] = [];
      worker.on("error", reject);
      worker.on("message", (text: string) => {
        const said = readFromWorker(text);
        if (said?.type === "ready") {
          worker.postMessage({files: [], before: [], after: [], language: "en", width: 640, ...task} satisfies Task);
        } else if (said?.type === "line") lines.push(said.text);
        else if (said?.type === "done") resolve({...said, lines});
      });
      worker.postMessage(common);
    });
  } finally {
    await worker.terminate();
  }
}
