import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {build, type Plugin} from "esbuild";

/** This project, whose sandbox it is unless another folder is named. */
const project = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * The sandbox’s document, whole in one file: the frame’s script, and as text the program of its workers (Arquero, Plot,
 * a document to draw in, and the modules that cells import).
 *
 * It has its own policy, since it needs what no page may do: make code out of text. In return it may load nothing from
 * anywhere. Workers made from a blob are bound by the same policy. Inside a frame without an origin no other file could
 * be fetched from a plain file server, so there are none.
 */
export async function sandboxDocument(root = project): Promise<string> {
  const [frame, worker] = await Promise.all([bundle(root, "src/sandbox/frame.ts"), workerProgram(root)]);
  const program = JSON.stringify(worker).replaceAll("<", "\\u003c");
  return documentOf("Sandbox", frame, "'unsafe-eval'; worker-src blob:", [
    "<body>",
    `<script id="worker" type="application/json">${program}</script>`
  ]);
}

/**
 * The document in which drawings of foreign code are shown, whole in one file too: styles, and one script that takes out
 * of the markup whatever is more than a drawing and tells the page how tall it is. No other script runs there.
 */
export async function drawingDocument(root = project): Promise<string> {
  const script = await bundle(root, "src/sandbox/drawing.ts");
  const styles = readFileSync(join(root, "src/sandbox/drawing.css"), "utf8");
  return documentOf("Result", script, "; style-src 'unsafe-inline'", [`<style>\n${styles}</style>`, "<body>"]);
}

/** A document with a policy that lets one script run and loads nothing from anywhere; `also` is what it may besides. */
function documentOf(title: string, script: string, also: string, parts: readonly string[]): string {
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}' ${also}`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'"
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="robots" content="noindex">
<title>${title}</title>
${parts.join("\n")}
<script>${script}</script>
`;
}

/** The program of the sandbox’s workers. */
export function workerProgram(root = project): Promise<string> {
  return bundle(root, "src/sandbox/worker.ts");
}

async function bundle(root: string, entry: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    plugins: [madeModules(root)]
  });
  const text = outputFiles[0]?.text.trim() ?? "";
  if (/<\/script|<!--/i.test(text) && !entry.endsWith("worker.ts"))
    throw new Error(`${entry} cannot stand in a document`);
  return text;
}

/** Modules whose controls need the page itself. In a cell that was edited they say so. */
const pageOnly = ["components/check-register.ts", "explorer/explorer.ts", "editor/playground.ts"];

/**
 * The modules that cells may import, by their paths in `src` (`statistics/wilson.ts`): all of src/tables, src/statistics, src/multiverse and
 * src/figures, and those of other folders that some page imports.
 */
export function cellModules(root = project): string[] {
  const src = join(root, "src");
  const own = ["tables", "statistics", "multiverse", "figures"].flatMap((folder) =>
    readdirSync(join(src, folder)).flatMap((name) => (name.endsWith(".ts") ? [`${folder}/${name}`] : []))
  );
  const imported = readdirSync(src)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => [...readFileSync(join(src, name), "utf8").matchAll(/^import .* from "\.\/(.+)\.js";?$/gm)])
    .map(([, path]) => `${path}.ts`)
    // That a page imports what is not there is for the build of that page to say, which names it.
    .filter((path) => existsSync(join(src, path)));
  return [...new Set([...own, ...imported, "components/html.ts", "components/data.ts"])].sort();
}

/** Modules that no file holds. */
function madeModules(root: string): Plugin {
  const contents = new Map([
    // Framework’s library is the page’s; cells get its like from the worker.
    ["observablehq:stdlib", async () => "export const FileAttachment = null, Generators = null;"],
    // linkedom’s parser of style sheets, half as large as all the rest, is for documents whose styles are computed.
    ["cssomnom/parse", async () => "export const parse = () => ({cssRules: []});"],
    ["sandbox:modules", () => listedModules(root)]
  ]);
  return {
    name: "made-modules",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^(observablehq:stdlib|cssomnom\/parse|sandbox:modules)$/}, ({path}) => ({
        path,
        namespace: "made"
      }));
      onLoad({filter: /.*/, namespace: "made"}, async ({path}) => ({
        contents: (await contents.get(path)?.()) ?? "",
        resolveDir: join(root, "src")
      }));
    }
  };
}

/** `sandbox:modules`: the modules that cells may import, by the addresses under which pages import them. */
async function listedModules(root: string): Promise<string> {
  const paths = cellModules(root);
  const lines = await Promise.all(
    paths.map(async (path, i) => {
      if (!pageOnly.includes(path)) return `import * as m${i} from "./${path}";`;
      const names = await exportsOf(join(root, "src", path));
      return `const m${i} = {${names.map((name) => `${name}: pageOnly`).join(", ")}};`;
    })
  );
  const listed = paths.map((path, i) => `"./${path.replace(/ts$/, "js")}": m${i}`);
  return `${lines.join("\n")}
function pageOnly() { throw new Error("This cell’s controls work only in the page."); }
export const modules = {${listed.join(", ")}};`;
}

/** The names of what a module exports, without running it. */
async function exportsOf(file: string): Promise<string[]> {
  const {metafile} = await build({
    entryPoints: [file],
    write: false,
    format: "esm",
    metafile: true,
    logLevel: "silent"
  });
  return Object.values(metafile.outputs)[0]?.exports ?? [];
}
