import type {TableEntry} from "../tables/labels.js";
import type {Say} from "../tables/phrase.js";
import {type ClaimRow, claimsList} from "./claims.js";
import {element, html, part} from "./html.js";
import {both, inBoth} from "./language.js";
import {errorsOf} from "./printed-table.js";

/** What became of a printed table’s numbers, in a sentence; null where there are none to check. */
export interface NumbersVerdict {
  readonly exact: boolean | null;
  readonly sentence: (say: Say) => string;
}

/**
 * What stands below a figure: the printed table with its verdict in one line, unfolding, and what the text says of it.
 * The line tells of the numbers, and apart from them of errors in the labels and in what the text says of the table.
 */
export function printedSection(
  entry: TableEntry,
  {exact, sentence}: NumbersVerdict,
  printed: HTMLElement,
  claims: readonly ClaimRow[]
): HTMLElement {
  const {table} = entry;
  const errors = errorsOf(entry, (id) => id).map((words) => html` ${words}.`);
  const [style, mark] = exact === null ? ["unchecked", "–"] : exact ? ["exact", "✓"] : ["differs", "≠"];
  const section = element(html`<section class="printed-section">
    <details class="printed-table"><summary>${both("Table {table}", {table})} <span class="verdict ${style}">${mark} ${inBoth(sentence)}</span>${
      errors.length > 0 ? html`<span class="errors">${errors}</span>` : null
    }</summary></details>
  </section>`);
  part(section, "details").append(printed);
  if (claims.length > 0) section.append(claimsList(claims, `table ${table}`));
  return section;
}
