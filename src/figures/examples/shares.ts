import {sharesWithIntervals} from "../shares.js";

/** Two panels with a reference line each, one dot in a colour with a meaning. */
export function sharesInTwoPanels(width = 640): Element {
  const point = (panel: string, label: string, share: number, colour?: string) => ({
    panel,
    label,
    share,
    lower: share - 0.04,
    upper: share + 0.05,
    ...(colour ? {colour} : {})
  });
  return sharesWithIntervals(
    [
      point("Management", "Men", 0.13, "var(--figure-ink)"),
      point("Management", "Women", 0.08),
      point("Clerical", "Men", 0.06),
      point("Clerical", "Women", 0.07)
    ],
    {
      width,
      axis: "share of men or of women",
      reference: new Map([
        ["Management", 0.09],
        ["Clerical", 0.07]
      ])
    }
  );
}
