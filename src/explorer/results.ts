import {type Html, html} from "../components/html.js";
import {currentLanguage, type Language, say} from "../components/language.js";
import {scrolling, scrollingTable} from "../components/table.js";
import {textIn} from "../figures/drawing.js";
import {alpha} from "../statistics/alpha.js";
import type {ExactTest} from "../statistics/exact.js";
import type {CrosstabTests} from "../tables/crosstab-tests.js";
import type {Determination, Range} from "../tables/determined.js";
import {countText, percentText, pText} from "../tables/format.js";
import {groupLabel} from "../tables/group-label.js";
import {type Labels, labelIn, type ReportEntries, type TableEntry} from "../tables/labels.js";
import {type Choice, plainSide, type Recoded, type SideChoice} from "../tables/recode.js";
import type {TableId} from "../tables/table-id.js";
import type {Cut} from "./cuts.js";

/** All that is known of a choice: what its results are written from. */
export interface Result {
  readonly report: ReportEntries;
  /** Labels in the language that the reader has chosen. */
  readonly label: Labels;
  readonly choice: Choice;
  readonly recoded: Recoded;
  readonly known: Determination;
  readonly printed: {readonly entry: TableEntry; readonly turned: boolean} | null;
  readonly tests: CrosstabTests | null;
  readonly cuts: readonly Cut[];
  readonly cutEnd: "rows" | "columns" | null;
  readonly tableHref: (table: TableId) => string;
}

/** The names of a side's groups in the language of labels. */
export function groupNames(
  {report, label}: Result,
  side: SideChoice | null,
  groups: readonly (readonly string[])[]
): string[] {
  return groups.map((group) =>
    side ? labelIn(groupLabel(report, side.variable, group), label.language) : say("Respondents")
  );
}

/** A label in an element that says its language. */
export function spoken(language: Language, text: string): Html {
  return language === "en" ? html`${text}` : html`<span lang="${language}">${text}</span>`;
}

/** A cell's share of its base in the respondents, and the ends of all shares that the printed tables allow; 0 to 1. */
export interface Share {
  readonly share: number | null;
  readonly lower: number;
  readonly upper: number;
}

/** The shares of all cells. With x in a cell and y in the rest of its base, a share is x / (x + y). */
function shares({choice, recoded, known}: Result): Share[][] {
  const {table} = recoded;
  return table.counts.map((line, r) =>
    line.map((count, c) => {
      const [base, total] =
        choice.percent === "row"
          ? [table.rowTotals[r], known.rowTotals[r]]
          : choice.percent === "column"
            ? [table.columnTotals[c], known.columnTotals[c]]
            : [table.total, known.total];
      const {lower, upper} = known.cells[r]?.[c] ?? {lower: 0, upper: table.total};
      const whole = total ?? {lower: 0, upper: table.total};
      const end = (x: number, rest: number) => (x + rest > 0 ? Math.min(1, Math.max(0, x / (x + rest))) : 0);
      return {
        share: base ? count / base : null,
        lower: end(lower, Math.max(0, whole.upper - lower)),
        upper: end(upper, Math.max(0, whole.lower - upper))
      };
    })
  );
}

/** A choice as bars and the segments of each: its rows are bars, or its columns where percents are of these. */
export function asBars(result: Result) {
  const {choice, recoded} = result;
  const {rows, columns} = choice;
  const turned = columns === null || choice.percent === "column";
  const all = shares(result);
  const [bars, groups] = turned ? [recoded.columns, recoded.rows] : [recoded.rows, recoded.columns];
  return {
    bars: columns ? groupNames(result, turned ? columns : rows, bars) : [say("All who answered")],
    segments: groupNames(result, turned ? rows : columns, groups),
    /** The codes that each segment stands for. */
    groups,
    totals: turned ? recoded.table.columnTotals : recoded.table.rowTotals,
    /** A line a bar. */
    shares: bars.map((_, b) => groups.map((__, s) => (turned ? all[s]?.[b] : all[b]?.[s]) ?? null))
  };
}

