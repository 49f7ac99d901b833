import {mkdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {root} from "./paths.js";

/**
 * Everything that this project knows of Observable Framework's inside, which is no public interface: its version is
 * pinned, and whoever changes it looks here first. Each part says what breaks when it changes.
 */
const framework = join(root, "node_modules/@observablehq/framework/dist");

/** The command line, run with Node itself. Without it there is no preview. */
export const observable = join(framework, "bin/observable.js");

/**
 * How the preview is asked for JSON that a module of `src` imports (without `with`, which its parser does not know). It
 * serves modules alone: dev/preview.ts serves the rest. A build bundles it.
 */
export const importedJson = /^\/_import\/([\w/-]+\.json)\b/;

/** What Framework's processes need to run with no network. */
export const offline = {OBSERVABLE_TELEMETRY_DISABLE: "true"};

/** Where Framework keeps what loaders have made; a file there that is newer than its loader is used as it is. */
export const cache = join(root, "src/.observablehq/cache");

type Names = readonly {readonly name: string}[];

/** A cell, and what Framework finds in its syntax tree. */
export interface Cell {
  readonly id: string;
  readonly node: {references: Names; declarations?: Names | null; files: Names; imports: Names};
}

/** A page as Framework reads it from Markdown. */
export interface SourcePage {
  readonly data: {readonly draft?: boolean};
  readonly code: readonly Cell[];
  /** The style sheet, as a path from the page or by a name of Framework's. */
  readonly style: string | null;
}

/** How a page names what it loads; paths are given from the top of the site, without a slash before them. */
export interface Addresses {
  readonly file: (path: string) => string;
  readonly module: (pathOrPackage: string) => string;
  readonly script: (path: string) => string;
}

/** What observablehq.config.ts gives, as far as it is used here. */
export interface Spec {
  readonly root: string;
  readonly head: (page: {path: string}) => string;
  readonly dynamicPaths: readonly string[];
}

/** What is used of a configuration that Framework has completed. */
export interface Config {
  readonly root: string;
  normalizePath(path: string): string;
  readonly loaders: {loadPage(path: string, options: object, effects: object): Promise<SourcePage>};
}

const load = <T>(module: string) => import(pathToFileURL(join(framework, module)).href) as Promise<T>;
const silent = {logger: {log() {}, warn() {}, error() {}}, output: {write() {}}};

/** Framework's own reckoning with addresses. */
const loadPaths = () =>
  load<{
    relativePath(source: string, target: string): string;
    resolvePath(source: string, target: string): string;
    resolveLocalPath(source: string, target: string): string | null;
    isAssetPath(specifier: string): boolean;
    isPathImport(specifier: string): boolean;
    parseRelativeUrl(url: string): {pathname: string; search: string; hash: string};
  }>("path.js");

/** The configuration as Framework completes it. */
export async function readConfig(spec: Spec): Promise<Config> {
  const {normalizeConfig} = await load<{normalizeConfig: (spec: object) => Config}>("config.js");
  return normalizeConfig(spec);
}

/** Reads a page: its Markdown parsed, its cells parsed and named. */
export function readPage(config: Config, path: string): Promise<SourcePage> {
  return config.loaders.loadPage(path, {path, ...config}, silent);
}

/**
 * A page as a document, with the cells of the page as the last module script of its head: `define({id, inputs, outputs,
 * body})` for each, where declared imports have become `await import(…)`.
 */
export async function writePage(config: Config, path: string, page: SourcePage, how: Addresses): Promise<string> {
  const {renderPage} = await load<{renderPage: (page: SourcePage, options: object) => Promise<string>}>("render.js");
  const paths = await loadPaths();
  const local = (specifier: string) => paths.resolveLocalPath(path, specifier)?.slice(1) ?? specifier;
  const resolvers = {
    files: new Set(),
    stylesheets: new Set(),
    staticImports: new Set(),
    resolveFile: (name: string) => how.file(local(name)),
    resolveImport: (name: string) => how.module(paths.isPathImport(name) ? local(name) : name),
    resolveScript: (name: string) => how.script(local(name)),
    resolveLink(href: string) {
      const {pathname, search, hash} = paths.parseRelativeUrl(href);
      const target = paths.isAssetPath(href) ? paths.resolveLocalPath(path, pathname) : null;
      return target === null ? href : paths.relativePath(path, config.normalizePath(target)) + search + hash;
    }
  };
  return await renderPage(page, {...config, path, resolvers});
}

/** The files that the cells of a page attach, by their paths from the top of the site. */
export async function attachedFiles(path: string, {code}: SourcePage): Promise<string[]> {
  const {resolvePath} = await loadPaths();
  return [...new Set(code.flatMap(({node}) => node.files.map(({name}) => resolvePath(path, name).slice(1))))].sort();
}

/**
 * The JavaScript of a module of `src` in which every `FileAttachment("…")` says where the file is published: at `address`
 * of its path from the top of the site, seen from the folder `_site`.
 */
export async function attachFiles(code: string, path: string, address: (path: string) => string): Promise<string> {
  type Transpile = (code: string, options: object) => Promise<string>;
  const {transpileModule} = await load<{transpileModule: Transpile}>("javascript/transpile.js");
  const {resolvePath} = await loadPaths();
  return await transpileModule(code, {
    root: "src",
    path,
    servePath: "/_site/module.js",
    resolveImport: (specifier: string) => specifier,
    resolveFile: (name: string) => address(resolvePath(path, name).slice(1)),
    resolveFileInfo: () => ({})
  });
}

/** The media type of a file by its name, from the package that Framework has for it. */
export async function typeOf(name: string): Promise<string | null> {
  const mime = pathToFileURL(createRequire(join(framework, "render.js")).resolve("mime")).href;
  const types = (await import(mime)) as {default: {getType(name: string): string | null}};
  return types.default.getType(name);
}

/** A style sheet with all that it imports; Framework's own go by names such as `observablehq:default.css`. */
export async function readStyles(path: string): Promise<string> {
  const {bundleStyles} = await load<{bundleStyles: (options: object) => Promise<string>}>("rollup.js");
  return await bundleStyles({path, minify: true});
}

/**
 * The scripts of Framework's client that a page runs: `index` starts what a page has beside its cells and exports
 * `define`; `main` exports the `runtime` of the cells; `stdlib` has `FileAttachment`, `Generators` and so on. Each
 * finds its places in the document when it is loaded.
 */
export const clientScript = (name: "index" | "main" | "stdlib" | "runtime") => join(framework, `client/${name}.js`);

/**
 * The text of the client’s script `main`, changed from below (build/keep-drawn.js): `clear`, `reset`, `reject` and
 * `define` are replaced. Should one have another name, no page can be rendered.
 *
 * Left alone, a cell that fails shows its error in the place of what stood there. So changed it leaves what it showed
 * last, or what the page had before its scripts ran, and tells the page (build/live.js), with what runs it again. Its
 * error stays on its mark, for whoever renders the pages before they are published.
 */
export function keepDrawn(client: string): string {
  return client + readFileSync(new URL("build/keep-drawn.js", import.meta.url), "utf8");
}

/** How the template's search field names its script; what the script asks for is `observablehq:minisearch.json`. */
export const searchScript = "observablehq:search";

/** Client modules that would fetch libraries and data from other hosts. */
export const fetchingModules = /\/client\/stdlib\/(recommendedLibraries|sampleDatasets)\.js$/;

/** Names that Framework takes from other hosts when no cell of a page declares them, such as `Plot`. */
export function namesFromElsewhere(): string[] {
  const files = ["recommendedLibraries.js", "sampleDatasets.js"].map((file) => join(framework, "client/stdlib", file));
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  return [...text.matchAll(/^const (\w+) = \(\) =>/gm)].map(([, name = ""]) => name);
}

/** What stands where a cell's output will be: this, perhaps with the output in it, before the comment `<!--:id:-->`. */
export const loading = {start: "<observablehq-loading>", end: "</observablehq-loading>"};
export const cellMark = (id: string) => `<!--:${id}:-->`;
export const outputPlaces = /(?:<observablehq-loading><\/observablehq-loading>)?<!--:([0-9a-f]{8}(?:-\d+)?):-->/g;
export const isCellMark = (comment: string) => /^:[0-9a-f]{8}(?:-\d+)?:$/.test(comment);

/** What is used of the runtime of the cells, to know when all have come to rest. */
export interface Runtime {
  readonly _computing: Promise<unknown> | null;
  readonly _variables: Set<{readonly _promise?: Promise<unknown>; readonly _version?: number}>;
  dispose(): void;
}

/** A place of a cell's output in a document, and what the client notes on it. */
export interface CellPlace extends Comment {
  _nodes?: ChildNode[];
  /** Whatever the cell threw, see {@link keepDrawn}. */
  _error?: unknown;
}

/** Framework asks the registry for the latest version of each of these unless its cache has a folder for it. */
const recommended = [
  ..."@duckdb/duckdb-wasm @observablehq/plot @observablehq/sample-datasets apache-arrow arquero d3 d3-dsv".split(" "),
  ..."echarts htl leaflet lodash mapbox-gl parquet-wasm react react-dom topojson-client".split(" ")
];

/** Makes the folders that keep the preview from asking the registry; without them it needs a network. */
export function holdVersions(): void {
  for (const name of recommended) mkdirSync(join(cache, "_npm", `${name}@0.0.0`), {recursive: true});
}

/** Where the preview looks for a package that is imported by its bare name; what is there is used as it is. */
export function libraryFile(name: string): string {
  const {version} = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
  return join(cache, "_node", `${name}@${version}`, "index.js");
}
