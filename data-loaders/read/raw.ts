import {readdirSync, readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";

/** The project's raw folder. */
export const rawFolder = fileURLToPath(new URL("../raw/", import.meta.url));

/** The bytes of every file in a raw folder, by name in alphabetical order. Hidden files are an editor's, not ours. */
export function readRawFolder(folder: string = rawFolder): Map<string, Uint8Array> {
  const names = readdirSync(folder).filter((name) => !name.startsWith(".") && !name.endsWith("~"));
  return new Map(names.sort().map((name) => [name, new Uint8Array(readFileSync(`${folder}/${name}`))]));
}
