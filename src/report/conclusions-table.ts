import {element, type Html, html} from "../components/html.js";
import {both, inBoth, inText} from "../components/language.js";
import {scrollingTable} from "../components/table.js";
import {firmAnswers, type Judgement, printedAnswers} from "./judgement.js";

/** Every conclusion with its two answers, and a link to its evidence: the same list wherever it stands. */
export function conclusionsTable(judgements: readonly Judgement[]): HTMLElement {
  const part = (title: string, some: readonly Judgement[]) =>
    some.length === 0
      ? null
      : html`<tbody>
          <tr><th scope="rowgroup" colspan="3">${both(title)} (${some.length})</th></tr>
          ${some.map(row)}
        </tbody>`;
  const [summary, chapters] = [true, false].map((own) => judgements.filter(({drawn}) => (drawn === "summary") === own));
  const heads = ["The report concludes", "Does it come out as printed?", "How firm is it?"].map((name) => both(name));
  const parts = [
    part("In its summary and closing chapter", summary ?? []),
    part("In its chapters besides", chapters ?? [])
  ];
  return element(scrollingTable("Every conclusion", "register cards conclusions", heads, parts));
}

function row(judgement: Judgement): Html {
  const {anchor, drawn, says, why, printed, firm, firmWords} = judgement;
  const href = drawn === "summary" ? `./conclusions.html#${anchor}` : `./${drawn}.html`;
  return html`<tr class="${printed}">
    <th scope="row"><a href="${href}">${inText(says)}</a></th>
    <td><b>${printedAnswers[printed].mark} ${both(printedAnswers[printed].words)}.</b> <span class="gloss">${inText(why)}</span></td>
    <td><b>${firmAnswers[firm].mark} ${both(firmAnswers[firm].words)}.</b> <span class="gloss">${inBoth(firmWords)}</span></td>
  </tr>`;
}

/**
 * Conclusions at a glance, those that come out as printed first: for each its mark, what it says, and how firm it is, with
 * a link to its evidence.
 */
export function conclusionsStrip(judgements: readonly Judgement[]): HTMLElement {
  const order = Object.keys(printedAnswers);
  const sorted = judgements.toSorted((a, b) => order.indexOf(a.printed) - order.indexOf(b.printed));
  const answers = sorted.map(
    ({anchor, says, why, printed, firm}) => html`<li class="${printed}"><b>${printedAnswers[printed].mark}</b>
      <a href="./conclusions.html#${anchor}">${inText(says)}</a>
      <span>${both(printedAnswers[printed].words)}. ${inText(why)}${firm === "untested" ? null : html` ${both(firmAnswers[firm].tested)}`}</span></li>`
  );
  return element(html`<ul class="strip">${answers}</ul>`);
}

/**
 * A conclusion as its section begins: what the report says, whether it comes out as printed, how firm it is, and the
 * statements that make it up, which unfold.
 */
export function conclusionHead(judgement: Judgement, statements: HTMLElement): HTMLElement {
  const {says, why, printed, firm, firmWords} = judgement;
  const head =
    element(html`<div class="conclusion ${printed}"><p class="says">${both("The report:")} ${inText(says)}</p>
    <p class="verdict"><b>${printedAnswers[printed].mark} ${both(printedAnswers[printed].words)}.</b> ${inText(why)}</p>
    <p class="verdict"><b>${firmAnswers[firm].mark} ${both(firmAnswers[firm].words)}.</b> ${inBoth(firmWords)}</p>
    <details class="fold"><summary>${both("Statement by statement")}</summary></details></div>`);
  head.querySelector("details")?.append(statements);
  return head;
}
