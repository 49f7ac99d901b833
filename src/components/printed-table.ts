import type {TableEntry} from "../analysis/labels.js";
import {element, type Html, type HtmlValue, html} from "./html.js";

/** What a printed table of the report shows beside its title. */
export interface PrintedTableParts {
  /** The cells of the header line. */
  readonly head: HtmlValue;
  /** The lines below it. */
  readonly rows: readonly Html[];
  /** What is said below the table. */
  readonly below?: Html;
  /** A table of many narrow columns. */
  readonly wide?: boolean;
}

/** The frame of every printed table: its anchor, number and title in both languages, and a region that scrolls. */
export function printedTable(
  {table, title, titleEn}: TableEntry,
  {head, rows, below, wide}: PrintedTableParts
): HTMLElement {
  return element(html`<figure class="comparison${wide ? " wide" : ""}" id="table-${table}">
    <figcaption>
      <span class="table-number">Table ${table}</span> <span lang="no">${title}</span>
      <span class="gloss">${titleEn}</span>
    </figcaption>
    <div class="scroll" tabindex="0" role="region" aria-label="Table ${table}, printed and recomputed">
      <table>
        <thead><tr>${head}</tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
    ${below ?? null}
  </figure>`);
}
