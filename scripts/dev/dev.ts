import {type ChildProcess, fork, spawn} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {createServer, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, relative, resolve} from "node:path";
import {watch} from "chokidar";
import {transform} from "esbuild";
import {modulesOf} from "../../data-loaders/make/modules.js";
import {compile} from "../compile.js";
import {cache, offline} from "../framework.js";
import {machineProblem} from "../machine.js";
import {root} from "../paths.js";
import {onStop} from "../processes.js";
import {afterSaves, hidden} from "../saves.js";
import {prepareLibraries} from "./libraries.js";
import type {Answer, Message} from "./worker.js";

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
    openChannel(() => readProblems(problems), loaders),
    compile("scripts/dev/preview.ts"),
    loaders.start(),
    prepareLibraries()
  ]);
  watch(problems, {ignoreInitial: true}).on("all", () => channel.send());

  let stopping = false;
  let preview: ChildProcess;
  const start = () => {
    const args = [...process.argv.slice(2)];
    const env = {...process.env, ...offline, NAV_PROBLEMS_URL: channel.url, NAV_LOADERS: channel.url};
    preview = spawn(process.execPath, ["--import", "tsx", previewScript, "preview", "--no-open", ...args], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env
    });
    const began = performance.now();
    preview.on("exit", (code) => {
      if (stopping) return;
      // A preview that cannot even start would be started for ever.
      if (performance.now() - began < 5000) stop(code ?? 1);
      else {
        console.error(`The preview stopped with code ${code}; starting it again.`);
        start();
      }
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
  afterSaves(["data-loaders", "src"], {cwd: root, ignored}, (files) => void afterSave(files, channel.note, loaders));
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

/** What a save asks for: modules checked for syntax, and published files made anew where their inputs have changed. */
async function afterSave(
  files: readonly string[],
  note: (text: string | null) => void,
  loaders: Loaders
): Promise<void> {
  console.log(`${files.join(", ")} saved`);
  if (files.some((file) => file.endsWith(".ts"))) {
    note(await syntaxProblems(join(root, "src"), join(root, "data-loaders")));
  }
  const inLoaders = files.filter(isOfLoaders());
  const raw = files.some((file) => file.startsWith("data-loaders/raw/"));
  if (inLoaders.length === 0 && !raw) console.log("  no published file is made from it; the open page shows it");
  else await loaders.refresh({restart: inLoaders.length > 0});
}

/** Tells modules that loaders run from the others. Where that cannot be found out, all are taken for such. */
function isOfLoaders(): (file: string) => boolean {
  const code = /^(data-loaders|src\/(tables|statistics|multiverse))\/.*\.(ts|json)$/;
  try {
    const modules = new Set([...modulesOf(["data-loaders/make/outputs.ts"], root), "data-loaders/about.json"]);
    return (file) => modules.has(file);
  } catch {
    return (file) => code.test(file);
  }
}

/** The process that makes published files, and those who wait for one. */
class Loaders {
  private worker: ChildProcess | null = null;
  private busy = false;
  private readonly waiting = new Map<string, ((bytes: Uint8Array | null) => void)[]>();

  constructor(private readonly problems: string) {}

  /** Starts the process with the modules as they are now. What others wait for is asked of it again. */
  async start(): Promise<void> {
    let script: string;
    try {
      script = await compile("scripts/dev/worker.ts");
    } catch {
      // The module that does not parse is named in the open page.
      console.error("The loaders could not be started; save again when mended.");
      return;
    }
    this.stop();
    const child = fork(script, {
      cwd: root,
      serialization: "advanced",
      execArgv: ["--enable-source-maps"],
      env: {...process.env, NAV_PROBLEMS: this.problems}
    });
    this.worker = child;
    this.busy = false;
    child.on("message", (answer: Answer) => {
      if (child !== this.worker) return;
      if ("done" in answer) this.busy = false;
      else this.tell(answer.made, answer.bytes);
    });
    child.on("exit", (code) => {
      if (!code || child !== this.worker) return;
      this.worker = null;
      console.error("The loaders could not be started; save again when mended.");
      for (const name of this.waiting.keys()) this.tell(name, null);
    });
    for (const name of this.waiting.keys()) this.send({make: name});
  }

  /** The bytes of a published file; null when it cannot be made. */
  make(name: string): Promise<Uint8Array | null> {
    return new Promise((resolve) => {
      const others = this.waiting.get(name) ?? [];
      this.waiting.set(name, [...others, resolve]);
      if (this.worker === null) this.tell(name, null);
      else if (others.length === 0) this.send({make: name});
    });
  }

  /** Makes the files anew, with modules as they are now if `restart`; what is under way for an older save is ended. */
  async refresh({restart}: {restart: boolean}): Promise<void> {
    if (restart || this.busy || this.worker === null) await this.start();
    this.busy = true;
    this.send({refresh: true});
  }

  stop(): void {
    const {worker} = this;
    this.worker = null;
    worker?.kill("SIGKILL");
  }

  private send(message: Message): void {
    this.worker?.send(message);
  }

  private tell(name: string, bytes: Uint8Array | null): void {
    const waiting = this.waiting.get(name) ?? [];
    this.waiting.delete(name);
    for (const resolve of waiting) resolve(bytes);
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

/** A server for this machine alone: a script that shows problems, the stream that it listens to, and published files. */
async function openChannel(
  fromLoaders: () => string[],
  loaders: Loaders
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
    } else if (request.url?.startsWith("/make/")) {
      void loaders.make(decodeURIComponent(request.url.slice("/make/".length))).then((bytes) => {
        if (bytes === null) response.writeHead(500).end();
        else response.end(bytes);
      });
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

try {
  await main();
} catch (error) {
  console.error(machineProblem(error) ?? error);
  process.exit(1);
}
