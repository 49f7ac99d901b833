import {type ReportEntries, type TableEntry, variableEntry} from "../tables/labels.js";
import type {Sphere} from "../tables/verdict.js";
import {element, type Html, type HtmlValue, html} from "./html.js";
import {bilingual, both, say} from "./language.js";
import {scrolling} from "./table.js";

/**
 * The frame of every printed table: its anchor, number and title, the question that was asked, a
 * region that scrolls, and the ways on: its checks, its errors, its raw file, and other ways to cut it.
 */
export function printedTable(
  entry: TableEntry,
  report: ReportEntries,
  {head, rows, below, wide}: {head: HtmlValue; rows: readonly Html[]; below?: Html; wide?: boolean}
): HTMLElement {
  const {table, title, titleEn} = entry;
  const name = say("Table {table}, printed and recomputed", {table});
  return element(html`<figure class="comparison${wide ? " wide" : ""}" id="table-${table}">
    <figcaption>
      <span class="table-number">${both("Table {table}", {table})}</span>
      ${bilingual(title, titleEn)}
      ${asked(entry, report)}
    </figcaption>
    ${scrolling(name, html`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`)}
    ${below ?? null}
    ${waysOn(entry)}
  </figure>`);
}

/** The question whose answers the table shows, where the report prints it. */
function asked({row, column, kind}: TableEntry, report: ReportEntries): Html | null {
  if (kind === "regression") return null;
  const answers = [column, row].flatMap((name) => (name === null ? [] : [variableEntry(report, name)]));
  // What people were asked is the table's subject; how they are grouped (by background, by size) comes second.
  const subject = answers.find(({kind, question}) => kind === "ordinal" && question) ?? answers.find((v) => v.question);
  if (!subject) return null;
  return html`<span class="question">${bilingual(subject.question, subject.questionEn)}</span>`;
}

const where: Readonly<Record<Sphere, string>> = {
  numbers: "its numbers",
  labels: "its title and labels",
  text: "what the text says of it"
};

/** A table's errors in words, apart by where they stand, each id as `name` shows it. */
export function errorsOf({errataIn}: TableEntry, name: (id: string) => HtmlValue): Html[] {
  return (Object.keys(where) as Sphere[]).flatMap((sphere) => {
    const ids = errataIn[sphere];
    const named = ids.map((id, i) => html`${i > 0 ? ", " : null}${name(id)}`);
    return ids.length > 0
      ? [html`${both(`${ids.length === 1 ? "Error" : "Errors"} in ${where[sphere]}:`)} ${named}`]
      : [];
  });
}

/** The id of an error with a link to it. */
export const errorLink = (id: string): Html => html`<a href="./what-holds.html#${id}">${id}</a>`;

/** Links below a table. Errors have one each, so that a reader sees at once whether there are any. */
function waysOn(entry: TableEntry): Html {
  const {table, file, kind} = entry;
  const links = [
    html`<a href="./every-check.html?table=${table}">${both("Its checks")}</a>`,
    html`<a href="./data/raw/${file}">${both("Its raw file")}</a>`,
    ...(kind === "crosstab" ? [html`<a href="./explore.html?table=${table}">${both("Cut it another way")}</a>`] : []),
    ...errorsOf(entry, errorLink)
  ];
  return html`<p class="ways">${links.map((link, i) => html`${i > 0 ? html` · ` : null}${link}`)}</p>`;
}
