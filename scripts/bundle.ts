import {createHash} from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {createRequire} from "node:module";
import {basename, dirname, join, relative, resolve} from "node:path/posix";
import {build, type OutputFile, type Plugin} from "esbuild";
import {compiledPlugin, exportKnow} from "./build/compiled.js";
import {type Import, importsOf, importsOfFile, reach} from "./imports.js";
import {nameParts} from "./part-names.js";
import {root} from "./paths.js";

/** A page that Framework has made, with the module script that holds its cells. */
interface Page {
  /** Its path in the site. */
  readonly file: string;
  readonly html: string;
  readonly script: string;
  readonly code: string;
  readonly imports: readonly Import[];
}

/**
 * Turns a site as Framework builds it (dozens of small modules a page, whole libraries) into few files:
 *
 * - one `_site/site.*.js`, shared by all pages: Framework's client, the project's modules that many pages need and, of
 *   the libraries, what these and the pages use;
 * - one `_site/<page>.*.js` a page, with its cells and the modules that few other pages need.
 *
 * Modules that are imported lazily (by an `import()` inside a function) stay files of their own. Names carry a checksum
 * of the contents, so that they may be cached for ever. What no page asks for any more is taken away. Pages name their
 * two files in `data-site` and `data-page` of the element `<script id="live">`, which is empty here: what loads them is
 * put in by page.ts.
 */
export async function bundleSite(folder: string): Promise<void> {
  const pages = readPages(folder);
  const shared = sharedModules(folder, pages);
  const site = await bundleShared(folder, shared);
  const scripts = new Map<string, string>();
  for (const page of pages) {
    const script = await bundlePage(folder, page, shared, site);
    const up = relative(dirname(page.file), ".") || ".";
    const live = `<script id="live" data-site="${up}/${site}" data-page="${up}/${script}"></script>`;
    const html = (await bundleOwnScripts(folder, page, scripts))
      .replace(page.script, "")
      .replaceAll(/\n<link rel="modulepreload"[^>]*>/g, "")
      // The stylesheet itself is the next line of the head.
      .replaceAll(/\n<link rel="preload" as="style"[^>]*>/g, "")
      .replace("</body>", () => `${live}\n</body>`);
    writeFileSync(join(folder, page.file), html);
  }
  sweep(folder);
}

/** A module that fewer pages need than this is held by each of them; it would only be a weight to all others. */
const many = 4;

/** What is asked of modules by those outside a bundle: for each file the exports, or null for all of them. */
type Wanted = ReadonlyMap<string, ReadonlySet<string> | null>;

/**
 * The modules that all pages share, each with what the pages and their own modules take of it. What a shared module
 * loads is needed by as many pages, so that the shared ones never need a page's own.
 */
function sharedModules(folder: string, pages: readonly Page[]): Wanted {
  const pagesOf = new Map<string, number>();
  for (const {imports} of pages) {
    for (const file of reach(folder, filesIn(imports))) pagesOf.set(file, (pagesOf.get(file) ?? 0) + 1);
  }
  const isShared = (file: string) => (pagesOf.get(file) ?? 0) >= Math.min(many, pages.length) || isClient(file);
  const wanted: Import[] = [];
  for (const {imports} of pages) {
    const own = [...reach(folder, filesIn(imports), true)].filter((file) => !isShared(file));
    wanted.push(...imports, ...own.flatMap((from) => importsOfFile(folder, from)));
  }
  return wantedOf(wanted.filter(({file}) => isShared(file)));
}

