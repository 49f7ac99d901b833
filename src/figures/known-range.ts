import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import {drawingWidth, faint, ink, plotStyle} from "./style.js";

/** What is known of a share: its value, or no more than the range it lies in. Shares are from 0 to 1. */
export interface KnownShare {
  readonly label: string;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Dots for shares that are known, and open bars from the least to the most that is possible for those that are not.
 */
export function knownRange(shares: readonly KnownShare[], options: {width?: number} = {}): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 520;
  const left = narrow ? 8 : 330;
  const band = narrow ? 66 : 32;
  const dy = narrow ? 18 : 0;
  const known = shares.filter((d) => d.lower === d.upper);
  const open = shares.filter((d) => d.lower < d.upper);
  return Plot.plot({
    width,
    height: shares.length * band + 52,
    marginLeft: left,
    marginRight: 24,
    marginTop: 6,
    marginBottom: 46,
    style: plotStyle,
    x: {
      domain: [0, 1],
      tickFormat: "%",
      ticks: narrow ? 4 : 5,
      label: "share of the unit managers →",
      labelArrow: "none"
    },
    y: {domain: shares.map((d) => d.label), axis: null, padding: 0},
    marks: [
      Plot.link(open, {
        x1: "lower",
        x2: "upper",
        y1: "label",
        y2: "label",
        dy,
        stroke: faint,
        strokeWidth: 2,
        strokeDasharray: "4 3"
      }),
      Plot.tickX(open, {
        x: "upper",
        y: "label",
        dy,
        stroke: faint,
        strokeWidth: 2,
        insetTop: band / 2 - 6,
        insetBottom: band / 2 - 6
      }),
      Plot.text(open, {
        x: "upper",
        y: "label",
        dx: narrow ? -8 : 6,
        dy,
        text: (d: KnownShare) => `at most ${percentText(d.upper)}`,
        textAnchor: narrow ? "end" : "start",
        stroke: "var(--theme-background)",
        strokeWidth: 5,
        fill: "currentColor"
      }),
      Plot.dot(known, {x: "upper", y: "label", dy, r: 5.5, fill: ink}),
      Plot.text(known, {
        x: "upper",
        y: "label",
        dx: 11,
        dy,
        text: (d: KnownShare) => percentText(d.upper),
        textAnchor: "start",
        fontWeight: 700
      }),
      Plot.text(shares, {
        y: "label",
        frameAnchor: "left",
        dx: narrow ? 0 : -left + 4,
        dy: narrow ? 6 : 0,
        lineAnchor: narrow ? "bottom" : "middle",
        text: "label",
        textAnchor: "start",
        lineWidth: narrow ? 21 : 23
      })
    ]
  });
}
