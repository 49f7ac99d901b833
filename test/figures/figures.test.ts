import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {root} from "../../scripts/paths.js";
import {examples} from "../../src/figure-examples.js";
import list from "../../src/figure-examples.json";

const figures = join(root, "src/figures/");

/**
 * Every figure has an example, and every example draws what it drew when somebody last looked at it (the gallery page
 * shows them all). A changed snapshot is to be looked at before it is taken over.
 */
describe("figures", () => {
  const warnings: unknown[][] = [];
  beforeAll(() => {
    const {window} = new JSDOM("<!doctype html>");
    vi.stubGlobal("window", window);
    vi.stubGlobal("document", window.document);
    for (const level of ["warn", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((...said: unknown[]) => {
        warnings.push(said);
      });
    }
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test("each module of figures has an example, which the gallery shows", () => {
    // Modules that do not draw, such as those of colours, import no Plot.
    const drawn = readdirSync(figures).filter(
      (name) => name.endsWith(".ts") && readFileSync(join(figures, name), "utf8").includes('"@observablehq/plot"')
    );
    for (const file of drawn) {
      const names = [...readFileSync(join(figures, file), "utf8").matchAll(/^export function (\w+)\(/gm)];
      expect(names.filter(([, name]) => Object.values(list).some(({figure}) => figure === name))).not.toEqual([]);
    }
  });

  test.each(Object.entries(examples))("%s", async (name, draw) => {
    warnings.length = 0;
    for (const width of [640, 340]) {
      const drawing = draw(width);
      expect(drawing.querySelectorAll("path, rect, circle, line, text").length).toBeGreaterThan(2);
      await expect(`${tidy(drawing)}\n`).toMatchFileSnapshot(`snapshots/${name}-${width}.svg`);
    }
    expect(warnings).toEqual([]);
  });
});

/** A drawing as text, a mark a line, without what differs from run to run: long decimals and Plot's class names. */
function tidy(drawing: Element): string {
  return drawing.outerHTML
    .replace(/-?\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replace(/plot-[0-9a-f]{6}(?:-\d+)?/g, "plot")
    .replace(/></g, ">\n<");
}
