import {likenessLimits} from "../likeness-limits.js";

/** A result between offices that hardly holds, and one within them that holds long. */
export function likenessLimitsOfTwo(width = 640): Element {
  return likenessLimits(
    [
      {table: 23, lostAt: 0.009, label: "Belief by year of opening", lie: "between"},
      {table: 9, lostAt: 0.72, label: "Field by background", lie: "within"}
    ],
    {usual: [0.05, 0.2], width}
  );
}
