import {parse as acorn, type Node} from "acorn";
import * as aq from "arquero";
import {describe, expect, test} from "vitest";
import {parse} from "../../scripts/bundle-parse.js";

/** A tree without its classes, so that only what it says is compared. */
const plain = (node: Node): unknown =>
  JSON.parse(
    JSON.stringify(node, (_, value) => {
      if (typeof value === "bigint") return `${value}n`;
      if (value instanceof RegExp) return String(value);
      // Only Acorn has the mark of a file's first words, “use strict”.
      return value && typeof value === "object" && "directive" in value ? {...value, directive: undefined} : value;
    })
  );

const right = (text: string) =>
  plain(acorn(text, {ecmaVersion: 2022, allowReturnOutsideFunction: true, sourceType: "script"}));

describe("reads what Acorn reads", () => {
  test.each([
    "expr=(d => d.x > 1 && d.k !== 'a')",
    `expr=(d=>d.x>1&&d["b c"]!==\`x\${d.y+\`\${1}\`}\\n\${2}\`)`,
    "expr=((d, $) => op.mean(d.x) - $.m ** (-2) ** 3 ** 2)",
    "expr=(({a, b: {c}, 'd e': e, [f]: g = 1, h = 2, ...i}, [j, , k = 3, ...l]) => ({a, c, 'x': e, [g]: 1, 2: h, ...i}))",
    "expr=(function (d) { const a = d.x, b = 2; return a\n+ b })",
    "expr=(function named(d) { if (d.x) return 1; else { return } })",
    "expr=(op.sum(d.x))",
    "expr=(d => a ? b : c ? d => e : (f, g))",
    "expr=(d => a || b && c | d ^ e & f == g < h << i + j * k)",
    "expr=(d => a * b + c << d < e == f & g ^ h | i && j || k)",
    "expr=(d => (a ?? b) - (c - d) - e / f % g >>> h >> i !== j != k === l <= m >= n)",
    "expr=(d => -+~!typeof void 0 + 'in' in d instanceof Date)",
    "expr=(d => [1, , ...a, .5, 1., 1e3, 1.5E-2, 0xFf, 0b101, 0o17, 1_000, 12n, 0xfn])",
    "expr=(d => /[/\\]\\/]+(?<a>x)/giu.test(d.x) / 2 / /=/.exec(a).length)",
    "expr=(d => 'it\\'s \\u00e6\\u{1F600}\\x41\\\n\\0' + \"\\\"\\\\\\n\\q\")",
    `expr=(d => \`a\\\`b$c\\\${d}\r\n\${ {a: \`}\`}.a }\`)`,
    "expr=(/* one */ d => // two\n d.x.y[0](1, ...z)(2).class)",
    "expr=((a = (b = (c = 1, d)) => b) => a)",
    "expr=(d => { ; const a = 1\n let b\n; { return a } })",
    "expr=((((1))))",
    "expr=(() => {})",
    "expr=(() => ({}))",
    "expr=(æøå => æøå.år + $._)",
    "expr=({if: 1, true: 2, null: 3, 'a-b': 4, a$: d => 5})",
    "'use strict'; const _0 = _[0], _1 = _[1]; return (row,x) => {_0[row] = x;_1.push(x, -x);};",
    "return\na",
    "  a\n  b  ",
    ""
  ])("%s", (text) => {
    expect(plain(parse(text))).toEqual(right(text));
  });
});

describe("refuses what it does not know, and says where", () => {
  test.each([
    ["expr=(class {})", "“class” at 6"],
    ["expr=(async () => 1)", "“=>” at 15"],
    ["expr=(d => new Date())", "“new” at 11"],
    ["expr=(d => d?.x)", "“?.” at 12"],
    ["expr=(d => d.x++)", "“++” at 14"],
    ["expr=(d => this.x)", "“this” at 11"],
    ["expr=(d => d.x += 1)", "“+=” at 15"],
    ["expr=(d => { for (;;) {} })", "“for” at 13"],
    ["expr=({a() {}})", "“(” at 8"],
    ["expr=({get a() { return 1 }})", "“a” at 11"],
    ["expr=(d => tag`x`)", "“`” at 14"],
    ["expr=(d => a b)", "“b” at 13"],
    ["expr=(d => 'a", "“'” at 11"],
    ["expr=(d => 3px)", "at 14"],
    ["expr=(", "the end at 6"],
    ["expr=(d => {", "the end at 12"],
    ["expr=(`${a", "the end at 10"],
    ["expr=(`a", "the end at"]
  ])("%s", (text, found) => {
    expect(() => parse(text)).toThrow(found);
    expect(() => parse(text)).toThrow(SyntaxError);
  });
});

test("what one reads of Arquero's own functions, the other does", () => {
  const texts = Object.values(aq.op)
    .map((each) => `expr=(${String(each)})`)
    .filter((text) => !/\bthis\b|\.\.\.|new |for \(|while/.test(text));
  expect(texts.length).toBeGreaterThan(100);
  for (const text of texts) expect(plain(parse(text))).toEqual(right(text));
});
