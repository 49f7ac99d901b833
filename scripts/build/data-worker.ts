import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {maker, outputs} from "../../data-loaders/make/outputs.js";
import {tryOutput} from "../../data-loaders/make/run.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {machineProblem} from "../machine.js";

/** Makes published files into a folder, one after the other as it is asked for them; see data.ts. */
const [, , folder = ""] = process.argv;
const raw = readRawFolder();
// What the other process has made is not made again.
const kept = (name: string) =>
  existsSync(join(folder, name)) ? new Uint8Array(readFileSync(join(folder, name))) : null;
const made = maker(raw, kept);
process.on("disconnect", () => process.exit());
process.on("message", async (name: string) => {
  const start = performance.now();
  const bytes = await tryOutput(name, raw, made);
  try {
    if (bytes) writeFileSync(join(folder, name), bytes);
  } catch (error) {
    const why = machineProblem(error);
    if (why === null) throw error;
    process.send?.({failed: why});
    return;
  }
  process.send?.({done: {name, seconds: bytes ? (performance.now() - start) / 1000 : null}});
});
const names = Object.keys(outputs);
const isFromOthers = (name: string) => (outputs[name]?.from?.length ?? 0) > 0;
process.send?.({
  names: {fromRaw: names.filter((name) => !isFromOthers(name)), fromOthers: names.filter(isFromOthers)}
});
