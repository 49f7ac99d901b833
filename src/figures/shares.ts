import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf, variablesOf} from "../tables/counts.js";
import {percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, type ShareRow, sayIn, shareNumbers, type Text, textIn} from "./drawing.js";
import {frame, halo, ink, page, panelTitle, percentAxis, room} from "./style.js";

/** How a figure of shares is drawn. */
export interface SharesOptions extends FigureOptions {
  /** Where the axis ends, from 0 to 1; just above the highest interval if it is not given. */
  readonly end?: number;
  /** How many decimals percents have; none if it is not given. */
  readonly digits?: number;
  /** A dashed line in every panel, or one for each panel: a row a code of the panels’ variable, and `share`. */
  readonly reference?: number | ColumnTable;
  /** A variable of two categories that stand on the same line, one above the other. */
  readonly series?: string;
  /** A colour for each line, by its code or that of its panel, where it is not ink. */
  readonly colours?: Readonly<Record<string, string>>;
  /** Whether the ends of a line are said beside its percent: “48% (33–62%)”. */
  readonly ends?: boolean;
  /** What the lines are, where they are no intervals. */
  readonly key?: Text;
}

/** A row with the labels of its panel, its line and, of two that share a line, of the series. */
interface Point extends ShareRow {
  readonly panel: string;
  readonly line: string;
  readonly series: string;
  readonly colour: string;
}

/**
 * Dots with intervals, a line for each share, in one panel or several one below the other. Every dot has its percent
 * above it. Where there is little room the labels stand above their lines.
 *
 * @param table a row a share: the variables’ codes before `count` (that of the panels first, then that of the lines), and
 *   `n`, `share`, `lower`, `upper` as `derive(shares)` makes them
 */
