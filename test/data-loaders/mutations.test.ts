import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {checkReport, writeChecks} from "../../data-loaders/checks/register.js";
import {reportTests} from "../../data-loaders/checks/tests.js";
import {erratumBy, readErrata} from "../../data-loaders/claims/errata.js";
import {writeClaims} from "../../data-loaders/claims/register.js";
import {citationFile, readCitation} from "../../data-loaders/publish/citation.js";
import {surveyCounts, usableSurveys} from "../../data-loaders/publish/respondents.js";
import {readAbout} from "../../data-loaders/read/about.js";
import {RawDataError} from "../../data-loaders/read/problem.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import {type Random, seeded} from "../../src/statistics/random.js";

/**
 * What a slip of the hand changes in raw data is refused with its place, or some check comes out otherwise. Nothing
 * passes unseen, and nothing ends in an error of the program.
 */

const raw = readRawFolder();
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;
const textOf = (name: string) => Buffer.from(raw.get(name) ?? []).toString("utf8");

/** A digit, a number, two fields or a character of a file changed. */
function slip(text: string, random: Random): string {
  const kind = Math.floor(random() * 4);
  const put = (at: number, length: number, by: string) => text.slice(0, at) + by + text.slice(at + length);
  if (kind === 0) return put(pick([...text.matchAll(/\d/g)], random).index, 1, String(Math.floor(random() * 10)));
  if (kind === 1) {
    const {index, 0: number} = pick([...text.matchAll(/\d+/g)], random);
    return put(index, number.length, pick(["0", "1", "99999", String(Number(number) + 1)], random));
  }
  if (kind === 2) return put(Math.floor(random() * text.length), 1, pick(["", "9", "-", ",", "x"], random));
  const lines = text.split("\n");
  const l = 1 + Math.floor(random() * Math.max(1, lines.length - 2));
  const fields = (lines[l] ?? "").split(",");
  const [a, b] = [Math.floor(random() * fields.length), Math.floor(random() * fields.length)];
  [fields[a], fields[b]] = [fields[b] ?? "", fields[a] ?? ""];
  return lines.with(l, fields.join(",")).join("\n");
}

const found = (files: ReadonlyMap<string, Uint8Array>) => {
  const report = readReport(files);
  for (const survey of usableSurveys(report)) surveyCounts(report, survey);
  return JSON.stringify(checkReport(report, {tests: reportTests(report, null)}));
};

test("a slip in a table is refused or noticed, whichever table it is in", () => {
  const before = found(raw);
  const tables = [...raw.keys()].filter((name) => name.startsWith("table-"));
  const unseen: string[] = [];
  for (let seed = 0; seed < Number(process.env.NAV_SEEDS ?? 10 * tables.length); seed++) {
    const name = tables[seed % tables.length] ?? "";
    const changed = slip(textOf(name), seeded(seed));
    if (changed === textOf(name)) continue;
    try {
      if (found(new Map(raw).set(name, Buffer.from(changed))) === before) unseen.push(`seed ${seed}: ${name}`);
    } catch (error) {
      if (!(error instanceof RawDataError)) unseen.push(`seed ${seed}: ${name}: ${error}`);
    }
  }
  expect(unseen).toEqual([]);
}, 300_000);

test("a slip in claims or errata is refused with its file, or read", async () => {
  const report = readReport(raw);
  const crashed: string[] = [];
  for (let seed = 0; seed < 30; seed++) {
    const name = pick(["claims.csv", "errata.csv"], seeded(seed));
    const files = new Map(raw).set(name, Buffer.from(slip(textOf(name), seeded(1000 + seed))));
    try {
      const errata = readErrata(files.get("errata.csv") ?? new Uint8Array());
      await writeClaims(report, files, erratumBy(errata, "claims"));
      if (name === "errata.csv") await writeChecks(report, files, erratumBy(errata, "checks"));
    } catch (error) {
      if (!(error instanceof RawDataError)) crashed.push(`seed ${seed}: ${name}: ${error}`);
    }
  }
  expect(crashed).toEqual([]);
}, 300_000);

test("a slip in about.json or CITATION.cff is refused with its file and no stack, or read", () => {
  const about = readFileSync(new URL("../../data-loaders/about.json", import.meta.url), "utf8");
  const citation = readFileSync(citationFile, "utf8");
  for (let seed = 0; seed < 400; seed++) {
    const random = seeded(seed);
    try {
      if (seed % 2 === 0) readAbout(slip(about, random));
      else readCitation(slip(citation, random));
    } catch (error) {
      expect(error, `seed ${seed}`).toBeInstanceOf(RawDataError);
      expect((error as Error).stack, `seed ${seed}`).not.toMatch(/^\s+at /m);
    }
  }
});
