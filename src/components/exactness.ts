import type {Comparison} from "../tables/comparison.js";
import type {TableEntry} from "../tables/labels.js";
import {element, html} from "./html.js";
import {bilingual} from "./language.js";
import {scrollingTable} from "./table.js";

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
  const table = scrollingTable("Counts compared, by table", "register", ["Table", "Title", "Equal counts"], rows);
  return element(
    html`<details class="fold"><summary>All ${tables.length} tables, one by one</summary>${table}</details>`
  );
}
