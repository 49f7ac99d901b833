import {residualMap} from "../residuals.js";

const cell = (row: string, column: string, share: number, residual: number, adjusted: number) => ({
  row,
  column,
  share,
  residual,
  adjusted
});

/** Cells that are far more, more, as many, fewer and far fewer than expected, with the line of all. */
export function residualsOfTwoRows(width = 640): Element {
  return residualMap(
    [
      cell("aetat", "reception", 0.5, 6.1, 1e-8),
      cell("aetat", "follow_up", 0.31, 3.2, 0.01),
      cell("aetat", "other", 0.19, -3.1, 0.02),
      cell("municipality", "reception", 0.21, -5.4, 1e-6),
      cell("municipality", "follow_up", 0.4, 0.3, 1),
      cell("municipality", "other", 0.39, -0.2, 1)
    ],
    {
      rows: [
        {code: "aetat", label: "Employment service (Aetat)"},
        {code: "municipality", label: "Municipal social services"}
      ],
      columns: [
        {code: "reception", label: "Adviser, reception"},
        {code: "follow_up", label: "Adviser, follow-up"},
        {code: "other", label: "Other"}
      ],
      all: {label: "All", shares: [0.35, 0.36, 0.29]}
    },
    {width}
  );
}
