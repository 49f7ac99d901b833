import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import type {SegmentColour} from "./crosstab-colours.js";
import {type Drawing, svgElement} from "./drawing.js";
import {frame, halo, room} from "./style.js";

/** What the bars and their parts are, in the order they are shown. */
export interface CrosstabBars {
  /** A label a bar, with how many people it stands for and the share, from 0 to 1, of each segment. */
  readonly bars: readonly {readonly label: string; readonly n: number; readonly shares: readonly number[]}[];
  readonly segments: readonly {readonly label: string; readonly colour: SegmentColour}[];
  /**
   * For a scale of agreement: how many of the segments, from the left, stand left of the middle line. A half means that
   * the line goes through the middle of the next. Null for bars that all start at 0.
   */
  readonly middle: number | null;
}

const letter = 6.7;
const rowHeight = 54;

/** Bars in parts that add up to 100%: from a common start, or, for a scale of agreement, to both sides of its middle. */
export function crosstabBars({bars, segments, middle}: CrosstabBars, options: {width?: number} = {}): Drawing["node"] {
  const {width, narrow} = room(options.width);
  const placed = bars.flatMap(({label, n, shares}) => {
    const whole = Math.floor(middle ?? 0);
    const left = shares.slice(0, whole).reduce((a, b) => a + b, 0) + ((middle ?? 0) - whole) * (shares[whole] ?? 0);
    let at = -left;
    return segments.map(({label: answer, colour}, i) => {
      const [share, x1] = [shares[i] ?? 0, at];
      at += share;
      const title = `${label}, ${answer}: ${percentText(share)} of ${n}`;
      return {bar: label, share, colour, x1, x2: at, title};
    });
  });
  const extent = placed.flatMap(({x1, x2}) => [x1, x2]);
  const domain = [Math.min(0, ...extent), Math.max(middle === null ? 1 : 0, ...extent)];
  // A bar's label stands above it, so that a narrow screen has room for long ones.
  const scale = (width - 24) / ((domain[1] ?? 1) - (domain[0] ?? 0));
  const legend = keyLines(
    segments.map(({label}) => label),
    width
  );
  const top = legend.lines * 20 + 14;
  return Plot.plot({
    ...frame(width, top + bars.length * rowHeight + 46, [top + 10, 12, 40, 12]),
    x: {
      domain,
      tickFormat: (d: number) => `${Math.round(Math.abs(d) * 100)}%`,
      ticks: narrow ? 5 : 9,
      label: middle === null ? "share →" : "← share on either side of the middle →",
      labelAnchor: middle === null ? "right" : "center",
      labelArrow: "none"
    },
    y: {domain: bars.map(({label}) => label), axis: null, paddingInner: 0.48, paddingOuter: 0.24},
    marks: [
      Plot.barX(placed, {
        x1: "x1",
        x2: "x2",
        y: "bar",
        fill: (d) => d.colour.fill,
        title: "title",
        insetLeft: 0.5,
        insetRight: 0.5
      }),
      Plot.ruleX([0], {strokeOpacity: middle === null ? 0.3 : 0.9}),
      Plot.text(
        placed.filter((d) => d.colour.text !== "none" && d.share * scale > 34),
        {
          x: (d) => (d.x1 + d.x2) / 2,
          y: "bar",
          text: (d) => percentText(d.share),
          pointerEvents: "none",
          fill: (d) => d.colour.text,
          fontSize: 12
        }
      ),
      Plot.text(bars, {
        y: "label",
        frameAnchor: "left",
        text: ({label, n}) => `${label} (${n})`,
        textAnchor: "start",
        dy: -25,
        fontWeight: 600,
        fill: "currentColor",
        ...halo
      }),
      () => keyMark(legend, segments)
    ]
  });
}

/** Where each label of the key stands: as many on a line as fit. */
function keyLines(labels: readonly string[], width: number): {lines: number; places: {x: number; y: number}[]} {
  let [x, line] = [12, 0];
  const places = labels.map((label) => {
    const needed = 18 + label.length * letter + 14;
    if (x > 12 && x + needed > width) [x, line] = [12, line + 1];
    const place = {x, y: line * 20 + 10};
    x += needed;
    return place;
  });
  return {lines: line + 1, places};
}

/** The key as part of the drawing, so that it is there in a saved file too. */
function keyMark({places}: ReturnType<typeof keyLines>, segments: CrosstabBars["segments"]): SVGGElement {
  const group = svgElement("g", {"text-anchor": "start"}) as SVGGElement;
  segments.forEach(({label, colour}, i) => {
    const {x = 0, y = 0} = places[i] ?? {};
    group.append(
      svgElement("rect", {x, y: y - 6, width: 12, height: 12, rx: 2, fill: colour.fill}),
      svgElement("text", {x: x + 18, y, dy: "0.32em", fill: "currentColor"}, label)
    );
  });
  return group;
}
