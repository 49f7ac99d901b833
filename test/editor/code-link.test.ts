import {expect, test} from "vitest";
import {decodeCode, encodeCode} from "../../src/editor/code-link.js";
import {limits} from "../../src/sandbox/limits.js";

test.each(["", "1 + 1", "const navn = 'blåbær – 😀';\n", "x".repeat(limits.codeLength)])(
  "code comes back: %#",
  async (code) => {
    const text = await encodeCode(code);
    expect(text).toMatch(/^[\w-]*$/);
    expect(await decodeCode(text)).toBe(code);
  }
);

test.each(["%%%", "AAAA", "a"])("%j is no code", async (text) => {
  await expect(decodeCode(text)).rejects.toThrow();
});

test("a cut address is no code", async () => {
  const text = await encodeCode("respondents.groupby('role').count()");
  await expect(decodeCode(text.slice(0, -8))).rejects.toThrow();
});

test("what unpacks to too much is refused", async () => {
  await expect(decodeCode(await encodeCode("0".repeat(50_000_000)))).rejects.toThrow(RangeError);
});
