import * as Plot from "@observablehq/plot";
import {type Counts, rowsOf, variablesOf} from "../tables/counts.js";
import {percentText} from "../tables/format.js";
import {inScaleOrder, signOf} from "../tables/scale.js";
import {type Drawing, type FigureOptions, linesOf, sayIn, type Text, textIn} from "./drawing.js";
import {agreementColours, agreementText, faint, frame, room} from "./style.js";

/** How the bars are drawn. */
export interface AgreementOptions extends FigureOptions {
  /** What stands in the segments: percents, or the counts of groups too small for percents. */
  readonly text?: "percent" | "count";
  /** What stands in the outline of a group of which nothing is known: one that the counts have with nobody in it. */
  readonly unknown?: Text;
}

/** One answer of a group; disagreement ends and agreement begins at 0. */
interface Segment {
  readonly group: string;
  readonly answer: string;
  readonly count: number;
  readonly n: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Diverging stacked bars, one a group: disagreement to the left, agreement to the right, the middle answer (where the
 * scale has one) centred on the line between. Agreement, all of it, is written at the right end of each bar.
 *
 * The last variable of the counts is the scale and the one before it the groups, in the table's own order; of a single
 * variable there is one bar. Those without an answer are left out. Groups in a column `variable` are questions: bars of
 * the same people, called as the codebook calls these variables.
 *
 * @example agreement(respondents.groupby("office_size", "cooperation").count().complete(codebook), {label, width})
 */
export function agreement(
  counts: Counts,
  {label, text = "percent", unknown: unknownWords = "", ...options}: AgreementOptions
): Drawing {
  const {language} = label;
  const say = sayIn(language);
  const [groupVariable, scale = ""] = [undefined, ...variablesOf(counts)].slice(-2);
  const questions = groupVariable === undefined || groupVariable === "variable";
  const answered = rowsOf<Readonly<Record<string, string | null>>>(counts)
    .map((row) => {
      const group = groupVariable === undefined ? scale : (row[groupVariable] ?? null);
      return {group, answer: row[scale] ?? null, count: Number(row.count)};
    })
    .filter((d): d is {group: string; answer: string; count: number} => d.group !== null && d.answer !== null);
  const groups = [...new Set(answered.map(({group}) => group))];
  const answers = inScaleOrder([...new Set(answered.map(({answer}) => answer))]);
  const bars = new Map(
    groups.map((group) => {
      const own = answered.filter((d) => d.group === group);
      return [group, placed(group, answers, new Map(own.map(({answer, count}) => [answer, count])))];
    })
  );
  const segments = [...bars.values()].flat();
  const unknown = groups.filter((group) => bars.get(group)?.length === 0);
  const nothing = textIn(unknownWords, language);
  const nameOf = (group: string) => (questions ? label(group) : label(groupVariable, group));
  const written = ({count, n}: Pick<Segment, "count" | "n">) =>
    text === "count" ? `${count}` : percentText(count / n, language);
  const title = (d: Segment) =>
    `${nameOf(d.group)}, ${label(scale, d.answer)}: ${percentText(d.count / d.n, language)} (${d.count} ${say("Of").toLowerCase()} ${d.n})`;
  const agreeing = answers.filter((answer) => signOf(answer) === 1);

  const {width, narrow} = room(options.width, 720, 520);
  const low = Math.min(-0.05, ...segments.map((d) => d.from));
  const high = Math.max(0.05, ...segments.map((d) => d.to));
  // Room for what stands at the right end.
  const longest = Math.max(...groups.map((group) => nameOf(group).length));
  const [left, right] = [narrow ? 4 : longest > 30 ? 290 : 180, 46];
  const pixels = (width - left - right) / (high - low);
  const fits = segments.filter((d) => d.count > 0 && (d.to - d.from) * pixels >= written(d).length * 8.5 + 5);
  const fill = (answer: string) => agreementColours[answer] ?? agreementColours.neither;
  const sums = [...bars].flatMap(([group, bar]) => {
    const end = bar.at(-1);
    // A single agreeing answer has its number in its own segment.
    if (!end || agreeing.length < 2) return [];
    const count = bar.reduce((sum, d) => sum + (agreeing.includes(d.answer) ? d.count : 0), 0);
    return [{group, at: end.to, text: text === "count" ? `${count}/${end.n}` : percentText(count / end.n, language)}];
  });
  const step = (width - left - right) / answers.length;
  const keyWidth = Math.max(4, step / (narrow ? 11.5 : 13.5));
  const keyLines = Math.max(
    ...answers.map((answer) => linesOf(label(scale, answer), ({length}) => length > keyWidth * 1.75).length)
  );
  const top = 30 + keyLines * (narrow ? 12 : 14);
  // A label above its bar where there is no room beside it.
  const above = narrow ? 5 + 15 * Math.ceil((longest * 7.3) / width) : 3;
  const bar = {insetTop: above, insetBottom: narrow ? 4 : 3};
  const band = narrow ? above + 28 : 36;
  const middle = (bar.insetTop - bar.insetBottom) / 2;
  const key = {frameAnchor: "top-left" as const, x: (_: string, i: number) => low + ((i + 0.5) * step) / pixels};
  const own = (group: string) => group;
  const node = Plot.plot({
    ...frame(width, groups.length * band + top + 4, [top, right, 4, left]),
    x: {domain: [low, high], axis: null},
    y: {domain: groups, axis: null, padding: 0},
    marks: [
      // The key: squares over the drawing with their answers above, evenly spaced.
      Plot.dot(answers, {...key, dy: -16, r: 6, symbol: "square", fill}),
      Plot.text(answers, {
        ...key,
        dy: -26,
        text: (answer: string) => label(scale, answer),
        textAnchor: "middle",
        lineAnchor: "bottom",
        lineWidth: keyWidth,
        fontSize: narrow ? 11.5 : 13
      }),
      // Where disagreement ends and agreement begins; behind the bars, so that no line runs through a number.
      Plot.tickX(
        groups.filter((group) => !unknown.includes(group)),
        {x: 0, y: own, strokeOpacity: 0.7, insetTop: above - (narrow ? 0 : 3), insetBottom: bar.insetBottom - 3}
      ),
      Plot.barX(segments, {
        ...{x1: "from", x2: "to", y: "group", insetLeft: 0.75, insetRight: 0.75},
        fill: (d: Segment) => fill(d.answer),
        title,
        ...bar
      }),
      Plot.barX(unknown, {x1: low, x2: high, y: own, fill: "none", stroke: faint, strokeDasharray: "4 3", ...bar}),
      Plot.text(unknown, {x: (low + high) / 2, y: own, dy: middle, text: () => nothing}),
      Plot.text(fits, {
        x: (d: Segment) => (d.from + d.to) / 2,
        y: "group",
        dy: middle,
        text: written,
        pointerEvents: "none",
        fill: (d: Segment) => agreementText[d.answer] ?? "var(--on-mild)",
        fontWeight: 600
      }),
      Plot.text(sums, {x: "at", y: "group", dx: 6, dy: middle, text: "text", textAnchor: "start", fontWeight: 700}),
      Plot.text(groups, {
        y: own,
        frameAnchor: "left",
        text: nameOf,
        textAnchor: "start",
        fontWeight: 600,
        ...(narrow ? {dy: 3 - band / 2, lineAnchor: "top", lineWidth: width / 14} : {dx: -left, lineWidth: left / 15.8})
      })
    ]
  });
  const inWords = [...bars].map(([group, parts]) => {
    const answers = parts.map((d) => `${label(scale, d.answer)} ${written(d)}`);
    return `${nameOf(group)}: ${answers.join(", ") || nothing}.`;
  });
  const summed = agreeing.map((code) => say("“{answer}”", {answer: label(scale, code)})).join(" + ");
  return {
    node,
    language,
    words: `${say("Bars, disagreement to the left and agreement to the right.")} ${inWords.join(" ")}`,
    numbers: [...bars].map(([group, parts]) => ({
      [questions ? say("Group") : label(groupVariable)]: nameOf(group),
      ...Object.fromEntries(parts.map((d) => [label(scale, d.answer), written(d)])),
      N: parts[0]?.n ?? nothing
    })),
    ...(questions && groups.length > 1 ? {} : {n: segments.reduce((sum, d) => sum + d.count, 0)}),
    key: [
      ...(text === "count" ? [say("Numbers are people, not percents.")] : []),
      ...(sums.length > 0 ? [say("At the right of each bar, in bold: {answers}.", {answers: summed})] : [])
    ].join(" ")
  };
}

/** A group's segments side by side, so that half of the middle answer is on either side of 0; none of nobody. */
function placed(group: string, answers: readonly string[], counts: ReadonlyMap<string, number>): Segment[] {
  const n = answers.reduce((sum, answer) => sum + (counts.get(answer) ?? 0), 0);
  if (n === 0) return [];
  const share = (answer: string) => (counts.get(answer) ?? 0) / n;
  // All of a disagreeing answer, and half of the middle one.
  let from = -answers.reduce((sum, answer) => sum + (share(answer) * (1 - signOf(answer))) / 2, 0);
  return answers.map((answer) => {
    const segment = {group, answer, count: counts.get(answer) ?? 0, n, from, to: from + share(answer)};
    from = segment.to;
    return segment;
  });
}
