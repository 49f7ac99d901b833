import {percentText} from "../tables/format.js";

/**
 * The colours of the site: one colour means one thing on every page. Each has a contrast of at least 3:1 against the
 * page in light and in dark, and stays apart from the others of its kind for colour-blind readers; so each is a
 * variable of style.css, which has it twice. What only this report's categories mean is in src/report/colours.ts.
 */

/** The steps from disagreement to agreement that answers of scales stand on, whatever the scale’s number of steps. */
const steps = {
  ...{disagree: "disagree", partly_disagree: "partly-disagree", neither: "neither"},
  ...{partly_agree: "partly-agree", agree: "agree", not_agree: "partly-disagree", no: "partly-disagree", yes: "agree"},
  ...{not_at_all: "disagree", little_extent: "partly-disagree", some_extent: "partly-agree", great_extent: "agree"}
};

/** From disagreement through grey to agreement. */
export const agreementColours: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(steps).map(([answer, step]) => [answer, `var(--${step})`])
);

/** Text that stands on a segment of that colour. */
export const agreementText: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(steps).map(([answer, step]) => [answer, `var(--on-${/^(dis)?agree$/.test(step) ? "strong" : "mild"})`])
);

/** What a figure is about where no colour has a meaning of its own. */
export const ink = "var(--figure-ink)";

/** What a figure compares with: all staff, the other survey. */
export const faint = "var(--figure-faint)";

/** The page behind a figure. */
export const page = "var(--theme-background)";

/** Text that lines run behind has an outline in the colour of the page. */
export const halo = {stroke: page, strokeWidth: 4} as const;

/** What every figure shares. Text takes the page’s own colour. */
export const plotStyle = {
  fontSize: "13px",
  fontFamily: "var(--sans-serif)",
  background: "none",
  overflow: "visible"
} as const;

/**
 * How wide a figure is drawn, in pixels, and whether that is `narrow`, as on a telephone: as wide as its page, but no
 * wider than `most`, and never so narrow that its margins leave nothing to draw in (a page tells its width as 0 until it
 * has been laid out).
 */
export function room(width: number | undefined, most = 720, narrowBelow = 480): {width: number; narrow: boolean} {
  const own = Math.min(Math.max(width ?? most, 280), most);
  return {width: own, narrow: own < narrowBelow};
}

/** A figure’s size in pixels, the room around its drawing in the order of CSS, and the style that all figures share. */
export function frame(width: number, height: number, margins: readonly [number, number, number, number]) {
  const [marginTop, marginRight, marginBottom, marginLeft] = margins;
  return {width, height, marginTop, marginRight, marginBottom, marginLeft, style: plotStyle};
}

/** What an axis is called, with an arrow that no rule of Plot’s takes away. */
export function axis(label: string) {
  return {label: `${label} →`, labelArrow: "none"} as const;
}

/** The smallest P that axes tell apart; what is less stands at their end. */
export const leastP = 1e-4;

/** An axis of shares, from 0 to 1, as percents. */
export function percentAxis(label: string, language: string) {
  return {...axis(label), tickFormat: (share: number) => percentText(share, language), grid: true} as const;
}

/** Where the title of a panel stands: above it, `dx` from its left edge. */
export function panelTitle(dx: number, dy = -16) {
  const own = (title: string) => title;
  return {fy: own, text: own, frameAnchor: "top-left", dx, dy, textAnchor: "start", fontWeight: 600} as const;
}
