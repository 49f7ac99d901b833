import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import {drawingWidth, ink, plotStyle} from "./style.js";

/** A share with its interval, from 0 to 1. */
export interface SharePoint {
  readonly label: string;
  /** The panel it stands in; all points have one, or none. */
  readonly panel?: string;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  /** What the dot and its line are drawn in, where it is not ink. */
  readonly colour?: string;
}

/** How a figure of shares is drawn. */
export interface SharesOptions {
  readonly width?: number;
  /** What the shares are of, below the axis. */
  readonly axis: string;
  /** Where the axis ends, from 0 to 1; just above the highest interval if it is not given. */
  readonly end?: number;
  /** A dashed line in every panel, or one for each panel by its name. */
  readonly reference?: number | ReadonlyMap<string, number>;
}

/**
 * Dots with intervals, a line for each share, in one panel or several one below the other. Every dot has its percent
 * beside it. Where there is little room the labels stand above their lines.
 */
export function sharesWithIntervals(
  points: readonly SharePoint[],
  {axis, end, reference, ...options}: SharesOptions
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const labels = [...new Set(points.map((d) => d.label))];
  const panels = [...new Set(points.map((d) => d.panel ?? ""))];
  const titled = panels.some((panel) => panel !== "");
  const longest = Math.max(...labels.map((label) => label.length));
  const marginLeft = narrow ? 10 : Math.min(270, 7.8 * longest + 22);
  const facetHeight = labels.length * (narrow ? 42 : 27);
  const gap = titled ? 34 : 0;
  const marginTop = titled ? 28 : 8;
  const marginBottom = 46;
  const most = Math.max(...points.map((d) => d.upper));
  const rounded = most > 0.3 ? Math.ceil(most * 10) / 10 : Math.ceil(most * 50) / 50;
  const references =
    reference === undefined
      ? []
      : typeof reference === "number"
        ? panels.map((panel) => ({panel, share: reference}))
        : panels.flatMap((panel) => {
            const share = reference.get(panel);
            return share === undefined ? [] : [{panel, share}];
          });
  const colour = (d: SharePoint) => d.colour ?? ink;
  const fy = (d: {panel?: string}) => d.panel ?? "";
  // Labels above their lines take the upper part of the line's room.
  const dy = narrow ? 9 : 0;
  return Plot.plot({
    width,
    height: marginTop + panels.length * facetHeight + (panels.length - 1) * gap + marginBottom,
    marginTop,
    marginBottom,
    marginLeft,
    marginRight: 46,
    style: plotStyle,
    x: {
      domain: [0, end ?? Math.min(1, rounded)],
      tickFormat: "%",
      ticks: narrow ? 4 : 6,
      label: `${axis} →`,
      labelArrow: "none",
      grid: true
    },
    y: {type: "band", domain: labels, axis: null, padding: 0},
    fy: {domain: panels, axis: null, paddingInner: gap / (gap + facetHeight), paddingOuter: 0},
    marks: [
      ...(titled
        ? [
            Plot.text(panels, {
              fy: (d: string) => d,
              text: (d: string) => d,
              frameAnchor: "top-left",
              lineAnchor: "bottom",
              textAnchor: "start",
              dx: narrow ? 0 : 12 - marginLeft,
              dy: -5,
              fontWeight: 700
            })
          ]
        : []),
      Plot.ruleX(references, {x: "share", fy: "panel", strokeOpacity: 0.7, strokeDasharray: "3 3"}),
      Plot.ruleY(points, {x1: "lower", x2: "upper", y: "label", fy, stroke: colour, strokeWidth: 2.5, dy}),
      Plot.dot(points, {x: "share", y: "label", fy, fill: colour, r: 5, dy}),
      Plot.text(points, {
        x: "upper",
        y: "label",
        fy,
        text: (d: SharePoint) => percentText(d.share),
        textAnchor: "start",
        dx: 8,
        dy,
        fontWeight: 600,
        stroke: "var(--theme-background)",
        strokeWidth: 4,
        fill: "currentColor"
      }),
      Plot.text(points, {
        y: "label",
        fy,
        frameAnchor: "left",
        text: "label",
        ...(narrow ? {textAnchor: "start", dy: -10} : {textAnchor: "end", dx: -10}),
        ...(narrow ? {stroke: "var(--theme-background)", strokeWidth: 4, fill: "currentColor"} : {})
      } as Plot.TextOptions)
    ]
  });
}
