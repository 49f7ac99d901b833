import {readFileSync, writeFileSync} from "node:fs";

/** The part of markdown-it that is used here; the library itself comes with Framework. */
interface Token {
  info: string;
  content: string;
  map: [number, number] | null;
}
type Rule = (tokens: Token[], index: number, ...rest: unknown[]) => string;
export interface MarkdownIt {
  renderer: {rules: Record<string, Rule | undefined>};
}

/** Cells that run; blocks of other languages are shown as they are. */
const cell = /^(js|ts)\b(?!.*\becho\b)/;

/**
 * A markdown-it plugin: shows the code of every cell below its output, folded away. A cell that says `echo` or
 * `echo=false` itself is left to Framework.
 */
export function foldCode<T extends MarkdownIt>(md: T): T {
  const render = md.renderer.rules.fence;
  if (!render) return md;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (!token || !cell.test(token.info) || /run=false/.test(token.info))
      return focusable(render(tokens, index, ...rest));
    token.info = `${token.info} echo`;
    const html = focusable(render(tokens, index, ...rest));
    const code = html.lastIndexOf("<pre");
    if (code < 0) return html;
    // A comment in a cell's first line is its name.
    const [, name] = /^\/\/ (.+)/.exec(token.content) ?? [];
    const summary = name === undefined ? "Code" : `Code: ${escapeHtml(name)}`;
    return `${html.slice(0, code)}<details class="code"><summary>${summary}</summary>\n${html.slice(code)}</details>\n`;
  };
  return md;
}

/** A cell of a page, as its source has it. */
export interface Cell {
  /** The name that Framework gives it; null where it does not parse. */
  readonly id: string | null;
  /** Why it cannot be published, or null: it does not parse, or it asks for a library from elsewhere. */
  readonly error: string | null;
  readonly code: string;
  /** Whether it stands in a line of text, as `${…}`. */
  readonly inline: boolean;
}

/** What Framework’s renderers are given: the page’s path and the cells found so far. */
interface Context {
  path: string;
  code: {id: string; node: {references: readonly {name: string}[]; declarations?: readonly {name: string}[] | null}}[];
}

/** Names that Framework takes from elsewhere when no cell of a page declares them, such as `Plot`. */
function namesFromElsewhere(): string[] {
  const client = new URL("../node_modules/@observablehq/framework/dist/client/stdlib/", import.meta.url);
  return ["recommendedLibraries.js", "sampleDatasets.js"].flatMap((file) =>
    [...readFileSync(new URL(file, client), "utf8").matchAll(/^const (\w+) = \(\) =>/gm)].map(([, name = ""]) => name)
  );
}

/**
 * A markdown-it plugin that writes down the cells of every page, by the page’s path, in a file when the process ends:
 * the build names a page and a cell in its messages, and Framework’s output has neither source nor place of a cell.
 */
export function recordCells<T extends MarkdownIt>(md: T, file: string): T {
  const pages = new Map<string, Cell[]>();
  const contexts = new Map<string, Context["code"]>();
  const implicit = namesFromElsewhere();
  for (const name of ["fence", "placeholder"]) {
    const render = md.renderer.rules[name];
    if (!render) continue;
    md.renderer.rules[name] = (tokens, index, ...rest) => {
      const {path, code} = rest[1] as Context;
      const before = code.length;
      const html = render(tokens, index, ...rest);
      const id = code.length > before ? (code.at(-1)?.id ?? null) : null;
      const [, error = null] = (id === null && /observablehq--error[^>]*>(SyntaxError: [^<]*)/.exec(html)) || [];
      const cells = pages.get(path) ?? [];
      pages.set(path, cells);
      const source = tokens[index]?.content ?? "";
      const [, address] = /\b(?:from|import)\s*\(?\s*["']((?:npm|jsr|https?):[^"']*)["']/.exec(source) ?? [];
      const elsewhere = id !== null && address ? `asks another host: ${address}` : null;
      const cell = {id, error: error ?? elsewhere, code: source, inline: name === "placeholder"};
      // A page is read more than once.
      const known = cells.some((other) => other.id === id && other.code === cell.code);
      if ((id !== null || error !== null) && !known) cells.push(cell);
      contexts.set(path, code);
      return html;
    };
  }
  process.on("exit", () => {
    const finished = [...pages].map(([path, cells]) => {
      const code = contexts.get(path) ?? [];
      const declared = new Set(code.flatMap(({node}) => node.declarations?.map(({name}) => name) ?? []));
      const used = new Map(code.map(({id, node}) => [id, node.references.map(({name}) => name)]));
      return [
        path,
        cells.map((cell) => {
          const name = used.get(cell.id ?? "")?.find((name) => implicit.includes(name) && !declared.has(name));
          const error = name === undefined ? cell.error : `${name} is not imported, and would come from another host`;
          return {...cell, error};
        })
      ];
    });
    writeFileSync(file, JSON.stringify(Object.fromEntries(finished)));
  });
  return md;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Code that is wider than the page scrolls; with a place in the keyboard's walk it can be scrolled without a mouse. */
function focusable(html: string): string {
  return html.replaceAll("<pre", '<pre tabindex="0"');
}
