import type {Example} from "../editor/playground.js";

/** What the playground offers to start from: short, and each shows another thing that can be done. */
export const examples: readonly Example[] = [
  {
    title: "Count respondents",
    code: `respondents
  .groupby("role", "view_of_reform")
  .count()
  .orderby("role", aq.desc("count"))
`
  },
  {
    title: "Split a scale elsewhere",
    code: `// Who counts as agreeing? The report counts those who agree partly as well.
// Take "partly_agree" out, and only full agreement is left.
const agree = ["partly_agree", "agree"];

const answered = respondents
  .params({agree})
  .filter((d) => d.view_of_reform !== null && d.role !== null)
  .derive({view: (d, $) => (op.includes($.agree, d.view_of_reform) ? "agree" : "other")});

const table = crosstab(
  answered,
  sideOf(report, "role"),
  {variable: "view", codes: ["other", "agree"]},
  {missing: "exclude"}
);
display(table.rows.map((role, r) => ({role, other: table.counts[r][0], agree: table.counts[r][1], of: table.rowTotals[r]})));
display(\`P = \${chiSquareTest(table.counts).p.toPrecision(2)}\`);
`
  },
  {
    title: "Draw shares",
    code: `const shares = respondents
  .filter((d) => d.view_of_reform !== null && d.background !== null)
  .groupby("background", "view_of_reform")
  .count();

Plot.plot({
  marginLeft: 110,
  color: {legend: true, scheme: "RdBu", domain: sideOf(report, "view_of_reform").codes},
  x: {label: "share of answers", percent: true},
  y: {label: null},
  marks: [
    Plot.barX(shares, Plot.stackX({offset: "normalize", order: sideOf(report, "view_of_reform").codes}, {
      y: "background",
      x: "count",
      fill: "view_of_reform"
    }))
  ]
})
`
  },
  {
    title: "Print a table again",
    code: `// The counts as printed, and as the respondents give them.
const table = 25;
display(printedCrosstab(published, table).counts);
display(recomputeTable(respondents, report, table).counts);
`
  }
];
