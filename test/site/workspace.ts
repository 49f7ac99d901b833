import {type ChildProcess, spawn, spawnSync} from "node:child_process";

export {copyProject, type Dev, endOfSave, startDev} from "../../scripts/bench/workspace.js";

/**
 * Runs one of the project's scripts to its end.
 *
 * With `cutNetwork` it runs where no network exists, on systems that can make such a place (Linux namespaces).
 */
export function runScript(
  folder: string,
  script: string,
  options: {
    cutNetwork?: boolean;
    args?: readonly string[];
    env?: Readonly<Record<string, string>>;
    /** Called with what it says, while it runs. */
    heard?: (said: string, child: ChildProcess) => void;
  } = {}
): Promise<{code: number | null; output: string}> {
  const isolate = options.cutNetwork && spawnSync("unshare", ["-rn", "true"]).status === 0;
  const command = [
    process.execPath,
    "--import",
    "tsx",
    `scripts/${script === "build" ? "build/build" : script}.ts`,
    ...(options.args ?? [])
  ];
  const [program = "", ...args] = isolate ? ["unshare", "-rn", ...command] : command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {cwd: folder, env: {...process.env, ...options.env}});
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data;
      options.heard?.(output, child);
    });
    child.stderr.on("data", (data: Buffer) => {
      output += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({code, output}));
  });
}
