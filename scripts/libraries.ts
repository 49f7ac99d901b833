import {existsSync, mkdirSync, readFileSync, renameSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {build, type Plugin} from "esbuild";

/** The libraries that pages and the modules they import use by bare name. */
const libraries = [
  "arquero",
  "@observablehq/plot",
  "d3-force",
  "@stdlib/math-base-special-betainc",
  "@stdlib/math-base-special-gammainc",
  "acorn"
];

/** Libraries that work only when all who use them use the same copy: each imports the others instead of holding them. */
const shared = [
  "@codemirror/autocomplete",
  "@codemirror/commands",
  "@codemirror/lang-javascript",
  "@codemirror/language",
  "@codemirror/lint",
  "@codemirror/state",
  "@codemirror/view",
  "@lezer/common",
  "@lezer/highlight",
  "@lezer/lr"
];

/** Framework asks the registry for the latest version of each of these unless its cache has a folder for it. */
const recommended = [
  "@duckdb/duckdb-wasm",
  "@observablehq/plot",
  "@observablehq/sample-datasets",
  "apache-arrow",
  "arquero",
  "d3",
  "d3-dsv",
  "echarts",
  "htl",
  "leaflet",
  "lodash",
  "mapbox-gl",
  "parquet-wasm",
  "react",
  "react-dom",
  "topojson-client"
];

/**
 * Puts each library, bundled for browsers from node_modules, where Framework looks for it.
 *
 * Left alone, Framework resolves bare imports as CommonJS would and ignores the `browser` field, which gives modules
 * that import Node's own (arquero) or none at all (htl). Bundles are named by version, so they are made once.
 */
export async function prepareLibraries(root: string): Promise<void> {
  const cache = join(root, "src/.observablehq/cache");
  for (const name of recommended) mkdirSync(join(cache, "_npm", `${name}@0.0.0`), {recursive: true});
  await Promise.all(
    [...libraries, ...shared].map(async (name) => {
      const output = join(cache, "_node", `${name}@${versionOf(root, name)}`, "index.js");
      if (existsSync(output)) return;
      const unfinished = `${output}.${process.pid}`;
      await build({
        stdin: {contents: reexport(name), resolveDir: root},
        bundle: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        minify: true,
        legalComments: "eof",
        outfile: unfinished,
        logLevel: "warning",
        plugins: shared.includes(name) ? [importShared(root, name)] : []
      });
      renameSync(unfinished, output);
    })
  );
}

/** Leaves the other shared libraries out of a bundle, and imports them from where they are in Framework’s cache. */
function importShared(root: string, name: string): Plugin {
  return {
    name: "shared",
    setup({onResolve}) {
      onResolve({filter: /^@(codemirror|lezer)\//}, ({path}) => {
        if (path === name || !shared.includes(path)) return null;
        // Bundles stand three folders deep: @scope, name@version, index.js.
        return {path: `../../${path}@${versionOf(root, path)}/index.js`, external: true};
      });
    }
  };
}

function reexport(name: string): string {
  const from = JSON.stringify(name);
  // stdlib's packages are CommonJS: all they have is a default export.
  return name.startsWith("@stdlib/") ? `export {default} from ${from};` : `export * from ${from};`;
}

function versionOf(root: string, name: string): string {
  // The package’s folder, found without its `exports`, which need not list package.json.
  const paths = createRequire(join(root, "package.json")).resolve.paths(name) ?? [];
  const folder = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, "package.json")));
  if (!folder) throw new Error(`${name} is not installed (looked beside ${dirname(root)})`);
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {version: string}).version;
}
