import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {Kept} from "../../../scripts/build/kept.js";

let folder = "";
let made: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-"));
  made = [];
});
afterEach(() => {
  rmSync(folder, {recursive: true, force: true});
  vi.restoreAllMocks();
});

/** What a build gets for some inputs, and keeps. */
async function build(...inputs: string[]): Promise<string[]> {
  const kept = new Kept<string>("things", ["scripts/build/kept.ts"], folder);
  const make = (input: string) => async () => {
    made.push(input);
    return `made of ${input}`;
  };
  const results: string[] = [];
  for (const input of inputs) results.push(await kept.get(input, make(input), (result) => !result.endsWith("!")));
  kept.save();
  return results;
}

test("what was made of the same inputs is not made again; what a build does not ask for is forgotten", async () => {
  expect(await build("a", "b")).toEqual(["made of a", "made of b"]);
  expect(await build("a")).toEqual(["made of a"]);
  expect(made).toEqual(["a", "b"]);
  await build("b");
  expect(made).toEqual(["a", "b", "b"]);
});

test("what is not whole is not kept", async () => {
  await build("a!");
  await build("a!");
  expect(made).toEqual(["a!", "a!"]);
});

test("a file in which anything has changed is said and made anew", async () => {
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  for (const spoil of [
    (text: string) => text.replace("made of a", "made of b"),
    (text: string) => text.slice(0, -1),
    () => "null",
    () => ""
  ]) {
    await build("a");
    const file = join(folder, "things.json");
    writeFileSync(file, spoil(readFileSync(file, "utf8")));
    made = [];
    expect(await build("a")).toEqual(["made of a"]);
    expect(made).toEqual(["a"]);
  }
  expect(said).toHaveBeenCalledTimes(4);
});
