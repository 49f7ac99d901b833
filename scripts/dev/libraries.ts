import {existsSync, renameSync} from "node:fs";
import {dirname, relative} from "node:path";
import {build, type Plugin} from "esbuild";
import {holdVersions, libraryFile} from "../framework.js";
import {root} from "../paths.js";

/** The libraries that pages, the modules they import and these libraries themselves use by bare name. */
const libraries = [
  ..."arquero @observablehq/plot d3-force acorn acorn-walk".split(" "),
  // These work only when all who use them use the same copy.
  ..."autocomplete commands lang-javascript language lint state view".split(" ").map((name) => `@codemirror/${name}`),
  ..."common highlight lr".split(" ").map((name) => `@lezer/${name}`)
];

/**
 * Puts each library, bundled for browsers, where Framework looks for it; each imports the others. Left alone, Framework
 * resolves bare imports as CommonJS would and ignores `browser`, which gives modules that import Node's own (arquero)
 * or none at all (htl). Bundles are named by version, so they are made once.
 */
export async function prepareLibraries(): Promise<void> {
  holdVersions();
  await Promise.all(
    libraries.map(async (name) => {
      const output = libraryFile(name);
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
        plugins: [importOthers(name)]
      });
      renameSync(unfinished, output);
    })
  );
}

/** Leaves the other libraries out of a bundle, and imports them from where they are in Framework’s cache. */
function importOthers(name: string): Plugin {
  return {
    name: "others",
    setup({onResolve}) {
      onResolve({filter: /^[@a-z]/}, ({path}) => {
        if (path === name || !libraries.includes(path)) return null;
        const place = relative(dirname(libraryFile(name)), libraryFile(path)).replaceAll("\\", "/");
        return {path: place, external: true};
      });
    }
  };
}
