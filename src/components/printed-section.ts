import type {Comparison} from "../tables/comparison.js";
import {comparisonSentence} from "../tables/comparison.js";
import {type ClaimRow, claimsList} from "./claims.js";
import {element, html} from "./html.js";

/**
 * What stands below a figure: the printed table with its verdict in one line, unfolding, and what the text says of it.
 * A table that does not reproduce in every number says so in that line.
 */
export function printedSection(
  table: number,
  comparison: Comparison,
  printed: HTMLElement,
  claims: readonly ClaimRow[]
): HTMLElement {
  const {tally} = comparison;
  const whole = Object.values(tally).reduce((sum, n) => sum + n, 0) === tally.exact;
  const section = element(html`<section class="printed-section">
    <details class="printed-table"><summary>Table ${table} <span class="verdict ${whole ? "exact" : "differs"}">${
      whole ? "✓" : "≠"
    } ${comparisonSentence(comparison)}</span></summary></details>
  </section>`);
  section.querySelector("details")?.append(printed);
  if (claims.length > 0) section.append(claimsList(claims, `table ${table}`));
  return section;
}
