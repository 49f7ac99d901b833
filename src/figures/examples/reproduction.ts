import {reproduction} from "../reproduction.js";

/** A table that reproduces whole, one that does not, and one of which nothing can be checked. */
export function reproductionOfThree(width = 640): Element {
  return reproduction(
    [
      {table: 1, verdict: "exact", count: 20},
      {table: 2, verdict: "exact", count: 40},
      {table: 2, verdict: "differs", count: 3},
      {table: 3, verdict: "not_checkable", count: 5}
    ],
    {width}
  );
}
