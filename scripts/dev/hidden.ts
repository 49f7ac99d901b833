import {relative, resolve} from "node:path";
import {root} from "../paths.js";

/** Framework's cache, and the files that editors keep for themselves: beginning with a dot, ending in `~`. */
export function hidden(path: string): boolean {
  return /(^|[\\/])\.[^/\\]|~$|[\\/]4913$/.test(relative(root, resolve(root, path)));
}
