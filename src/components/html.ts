/** Text that is HTML already and is not escaped again. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text and numbers are escaped, HTML is kept, lists are joined, null leaves nothing. */
export type HtmlValue = string | number | Html | null | readonly HtmlValue[];

/**
 * A tagged template that makes HTML as text, so that the same component serves a live page, a page written at build
 * and a test without a browser.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.reduce((text, string, i) => text + toText(values[i - 1] ?? null) + string));
}

/** The one element that the HTML describes, as a node of this page. Throws when it is not one element. */
export function element(content: Html): HTMLElement {
  const template = document.createElement("template");
  template.innerHTML = content.text.trim();
  const node = template.content.firstElementChild;
  if (!(node instanceof HTMLElement) || template.content.childElementCount !== 1) {
    throw new Error("the template does not make exactly one element");
  }
  return node;
}

/** The first element of a kind within another, by a selector. Throws when there is none. */
export function part<T extends Element = HTMLElement>(node: ParentNode, selector: string): T {
  const found = node.querySelector<T>(selector);
  if (!found) throw new Error(`the template has no ${selector}`);
  return found;
}

function toText(value: HtmlValue): string {
  if (value === null) return "";
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(toText).join("");
  const escapes: Record<string, string> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"};
  return String(value).replace(/[&<>"']/g, (c) => escapes[c] ?? c);
}

/** A sentence with a full stop, where it has no end yet. */
export function ended(sentence: string): string {
  return /[.!?”]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** A line of a table of numbers: what stands under each head. */
export type Entries = Readonly<Record<string, string | number>>;
