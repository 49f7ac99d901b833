import {type Comparison, comparisonSentence} from "../analysis/comparison.js";
import type {ReportEntries, TableEntry} from "../analysis/labels.js";
import {bilingual} from "./comparison.js";
import {element, html} from "./html.js";

/** A line for every table of the report: its number, its title in both languages and how its numbers hold. */
export function tableRegister(
  compared: readonly {readonly entry: TableEntry; readonly comparison: Comparison}[],
  report: ReportEntries
): HTMLElement {
  const found = new Map(compared.map(({entry, comparison}) => [entry.table, comparison]));
  const rows = report.tables.map((entry) => {
    const comparison = found.get(entry.table);
    return html`<tr>
      <th scope="row">${entry.table}</th>
      <td>${bilingual(entry.title, entry.titleEn)}</td>
      <td>${comparison ? comparisonSentence(comparison) : (unchecked[entry.kind] ?? "")}</td>
    </tr>`;
  });
  return element(html`<div class="scroll" tabindex="0" role="region" aria-label="Every table of the report">
    <table class="register">
      <thead><tr><th scope="col">Table</th><th scope="col">Title</th><th scope="col">Result</th></tr></thead>
      <tbody>${rows}</tbody>
    </table>
  </div>`);
}

const unchecked: Partial<Record<TableEntry["kind"], string>> = {
  chart: "A chart; its bars carry no numbers.",
  regression: "A regression; it prints no counts to compute it from."
};
