import {describe, expect, test} from "vitest";
import {cellCode, type Helper, helper} from "../../src/sandbox/cell-code.js";

/** Runs a cell's code as the sandbox does, with `a` = 1 and `b` = 2 in scope, and gives the value that it hands over. */
async function value(code: string): Promise<unknown> {
  let shown: unknown;
  const help: Partial<Helper> = {
    value: (value) => {
      shown = value;
    }
  };
  const scope = {a: 1, b: 2, [helper]: help};
  const cell = cellCode(code, Object.keys(scope));
  if (!cell.ok) throw new Error(JSON.stringify(cell.problem));
  // biome-ignore lint/security/noGlobalEval: the code under test is code to be run.
  const start = globalThis.eval(cell.source) as (given: object) => Promise<unknown>;
  await start(scope);
  return shown;
}

describe("the value of a cell", () => {
  test.each([
    ["a + b", 3],
    ["a + b;", 3],
    ["({c: a})", {c: 1}],
    ["{c: a}", {c: 1}],
    ["// first\na // last", 1],
    ["(a, b)", 2],
    ["((a) + (b))", 3],
    ["const c = a + b;\nc * 2", 6],
    ["const c = 1;\n(c + 1) * 3 // done", 6],
    ["const a = 10;\na + b", 12],
    ["let b = 5; function a() { return b; }\na()", 5],
    ["const c = await Promise.resolve(4);\nc", 4],
    ["await Promise.resolve(4)", 4],
    ["const c = 4;", undefined],
    ["", undefined],
    ["if (a) 3", undefined],
    ["`first\n` + b", "first\n2"],
    ["[1, 2]\n  .map((d) => d + a)\n  .join()", "2,3"]
  ])("%j", async (code, expected) => {
    expect(await value(code)).toEqual(expected);
  });

  test("the cell's lines stand from the second on, and begin as they do", () => {
    const cell = cellCode("first;\nsecond\n  .third", []);
    const lines = cell.ok ? cell.source.split("\n").slice(1) : [];
    expect(lines.slice(0, 3)).toEqual([expect.stringMatching(/^first;/), "second", "  .third"]);
  });
});

describe("what keeps a cell from running", () => {
  test.each([
    ["const = 1", 1, 7],
    ["1;\n\n  2 +* 3", 3, 6],
    ["a\n}", 2, 1],
    ["await (", 1, 8]
  ])("%j is found at its place", (code, line, column) => {
    expect(cellCode(code, [])).toMatchObject({ok: false, problem: {line, column}});
  });

  test("an import is explained, at its line", () => {
    const cell = cellCode('const a = 1;\nimport * as aq from "arquero";', []);
    expect(cell).toMatchObject({ok: false, problem: {line: 2, column: 1}});
    expect(!cell.ok && cell.problem.message).toContain("nothing needs to be");
  });

  test("code cannot end the function that holds it", () => {
    expect(cellCode("})(); }); alert(1); (async function () { (async () => {", []).ok).toBe(false);
  });
});