/** What imports together ask for, in the order of the files' names. */
function wantedOf(imports: readonly Import[]): Wanted {
  const wanted = new Map<string, Set<string> | null>();
  for (const {file, names} of imports) {
    const before = wanted.get(file);
    wanted.set(file, before === null || names === null ? null : new Set([...(before ?? []), ...names]));
  }
  return new Map([...wanted].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const filesIn = (imports: readonly Import[]) => imports.map(({file}) => file);

/** Whether a module is Framework's own, which keeps the state of a page. */
const isClient = (file: string) => file.startsWith("_observablehq/");

/** The pages of a built site that Framework has made; other HTML files are left as they are. */
function readPages(folder: string): Page[] {
  const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).map((file) => file.replaceAll("\\", "/"));
  return files
    .filter((file) => file.endsWith(".html"))
    .sort()
    .flatMap((file) => {
      const html = readFileSync(join(folder, file), "utf8");
      const [script, code] = /<script type="module">([\s\S]*?)<\/script>\n?/.exec(html) ?? [];
      if (script === undefined || !code?.includes("_observablehq/client")) return [];
      return [{file, html, script, code, imports: importsOf(code, file).filter(({late}) => late)}];
    });
}

/**
 * The script of a page: its cells, with names of modules in the place of their imports, and the modules that the shared
 * bundle does not hold. Gives the file's path.
 */
async function bundlePage(folder: string, page: Page, shared: Wanted, site: string): Promise<string> {
  const wanted = wantedOf(page.imports);
  const used = [...wanted.keys()];
  const cells = [...page.imports]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (code, {start, end, file}) => `${code.slice(0, start)}module${used.indexOf(file)}${code.slice(end)}`,
      page.code
    )
    .replaceAll(/^import (?:\{.*\} from )?"[^"]*_observablehq\/(client|stdlib)\.\w+\.js";$/gm, "")
    // The time a file was made differs from build to build, and no page asks for it.
    .replaceAll(/^(registerFile\(.*)"lastModified":[\d.]+,/gm, "$1");
  const name = page.file.replace(/\.html$/, "").replaceAll("/", "-");
  const imports = [
    'import {define, registerFile} from "shared:site";',
    ...used.map((file, i) => `import * as module${i} from "taken:${file}";`)
  ];
  return await bundle(folder, `page-${name}`, [...imports, cells].join("\n"), [
    sharedPlugin(folder, shared, site),
    sitePlugin(folder, wanted)
  ]);
}

const scriptElement = /<script type="module" src="([^"]*_import\/[^"]*)"><\/script>/g;

/**
 * The page with each module that its head names as a script bundled into one file. What that imports lazily stays a file
 * of its own. `done` holds the scripts that were bundled for pages before.
 */
async function bundleOwnScripts(folder: string, {file, html}: Page, done: Map<string, string>): Promise<string> {
  let result = html;
  for (const [element, source = ""] of html.matchAll(scriptElement)) {
    const entry = join(folder, dirname(file), source);
    const script = done.get(entry) ?? (await bundleScript(folder, entry));
    done.set(entry, script);
    result = result.replace(element, element.replace(source, `${relative(dirname(file), ".") || "."}/${script}`));
  }
  return result;
}

async function bundleScript(folder: string, entry: string): Promise<string> {
  const name = basename(entry).replace(/\.\w+\.js$/, "");
  return await bundle(folder, name, `import ${JSON.stringify(entry)};`, [sitePlugin(folder, new Map())]);
}

/** The script that pages share: of each module what is wanted, under a name that {@link sharedPlugin} knows. */
async function bundleShared(folder: string, shared: Wanted): Promise<string> {
  const entry = [
    'export {define} from "observablehq:client";',
    'export {registerFile} from "observablehq:stdlib";',
    // For those who render the pages before they are published (render.ts).
    'export {runtime} from "observablehq:main";',
    exportKnow,
    ...[...shared.keys()].map((file, i) => `export * as module${i} from "taken:${file}";`)
  ];
  return await bundle(folder, "site", entry.join("\n"), [sitePlugin(folder, shared)]);
}

/**
 * Bundles a module into one file, `_site/<name>.*.js`, and what it imports lazily into files of their own. Gives the
 * file's path.
 */
async function bundle(folder: string, name: string, contents: string, plugins: Plugin[]): Promise<string> {
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: folder, sourcefile: `${name}.js`},
    outdir: join(folder, "_site"),
    entryNames: name,
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "linked",
    write: false,
    logLevel: "warning",
    plugins: [...plugins, clientPlugin, leftOutPlugin, compiledPlugin]
  });
  mkdirSync(join(folder, "_site"), {recursive: true});
  let path = "";
  for (const [file, text] of filesOf(outputFiles)) {
    const contents = text.replace(`${name}.js.LEGAL.txt`, `${name}.LEGAL.txt`);
    if (file === `${name}.js`) path = writeHashed(folder, `_site/${file}`, contents);
    else writeFileSync(join(folder, "_site", file.replace(".js.LEGAL", ".LEGAL")), contents);
  }
  return path;
}

