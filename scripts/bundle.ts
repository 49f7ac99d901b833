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
import {dirname, join, relative, resolve} from "node:path/posix";
import {fileURLToPath} from "node:url";
import {type ImportExpression, type Node, type Pattern, parse} from "acorn";
import {ancestor} from "acorn-walk";
import {build, type OutputFile, type Plugin, transform} from "esbuild";
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

/** A module that a cell imports: where in the script, which file of the site, and which of its exports (null: all). */
interface Import {
  readonly start: number;
  readonly end: number;
  readonly file: string;
  readonly names: readonly string[] | null;
}

/**
 * Turns a site as Framework builds it (dozens of small modules a page, whole libraries) into few files:
 *
 * - one `_site/site.*.js`, shared by all pages: Framework's client, the project's modules and, of the libraries, what
 *   these use; modules that are imported lazily (by an `import()` inside a function) stay files of their own;
 * - one `_site/<page>.*.js` a page, with its cells.
 *
 * Names carry a checksum of the contents, so that they may be cached for ever. What no page asks for any more is taken
 * away. Pages name their two files in `data-site` and `data-page` of the element `<script id="live">`, which is empty
 * here: what loads them is put in by page.ts.
 */
export async function bundleSite(folder: string): Promise<void> {
  const pages = readPages(folder);
  const wanted = new Map<string, Set<string> | null>();
  for (const {file, names} of pages.flatMap((page) => page.imports)) {
    const before = wanted.get(file);
    wanted.set(file, before === null || names === null ? null : new Set([...(before ?? []), ...names]));
  }
  const modules = [...wanted.keys()].sort();
  const site = await bundleModules(folder, modules, wanted);
  const scripts = new Map<string, string>();
  for (const page of pages) {
    const name = page.file.replace(/\.html$/, "").replaceAll("/", "-");
    const script = writeHashed(folder, `_site/page-${name}.js`, await bundlePage(page, modules, site));
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
      return [{file, html, script, code, imports: importsOf(code, dirname(file))}];
    });
}

/** The modules that cells import: Framework writes each import declaration as an `import()` that is taken apart. */
function importsOf(code: string, folder: string): Import[] {
  const imports: Import[] = [];
  ancestor(parse(code, {ecmaVersion: "latest", sourceType: "module"}), {
    ImportExpression(node: ImportExpression, _: unknown, parents: Node[]) {
      const {source, start, end} = node;
      if (source.type !== "Literal" || typeof source.value !== "string" || !source.value.startsWith(".")) return;
      imports.push({start, end, file: join(folder, source.value), names: namesOf(taken(node, parents as Parent[]))});
    }
  });
  return imports;
}

type Parent = {type: string} & Partial<{
  id: Pattern;
  init: Node;
  argument: Node;
  arguments: Parent[];
  elements: Node[];
}>;

/** The pattern that takes an `import()` apart: `const {a} = await import()`, or its place in a `Promise.all`. */
function taken(node: Node, parents: readonly Parent[]): Pattern | null {
  const declarator = parents.findLast(({type}) => type === "VariableDeclarator");
  if (!declarator?.id) return null;
  const list = parents.findLast(({type}) => type === "ArrayExpression")?.elements;
  if (!list) return (declarator.init as Parent | undefined)?.argument === node ? declarator.id : null;
  return declarator.id.type === "ArrayPattern" ? (declarator.id.elements[list.indexOf(node)] ?? null) : null;
}

function namesOf(pattern: Pattern | null): string[] | null {
  if (pattern?.type !== "ObjectPattern") return null;
  const names = pattern.properties.map((property) =>
    property.type === "Property" && property.key.type === "Identifier" ? property.key.name : null
  );
  return names.every((name) => name !== null) ? names : null;
}

