import {Html, type HtmlValue, html} from "./html.js";

/** What scrolls by itself where the page is too narrow for it, with a name for those who do not see it. */
export function scrolling(name: string, content: Html): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">${content}</div>`;
}

/** The head of a column; that of numbers stands at the right, as they do. */
export type Head = string | Html | {readonly number: string | Html};

/**
 * A table of the site’s own, in a region that scrolls.
 *
 * @param style classes besides `register`
 * @param rows its lines, or its parts as `<tbody>`
 */
export function register(name: string, style: string, heads: readonly Head[], rows: HtmlValue): Html {
  const head = heads.map((text) =>
    typeof text === "string" || text instanceof Html
      ? html`<th scope="col">${text}</th>`
      : html`<th scope="col" class="number">${text.number}</th>`
  );
  const parts = [rows].flat().some((row) => row instanceof Html && row.text.startsWith("<tbody"));
  return scrolling(
    name,
    html`<table class="register${style && ` ${style}`}">${heads.length > 0 ? html`<thead><tr>${head}</tr></thead>` : null}${parts ? rows : html`<tbody>${rows}</tbody>`}</table>`
  );
}
