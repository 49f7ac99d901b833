import {existsSync, readFileSync, statSync} from "node:fs";
import {checkBlocks} from "../data-loaders/pasted/check.js";
import {pastedHelp, pastedOptions, toReadOptions} from "../data-loaders/pasted/options.js";
import {readingJson, readPasted} from "../data-loaders/pasted/read.js";
import {showReading} from "../data-loaders/pasted/show.js";
import {command, type Typed} from "./command.js";

/** `npm run read-table`: see help/read-table.txt. */
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

await command("read-table", {texts: Object.keys(pastedOptions), flags: ["json"], lists: {pasted: pastedHelp}}, main);
