import {table} from "arquero";
import {slopes} from "../slopes.js";
import {codes as label} from "./labels.js";

/** Three lines, two of which end close together, and one that branches off another. */
export function slopesOfBelief(width = 640): Element {
  const share = [0.82, 0.59, 0.58, 0.11, 0.22, 0.07, 0.2];
  const points = table({
    side: ["agree", "agree", "older", "neither", "neither", "disagree", "disagree"],
    survey: ["2018", "2020", "2020", "2018", "2020", "2018", "2020"],
    share,
    lower: share.map((x) => x - 0.03),
    upper: share.map((x) => x + 0.03)
  });
  return slopes(points, {label, width, branches: {older: "agree"}}).node;
}
