import type {ScaleShare} from "../../tables/scale.js";
import {agreement} from "../agreement.js";

const five = ["disagree", "partly_disagree", "neither", "partly_agree", "agree"];
const four = ["not_at_all", "little_extent", "some_extent", "great_extent"];

function bar(groupLabel: string, answers: readonly string[], counts: readonly number[]): ScaleShare[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  return answers.map((answer, i) => {
    const count = counts[i] ?? 0;
    return {group: groupLabel, groupLabel, answer, answerLabel: answer.replace("_", " "), count, n, share: count / n};
  });
}

/** Five answers with one in the middle, one of them too small for its percent. */
export function agreementBySize(width = 640): Element {
  return agreement(
    [...bar("Small offices", five, [2, 11, 16, 59, 112]), ...bar("Very large offices", five, [75, 78, 60, 106, 23])],
    {width}
  );
}

/** Four answers without a middle, as counts, and a group of which nothing is known. */
export function agreementInCounts(width = 640): Element {
  return agreement(bar("Employers", four, [2, 4, 20, 14]), {
    width,
    text: "count",
    unknown: {groups: ["Health service"], words: "not in the text"}
  });
}

/** A scale in two. */
export function agreementInTwo(width = 640): Element {
  return agreement(bar("Clerical", ["not_agree", "agree"], [43, 36]), {width});
}
