import type {ColumnTable} from "arquero";
import {compareTable, comparisonSentence} from "../tables/comparison.js";
import {type ReportEntries, type TableEntry, variableEntry} from "../tables/labels.js";
import type {TableId} from "../tables/table-id.js";
import {element, html} from "./html.js";
import {bilingual, both, inBoth, say} from "./language.js";
import {errorLink, errorsOf} from "./printed-table.js";
import {scrollingTable} from "./table.js";

/** Where a table stands on this site: a line of places.json. */
export interface Place {
  readonly table: TableId;
  readonly page: string;
}

/** The address of a table's place, from any page; of the start page where the table has none. */
export function tableHref(places: readonly Place[], table: TableId): string {
  const place = places.find((p) => p.table === table);
  return place ? `./${place.page}.html#table-${table}` : "./index.html";
}

/** A line for every table of the report: its number, its title and question in both languages, how its numbers hold. */
export function tableRegister(published: ColumnTable, report: ReportEntries, places: readonly Place[]): HTMLElement {
  const rows = report.tables.map((entry) => {
    const comparison = entry.kind in unchecked ? null : compareTable(published, report, entry.table);
    const question = [entry.column, entry.row]
      .flatMap((name) => (name === null || entry.kind === "regression" ? [] : [variableEntry(report, name)]))
      .find((variable) => variable.question);
    return html`<tr>
      <th scope="row"><a href="${tableHref(places, entry.table)}">${both("Table {table}", {table: entry.table})}</a></th>
      <td>${bilingual(entry.title, entry.titleEn)}${
        question ? html`<span class="question">${bilingual(question.question, question.questionEn)}</span>` : null
      }</td>
      <td>${comparison ? inBoth((say) => comparisonSentence(comparison, say)) : both(unchecked[entry.kind] ?? "")}${errorsOf(
        entry,
        errorLink
      ).map((errors) => html` ${errors}.`)}</td>
    </tr>`;
  });
  const heads = [both("Table"), both("Title and question"), both("Result")];
  return element(scrollingTable(say("Every table of the report"), "register cards", heads, rows));
}

const unchecked: Partial<Record<TableEntry["kind"], string>> = {
  chart: "A chart; its bars carry no numbers.",
  regression: "A regression; it prints no counts to compute it from, but its numbers are checked against each other."
};
