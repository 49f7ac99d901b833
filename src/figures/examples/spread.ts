import {spreadChart} from "../spread.js";

/** Two groups by three answers: wide and narrow ranges, and a count that the tables determine. */
export function spreadOfSixCells(width = 640): Element {
  const columns = ["Disagree", "Neither disagree nor agree", "Agree"];
  return spreadChart(
    [
      {row: "Man", column: "Disagree", lower: 0, upper: 106, even: [24, 37], slanted: [14, 49]},
      {row: "Man", column: "Neither disagree nor agree", lower: 0, upper: 263, even: [53, 73], slanted: [40, 90]},
      {row: "Man", column: "Agree", lower: 12, upper: 12, even: [12, 12], slanted: [12, 12]},
      {row: "Woman", column: "Disagree", lower: 0, upper: 106, even: [69, 82], slanted: [57, 92]},
      {row: "Woman", column: "Neither disagree nor agree", lower: 0, upper: 263, even: [190, 210], slanted: [173, 223]},
      {row: "Woman", column: "Agree", lower: 14, upper: 330, even: [240, 262], slanted: [205, 290]}
    ],
    ["Man", "Woman"],
    columns,
    {width}
  ).node;
}
