import {type ChildProcess, fork, spawn} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {createServer, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, relative, resolve} from "node:path";
import {watch} from "chokidar";
import {transform} from "esbuild";
import {modulesOf} from "../../data-loaders/make/modules.js";
import {observable, offline} from "../framework.js";
import {root} from "../paths.js";
import {prepareLibraries} from "./libraries.js";

/**
 * `npm run dev`: Framework's preview, and beside it what the preview does not do by itself.
 *
 * - Framework runs a loader again only when the loader's own file is newer than its output. So whenever a raw file or
 *   a module that loaders use is saved, the published files are made anew (refresh.ts), and the open page fetches those
 *   that have changed.
 * - What goes wrong in a loader, or in a module that does not parse, is shown in the open page over a small event
 *   stream, and taken away when it is mended.
 */
async function main(): Promise<void> {
  await prepareLibraries();
  const problems = join(root, "src/.observablehq/problems");
  for (const folder of [
    problems,
    join(root, "src/.observablehq/cache/data"),
    join(root, "src/.observablehq/cache/sandbox")
  ]) {
    rmSync(folder, {recursive: true, force: true});
  }
  mkdirSync(problems, {recursive: true});

  const channel = await openChannel(() => readProblems(problems));
  watch(problems, {ignoreInitial: true}).on("all", () => channel.send());

  let preview = startPreview(channel.url, problems);
  let stopping = false;
  const restart = (code: number | null) => {
    if (stopping) return;
    console.error(`The preview stopped with code ${code}; starting it again.`);
    preview = startPreview(channel.url, problems);
    preview.on("exit", restart);
  };
  preview.on("exit", restart);
  const refresher = new Refresher(problems);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      stopping = true;
      preview.kill();
      refresher.stop();
      process.exit(0);
    });
  }

  const saved = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  // Node's own recursive watcher loses a file once an editor has moved a new one into its place.
  watch(["data-loaders", "src"], {cwd: root, ignoreInitial: true, ignored: hidden}).on("all", (_event, file) => {
    saved.add(relative(".", file));
    clearTimeout(timer);
    // Editors save in several steps; a moment's wait lets a save come to its end.
    timer = setTimeout(() => {
      const files = [...saved];
      saved.clear();
      void afterSave(files, channel.note, refresher);
    }, 50);
  });
}

/** Framework's cache, the files that editors keep for themselves, and the loaders that refresh.ts touches. */
function hidden(path: string): boolean {
  return /(^|[\\/])\.[^/]|~$|^src[\\/]data[\\/]/.test(relative(root, resolve(root, path)));
}

function startPreview(url: string, problems: string): ChildProcess {
  const args = [observable, "preview", "--no-open", ...process.argv.slice(2)];
  const env = {...process.env, ...offline, NAV_PROBLEMS_URL: url, NAV_PROBLEMS: problems};
  return spawn(process.execPath, args, {cwd: root, stdio: ["ignore", "inherit", "inherit"], env});
}

/** What a save asks for: modules checked for syntax, and published files made anew where their inputs have changed. */
async function afterSave(
  files: readonly string[],
  note: (text: string | null) => void,
  refresher: Refresher
): Promise<void> {
  console.log(`${files.join(", ")} saved`);
  if (files.some((file) => file.endsWith(".ts"))) {
    note(await syntaxProblems(join(root, "src"), join(root, "data-loaders")));
  }
  const inLoaders = files.filter(isOfLoaders());
  const raw = files.some((file) => file.startsWith("data-loaders/raw/"));
  if (inLoaders.length === 0 && !raw) console.log("  no published file is made from it; the open page shows it");
  else refresher.run({restart: inLoaders.length > 0});
}

/** Tells modules that loaders run from the others. Where that cannot be found out, all are taken for such. */
function isOfLoaders(): (file: string) => boolean {
  const code = /^(data-loaders|src\/(tables|statistics|multiverse|report))\/.*\.(ts|json)$/;
  try {
    const modules = new Set([...modulesOf(["data-loaders/make/outputs.ts"], root), "data-loaders/about.json"]);
    return (file) => modules.has(file.replaceAll("\\", "/"));
  } catch {
    return (file) => code.test(file);
  }
}

