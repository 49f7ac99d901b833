import {table} from "arquero";
import {expect, describe as group, test} from "vitest";
import {inspect} from "../../src/sandbox/inspect.js";
import {limits} from "../../src/sandbox/limits.js";
import {describe} from "../../src/sandbox/output.js";

group("what is shown for a value", () => {
  test("a table: its first rows, null as nothing, and how many there are", () => {
    const output = describe(
      table({a: Array.from({length: 1_257}, (_, i) => (i === 1 ? null : i)), b: Array(1_257).fill("x")})
    );
    if (output.kind !== "table") throw new Error("no table");
    expect(output.columns).toEqual(["a", "b"]);
    expect(output.rows).toHaveLength(limits.rows);
    expect(output.rows.slice(0, 2)).toEqual([
      ["0", "x"],
      ["", "x"]
    ]);
    expect(output.note).toBe(`The first ${limits.rows} of 1257 rows.`);
  });

  test("an array of objects: a table with the columns of all of them", () => {
    expect(describe([{a: 1}, {b: [2]}])).toEqual({
      kind: "table",
      columns: ["a", "b"],
      rows: [
        ["1", ""],
        ["", "[2]"]
      ],
      note: "2 rows."
    });
  });

  test("a string: itself, cut where it is too long", () => {
    expect(describe("a\nb")).toEqual({kind: "text", text: "a\nb", note: ""});
    const output = describe("x".repeat(limits.textLength + 1));
    expect(output).toMatchObject({kind: "text", text: "x".repeat(limits.textLength)});
    expect(output.note).toContain(String(limits.textLength + 1));
  });

  test("an element: its markup, unless that is too long", () => {
    expect(describe({nodeType: 1, outerHTML: "<b>x</b>"})).toMatchObject({kind: "markup", markup: "<b>x</b>"});
    expect(describe({nodeType: 1, outerHTML: "x".repeat(limits.markupLength + 1)}).kind).toBe("text");
    expect(describe({nodeType: 1, outerHTML: {}}).kind).toBe("text");
  });
});

group("a value as text", () => {
  const cyclic: Record<string, unknown> = {a: 1};
  cyclic.self = cyclic;
  test.each<[unknown, string]>([
    [{a: [1, "two", null], "b c": undefined}, '{a: [1, "two", null], "b c": undefined}'],
    [cyclic, "{a: 1, self: (itself)}"],
    [new Map([["k", new Set([1])]]), 'Map {"k" => Set {1}}'],
    [new Float64Array([0.5, -0]), "Float64Array [0.5, -0]"],
    [12n, "12n"],
    [Symbol("s"), "Symbol(s)"],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new RangeError("far"), "RangeError: far"],
    [Object.create(null), "{}"],
    [
      {
        get a() {
          throw new Error("no");
        }
      },
      "(cannot be shown)"
    ]
  ])("%#", (value, text) => {
    expect(inspect(value, 1_000)).toBe(text);
  });

  test("ends at its length, however large the value", () => {
    expect(
      inspect(
        Array.from({length: 1e6}, (_, i) => ({i})),
        1_000
      ).length
    ).toBeLessThan(1_100);
  });
});
