import {readdirSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {describe, expect, test} from "vitest";
import {RawDataError} from "../../data-loaders/read/problem.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";

/**
 * A folder a case: the files in which it differs from the small report in `base`, the names of those taken away in
 * `removed.txt`, and in `expected.txt` the report of problems that the reader of it should get, word for word.
 * `npx vitest run test/data-loaders/bad-input.test.ts -u` writes the reports anew; read them before keeping them.
 */
const folder = fileURLToPath(new URL("./bad-input/", import.meta.url));
const base = readRawFolder(`${folder}base`);
const cases = readdirSync(folder).filter((name) => name !== "base");

/** The report of problems that a raw folder gives; fails the test when it gives none. */
function problemsOf(files: ReadonlyMap<string, Uint8Array>): string {
  try {
    readReport(files);
  } catch (error) {
    expect(error).toBeInstanceOf(RawDataError);
    return (error as RawDataError).message;
  }
  return expect.fail("the raw data were accepted");
}

/** The base report with one file made of other bytes. */
function withFile(name: string, change: (bytes: Buffer) => Uint8Array): Map<string, Uint8Array> {
  return new Map(base).set(name, change(Buffer.from(base.get(name) ?? [])));
}

test("the report that the cases differ from is sound, every kind of table in it", () => {
  const {tables} = readReport(base);
  expect(tables.map(({entry, cells}) => [entry.kind, cells.length])).toEqual([
    ["comparison", 16],
    ["crosstab", 41],
    ["frequency", 16],
    ["regression", 11],
    ["chart", 3]
  ]);
});

test.each(cases)("%s", async (name) => {
  const files = new Map(base);
  const own = readRawFolder(`${folder}${name}`);
  for (const [file, bytes] of own) if (file.endsWith(".csv")) files.set(file, bytes);
  const removed = new TextDecoder().decode(own.get("removed.txt"));
  for (const file of removed.split("\n")) files.delete(file);
  await expect(`${problemsOf(files)}\n`).toMatchFileSnapshot(`${folder}${name}/expected.txt`);
});

describe("bytes that an editor would not keep", () => {
  test.each([
    [
      "latin-1",
      "table-02.csv",
      (b: Buffer) => Buffer.from(b.toString("utf8"), "latin1"),
      /table-02\.csv:1 .*not UTF-8/s
    ],
    [
      "UTF-16",
      "table-01.csv",
      (b: Buffer) => Buffer.from(`\ufeff${b.toString("utf8")}`, "utf16le"),
      /table-01\.csv:1 .*UTF-8/s
    ],
    ["a cut letter", "table-05.csv", (b: Buffer) => b.subarray(0, b.indexOf("é") + 1), /table-05\.csv:3 .*not UTF-8/s],
    [
      "NUL",
      "table-03.csv",
      (b: Buffer) => Buffer.from(b.toString("utf8").replace("Stor", "St\0or")),
      /table-03\.csv:4:1 .*“St\\u\{0\}or”/s
    ],
    ["CR alone", "table-03.csv", (b: Buffer) => Buffer.from(b.toString("utf8").replaceAll("\n", "\r")), /table-03\.csv/]
  ])("%s is refused", (_, name, change, message) => {
    const text = problemsOf(withFile(name, change));
    expect(text).toMatch(/^1 problem in 1 raw file\n/);
    expect(text).toMatch(message);
  });

  test.each([
    ["a byte-order mark", (text: string) => `\ufeff${text}`],
    ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["both", (text: string) => `\ufeff${text.replaceAll("\n", "\r\n")}`],
    ["line ends of both kinds", (text: string) => text.replace("\n", "\r\n")]
  ])("%s changes no cell, nor where it is said to be", (_, change) => {
    const files = new Map([...base].map(([name, b]) => [name, Buffer.from(change(Buffer.from(b).toString("utf8")))]));
    expect(readReport(files)).toEqual(readReport(base));
  });
});