/** Of whom a choice filters the respondents, in words; null where it counts all. */
export function filterName(result: Result): string | null {
  const {filter} = result.choice;
  const codes = filter?.codes.map((code) => [code]) ?? [];
  return filter && groupNames(result, plainSide(filter.variable), codes).join(" or ");
}

/** What is crossed, in words. */
export function crossedName({label, choice: {rows, columns}}: Result): string {
  const row = label(rows.variable);
  return columns ? say("{row} by {column}", {row, column: label(columns.variable)}) : row;
}

/** In one sentence: what is crossed, how many are counted, what stands out; or that it is not determined. */
export function summary(result: Result): string {
  const {recoded, known, tests, printed} = result;
  const what = `${crossedName(result)}${printed ? say(", as in table {table}", {table: printed.entry.table}) : ""}`;
  if (recoded.table.total === 0) return say("{what}: nobody is counted.", {what});
  if (!known.determined) {
    const range = currentCut(result)?.range;
    const p = range ? ` ${say("They allow P {range}.", {range: between(range.lowestP, range.highestP)})}` : "";
    return `${say("{what}: the printed tables do not determine this.", {what})}${p}`;
  }
  const n = say("{n} respondents", {n: countText(recoded.table.total)});
  if (!tests) return `${what}: ${n}.${spread(result)}`;
  const {p} = tests.chiSquare;
  const says = p < alpha ? "They differ: P {p} (Pearson)." : "The differences could be chance: P {p} (Pearson).";
  return `${what}: ${n}.${spread(result)} ${say(says, {p: pWords(p)})}`;
}

/** “= 0.038” or “less than 0.001”. */
function pWords(p: number): string {
  const text = pText(p);
  return text.startsWith("less") ? say(text) : `= ${inFigures(text)}`;
}

function between(low: number, high: number): string {
  const end = (p: number) => inFigures(p < 0.0005 ? "0.000" : p > 0.9995 ? "1" : p.toFixed(3));
  return say("anywhere from {low} to {high}", {low: low < 0.0005 ? say("almost 0") : end(low), high: end(high)});
}

/** A decimal number as the reader’s language writes it. */
function inFigures(text: string): string {
  return textIn({en: text, own: text}, currentLanguage());
}

/** Where the last category's share is smallest and greatest. */
function spread(result: Result): string {
  const {choice, recoded, label} = result;
  if (!choice.columns || choice.percent === "total" || recoded.table.total === 0) return "";
  const {bars, segments, shares} = asBars(result);
  const values = bars
    .flatMap((name, b) => {
      const share = shares[b]?.at(-1)?.share ?? null;
      return share === null ? [] : [{name, share}];
    })
    .sort((a, b) => a.share - b.share);
  const [low, high] = [values[0], values.at(-1)];
  if (!low || !high || values.length < 2) return "";
  const percent = ({share}: typeof low) => percentText(share, label.language);
  const ends = {low: percent(low), lowest: low.name, high: percent(high), highest: high.name};
  const answer = segments.at(-1) ?? "";
  return ` ${say("“{answer}” goes from {low} ({lowest}) to {high} ({highest}).", {answer, ...ends})}`;
}

/** The line of the other cuts that the choice itself is, or null. */
export function currentCut({choice, cuts, cutEnd}: Pick<Result, "choice" | "cuts" | "cutEnd">): Cut | null {
  const cut = cutEnd ? choice[cutEnd]?.cut : null;
  return (choice.missing === "exclude" && cuts.find((other) => other.cut === cut)) || null;
}

