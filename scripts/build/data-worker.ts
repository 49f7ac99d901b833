import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {maker, outputs} from "../../data-loaders/make/outputs.js";
import {tryOutput} from "../../data-loaders/make/run.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {machineProblem} from "../machine.js";

/** Makes published files into a folder, one after the other; see data.ts. Ends with code 1 if one cannot be made. */
const [, , folder = ""] = process.argv;
process.on("disconnect", () => process.exit());
try {
  const raw = readRawFolder();
  const made = maker(raw);
  for (const name of Object.keys(outputs)) {
    const start = performance.now();
    const bytes = await tryOutput(name, raw, made);
    if (bytes) writeFileSync(join(folder, name), bytes);
    else process.exitCode = 1;
    console.log(`  ${name}: ${bytes ? `${((performance.now() - start) / 1000).toFixed(1)} s` : "failed"}`);
  }
} catch (error) {
  console.error(machineProblem(error) ?? error);
  process.exitCode = 1;
}
process.disconnect();