export function sharesWithIntervals(
  table: ColumnTable,
  {label, end, ends, digits, reference, series, colours = {}, key, ...options}: SharesOptions
): Drawing {
  const {language} = label;
  const say = sayIn(language);
  const percent = (share: number) => percentText(share, language, digits);
  const variables = variablesOf(table);
  const [line = "", panel] = variables.filter((name) => name !== series).reverse();
  const name = (variable: string | undefined, code: unknown) =>
    variable === undefined ? "" : label(variable, String(code));
  const rows = rowsOf<ShareRow & Record<string, unknown>>(table).filter(({share}) => Number.isFinite(share));
  const points: Point[] = rows.map((d) => ({
    ...d,
    panel: name(panel, d[panel ?? ""]),
    line: name(line, d[line]),
    series: name(series, d[series ?? ""]),
    colour: colours[String(d[line])] ?? colours[String(d[panel ?? ""])] ?? ink
  }));
  const [lines, panels, both] = (["line", "panel", "series"] as const).map((side) => [
    ...new Set(points.map((d) => d[side]))
  ]) as [string[], string[], string[]];
  const references =
    typeof reference === "number"
      ? panels.map((name) => ({panel: name, share: reference}))
      : (reference ? rowsOf<{share: number} & Record<string, string>>(reference) : [])
          .map((d) => ({panel: name(panel, d[panel ?? ""]), share: d.share}))
          .filter((d) => panels.includes(d.panel));

  const {width, narrow} = room(options.width);
  const titled = panel !== undefined;
  const double = series !== undefined;
  const longest = Math.max(...lines.map((text) => text.length));
  const marginLeft = narrow ? 10 : Math.min(270, 7.8 * longest + 26);
  const bandHeight = (double ? 57 : 34) + (narrow ? (double ? 20 : 13) : 0);
  const facetHeight = lines.length * bandHeight;
  const gap = titled ? 32 : 0;
  // The names of two series stand side by side, or one below the other where they are long.
  const stacked = both.join("").length * 7.4 + 60 > width - marginLeft;
  const marginTop = titled || double ? (stacked ? 46 : 26) : 6;
  const height = marginTop + panels.length * (facetHeight + gap) - gap + 42;
  const most = Math.max(...points.map((d) => d.upper));
  const rounded = most > 0.3 ? Math.ceil(most * 10) / 10 : Math.ceil(most * 50) / 50;
  // Above its dot each has its percent; of two on a line the second has it below.
  const low = narrow ? 8 : 0;
  const marks = (double ? both : [""]).flatMap((own, i) => {
    const of = points.filter((d) => d.series === own);
    const [dot, text] = double ? (i === 0 ? [-5, -17] : [8, 22]) : [6, -8];
    const second = i > 0;
    const title = (d: Point) =>
      `${[d.panel, d.line, d.series].filter(Boolean).join(", ")}: ${percent(d.share)} (${d.count} ${say("Of").toLowerCase()} ${d.n}; ` +
      `${percent(d.lower)}–${percent(d.upper)})`;
    const place = {x: "share", y: "line", fy: "panel"} as const;
    const stroke = second ? "currentColor" : "colour";
    return [
      Plot.ruleY(of, {...place, title, x1: "lower", x2: "upper", dy: dot + low, stroke, strokeWidth: 2.5}),
      Plot.dot(of, {
        ...place,
        title,
        dy: dot + low,
        r: 5,
        ...(second ? {fill: page, stroke, strokeWidth: 2} : {fill: "colour", stroke: "none"})
      }),
      Plot.text(of, {
        ...place,
        dy: text + low,
        text: (d: Point) =>
          percent(d.share) + (ends ? ` (${percent(d.lower).replace(/\D+$/, "")}–${percent(d.upper)})` : ""),
        fontWeight: 600,
        fill: double && !second ? ink : "currentColor",
        ...halo
      })
    ];
  });
  const node = Plot.plot({
    ...frame(width, height, [marginTop, 26, 42, marginLeft]),
    color: {type: "identity"},
    x: {
      ...percentAxis(say(titled || double ? "share of each group" : "share of those who answered"), language),
      domain: [0, end ?? Math.min(1, rounded)],
      ticks: narrow ? 4 : 6
    },
    y: {type: "band", domain: lines, axis: null, padding: 0},
    fy: {domain: panels, axis: null, paddingInner: gap / (gap + facetHeight), paddingOuter: 0},
    marks: [
      ...(titled
        ? [Plot.text(panels, {...panelTitle(narrow ? 0 : 12 - marginLeft, -5), lineAnchor: "bottom", fontWeight: 700})]
        : []),
      ...both.filter(Boolean).map((text, i) =>
        Plot.text([`${"●○"[i]} ${text}`], {
          frameAnchor: "top-left",
          lineAnchor: "bottom",
          textAnchor: "start",
          dx: stacked ? 0 : i * ((both[0]?.length ?? 0) * 7.6 + 32),
          dy: stacked && i === 0 ? -24 : -6,
          fontWeight: 600,
          fill: i === 0 ? ink : "currentColor"
        })
      ),
      Plot.ruleX(references, {x: "share", fy: "panel", strokeOpacity: 0.7, strokeDasharray: "3 3"}),
      ...marks,
      Plot.text(
        panels.flatMap((panel) => lines.map((line) => ({panel, line}))),
        {
          y: "line",
          fy: "panel",
          frameAnchor: "left",
          text: "line",
          fill: "currentColor",
          ...(narrow
            ? {textAnchor: "start", dy: double ? -29 : -15, ...halo}
            : {textAnchor: "end", dx: -14, dy: double ? 1 : 6})
        } as Plot.TextOptions
      )
    ]
  });
  const inWords = panels.map((panel) => {
    const own = lines.map((line) => {
      const of = points.filter((d) => d.panel === panel && d.line === line);
      return `${line} ${of.map((d) => `${d.series ? `${d.series} ` : ""}${percent(d.share)}`).join(", ")}`;
    });
    return `${panel ? `${panel}: ` : ""}${own.join("; ")}.`;
  });
  const dashed = typeof reference === "number" ? percentText(reference, language) : say("All").toLowerCase();
  const drawnLines = key ? textIn(key, language) : say("Lines: 95% intervals.");
  return {
    node,
    language,
    words: inWords.join(" "),
    key: reference === undefined ? drawnLines : `${drawnLines} ${say("Dashed:")} ${dashed}.`,
    numbers: rows.map((d) => ({
      ...Object.fromEntries(variables.map((variable) => [label(variable), name(variable, d[variable])])),
      ...shareNumbers(d, language, digits)
    }))
  };
}
