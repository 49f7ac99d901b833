import {writeFileSync} from "node:fs";
import {lock, lockFile} from "../data-loaders/make/derived.js";
import {lockedResults} from "../data-loaders/make/locked.js";
import {readRawFolder} from "../data-loaders/read/raw.js";
import {readReport} from "../data-loaders/read/report.js";

/** `npm run lock`: makes the results that take long and writes them where loaders look for them. */
const lines: string[] = [];
for (const {name, origin, make} of lockedResults(readReport(readRawFolder()))) {
  lines.push(`${JSON.stringify(name)}: ${JSON.stringify(lock(origin, await make()))}`);
}
writeFileSync(lockFile, `{\n${lines.join(",\n")}\n}\n`);
process.stdout.write(`${lines.length} results in ${lockFile}\n`);
