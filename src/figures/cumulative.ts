import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf, variablesOf} from "../tables/counts.js";
import {percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, type ShareRow, sayIn, shareNumbers} from "./drawing.js";
import {axis, faint, frame, halo, ink, percentAxis, room} from "./style.js";

/** How cumulative curves are drawn. */
export interface CumulativeOptions extends FigureOptions {
  /** The end of a class at which each panel says its share. */
  readonly mark?: number;
}

/** A point of a curve: the share of a group in a class of numbers or in one below it, with its interval. */
interface Point extends ShareRow {
  readonly label: string;
  /** The class’s upper end; null where it has none. */
  readonly upTo: number | null;
}

/**
 * The upper end of a class of numbers, read from its code: 0 for `none`, 20 for `under_20`, 50 for `20_50`, and null
 * for a class without an end, such as `over_250`. Throws for any other code.
 */
export function upperEnd(code: string): number | null {
  if (code === "none") return 0;
  if (/^over_\d+$/.test(code)) return null;
  const [, end] = /^(?:under|\d+)_(\d+)$/.exec(code) ?? [];
  if (end === undefined) throw new Error(`“${code}” names no class of numbers`);
  return Number(end);
}

/** The points of a table, each called as its group is. */
function pointsOf(table: ColumnTable, name: (code: string) => string): Point[] {
  const [classes = "", group = ""] = variablesOf(table).reverse();
  return rowsOf<Point & Record<string, string>>(table).map((d) => ({
    ...d,
    label: name(String(d[group])),
    upTo: upperEnd(String(d[classes]))
  }));
}

/** What both kinds of curves are drawn from: the points, those that are known, the scales, and the words and numbers. */
function read(table: ColumnTable, {label}: CumulativeOptions) {
  const {language} = label;
  const say = sayIn(language);
  const [group = "", classes = ""] = variablesOf(table).slice(-2);
  const points = pointsOf(table, (code) => label(group, code));
  const atMost = say("At most").toLowerCase();
  const groups = [...new Set(points.map((d) => d.label))];
  const ends = [...new Set(points.flatMap((d) => d.upTo ?? []))].sort((a, b) => a - b);
  const percent = (share: number) => percentText(share, language);
  const inWords = groups.map((name) => {
    const own = points.filter((d) => d.label === name);
    const shares = own.map((d) => `${d.upTo ?? say("any number")} ${percent(d.share)}`);
    return `${name}, ${atMost} ${shares.join(", ")}.`;
  });
  const numbers = points.map((d) => ({
    [label(group)]: d.label,
    [say("At most")]: d.upTo ?? say("any number"),
    ...shareNumbers(d, language)
  }));
  const key = say("Dots: ends of the answers; the lines between them are a guide.");
  return {
    groups,
    known: points.filter((d) => d.upTo !== null),
    ends,
    x: {domain: [0, ends.at(-1) ?? 1], tickFormat: String, ...axis(`${label(classes)}, ${atMost}`)},
    y: {...percentAxis("", language), domain: [0, 1], label: null},
    text: (d: Point) => percent(d.share),
    title: (d: Point) =>
      `${d.label}, ${atMost} ${d.upTo}: ${percent(d.share)} (${d.count} ${say("Of").toLowerCase()} ${d.n})`,
    drawing: {language, key, words: inWords.join(" "), numbers}
  };
}

/**
 * Cumulative curves over a number, from 0. Dots stand where the curve is known, at the ends of the classes that were
 * asked; the lines between them are no more than a guide. What is above the last class’s end is not drawn. The first
 * group is what the figure is about, the second what it is compared with; a dashed line stands at half.
 *
 * @param table a row a group and class: their codes before the cumulative `count`, then `n`, `share`, `lower`, `upper`
 */
