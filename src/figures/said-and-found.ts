import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf} from "../tables/counts.js";
import {percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, sayIn, type Text, textIn} from "./drawing.js";
import {faint, frame, ink, page, percentAxis, room} from "./style.js";

/** A share as a report’s text has it, and as its tables have it; from 0 to 1. */
export interface SaidAndFound {
  readonly label: Text;
  readonly said: number;
  /** The word or number of the text. */
  readonly words: Text;
  readonly found: number;
}

/** The same, in the reader’s language. */
type Line = Readonly<Record<"label" | "words", string>> & Pick<SaidAndFound, "said" | "found">;

/**
 * Rings for what is said, dots for what the tables give, and a line between, one sentence a row.
 *
 * @param table a row a sentence: the columns of {@link SaidAndFound}
 */
export function saidAndFound(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const {language} = label;
  const say = sayIn(language);
  const found = (d: Line) => percentText(d.found, language);
  const shares = rowsOf<SaidAndFound>(table).map(
    (d): Line => ({...d, label: textIn(d.label, language), words: textIn(d.words, language)})
  );
  const {width, narrow} = room(options.width, 720, 520);
  const left = narrow ? 12 : 300;
  const dy = narrow ? 18 : 0;
  const side = (d: Line) => (d.found < d.said ? -1 : 1);
  // Words that would run out at the left stand below their ring.
  const fits = (d: Line) => side(d) < 0 || left + d.said * (width - left - 58) > d.words.length * 7.5 + 12;
  const ends = ([-1, 1] as const).flatMap((way) => {
    const own = shares.filter((d) => side(d) === way);
    const [textAnchor, other] = way < 0 ? (["end", "start"] as const) : (["start", "end"] as const);
    const place = {y: "label", dy} as const;
    const words = {...place, x: "said", text: "words"} as const;
    return [
      Plot.text(own, {...place, x: "found", dx: 10 * way, text: found, textAnchor, fontWeight: 700}),
      Plot.text(own.filter(fits), {...words, dx: -10 * way, textAnchor: other}),
      Plot.text(
        own.filter((d) => !fits(d)),
        {...words, dx: -6, dy: dy + 14, textAnchor: "start"}
      )
    ];
  });
  const node = Plot.plot({
    ...frame(width, shares.length * (narrow ? 72 : 46) + 50, [4, 58, 44, left]),
    x: {...percentAxis(say("Share").toLowerCase(), language), domain: [0, 1], ticks: narrow ? 4 : 5},
    y: {domain: shares.map((d) => d.label), axis: null, type: "point", padding: 0.5},
    marks: [
      Plot.link(shares, {x1: "said", x2: "found", y1: "label", y2: "label", dy, stroke: faint, strokeWidth: 2}),
      Plot.dot(shares, {x: "said", y: "label", dy, r: 5, stroke: faint, strokeWidth: 2, fill: page}),
      Plot.dot(shares, {x: "found", y: "label", dy, r: 5.5, fill: ink}),
      ...ends,
      Plot.text(shares, {
        y: "label",
        frameAnchor: "left",
        text: "label",
        textAnchor: "start",
        ...(narrow
          ? {dx: -8, dy: 4, lineAnchor: "bottom", lineWidth: 23}
          : {dx: 4 - left, dy: 0, lineAnchor: "middle", lineWidth: 20})
      } as Plot.TextOptions)
    ]
  });
  const [text, tables] = [say("The text"), say("The tables")];
  return {
    node,
    language,
    words: shares.map((d) => `${d.label}. ${text}: ${d.words}. ${tables}: ${found(d)}.`).join(" "),
    numbers: shares.map((d) => ({[say("Share")]: d.label, [text]: d.words, [tables]: found(d)})),
    key: say("Rings: as the report’s text says. Dots: as its tables have it.")
  };
}
