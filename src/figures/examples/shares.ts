import {table} from "arquero";
import {sharesWithIntervals} from "../shares.js";
import {codes} from "./labels.js";

const shares = table({
  role: ["management", "management", "clerical", "clerical"],
  gender: ["men", "women", "men", "women"],
  count: [13, 8, 6, 7],
  n: [100, 100, 100, 100],
  share: [0.13, 0.08, 0.06, 0.07],
  lower: [0.09, 0.04, 0.02, 0.03],
  upper: [0.18, 0.13, 0.11, 0.12]
});

/** Two panels with a reference line each, one line in a colour with a meaning. */
export function sharesInTwoPanels(width = 640): Element {
  const reference = table({role: ["management", "clerical"], share: [0.09, 0.07]});
  return sharesWithIntervals(shares, {label: codes, width, reference, colours: {men: "var(--size-4)"}}).node;
}

/** Two dots on each line, one above the other. */
export function sharesOfTwoSeries(width = 640): Element {
  return sharesWithIntervals(shares, {label: codes, width, series: "gender", end: 0.3}).node;
}
