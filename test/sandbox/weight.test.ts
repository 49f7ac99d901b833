import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseHTML} from "linkedom";
import {describe, expect, test} from "vitest";
import {root} from "../../scripts/paths.js";
import {tooDeep} from "../../src/sandbox/cell-code.js";
import {limits} from "../../src/sandbox/limits.js";
import {readFromWorker} from "../../src/sandbox/messages.js";
import {drawingProblem, markupProblem} from "../../src/sandbox/weight.js";
import {type Random, seeded} from "../../src/statistics/random.js";

/** What is cheap to make and dear to draw or to read is refused, of whatever kind, and what pages draw is not. */

const upTo = (most: number, random: Random) => 1 + Math.floor(random() * most);
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

/** Why markup is not shown: before a browser reads it, or after. */
const refusal = (markup: string) => {
  const before = markupProblem(markup);
  if (before !== null) return before;
  const {document} = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
  return drawingProblem(document.body);
};

/** Each gives markup that is over a limit, the more or the less. */
const bombs: Record<string, (random: Random) => string> = {
  "copies of copies": (random) => {
    const levels = 3 + upTo(20, random);
    const level = (i: number) => `<g id="l${i}">${`<use href="#l${i - 1}"/>`.repeat(1 + upTo(9, random))}</g>`;
    return `<svg><defs><g id="l0"><rect width="9" height="9"/></g>${Array.from({length: levels}, (_, i) => level(i + 1)).join("")}</defs><use xlink:href="#l${levels}"/></svg>`;
  },
  "patterns of patterns": (random) => {
    const levels = 2 + upTo(20, random);
    const level = (i: number) =>
      `<pattern id="p${i}" width=".1" height=".1"><rect fill="url('#p${i - 1}')"/></pattern>`;
    return `<svg>${Array.from({length: levels}, (_, i) => level(i)).join("")}<rect fill="url(#p${levels - 1})"/></svg>`;
  },
  "marks on every corner": (random) => {
    const mark = `<marker id="m">${"<path d='M0 0L1 1'/>".repeat(50 + upTo(200, random))}</marker>`;
    const how = pick(['marker-mid="url(#m)"', 'style="marker: url(#m)"'], random);
    return `<svg>${mark}<g ${how}><path d="M${"1 2L".repeat(3000)}3 4"/></g></svg>`;
  },
  spans: (random) =>
    `<table><tr>${`<td ${pick(["colspan", "rowspan"], random)}=${500 + upTo(60_000, random)}>`.repeat(10)}${"</td>".repeat(10)}</tr><tr><td rowspan=40000 colspan=${upTo(900, random)}>x</td></tr></table>`,
  "a column over and over": (random) =>
    `<table><colgroup span=${limits.cells + upTo(9e5, random)}></colgroup><tr><td>x</td></tr></table>`,
  cells: (random) => `<table>${`<tr>${"<td>x</td>".repeat(200)}</tr>`.repeat(101 + upTo(50, random))}</table>`,
  elements: (random) => pick(["<i></i>", "<br>", "<rect/>"], random).repeat(limits.elements + upTo(1e4, random)),
  depth: (random) =>
    pick(["<div>", "<g a='1'>", "<b>x", "<p>", "<svg><desc>"], random).repeat(limits.depth + upTo(1e5, random)),
  "tags that cross": (random) => "<b x=1><p></b></p><i>".repeat(upTo(100, random)),
  "a path": (random) => `<svg><path d="M0 0${"L1 1".repeat(limits.tagLength / 4 + upTo(1e4, random))}"/></svg>`,
  "dear styles": (random) =>
    pick(["<style>X</style><p>x</p>", '<p style="X">x</p>'], random).replace(
      "X",
      pick(
        [
          "columns: 100000",
          "color:red;column-count:9999",
          "filter:blur(99px)",
          " backdrop-filter : blur(9px)",
          "animation-name:x",
          "mix-blend-mode:multiply",
          "grid-template-columns:repeat(99999,1px)",
          "div:has(b):has(i){color:red}",
          "@keyframes x{}"
        ],
        random
      )
    ),
  "styles that refer": () => "<style>* { marker: url(#m) }</style><svg></svg>",
  "no markup": (random) => `<b ${pick(['"', "a='", "<", 'a=b"c>', "=>"], random)}${"<i>".repeat(upTo(1e4, random))}`,
  bytes: (random) => "x".repeat(limits.markupLength + upTo(1e5, random))
};

