import {describe, expect, test} from "vitest";
import {nameParts} from "../../scripts/part-names.js";

/** The same three files under the names that two builds gave them. */
const built = (a: string, b: string, last = "z") =>
  new Map([
    ["site.js", `import("./part-${a}.js")`],
    [`part-${a}.js`, `import "./part-${b}.js"; x`],
    [`part-${b}.js`, `import("./part-${a}.js"); ${last}`]
  ]);

describe("names of parts", () => {
  test("do not depend on those that the bundler gave, in a circle too", () => {
    expect([...nameParts(built("AAAA", "BBBB"))]).toEqual([...nameParts(built("CCCC", "AAAA"))]);
  });

  test("are the ones that the files name each other by", () => {
    const files = nameParts(built("AAAA", "BBBB"));
    for (const text of files.values()) {
      for (const [name] of text.matchAll(/part-\w+\.js/g)) expect([...files.keys()]).toContain(name);
    }
    expect(new Set(files.keys()).size).toBe(3);
  });

  test("change with the text of any part that a part leads to", () => {
    const [before, after] = [built("AAAA", "BBBB"), built("AAAA", "BBBB", "y")].map((files) => [
      ...nameParts(files).keys()
    ]);
    expect(after?.[1]).not.toBe(before?.[1]);
    expect(after?.[2]).not.toBe(before?.[2]);
  });
});
