import {execFileSync} from "node:child_process";
import {unzipSync} from "fflate";
import {describe, expect, test} from "vitest";
import {archive} from "../../../data-loaders/publish/archive.js";
import {fileAt, made, text} from "../made.js";

describe("the archive of everything", () => {
  test("holds every file that the package describes, at the path that it says, and what goes with them", async () => {
    const files = unzipSync(await made("nav-offices-2010.zip"));
    const {resources} = JSON.parse(await text("datapackage.json")) as {resources: {path: string}[]};
    const beside = ["CITATION.cff", "LICENSE.txt", "README.txt", "datapackage.json"];
    expect(Object.keys(files).sort()).toEqual([...resources.map(({path}) => path), ...beside].sort());
    for (const {path} of resources) {
      const expected = await fileAt(path);
      expect(Buffer.from(files[path] ?? []).equals(expected), path).toBe(true);
    }
    const readme = new TextDecoder().decode(files["README.txt"]);
    for (const {path} of resources.filter(({path}) => !path.startsWith("raw/"))) expect(readme).toContain(path);
    expect(readme).toMatch(/No row is a person/);
  });

  test("is the same bytes in any order of files, on any day and in any time zone", () => {
    const [a, b] = [new Uint8Array([1, 2, 3]), new Uint8Array([4])];
    const one = archive(
      new Map([
        ["a", a],
        ["b", b]
      ]),
      4
    );
    expect(
      archive(
        new Map([
          ["b", b],
          ["a", a]
        ]),
        4
      )
    ).toEqual(one);
    const script = `import {archive} from "./data-loaders/publish/archive.js";
      process.stdout.write(archive(new Map([["a", new Uint8Array([1, 2, 3])], ["b", new Uint8Array([4])]]), 4));`;
    for (const TZ of ["Pacific/Kiritimati", "America/Anchorage"]) {
      const other = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
        env: {...process.env, TZ}
      });
      expect(new Uint8Array(other)).toEqual(one);
    }
  });
});
