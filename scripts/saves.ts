import {relative, resolve} from "node:path";
import {type ChokidarOptions, watch} from "chokidar";
import {root} from "./paths.js";

/** Framework's cache, and the files that editors keep for themselves: beginning with a dot, ending in `~`. */
export function hidden(path: string): boolean {
  return /(^|[\\/])\.[^/\\]|~$|[\\/]4913$/.test(relative(root, resolve(root, path)));
}

/** Calls `then` with the files that were saved once no more come: editors save in several steps. */
export function afterSaves(folders: string[], options: ChokidarOptions, then: (files: string[]) => void): void {
  const saved = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  watch(folders, {ignoreInitial: true, ...options}).on("all", (_event, file) => {
    saved.add(file.replaceAll("\\", "/"));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...saved];
      saved.clear();
      then(files);
    }, 50);
  });
}
