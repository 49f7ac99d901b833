import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join, relative} from "node:path/posix";
import matter from "gray-matter";
import * as framework from "../framework.js";
import {type SourceCell, sourceCells} from "./cells.js";
import {Kept} from "./kept.js";
import {finishPage} from "./template.js";

/** A page of the site, on its way from Markdown to what is published. */
export interface Page {
  /** Its path in the site: `who-works-here.html`. */
  readonly file: string;
  /** The way from the page to the top of the site: `.`, or `..` in a folder. */
  readonly up: string;
  /** The source's path in `src`: `who-works-here.md`. */
  readonly source: string;
  /** What its front matter says it is about, if it does. */
  readonly description: string | null;
  readonly cells: readonly SourceCell[];
  /** The names of the files that its cells attach, from the top of the site. */
  readonly files: readonly string[];
  /** The style sheet, as Framework names it. */
  readonly style: string | null;
  /** The document; addresses of files and scripts are still marked, see {@link publishFiles}. */
  html: string;
  /** The statements that define its cells; imports are marked, see {@link importMark}. */
  code: string;
}

/** Stands before a path of the site whose published address is not known yet. */
const fileMark = "publishedfile:";
const scriptMark = "publishedscript:";
const marked = (mark: string) => new RegExp(`\\b${mark}([^"'\\s,<>)]+)`, "g");

/** The mark of a file, for those who write what {@link Files.resolve} reads. */
export const markFile = (path: string) => `${fileMark}${path}`;

/** The modules that a document names as scripts, by their paths in `src`. */
export const markedScripts = marked(scriptMark);

/** What a cell imports, as it stands in {@link Page.code}: the path of a module in `src`, or a package's name. */
export const importMark = /\bimport\("shared:([^"]+)"\)/g;

/** Reads all pages and writes them with Framework's template; what has not changed is taken from the last build. */
export async function readPages(spec: framework.Spec): Promise<Page[]> {
  const kept = new Kept<Page | null>("pages", ["scripts/build/pages.ts", "observablehq.config.ts"]);
  const names = readdirSync(spec.root, {recursive: true, encoding: "utf8"}).map((name) => name.replaceAll("\\", "/"));
  const pages: Page[] = [];
  const styles = new Map<string, string>();
  for (const name of names.filter((name) => name.endsWith(".md") && !name.startsWith(".")).sort()) {
    const path = `/${name.slice(0, -".md".length)}`;
    const text = readFileSync(join(spec.root, name), "utf8");
    const template = {...spec, head: spec.head({path})};
    const page = await kept.get([path, text, template], () => writePage(spec, path));
    if (page === null) continue;
    const style = styles.get(page.style ?? "") ?? (page.style === null ? "" : await framework.readStyles(page.style));
    styles.set(page.style ?? "", style);
    pages.push({...page, html: page.html.replace("</title>", () => `</title>\n<style>${style.trim()}</style>`)});
  }
  kept.save();
  return pages;
}

/** A page with Framework's template; null if it is a draft. */
async function writePage(spec: framework.Spec, path: string): Promise<Page | null> {
  const config = await framework.readConfig(spec);
  const page = await framework.readPage(config, path);
  if (page.data.draft) return null;
  const {description} = matter.read(join(config.root, `${path}.md`)).data;
  const cells = sourceCells(page.code);
  const sound = new Set(cells.flatMap(({id, error}) => (error === null && id !== null ? [id] : [])));
  const shown = {...page, code: page.code.filter(({id}) => sound.has(id))};
  const document = await framework.writePage(config, path, shown, {
    file: markFile,
    module: (name) => (/^[a-z]+:/.test(name) ? name : `shared:${name}`),
    script: (name) => `${scriptMark}${name}`
  });
  const [script = "", code = ""] = /<script type="module">([\s\S]*)<\/script>\n(?=<\/head>)/.exec(document) ?? [];
  return {
    file: `${path.slice(1)}.html`,
    up: relative(dirname(path), "/") || ".",
    source: `${path.slice(1)}.md`,
    description: typeof description === "string" ? description : null,
    cells,
    files: await framework.attachedFiles(path, shown),
    style: page.style === null || /^\w+:/.test(page.style) ? page.style : join(config.root, dirname(path), page.style),
    html: finishPage(document.replace(script, "")),
    code: code.replace(/^import .*"observablehq:client";$/m, "").trim()
  };
}

/** The files that pages and scripts ask for, each published once under a name that carries a checksum of its contents. */
export class Files {
  private readonly published = new Map<string, {address: string; size: number} | null>();

  constructor(
    private readonly folder: string,
    private readonly find: (path: string) => Uint8Array | null
  ) {}

  /** Where a file is published, from the top of the site; null if there is no such file. */
  publish(path: string): {address: string; size: number} | null {
    const known = this.published.get(path);
    if (known !== undefined) return known;
    const bytes = this.find(path);
    const published = bytes && {address: writeHashed(this.folder, join("_file", path), bytes), size: bytes.length};
    this.published.set(path, published);
    return published;
  }

  /** A text with the address of each file in the place of its mark; `up` leads from the text to the top of the site. */
  resolve(text: string, up: string, missing: (path: string) => void): string {
    return text.replaceAll(marked(fileMark), (_, path: string) => {
      const published = this.publish(decodeURI(path));
      if (!published) missing(decodeURI(path));
      return published ? `${up}/${published.address}` : path;
    });
  }

  /** The statement by which a page makes a file known to its cells. */
  async register(path: string, up: string): Promise<string | null> {
    const published = this.publish(path);
    if (!published) return null;
    const name = up === "." ? `./${path}` : `${up}/${path}`;
    const mimeType = await framework.typeOf(path);
    const file = {name, mimeType, path: `${up}/${published.address}`, size: published.size};
    return `registerFile(${JSON.stringify(name)}, ${JSON.stringify(file)});`;
  }
}

/** Writes a file under a name that carries a checksum of its contents; gives its path in the site. */
export function writeHashed(folder: string, path: string, contents: string | Uint8Array): string {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8);
  const named = path.replace(/(\.\w+)$/, `.${hash}$1`);
  mkdirSync(dirname(join(folder, named)), {recursive: true});
  writeFileSync(join(folder, named), contents);
  return named;
}
