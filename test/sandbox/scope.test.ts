import {readdirSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {root} from "../../scripts/paths.js";

/** Cells see the exports of all modules of src/analysis side by side; of two with one name neither would be there. */
test("no two modules of src/analysis export the same name, nor one that cells have already", async () => {
  const taken = new Map(
    ["aq", "op", "Plot", "respondents", "published", "report", "display", "console"].map((name) => [name, "cells"])
  );
  const folder = join(root, "src/analysis");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
    const module: object = await import(join(folder, file));
    for (const name of Object.keys(module)) {
      expect(taken.get(name), `${name} of ${file}`).toBeUndefined();
      taken.set(name, file);
    }
  }
  expect(taken.size).toBeGreaterThan(40);
});
