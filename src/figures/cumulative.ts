import * as Plot from "@observablehq/plot";
import {drawingWidth, faint, ink, plotStyle} from "./style.js";

/** A cumulative curve: what share of a group has at most so many. */
export interface CumulativeSeries {
  readonly label: string;
  /** Whether it is what the figure is about, or what that is compared with. */
  readonly main: boolean;
  /** The curve where it is known: at the ends of the classes, shares from 0 to 1. */
  readonly points: readonly {readonly upTo: number; readonly share: number}[];
  /** The point that the label stands at, and on which side of the curve. */
  readonly labelAt: {readonly upTo: number; readonly side: "above" | "below"};
}

/**
 * Cumulative curves over a number, from 0. Dots stand where the curve is known, at the ends of the classes that were
 * asked; the lines between them are no more than a guide. What is above the last class’s end is not drawn.
 */
export function cumulativeCurves(
  series: readonly CumulativeSeries[],
  options: {
    readonly width?: number;
    /** What is counted, below the axis. */
    readonly axis: string;
    /** A dashed line at this share, with its words. */
    readonly mark?: {readonly share: number; readonly label: string};
  }
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const ends = [...new Set(series.flatMap(({points}) => points.map(({upTo}) => upTo)))].sort((a, b) => a - b);
  const points = series.flatMap(({label, main, points}) => points.map((point) => ({...point, label, main})));
  const colour = (d: {main: boolean}) => (d.main ? ink : faint);
  const at = (side: "above" | "below") =>
    series.flatMap(({label, main, points, labelAt}) => {
      const point = points.find(({upTo}) => upTo === labelAt.upTo);
      return point && labelAt.side === side ? [{...point, label, main}] : [];
    });
  const text = {
    x: "upTo",
    y: "share",
    text: "label",
    fill: "currentColor",
    stroke: "var(--theme-background)",
    strokeWidth: 4,
    lineWidth: narrow ? 9 : 20,
    fontWeight: 600
  } as const;
  return Plot.plot({
    width,
    height: narrow ? 360 : 380,
    marginTop: 28,
    marginBottom: 46,
    marginLeft: 46,
    marginRight: 18,
    style: plotStyle,
    x: {domain: [0, ends.at(-1) ?? 1], ticks: ends, tickFormat: String, label: `${options.axis} →`, labelArrow: "none"},
    y: {domain: [0, 1], tickFormat: "%", ticks: 5, label: null, grid: true},
    marks: [
      ...(options.mark
        ? [
            Plot.ruleY([options.mark.share], {strokeDasharray: "4 3"}),
            Plot.text([options.mark.label], {
              frameAnchor: "right",
              y: options.mark.share,
              dy: 10,
              textAnchor: "end",
              stroke: "var(--theme-background)",
              strokeWidth: 4,
              fill: "currentColor"
            })
          ]
        : []),
      Plot.ruleX(ends, {strokeOpacity: 0.12}),
      Plot.line(points, {x: "upTo", y: "share", z: "label", stroke: colour, strokeWidth: 2}),
      Plot.dot(points, {x: "upTo", y: "share", fill: colour, r: 4.5}),
      Plot.text(at("above"), {...text, textAnchor: "end", lineAnchor: "bottom", dx: -4, dy: -7}),
      Plot.text(at("below"), {...text, textAnchor: "start", lineAnchor: "top", dx: 6, dy: 6})
    ]
  });
}

/** A group's cumulative curve in a panel of its own. */
export interface CumulativePanel {
  readonly label: string;
  readonly points: CumulativeSeries["points"];
}

/**
 * A panel a group, side by side or, where there is little room, one below the other: the group's cumulative curve, and
 * in every panel the same curve of all, fainter and dashed, to compare with.
 */
export function cumulativePanels(
  panels: readonly CumulativePanel[],
  all: CumulativeSeries["points"],
  options: {
    readonly width?: number;
    /** What is counted, below the axis. */
    readonly axis: string;
  }
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const facet = narrow ? "fy" : "fx";
  const labels = panels.map(({label}) => label);
  const own = panels.flatMap(({label, points}) => points.map((point) => ({...point, label})));
  const ends = [...new Set(all.map(({upTo}) => upTo))].sort((a, b) => a - b);
  const last = ends.at(-1) ?? 1;
  const place = {x: "upTo", y: "share"} as const;
  return Plot.plot({
    width,
    height: narrow ? panels.length * 190 + 46 : 300,
    marginTop: narrow ? 30 : 44,
    marginBottom: 46,
    marginLeft: 46,
    marginRight: 14,
    style: plotStyle,
    x: {
      domain: [0, last],
      ticks: narrow ? ends : ends.filter((end) => end === 0 || end === last || end * 2.5 === last),
      tickFormat: String,
      label: `${options.axis} →`,
      labelArrow: "none"
    },
    y: {domain: [0, 1], tickFormat: "%", ticks: [0, 0.5, 1], label: null, grid: true},
    [facet]: {domain: labels, axis: null, padding: narrow ? 0.24 : 0.2},
    marks: [
      Plot.frame({strokeOpacity: 0.15}),
      Plot.line(all, {...place, stroke: faint, strokeWidth: 2, strokeDasharray: "5 3"}),
      Plot.line(own, {...place, z: "label", [facet]: "label", stroke: ink, strokeWidth: 2.5}),
      Plot.dot(own, {...place, [facet]: "label", fill: ink, r: 4}),
      Plot.text(labels, {
        [facet]: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top-left",
        lineAnchor: "bottom",
        textAnchor: "start",
        dy: -7,
        fontWeight: 700,
        lineWidth: narrow ? 30 : 10
      })
    ]
  });
}
