import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import type {Drawing, FigureOptions} from "../../figures/drawing.js";
import {drawingWidth, plotStyle} from "../../figures/style.js";
import {percentText} from "../../tables/format.js";
import {agencyColours} from "../colours.js";

/** A background’s share of the staff in offices of one size, with its interval. Shares are from 0 to 1. */
interface SizeShare {
  readonly background: string;
  readonly office_size: string;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Dots with intervals: the share of each background in offices of each size, beside its share in all offices.
 *
 * @param table a row a background and size of office: `background`, `office_size`, `share`, `lower`, `upper`
 * @param all a row a background: `background`, `share` of all offices
 */
export function backgroundBySize(table: ColumnTable, all: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const shares = table.objects() as SizeShare[];
  const overall = all.objects() as Pick<SizeShare, "background" | "share">[];
  const panel = ({background}: {readonly background: string}) => label("background", background);
  const size = ({office_size}: {readonly office_size: string}) => label("office_size", office_size);
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const labels = [...new Set(shares.map(panel))];
  const node = Plot.plot({
    width,
    height: 480,
    marginBottom: 44,
    marginLeft: narrow ? 140 : 150,
    marginRight: 16,
    marginTop: 26,
    style: plotStyle,
    x: {
      domain: [0.1, 0.42],
      tickFormat: (d: number) => percentText(d, label.language),
      ticks: narrow ? 3 : 5,
      label: label.language === "en" ? "share of the staff →" : "andel av de ansatte →",
      labelArrow: "none",
      grid: true
    },
    y: {domain: [...new Set(shares.map(size))], label: null, tickSize: 0},
    fy: {domain: labels, axis: null, padding: 0.3},
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
      Plot.ruleX(overall, {x: "share", fy: panel, strokeOpacity: 0.6, strokeDasharray: "3 3"}),
      Plot.ruleY(shares, {
        x1: "lower",
        x2: "upper",
        y: size,
        fy: panel,
        stroke: (d: SizeShare) => agencyColours[d.background],
        strokeWidth: 2
      }),
      Plot.dot(shares, {x: "share", y: size, fy: panel, fill: (d: SizeShare) => agencyColours[d.background], r: 4.5})
    ]
  });
  const inWords = labels.map((name) => {
    const own = shares.filter((d) => panel(d) === name);
    return `${name}: ${own.map((d) => `${size(d)} ${percentText(d.share)}`).join(", ")}.`;
  });
  return {
    node,
    language: label.language,
    words: `Dots with intervals, one panel for each background. ${inWords.join(" ")} Most intervals contain the share in all offices.`,
    numbers: shares.map((d) => ({
      [label("background")]: panel(d),
      [label("office_size")]: size(d),
      Share: percentText(d.share),
      From: percentText(d.lower),
      To: percentText(d.upper)
    }))
  };
}
