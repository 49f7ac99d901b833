import type {WorstVerdict} from "../tables/comparison.js";
import type {TableEntry} from "../tables/labels.js";
import type {Say} from "../tables/phrase.js";
import {type ClaimRow, claimsList} from "./claims.js";
import {element, html, part} from "./html.js";
import {both, inBoth} from "./language.js";
import {errorsOf} from "./printed-table.js";

/** What became of a printed table’s numbers: the worst of them, null where there are none to check, and a sentence. */
export interface NumbersVerdict {
  readonly worst: WorstVerdict | null;
  readonly sentence: (say: Say) => string;
}

/**
 * What stands below a figure: the printed table with its verdict in one line, unfolding, and what the text says of it.
 * The line tells of the numbers, and apart from them of errors in the labels and in what the text says of the table.
 */
export function printedSection(
  entry: TableEntry,
  {worst, sentence}: NumbersVerdict,
  printed: HTMLElement,
  claims: readonly ClaimRow[]
): HTMLElement {
  const {table} = entry;
  const errors = errorsOf(entry, (id) => id).map((words) => html` ${words}.`);
  const mark = worst ? {exact: "✓", rounding: "≈", differs: "≠"}[worst] : "–";
  const section = element(html`<section class="printed-section">
    <details class="printed-table"><summary>${both("Table {table}", {table})} <span class="verdict ${worst ?? "unchecked"}">${mark} ${inBoth(sentence)}</span>${
      errors.length > 0 ? html`<span class="errors">${errors}</span>` : null
    }</summary></details>
  </section>`);
  part(section, "details").append(printed);
  if (claims.length > 0) section.append(claimsList(claims, `table ${table}`));
  return section;
}
