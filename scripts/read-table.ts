import {existsSync, readFileSync, statSync} from "node:fs";
import {checkBlocks} from "../data-loaders/pasted/check.js";
import {pastedHelp, pastedOptions, toReadOptions} from "../data-loaders/pasted/options.js";
import {readingJson, readPasted} from "../data-loaders/pasted/read.js";
import {showReading} from "../data-loaders/pasted/show.js";
import {command, type Typed} from "./command.js";

const help = `npm run read-table -- <file> [options]

Shows how a table is understood as it was pasted: what its rows and columns are, what each number is, what was inferred,
and what does not agree. Nothing is written. The file may be .xlsx, or text with tabs, commas, semicolons or blanks
between its columns.

  --json           the reading as data, on the standard output alone

Where a guess is wrong:
${pastedHelp}

Exit code 1 if the file is no table that can be read; 2 if the command is not understood.`;

/** `npm run read-table`: see the help above. */
function main({words, texts, flags}: Typed): number | null {
  const [file = ""] = words;
  if (words.length !== 1) return null;
  try {
    if (!existsSync(file) || !statSync(file).isFile()) throw new Error(`There is no file “${file}”.`);
    const reading = readPasted(new Uint8Array(readFileSync(file)), toReadOptions(texts));
    const found = checkBlocks(reading.blocks, reading.weighted);
    console.log(flags.has("json") ? JSON.stringify(readingJson(reading, found), null, 1) : showReading(reading, found));
    return 0;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (flags.has("json")) console.log(JSON.stringify({blocks: [], notes: [], problems: [problem]}, null, 1));
    else console.error(problem);
    return 1;
  }
}

await command(help, {texts: Object.keys(pastedOptions), flags: ["json"]}, main);
