import * as Plot from "@observablehq/plot";
import {percentText} from "../tables/format.js";
import {type ScaleShare, signOf} from "../tables/scale.js";
import {agreementColours, agreementText, drawingWidth, plotStyle} from "./style.js";

/** How the bars are drawn. */
export interface AgreementOptions {
  readonly width?: number;
  /** What stands in the segments: percents, or the counts of groups too small for percents. */
  readonly text?: "percent" | "count";
  /** Groups of which nothing is known: an empty outline with these words. */
  readonly unknown?: {readonly groups: readonly string[]; readonly words: string};
}

interface Segment extends ScaleShare {
  readonly from: number;
  readonly to: number;
}

/**
 * Diverging stacked bars, one a group: disagreement to the left, agreement to the right, the middle answer (where the
 * scale has one) centred on the line between. Agreement, all of it, is written at the right end of each bar.
 *
 * Shares come a group at a time, in the order of their scale. The key above has the same order as the bars.
 */
export function agreement(shares: readonly ScaleShare[], options: AgreementOptions = {}): SVGSVGElement | HTMLElement {
  const width = drawingWidth(options.width, 720);
  const narrow = width < 520;
  const unknown = options.unknown?.groups ?? [];
  const groups = [...new Set(shares.map((d) => d.groupLabel)), ...unknown];
  const segments = groups.flatMap((group) => placed(shares.filter((d) => d.groupLabel === group)));
  const keys = [...new Map(shares.map((d) => [d.answer, d.answerLabel]))];
  const low = Math.min(-0.05, ...segments.map((d) => d.from));
  const high = Math.max(0.05, ...segments.map((d) => d.to));
  // Room for what stands at the right end.
  const [left, right] = [narrow ? 4 : 180, 46];
  const pixels = (width - left - right) / (high - low);
  const written = (d: Segment) => (options.text === "count" ? String(d.count) : percentText(d.share));
  const fits = segments.filter((d) => d.count > 0 && (d.to - d.from) * pixels >= written(d).length * 8.5 + 5);
  const fill = (d: Segment) => agreementColours[d.answer] ?? agreementColours.neither;
  const sums = groups.flatMap((group) => {
    const own = segments.filter((d) => d.groupLabel === group && signOf(d.answer) === 1);
    const end = own.at(-1);
    // A single agreeing answer has its number in its own segment.
    if (!end || own.length < 2) return [];
    const count = own.reduce((total, d) => total + d.count, 0);
    return [{group, at: end.to, text: options.text === "count" ? `${count}/${end.n}` : percentText(count / end.n)}];
  });
  const step = (width - left - right) / keys.length;
  const keyWidth = Math.max(4, step / (narrow ? 11.5 : 13.5));
  const keyLines = Math.max(...keys.map(([, label]) => lineCount(label, keyWidth * 1.75)));
  // A label above its bar where there is no room beside it.
  const band = narrow ? 54 : 38;
  const bar = {insetTop: narrow ? 20 : 3, insetBottom: narrow ? 6 : 3};
  const middle = narrow ? 7 : 0;
  return Plot.plot({
    width,
    height: groups.length * band + 38 + keyLines * 14,
    marginLeft: left,
    marginRight: right,
    marginTop: 34 + keyLines * 14,
    marginBottom: 4,
    style: plotStyle,
    x: {domain: [low, high], axis: null},
    y: {domain: groups, axis: null, padding: 0},
    marks: [
      // The key: squares over the drawing with their answers above, evenly spaced.
      Plot.dot(keys, {
        frameAnchor: "top-left",
        x: (_, i) => low + ((i + 0.5) * step) / pixels,
        dy: -16,
        r: 6,
        symbol: "square",
        fill: ([answer]) => agreementColours[answer] ?? agreementColours.neither
      }),
      Plot.text(keys, {
        frameAnchor: "top-left",
        x: (_, i) => low + ((i + 0.5) * step) / pixels,
        dy: -26,
        text: ([, label]) => label,
        textAnchor: "middle",
        lineAnchor: "bottom",
        lineWidth: keyWidth,
        fontSize: narrow ? 11.5 : 13
      }),
      Plot.barX(segments, {x1: "from", x2: "to", y: "groupLabel", fill, insetLeft: 0.75, insetRight: 0.75, ...bar}),
      ...(unknown.length > 0
        ? [
            Plot.barX(unknown, {
              x1: low,
              x2: high,
              y: (d: string) => d,
              fill: "none",
              stroke: "var(--figure-faint)",
              strokeDasharray: "4 3",
              ...bar
            }),
            Plot.text(unknown, {
              x: (low + high) / 2,
              y: (d: string) => d,
              dy: middle,
              text: () => options.unknown?.words ?? ""
            })
          ]
        : []),
      // Where disagreement ends and agreement begins, or the middle of the middle answer.
      Plot.tickX(
        groups.filter((group) => !unknown.includes(group)),
        {
          x: 0,
          y: (d: string) => d,
          strokeOpacity: 0.7,
          ...bar,
          insetTop: bar.insetTop - 2,
          insetBottom: bar.insetBottom - 2
        }
      ),
      Plot.text(fits, {
        x: (d: Segment) => (d.from + d.to) / 2,
        y: "groupLabel",
        dy: middle,
        text: written,
        fill: (d: Segment) => agreementText[d.answer] ?? "var(--on-mild)",
        fontWeight: 600
      }),
      Plot.text(sums, {x: "at", y: "group", dx: 6, dy: middle, text: "text", textAnchor: "start", fontWeight: 700}),
      narrow
        ? Plot.text(groups, {
            y: (d: string) => d,
            dy: -band / 2 + 11,
            frameAnchor: "left",
            text: (d: string) => d,
            textAnchor: "start",
            fontWeight: 600
          })
        : Plot.text(groups, {
            y: (d: string) => d,
            frameAnchor: "left",
            dx: -left,
            text: (d: string) => d,
            textAnchor: "start",
            lineWidth: 13,
            fontWeight: 600
          })
    ]
  });
}

/** A group's segments side by side, so that half of the middle answer is on either side of 0. */
function placed(shares: readonly ScaleShare[]): Segment[] {
  let from = 0;
  for (const {answer, share} of shares) {
    const sign = signOf(answer);
    if (sign < 0) from -= share;
    if (sign === 0) from -= share / 2;
  }
  return shares.map((d) => {
    const segment = {...d, from, to: from + d.share};
    from = segment.to;
    return segment;
  });
}

/** How many lines a label takes when its words are set in lines of so many letters. */
function lineCount(label: string, letters: number): number {
  let [lines, filled] = [1, 0];
  for (const {length} of label.split(" ")) {
    if (filled > 0 && filled + 1 + length > letters) {
      lines++;
      filled = 0;
    }
    filled += (filled > 0 ? 1 : 0) + length;
  }
  return lines;
}
