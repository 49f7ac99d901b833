import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, type Text, textIn} from "./drawing.js";
import {drawingWidth, ink, plotStyle} from "./style.js";

/** A share that a report gives in its text alone. */
export interface TextShare {
  /** The question, or what its answers have in common. */
  readonly panel: Text;
  readonly label: Text;
  /** As the text has it, from 0 to 1. */
  readonly share: number;
  /** The number or word as it is printed. */
  readonly printed: Text;
  /** The share of the strongest answer, where the text gives it. */
  readonly strongest: number | null;
}

/** The same, in the reader’s language. */
type Line = Readonly<Record<"panel" | "label" | "printed", string>> & Pick<TextShare, "share" | "strongest">;

/**
 * Hollow diamonds: shares that nothing can be held against. Where the text also gives the share of the strongest
 * answer (“to a great extent”), a small diamond stands for it on the same line.
 *
 * @param table a row a share, those of a panel together: the columns of {@link TextShare}
 */
export function textShares(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const {language} = label;
  const shares = (table.objects({limit: Number.POSITIVE_INFINITY}) as TextShare[]).map((d): Line => {
    const [panel, own, printed] = [d.panel, d.label, d.printed].map((text) => textIn(text, language));
    return {panel: panel ?? "", label: own ?? "", printed: printed ?? "", share: d.share, strongest: d.strongest};
  });
  const width = drawingWidth(options.width, 720);
  const narrow = width < 520;
  const rows = rowsOf(shares);
  const left = narrow ? 8 : 345;
  const line = narrow ? 44 : 28;
  const entries = rows.flatMap(({key, share}) => (share ? [{...share, key}] : []));
  const heads = rows.flatMap(({key, share, panel}) => (share ? [] : [{key, panel}]));
  const strongest = entries.filter((d) => d.strongest !== null);
  const node = Plot.plot({
    width,
    height: rows.length * line + 46,
    marginLeft: left,
    marginRight: 24,
    marginTop: 2,
    marginBottom: 44,
    style: plotStyle,
    x: {
      domain: [0, 1],
      tickFormat: (d: number) => percentText(d, language),
      ticks: narrow ? 4 : 5,
      label: `${textIn(says.axis, language)} →`,
      labelArrow: "none"
    },
    y: {domain: rows.map((d) => d.key), axis: null},
    marks: [
      Plot.ruleY(entries, {y: "key", x1: 0, x2: 1, strokeOpacity: 0.15, dy: narrow ? 10 : 0}),
      Plot.text(heads, {
        y: "key",
        frameAnchor: "left",
        dx: narrow ? 0 : -left + 4,
        dy: 4,
        text: "panel",
        textAnchor: "start",
        fontWeight: 700
      }),
      Plot.text(entries, {
        y: "key",
        frameAnchor: "left",
        dx: narrow ? 0 : -left + 4,
        dy: narrow ? -8 : 0,
        text: "label",
        textAnchor: "start"
      }),
      Plot.dot(strongest, {
        x: "strongest",
        y: "key",
        dy: narrow ? 10 : 0,
        symbol: "diamond",
        r: 4,
        stroke: ink,
        strokeWidth: 1.5,
        fill: "var(--theme-background)"
      }),
      Plot.dot(entries, {
        x: "share",
        y: "key",
        dy: narrow ? 10 : 0,
        symbol: "diamond",
        r: 6.5,
        stroke: ink,
        strokeWidth: 2,
        fill: "var(--theme-background)"
      }),
      Plot.text(entries, {
        x: "share",
        y: "key",
        dx: narrow ? 10 : 12,
        dy: narrow ? 10 : 0,
        text: "printed",
        textAnchor: "start",
        fontWeight: 600,
        stroke: "var(--theme-background)",
        strokeWidth: 4,
        fill: "currentColor"
      })
    ]
  });
  const printedWords = shares.map((d) => `${d.label}: ${d.printed}`).join("; ");
  return {
    node,
    language,
    words: `${textIn(says.diamonds, language)} ${printedWords}.`,
    numbers: shares.map((d) => ({
      [textIn(says.question, language)]: d.label,
      [textIn(says.printed, language)]: d.printed,
      [textIn(says.strongest, language)]: d.strongest === null ? "" : percentText(d.strongest, language)
    })),
    key: textIn(says.key, language)
  };
}

const says = {
  axis: {en: "share, as the text has it", no: "andel, slik teksten har den"},
  diamonds: {en: "Hollow diamonds.", no: "Hule ruter."},
  question: {en: "Question", no: "Spørsmål"},
  printed: {en: "As the text has it", no: "Slik teksten har det"},
  strongest: {en: "The strongest answer", no: "Det sterkeste svaret"},
  key: {
    en: "The report’s text; cannot be checked. Small diamond: “to a great extent”.",
    no: "Rapportens tekst; kan ikke etterprøves. Liten rute: «i stor grad»."
  }
};

/** A row a share, below a row with the panel’s name before the first of each panel. */
function rowsOf(shares: readonly Line[]): {key: string; panel: string; share: Line | null}[] {
  return [...new Set(shares.map((d) => d.panel))].flatMap((panel) => [
    {key: panel, panel, share: null},
    ...shares.filter((d) => d.panel === panel).map((share) => ({key: `${panel} / ${share.label}`, panel, share}))
  ]);
}
