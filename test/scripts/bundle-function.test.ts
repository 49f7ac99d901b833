import * as aq from "arquero";
import {describe, expect, test} from "vitest";
import {makeFunction} from "../../scripts/bundle-function.js";

describe("functions without code made from text", () => {
  test("an expression of rows, as Arquero writes it", () => {
    const code =
      '"use strict"; return (row,data,op)=>(data.a.at(row) * (1 + op(0,row)) > 6 ? fn.name(data["b c"][row]) : `<${row}>`);';
    const made = makeFunction("fn", "$", code)({name: (text: string) => text.toUpperCase()}, {}) as (
      ...values: unknown[]
    ) => unknown;
    const data = {a: {at: (row: number) => [1, 4][row]}, "b c": ["x", "y"]};
    const op = (_: number, row: number) => row;
    expect(made(0, data, op)).toBe("<0>");
    expect(made(1, data, op)).toBe("Y");
  });

  test("a writer of values, with names of its own around it", () => {
    const code = '"use strict"; const _0 = _[0], _1 = _[1]; return (row,x) => {_0[row] = x;_1.push(x, -x);};';
    const [first, second] = [[0, 0], [] as number[]];
    (makeFunction("_", code)([first, second]) as (row: number, x: number) => void)(1, 7);
    expect(first).toEqual([0, 7]);
    expect(second).toEqual([7, -7]);
  });

  test("inner values do not leak out, outer ones are seen", () => {
    const made = makeFunction("a", "return (b) => (a = a + b, (c) => a + b + c)")(1) as (
      b: number
    ) => (c: number) => number;
    expect(made(10)(100)).toBe(121);
    expect(made(10)(100)).toBe(131);
  });

  test.each([
    "return class {}",
    "for (;;) {}",
    "return x => y => await z",
    "return globalThis",
    "return window.location"
  ])("refuses %s", (code) => {
    expect(() => makeFunction("x", code)(1)).toThrow(/not known here|not defined|Unexpected/);
  });

  test("gives what Function gives, for every program that Arquero writes", () => {
    const written: {texts: string[]; result: unknown}[] = [];
    const real = globalThis.Function;
    const table = () =>
      aq.table({k: ["b", "a", "b", null], x: [3, 1, 2, 5], d: [new Date(9), null, new Date(3), new Date(1)]});
    const run = () => [
      table().groupby("k").count().objects(),
      table()
        .groupby("k")
        .rollup({s: aq.op.sum("x"), m: aq.op.median("x")})
        .objects(),
      table()
        .derive({y: (d: {x: number}) => d.x * 2 + 1, r: aq.op.rank()})
        .orderby(aq.desc("y"))
        .objects(),
      table().orderby("k", aq.desc("d")).objects(),
      table()
        .filter((d: {x: number; k: string}) => d.x > 1 && d.k !== "a")
        .objects(),
      table()
        .join(aq.table({k: ["a", "b"], z: [1, 2]}))
        .objects(),
      table()
        .impute({k: () => "none"})
        .fold(["x"])
        .objects()
    ];
    const expected = run();
    const stand = (...texts: string[]) => {
      written.push({texts, result: null});
      return makeFunction(...texts);
    };
    try {
      globalThis.Function = stand as unknown as FunctionConstructor;
      expect(run()).toEqual(expected);
    } finally {
      globalThis.Function = real;
    }
    expect(written.length).toBeGreaterThan(10);
  });
});
