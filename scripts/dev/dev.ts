import {type ChildProcess, spawn} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {createServer, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {join, relative, resolve} from "node:path";
import {watch} from "chokidar";
import {build} from "esbuild";
import {modulesOf} from "../../data-loaders/make/modules.js";
import {codeProblems, compile} from "../compile.js";
import {cache, offline} from "../framework.js";
import {machineProblem} from "../machine.js";
import {root} from "../paths.js";
import {onStop} from "../processes.js";
import {afterSaves, hidden} from "../saves.js";
import {prepareLibraries} from "./libraries.js";
import {Loaders} from "./loaders.js";

/**
 * `npm run dev`: Framework's preview, and beside it what the preview does not do by itself.
 *
 * - One process has all loaders in memory (worker.ts). The preview gets published files from it, in the order in which
 *   the open page needs them; and whenever a raw file or a module that loaders use is saved, it makes anew what rests on
 *   it, and the open page fetches what has changed.
 * - Files are followed by their paths, whatever an editor does to them (watch.ts).
 * - What goes wrong in a loader, or in a module that does not parse, is shown in the open page over a small event
 *   stream, and taken away when it is mended.
 */
async function main(): Promise<void> {
  await checkPort(process.argv);
  const problems = join(root, "src/.observablehq/problems");
  for (const folder of [problems, join(cache, "data"), join(cache, "sandbox")]) {
    rmSync(folder, {recursive: true, force: true});
  }
  mkdirSync(problems, {recursive: true});
  const loaders = new Loaders(problems);
  const [channel, previewScript] = await Promise.all([
    openChannel(problems, loaders),
    compile("scripts/dev/preview.ts"),
    loaders.start(),
    prepareLibraries()
  ]);

  let stopping = false;
  let preview: ChildProcess;
  const start = () => {
    const args = ["--import", "tsx", previewScript, "preview", "--no-open", ...process.argv.slice(2)];
    const env = {...process.env, ...offline, NAV_DEV: channel.url};
    preview = spawn(process.execPath, args, {cwd: root, stdio: ["ignore", "inherit", "inherit"], env});
    const began = performance.now();
    preview.on("exit", (code) => {
      if (stopping) return;
      // A preview that cannot even start would be started for ever.
      if (performance.now() - began < 5000) return stop(code ?? 1);
      console.error(`The preview stopped with code ${code}; starting it again.`);
      start();
    });
  };
  const stop = (code: number) => {
    stopping = true;
    preview.kill();
    loaders.stop();
    process.exit(code);
  };
  start();
  onStop(() => stop(0));

  // The entries of src/data are touched by the worker.
  const ignored = (path: string) => hidden(path) || /^src[\\/]data[\\/]/.test(relative(root, resolve(root, path)));
  afterSaves(["data-loaders", "src"], {cwd: root, ignored}, async (files) => {
    console.log(`${files.join(", ")} saved`);
    if (files.some((file) => file.endsWith(".ts"))) channel.note(await syntaxProblems());
    const isOfLoaders = ofLoaders(files);
    if (isOfLoaders || files.some((file) => file.startsWith("data-loaders/raw/"))) await loaders.refresh(isOfLoaders);
    else console.log("  no published file is made from it; the open page shows it");
  });
}

/** Throws when the port that was asked for is taken; without one, the preview finds a free one itself. */
function checkPort(args: readonly string[]): Promise<void> {
  const port = Number(args[args.indexOf("--port") + 1]);
  if (!args.includes("--port") || Number.isNaN(port)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => server.close(() => resolve()));
  });
}

/** Whether loaders run any of the modules. Where that cannot be found out, all that they may run are taken for such. */
function ofLoaders(files: readonly string[]): boolean {
  try {
    const modules = [...modulesOf(["data-loaders/make/outputs.ts"], root), "data-loaders/about.json"];
    return files.some((file) => modules.includes(file));
  } catch {
    return files.some((file) => /^(data-loaders|src\/(tables|statistics|multiverse))\/.*\.(ts|json)$/.test(file));
  }
}

/** Every module that does not parse, with its place. */
async function syntaxProblems(): Promise<string[]> {
  const entryPoints = ["src/**/*.ts", "data-loaders/**/*.ts"];
  try {
    await build({entryPoints, absWorkingDir: root, outdir: root, write: false, logLevel: "silent"});
    return [];
  } catch (error) {
    return codeProblems(error) ?? [];
  }
}

/** A server for this machine alone: a script that shows problems, the stream that it listens to, and published files. */
async function openChannel(
  problems: string,
  loaders: Loaders
): Promise<{url: string; note: (syntax: string[]) => void}> {
  const listeners = new Set<ServerResponse>();
  let syntax: string[] = [];
  const message = () => {
    const names = readdirSync(problems).filter((name) => name.endsWith(".txt"));
    const all = [...syntax, ...names.map((name) => readFileSync(join(problems, name), "utf8"))];
    return `data: ${JSON.stringify(all)}\n\n`;
  };
  const send = () => {
    for (const listener of listeners) listener.write(message());
  };
  watch(problems, {ignoreInitial: true}).on("all", send);
  const server = createServer(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    const [, name] = /^\/make\/(.+)/.exec(request.url ?? "") ?? [];
    if (request.url === "/overlay.js") {
      response.setHeader("content-type", "text/javascript; charset=utf-8");
      response.end(readFileSync(join(root, "scripts/dev/overlay.js")));
    } else if (name !== undefined) {
      const bytes = await loaders.make(decodeURIComponent(name));
      response.writeHead(bytes ? 200 : 500).end(bytes ?? "");
    } else {
      response.writeHead(200, {"content-type": "text/event-stream", "cache-control": "no-store"});
      response.write(message());
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const note = (found: string[]) => {
    const isNew = found.join() !== syntax.join();
    syntax = found;
    if (isNew) send();
  };
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, note};
}

try {
  await main();
} catch (error) {
  console.error(machineProblem(error) ?? error);
  process.exit(1);
}
