import {decimalText} from "../tables/format.js";
import {type ReportEntries, tableEntry} from "../tables/labels.js";
import type {Regression} from "../tables/regression-table.js";
import type {TableId} from "../tables/table-id.js";
import {html} from "./html.js";
import {bilingual, both, ownLanguage, say} from "./language.js";
import type {NumbersVerdict} from "./printed-section.js";
import {printedTable} from "./printed-table.js";
import {scrollingTable} from "./table.js";

/** A printed regression with what follows from each coefficient and its t: P, interval, Holm’s P, unique variance. */
export function regressionTable(
  {predictors, below, coding}: Regression,
  report: ReportEntries,
  table: TableId
): HTMLElement {
  const rows = predictors.map((predictor) => {
    const {label, beta, t, printedP, reproduces, p, lower, upper, unique} = predictor;
    return html`<tr>
      <th scope="row">${bilingual(label.no, label.en)}</th>
      <td>${decimalText(beta, 3)}</td>
      <td>${lower === null || upper === null ? "–" : html`${decimalText(lower, 2)} ${both("to")} ${decimalText(upper, 2)}`}</td>
      <td>${decimalText(t, 3)}</td>
      <td><span class="printed">${printedP}</span></td>
      <td>${pOf(p)}${reproduces ? null : html` <span class="remark">${both("differs")}</span>`}</td>
      <td>${pOf(predictor.holm)}</td>
      <td>${(100 * unique).toFixed(1)}%</td>
    </tr>`;
  });
  const head = [
    "Predictor",
    "Beta, printed",
    "95% interval, from beta and t",
    "t, printed",
    "Sig., as printed",
    "P from t",
    "P after Holm",
    "Explained by it alone"
  ].map((name) => html`<th scope="col">${both(name)}</th>`);
  const codes = html`<tbody lang="${ownLanguage()}">${coding.map(
    ({item, meaning, printed}) => html`<tr><td>${item}</td><td>${meaning}</td><td>${printed}</td></tr>`
  )}</tbody>`;
  return printedTable(tableEntry(report, table), report, {
    head,
    rows,
    wide: true,
    below: html`<p class="p-value">${both("Below the table the report prints")} ${below.map(
      ({measure, printed}, i) =>
        html`${i > 0 ? ", " : null}${both(belowNames[measure] ?? measure)} <span class="printed below">${printed}</span>`
    )}.</p>
    <details class="fold"><summary>${both("How answers are coded, as printed")}</summary>
      ${scrollingTable(say("How answers are coded, as printed"), "coding", [both("Of what"), both("Answer"), both("Code")], codes)}
    </details>`
  });
}

/** How many of the printed significances follow from their t, in a sentence. */
export function regressionVerdict({predictors}: Regression): NumbersVerdict {
  const all = predictors.length;
  const following = predictors.filter(({reproduces}) => reproduces).length;
  const exactly = predictors.filter((predictor) => predictor.reproduces && predictor.exactly).length;
  return {
    worst: following < all ? "differs" : exactly < all ? "rounding" : "exact",
    sentence: (say) =>
      exactly === all
        ? say("Each of the {all} significances follows from its t.", {all})
        : say("{exactly} of the {all} significances follow from the printed t, {rounded} within its rounding.", {
            exactly,
            all,
            rounded: following - exactly
          })
  };
}

const belowNames: Readonly<Record<string, string>> = {n: "N", r2: "R²", f: "F", significance: "significance of F"};

const pOf = (p: number) => (p < 0.0005 ? "<0.001" : decimalText(p, 3));
