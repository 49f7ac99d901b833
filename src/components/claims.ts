import {countText} from "../tables/format.js";
import type {TableId} from "../tables/table-id.js";
import type {Verdict} from "../tables/verdict.js";
import {element, type Html, html} from "./html.js";
import {ownLanguage} from "./language.js";

/** A number, share or comparison of the report’s prose with what was found: a row of `claims.arrow`. */
export interface ClaimRow {
  readonly id: string;
  readonly section: string;
  readonly paraphrase: string;
  readonly printed: string;
  readonly recomputed: string | null;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly note: string | null;
  readonly erratum: string | null;
  /** The table that it is about; null where it is about none. */
  readonly table: TableId | null;
  /** Another way to read the words, and what it gives; null where none is tried. */
  readonly otherwise?: string | null;
  readonly otherwise_recomputed?: string | null;
  readonly otherwise_verdict?: Verdict | null;
}

/** What each verdict means of a statement, with its mark. */
const found: Record<Verdict, {readonly words: string; readonly mark: string}> = {
  differs: {words: "does not hold", mark: "≠"},
  inconsistent: {words: "contradicts the report itself", mark: "≠"},
  rounding: {words: "holds by another rounding only", mark: "≈"},
  not_checkable: {words: "cannot be checked", mark: "–"},
  exact: {words: "holds", mark: "✓"}
};

const places: Readonly<Record<string, string>> = {Sammendrag: "summary", Konklusjon: "conclusion"};

/**
 * What the report’s text says, statement by statement, with what the tables say of it. Those that fail, or hold only by
 * another rounding, are shown at once; those that hold and those that nothing can settle unfold.
 */
export function claimsList(claims: readonly ClaimRow[], about: string): HTMLElement {
  const ofVerdict = (...verdicts: readonly Verdict[]) => verdicts.flatMap((v) => claims.filter((c) => c.verdict === v));
  const failing = ofVerdict("differs", "inconsistent", "rounding");
  return element(html`<div class="claims">
    <p class="heading">What the text says of ${about}</p>
    ${failing.length > 0 ? list(failing) : null}
    ${folded(ofVerdict("not_checkable"), "cannot be checked", "cannot be checked")}
    ${folded(ofVerdict("exact"), "holds", "hold")}
  </div>`);
}

function folded(claims: readonly ClaimRow[], one: string, many: string): Html | null {
  if (claims.length === 0) return null;
  const summary = claims.length === 1 ? `1 statement that ${one}` : `${claims.length} statements that ${many}`;
  return html`<details class="fold"><summary>${summary}</summary>${list(claims)}</details>`;
}

function list(claims: readonly ClaimRow[]): Html {
  return html`<ul>${claims.map((claim) => {
    const {section, paraphrase, printed, recomputed, verdict, reason, note, erratum} = claim;
    const {words, mark} = found[verdict];
    const where = places[section] ?? (section.startsWith("Fotnote") ? section.replace("Fotnote", "footnote") : null);
    const remark = [reason, note].flatMap((text) => (text ? [ended(text)] : [])).join(" ");
    const bad = verdict === "differs" || verdict === "inconsistent";
    return html`<li>${paraphrase}${where ? ` (${where})` : null}: printed <span lang="${ownLanguage()}">“${printed}”</span>${recomputed ? html`, recomputed ${figures(recomputed)}` : null} ${mark} <b${bad ? html` class="remark"` : null}>${words}</b>.${remark ? html` <span class="gloss">${remark}</span>` : null}${otherReading(claim)}${erratum ? html` <a href="./what-holds.html#${erratum}">Error ${erratum}</a>` : null}</li>`;
  })}</ul>`;
}

/** How the statement fares when its words are read in the other way that they allow. */
function otherReading({
  otherwise,
  otherwise_recomputed: recomputed,
  otherwise_verdict: verdict
}: ClaimRow): Html | null {
  if (!otherwise || !verdict) return null;
  return html` <span class="gloss">Read ${otherwise}: ${recomputed ? html`${figures(recomputed)}, ` : null}${found[verdict].words}.</span>`;
}

/** What is recomputed, its thousands set apart where it is a count. */
function figures(recomputed: string): string {
  return /^\d+$/.test(recomputed) ? countText(Number(recomputed)) : recomputed;
}

function ended(sentence: string): string {
  return /[.!?”]$/.test(sentence) ? sentence : `${sentence}.`;
}
