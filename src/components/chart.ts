import type {Text} from "../figures/drawing.js";
import {categoryLabel, type ReportEntries, type TableEntry, variableEntry} from "../tables/labels.js";
import {type Html, html} from "./html.js";
import {bilingual, both, inText} from "./language.js";
import {printedTable} from "./printed-table.js";

/** What is to be said of the numbers of a chart that has none. */
export const withoutNumbers = "A chart without numbers, which cannot be checked by itself.";

/**
 * A chart that the report prints without numbers, in the frame of its tables: the categories with what the rest of the
 * report tells of the bar of each, by their codes, the answers its colours stand for, and the steps along its axis.
 */
export function printedChart(
  entry: TableEntry,
  report: ReportEntries,
  ticks: readonly string[],
  known: Readonly<Record<string, Text>>
): HTMLElement {
  const rows = entry.rowCodes.map((code) => {
    const {no, en} = categoryLabel(report, entry.row, code);
    const told = known[code];
    return html`<tr><th scope="row">${bilingual(no, en)}</th><td class="words">${told ? inText(told) : both("Nothing")}</td></tr>`;
  });
  const {label, labelEn} = variableEntry(report, entry.row);
  return printedTable(entry, report, {
    head: html`<th scope="col">${bilingual(label, labelEn)}</th><th scope="col" class="words">${both("What the report tells of the bar")}</th>`,
    rows,
    below: html`${answers(entry, report)}
      <p class="key">${both("The axis, as printed, in percent:")} ${ticks.join(" · ")}.</p>
      <p class="verdict unchecked">${both(withoutNumbers)}</p>`
  });
}

/** The answers that the parts of a bar stand for, where it has parts. */
function answers({column}: TableEntry, report: ReportEntries): Html | null {
  if (column === null) return null;
  const labels = variableEntry(report, column).categories.map(
    (c, i) => html`${i > 0 ? " · " : null}${bilingual(c.label, c.labelEn)}`
  );
  return html`<p class="key">${both("The parts of each bar:")} ${labels}.</p>`;
}
