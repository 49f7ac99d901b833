import {
  type Compared,
  type ComparedCell,
  type ComparedSide,
  type Comparison,
  comparisonSentence,
  worstOf
} from "../tables/comparison.js";
import {type ReportEntries, tableEntry, variableEntry} from "../tables/labels.js";
import type {TableId} from "../tables/table-id.js";
import {verdictNames} from "../tables/verdict.js";
import {type Html, html} from "./html.js";
import {bilingual, both, inBoth} from "./language.js";
import {printedTable} from "./printed-table.js";

/**
 * A printed table beside its recomputation: each cell shows what is printed, and below it the recomputed percent.
 * A number that does not reproduce says so in words, in its cell; the sentence below the table sums up.
 */
export function comparisonTable(comparison: Comparison, report: ReportEntries, table: TableId): HTMLElement {
  const entry = tableEntry(report, table);
  const row = variableEntry(report, entry.row);
  const columns =
    entry.column === null
      ? html`<th scope="col">${both("Count and percent")}</th>`
      : comparison.columns.map((side) => html`<th scope="col">${label(side)}</th>`);
  const summed = comparison.cells.flat().some(({cumulative}) => cumulative !== null);
  const rows = comparison.rows.map(
    (side, r) => html`<tr${side.isTotal ? html` class="total"` : null}>
        <th scope="row">${label(side)}</th>
        ${(comparison.cells[r] ?? []).map(
          (cell) => html`<td>${cellContent(cell)}</td>${summed ? html`<td>${cumulativeContent(cell)}</td>` : null}`
        )}
      </tr>`
  );
  const {p} = comparison;
  return printedTable(entry, report, {
    head: html`<th scope="col">${bilingual(row.label, row.labelEn)}</th>${columns}${
      summed ? html`<th scope="col">${both("Cumulative percent")}</th>` : null
    }`,
    rows,
    wide: comparison.columns.length > 4,
    below: html`<p class="key">${both("In each cell: count and percent as printed, and below them, in italics, the percent recomputed.")}</p>
    ${p ? pLine(p) : null}
    <p class="verdict ${worstOf(comparison)}">${inBoth((say) => comparisonSentence(comparison, say))}</p>`
  });
}

/** The P value below a table, as printed and recomputed. */
function pLine({printed, recomputed, verdict, words}: Compared): Html {
  return html`<p class="p-value">P ${both("as printed")} <span class="printed">${printed}</span>; <i>${both("recomputed")}</i> ${inBoth((say) => say(recomputed))} (${both("Pearson’s chi-square")}) ${
    verdict === "exact" && !words ? null : html`<span class="remark">${both(words || verdictNames[verdict])}</span>`
  }</p>`;
}

function label({printed, no, en}: ComparedSide): Html {
  const shown = printed || no;
  // A long word such as “Kommunaletat/sosialtjeneste” may break after its slash.
  const parts = shown.split("/").map((part, i) => html`${i > 0 ? html`/<wbr>` : null}${part}`);
  return en === shown ? html`<span>${parts}</span>` : bilingual(html`${parts}`, en);
}

function cellContent({count, percents}: ComparedCell): Html {
  return html`<span class="printed">${count.printed}</span>
    ${percents.map(({printed}) => html`<span class="printed percent">${withSign(printed)}</span>`)}
    ${percents.map(({recomputed}) => html`<span class="recomputed">${recomputed}</span>`)}
    ${[count, ...percents].map(remark)}`;
}

function cumulativeContent({cumulative}: ComparedCell): Html | null {
  return cumulative
    ? html`<span class="printed cumulative">${withSign(cumulative.printed)}</span>
    <span class="recomputed">${cumulative.recomputed}</span>
    ${remark(cumulative)}`
    : null;
}

/** A percent as printed; where a table prints it without its sign, the sign is added to tell it from a count. */
function withSign(printed: string): string {
  return printed.endsWith("%") ? printed : `${printed}\u202f%`;
}

function remark({verdict, words}: Compared): Html | null {
  return verdict === "exact" ? null : html`<span class="remark">${both(words || verdictNames[verdict])}</span>`;
}
