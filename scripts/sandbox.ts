import {createHash} from "node:crypto";
import {readdirSync} from "node:fs";
import {join} from "node:path";
import {build, type Plugin} from "esbuild";

/**
 * The sandbox’s document, whole in one file: the frame’s script, and as text the program of its workers (Arquero, Plot,
 * a document to draw in, and every function of src/analysis).
 *
 * It has its own policy, since it needs what no page may do: make code out of text. In return it may load nothing from
 * anywhere. Workers made from a blob are bound by the same policy. Inside a frame without an origin no other file could
 * be fetched from a plain file server, so there are none.
 */
export async function sandboxDocument(root: string): Promise<string> {
  const [frame, worker] = await Promise.all([
    bundle(root, "src/sandbox/frame.ts"),
    bundle(root, "src/sandbox/worker.ts")
  ]);
  const hash = createHash("sha256").update(frame).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'unsafe-eval'`,
    "worker-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'"
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="robots" content="noindex">
<title>Sandbox</title>
<body>
<script id="worker" type="application/json">${JSON.stringify(worker).replaceAll("<", "\\u003c")}</script>
<script>${frame}</script>
`;
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
    plugins: [analysisModules(root), withoutStyleSheets]
  });
  const text = outputFiles[0]?.text.trim() ?? "";
  if (/<\/script|<!--/i.test(text) && entry.endsWith("frame.ts"))
    throw new Error(`${entry} cannot stand in a document`);
  return text;
}

/** `sandbox:analysis`: what all modules of src/analysis export, under one roof. */
function analysisModules(root: string): Plugin {
  const folder = join(root, "src/analysis");
  return {
    name: "analysis",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^sandbox:analysis$/}, ({path}) => ({path, namespace: "analysis"}));
      onLoad({filter: /.*/, namespace: "analysis"}, () => ({
        contents: readdirSync(folder)
          .filter((name) => name.endsWith(".ts"))
          .sort()
          .map((name) => `export * from ${JSON.stringify(`./${name}`)};`)
          .join("\n"),
        resolveDir: folder
      }));
    }
  };
}

/** linkedom’s parser of style sheets, half as large as all the rest, is for documents whose styles are computed. */
const withoutStyleSheets: Plugin = {
  name: "without-style-sheets",
  setup({onResolve, onLoad}) {
    onResolve({filter: /^cssomnom\/parse$/}, ({path}) => ({path, namespace: "style-sheets"}));
    onLoad({filter: /.*/, namespace: "style-sheets"}, () => ({
      contents: "export const parse = () => ({cssRules: []});"
    }));
  }
};
