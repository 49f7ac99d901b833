import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf} from "../tables/counts.js";
import {countText, percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, sayIn} from "./drawing.js";
import {agreementColours, frame, ink, page, room} from "./style.js";

/** Which lines branch off others, and their colours. */
export interface SlopesOptions extends FigureOptions {
  /** Lines that start where another does: `{older: "agree"}`. They are dashed, in that other’s colour. */
  readonly branches?: Readonly<Record<string, string>>;
  /** What lines are drawn in, by their codes; the colours of agreement if not given. */
  readonly colours?: Readonly<Record<string, string>>;
}

/** A share in one survey, from 0 to 1, with its interval where it has one. */
interface Point {
  readonly line: string;
  readonly survey: string;
  /** How many answered. */
  readonly n: number;
  readonly share: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Slopes: shares in the first survey and in the last, with intervals where the table has them. Each line’s label stands
 * at its right end, in its colour, moved up or down where two lines end close together.
 *
 * @param table a row a line and survey: the lines’ codes in the first column, `survey`, `n`, `share`, and perhaps
 * `lower` and `upper`
 * @example slopes(shares, {label, width, branches: {older: "agree"}})
 */
export function slopes(
  table: ColumnTable,
  {label, branches = {}, colours = agreementColours, ...options}: SlopesOptions
): Drawing {
  const {language} = label;
  const say = sayIn(language);
  const percent = (share: number | null) => (share === null ? "" : percentText(share, language));
  const variable = table.columnNames()[0] ?? "";
  const points = rowsOf<Readonly<Record<string, never>>>(table).map(
    (row): Point => ({line: row[variable] ?? "", survey: "", n: 0, share: 0, lower: null, upper: null, ...row})
  );
  const surveys = [...new Set(points.map((d) => d.survey))].sort();
  const [first = "", last = ""] = [surveys[0], surveys.at(-1)];
  const starts = points.filter((d) => d.survey === first);
  const ends = points.filter((d) => d.survey === last);
  const lines = [...new Set(points.map((d) => d.line))].flatMap((line) => {
    const from = starts.find((d) => d.line === (branches[line] ?? line));
    const to = ends.find((d) => d.line === line);
    return from && to ? [{line, from, to}] : [];
  });
  const sides = variable === "side" ? ["agree", "neither", "disagree"] : [];
  const nameOf = (line: string) => (sides.includes(line) ? say(line) : label(variable, line));
  const colour = ({line}: {readonly line: string}) => colours[branches[line] ?? line] ?? ink;
  const title = (d: Point) =>
    `${nameOf(d.line)}, ${d.survey}: ${percent(d.share)}${d.lower === null ? "" : ` (${percent(d.lower)}–${percent(d.upper)})`}`;
  const {width, narrow} = room(options.width, 640);
  const height = narrow ? 340 : 290;
  const top = Math.max(...points.map((d) => d.upper ?? d.share));
  const domain: [number, number] = [0, 0.05 + top];
  // A label of two lines is some 32 pixels high.
  const gap = ((narrow ? 50 : 34) * (domain[1] - domain[0])) / (height - 50);
  const written = {x: "survey", y: "at", fill: colour, fontWeight: 600} as const;
  const node = Plot.plot({
    ...frame(width, height, [30, narrow ? 168 : 270, 20, 52]),
    x: {type: "point", domain: surveys, axis: "top", label: null, tickSize: 0, padding: 0},
    y: {domain, axis: null},
    color: {type: "identity"},
    marks: [
      Plot.ruleX(surveys, {strokeOpacity: 0.25}),
      Plot.ruleY([0], {strokeOpacity: 0.25}),
      ...[false, true].map((dashed) =>
        Plot.link(
          lines.filter(({line}) => line in branches === dashed),
          {
            ...{x1: () => first, x2: () => last, y1: (d) => d.from.share, y2: (d) => d.to.share},
            ...{stroke: colour, strokeWidth: 2.5, ...(dashed ? {strokeDasharray: "5 4"} : {})}
          }
        )
      ),
      Plot.ruleX(
        points.filter((d) => d.lower !== null),
        {x: "survey", y1: "lower", y2: "upper", stroke: colour, strokeWidth: 5, strokeOpacity: 0.45, title}
      ),
      Plot.dot(points, {
        ...{x: "survey", y: "share", r: 4.5, stroke: colour, strokeWidth: 2, title},
        fill: (d: Point) => (d.line in branches ? page : colour(d))
      }),
      Plot.text(apart(starts, gap / 1.8), {...written, text: (d) => percent(d.share), textAnchor: "end", dx: -12}),
      Plot.text(apart(ends, gap), {
        ...{...written, textAnchor: "start", dx: 12, lineWidth: narrow ? 8.5 : 17},
        text: (d) => `${percent(d.share)}  ${nameOf(d.line)}`
      })
    ]
  });
  const [before = "", after = ""] = [starts, ends].map(([point]) => countText(point?.n ?? 0));
  const answers = say("{before} answers of {first} and {after} of {last}.", {before, first, after, last});
  const to = say("to");
  const inWords = lines.map((d) => `${nameOf(d.line)} ${percent(d.from.share)} ${to} ${percent(d.to.share)}`);
  return {
    node,
    language,
    words: `${say("From")} ${first} ${to} ${last}: ${inWords.join("; ")}.`,
    numbers: points.map((d) => ({
      [variable === "side" ? say("Line") : label(variable)]: nameOf(d.line),
      [label("survey")]: d.survey,
      [say("Share")]: percent(d.share),
      [say("From")]: percent(d.lower),
      [say("To")]: percent(d.upper)
    })),
    key: [answers, ...(points.some((d) => d.lower !== null) ? [say("Upright bars: 95% intervals.")] : [])].join(" ")
  };
}

/** Label positions: the shares, moved apart both ways where two labels would overlap. */
function apart(points: readonly Point[], gap: number): (Point & {at: number})[] {
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
