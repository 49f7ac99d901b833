import {readdirSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {root} from "../../scripts/paths.js";

/** Cells see the exports of all modules of src/tables and src/statistics side by side; of two with one name neither would be there. */
test("no two modules of src/tables and src/statistics export the same name, nor one that cells have already", async () => {
  const taken = new Map(
    ["aq", "op", "Plot", "respondents", "published", "report", "display", "console"].map((name) => [name, "cells"])
  );
  const files = [
    "tables",
    "statistics",
    "multiverse",
    "explorer/address.ts",
    "explorer/cuts.ts",
    "explorer/p-range.ts"
  ].flatMap((path) =>
    path.endsWith(".ts") ? [path] : readdirSync(join(root, "src", path)).map((name) => `${path}/${name}`)
  );
  for (const file of files) {
    const module: object = await import(join(root, "src", file));
    for (const name of Object.keys(module)) {
      expect(taken.get(name), `${name} of ${file}`).toBeUndefined();
      taken.set(name, file);
    }
  }
  expect(taken.size).toBeGreaterThan(40);
});
