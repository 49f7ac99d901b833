import {type ReportEntries, tableEntry} from "../analysis/labels.js";
import type {Regression} from "../analysis/regression-table.js";
import {bilingual} from "./comparison.js";
import {element, html} from "./html.js";

/** A printed regression with what follows from each coefficient and its t: P, interval, Holm’s P, unique variance. */
export function regressionTable({predictors}: Regression, report: ReportEntries, table: number): HTMLElement {
  const entry = tableEntry(report, table);
  const rows = predictors.map((predictor) => {
    const {label, beta, t, printedP, valueP, p, lower, upper, unique} = predictor;
    const same = Math.abs(valueP - p) < 0.0015;
    return html`<tr>
      <th scope="row">${bilingual(label.no, label.en)}</th>
      <td>${decimal(beta, 3)}</td>
      <td>${lower === null || upper === null ? "–" : html`${decimal(lower, 2)} to ${decimal(upper, 2)}`}</td>
      <td>${decimal(t, 3)}</td>
      <td><span class="printed">${printedP}</span></td>
      <td>${p < 0.0005 ? "<0.001" : decimal(p, 3)}${same ? null : html` <span class="remark">differs</span>`}</td>
      <td>${predictor.holm < 0.0005 ? "<0.001" : decimal(predictor.holm, 3)}</td>
      <td>${(100 * unique).toFixed(1)}%</td>
    </tr>`;
  });
  return element(html`<figure class="comparison wide" id="table-${table}">
    <figcaption>
      <span class="table-number">Table ${table}</span> <span lang="no">${entry.title}</span>
      <span class="gloss">${entry.titleEn}</span>
    </figcaption>
    <div class="scroll" tabindex="0" role="region" aria-label="Table ${table}, printed and recomputed">
      <table>
        <thead><tr>
          <th scope="col">Predictor</th>
          <th scope="col">Beta, printed</th>
          <th scope="col">95% interval, from beta and t</th>
          <th scope="col">t, printed</th>
          <th scope="col">Sig., as printed</th>
          <th scope="col">P from t</th>
          <th scope="col">P after Holm</th>
          <th scope="col">Explained by it alone</th>
        </tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  </figure>`);
}

function decimal(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", "−");
}
