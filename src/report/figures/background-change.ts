import * as Plot from "@observablehq/plot";
import {agencyColours, drawingWidth, plotStyle} from "../../figures/style.js";
import {percentText} from "../../tables/format.js";

/** A background’s share of the staff in one survey. */
export interface BackgroundShare {
  readonly code: string;
  readonly label: string;
  readonly survey: string;
  /** From 0 to 1. */
  readonly share: number;
}

/**
 * Slopes: each background’s share of the staff in the first survey and in the last. Labels stand at the ends of the
 * lines, moved apart where two lines end close together.
 */
export function backgroundChange(
  shares: readonly BackgroundShare[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const surveys = [...new Set(shares.map((d) => d.survey))].sort();
  const [first, last] = [surveys[0], surveys.at(-1)];
  const width = drawingWidth(options.width, 640);
  const narrow = width < 480;
  const colour = (d: BackgroundShare) => agencyColours[d.code] ?? "currentColor";
  const gap = narrow ? 0.03 : 0.018;
  const starts = spread(
    shares.filter((d) => d.survey === first),
    gap
  );
  const ends = spread(
    shares.filter((d) => d.survey === last),
    gap
  );
  return Plot.plot({
    width,
    height: narrow ? 360 : 340,
    marginLeft: 44,
    marginRight: narrow ? 190 : 290,
    marginTop: 30,
    marginBottom: 20,
    style: plotStyle,
    x: {type: "point", domain: surveys, axis: "top", label: null, tickSize: 0, padding: 0},
    y: {domain: [0.12, 0.35], axis: null},
    marks: [
      Plot.ruleX(surveys, {strokeOpacity: 0.25}),
      Plot.lineY(shares, {x: "survey", y: "share", z: "code", stroke: colour, strokeWidth: 2.5}),
      Plot.dot(shares, {x: "survey", y: "share", fill: colour, r: 4.5}),
      Plot.text(starts, {x: "survey", y: "at", text: (d) => percentText(d.share), textAnchor: "end", dx: -10}),
      Plot.text(ends, {
        x: "survey",
        y: "at",
        text: (d) => `${percentText(d.share)}  ${d.label}`,
        textAnchor: "start",
        dx: 10,
        fontWeight: 600,
        fontSize: narrow ? 12 : 13,
        lineWidth: narrow ? 12 : 30,
        fill: "currentColor"
      })
    ]
  });
}

/** Label positions: the shares, moved apart where two would overlap. */
function spread(shares: readonly BackgroundShare[], gap: number): (BackgroundShare & {at: number})[] {
  const sorted = [...shares].sort((a, b) => a.share - b.share).map((d) => ({...d, at: d.share}));
  for (const [i, d] of sorted.entries()) {
    const below = sorted[i - 1];
    if (below && d.at - below.at < gap) d.at = below.at + gap;
  }
  return sorted;
}
