import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {tabulate} from "../../src/tables/tabulate.js";

describe("tabulate", () => {
  test("counts pairs, row by row", () => {
    const rows = Uint8Array.from([0, 0, 1, 1, 1]);
    const columns = Uint8Array.from([2, 2, 0, 1, 0]);
    expect([...tabulate(rows, columns, 2, 3)]).toEqual([0, 0, 2, 2, 1, 0]);
  });

  test("counts nobody as nobody", () => {
    expect([...tabulate(new Uint8Array(), new Uint8Array(), 2, 2)]).toEqual([0, 0, 0, 0]);
  });

  test("counts as a plain loop does, for lengths even and odd", () => {
    const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(3)), {maxLength: 60});
    fc.assert(
      fc.property(pairs, (given) => {
        const expected = new Array(24).fill(0);
        for (const [r, c] of given) expected[r * 4 + c]++;
        const counts = tabulate(
          Uint8Array.from(given, ([r]) => r),
          Uint8Array.from(given, ([, c]) => c),
          6,
          4
        );
        expect([...counts]).toEqual(expected);
      })
    );
  });

  test("drops nobody unseen", () => {
    expect(() => tabulate(Uint8Array.of(0, 2), Uint8Array.of(0, 0), 2, 1)).toThrow("1 respondents have a code outside");
    expect(() => tabulate(Uint8Array.of(0, 255), Uint8Array.of(0, 255), 2, 1)).toThrow(RangeError);
    expect(() => tabulate(Uint8Array.of(0), Uint8Array.of(), 1, 1)).toThrow("1 and 0 respondents");
  });
});
