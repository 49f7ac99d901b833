import {sayIn} from "../figures/drawing.js";
import {countText} from "../tables/format.js";
import type {Say} from "../tables/phrase.js";
import type {TableId} from "../tables/table-id.js";
import type {Verdict} from "../tables/verdict.js";
import {element, ended, type Html, html} from "./html.js";
import {both, inBoth, ownLanguage} from "./language.js";

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
  /** What it was held against: a table, other words of the text, or nothing. */
  readonly against?: "tables" | "text" | "nothing";
  /** How it is computed, as claims.csv has it. */
  readonly expression?: string | null;
}

/** What each verdict means of a statement, with its mark. */
const found: Record<Verdict, {readonly words: string; readonly mark: string}> = {
  differs: {words: "does not hold", mark: "≠"},
  inconsistent: {words: "contradicts the report itself", mark: "≠"},
  rounding: {words: "holds by another rounding only", mark: "≈"},
  not_checkable: {words: "cannot be checked", mark: "–"},
  exact: {words: "holds", mark: "✓"}
};

/**
 * What the report’s text says, statement by statement, with what the tables say of it. Those that fail, or hold only by
 * another rounding, are shown at once; those that hold and those that nothing can settle unfold.
 */
export function claimsList(claims: readonly ClaimRow[], about: string): HTMLElement {
  const ofVerdict = (...verdicts: readonly Verdict[]) => verdicts.flatMap((v) => claims.filter((c) => c.verdict === v));
  const sameAs = (a: ClaimRow) => (b: ClaimRow) => a.section === b.section && a.paraphrase === b.paraphrase;
  // What a chapter says twice is shown once.
  const failing = ofVerdict("differs", "inconsistent", "rounding").filter(
    (c, i, all) => all.findIndex(sameAs(c)) === i
  );
  const [, table = ""] = /^table (.+)$/.exec(about) ?? [];
  const subject = (say: Say) => (table ? say("table {table}", {table}) : say(about));
  return element(html`<div class="claims">
    <p class="heading">${inBoth((say) => say("What the text says of {about}", {about: subject(say)}))}</p>
    ${failing.length > 0 ? list(failing) : null}
    ${folded(ofVerdict("not_checkable"), "cannot be checked", "cannot be checked")}
    ${folded(ofVerdict("exact"), "holds", "hold")}
  </div>`);
}

function folded(claims: readonly ClaimRow[], one: string, many: string): Html | null {
  if (claims.length === 0) return null;
  const summary = both(claims.length === 1 ? `1 statement that ${one}` : `{n} statements that ${many}`, {
    n: claims.length
  });
  return html`<details class="fold"><summary>${summary}</summary>${list(claims)}</details>`;
}

/** Statements are put in English only, so a line is wholly so, but for what it quotes. */
function list(claims: readonly ClaimRow[]): Html {
  return html`<ul lang="en">${claims.map((claim) => {
    const {section, paraphrase, printed, recomputed, against, verdict, reason, note, erratum} = claim;
    const {words, mark} = found[verdict];
    const remark = [reason, note].flatMap((text) => (text ? [ended(text)] : [])).join(" ");
    const bad = verdict === "differs" || verdict === "inconsistent";
    return html`<li>${paraphrase}${placeOf(section)}. The report: <span lang="${ownLanguage()}">“${printed}”</span>${recomputed ? html`; ${against === "text" ? "the text" : "the tables"}: ${inSentence(recomputed)}` : null}. ${mark} <b${bad ? html` class="remark"` : null}>${words}</b>.${reckoned(claim)}${remark ? html` <span class="gloss">${remark}</span>` : null}${otherReading(claim)}${erratum ? html` <a href="./what-holds.html#${erratum}">Error ${erratum}</a>` : null}</li>`;
  })}</ul>`;
}

/** How the statement fares when its words are read in the other way that they allow. */
function otherReading({
  otherwise,
  otherwise_recomputed: recomputed,
  otherwise_verdict: verdict
}: ClaimRow): Html | null {
  if (!otherwise || !verdict) return null;
  return html` <span class="gloss">Read ${otherwise}: ${recomputed ? html`${inSentence(recomputed)}, ` : null}${found[verdict].words}.</span>`;
}

/** Where a statement stands, if under a heading that has a name in English too. */
function placeOf(section: string): Html | null {
  const name = section.replace(/^\p{L}+/u, (word) => sayIn("en")(word));
  return name === section ? null : html` (${name})`;
}

/** What is recomputed, to stand in a sentence: 82.4% > 58.7% is “82.4% against 58.7%”. */
function inSentence(recomputed: string): Html {
  // A category with its share and the next one’s; it may be a year or have words in brackets itself.
  const category = / \(([^()]*); next ([^()]*)\)$/;
  if (category.test(recomputed)) return html`${recomputed.replace(category, ", $1; $2")}`;
  const [before = "", ...others] = recomputed
    .split(/ [<>=]=? /)
    .map((part) => part.replace(/\b\d{4,}\b(?![.%])/g, (count) => countText(Number(count))));
  return html`${before}${others.map((other) => html` against ${other}`)}`;
}

/** How it is computed, for whoever wants to know it exactly. */
function reckoned({expression}: ClaimRow): Html | null {
  return expression
    ? html` <details class="reckoned"><summary>How it is computed</summary><code>${expression}</code></details>`
    : null;
}
