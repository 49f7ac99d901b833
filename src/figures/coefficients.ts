import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {rowsOf} from "../tables/counts.js";
import {decimalText} from "../tables/format.js";
import {type Drawing, type FigureOptions, sayIn, type Text, textIn} from "./drawing.js";
import {axis, frame, halo, page, plotStyle, room} from "./style.js";

/** A standardised coefficient with its interval, where it has one. */
export interface PlottedCoefficient {
  readonly label: Text;
  readonly beta: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Dots with intervals, in the table’s order; those whose interval leaves out 0 are filled. Each has its value above it.
 *
 * @param table a row a coefficient: the columns of {@link PlottedCoefficient}
 */
export function coefficients(table: ColumnTable, {label, ...options}: FigureOptions): Drawing {
  const {language} = label;
  const say = sayIn(language);
  const decimal = (value: number, digits: number) => textIn(decimalText(value, digits), language);
  const values = rowsOf<PlottedCoefficient>(table).map(({label, beta, lower, upper}) => {
    const [low, high] = [lower ?? beta, upper ?? beta];
    const clear = low > 0 || high < 0;
    return {name: textIn(label, language), beta, low, high, clear, text: decimal(beta, 3)};
  });
  type Value = (typeof values)[number];
  const {width, narrow} = room(options.width);
  const title = (d: Value) => `${d.name}: ${d.text} (${decimal(d.low, 2)} ${say("to")} ${decimal(d.high, 2)})`;
  const place = {x: "beta", y: "name"} as const;
  const node = Plot.plot({
    ...frame(width, values.length * (narrow ? 36 : 29) + 48, [20, 16, 44, narrow ? 168 : 270]),
    style: {...plotStyle, ...(narrow ? {fontSize: "11px"} : {})},
    x: {
      ...axis(say("standardised coefficient")),
      grid: true,
      ticks: narrow ? 4 : 8,
      tickFormat: (d: number) => decimal(d, narrow ? 1 : 2)
    },
    y: {domain: values.map((d) => d.name), label: null, axis: null},
    marks: [
      Plot.axisY({label: null, tickSize: 0, lineWidth: narrow ? 14 : 21}),
      Plot.ruleX([0]),
      Plot.ruleY(values, {
        x1: "low",
        x2: "high",
        y: "name",
        title,
        strokeWidth: 2,
        strokeOpacity: (d: Value) => (d.clear ? 1 : 0.55)
      }),
      Plot.dot(values, {
        ...place,
        title,
        r: 4.5,
        stroke: "currentColor",
        strokeWidth: 1.5,
        fill: (d: Value) => (d.clear ? "currentColor" : page)
      }),
      Plot.text(values, {
        ...place,
        dy: narrow ? -11 : -10,
        fontSize: 11,
        text: "text",
        fontWeight: 600,
        ...halo,
        fill: "currentColor"
      })
    ]
  });
  return {
    node,
    language,
    words: `${say("Coefficients with intervals:")} ${values.map((d) => `${d.name} ${d.text}`).join("; ")}.`,
    numbers: values.map((d) => ({
      [say("Predictor")]: d.name,
      [say("Coefficient")]: d.text,
      [say("95% interval from")]: decimal(d.low, 2),
      [say("to")]: decimal(d.high, 2)
    })),
    key: say("Lines: 95% intervals. Filled: the interval leaves out 0.")
  };
}
