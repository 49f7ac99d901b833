import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {importsOf, reach} from "../../scripts/imports.js";

const taken = (code: string) =>
  importsOf(code, "_import/figures/a.js").map(({file, names, late}) => ({file, names, late}));

describe("imports of a module", () => {
  test("names that are taken, by what they are called where they come from", () => {
    expect(
      taken('import b, {c, d as e} from "../b.js"; export {f as g} from "./h.js"; export * from "./i.js";')
    ).toEqual([
      {file: "_import/b.js", names: ["default", "c", "d"], late: false},
      {file: "_import/figures/h.js", names: ["f"], late: false},
      {file: "_import/figures/i.js", names: null, late: false}
    ]);
  });

  test("members of a namespace, unless it is used as a whole", () => {
    const code =
      'import * as Plot from "../plot.js"; const {x: Plot2} = y; export const f = () => Plot.dot(Plot.ruleX);';
    expect(taken(code)[0]?.names).toEqual(["dot", "ruleX"]);
    expect(taken(`${code} f(Plot);`)[0]?.names).toBeNull();
    expect(taken(`${code} f(Plot[x]);`)[0]?.names).toBeNull();
  });

  test("what a cell takes of an import() that it waits for, alone or among others", () => {
    expect(taken('const {a, b: c} = await import("./a.js");')).toEqual([
      {file: "_import/figures/a.js", names: ["a", "b"], late: true}
    ]);
    const all = 'const [{a}, whole] = await Promise.all([import("./a.js"), import("./b.js")]);';
    expect(taken(all).map(({names}) => names)).toEqual([["a"], null]);
  });

  test("packages and other hosts are not files of the site", () => {
    expect(taken('import "d3"; import "https://example.org/a.js";')).toEqual([]);
  });
});

describe("what is loaded with a module", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nav-offices-imports-"));
    mkdirSync(join(folder, "_import"));
    writeFileSync(join(folder, "_import/a.js"), 'import "./b.js"; export const later = () => import("./c.js");');
    writeFileSync(join(folder, "_import/b.js"), 'import "./a.js"; import "../_node/plot@1/index.js";');
    writeFileSync(join(folder, "_import/c.js"), "");
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  test("goes round a circle once, and on to libraries", () => {
    expect([...reach(folder, ["_import/a.js"])]).toEqual(["_import/a.js", "_import/b.js", "_node/plot@1/index.js"]);
  });

  test("what is loaded later counts when it is asked for", () => {
    expect(reach(folder, ["_import/a.js"], true).has("_import/c.js")).toBe(true);
  });
});