/** What the bundler made, by names that do not depend on where. */
function filesOf(made: readonly OutputFile[]): Map<string, string> {
  return nameParts(new Map(made.map(({path, text}) => [path.replaceAll("\\", "/").split("/").at(-1) ?? "", text])));
}

/** Where packages are, behind any link: of one that is found by two paths, the bundle would have two instances. */
const packages = realpathSync(join(root, "node_modules"));

const client = join(packages, "@observablehq/framework/dist/client");

/** Framework's own client, without its libraries, which would be fetched from elsewhere. */
const clientPlugin: Plugin = {
  name: "client",
  setup({onResolve, onLoad}) {
    const files: Record<string, string> = {client: "index", stdlib: "stdlib", main: "main", runtime: "runtime"};
    onResolve({filter: /^observablehq:/}, ({path}) => {
      const file = files[path.slice("observablehq:".length)];
      return file ? {path: join(client, `${file}.js`)} : {path, external: true};
    });
    onLoad({filter: /\/client\/stdlib\/(recommendedLibraries|sampleDatasets)\.js$/}, () => ({contents: "export {}"}));
    // Readers of formats that no page reads; whoever asks for one gets an error from the browser.
    onResolve({filter: /^npm:/}, ({path}) => ({path, external: true}));
  }
};

/** Parts of libraries that no page has any use for, as a pattern of how they are imported. */
const leftOut = {
  maps: /^d3-geo$/,
  "writing of Arrow files": /\/to-arrow(-ipc)?\.js$/
};

/** What libraries call of these when they are loaded, in use or not: what stands for it, so that it throws when used. */
const calledEarly: Readonly<Record<string, string>> = {geoTransform: "() => ({stream: refuse})"};

/** What is left out of libraries throws as soon as it is called, so that a page that comes to need it is not built. */
const leftOutPlugin: Plugin = {
  name: "left-out",
  setup({onResolve, onLoad}) {
    for (const [what, filter] of Object.entries(leftOut)) {
      onResolve({filter}, ({path, importer}) => ({
        path: createRequire(importer).resolve(path),
        namespace: "left-out",
        pluginData: what
      }));
    }
    onLoad({filter: /.*/, namespace: "left-out"}, async ({path, pluginData: what}) => {
      const message = JSON.stringify(`published pages hold no ${what}: see “leftOut” in scripts/bundle.ts`);
      const exports = Object.keys((await import(path)) as object).map(
        (name) => `export const ${name} = ${calledEarly[name] ?? "refuse"};`
      );
      return {contents: [`function refuse() { throw new Error(${message}); }`, ...exports].join("\n")};
    });
  }
};

/** In the script of a page: what the shared one holds is taken from there. */
function sharedPlugin(folder: string, shared: Wanted, site: string): Plugin {
  const files = [...shared.keys()];
  return {
    name: "shared",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^shared:site$/}, () => ({path: `./${basename(site)}`, external: true}));
      onResolve({filter: /^\.+\//}, ({path, resolveDir}) => {
        const file = relative(folder, resolve(resolveDir, path));
        return shared.has(file) ? {path: file, namespace: "shared"} : null;
      });
      onLoad({filter: /.*/, namespace: "shared"}, async ({path}) => {
        const names = [...(shared.get(path) ?? (await exportsOf(folder, path)))].sort();
        const taken = names.map((name, i) => `${name}: taken${i}`).join(", ");
        const given = names.map((name, i) => `taken${i} as ${name}`).join(", ");
        const module = `module${files.indexOf(path)}`;
        return {
          contents: `import {${module}} from "shared:site";\nconst {${taken}} = ${module};\nexport {${given}};`
        };
      });
    }
  };
}

