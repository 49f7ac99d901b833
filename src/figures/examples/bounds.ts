import {boundsChart} from "../bounds.js";

/** A wide interval, a narrow one, and one that is a single count. */
export function boundsOfTwoRows(width = 640): Element {
  const cell = (row: string, column: string, lower: number, upper: number, reconstructed: number) => ({
    row,
    column,
    lower,
    upper,
    reconstructed
  });
  return boundsChart(
    [cell("Man", "Agree", 0, 120, 60), cell("Man", "Disagree", 10, 14, 12), cell("Woman", "Agree", 33, 33, 33)],
    ["Man", "Woman"],
    ["Agree", "Disagree"],
    {width}
  ).node;
}
