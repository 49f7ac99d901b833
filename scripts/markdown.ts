/** The part of markdown-it that is used here; the library itself comes with Framework. */
interface Token {
  info: string;
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
    if (!token || !cell.test(token.info) || /run=false/.test(token.info)) return render(tokens, index, ...rest);
    token.info = `${token.info} echo`;
    const html = render(tokens, index, ...rest);
    const code = html.lastIndexOf("<pre");
    if (code < 0) return html;
    return `${html.slice(0, code)}<details class="code"><summary>Code</summary>\n${html.slice(code)}</details>\n`;
  };
  return md;
}
