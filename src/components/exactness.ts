import type {Comparison} from "../tables/comparison.js";
import type {TableEntry} from "../tables/labels.js";
import {element, html} from "./html.js";
import {bilingual} from "./language.js";

/** For each table that the respondents must print: how many of its counts were compared, and how many are equal. */
export function exactnessTable(
  tables: readonly {readonly entry: TableEntry; readonly comparison: Comparison}[]
): HTMLElement {
  const rows = tables.map(({entry, comparison}) => {
    const counts = comparison.cells.flat().map((cell) => cell.count);
    const equal = counts.filter((count) => count.verdict === "exact").length;
    return html`<tr>
      <th scope="row">${entry.table}</th>
      <td>${bilingual(entry.title, entry.titleEn)}</td>
      <td>${equal} of ${counts.length}</td>
    </tr>`;
  });
  return element(html`<details class="fold"><summary>All ${tables.length} tables, one by one</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Counts compared, by table">
      <table class="register">
        <thead><tr><th scope="col">Table</th><th scope="col">Title</th><th scope="col">Equal counts</th></tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  </details>`);
}
