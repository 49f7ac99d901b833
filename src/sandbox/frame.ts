import {limits} from "./limits.js";
import type {DataFile, EndReason, FromFrame, Task, ToFrame} from "./messages.js";

/**
 * The script of the sandbox’s document (sandbox.html), between a page and the workers that run foreign code. It runs
 * none itself: it starts a worker for each run, ends it when it uses more than it may, and hands on what it says, as
 * text.
 *
 * It works only without an origin, as in an `<iframe sandbox="allow-scripts">`. Otherwise code would run with this
 * site’s origin, and with it the storage of whatever else is published there.
 */
function main(): void {
  if (self.origin !== "null") {
    document.body.textContent = "This file is a part of the editable cells of this site. It does nothing by itself.";
    return;
  }
  addEventListener("message", function open({source, data, ports: [port]}: MessageEvent<ToFrame>) {
    if (source !== window.parent || data.type !== "open" || !port) return;
    removeEventListener("message", open);
    serve(port, data.files);
  });
}

function serve(port: MessagePort, files: readonly DataFile[]): void {
  const program = JSON.parse(document.querySelector("#worker")?.textContent ?? '""') as string;
  const url = URL.createObjectURL(new Blob([program], {type: "text/javascript"}));
  const send = (message: FromFrame) => port.postMessage(message);
  let running: {run: number; end: (reason?: EndReason) => void} | null = null;

  /** Starts a worker, and gives what has it run code. What it says belongs to run 0 until then. */
  const prepare = () => {
    const worker = new Worker(url);
    let run = 0;
    let [messages, length] = [0, 0];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (reason?: EndReason) => {
      clearTimeout(timer);
      worker.onmessage = worker.onerror = null;
      worker.terminate();
      if (reason) send({type: "ended", run, reason});
      if (running?.run === run) running = null;
    };
    worker.onmessage = ({data}: MessageEvent<unknown>) => {
      if (typeof data === "string") length += data.length;
      if (typeof data !== "string" || length > limits.messageLength || ++messages > limits.messages)
        return end("flood");
      // The clock starts once the code does: how long a slow machine takes to start a worker is not the code’s fault.
      if (run > 0 && timer === undefined) timer = setTimeout(() => end("time"), limits.time);
      send({type: "said", run, text: data});
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end("broken");
    };
    worker.postMessage(files);
    return (given: number, task: Task) => {
      run = given;
      running = {run, end};
      worker.postMessage(task);
    };
  };

  // A worker that is ready and has seen no foreign code yet, so that a run need not wait for one.
  let begin = prepare();
  port.onmessage = ({data}: MessageEvent<ToFrame>) => {
    if (data.type === "run") {
      running?.end();
      begin(data.run, data.task);
      begin = prepare();
    } else if (data.type === "stop" && running?.run === data.run) running.end();
  };
}

main();
