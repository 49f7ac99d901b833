import {crosstabResiduals} from "../crosstab-residuals.js";

/** A cell with clearly more people than expected, and one with somewhat fewer. */
export function crosstabResidualsOfTwo(width = 640): Element {
  return crosstabResiduals(
    [
      {row: "Men", column: "Agree", residual: 4.1, clear: true},
      {row: "Men", column: "Disagree", residual: -1.2, clear: false}
    ],
    ["Men"],
    ["Agree", "Disagree"],
    {width}
  );
}
