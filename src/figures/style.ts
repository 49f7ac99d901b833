/**
 * The colours of the site: one colour means one thing on every page. Each has a contrast of at least 3:1 against the
 * page in light and in dark, so that a figure looks the same in both.
 */
export const agencyColours: Readonly<Record<string, string>> = {
  aetat: "#2f7fc4",
  trygdeetaten: "#b8639a",
  municipality: "#168a66",
  hired_later: "#c2570c"
};

/** What every figure shares. Text takes the page’s own colour. */
export const plotStyle = {
  fontSize: "13px",
  fontFamily: "var(--sans-serif)",
  background: "none",
  overflow: "visible"
} as const;

/**
 * How wide a figure is drawn, in pixels: as wide as its page, but no wider than `most`, and never so narrow that its
 * margins leave nothing to draw in (a page tells its width as 0 until it has been laid out).
 */
export function drawingWidth(width: number | undefined, most: number): number {
  return Math.min(Math.max(width ?? most, 280), most);
}
