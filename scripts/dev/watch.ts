import fs, {readFileSync, statSync, utimesSync} from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {resolve} from "node:path";
import {watch} from "chokidar";
import {hidden} from "../saves.js";

/** Editors save in several steps; a file is read when it has been quiet for so many milliseconds. */
const quiet = 25;

type Listener = (event: "change") => void;

/**
 * Has Framework's preview follow files by their paths. Node's own watcher, which it uses one a file, loses a file once
 * another is moved into its place, and tells of files that are half written. Framework takes a file for unchanged whose
 * time is not later than before; one that was saved with an older time is touched.
 */
export function followByPath(folder: string): void {
  const listeners = new Map<string, Set<Listener>>();
  const known = new Map<string, {time: number; text: string}>();
  const waiting = new Map<string, NodeJS.Timeout>();

  const tell = (path: string) => {
    waiting.delete(path);
    const stat = statSync(path, {throwIfNoEntry: false});
    if (!stat?.isFile()) return;
    const before = known.get(path);
    const text = readFileSync(path, "latin1");
    if (before && text !== before.text && stat.mtimeMs <= before.time) {
      const now = new Date(Math.max(Date.now(), before.time + 1));
      utimesSync(path, now, now);
    }
    known.set(path, {time: statSync(path).mtimeMs, text});
    for (const listener of listeners.get(path) ?? []) listener("change");
  };

  const tellSoon = (path: string) => {
    clearTimeout(waiting.get(path));
    waiting.set(path, setTimeout(tell, quiet, path));
  };

  watch([folder, "observablehq.config.ts"], {ignoreInitial: true, ignored: hidden}).on("all", (event, file) => {
    if (listeners.has(resolve(file)) && ["add", "change"].includes(event)) tellSoon(resolve(file));
  });

  const {watch: watchInode} = fs;
  fs.watch = ((path: string, options: object, listener?: Listener) => {
    // The preview gives a listener and no options; whoever gives options is chokidar.
    if (typeof options !== "function") return watchInode(path, options, listener as never);
    const own = resolve(path);
    const others = listeners.get(own) ?? new Set();
    listeners.set(own, others.add(options as Listener));
    if (!known.has(own)) known.set(own, {time: statSync(own).mtimeMs, text: readFileSync(own, "latin1")});
    // The preview has read a page before it follows it; a save in between would never be shown.
    if (own.endsWith(".md")) tellSoon(own);
    return {close: () => others.delete(options as Listener)};
  }) as typeof fs.watch;
  syncBuiltinESMExports();
}
