import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "acorn";
import {describe, expect, test} from "vitest";
import {cellModules} from "../../data-loaders/publish/sandbox.js";
import {root} from "../../scripts/paths.js";
import {companions, wholeCode} from "../../src/sandbox/page-cells.js";
import {freeNames} from "../../src/sandbox/references.js";
import {runTask} from "./run-cell.js";

describe("the names that code needs", () => {
  test.each([
    ["a.b + c[d]", ["a", "c", "d"]],
    ["const f = (a, {b: [c], ...d}) => a + b + c + d + e", ["b", "e"]],
    ["({a, b: c, [d]: 1, e() { return f; }})", ["a", "c", "d", "f"]],
    ["for (const a of b) { let c = a; c += d; } c", ["b", "d", "c"]],
    ["try { a() } catch (b) { b } finally { c }", ["a", "c"]],
    ["import {a as b} from './a.js'; b + a", ["a"]],
    ["class A extends B { c = d; static { e; } } A", ["B", "d", "e"]],
    ["const {a = b} = c; function d() { return d + a; }", ["b", "c"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code as text.
    ["`${a}` ; b: for (;;) break b", ["a"]]
  ])("%s", (code, names) => {
    const program = parse(code, {ecmaVersion: 2022, sourceType: "module", allowAwaitOutsideFunction: true});
    expect([...freeNames(program)].sort()).toEqual([...names].sort());
  });
});

describe("the cells that run with an edited one", () => {
  const cells = ["const c = b + 1;", "const b = a * 2;", "const unused = 1;", "c", "display(c + 1);", "unused"];

  test("before it what it needs, in the order in which it can run", () => {
    expect(companions("[c, unused]", ["const a = 1;", ...cells])).toEqual({
      before: ["const a = 1;", "const b = a * 2;", "const c = b + 1;", "const unused = 1;"],
      after: []
    });
  });

  test("after it what shows what follows, with what lies between", () => {
    const {before, after} = companions("const a = 5;", cells);
    expect(before).toEqual([]);
    expect(after).toEqual(["const b = a * 2;", "const c = b + 1;", "c", "display(c + 1);"]);
  });

  test("all of them run, and what each shows is told apart", async () => {
    const run = (code: string, others: readonly string[]) => runTask({code, ...companions(code, others)});
    const texts = (outputs: readonly object[]) => outputs.map((o) => ("text" in o ? o.text : ""));
    const edited = await run("const a = 5;", cells);
    expect([edited.problem, texts(edited.outputs), texts(edited.further)]).toEqual([null, [], ["11", "12"]]);
    const shown = await run("c", ["const a = 1;\ndisplay('unseen');", ...cells]);
    expect([shown.problem, texts(shown.outputs), shown.further]).toEqual([null, ["3"], []]);
    const declares = await run("const a = 5, f = () => a;", []);
    expect(declares.outputs).toEqual([{kind: "text", text: "5", note: "a"}]);
    // What a page runs once is not shown twice.
    expect((await run("display(1);\ndisplay(2);", [])).outputs).toHaveLength(2);
  });

  test("an error is that of the cell that throws it; lines of the edited cell stay right", async () => {
    const run = async (code: string, others: readonly string[]) =>
      (await runTask({code, ...companions(code, others)})).problem;
    const helper = "// a helper\nconst f = (x) => {\n  return x.y;\n};";
    expect(await run("const b = 1;\n\nf(null)", [helper])).toMatchObject({line: 3});
    expect(await run("import {\n  wilson\n} from './statistics/wilson.js';\nwilson(nothing)", [])).toMatchObject({
      line: 4
    });
    const before = await run("g", ["const g = f(undefined);", helper]);
    expect(before?.line).toBeNull();
    expect(before?.message).toMatch(/^In the page’s cell that begins “.+”: TypeError/);
    const after = await run("const a = 1;", ["a.b.c"]);
    expect(after).toMatchObject({line: null, message: expect.stringContaining("begins “a.b.c”") as string});
  });

  test("written out, a cell runs on its own and shows the same", async () => {
    const alone = async (code: string, others: readonly string[]) =>
      (await runTask({code: wholeCode(code, companions(code, others))})).outputs;
    expect(await alone("[c, 1]", ["const a = 1;", ...cells])).toMatchObject([{text: "[3, 1]"}]);
    expect(await alone("const a = 5;", cells)).toMatchObject([{text: "11"}, {text: "12"}]);
  });

  test("a file that is not there, and what works only in the page, are said plainly", async () => {
    const {problem} = await runTask({code: 'await FileAttachment("data/none.json").json()'});
    expect(problem?.message).toContain("There is no file “data/none.json” here");
    expect((await runTask({code: "checkRegister([], 'x')"})).problem?.message).toContain("work only in the page");
  });
});

test("cells find every name that a page imports, and by its module's address", async () => {
  const modules = cellModules(root);
  const pages = readdirSync(join(root, "src")).filter((name) => name.endsWith(".md"));
  const imports = pages.flatMap((page) =>
    [
      ...readFileSync(join(root, "src", page), "utf8").matchAll(/^import (\{[^}]*\}|\* as \w+) from "(\.[^"]+)";?$/gm)
    ].map(([, names = "", path = ""]) => ({page, names, path}))
  );
  // One module gives most names, so that names are counted and not lines.
  expect(imports.flatMap(({names}) => names.split(",")).length).toBeGreaterThan(100);
  for (const {page, path} of imports) expect(modules, page).toContain(path.replace(/^\.\//, "").replace(/js$/, "ts"));
  // One cell for each page, so that names may be imported anew.
  for (const page of pages) {
    const own = imports.filter((i) => i.page === page);
    const names = own.flatMap(({names}) =>
      names.startsWith("{")
        ? names
            .slice(1, -1)
            .split(",")
            .map((n) => n.trim().split(" as ").at(-1) ?? "")
        : []
    );
    const code = `${own.map(({names, path}) => `import ${names} from "${path}";`).join("\n")}\n[${names.map((n) => `typeof ${n}`).join(", ")}].join()`;
    const {problem, outputs} = await runTask({code});
    expect(problem, page).toBeNull();
    expect(outputs, page).not.toMatchObject([{text: expect.stringContaining("undefined") as string}]);
    const bare = await runTask({code: `[${names.map((n) => `typeof ${n}`).join(", ")}].join()`});
    expect(bare.outputs, page).not.toMatchObject([{text: expect.stringContaining("undefined") as string}]);
  }
});
