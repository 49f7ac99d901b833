import {parseArgs} from "node:util";
import {fill} from "./fill.js";

/** What was typed after a command's name. */
export interface Typed {
  readonly words: readonly string[];
  readonly texts: Readonly<Partial<Record<string, string>>>;
  readonly flags: ReadonlySet<string>;
}

/**
 * Runs a command that takes options with a text, and flags; help/<name>.txt says what they are, with `lists` for what
 * stands there as `%name%`. `run` gives the exit code; null, as for what is no option, prints the help and ends with
 * code 2.
 */
export async function command(
  name: string,
  {texts, flags, lists = {}}: {texts: readonly string[]; flags: readonly string[]; lists?: Record<string, string>},
  run: (typed: Typed) => Promise<number | null> | number | null
): Promise<void> {
  const help = fill(`help/${name}.txt`, lists).trimEnd();
  const options = Object.fromEntries([
    ["help", {type: "boolean", short: "h"} as const],
    ...texts.map((name) => [name, {type: "string"} as const] as const),
    ...flags.map((name) => [name, {type: "boolean"} as const] as const)
  ]);
  try {
    const {values, positionals: words} = parseArgs({options, allowPositionals: true});
    const given = new Map(Object.entries(values));
    const typed = Object.fromEntries(
      texts.flatMap((name) => (given.has(name) ? [[name, String(given.get(name))]] : []))
    );
    const code = given.has("help") ? null : await run({words, texts: typed, flags: new Set(given.keys())});
    if (code === null) console.log(help);
    process.exitCode = code ?? (given.has("help") ? 0 : 2);
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error)) throw error;
    console.error(`${error.message}\n\n${help}`);
    process.exitCode = 2;
  }
}
