import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {type Drawing, type FigureOptions, type Text, textIn} from "./drawing.js";
import {drawingWidth, plotStyle} from "./style.js";

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
  const values = (table.objects({limit: Number.POSITIVE_INFINITY}) as PlottedCoefficient[]).map((d) => ({
    ...d,
    name: textIn(d.label, language),
    lower: d.lower ?? d.beta,
    upper: d.upper ?? d.beta
  }));
  type Value = (typeof values)[number];
  const width = drawingWidth(options.width, 720);
  const narrow = width < 480;
  const clear = (d: Value) => d.lower > 0 || d.upper < 0;
  const decimal = (value: number, digits: number) => textIn(value.toFixed(digits).replace("-", "−"), language);
  const written = (d: Value) => decimal(d.beta, 3);
  const node = Plot.plot({
    width,
    height: values.length * (narrow ? 36 : 29) + 48,
    marginBottom: 44,
    marginLeft: narrow ? 168 : 270,
    marginRight: 16,
    style: {...plotStyle, ...(narrow ? {fontSize: "11px"} : {})},
    x: {
      label: `${textIn(says.axis, language)} →`,
      labelArrow: "none",
      grid: true,
      ticks: narrow ? 4 : 8,
      tickFormat: (d: number) => decimal(d, narrow ? 1 : 2)
    },
    y: {domain: values.map((d) => d.name), label: null, axis: null},
    marks: [
      Plot.axisY({label: null, tickSize: 0, lineWidth: narrow ? 14 : 21}),
      Plot.ruleX([0]),
      Plot.ruleY(values, {
        x1: "lower",
        x2: "upper",
        y: "name",
        strokeWidth: 2,
        strokeOpacity: (d: Value) => (clear(d) ? 1 : 0.55)
      }),
      Plot.dot(values, {
        x: "beta",
        y: "name",
        r: 4.5,
        stroke: "currentColor",
        strokeWidth: 1.5,
        fill: (d: Value) => (clear(d) ? "currentColor" : "var(--theme-background)")
      }),
      Plot.text(values, {
        x: "beta",
        y: "name",
        dy: narrow ? -11 : -10,
        fontSize: 11,
        text: written,
        fontWeight: 600,
        stroke: "var(--theme-background)",
        strokeWidth: 4,
        fill: "currentColor"
      })
    ]
  });
  return {
    node,
    language,
    words: `${textIn(says.dots, language)} ${values.map((d) => `${d.name} ${written(d)}`).join("; ")}.`,
    numbers: values.map((d) => ({
      [textIn(says.predictor, language)]: d.name,
      [textIn(says.coefficient, language)]: written(d),
      [textIn(says.from, language)]: decimal(d.lower, 2),
      [textIn(says.to, language)]: decimal(d.upper, 2)
    })),
    key: textIn(says.filled, language)
  };
}

const says = {
  axis: {en: "standardised coefficient", no: "standardisert koeffisient"},
  dots: {en: "Coefficients with intervals:", no: "Koeffisienter med intervall:"},
  predictor: {en: "Predictor", no: "Forklaringsvariabel"},
  coefficient: {en: "Coefficient", no: "Koeffisient"},
  from: {en: "95% interval from", no: "95 % intervall fra"},
  to: {en: "to", no: "til"},
  filled: {
    en: "Lines: 95% intervals. Filled: the interval leaves out 0.",
    no: "Linjer: 95 % intervall. Fylt: intervallet omfatter ikke 0."
  }
};
