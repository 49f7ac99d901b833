import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {keeper} from "../../../data-loaders/make/derived.js";

const origin = {inputs: [1, 2, 3], code: ["data-loaders/make/derived.ts"]};
const result = {total: 1257, shares: [0.25, 0.75], name: "æ\n"};

let folder: string;
let lines: string[];
let made: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-"));
  lines = [];
  made = 0;
});
afterEach(() => {
  rmSync(folder, {recursive: true, force: true});
});

/** What a new process would get. */
function get(where = folder, inputs: unknown = origin.inputs) {
  const derived = keeper(where, (line) => lines.push(line));
  const make = async () => {
    made++;
    return result;
  };
  return derived({name: "sum", origin: {...origin, inputs}, make});
}

const file = () => join(folder, readdirSync(folder)[0] ?? "");

describe("a kept result", () => {
  test("is made once, and again for other inputs only", async () => {
    expect(await get()).toEqual(result);
    expect(await get()).toEqual(result);
    expect(made).toBe(1);
    await get(folder, [1, 2, 4]);
    expect([made, readdirSync(folder).length, lines]).toEqual([2, 2, []]);
  });

  const kept = () => readFileSync(file(), "utf8");
  test.each([
    ["a changed digit", () => kept().replace("1257", "1258")],
    ["a changed checksum", () => kept().replace(/^./, (first) => (first === "0" ? "1" : "0"))],
    ["null", () => "null"],
    ["null under its own checksum", () => "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b\nnull"],
    ["half of it", () => kept().slice(0, kept().length / 2)],
    ["a line more", () => `${kept()}\n`],
    ["nothing", () => ""]
  ])("with %s is made anew, with one line that says so", async (_, damaged) => {
    await get();
    const whole = kept();
    writeFileSync(file(), damaged());
    expect(await get()).toEqual(result);
    expect(made).toBe(2);
    expect(lines).toEqual([`${file()} is not what was kept and is made anew.`]);
    expect(kept()).toBe(whole);
  });

  test("that cannot be read is made anew, and nothing is lost when it cannot be replaced", async () => {
    await get();
    const name = file();
    rmSync(name);
    mkdirSync(name);
    expect([await get(), made]).toEqual([result, 2]);
    expect(lines[0]).toBe(`${name} cannot be read and is made anew.`);
    expect(lines[1]).toMatch(/^Results cannot be kept in /);
  });

  test("is done without where nothing can be written, which is said once", async () => {
    // A file stands where the folder should be: nobody can write there, not even the superuser.
    const blocked = join(folder, "taken", "kept");
    writeFileSync(join(folder, "taken"), "");
    const derived = keeper(blocked, (line) => lines.push(line));
    for (const input of [1, 2]) {
      expect(await derived({name: "sum", origin: {...origin, inputs: input}, make: async () => result})).toEqual(
        result
      );
    }
    expect(lines).toEqual([expect.stringContaining(`Results cannot be kept in ${blocked} (`)]);
  });

  test("leaves nothing half-written behind on a full disk", async () => {
    // /dev/full takes no byte; a link to it stands where the unfinished file would be written.
    if (!existsSync("/dev/full")) return;
    await get();
    const name = file();
    rmSync(name);
    symlinkSync("/dev/full", `${name}.${process.pid}`);
    expect([await get(), made]).toEqual([result, 2]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/ENOSPC/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("that failed is asked for again in a new process", async () => {
    const derived = keeper(folder, (line) => lines.push(line));
    const failing = () => derived({name: "sum", origin, make: () => Promise.reject(new Error("no"))});
    await expect(failing()).rejects.toThrow("no");
    await expect(failing()).rejects.toThrow("no");
    expect(await get()).toEqual(result);
    expect([made, lines]).toEqual([1, []]);
  });
});
