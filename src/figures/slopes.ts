import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import {drawingWidth, plotStyle} from "./style.js";

/** A share at one of the two times, with its interval; from 0 to 1. */
export interface SlopePoint {
  /** Which line it is on. */
  readonly line: string;
  readonly label: string;
  readonly survey: string;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  readonly colour: string;
  /** A second reading of the same line, drawn dashed. */
  readonly dashed?: boolean;
}

/** Slopes: shares in the first survey and in the last, with intervals; each line’s label stands at its right end. */
export function slopes(points: readonly SlopePoint[], options: {width?: number} = {}): SVGSVGElement | HTMLElement {
  const surveys = [...new Set(points.map((d) => d.survey))].sort();
  const [first, last] = [surveys[0], surveys.at(-1)];
  const width = drawingWidth(options.width, 640);
  const narrow = width < 480;
  const height = 380;
  const domain: [number, number] = [0, 0.05 + Math.max(...points.map((d) => d.upper))];
  // A label of two lines is some 32 pixels high.
  const gap = ((narrow ? 50 : 34) * (domain[1] - domain[0])) / (height - 50);
  const starts = spread(
    points.filter((d) => d.survey === first && !d.dashed),
    gap / 1.8
  );
  const ends = spread(
    points.filter((d) => d.survey === last),
    gap
  );
  const line = (dashed: boolean) =>
    Plot.lineY(
      points.filter((d) => (d.dashed ?? false) === dashed),
      {
        x: "survey",
        y: "share",
        z: "line",
        stroke: "colour",
        strokeWidth: 2.5,
        ...(dashed ? {strokeDasharray: "5 4"} : {})
      }
    );
  return Plot.plot({
    width,
    height,
    marginLeft: 52,
    marginRight: narrow ? 168 : 270,
    marginTop: 30,
    marginBottom: 20,
    style: plotStyle,
    x: {type: "point", domain: surveys, axis: "top", label: null, tickSize: 0, padding: 0},
    y: {domain, axis: null},
    color: {type: "identity"},
    marks: [
      Plot.ruleX(surveys, {strokeOpacity: 0.25}),
      Plot.ruleY([0], {strokeOpacity: 0.25}),
      line(false),
      line(true),
      Plot.ruleX(points, {
        x: "survey",
        y1: "lower",
        y2: "upper",
        stroke: "colour",
        strokeWidth: 5,
        strokeOpacity: 0.45
      }),
      Plot.dot(
        points.filter((d) => !d.dashed || d.survey === last),
        {
          x: "survey",
          y: "share",
          r: 4.5,
          stroke: "colour",
          strokeWidth: 2,
          fill: (d: SlopePoint) => (d.dashed ? "var(--theme-background)" : d.colour)
        }
      ),
      Plot.text(starts, {
        x: "survey",
        y: "at",
        text: (d) => percentText(d.share),
        textAnchor: "end",
        dx: -12,
        fontWeight: 600
      }),
      Plot.text(ends, {
        x: "survey",
        y: "at",
        text: (d) => `${percentText(d.share)}  ${d.label}`,
        textAnchor: "start",
        dx: 12,
        fontWeight: 600,
        lineWidth: narrow ? 8.5 : 17
      })
    ]
  });
}

/** Label positions: the shares, moved apart both ways where two labels would overlap. */
function spread(points: readonly SlopePoint[], gap: number): (SlopePoint & {at: number})[] {
  const sorted = [...points].sort((a, b) => a.share - b.share).map((d) => ({...d, at: d.share}));
  // Neighbours push each other off by half of what they lack; a few rounds settle any cluster of this size.
  for (let round = 0; round < 50; round++) {
    for (const [i, d] of sorted.entries()) {
      const below = sorted[i - 1];
      const lack = below ? gap - (d.at - below.at) : 0;
      if (!below || lack <= 0) continue;
      below.at -= lack / 2;
      d.at += lack / 2;
    }
  }
  return sorted;
}
