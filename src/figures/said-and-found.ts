import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, type Text, textIn} from "./drawing.js";
import {wordsIn} from "./phrases.js";
import {drawingWidth, faint, ink, plotStyle} from "./style.js";

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
  const shares = (table.objects({limit: Number.POSITIVE_INFINITY}) as SaidAndFound[]).map(
    (d): Line => ({...d, label: textIn(d.label, language), words: textIn(d.words, language)})
  );
  const width = drawingWidth(options.width, 720);
  const narrow = width < 520;
  const left = narrow ? 12 : 300;
  const band = narrow ? 72 : 46;
  const dy = narrow ? 18 : 0;
  const side = (d: Line) => (d.found < d.said ? -1 : 1);
  // Words that would run out at the left stand below their ring.
  const fits = (d: Line) => side(d) < 0 || left + d.said * (width - left - 58) > d.words.length * 7.5 + 12;
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
        text: (d: Line) => percentText(d.found, language),
        textAnchor: anchor,
        fontWeight: 700
      }),
      Plot.text(own.filter(fits), {x: "said", y: "label", dx: -10 * way, dy, text: "words", textAnchor: other}),
      Plot.text(
        own.filter((d) => !fits(d)),
        {x: "said", y: "label", dx: -6, dy: dy + 14, text: "words", textAnchor: "start"}
      )
    ];
  });
  const node = Plot.plot({
    width,
    height: shares.length * band + 50,
    marginLeft: left,
    marginRight: 58,
    marginTop: 4,
    marginBottom: 44,
    style: plotStyle,
    x: {
      domain: [0, 1],
      tickFormat: (d: number) => percentText(d, language),
      ticks: narrow ? 4 : 5,
      label: `${wordsIn(language).share.toLowerCase()} →`,
      labelArrow: "none",
      grid: true
    },
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
  const [text, tables] = [textIn(says.text, language), textIn(says.tables, language)];
  return {
    node,
    language,
    words: shares
      .map((d) => `${d.label}. ${text}: ${d.words}. ${tables}: ${percentText(d.found, language)}.`)
      .join(" "),
    numbers: shares.map((d) => ({
      [wordsIn(language).share]: d.label,
      [text]: d.words,
      [tables]: percentText(d.found, language)
    })),
    key: textIn(says.marks, language)
  };
}

const says = {
  text: {en: "The text", no: "Teksten"},
  tables: {en: "The tables", no: "Tabellene"},
  marks: {
    en: "Rings: as the report’s text says. Dots: as its tables have it.",
    no: "Ringer: slik rapportens tekst sier. Prikker: slik tabellene har det."
  }
};
