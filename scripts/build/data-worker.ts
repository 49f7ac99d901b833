import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {maker, outputs} from "../../data-loaders/make/outputs.js";
import {tryOutput} from "../../data-loaders/make/run.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {machineProblem} from "../machine.js";
import type {Told} from "./data.js";

/** Makes published files into a folder, one after the other; see data.ts. */
const [, , folder = ""] = process.argv;
const tell = (told: Told) => process.send?.(told, () => process.disconnect());
process.on("disconnect", () => process.exit());
const raw = readRawFolder();
const made = maker(raw);
const missing: string[] = [];
try {
  for (const name of Object.keys(outputs)) {
    const start = performance.now();
    const bytes = await tryOutput(name, raw, made);
    if (bytes) writeFileSync(join(folder, name), bytes);
    else missing.push(name);
    console.log(`  ${name}: ${bytes ? `${((performance.now() - start) / 1000).toFixed(1)} s` : "failed"}`);
  }
  tell({missing});
} catch (error) {
  const why = machineProblem(error);
  if (why === null) throw error;
  tell({failed: why});
}
