import {html} from "../../src/components/html.js";
import {type Cell, namesFromElsewhere} from "../framework.js";

/** The part of markdown-it that is used here; the library itself comes with Framework. */
interface Token {
  type: string;
  info: string;
  content: string;
}
type Rule = (tokens: Token[], index: number, ...rest: unknown[]) => string;
export interface MarkdownIt {
  renderer: {rules: Record<string, Rule | undefined>};
}

/** A cell of a page, as its source has it. */
export interface SourceCell {
  /** The name that Framework gives it; null where it does not parse. */
  readonly id: string | null;
  /** Why it cannot be published, or null: it does not parse, or it asks for a library from elsewhere. */
  readonly error: string | null;
  readonly code: string;
  /** Whether it stands in a line of text, as `${…}`. */
  readonly inline: boolean;
}

const recorded = new WeakMap<object, SourceCell[]>();

/** Cells that run and do not say themselves whether their code is shown. */
const folded = /^(js|ts)\b(?!.*\b(echo\b|run=false))/;

/**
 * A markdown-it plugin: folds the code of every cell away below its output, and notes its source, which Framework does
 * not keep: the build names page and cell in its messages.
 */
export function withCells<T extends MarkdownIt>(md: T): T {
  for (const name of ["fence", "placeholder"]) {
    const render = md.renderer.rules[name];
    if (!render) continue;
    md.renderer.rules[name] = (tokens, index, ...rest) => {
      const {code} = rest[1] as {code: {id: string}[]};
      const before = code.length;
      const {content = "", info = ""} = tokens[index] ?? {};
      if (tokens[index] && folded.test(info)) tokens[index].info = `${info} echo`;
      // Code that is wider than the page scrolls; with a place in the keyboard's walk it does so without a mouse.
      const shown = render(tokens, index, ...rest).replaceAll("<pre", '<pre tabindex="0"');
      const id = code.length > before ? (code.at(-1)?.id ?? null) : null;
      const [, error = null] = (id === null && /observablehq--error[^>]*>(SyntaxError: [^<]*)/.exec(shown)) || [];
      if (id !== null || error !== null) {
        recorded.set(code, [...(recorded.get(code) ?? []), {id, error, code: content, inline: name === "placeholder"}]);
      }
      const start = folded.test(info) ? shown.lastIndexOf("<pre") : -1;
      if (start < 0) return shown;
      // A comment in a cell's first line is its name; the heading above it where there is none.
      const heading = tokens.slice(0, index).findLastIndex(({type}) => type === "heading_open");
      const title = /^\/\/ (.+)/.exec(content)?.[1] ?? tokens[heading + 1]?.content ?? "";
      const summary = html`<summary><span data-text="Code">Code</span>: ${title}</summary>`.text;
      return `${shown.slice(0, start)}<details class="code">${summary}\n${shown.slice(start)}</details>\n`;
    };
  }
  return md;
}

/** The cells of a page in their order, those with an error that ask another host for a library included. */
export function sourceCells(code: readonly Cell[]): SourceCell[] {
  const implicit = namesFromElsewhere();
  const declared = new Set(code.flatMap(({node}) => node.declarations?.map(({name}) => name) ?? []));
  return (recorded.get(code) ?? []).map((cell) => {
    const {imports = [], references = []} = code.find(({id}) => id === cell.id)?.node ?? {};
    const address = imports.find(({name}) => /^(npm|jsr|https?):/.test(name))?.name;
    const name = references.find(({name}) => implicit.includes(name) && !declared.has(name))?.name;
    if (name) return {...cell, error: `${name} is not imported, and would come from another host`};
    return address ? {...cell, error: `asks another host: ${address}`} : cell;
  });
}
