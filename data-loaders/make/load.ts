import {basename} from "node:path";
import {parseArgs} from "node:util";
import {runLoader} from "./run.js";

// Every entry of src/data is this: the output is named as its file, and what stands in brackets is given as an argument.
const {values} = parseArgs({strict: false});
const [, entry = ""] = process.argv;
await runLoader(basename(entry, ".ts").replace(/\[(\w+)\]/, (_, part: string) => String(values[part])));