/** The script of a page, with names of the shared bundle in the place of its imports. */
async function bundlePage(page: Page, modules: readonly string[], site: string): Promise<string> {
  const nameOf = (file: string) => `module${modules.indexOf(file)}`;
  const cells = [...page.imports]
    .sort((a, b) => b.start - a.start)
    .reduce((code, {start, end, file}) => `${code.slice(0, start)}${nameOf(file)}${code.slice(end)}`, page.code)
    .replaceAll(/^import (?:\{.*\} from )?"[^"]*_observablehq\/(client|stdlib)\.\w+\.js";$/gm, "")
    // The time a file was made differs from build to build, and no page asks for it.
    .replaceAll(/^(registerFile\(.*)"lastModified":[\d.]+,/gm, "$1");
  const used = [...new Set(page.imports.map(({file}) => nameOf(file)))].sort();
  const imports = `import {${["define", "registerFile", ...used].join(", ")}} from "./${site.replace("_site/", "")}";`;
  const {code} = await transform(`${imports}\n${cells}`, {minify: true, format: "esm", target, charset: "utf8"});
  return code;
}

const target = "es2022";

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
  const name =
    entry
      .split("/")
      .at(-1)
      ?.replace(/\.\w+\.js$/, "") ?? "script";
  const {outputFiles} = await build({
    entryPoints: {[name]: entry},
    outdir: join(folder, "_site"),
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target,
    minify: true,
    charset: "utf8",
    write: false,
    logLevel: "warning",
    plugins: [clientPlugin, noEvalPlugin, sitePlugin(folder, new Map())]
  });
  let script = "";
  for (const [file, text] of filesOf(outputFiles)) {
    if (file === `${name}.js`) script = writeHashed(folder, `_site/${file}`, text);
    else writeFileSync(join(folder, "_site", file), text);
  }
  return script;
}

/** Bundles modules of the site into one file, and lazily imported ones into files of their own. Gives the file's path. */
async function bundleModules(
  folder: string,
  modules: readonly string[],
  wanted: ReadonlyMap<string, ReadonlySet<string> | null>
): Promise<string> {
  const entry = [
    'export {define} from "observablehq:client";',
    'export {registerFile} from "observablehq:stdlib";',
    // For those who render the pages before they are published (render.ts).
    'export {runtime} from "observablehq:main";',
    ...modules.map((file, i) => `export * as module${i} from "taken:${file}";`)
  ];
  const {outputFiles} = await build({
    stdin: {contents: entry.join("\n"), resolveDir: root, sourcefile: "site.js"},
    outdir: join(folder, "_site"),
    entryNames: "site",
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target,
    minify: true,
    charset: "utf8",
    legalComments: "linked",
    write: false,
    logLevel: "warning",
    plugins: [clientPlugin, noEvalPlugin, sitePlugin(folder, wanted)]
  });
  let site = "";
  for (const [name, text] of filesOf(outputFiles)) {
    if (name === "site.js") {
      site = writeHashed(folder, "_site/site.js", text.replace("site.js.LEGAL.txt", "site.LEGAL.txt"));
    } else {
      mkdirSync(join(folder, "_site"), {recursive: true});
      writeFileSync(join(folder, "_site", name.replace("site.js.", "site.")), text);
    }
  }
  return site;
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

/** Arquero without the making of code from text, which the pages' policy forbids. */
const noEvalPlugin: Plugin = {
  name: "no-eval",
  setup({onLoad}) {
    onLoad({filter: /\/arquero\/src\/(expression\/(compile|compare)|util\/unroll)\.js$/}, ({path}) => {
      const text = readFileSync(path, "utf8");
      const changed = text.replaceAll(/\bFunction\(/g, "makeFunction(");
      if (changed === text) throw new Error(`${path} makes no function; see whether it still has to be replaced`);
      const from = JSON.stringify(fileURLToPath(new URL("bundle-function.ts", import.meta.url)));
      return {contents: `import {makeFunction} from ${from};\n${changed}`, loader: "js"};
    });
  }
};

/**
 * Modules of the built site: of each only the exports that are taken; libraries from their own packages, whose parts
 * can be left out, and not from Framework's bundles; and what a module says of its own address stays true.
 */
function sitePlugin(folder: string, wanted: ReadonlyMap<string, ReadonlySet<string> | null>): Plugin {
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
