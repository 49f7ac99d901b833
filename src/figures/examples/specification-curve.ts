import {specificationCurve} from "../specification-curve.js";

/** Twelve specifications of two choices, half of them not determined by tables, from P far below to P of 1. */
export function specificationCurveOfTwelve(width = 640): Element {
  const tests = ["Pearson", "likelihood ratio", "trend"];
  const effects = ["1", "1.5", "2", "3"];
  const points = tests.flatMap((test, i) =>
    effects.map((effect, j) => {
      const p = Math.min(1, 10 ** (-5 + i + 1.3 * j));
      return {p, holds: p < 0.05, determined: i !== 1, own: i === 0 && j === 0, levels: [test, effect]};
    })
  );
  return specificationCurve(
    points,
    [
      {name: "Test", levels: tests},
      {name: "Design effect", levels: effects}
    ],
    {width}
  );
}
