import {table} from "arquero";
import {cumulativeCurves, cumulativePanels} from "../cumulative.js";
import {codes} from "./labels.js";

const classes = ["none", "under_20", "20_50", "50_100", "over_100"];

/** Cumulative counts of groups of 100. */
function curves(groups: Readonly<Record<string, readonly number[]>>) {
  const points = Object.entries(groups).flatMap(([group, upTo]) => upTo.map((d, i) => ({group, upTo: d, i})));
  return table({
    group: points.map(({group}) => group),
    users: points.map(({i}) => classes[i] ?? ""),
    count: points.map(({upTo}) => upTo),
    n: points.map(() => 100),
    share: points.map(({upTo}) => upTo / 100),
    lower: points.map(({upTo}) => Math.max(0, upTo / 100 - 0.05)),
    upper: points.map(({upTo}) => Math.min(1, upTo / 100 + 0.05))
  });
}

/** One curve that matters and one that it is compared with, with a line at half. */
export function cumulativeOfTwo(width = 640): Element {
  const two = curves({with_users: [0, 10, 30, 60, 100], everybody: [20, 30, 50, 70, 100]});
  return cumulativeCurves(two, {label: codes, width}).node;
}

/** Three panels beside the same curve of all. */
export function cumulativeInPanels(width = 640): Element {
  const panels = curves({
    follow_up: [0, 5, 10, 30, 100],
    social_assistance: [10, 30, 60, 90, 100],
    other: [10, 30, 50, 60, 100]
  });
  const all = curves({all: [10, 25, 40, 70, 100]});
  return cumulativePanels(panels, all, {label: codes, width, mark: 50}).node;
}
