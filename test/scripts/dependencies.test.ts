import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {isKnown} from "../../scripts/dependencies.js";
import {root} from "../../scripts/paths.js";

test("every locked package has a checksum, or comes inside one that has", () => {
  const {packages} = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, {integrity?: string; inBundle?: boolean}>;
  };
  const without = Object.entries(packages).filter(
    ([path, {integrity, inBundle}]) => path !== "" && !inBundle && !/^sha512-/.test(integrity ?? "")
  );
  expect(without.map(([path]) => path)).toEqual([]);
  expect(Object.keys(packages).length).toBeGreaterThan(100);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0-or-later)", true],
  ["(MIT AND Zlib)", true],
  ["(MIT AND GPL-3.0)", false],
  ["SEE LICENSE IN LICENCE.md", false],
  ["no licence named", false]
])("%s is a known licence: %s", (licence, expected) => {
  expect(isKnown(licence)).toBe(expected);
});
