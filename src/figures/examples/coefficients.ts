import {coefficients} from "../coefficients.js";

/** One coefficient clear of zero, one that is not, and one below zero. */
export function coefficientsOfThree(width = 640): Element {
  return coefficients(
    [
      {label: "Gains for users", beta: 0.33, lower: 0.24, upper: 0.41},
      {label: "Size of office", beta: 0.03, lower: -0.04, upper: 0.09},
      {label: "Turnover", beta: -0.12, lower: -0.19, upper: -0.05}
    ],
    {width}
  );
}
