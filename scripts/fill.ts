import {readFileSync} from "node:fs";
import {join} from "node:path";
import {root} from "./paths.js";

/** The text of a file below `scripts`, with values in the place of `%names%`. */
export function fill(file: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(root, "scripts", file), "utf8");
  return text.replaceAll(/%(\w+)%/g, (whole, name: string) => values[name] ?? whole);
}
