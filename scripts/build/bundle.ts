import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {basename, join, relative} from "node:path/posix";
import {pathToFileURL} from "node:url";
import {build, type Plugin, transform} from "esbuild";
import {attachFiles, clientScript, fetchingModules, keepDrawn} from "../framework.js";
import {root} from "../paths.js";
import {compiledPlugin, exportKnow} from "./compiled.js";
import {type Files, importMark, markedScripts, markFile, type Page, writeHashed} from "./pages.js";

/** The scripts of a site, by their paths in it: all that cells import, Framework's client, and each page's own cells. */
export interface Scripts {
  readonly site: string;
  readonly client: string;
  readonly pages: ReadonlyMap<string, string>;
}

const target = "es2022";

/**
 * Bundles what brings pages to life into `_site`: one script with all that cells import, Framework's client, and for
 * each page a small one with its cells; what is imported lazily stays apart. Names carry a checksum of the contents.
 */
export async function bundleSite(folder: string, pages: readonly Page[], files: Files): Promise<Scripts> {
  const imported = [...new Set(pages.flatMap(({code}) => [...code.matchAll(importMark)].map(([, name = ""]) => name)))];
  imported.sort();
  const whole = [clientPlugin(null), attachPlugin(files)];
  const from = (path: string) => `from ${JSON.stringify(path)};`;
  // Modules are told from packages by their ending.
  const modules = imported.map((name, i) => {
    return `export * as module${i} ${from(/\.[jt]s$/.test(name) ? `./${name}` : name)}`;
  });
  const site = await bundle(
    folder,
    "site",
    [`export * ${from(clientScript("stdlib"))}`, exportKnow, ...modules].join("\n"),
    whole
  );
  // The runtime is for those who render the pages before they are published.
  const entry = `export {define} ${from(clientScript("index"))} export {runtime} ${from(clientScript("main"))}`;
  const client = await bundle(folder, "client", entry, [clientPlugin(`./${basename(site)}`)]);
  const scripts = new Map<string, string>();
  const own = new Map<string, string>();
  for (const page of pages) {
    scripts.set(page.file, await writeCells(folder, page, imported, `./${basename(site)}`, files));
    for (const [, path = ""] of page.html.matchAll(markedScripts)) {
      own.set(path, own.get(path) ?? (await bundle(folder, basename(path, ".js"), `import "./${path}";`, whole)));
    }
    page.html = page.html.replaceAll(markedScripts, (_, path: string) => `${page.up}/${own.get(path)}`);
  }
  return {site, client, pages: scripts};
}

/** The script of a page: a function that defines the page's cells. */
async function writeCells(folder: string, page: Page, imported: string[], site: string, files: Files): Promise<string> {
  const used = new Set<number>();
  const cells = page.code.replaceAll(importMark, (_, name: string) => {
    used.add(imported.indexOf(name));
    return `shared_module_${imported.indexOf(name)}`;
  });
  const attached = await Promise.all(page.files.map((path) => files.register(path, page.up)));
  const names = [...used].sort((a, b) => a - b).map((i) => `module${i} as shared_module_${i}`);
  const code = [
    `import {${["registerFile", ...names].join(", ")}} from ${JSON.stringify(site)};`,
    "export default (define) => {",
    ...attached,
    cells,
    "};"
  ];
  const script = await transform(code.join("\n"), {minify: true, target, charset: "utf8", format: "esm"});
  return writeHashed(folder, `_site/page-${page.file.replace(/\.html$/, "").replaceAll("/", "-")}.js`, script.code);
}

/** Bundles an entry into `_site/<name>.*.js`, and what it imports lazily into files beside it. Gives the file's path. */
export async function bundle(
  folder: string,
  name: string,
  entry: string,
  plugins: Plugin[],
  define: Record<string, string> = {}
): Promise<string> {
  const {outputFiles} = await build({
    stdin: {contents: entry, resolveDir: join(root, "src"), sourcefile: `${name}.js`},
    outdir: join(folder, "_site"),
    entryNames: name,
    chunkNames: "part-[hash]",
    // The names of parts depend on the paths of modules: these are to be the same wherever project and packages lie.
    absWorkingDir: root,
    preserveSymlinks: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    mainFields: ["module", "main"],
    target,
    minify: true,
    charset: "utf8",
    legalComments: "linked",
    write: false,
    logLevel: "silent",
    define,
    plugins: [...plugins, leftOutPlugin, compiledPlugin]
  });
  mkdirSync(join(folder, "_site"), {recursive: true});
  let path = "";
  for (const {path: output, text} of outputFiles) {
    const file = basename(output.replaceAll("\\", "/"));
    const contents = text.replace(`${name}.js.LEGAL.txt`, `${name}.LEGAL.txt`);
    if (file === `${name}.js`) path = writeHashed(folder, `_site/${file}`, contents);
    else writeFileSync(join(folder, "_site", file.replace(".js.LEGAL", ".LEGAL")), contents);
  }
  return path;
}

/** Framework's own client, without what would be fetched from elsewhere; its library of functions may be in `site`. */
function clientPlugin(site: string | null): Plugin {
  return {
    name: "client",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^observablehq:/}, ({path}) => {
        if (path === "observablehq:stdlib") return site ? {path: site, external: true} : {path: clientScript("stdlib")};
        return path === "observablehq:runtime" ? {path: clientScript("runtime")} : {path, external: true};
      });
      onLoad({filter: fetchingModules}, () => ({contents: "export {}"}));
      onLoad({filter: /client[\\/]main\.js$/}, ({path}) => ({contents: keepDrawn(readFileSync(path, "utf8"))}));
      // Readers of formats that no page reads; whoever asks for one gets an error from the browser.
      onResolve({filter: /^npm:/}, ({path}) => ({path, external: true}));
    }
  };
}

/** Modules that attach files: they say where these are published. */
function attachPlugin(files: Files): Plugin {
  return {
    name: "attach",
    setup({onLoad}) {
      onLoad({filter: /[\\/]src[\\/].*\.[jt]s$/}, async ({path}) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes('from "observablehq:stdlib"')) return null;
        const {code} = await transform(text, {loader: "ts"});
        const attached = await attachFiles(code, relative(join(root, "src"), path), markFile);
        const missing: string[] = [];
        const contents = files.resolve(attached, "..", (file) => missing.push(file));
        return {contents, loader: "js", errors: missing.map((file) => ({text: `a file is missing: ${file}`}))};
      });
    }
  };
}

/** Parts of libraries that no page has any use for, by how they are imported: maps, the writing of Arrow files. */
const leftOut = /^d3-geo$|\/to-arrow(-ipc)?\.js$/;

/** Stubs that throw when called, so that a page that comes to need what is left out is not built. */
const leftOutPlugin: Plugin = {
  name: "left-out",
  setup({onResolve, onLoad}) {
    onResolve({filter: leftOut}, ({path, importer}) => ({
      path: basename(path),
      namespace: "left-out",
      pluginData: createRequire(importer).resolve(path)
    }));
    onLoad({filter: /.*/, namespace: "left-out"}, async ({path, pluginData: file}) => {
      const message = JSON.stringify(`published pages hold no ${path}: see “leftOut” in scripts/build/bundle.ts`);
      const names = Object.keys((await import(pathToFileURL(file).href)) as object);
      // This one is called when libraries are loaded, in use or not.
      const stubs = names.map((name) => `${name} = ${name === "geoTransform" ? "() => ({stream: refuse})" : "refuse"}`);
      return {contents: `function refuse() { throw new Error(${message}); }\nexport const ${stubs.join(", ")};`};
    });
  }
};