/** Where the numbers come from: printed, sums of printed numbers, or not determined, and what is shown then. */
export function standing(result: Result): Html {
  const {choice, known, printed, recoded, tableHref} = result;
  const link = (table: TableId) => html`<a href="${tableHref(table)}">table ${table}</a>`;
  const links = list(known.tables.map(link));
  if (recoded.table.total === 0) {
    return html`<div class="standing"><p><b>Nobody is counted.</b> No respondent has answers that fit all of this.</p></div>`;
  }
  if (printed) {
    const {entry, turned} = printed;
    const base = turned && choice.percent !== "total" ? (choice.percent === "row" ? "column" : "row") : choice.percent;
    const differs = entry.column !== null && base !== entry.percentOf;
    return html`<div class="standing printed"><p><b>As printed.</b> This is ${link(entry.table)}${turned ? ", turned on its side" : ""}: its counts are these${differs ? "; its percents are of another total" : ""}.</p></div>`;
  }
  if (known.determined) {
    const from = known.tables.length > 0 ? html`${links}` : html`the printed tables`;
    return html`<div class="standing"><p><b>Follows from print.</b> No table shows just this, but every count here follows from ${from}.</p></div>`;
  }
  const reasons = {
    pair: html`The report never crosses these two questions.`,
    merged: html`The report crosses these two questions only with categories merged or left out, in ${links}. What lies within is open.`,
    filter: html`The report never shows these two questions for this group of people alone.`,
    missing: html`The counts of answers are those of ${links}; but the report does not say what those who left one question open answered to the other.`,
    single: html`The report has no table of this question’s answers alone. Its other tables give these limits.`
  };
  const limits = {
    pair: html`A range holds every count that respondents can have who print the report’s tables.${known.sums ? " Where categories are merged, it adds up the ranges of single cells, and may be wider than it need be." : ""}`,
    merged: html`A range holds every count that fits the merged counts and how many gave each answer in all. Other tables might narrow it.`,
    filter: html`No table bounds all three questions together. A range holds what the tables of each two of them leave possible; the truth may be narrower.`,
    missing: html`Their ranges follow from how many are in the table and how many in all.`,
    single: html``
  };
  return html`<div class="standing open"><p><b>The printed tables do not determine this.</b> ${known.reason ? reasons[known.reason] : ""}</p>
    <p>${known.reason ? limits[known.reason] : ""} What our reconstruction has, <i>in italics</i>, is one possibility of many, and is no evidence: where the tables leave something open, it makes answers as independent of each other as they allow.</p></div>`;
}

function list(items: readonly Html[]): Html {
  return html`${items.map((item, i) => html`${i === 0 ? "" : i === items.length - 1 ? " and " : ", "}${item}`)}`;
}

/** “0–41%”, or one percent where both ends print the same. */
export function percentRange({lower, upper}: Share, language: Language): string {
  const [low, high] = [percentText(lower, language), percentText(upper, language)];
  return low === high ? low : `${low.replace(/\D+$/, "")}–${high}`;
}

/** The crosstab: counts and percents, or where they are open their ranges with the reconstruction's own in italics. */
export function crosstabTable(result: Result): Html {
  const {choice, recoded, known, label} = result;
  const {language} = label;
  const {table, rows, columns} = recoded;
  const all = shares(result);
  const single = choice.columns === null;
  const rowNames = groupNames(result, choice.rows, rows);
  const columnNames = groupNames(result, choice.columns, columns);
  const percentWord = {row: "its row", column: "its column", total: "all"}[choice.percent];
  const cell = (count: number, range: Range, share: Share | null) => {
    if (range.lower === range.upper && (!share || share.share === null || share.upper - share.lower < 1e-9)) {
      return html`<td><span class="count">${countText(count)}</span>${share?.share == null ? null : html` <span class="percent">${percentText(share.share, language)}</span>`}</td>`;
    }
    const ends = (low: string, high: string) => (low === high ? low : `${low}–${high}`);
    return html`<td class="open"><span class="count">${ends(countText(range.lower), countText(range.upper))}</span>
      ${share ? html`<span class="percent">${percentRange(share, language)}</span>` : null}
      <i class="ours"><span class="sr">in the reconstruction </span>${countText(count)}${share?.share == null ? null : html` · ${percentText(share.share, language)}`}</i></td>`;
  };
  const total: Range = known.total;
  const head = html`<tr><th scope="col">${spoken(language, label(choice.rows.variable))}</th>${columnNames.map(
    (name) => html`<th scope="col">${single ? name : spoken(language, name)}</th>`
  )}${single ? null : html`<th scope="col">Total</th>`}</tr>`;
  const body = rows.map(
    (_, r) =>
      html`<tr><th scope="row">${spoken(language, rowNames[r] ?? "")}</th>${columns.map((__, c) =>
        cell(table.counts[r]?.[c] ?? 0, known.cells[r]?.[c] ?? total, all[r]?.[c] ?? null)
      )}${single ? null : cell(table.rowTotals[r] ?? 0, known.rowTotals[r] ?? total, null)}</tr>`
  );
  const foot = html`<tr class="total"><th scope="row">Total</th>${columns.map((_, c) =>
    cell(table.columnTotals[c] ?? 0, known.columnTotals[c] ?? total, null)
  )}${single ? null : cell(table.total, total, null)}</tr>`;
  const left = table.missing ?? 0;
  const content = html`<table class="crosstab${known.determined ? "" : " open"}"><caption class="sr">Counts, and percent of ${percentWord}</caption><thead>${head}</thead><tbody>${body}${foot}</tbody></table>`;
  return html`${scrolling("The crosstab", content)}
    <p class="under">${known.determined ? "Counts" : "Ranges of counts"} with percent of ${percentWord}.${left > 0 ? html` ${countText(left)} of the respondents${choice.filter ? " in this group" : ""} are left out: ${choice.rows.dropped.length + (choice.columns?.dropped.length ?? 0) > 0 ? "no answer, or a category that is left out" : "no answer"}.` : ""}</p>`;
}

