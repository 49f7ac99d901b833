import type {ColumnTable} from "arquero";
import {numbersOf, type PrintedNumber} from "../tables/crosstab.js";
import {type ReportEntries, tableEntry, variableEntry} from "../tables/labels.js";
import type {TableId} from "../tables/table-id.js";
import type {Verdict} from "../tables/verdict.js";
import {type Html, html} from "./html.js";
import {bilingual, both} from "./language.js";
import {printedTable} from "./printed-table.js";

/** What pages use of a line of `checks.arrow`. */
export interface PastedCheck {
  readonly table: TableId;
  readonly place_printed: string;
  readonly printed: string;
  readonly verdict: Verdict;
  readonly note: string;
}

/**
 * A table as it was pasted, each number with what it is: a mean, a ratio, an end of its interval. Below it stand the
 * numbers that are of no row, and what the register of checks says of all.
 *
 * @example pastedTable(published, report, checks.objects(), "2a")
 */
export function pastedTable(
  published: ColumnTable,
  report: ReportEntries,
  checks: readonly unknown[],
  table: TableId
): HTMLElement {
  const entry = tableEntry(report, table);
  const cells = numbersOf(published).filter((cell) => cell.table === table);
  const rows = [...new Map(cells.map((cell) => [cell.row_index, cell.row_label])).entries()].filter(
    ([r]) => r !== null
  );
  const columns = [...new Map(cells.map((cell) => [cell.column_index, cell.column_label])).entries()].sort(
    ([a], [b]) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
  );
  const {label, labelEn} = variableEntry(report, entry.row);
  const lines = rows.map(
    ([r, name]) =>
      html`<tr><th scope="row">${name}</th>${columns.map(
        ([c]) =>
          html`<td>${cells.filter((cell) => cell.row_index === r && cell.column_index === c).map((cell) => numberIn(cell, ""))}</td>`
      )}</tr>`
  );
  const free = cells.filter(({row_index}) => row_index === null);
  const own = (checks as readonly PastedCheck[]).filter((each) => each.table === table);
  return printedTable(entry, report, {
    head: html`<th scope="col">${bilingual(label, labelEn)}</th>${columns.map(([, name]) => html`<th scope="col">${name ?? ""}</th>`)}`,
    rows: lines,
    wide: columns.length > 4,
    below: html`${free.length > 0 ? html`<p class="p-value">${free.map((cell) => numberIn(cell, cell.column_label ?? ""))}</p>` : null}${verdictOf(own)}`
  });
}

const isWrong = ({verdict}: PastedCheck) => verdict === "differs" || verdict === "inconsistent";

/** A number under what it is. */
function numberIn({measure, printed, row_label, row_index}: PrintedNumber, of: string): Html {
  const name = (row_index === null && row_label) || measure.replaceAll("_", " ");
  return html`<span class="printed">${[of, name].filter(Boolean).join(": ")} ${printed}</span> `;
}

/** How many of the checks hold, and what those that do not, or that leave something open, say. */
function verdictOf(checks: readonly PastedCheck[]): Html {
  const made = checks.filter(({verdict}) => verdict !== "not_checkable");
  const wrong = made.filter(isWrong);
  const open = checks.filter(({verdict}) => verdict === "not_checkable");
  const told = [...wrong, ...open].map(
    ({place_printed, printed, note}) => html`<li>${[place_printed, printed].filter(Boolean).join(": ")}. ${note}</li>`
  );
  return html`<p class="verdict ${wrong.length > 0 ? "differs" : "exact"}">${
    made.length === 0
      ? both("0 checks: no number of the table can be held against another.")
      : both("{holds} of {made} checks hold.", {holds: made.length - wrong.length, made: made.length})
  }</p>${told.length > 0 ? html`<ul>${told}</ul>` : null}`;
}
