import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {countText, percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, type Text, textIn} from "./drawing.js";
import {wordsIn} from "./phrases.js";
import {agreementColours, drawingWidth, ink, plotStyle} from "./style.js";

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
  const variable = table.columnNames()[0] ?? "";
  const points = (table.objects({limit: Number.POSITIVE_INFINITY}) as Readonly<Record<string, never>>[]).map(
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
  const known: Readonly<Record<string, Text>> = variable === "side" ? says.sides : {};
  const nameOf = (line: string) => (line in known ? textIn(known[line] ?? "", language) : label(variable, line));
  const colour = ({line}: {readonly line: string}) => {
    const own = branches[line] ?? line;
    return colours[own] ?? ink;
  };
  const width = drawingWidth(options.width, 640);
  const narrow = width < 480;
  const height = narrow ? 340 : 290;
  const top = Math.max(...points.map((d) => d.upper ?? d.share));
  const domain: [number, number] = [0, 0.05 + top];
  // A label of two lines is some 32 pixels high.
  const gap = ((narrow ? 50 : 34) * (domain[1] - domain[0])) / (height - 50);
  const node = Plot.plot({
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
      ...[false, true].map((dashed) =>
        Plot.link(
          lines.filter(({line}) => line in branches === dashed),
          {
            x1: () => first,
            x2: () => last,
            y1: (d) => d.from.share,
            y2: (d) => d.to.share,
            stroke: colour,
            strokeWidth: 2.5,
            ...(dashed ? {strokeDasharray: "5 4"} : {})
          }
        )
      ),
      Plot.ruleX(
        points.filter((d) => d.lower !== null),
        {x: "survey", y1: "lower", y2: "upper", stroke: colour, strokeWidth: 5, strokeOpacity: 0.45}
      ),
      Plot.dot(points, {
        x: "survey",
        y: "share",
        r: 4.5,
        stroke: colour,
        strokeWidth: 2,
        fill: (d: Point) => (d.line in branches ? "var(--theme-background)" : colour(d))
      }),
      Plot.text(apart(starts, gap / 1.8), {
        x: "survey",
        y: "at",
        text: (d) => percentText(d.share, language),
        textAnchor: "end",
        dx: -12,
        fill: colour,
        fontWeight: 600
      }),
      Plot.text(apart(ends, gap), {
        x: "survey",
        y: "at",
        text: (d) => `${percentText(d.share, language)}  ${nameOf(d.line)}`,
        textAnchor: "start",
        dx: 12,
        fill: colour,
        fontWeight: 600,
        lineWidth: narrow ? 8.5 : 17
      })
    ]
  });
  const words = wordsIn(language);
  const [before, after] = [starts, ends].map(([point]) => countText(point?.n ?? 0));
  const answers = {
    en: `${before} answers of ${first} and ${after} of ${last}.`,
    no: `${before} svar fra ${first} og ${after} fra ${last}.`
  };
  return {
    node,
    language,
    words: `${words.from} ${first} ${words.to.toLowerCase()} ${last}: ${lines
      .map(
        (d) =>
          `${nameOf(d.line)} ${percentText(d.from.share, language)} ${words.to.toLowerCase()} ${percentText(d.to.share, language)}`
      )
      .join("; ")}.`,
    numbers: points.map((d) => ({
      [variable === "side" ? textIn(says.line, language) : label(variable)]: nameOf(d.line),
      [label("survey")]: d.survey,
      [words.share]: percentText(d.share, language),
      [words.from]: d.lower === null ? "" : percentText(d.lower, language),
      [words.to]: d.upper === null ? "" : percentText(d.upper, language)
    })),
    key: [answers, ...(points.some((d) => d.lower !== null) ? [says.bars] : [])]
      .map((text) => textIn(text, language))
      .join(" ")
  };
}

const says = {
  line: {en: "Line", no: "Linje"},
  sides: {
    agree: {en: "agree", no: "enig"},
    neither: {en: "neither", no: "verken eller"},
    disagree: {en: "disagree", no: "uenig"}
  },
  bars: {en: "Upright bars: 95% intervals.", no: "Stående streker: 95 % intervall."}
};

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
