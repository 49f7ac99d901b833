import {execFileSync, spawn} from "node:child_process";
import {EventEmitter, once} from "node:events";
import {cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {root} from "../paths.js";

/** A copy of the project that a test may change: its own files, and this checkout's packages behind a link. */
export function copyProject(): {folder: string; remove: () => void} {
  const folder = mkdtempSync(join(tmpdir(), "recomputed-"));
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", list, {cwd: root, encoding: "utf8"}).split("\0").filter(Boolean);
  for (const file of files) {
    // A file that was deleted and not yet committed is still in git's list.
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(folder, file)), {recursive: true});
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  return {folder, remove: () => rmSync(folder, {recursive: true, force: true, maxRetries: 5})};
}

/** `npm run dev`, running. */
export interface Dev {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** All that it has said. */
  readonly log: () => string;
  /** Waits until it has said something, after so many characters of its log. */
  readonly said: (pattern: RegExp, after?: number) => Promise<void>;
  /** Waits until all is done that saves which it has heard of ask for. */
  readonly settled: () => Promise<void>;
}

/** How `npm run dev` ends what it says of a save; the preview may have begun the line with something else. */
export const endOfSave = "(done with published files|no published file is made)";

/** Starts `npm run dev` and waits until it answers. */
export async function startDev(folder: string): Promise<Dev> {
  const port = await freePort();
  // A group of its own, so that the preview and the loaders it runs end with it.
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/dev/dev.ts", "--port", String(port)], {
    cwd: folder,
    detached: true
  });
  let log = "";
  const heard = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      log += data;
      heard.emit("more");
    });
  }
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  void ended.then(() => heard.emit("more"));
  const said = async (pattern: RegExp, after = 0) => {
    while (!pattern.test(log.slice(after))) {
      if (child.exitCode !== null) throw new Error(`npm run dev ended before it said ${pattern}:\n${log}`);
      await once(heard, "more");
    }
  };
  const url = `http://127.0.0.1:${port}`;
  await said(new RegExp(`:${port}/`));
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    return ended;
  };
  const settled = () => said(new RegExp(` saved\\n(?![^]* saved\\n)[^]*${endOfSave}`));
  return {url, stop, log: () => log, said, settled};
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
