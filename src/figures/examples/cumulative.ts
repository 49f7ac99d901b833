import {cumulativeCurves, cumulativePanels} from "../cumulative.js";

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

/** Two panels beside the same curve of all. */
export function cumulativeInTwoPanels(width = 640): Element {
  const points = (...shares: number[]) => shares.map((share, i) => ({upTo: [0, 40, 100][i] ?? 0, share}));
  return cumulativePanels(
    [
      {label: "Follow-up of the sick", points: points(0, 0.1, 0.3)},
      {label: "Social assistance", points: points(0.1, 0.6, 0.9)}
    ],
    points(0.1, 0.4, 0.7),
    {width, axis: "users, at most"}
  );
}
