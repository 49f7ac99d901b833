import {cumulativeCurves} from "../cumulative.js";

/** One curve that matters and one that it is compared with, with a line at half. */
export function cumulativeOfTwo(width = 640): Element {
  const points = (...shares: number[]) => shares.map((share, i) => ({upTo: [0, 20, 50, 100][i] ?? 0, share}));
  return cumulativeCurves(
    [
      {label: "Those with users", main: true, points: points(0, 0.1, 0.3, 0.6), labelAt: {upTo: 50, side: "below"}},
      {label: "Everybody", main: false, points: points(0.2, 0.3, 0.5, 0.7), labelAt: {upTo: 20, side: "above"}}
    ],
    {width, axis: "users to follow up, at most", mark: {share: 0.5, label: "half"}}
  );
}