/** The tests, with a place for the exact one, `data-exact`, which comes later. */
export function testsTable(result: Result): Html {
  const {tests, known, choice} = result;
  if (!choice.columns) return html``;
  if (!known.determined) {
    const range = currentCut(result)?.range;
    return html`<h2>${say("Tests")}</h2><div class="standing open"><p><b>${range ? `The printed tables allow P ${between(range.lowestP, range.highestP)}.` : "The printed tables do not say what P is."}</b> ${settledBy(result)}</p></div>`;
  }
  if (!tests) {
    return html`<h2>${say("Tests")}</h2><p class="under">There is nothing to test: fewer than two rows or two columns count anybody.</p>`;
  }
  const {chiSquare, trend, cramersV, small} = tests;
  const line = (name: string, statistic: string, df: string, p: Html | string) =>
    html`<tr><th scope="row">${name}</th><td>${statistic}</td><td>${df}</td><td>${p}</td></tr>`;
  const lines = html`${line("Pearson’s chi-square", chiSquare.statistic.toFixed(2), String(chiSquare.df), pText(chiSquare.p))}
    ${line("Likelihood ratio", chiSquare.likelihoodRatio.statistic.toFixed(2), String(chiSquare.df), pText(chiSquare.likelihoodRatio.p))}
    ${trend ? line("Trend, both in order", trend.statistic.toFixed(2), "1", pText(trend.p)) : null}
    ${small ? line("Exact (Fisher, Freeman and Halton)", "", "", html`<span data-exact>…</span>`) : null}
    ${line("Cramér’s V, from 0 to 1", cramersV.estimate.toFixed(3), "", `95% interval ${cramersV.lower.toFixed(2)}–${cramersV.upper.toFixed(2)}`)}`;
  return html`<h2>${say("Tests")}</h2>
    ${scrollingTable("Tests", "tests", ["Test", "Statistic", "df", "P"], lines)}
    <p class="under">${
      small
        ? `The smallest expected count is ${chiSquare.minExpected.toFixed(1)}, and ${percentText(chiSquare.shareExpectedBelow5)} of the cells expect fewer than 5: trust the exact test rather than chi-square. `
        : ""
    }All tests take respondents as drawn one by one; where a survey draws groups of people, P is too small rather than too large.</p>`;
}

/** What would have to be printed, so that the choice were known. */
function settledBy(result: Result): string {
  const {choice, label} = result;
  const [rows = "", columns = ""] = [choice.rows, choice.columns].map((side) => (side ? label(side.variable) : ""));
  const group = choice.filter ? ` (${label(choice.filter.variable)})` : "";
  const more = "What would settle it: one more crosstab in print, {rows} by {columns}{group}, with all its answers.";
  return say(more, {rows, columns, group});
}

