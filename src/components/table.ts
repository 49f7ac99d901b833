import {type Entries, element, Html, type HtmlValue, html} from "./html.js";
import {both} from "./language.js";

/** What scrolls by itself where the page is too narrow for it, with a name for those who do not see it. */
export function scrolling(name: string, content: Html): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">${content}</div>`;
}

/** The head of a column; that of numbers stands at the right, as they do. */
export type Head = string | Html | {readonly number: string | Html};

/** A table that scrolls. Its rows are its lines, or parts that begin as `<tbody`; it may have no heads. */
export function scrollingTable(name: string, classes: string, heads: readonly Head[], rows: HtmlValue): Html {
  const head = heads.map((text) =>
    typeof text === "string" || text instanceof Html
      ? html`<th scope="col">${text}</th>`
      : html`<th scope="col" class="number">${text.number}</th>`
  );
  const parts = [rows].flat().some((row) => row instanceof Html && row.text.startsWith("<tbody"));
  const content = [
    heads.length > 0 ? html`<thead><tr>${head}</tr></thead>` : null,
    parts ? rows : html`<tbody>${rows}</tbody>`
  ];
  return scrolling(name, html`<table${classes ? html` class="${classes}"` : null}>${content}</table>`);
}

/** Lines of numbers as a table: their names at its head, the first of each line at its side. */
export function numbersTable(numbers: readonly Entries[], name: string, caption = ""): Html {
  const columns = Object.keys(numbers[0] ?? {});
  const head = columns.map((column) => html`<th scope="col">${both(column)}</th>`);
  const rows = numbers.map((line) => {
    const [first, ...others] = columns.map((column) => line[column] ?? "");
    return html`<tr><th scope="row">${first ?? ""}</th>${others.map((value) => html`<td>${value}</td>`)}</tr>`;
  });
  return scrolling(
    name,
    html`<table>${caption ? html`<caption>${both(caption)}</caption>` : null}<thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
  );
}

/**
 * Lines of numbers below a caption; a sentence where there are none.
 *
 * @example listing("How often it holds", [{Test: "Pearson", Holds: "40%"}], "There is nothing to count.")
 */
export function listing(caption: string, numbers: readonly Entries[], none: string): HTMLElement {
  return element(numbers.length > 0 ? numbersTable(numbers, caption, caption) : html`<p>${both(none)}</p>`);
}
