import {robustnessChart} from "../robustness.js";

/** Conclusions that always, sometimes and never hold, one of them not under the report's own choices. */
export function robustnessOfFour(width = 640): Element {
  return robustnessChart(
    [
      {
        table: 17,
        says: "The smaller the office, the closer the cooperation",
        share: 1,
        own: true,
        decides: "nothing, it always holds"
      },
      {
        table: 25,
        says: "Belief in the reform differs by role",
        share: 0.35,
        own: true,
        decides: "the design effect (1: 76%; 3: 3%)"
      },
      {
        table: 24,
        says: "Newly hired and former staff of one agency believe more in the reform than the others",
        share: 0.14,
        own: false,
        decides: "how the answer is read (all five answers: 43%; anything but disagreement: 0%)"
      },
      {table: 2, says: "A conclusion that never holds", share: 0, own: false, decides: "nothing, it never holds"}
    ],
    {width}
  );
}
