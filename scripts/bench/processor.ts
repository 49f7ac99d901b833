import {readdirSync, readFileSync} from "node:fs";

/**
 * Processor seconds of this process and of all that it has started, whether they have ended or not. Linux tells them in
 * hundredths of a second; elsewhere it is those of this process alone.
 */
export function processorSeconds(): number {
  try {
    return ticks(process.pid) / 100;
  } catch {
    const {user, system} = process.cpuUsage();
    return (user + system) / 1e6;
  }
}

function ticks(id: number): number {
  const stat = readFileSync(`/proc/${id}/stat`, "latin1");
  // After the name, which may hold anything: time in the program and in the system, own and of children that have ended.
  const [user = 0, system = 0, ...ended] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 15)
    .map(Number);
  const alive = readdirSync(`/proc/${id}/task`).flatMap((thread) => childrenOf(id, thread));
  return [user, system, ...ended, ...alive.map(ticksOrNone)].reduce((sum, each) => sum + each, 0);
}

function childrenOf(id: number, thread: string): number[] {
  const text = readFileSync(`/proc/${id}/task/${thread}/children`, "latin1");
  return text.split(" ").filter(Boolean).map(Number);
}

/** A process may end while it is asked. */
function ticksOrNone(id: number): number {
  try {
    return ticks(id);
  } catch {
    return 0;
  }
}
