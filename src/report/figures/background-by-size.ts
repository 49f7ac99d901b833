import * as Plot from "@observablehq/plot";
import {agencyColours, drawingWidth, plotStyle} from "../../figures/style.js";

/** A background’s share of the staff in offices of one size, with its interval. Shares are from 0 to 1. */
export interface SizeShare {
  readonly code: string;
  readonly label: string;
  readonly size: string;
  readonly sizeLabel: string;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** Dots with intervals: the share of each background in offices of each size, beside its share in all offices. */
export function backgroundBySize(
  shares: readonly SizeShare[],
  all: ReadonlyMap<string, number>,
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const labels = [...new Map(shares.map((d) => [d.code, d.label])).values()];
  const overall = [...all].flatMap(([code, share]) => {
    const label = shares.find((d) => d.code === code)?.label;
    return label ? [{label, share}] : [];
  });
  return Plot.plot({
    width,
    height: 480,
    marginBottom: 44,
    marginLeft: narrow ? 140 : 150,
    marginRight: 16,
    marginTop: 26,
    style: plotStyle,
    x: {
      domain: [0.1, 0.42],
      tickFormat: "%",
      ticks: narrow ? 3 : 5,
      label: "share of the staff →",
      labelArrow: "none",
      grid: true
    },
    y: {domain: [...new Set(shares.map((d) => d.sizeLabel))], label: null, tickSize: 0},
    fy: {domain: labels, axis: null, padding: 0.3},
    ariaLabel: "Share of each earlier workplace by size of office, with 95% intervals",
    marks: [
      Plot.text(labels, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        dx: narrow ? -132 : -140,
        dy: -18,
        textAnchor: "start",
        fontWeight: 600
      }),
      Plot.ruleX(overall, {x: "share", fy: "label", strokeOpacity: 0.6, strokeDasharray: "3 3"}),
      Plot.ruleY(shares, {
        x1: "lower",
        x2: "upper",
        y: "sizeLabel",
        fy: "label",
        stroke: (d: SizeShare) => agencyColours[d.code],
        strokeWidth: 2
      }),
      Plot.dot(shares, {x: "share", y: "sizeLabel", fy: "label", fill: (d: SizeShare) => agencyColours[d.code], r: 4.5})
    ]
  });
}
