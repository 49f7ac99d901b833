/**
 * The colours of the site: one colour means one thing on every page. Each has a contrast of at least 3:1 against the
 * page in light and in dark, and stays apart from the others of its kind for colour-blind readers; so each is a
 * variable of style.css, which has it twice. What only this report's categories mean is in src/report/colours.ts.
 */

/** From disagreement through grey to agreement, for scales of five steps and of four (great extent to not at all). */
export const agreementColours: Readonly<Record<string, string>> = {
  disagree: "var(--disagree)",
  partly_disagree: "var(--partly-disagree)",
  neither: "var(--neither)",
  partly_agree: "var(--partly-agree)",
  agree: "var(--agree)",
  not_at_all: "var(--disagree)",
  little_extent: "var(--partly-disagree)",
  some_extent: "var(--partly-agree)",
  great_extent: "var(--agree)",
  not_agree: "var(--partly-disagree)",
  no: "var(--partly-disagree)",
  yes: "var(--agree)"
};

/** Text that stands on a segment of that colour. */
export const agreementText: Readonly<Record<string, string>> = {
  disagree: "var(--on-strong)",
  partly_disagree: "var(--on-mild)",
  neither: "var(--on-mild)",
  partly_agree: "var(--on-mild)",
  agree: "var(--on-strong)",
  not_at_all: "var(--on-strong)",
  little_extent: "var(--on-mild)",
  some_extent: "var(--on-mild)",
  great_extent: "var(--on-strong)",
  not_agree: "var(--on-mild)",
  no: "var(--on-mild)",
  yes: "var(--on-strong)"
};

/** What a figure is about where no colour has a meaning of its own. */
export const ink = "var(--figure-ink)";

/** What a figure compares with: all staff, the other survey. */
export const faint = "var(--figure-faint)";

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
