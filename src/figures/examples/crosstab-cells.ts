import {crosstabCells} from "../crosstab-cells.js";

/** A share that is determined, and one that the tables leave wide open. */
export function crosstabCellsOfOneRow(width = 640): Element {
  return crosstabCells(
    [
      {row: "Men", column: "Agree", share: 0.6, lower: 0.6, upper: 0.6},
      {row: "Men", column: "Disagree", share: 0.2, lower: 0, upper: 0.9}
    ],
    ["Men"],
    ["Agree", "Disagree"],
    {width}
  );
}
