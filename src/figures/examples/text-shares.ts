import {table} from "arquero";
import {textShares} from "../text-shares.js";
import {codes as label} from "./labels.js";

/** Two panels; one share with that of the strongest answer, one in words. */
export function sharesInTheText(width = 640): Element {
  const shares = table({
    panel: ["Changes", "Changes", "Gains"],
    label: ["Reorganised too often", "Influence", "Better solutions"],
    share: [0.82, 0.5, 0.28],
    printed: ["82%", "“half”", "28%"],
    strongest: [0.38, null, null]
  });
  return textShares(shares, {label, width}).node;
}
