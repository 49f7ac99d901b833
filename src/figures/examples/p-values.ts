import {pValues} from "../p-values.js";

/** A P that reproduces, one that does not, and one too small for the axis. */
export function pValuesOfThree(width = 640): Element {
  return pValues(
    [
      {table: 2, printed: 0.174, recomputed: 0.1741, reproduces: true},
      {table: 26, printed: 0, recomputed: 0.0036, reproduces: false},
      {table: 9, printed: 0, recomputed: 1e-90, reproduces: true}
    ],
    {width}
  );
}