/**
 * The processes that make published files anew. One is kept running, so that a raw number need not wait for its start,
 * and one in reserve, since all that can be done with one that is busy with an older save is to end it.
 */
class Refresher {
  private worker: ChildProcess;
  private reserve: ChildProcess | null = null;
  private busy = false;

  constructor(private readonly problems: string) {
    this.worker = this.start();
  }

  /** Makes the files anew, with modules as they are now if `restart`; what is under way for an older save is ended. */
  run({restart}: {restart: boolean}): void {
    if (restart) this.stop();
    if (restart || this.busy || this.worker.exitCode !== null) {
      this.worker.kill("SIGKILL");
      this.worker = this.reserve ?? this.start();
      this.reserve = null;
      setTimeout(() => this.keepReserve(), 1500).unref();
    }
    this.busy = true;
    this.worker.send("run");
  }

  stop(): void {
    this.worker.kill("SIGKILL");
    this.reserve?.kill("SIGKILL");
    this.reserve = null;
  }

  private keepReserve(): void {
    this.reserve ??= this.start();
  }

  private start(): ChildProcess {
    const child = fork(join(root, "scripts/dev/refresh.ts"), {
      cwd: root,
      execArgv: ["--import", "tsx"],
      env: {...process.env, NAV_PROBLEMS: this.problems}
    });
    child.on("message", (message) => {
      if (child !== this.worker) return;
      if (message === "done") this.busy = false;
      this.keepReserve();
    });
    child.on("exit", (code) => {
      if (child === this.reserve) this.reserve = null;
      // A module that cannot be loaded ends the process before it has read its first message.
      if (code && child === this.worker) console.error("The loaders could not be started; save again when mended.");
    });
    return child;
  }
}

/** Every module that does not parse, with its place, or null when all do. */
async function syntaxProblems(...folders: string[]): Promise<string | null> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, {recursive: true, encoding: "utf8"})
      .filter((name) => extname(name) === ".ts" && !name.startsWith(".observablehq"))
      .map((name) => join(folder, name))
  );
  const found = await Promise.all(
    files.map(async (file) => {
      try {
        await transform(readFileSync(file, "utf8"), {loader: "ts", logLevel: "silent"});
        return [];
      } catch (error) {
        const {errors = []} = error as {errors?: {text: string; location: {line: number; column: number} | null}[]};
        const name = file.slice(root.length + 1);
        return errors.map(
          ({text, location}) => `${name}:${location?.line ?? 1}:${(location?.column ?? 0) + 1}\n  ${text}`
        );
      }
    })
  );
  const list = found.flat();
  return list.length > 0 ? list.join("\n\n") : null;
}

function readProblems(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return names.map((name) => readFileSync(join(folder, name), "utf8"));
}

/** A server for the open page alone: a script that shows problems, and the stream that the script listens to. */
async function openChannel(
  fromLoaders: () => string[]
): Promise<{url: string; send: () => void; note: (text: string | null) => void}> {
  const listeners = new Set<ServerResponse>();
  let syntax: string | null = null;
  const message = () => `data: ${JSON.stringify([...(syntax === null ? [] : [syntax]), ...fromLoaders()])}\n\n`;
  const send = () => {
    for (const listener of listeners) listener.write(message());
  };
  const server = createServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    if (request.url === "/overlay.js") {
      response.setHeader("content-type", "text/javascript; charset=utf-8");
      response.end(readFileSync(join(root, "scripts/dev/overlay.js")));
    } else {
      response.writeHead(200, {"content-type": "text/event-stream", "cache-control": "no-store"});
      response.write(message());
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    send,
    note: (text) => {
      if (text === syntax) return;
      syntax = text;
      send();
    }
  };
}

await main();
