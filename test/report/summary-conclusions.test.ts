import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {conclusions} from "../../src/report/summary-conclusions.js";

const page = readFileSync(new URL("../../src/conclusions.md", import.meta.url), "utf8");
const ids = [
  ...readFileSync(new URL("../../data-loaders/raw/claims.csv", import.meta.url), "utf8").matchAll(/^[\w-]+/gm)
]
  .map(([id]) => id)
  .filter((id) => /^(sum|kon)-\d+$/.test(id));

describe("conclusions", () => {
  test("hold every statement of the summary and the closing chapter, each once", () => {
    expect(conclusions.flatMap((conclusion) => conclusion.claims).sort()).toEqual([...ids].sort());
  });

  test("have their sections on the page, in the same order", () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\w]+/g, "-")
        .replace(/^-|-$/g, "")
    );
    const anchors = conclusions.map((conclusion) => conclusion.anchor);
    expect(headings.filter((heading) => anchors.includes(heading))).toEqual(anchors);
    const shown = [...page.matchAll(/^head\("(.+)"\)$/gm)].map(([, anchor]) => anchor);
    expect(shown).toEqual(anchors);
  });
});
