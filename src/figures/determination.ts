import * as Plot from "@observablehq/plot";
import type {Drawing, FigureOptions} from "./drawing.js";
import {frame, plotStyle, room} from "./style.js";

/** How much of the crosstab of two variables the printed tables leave open. */
interface OpenPair {
  readonly row_variable: string;
  readonly column_variable: string;
  /** Mean width of the bounds as a share of all respondents. */
  readonly meanWidth: number;
}

/**
 * A heat map of all pairs of variables: how wide the bounds of a cell are, on average; a tick marks the pairs that are
 * not among those given, which the report prints. Rows have a number and a label, columns the same numbers, so that
 * nobody has to turn their head.
 */
export function determination(
  given: readonly OpenPair[],
  variables: readonly string[],
  {label, ...options}: FigureOptions
): Drawing {
  const widthOf = (...pair: readonly string[]) =>
    given.find((d) => pair.includes(d.row_variable) && pair.includes(d.column_variable))?.meanWidth ?? null;
  const labels = variables.map((name) => label(name));
  const pairs = variables.flatMap((a, i) =>
    variables.slice(0, i).map((b) => ({row: label(a), column: label(b), width: widthOf(a, b)}))
  );
  const {width, narrow} = room(options.width);
  const open = pairs.filter((pair) => pair.width !== null);
  const printed = pairs.filter((pair) => pair.width === null);
  const number = (label: string) => String(labels.indexOf(label) + 1);
  // Two digits are wider than a narrow column: every second one is enough to count by.
  const head = (label: string) => (narrow && labels.indexOf(label) % 2 === 1 ? "" : number(label));
  const left = narrow ? 142 : 240;
  const cell = (width - left - 4) / labels.length;
  const place = {x: "column", y: "row"} as const;
  const node = Plot.plot({
    ...frame(width, labels.length * Math.max(cell, 19) + 26, [22, 4, 4, left]),
    style: {...plotStyle, fontSize: narrow ? "9px" : "12px"},
    x: {domain: labels, label: null, axis: "top", tickFormat: head, tickSize: 0, tickPadding: 5},
    y: {domain: labels, axis: null},
    color: {type: "linear", scheme: "blues", domain: [0, Math.max(...open.map((pair) => pair.width ?? 0))]},
    marks: [
      Plot.text(labels, {
        y: (d: string) => d,
        text: (d: string) => `${d}  ${number(d)}`,
        frameAnchor: "left",
        textAnchor: "end",
        dx: -5,
        lineWidth: (left - 8) / (narrow ? 9 : 12),
        lineHeight: 0.95,
        textOverflow: "ellipsis"
      }),
      Plot.cell(open, {...place, fill: "width", inset: 0.5}),
      Plot.cell(printed, {...place, stroke: "currentColor", strokeOpacity: 0.5, fill: "none", inset: 1}),
      Plot.text(printed, {...place, text: () => "✓"}),
      ...(narrow
        ? []
        : [
            Plot.text(open, {
              ...place,
              text: (d: (typeof pairs)[number]) => String(Math.round(100 * (d.width ?? 0))),
              fill: (d: (typeof pairs)[number]) => ((d.width ?? 0) > 0.14 ? "white" : "#1b1e23"),
              fontSize: 10
            })
          ])
    ]
  });
  return {
    node,
    language: "en",
    words: `Heat map of all pairs of ${labels.length} questions; the ${printed.length} that the report prints are ticked.`,
    numbers: pairs.map((d) => ({
      "One question": d.row,
      "The other": d.column,
      "Mean distance, % of all": d.width === null ? "printed" : (100 * d.width).toFixed(1)
    }))
  };
}
