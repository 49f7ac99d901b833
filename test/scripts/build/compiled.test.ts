import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {build} from "esbuild";
import {afterAll, beforeAll, expect, test} from "vitest";
import {compiledPlugin, exportKnow, recordCompiled, withCompiled} from "../../../scripts/build/compiled.js";

/** Some of everything that Arquero compiles: expressions, comparisons, rows as objects, joins. */
const cells = `
const table = () =>
  aq.table({k: ["b", "a", "b", null], x: [3, 1, 2, 5], d: [new Date(9), null, new Date(3), new Date(1)]});
export const results = () => [
  table().groupby("k").count().objects(),
  table().groupby("k").rollup({s: aq.op.sum("x"), m: aq.op.median("x")}).objects(),
  table().derive({y: (d) => d.x * 2 + 1, r: aq.op.rank()}).orderby(aq.desc("y")).objects(),
  table().orderby("k", aq.desc("d")).objects(),
  table().params({least: 1}).filter((d, $) => d.x > $.least && d.k !== "å\\u2028\`").objects(),
  table().derive({z: aq.escape((d) => d.x + 1)}).objects(),
  table().join(aq.table({k: ["a", "b"], z: [1, 2]})).objects(),
  table().impute({k: () => "none"}).fold(["x"]).objects()
];
export const other = () => table().derive({y: (d) => d.x * 3}).objects();
`;

interface Page {
  results: () => unknown;
  other: () => unknown;
}

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "compiled-"));
  await build({
    stdin: {contents: `export * as aq from "arquero"; ${exportKnow}`, resolveDir: process.cwd()},
    bundle: true,
    format: "esm",
    minify: true,
    outfile: join(folder, "site.mjs"),
    plugins: [compiledPlugin]
  });
});
afterAll(() => rmSync(folder, {recursive: true}));

async function load(name: string, script: string): Promise<Page> {
  writeFileSync(join(folder, name), script);
  return (await import(join(folder, name))) as Page;
}

test("a page finds what its cells compiled at build time, and makes no code from text", async () => {
  const site = (version: string) => `./site.mjs?${version}`;
  const script = (version: string) => `import {aq} from ${JSON.stringify(site(version))};${cells}`;
  const {compileAtBuild, texts} = recordCompiled();
  const atBuild = await load("build.mjs", script("build"));
  Object.assign(globalThis, {compileAtBuild});
  const expected = atBuild.results();
  Reflect.deleteProperty(globalThis, "compileAtBuild");
  expect(texts().length).toBeGreaterThan(8);

  const published = await load("page.mjs", withCompiled(script("page"), site("page"), texts()));
  expect(published.results()).toEqual(expected);
  expect(published.other).toThrow("not compiled when the site was built");
});

test("Arquero makes code nowhere else", async () => {
  const {outputFiles} = await build({
    stdin: {contents: 'export * from "arquero"', resolveDir: process.cwd()},
    bundle: true,
    format: "esm",
    write: false,
    plugins: [compiledPlugin]
  });
  expect(outputFiles[0]?.text).not.toMatch(/\b(?:new )?Function\(|\beval\(/);
});