describe.each(Object.entries(bombs))("a drawing with %s", (_name, bomb) => {
  test.each(Array.from({length: 8}, (_, seed) => seed))("seed %i is refused with a reason", (seed) => {
    expect(refusal(bomb(seeded(seed)))).toMatch(/^(it|its|one|what) [\w ,.-]+$/);
  });
});

test.each(readdirSync(join(root, "test/figures/snapshots")).filter((name) => name.endsWith(".svg")))(
  "%s is drawn",
  (name) => {
    const svg = readFileSync(join(root, "test/figures/snapshots", name), "utf8");
    // As in a page: with an address of its own, to which it links.
    expect(refusal(`<figure class="plot" id="own"><a href="#own">#</a>${svg}</figure>`)).toBeNull();
  }
);

test("all tables of a run together have so many cells, and the note says so", () => {
  const table = {
    kind: "table",
    columns: Array(limits.columns).fill("c"),
    rows: Array(limits.rows).fill(Array(limits.columns).fill("x")),
    note: "n"
  };
  const said = readFromWorker(
    JSON.stringify({type: "done", outputs: Array(9).fill(table), further: Array(9).fill(table)})
  );
  if (said?.type !== "done") throw new Error("not done");
  const tables = [...said.outputs, ...said.further].flatMap((output) => (output.kind === "table" ? [output] : []));
  expect(tables.reduce((sum, {rows}) => sum + rows.flat().length, 0)).toBeLessThanOrEqual(limits.cells);
  expect(tables.at(-1)?.note).toContain(String(limits.cells));
});

describe("code", () => {
  const opening = ["(", "[", "{", "`${", "f(", "x => {", "class { a = ", "if (a) {", "{a: [", "(async () => { await "];
  const within = [
    "!",
    "- ",
    "typeof ",
    "await ",
    "new ",
    "a => ",
    "x = ",
    "a ? b : ",
    "x ** ",
    "if (a) ",
    "for (;;) ",
    "l: "
  ];

  test.each(Array.from({length: 100}, (_, seed) => seed))(
    "nested too deep, seed %i, is refused before it is parsed",
    (seed) => {
      const random = seeded(seed);
      const pieces = Array.from({length: 1 + upTo(3, random)}, () => pick(random() < 0.5 ? opening : within, random));
      // In any order, on one line or many.
      const code = Array.from(
        {length: 2 * limits.nesting},
        () => pick(pieces, random) + (random() < 0.1 ? "\n" : "")
      ).join("");
      expect(tooDeep(code)?.message).toMatch(/^The code is nested more than \d+ levels deep\.$/);
    }
  );

  test("of every cell of every page, and long code that is not nested, is read", () => {
    const pages = readdirSync(join(root, "src")).filter((name) => name.endsWith(".md"));
    const cells = pages.flatMap((name) => [
      ...readFileSync(join(root, "src", name), "utf8").matchAll(/^```js\n([\s\S]*?)^```/gm)
    ]);
    for (const [, code = ""] of cells) expect(tooDeep(code)).toBeNull();
    for (const line of ["x = a ? b : -c\n", "const f = (a) => !a;\n", "1 +\n", "a.b(c)\n", '"é";\n', "if (a) b();\n"]) {
      expect(tooDeep(line.repeat(1000))).toBeNull();
    }
  });
});