/** The names of all that a module of the site exports. */
async function exportsOf(folder: string, file: string): Promise<string[]> {
  const {metafile} = await build({
    stdin: {contents: `export * from ${JSON.stringify(`./${file}`)};`, resolveDir: folder},
    bundle: true,
    format: "esm",
    metafile: true,
    write: false,
    outdir: folder,
    plugins: [sitePlugin(folder, new Map()), clientPlugin]
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}

/**
 * Modules of the built site: of each only the exports that are taken; libraries from their own packages, whose parts
 * can be left out, and not from Framework's bundles; and what a module says of its own address stays true.
 */
function sitePlugin(folder: string, wanted: Wanted): Plugin {
  return {
    name: "site",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^taken:/}, ({path}) => ({path: path.slice("taken:".length), namespace: "taken"}));
      onLoad({filter: /.*/, namespace: "taken"}, ({path}) => {
        const names = wanted.get(path);
        const from = JSON.stringify(`./${path}`);
        const contents = names ? `export {${[...names].sort().join(", ")}} from ${from};` : `export * from ${from};`;
        return {contents, resolveDir: folder};
      });
      onResolve({filter: /\/_node\//}, ({path, resolveDir}) => {
        const [, name] = /_node\/((?:@[^/]+\/)?[^@/]+)@[^/]+\/index\.\w+\.js$/.exec(resolve(resolveDir, path)) ?? [];
        return name ? {path: libraryEntry(name)} : null;
      });
      onResolve({filter: /\/_observablehq\/(stdlib|runtime)\.\w+\.js$/}, ({path}) => ({
        path: join(client, `${path.includes("runtime") ? "runtime" : "stdlib"}.js`)
      }));
      onLoad({filter: /\/_import\/.*\.js$/}, ({path}) => {
        const address = `../${relative(folder, path).replace(/\.\w{8}(?=\.js$)/, "")}`;
        const own = `new URL(${JSON.stringify(address)}, import.meta.url).href`;
        const text = readFileSync(path, "utf8")
          .replaceAll(/"lastModified":[\d.]+,/g, "")
          .replaceAll(/\bimport\.meta\.url\b/g, own)
          .replaceAll(/\bimport\.meta\.resolve\(("[^"]*")\)/g, `new URL($1, ${own}).href`);
        return {contents: text, loader: "js"};
      });
    }
  };
}

/** The first file of a package, as its package.json names it for bundlers. */
function libraryEntry(name: string): string {
  const folder = join(packages, name);
  const {module, main} = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    module?: string;
    main?: string;
  };
  const file = join(folder, module ?? main ?? "index.js");
  return [file, `${file}.js`, join(file, "index.js")].find((path) => /\.m?js$/.test(path) && existsSync(path)) ?? file;
}

/** Writes a file under a name that carries a checksum of its contents; gives its path in the site. */
export function writeHashed(folder: string, path: string, contents: string): string {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8);
  const named = path.replace(/(\.\w+)$/, `.${hash}$1`);
  mkdirSync(dirname(join(folder, named)), {recursive: true});
  writeFileSync(join(folder, named), contents);
  return named;
}

/** Takes away the modules that nothing names any more: not the pages, not the bundles, not what these still load. */
function sweep(folder: string): void {
  const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).map((file) => file.replaceAll("\\", "/"));
  const modules = new Set(files.filter((file) => /^_(import|node|npm|observablehq)\/.*\.js$/.test(file)));
  const kept = files.filter((file) => /\.(html|js)$/.test(file) && !modules.has(file));
  for (const file of kept) {
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, specifier = ""] of text.matchAll(/["'`]((?:\.{1,2}\/)[^"'`\s]*\.js)["'`]/g)) {
      const named = join(dirname(file), specifier);
      if (!modules.delete(named)) continue;
      kept.push(named);
    }
  }
  for (const file of modules) rmSync(join(folder, file));
  // Deepest first, so that folders which held only such modules go too.
  for (const file of files.toSorted().reverse()) {
    if (!/^_(import|node|npm|observablehq)\b/.test(file)) continue;
    try {
      rmdirSync(join(folder, file));
    } catch {
      // It is a file, or holds some.
    }
  }
}
