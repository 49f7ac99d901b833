import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf} from "../tables/counts.js";
import {percentText} from "../tables/format.js";
import {type Drawing, type FigureOptions, sayIn, type Text, textIn} from "./drawing.js";
import {frame, halo, ink, page, percentAxis, room} from "./style.js";

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

/**
 * Hollow diamonds: shares that nothing can be held against. Where the text also gives the share of the strongest
 * answer (“to a great extent”), a small diamond stands for it on the same line.
 *
 * @param table a row a share, those of a panel together: the columns of {@link TextShare}
 */
export function textShares(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const {language} = label;
  const say = sayIn(language);
  const shares = rowsOf<TextShare>(table).map(({share, strongest, ...texts}) => {
    const [panel, label, printed] = [texts.panel, texts.label, texts.printed].map((text) => textIn(text, language));
    return {key: `${panel} / ${label}`, panel, label, printed, share, strongest};
  });
  const panels = [...new Set(shares.map((d) => d.panel))];
  // A row a share, below a row with the panel’s name before the first of each panel.
  const rows = panels.flatMap((panel) => [panel, ...shares.filter((d) => d.panel === panel).map((d) => d.key)]);
  const {width, narrow} = room(options.width, 720, 520);
  const left = narrow ? 8 : 345;
  const dx = narrow ? 0 : 4 - left;
  const dy = narrow ? 10 : 0;
  const diamond = {y: "key", dy, symbol: "diamond", stroke: ink, fill: page} as const;
  const node = Plot.plot({
    ...frame(width, rows.length * (narrow ? 44 : 28) + 46, [2, 24, 44, left]),
    x: {
      ...percentAxis(say("share, as the text has it"), language),
      domain: [0, 1],
      ticks: narrow ? 4 : 5,
      grid: false
    },
    y: {domain: rows, axis: null},
    marks: [
      Plot.ruleY(shares, {y: "key", x1: 0, x2: 1, strokeOpacity: 0.15, dy}),
      Plot.text(panels, {
        y: Plot.identity,
        frameAnchor: "left",
        dx,
        dy: 4,
        text: Plot.identity,
        textAnchor: "start",
        fontWeight: 700
      }),
      Plot.text(shares, {y: "key", frameAnchor: "left", dx, dy: narrow ? -8 : 0, text: "label", textAnchor: "start"}),
      Plot.dot(
        shares.filter((d) => d.strongest !== null),
        {...diamond, x: "strongest", r: 4, strokeWidth: 1.5}
      ),
      Plot.dot(shares, {...diamond, x: "share", r: 6.5, strokeWidth: 2}),
      Plot.text(shares, {
        x: "share",
        y: "key",
        dx: narrow ? 10 : 12,
        dy,
        text: "printed",
        textAnchor: "start",
        fontWeight: 600,
        ...halo,
        fill: "currentColor"
      })
    ]
  });
  return {
    node,
    language,
    words: `${say("Hollow diamonds.")} ${shares.map((d) => `${d.label}: ${d.printed}`).join("; ")}.`,
    numbers: shares.map((d) => ({
      [say("Question")]: d.label ?? "",
      [say("As the text has it")]: d.printed ?? "",
      [say("The strongest answer")]: d.strongest === null ? "" : percentText(d.strongest, language)
    })),
    key: say("The report’s text; cannot be checked. Small diamond: “to a great extent”.")
  };
}
