import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import type {Drawing, FigureOptions} from "../../figures/drawing.js";
import {drawingWidth, plotStyle} from "../../figures/style.js";
import {percentText} from "../../tables/format.js";
import {agencyColours} from "../colours.js";

/** A background’s share of the staff in one survey. */
interface BackgroundShare {
  readonly background: string;
  readonly survey: string;
  /** From 0 to 1. */
  readonly share: number;
}

/**
 * Slopes: each background’s share of the staff in the first survey and in the last. Labels stand at the ends of the
 * lines, moved apart where two lines end close together.
 *
 * @param table a row a background and survey: `background`, `survey`, `share`
 */
export function backgroundChange(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const shares = table.objects() as BackgroundShare[];
  const surveys = [...new Set(shares.map((d) => d.survey))].sort();
  const [first, last] = [surveys[0], surveys.at(-1)];
  const width = drawingWidth(options.width, 640);
  const narrow = width < 480;
  const colour = (d: BackgroundShare) => agencyColours[d.background] ?? "currentColor";
  const gap = narrow ? 0.03 : 0.018;
  const starts = spread(
    shares.filter((d) => d.survey === first),
    gap
  );
  const ends = spread(
    shares.filter((d) => d.survey === last),
    gap
  );
  const node = Plot.plot({
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
      Plot.lineY(shares, {x: "survey", y: "share", z: "background", stroke: colour, strokeWidth: 2.5}),
      Plot.dot(shares, {x: "survey", y: "share", fill: colour, r: 4.5}),
      Plot.text(starts, {x: "survey", y: "at", text: (d) => percentText(d.share), textAnchor: "end", dx: -10}),
      Plot.text(ends, {
        x: "survey",
        y: "at",
        text: (d) => `${percentText(d.share)}  ${label("background", d.background)}`,
        textAnchor: "start",
        dx: 10,
        fontWeight: 600,
        fontSize: narrow ? 12 : 13,
        lineWidth: narrow ? 12 : 30,
        fill: "currentColor"
      })
    ]
  });
  const lines = surveys.length > 1 ? starts.map(({background}) => background) : [];
  const of = (background: string, survey?: string) =>
    percentText(shares.find((d) => d.background === background && d.survey === survey)?.share ?? 0);
  return {
    node,
    language: label.language,
    words: `Lines from ${first} to ${last}: ${lines
      .map((code) => `${label("background", code)} from ${of(code, first)} to ${of(code, last)}`)
      .join("; ")}.`,
    numbers: shares.map((d) => ({
      [label("background")]: label("background", d.background),
      Survey: d.survey,
      Share: percentText(d.share)
    }))
  };
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
