import {textShares} from "../text-shares.js";

/** Two panels; one share with that of the strongest answer, one in words. */
export function sharesInTheText(width = 640): Element {
  return textShares(
    [
      {panel: "Changes", label: "Reorganised too often", share: 0.82, printed: "82%", strongest: 0.38},
      {panel: "Changes", label: "Influence", share: 0.5, printed: "“half”"},
      {panel: "Gains", label: "Better solutions", share: 0.28, printed: "28%"}
    ],
    {width}
  );
}
