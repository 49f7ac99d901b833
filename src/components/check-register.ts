import {csvText} from "../tables/csv.js";
import {countText} from "../tables/format.js";
import {compareTables, type TableId} from "../tables/table-id.js";
import {type Verdict, verdictNames, verdicts} from "../tables/verdict.js";
import type {ClaimRow} from "./claims.js";
import {element, type Html, html, part} from "./html.js";
import {ownLanguage} from "./language.js";
import {scrollingTable} from "./table.js";

/** The columns of the register as a file. */
const columns = [
  ...(["id", "table", "kind", "place", "printed", "recomputed", "interval", "verdict", "formula", "note"] as const)
];

/**
 * A line of the register: a printed number or relation, or a claim in the prose, and what was found. Its `interval` has
 * the values that the printed number and its inputs allow; empty where there is no such interval.
 */
export interface RegisterRow extends Readonly<Record<Exclude<(typeof columns)[number], "table" | "verdict">, string>> {
  readonly table: TableId | null;
  readonly verdict: Verdict;
}

/** A row of checks.arrow. */
type CheckRow = Pick<RegisterRow, "id" | "table" | "kind" | "place" | "verdict"> &
  Readonly<Record<"printed" | "recomputed" | "formula" | "note", string | null>> &
  Readonly<Record<"lower" | "upper", number | null>>;

/** A check as a line of the register, with the interval that its digits allow where there is one. */
export function checkLine(check: CheckRow): RegisterRow {
  const ends = [check.lower, check.upper].map((end) => end ?? Number.NaN);
  const isInterval = ends.every(Number.isFinite) && ends[0] !== ends[1];
  return {
    ...check,
    printed: check.printed ?? "",
    recomputed: check.recomputed ?? "",
    interval: isInterval ? ends.map((end) => Number(end.toPrecision(4))).join(" to ") : "",
    formula: check.formula ?? "",
    note: check.note ?? ""
  };
}

const against: Readonly<Record<string, string>> = {
  tables: "against tables",
  text: "against other words of the text",
  nothing: "against nothing"
};

/** A statement of the text as a line of the register. */
export function claimLine(claim: ClaimRow & {readonly unit: string}): RegisterRow {
  const {id, table, printed, verdict, section, paraphrase, recomputed, expression, reason, note} = claim;
  return {
    ...{id, table, printed, verdict},
    kind: against[claim.against ?? ""] ?? claim.unit,
    place: `${section}: ${paraphrase}`,
    recomputed: recomputed ?? "",
    interval: "",
    formula: expression ?? "",
    note: [reason, note].filter(Boolean).join(". ")
  };
}

/** How many lines are shown at once. */
const page = 60;

/**
 * The whole register with filters by table, kind and verdict, a search, and a download of what is shown. All of it
 * works with a keyboard; the number of lines found is announced.
 */
export function checkRegister(rows: readonly RegisterRow[], name: string): HTMLElement {
  const tables = [...new Set(rows.flatMap(({table}) => table ?? []))].sort(compareTables).map(String);
  const kinds = [...new Set(rows.map(({kind}) => kind))].sort();
  const present = verdicts.filter((verdict) => rows.some((row) => row.verdict === verdict));
  const heads = ["Table", "Where", "Printed", "Recomputed", "Verdict", "How"];
  const root = element(html`<div class="check-register">
    <form class="filters" role="search" aria-label="Filter the ${name}">
      ${choice("table", "Table", tables, (table) => table)}
      ${choice("kind", "Kind", kinds, (kind) => kind.replaceAll("_", " "))}
      ${choice("verdict", "Verdict", present, (verdict) => verdictNames[verdict])}
      <label>Search <input type="search" name="text" autocomplete="off"></label>
      <a class="download" download="${name}.csv" href="#">Download these lines (CSV)</a>
    </form>
    <p class="found" role="status"></p>
    ${scrollingTable(`The ${name}`, "register", heads, [])}
    <button type="button" class="more">Show more</button>
  </div>`);
  const form = part<HTMLFormElement>(root, "form");
  const more = part<HTMLButtonElement>(root, ".more");
  const download = part<HTMLAnchorElement>(root, ".download");

  let shown = page;
  let found = rows;
  const show = () => {
    part(root, "tbody").innerHTML = html`${found.slice(0, shown).map(line)}`.text;
    const some = found.length > shown ? `; the first ${shown} are shown` : "";
    part(root, ".found").textContent = `${countText(found.length)} of ${countText(rows.length)} lines${some}`;
    more.hidden = found.length <= shown;
  };
  const filter = () => {
    const wanted = new FormData(form);
    const text = String(wanted.get("text") ?? "").toLowerCase();
    const is = (field: string, value: string) => !wanted.get(field) || wanted.get(field) === value;
    found = rows.filter(
      (row) =>
        is("table", String(row.table ?? "")) &&
        is("kind", row.kind) &&
        is("verdict", row.verdict) &&
        [row.id, row.place, row.printed, row.note, row.formula].some((value) => value.toLowerCase().includes(text))
    );
    shown = page;
    show();
  };
  // A link such as every-check.html?table=26 asks for the lines of that table.
  const asked = new URLSearchParams(globalThis.location?.search).get("table");
  if (asked && tables.includes(asked)) part<HTMLSelectElement>(form, "select[name=table]").value = asked;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => {
    shown += page;
    show();
  });
  download.addEventListener("click", () => {
    URL.revokeObjectURL(download.href);
    const text = csvText(
      columns,
      found.map((row) => columns.map((column) => row[column] || null))
    );
    download.href = URL.createObjectURL(new Blob([text], {type: "text/csv"}));
  });
  filter();
  return root;
}

function choice<T extends string>(name: string, label: string, values: readonly T[], text: (value: T) => string): Html {
  return html`<label>${label} <select name="${name}"><option value="">all</option>
    ${values.map((value) => html`<option value="${value}">${text(value)}</option>`)}</select></label>`;
}

function line({id, table, kind, place, printed, recomputed, interval, verdict, formula, note}: RegisterRow): Html {
  return html`<tr id="${id}">
    <th scope="row">${table ?? "–"}</th>
    <td>${place}<span class="gloss">${kind.replaceAll("_", " ")}</span></td>
    <td lang="${ownLanguage()}">${printed}</td>
    <td>${recomputed}${interval ? html`<span class="gloss">${interval}</span>` : null}</td>
    <td class="${verdict === "exact" ? "" : "remark"}">${verdictNames[verdict]}</td>
    <td><code>${formula}</code>${note ? html`<span class="gloss">${note}</span>` : null}</td>
  </tr>`;
}