/** What the exact test has found so far. */
export function exactText({method, p, standardError, replicates}: ExactTest): string {
  return method === "exact"
    ? pText(p)
    : `${pText(p)} ± ${(2 * standardError).toFixed(3)} (${countText(replicates)} tables drawn)`;
}

/** What a P, or what is known of it, says at the report's level. */
export function verdictAt(cut: Pick<Cut, "determined" | "p" | "range">): "yes" | "no" | "open" {
  if (cut.determined) return cut.p !== null && cut.p < alpha ? "yes" : "no";
  if (!cut.range) return "open";
  return cut.range.highestP < alpha ? "yes" : cut.range.lowestP >= alpha ? "no" : "open";
}

/** Every place where the scale can be cut, with its P and whether the other question matters there. */
export function cutsTable(result: Result): Html {
  const {choice, cuts, cutEnd, report, label, tableHref} = result;
  const {language} = label;
  const side = cutEnd && choice[cutEnd];
  const other = cutEnd === "rows" ? choice.columns : choice.rows;
  if (!side || !other || cuts.length === 0) return html``;
  const [group, scale] = [other, side].map(({variable}) => label(variable).toLowerCase()) as [string, string];
  const at = choice.missing === "exclude" ? side.cut : null;
  const lines = cuts.map((cut) => {
    const [low, high] = cut.groups.map((group) => labelIn(groupLabel(report, side.variable, group), language));
    const verdict = verdictAt(cut);
    const p = cut.determined
      ? html`<b>${cut.p === null ? "–" : pText(cut.p)}</b>`
      : html`<b>${cut.range ? between(cut.range.lowestP, cut.range.highestP) : say("not determined")}</b>`;
    return html`<tr${cut.cut === at ? html` class="current" aria-current="true"` : null}>
      <th scope="row">${spoken(language, low ?? "")} <span class="against">|</span><span class="sr"> ${say("against")} </span> ${spoken(language, high ?? "")}${cut.table ? html` <span class="gloss">(<a href="${tableHref(cut.table)}">${say("table {table}", {table: cut.table})}</a>)</span>` : null}</th>
      <td>${p}</td>
      <td>${cut.cramersV === null || !cut.determined ? "–" : cut.cramersV.toFixed(3)}</td>
      <td class="${verdict}">${say(verdict)}</td>
      <td>${cut.cut === at ? html`<span class="gloss">${say("shown")}</span>` : html`<button type="button" data-cut="${cut.cut}" aria-label="${say("Show the cut after {answer}", {answer: low ?? ""})}">${say("show")}</button>`}</td></tr>`;
  });
  const heads = [say("Cut"), "P (Pearson)", "Cramér’s V", say("Differs?"), html`<span class="sr">Show</span>`];
  return html`<h2 lang="${language}">${say("Does {scale} differ by {group}, wherever it is cut?", {group, scale})}</h2>
    ${scrollingTable("Every cut of the scale", "cuts", heads, lines)}
    <p class="under">${cutsSentence(cuts, group)}</p>`;
}

/** What the cuts say together. */
function cutsSentence(cuts: readonly Cut[], name: string): string {
  const all = cuts.length;
  const [yes, no, open] = (["yes", "no", "open"] as const).map(
    (verdict) => cuts.filter((cut) => verdictAt(cut) === verdict).length
  ) as [number, number, number];
  const parts = [
    [yes, "at {n} of {all} cuts the difference by {name} is significant at 5%"],
    [no, yes > 0 ? "at {n} it is not" : "at {n} of {all} cuts the difference by {name} is not significant at 5%"],
    [open, "at {n} of {all} the printed tables leave it open: answers that fit them can make P small or large"]
  ] as const;
  const text = parts.flatMap(([n, words]) => (n > 0 ? [say(words, {n, all, name})] : [])).join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
