import {table} from "arquero";
import {residualMap} from "../residuals.js";
import {codes} from "./labels.js";

/** Cells that are far more, more, as many, fewer and far fewer than expected, with the line of all. */
export function residualsOfTwoRows(width = 640): Element {
  const cells = table({
    background: ["employment_service", "employment_service", "employment_service", "town", "town", "town"],
    role: ["reception", "follow_up", "other", "reception", "follow_up", "other"],
    count: [50, 31, 19, 21, 40, 39],
    n: [100, 100, 100, 100, 100, 100],
    share: [0.5, 0.31, 0.19, 0.21, 0.4, 0.39],
    overall: [0.35, 0.36, 0.29, 0.35, 0.36, 0.29],
    residual: [6.1, 3.2, -3.1, -5.4, 0.3, -0.2],
    adjusted: [1e-8, 0.01, 0.02, 1e-6, 1, 1]
  });
  return residualMap(cells, {label: codes, width}).node;
}