export function cumulativeCurves(table: ColumnTable, options: CumulativeOptions): Drawing {
  const {groups, known, ends, x, y, text, title, drawing} = read(table, options);
  const {width, narrow} = room(options.width);
  const colour = (d: {readonly label: string}) => (d.label === groups[0] ? ink : faint);
  // The names stand where there is room: below the main curve's last dots, above the other's.
  const at = (group: string | undefined, fromEnd: number) => known.filter((d) => d.label === group).slice(fromEnd, -1);
  const place = {x: "upTo", y: "share"} as const;
  const written = {...place, fill: colour, ...halo, lineWidth: narrow ? 9 : 20} as const;
  const name = {...written, text: "label", fontWeight: 600} as const;
  const node = Plot.plot({
    ...frame(width, narrow ? 320 : 300, [16, 18, 42, 46]),
    x: {...x, ticks: ends},
    y: {...y, ticks: 5},
    marks: [
      Plot.ruleY([0.5], {strokeDasharray: "4 3"}),
      Plot.ruleX(ends, {strokeOpacity: 0.12}),
      Plot.line(known, {...place, z: "label", stroke: colour, strokeWidth: 2}),
      Plot.dot(known, {...place, fill: colour, r: 4.5, title}),
      ...groups.map((group, i) =>
        Plot.text(
          known.filter((d) => d.label === group && d.share > 0),
          {...written, text, fontWeight: 400, fontSize: 12, dy: i === 0 ? 13 : -13, dx: i === 0 ? 8 : -8}
        )
      ),
      Plot.text(at(groups[1], -3).slice(0, 1), {...name, textAnchor: "end", lineAnchor: "bottom", dx: -22, dy: -20}),
      Plot.text(at(groups[0], -2), {...name, textAnchor: "start", lineAnchor: "top", dx: 8, dy: 24})
    ]
  });
  return {...drawing, node};
}

/**
 * A panel a group, side by side or, where there is little room, two by two: the group's cumulative curve, and in every
 * panel the same curve of all, fainter and dashed, to compare with.
 *
 * @param table a row a group and class, as for {@link cumulativeCurves}
 * @param all a row a class, of all groups together
 */
export function cumulativePanels(table: ColumnTable, all: ColumnTable, options: CumulativeOptions): Drawing {
  const say = sayIn(options.label.language);
  const {groups, known, ends, x, y, text, title, drawing} = read(table, options);
  const compared = pointsOf(all, () => "").filter((d) => d.upTo !== null);
  const reference = compared.find((d) => d.upTo === options.mark);
  const {width, narrow} = room(options.width);
  const columns = narrow ? 2 : groups.length;
  const lines = Math.ceil(groups.length / columns);
  const panel = <T extends {readonly label: string}>(d: T) => {
    const i = groups.indexOf(d.label);
    return {...d, fx: i % columns, fy: Math.floor(i / columns)};
  };
  const curve = {x: "upTo", y: "share"} as const;
  const place = {...curve, fx: "fx", fy: "fy"} as const;
  const own = known.map(panel);
  const last = ends.at(-1) ?? 1;
  const node = Plot.plot({
    ...frame(width, lines > 1 ? lines * 210 + 60 : 250, [44, 14, 42, 46]),
    x: {...x, ticks: ends.filter((end) => end === 0 || end === last || end * 2.5 === last)},
    y: {...y, ticks: [0, 0.5, 1]},
    fx: {axis: null, paddingInner: 0.2, paddingOuter: 0},
    fy: {axis: null, paddingInner: lines > 1 ? 0.3 : 0, paddingOuter: 0},
    marks: [
      Plot.frame({strokeOpacity: 0.15}),
      Plot.line(compared, {...curve, stroke: faint, strokeWidth: 2, strokeDasharray: "5 3"}),
      Plot.line(own, {...place, z: "label", stroke: ink, strokeWidth: 2.5}),
      Plot.dot(own, {...place, fill: ink, r: 4, title}),
      ...[false, true].map((above) =>
        Plot.text(
          own.filter((d) => d.upTo === options.mark && d.share > (reference?.share ?? 0) === above),
          {
            ...{...place, text, fontWeight: 600, fill: ink, ...halo},
            ...(above ? {dx: -6, dy: -13} : {textAnchor: "start", dx: 8, dy: 10})
          } as Plot.TextOptions
        )
      ),
      Plot.text(
        groups.map((label) => panel({label})),
        {
          ...{fx: "fx", fy: "fy", text: "label", frameAnchor: "top-left", lineAnchor: "bottom", textAnchor: "start"},
          ...{dy: -7, fontWeight: 700, lineWidth: narrow ? 8.5 : 10}
        }
      )
    ]
  });
  return {...drawing, node, key: `${drawing.key} ${say("Dashed:")} ${say("All").toLowerCase()}.`};
}
