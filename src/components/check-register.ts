import {countText} from "../tables/format.js";
import {compareTables, type TableId} from "../tables/table-id.js";
import {type Verdict, verdictNames, verdicts} from "../tables/verdict.js";
import {element, type Html, html} from "./html.js";
import {ownLanguage} from "./language.js";

/** A line of the register: a printed number or relation, or a claim in the prose, and what was found. */
export interface RegisterRow {
  readonly id: string;
  readonly table: TableId | null;
  readonly kind: string;
  readonly place: string;
  readonly printed: string;
  readonly recomputed: string;
  /** The values that the printed number and its inputs allow, as text; empty where there is no such interval. */
  readonly interval: string;
  readonly verdict: Verdict;
  readonly formula: string;
  readonly note: string;
}

/** A row of checks.arrow. */
type CheckRow = Pick<RegisterRow, "id" | "table" | "kind" | "place" | "verdict"> &
  Readonly<Record<"printed" | "recomputed" | "formula" | "note", string | null>> &
  Readonly<Record<"lower" | "upper", number | null>>;

/** A check as a line of the register, with the interval that its digits allow where there is one. */
export function checkLine(check: CheckRow): RegisterRow {
  const {lower, upper} = check;
  const isInterval =
    lower !== null && upper !== null && lower !== upper && Number.isFinite(lower) && Number.isFinite(upper);
  const short = (value: number | null) => String(Number((value ?? 0).toPrecision(4)));
  return {
    ...check,
    printed: check.printed ?? "",
    recomputed: check.recomputed ?? "",
    interval: isInterval ? `${short(lower)} to ${short(upper)}` : "",
    formula: check.formula ?? "",
    note: check.note ?? ""
  };
}

/** A row of claims.arrow. */
interface ClaimRow extends Pick<RegisterRow, "id" | "table" | "printed" | "verdict"> {
  readonly unit: string;
  readonly section: string;
  readonly paraphrase: string;
  readonly recomputed: string | null;
  readonly expression: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly against: string;
}

const against: Readonly<Record<string, string>> = {
  tables: "against tables",
  text: "against other words of the text",
  nothing: "against nothing"
};

/** A statement of the text as a line of the register. */
export function claimLine(claim: ClaimRow): RegisterRow {
  const {id, table, printed, verdict, section, paraphrase, recomputed, expression, reason, note} = claim;
  return {
    ...{id, table, printed, verdict},
    kind: against[claim.against] ?? claim.unit,
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
  const tables = [...new Set(rows.map((row) => row.table))].filter((table) => table !== null).sort(compareTables);
  const kinds = [...new Set(rows.map((row) => row.kind))].sort();
  const present = verdicts.filter((verdict) => rows.some((row) => row.verdict === verdict));
  const root = element(html`<div class="check-register">
    <form class="filters" role="search" aria-label="Filter the ${name}">
      ${choice(
        "table",
        "Table",
        tables.map((table) => [String(table), String(table)])
      )}
      ${choice(
        "kind",
        "Kind",
        kinds.map((kind) => [kind, kind.replaceAll("_", " ")])
      )}
      ${choice(
        "verdict",
        "Verdict",
        present.map((verdict) => [verdict, verdictNames[verdict]])
      )}
      <label>Search <input type="search" name="text" autocomplete="off"></label>
      <a class="download" download="${name}.csv" href="#">Download these lines (CSV)</a>
    </form>
    <p class="found" role="status"></p>
    <div class="scroll" tabindex="0" role="region" aria-label="The ${name}">
      <table class="register">
        <thead><tr>
          <th scope="col">Table</th><th scope="col">Where</th><th scope="col">Printed</th><th scope="col">Recomputed</th>
          <th scope="col">Verdict</th><th scope="col">How</th>
        </tr></thead>
        <tbody></tbody>
      </table>
    </div>
    <button type="button" class="more">Show more</button>
  </div>`);
  const form = root.querySelector("form");
  const body = root.querySelector("tbody");
  const status = root.querySelector(".found");
  const more = root.querySelector<HTMLButtonElement>(".more");
  const download = root.querySelector<HTMLAnchorElement>(".download");
  if (!form || !body || !status || !more || !download) throw new Error("the register’s template is not whole");

  let shown = page;
  let found: readonly RegisterRow[] = rows;
  const show = () => {
    body.innerHTML = html`${found.slice(0, shown).map(line)}`.text;
    status.textContent = `${countText(found.length)} of ${countText(rows.length)} lines${found.length > shown ? `; the first ${shown} are shown` : ""}`;
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
  const select = form.querySelector<HTMLSelectElement>("select[name=table]");
  if (asked && select) select.value = tables.some((table) => String(table) === asked) ? asked : "";
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => {
    shown += page;
    show();
  });
  download.addEventListener("click", () => {
    URL.revokeObjectURL(download.href);
    download.href = URL.createObjectURL(new Blob([toCsv(found)], {type: "text/csv"}));
  });
  filter();
  return root;
}

function choice(name: string, label: string, options: readonly (readonly [string, string])[]): Html {
  return html`<label>${label} <select name="${name}"><option value="">all</option>
    ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></label>`;
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

/** The lines as CSV: UTF-8, comma, fields quoted where they need it. */
export function toCsv(rows: readonly RegisterRow[]): string {
  const columns = [
    "id",
    "table",
    "kind",
    "place",
    "printed",
    "recomputed",
    "interval",
    "verdict",
    "formula",
    "note"
  ] as const;
  const field = (value: string | number | null) => {
    const text = String(value ?? "");
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns.join(","), ...rows.map((row) => columns.map((column) => field(row[column])).join(","))]
    .join("\n")
    .concat("\n");
}
