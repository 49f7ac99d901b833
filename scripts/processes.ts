import {readFileSync} from "node:fs";

/** Calls `end` once when this process is to stop: on a signal, and when npm, which started it, was killed outright. */
export function onStop(end: (signal: string) => void): void {
  let ended = false;
  const once = (signal: string) => {
    if (!ended) end(signal);
    ended = true;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => once(signal));
  const parents = parentsOf();
  setInterval(() => {
    if (parentsOf() !== parents) once("SIGTERM");
  }, 500).unref();
}

/** The id of this process's parent, and where that is npm's shell, of npm. */
function parentsOf(): string {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "latin1");
    const [, name = "", above = ""] = /^\d+ \((.*)\) \S (\d+) /.exec(stat) ?? [];
    const isShell = process.env.npm_lifecycle_event !== undefined && /^(ba|da)?sh$/.test(name);
    return isShell ? `${process.ppid} ${above}` : String(process.ppid);
  } catch {
    // Other systems have no such files.
    return String(process.ppid);
  }
}
