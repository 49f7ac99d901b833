import {existsSync, renameSync} from "node:fs";
import {build, type Plugin} from "esbuild";
import {holdVersions, libraryFile, versionOf} from "../framework.js";
import {root} from "../paths.js";

/** The libraries that pages and the modules they import use by bare name. */
const libraries = ["arquero", "@observablehq/plot", "d3-force", "acorn", "acorn-walk"];

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

/**
 * Puts each library, bundled for browsers from node_modules, where Framework looks for it.
 *
 * Left alone, Framework resolves bare imports as CommonJS would and ignores the `browser` field, which gives modules
 * that import Node's own (arquero) or none at all (htl). Bundles are named by version, so they are made once.
 */
export async function prepareLibraries(): Promise<void> {
  holdVersions();
  await Promise.all(
    [...libraries, ...shared].map(async (name) => {
      const output = libraryFile(name, versionOf(name));
      if (existsSync(output)) return;
      const unfinished = `${output}.${process.pid}`;
      await build({
        stdin: {contents: `export * from ${JSON.stringify(name)};`, resolveDir: root},
        bundle: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        minify: true,
        legalComments: "eof",
        outfile: unfinished,
        logLevel: "warning",
        plugins: shared.includes(name) ? [importShared(name)] : []
      });
      renameSync(unfinished, output);
    })
  );
}

/** Leaves the other shared libraries out of a bundle, and imports them from where they are in Framework’s cache. */
function importShared(name: string): Plugin {
  return {
    name: "shared",
    setup({onResolve}) {
      onResolve({filter: /^@(codemirror|lezer)\//}, ({path}) => {
        if (path === name || !shared.includes(path)) return null;
        // Bundles stand three folders deep: @scope, name@version, index.js.
        return {path: `../../${path}@${versionOf(path)}/index.js`, external: true};
      });
    }
  };
}
