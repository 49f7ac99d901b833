import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {basename} from "node:path";

/**
 * Runs a loader as a process of its own: writes its bytes to standard output once they are all there, or writes its
 * error to standard error and exits with code 1, so that nothing half-written is ever taken for data.
 *
 * `npm run dev` names a folder in `NAV_PROBLEMS`; what goes wrong is left there for the open page to show.
 */
export async function runLoader(name: string, load: () => Uint8Array | Promise<Uint8Array>): Promise<void> {
  const folder = process.env.NAV_PROBLEMS;
  const problem = folder && `${folder}/${basename(name)}.txt`;
  try {
    const bytes = await load();
    process.stdout.write(bytes);
    if (problem) rmSync(problem, {force: true});
  } catch (error) {
    const expected = error instanceof Error && ["RawDataError", "ContradictionError"].includes(error.name);
    const message = expected ? error.message : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${name}: ${message}\n`);
    if (folder && problem) {
      mkdirSync(folder, {recursive: true});
      writeFileSync(problem, `${name}: ${message}\n`);
    }
    process.exitCode = 1;
  }
}
