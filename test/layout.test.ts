import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {build} from "esbuild";
import {beforeAll, describe, expect, test} from "vitest";
import {root} from "../scripts/paths.js";

const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {cwd: root, encoding: "utf8"})
  .split("\n")
  .filter((file) => /^(src|data-loaders|scripts)\/.*\.(ts|js)$/.test(file) && !file.endsWith(".d.ts"));
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** What each module imports of the project's own when it runs; imports of types are gone by then. */
const imports = new Map<string, readonly string[]>();

beforeAll(async () => {
  const {metafile} = await build({
    entryPoints: tracked.filter((file) => file.endsWith(".ts")),
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    outdir: "out",
    platform: "node",
    format: "esm",
    packages: "external",
    external: ["observablehq:*", "sandbox:*"]
  });
  for (const [file, {imports: found}] of Object.entries(metafile.inputs)) {
    imports.set(
      file,
      found.filter(({external}) => !external).map(({path}) => path)
    );
  }
});

/** The rules of the house that a newcomer relies on. */
describe("the layout", () => {
  test("nothing in src imports scripts or tests, and nothing imports tests", () => {
    const wrong = [...imports].flatMap(([file, found]) =>
      found
        .filter((path) => path.startsWith("test/") || (file.startsWith("src/") && path.startsWith("scripts/")))
        .map((path) => `${file} imports ${path}`)
    );
    expect(wrong).toEqual([]);
  });

  test("tables and statistics know neither the document nor the file system nor Framework", () => {
    for (const file of tracked.filter((name) => /^src\/(tables|statistics)\//.test(name))) {
      expect(read(file), file).not.toMatch(/\bdocument\.|from "node:|observablehq:/);
    }
    for (const [file, found] of imports) {
      if (/^src\/statistics\//.test(file))
        expect(
          found.filter((path) => !/^src\/statistics\//.test(path)),
          file
        ).toEqual([]);
    }
  });

  test("no module imports itself by a way round", () => {
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]) => {
      expect(path, [...path, file].join(" → ")).not.toContain(file);
      if (done.has(file)) return;
      for (const next of imports.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };
    for (const file of imports.keys()) walk(file, []);
    expect(done.size).toBeGreaterThan(150);
  });

  test("what only this report knows stands in src/report, the pages and the raw files", () => {
    const own = [
      ...[
        "Antall og prosent",
        "Sammendrag",
        "trygdeetat",
        "\\baetat\\b",
        'lang="n[ob]"',
        "nav-offices",
        "whole offices"
      ],
      ...["view_of_reform", "reaching_goals", "office_size", "\\b2008\\b", "\\b1,?257\\b"]
    ];
    // A comment may give this report as an example.
    const code = (file: string) => read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const leaks = tracked
      .filter((file) => !file.startsWith("src/report/"))
      .flatMap((file) =>
        own.filter((word) => new RegExp(word, "i").test(code(file))).map((word) => `${file}: ${word}`)
      );
    expect(leaks).toEqual([]);
  });

  test("no file name stands three times for different things", () => {
    // Bounds are the same thing wherever they are: found, published, drawn.
    const names = tracked.map((file) => basename(file)).filter((name) => name !== "bounds.ts");
    const thrice = [...new Set(names.filter((name) => names.filter((other) => other === name).length > 2))];
    expect(thrice).toEqual([]);
  });
});
