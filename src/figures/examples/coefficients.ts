import {table} from "arquero";
import {coefficients} from "../coefficients.js";
import {codes as label} from "./labels.js";

/** One coefficient clear of zero, one that is not, and one below zero. */
export function coefficientsOfThree(width = 640): Element {
  const values = table({
    label: ["Gains for users", "Size of office", "Turnover"],
    beta: [0.33, 0.03, -0.12],
    lower: [0.24, -0.04, -0.19],
    upper: [0.41, 0.09, -0.05]
  });
  return coefficients(values, {label, width}).node;
}
