import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import {drawingWidth, faint, ink, plotStyle} from "./style.js";

/** A share as the report’s text has it, and as its tables have it; from 0 to 1. */
export interface SaidAndFound {
  readonly label: string;
  readonly said: number;
  /** The word or number of the text, in English. */
  readonly words: string;
  readonly found: number;
}

/** Rings for what is said, dots for what the tables give, and a line between, one sentence a row. */
export function saidAndFound(
  shares: readonly SaidAndFound[],
  options: {width?: number} = {}
): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 520;
  const left = narrow ? 12 : 300;
  const band = narrow ? 72 : 46;
  const dy = narrow ? 18 : 0;
  const side = (d: SaidAndFound) => (d.found < d.said ? -1 : 1);
  const ends = [-1, 1].flatMap((way) => {
    const own = shares.filter((d) => side(d) === way);
    const anchor = way < 0 ? ("end" as const) : ("start" as const);
    const other = way < 0 ? ("start" as const) : ("end" as const);
    return [
      Plot.text(own, {
        x: "found",
        y: "label",
        dx: 10 * way,
        dy,
        text: (d: SaidAndFound) => percentText(d.found),
        textAnchor: anchor,
        fontWeight: 700
      }),
      Plot.text(own, {x: "said", y: "label", dx: -10 * way, dy, text: "words", textAnchor: other})
    ];
  });
  return Plot.plot({
    width,
    height: shares.length * band + 50,
    marginLeft: left,
    marginRight: 50,
    marginTop: 4,
    marginBottom: 44,
    style: plotStyle,
    x: {domain: [0, 1], tickFormat: "%", ticks: narrow ? 4 : 5, label: "share →", labelArrow: "none", grid: true},
    y: {domain: shares.map((d) => d.label), axis: null, type: "point", padding: 0.5},
    marks: [
      Plot.link(shares, {
        x1: "said",
        x2: "found",
        y1: "label",
        y2: "label",
        dy,
        stroke: faint,
        strokeWidth: 2
      }),
      Plot.dot(shares, {
        x: "said",
        y: "label",
        dy,
        r: 5,
        stroke: faint,
        strokeWidth: 2,
        fill: "var(--theme-background)"
      }),
      Plot.dot(shares, {x: "found", y: "label", dy, r: 5.5, fill: ink}),
      ...ends,
      Plot.text(shares, {
        y: "label",
        frameAnchor: "left",
        dx: narrow ? -8 : -left + 4,
        dy: narrow ? 4 : 0,
        lineAnchor: narrow ? "bottom" : "middle",
        text: "label",
        textAnchor: "start",
        lineWidth: narrow ? 23 : 20
      })
    ]
  });
}
