import {existsSync, readFileSync, statSync} from "node:fs";
import {parseArgs} from "node:util";
import {checkBlocks} from "../data-loaders/pasted/check.js";
import {type PastedOption, pastedHelp, pastedOptions, toReadOptions} from "../data-loaders/pasted/options.js";
import {readingJson, readPasted} from "../data-loaders/pasted/read.js";
import {showReading} from "../data-loaders/pasted/show.js";

const help = `npm run read-table -- <file> [options]

Shows how a table is understood as it was pasted: what its rows and columns are, what each number is, what was inferred,
and what does not agree. Nothing is written. The file may be .xlsx, or text with tabs, commas, semicolons or blanks
between its columns.

  --json           the reading as data, on the standard output alone

Where a guess is wrong:
${pastedHelp}

Exit code 1 if the file is no table that can be read; 2 if the command is not understood.`;

/** `npm run read-table`: see the help above. */
function main(): void {
  const names = Object.keys(pastedOptions) as PastedOption[];
  const options = Object.fromEntries(names.map((name) => [name, {type: "string"} as const]));
  const flags = {json: {type: "boolean"}, help: {type: "boolean", short: "h"}} as const;
  const {values, positionals} = parseArgs({options: {...options, ...flags}, allowPositionals: true});
  const [file = ""] = positionals;
  if (values.help || positionals.length !== 1) {
    console.log(help);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  try {
    if (!existsSync(file) || !statSync(file).isFile()) throw new Error(`There is no file “${file}”.`);
    const given: Readonly<Record<string, unknown>> = values;
    const text = (name: PastedOption) => (typeof given[name] === "string" ? given[name] : undefined);
    const reading = readPasted(
      new Uint8Array(readFileSync(file)),
      toReadOptions(Object.fromEntries(names.map((name) => [name, text(name)])))
    );
    const found = checkBlocks(reading.blocks, reading.weighted);
    console.log(values.json ? JSON.stringify(readingJson(reading, found), null, 1) : showReading(reading, found));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (values.json) console.log(JSON.stringify({blocks: [], notes: [], problems: [problem]}, null, 1));
    else console.error(problem);
    process.exitCode = 1;
  }
}

try {
  main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
  process.exitCode = 2;
}
