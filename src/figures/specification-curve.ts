import * as Plot from "@observablehq/plot";
import type {Specification} from "../multiverse/specification.js";
import {alpha} from "../statistics/alpha.js";
import {percentText} from "../tables/format.js";
import type {Drawing} from "./drawing.js";
import {frame, leastP, room} from "./style.js";

/** Specifications, and the choices that they differ in, in words; each has its `levels` in the order of `factors`. */
interface Curve {
  readonly points: readonly (Pick<Specification, "p" | "holds" | "determined" | "own"> & {levels: readonly string[]})[];
  readonly factors: readonly {readonly name: string; readonly levels: readonly string[]}[];
}

/**
 * A specification curve (Simonsohn, Simmons and Nelson 2020): above, P of every specification, from the smallest to the
 * greatest, on a logarithmic scale; below, a mark for each choice that it makes.
 */
export function specificationCurve({points, factors}: Curve, options: {width?: number} = {}): Drawing {
  const {width, narrow} = room(options.width, 720, 520);
  const sorted = [...points].sort((a, b) => a.p - b.p).map((point, rank) => ({...point, rank}));
  // One scale for both panels, in pixels down from the top.
  const curve = 180;
  const line = 17;
  const gap = 24;
  const at = (p: number) => (curve * Math.log10(Math.max(p, leastP))) / Math.log10(leastP);
  let y = curve + 12;
  const headings = factors.map(({name, levels}, factor) => {
    const top = y + gap;
    y = top + line * levels.length;
    return {name, y: top - 3, places: levels.map((level, i) => ({factor, level, y: top + line * (i + 1)}))};
  });
  const places = headings.flatMap((heading) => heading.places);
  const marks = places.flatMap((place) =>
    sorted.filter((point) => point.levels[place.factor] === place.level).map((point) => ({...point, y: place.y}))
  );
  const ticks = [1, alpha, 0.001, leastP];
  const left = narrow ? 156 : 190;
  const font = narrow ? 10.5 : 12.5;
  const node = Plot.plot({
    ...frame(width, y + 34, [18, 8, 6, left]),
    x: {domain: [-1, sorted.length], axis: null},
    y: {domain: [0, y + 10], range: [18, y + 28], axis: null},
    marks: [
      Plot.ruleY(ticks, {y: at, strokeOpacity: 0.2}),
      Plot.ruleY([at(alpha)], {strokeDasharray: "4 3"}),
      Plot.text(ticks, {
        y: at,
        frameAnchor: "left",
        dx: -8,
        textAnchor: "end",
        fontSize: font,
        text: (p: number) => (p === 1 ? "P = 1" : p <= leastP ? "≤ 0.0001" : String(p))
      }),
      Plot.dot(sorted, {
        x: "rank",
        y: (d) => at(d.p),
        r: 2,
        fill: (d) => (d.determined ? "currentColor" : "none"),
        stroke: "currentColor",
        strokeWidth: 0.8,
        strokeOpacity: (d) => (d.determined ? 1 : 0.7)
      }),
      Plot.dot(
        sorted.filter((d) => d.own),
        {x: "rank", y: (d) => at(d.p), r: 7, stroke: "currentColor", strokeWidth: 1.6}
      ),
      Plot.text(headings, {
        y: "y",
        frameAnchor: "left",
        dx: -left + 2,
        textAnchor: "start",
        fontWeight: 600,
        fontSize: font,
        text: "name"
      }),
      Plot.text(places, {y: "y", frameAnchor: "left", dx: -8, textAnchor: "end", fontSize: font, text: "level"}),
      Plot.ruleY(places, {y: "y", strokeOpacity: 0.12}),
      Plot.ruleX(marks, {
        x: "rank",
        y1: (d) => d.y - 5,
        y2: (d) => d.y + 5,
        strokeWidth: Math.max(0.6, Math.min(2, (width - left) / sorted.length - 0.4)),
        stroke: "currentColor",
        strokeOpacity: (d) => (d.holds ? 1 : 0.28)
      })
    ]
  });
  const certain = points.filter(({determined}) => determined);
  const holding = (some: Curve["points"]) => some.filter(({holds}) => holds).length;
  const open = points.length - certain.length;
  return {
    node,
    language: "en",
    words: `Specification curve. The conclusion holds in ${holding(certain)} of ${certain.length} ways that the printed tables determine.`,
    numbers: factors.flatMap(({name, levels}, factor) =>
      levels
        .map((level) => ({level, some: certain.filter((point) => point.levels[factor] === level)}))
        .filter(({some}) => some.length > 0 && some.length < certain.length)
        .map(({level, some}) => {
          const holds = percentText(holding(some) / some.length);
          return {Choice: name, Level: level, Ways: some.length, Holds: holds};
        })
    ),
    key:
      "Above: P in each way, in order; ring: the report’s own; dashed: 5%. " +
      (open > 0 ? `Hollow: ${open} ways that the printed tables do not determine, computed from our list. ` : "") +
      "Below: the choices made; strong where the conclusion holds."
  };
}
