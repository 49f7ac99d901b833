import {type ColumnTable, table} from "arquero";
import {agreement} from "../agreement.js";
import {codes as label} from "./labels.js";

const five = ["disagree", "partly_disagree", "neither", "partly_agree", "agree"];
const four = ["not_at_all", "little_extent", "some_extent", "great_extent"];

/** Counts of a scale in groups: a line of numbers a group. */
function counts(answers: readonly string[], groups: Readonly<Record<string, readonly number[]>>): ColumnTable {
  const rows = Object.entries(groups).flatMap(([group, line]) =>
    line.map((count, i) => ({group, answer: answers[i], count}))
  );
  return table({
    group: rows.map((d) => d.group),
    answer: rows.map((d) => d.answer),
    count: rows.map((d) => d.count)
  });
}

/** Five answers with one in the middle, one of them too small for its percent. */
export function agreementBySize(width = 640): Element {
  const sizes = counts(five, {small_offices: [2, 11, 16, 59, 112], very_large_offices: [75, 78, 60, 106, 23]});
  return agreement(sizes, {label, width}).node;
}

/** Four answers without a middle, as counts, and a group of which nothing is known. */
export function agreementInCounts(width = 640): Element {
  const partners = counts(four, {employers: [2, 4, 20, 14], health_service: [0, 0, 0, 0]});
  return agreement(partners, {label, width, text: "count", unknown: "not in the text"}).node;
}

/** A scale in two. */
export function agreementInTwo(width = 640): Element {
  return agreement(counts(["not_agree", "agree"], {clerical: [43, 36]}), {label, width}).node;
}
