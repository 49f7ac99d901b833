import type {CodebookFile, CodebookVariable} from "../tables/codebook.js";
import {countText} from "../tables/format.js";
import type {TableId} from "../tables/table-id.js";
import {element, type Html, html} from "./html.js";
import {bilingual, both, ownLanguage} from "./language.js";
import {scrollingTable} from "./table.js";
import {type Place, tableHref} from "./table-register.js";

/** The variables that respondents have, or are made of those that they have: each with its answers and who gave them. */
export function codebookVariables(codebook: CodebookFile, places: readonly Place[]): HTMLElement {
  const asked = codebook.variables.filter(({kind}) => kind !== "structure");
  return element(html`<div class="codebook">
    <ul class="index">${asked.map(({variable, label, labelEn}) => html`<li><a href="#${variable}">${bilingual(label, labelEn)}</a></li>`)}</ul>
    ${asked.map((variable) => section(variable, codebook.surveys, places))}
  </div>`);
}

/** What tables are built of beside questions: terms of the regression, partners, marks, lines of totals. */
export function codebookStructures(codebook: CodebookFile, places: readonly Place[]): HTMLElement {
  const structures = codebook.variables.filter(({kind}) => kind === "structure");
  return element(html`<div class="codebook">${structures.map((variable) => section(variable, [], places))}</div>`);
}

function section(entry: CodebookVariable, allSurveys: readonly string[], places: readonly Place[]): Html {
  const {variable, kind, label, labelEn, question, questionEn, asked, askedEn, derivedFrom, categories, tables} = entry;
  const surveys = allSurveys.filter((survey) => survey in entry.missing);
  const counts = (respondents: Readonly<Record<string, number>>) =>
    surveys.map((survey) => html`<td class="number">${countText(respondents[survey] ?? 0)}</td>`);
  const total = (survey: string) =>
    categories.reduce((sum, {respondents}) => sum + (respondents[survey] ?? 0), entry.missing[survey] ?? 0);
  const totals = Object.fromEntries(surveys.map((survey) => [survey, total(survey)]));
  const heads = [both("Answer"), ...surveys.map((survey) => ({number: survey})), both("Code"), both("As printed")];
  const answers = categories.map(
    ({code, label: no, labelEn: en, spellings, includes, respondents}) => html`<tr>
      <th scope="row">${bilingual(no, en)}</th>
      ${counts(respondents)}
      <td><code>${code}</code>${includes.length > 0 ? html`<span class="gloss">${includes.join(", ")}</span>` : null}</td>
      <td lang="${ownLanguage()}">${spellings.map((spelling, i) => html`${i > 0 ? html`<br>` : null}${printed(spelling)}`)}</td>
    </tr>`
  );
  const sums = [
    html`<tr><th scope="row">${both("No answer, or not asked")}</th>${counts(entry.missing)}<td></td><td></td></tr>`,
    html`<tr class="total"><th scope="row">${both("Respondents")}</th>${counts(totals)}<td></td><td></td></tr>`
  ];
  // A variable that no respondent has says so by having no columns of counts.
  return html`<section class="variable" aria-labelledby="${variable}">
    <h3 id="${variable}">${bilingual(label, labelEn)} <code>${variable}</code></h3>
    ${question ? html`<p class="question">${bilingual(question, questionEn)}</p>` : null}
    <p class="facts">${[
      kind === "structure" ? null : html`${both(kind === "ordinal" ? "In order" : "In no order")}. `,
      asked ? html`${both("Asked:")} ${bilingual(asked, askedEn)}. ` : null,
      derivedFrom === null
        ? null
        : html`${both("Merges answers to")} <a href="#${derivedFrom}"><code>${derivedFrom}</code></a>. `,
      tables.length > 0
        ? html`${both("Tables:")} ${tables.map((table, i) => html`${i > 0 ? ", " : ""}<a href="${tableHref(places, table)}">${table}</a>`)}.`
        : null
    ]}</p>
    ${scrollingTable(`Answers: ${labelEn}`, "register", heads, [...answers, ...(surveys.length > 0 ? sums : [])])}
  </section>`;
}

function printed({text, table}: {readonly text: string; readonly table: TableId | null}): Html {
  const where = table === null ? null : html` <span class="gloss">${both("table {table} only", {table})}</span>`;
  return html`${text || both("(no label)")}${where}`;
}
