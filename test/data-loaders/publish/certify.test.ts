import {spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import * as aq from "arquero";
import {describe, expect, test} from "vitest";
import {maker, outputs} from "../../../data-loaders/make/outputs.js";
import type {Certificate} from "../../../src/tables/certificate.js";
import {fileAt, made, names, raw, text} from "../made.js";

const certificate = JSON.parse(await text("certificate.json")) as Certificate;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("the certificate", () => {
  test("has the checksum and the size of every other published file, and of every raw file", async () => {
    const {raw: went, derived} = certificate.manifest;
    expect(derived.map(({file}) => file).sort()).toEqual(names.filter((name) => name !== "certificate.json").sort());
    expect(went.map(({file}) => file)).toEqual([...raw.keys()].map((name) => `raw/${name}`).sort());
    for (const {file, bytes, sha256: sum, comment} of [...went, ...derived]) {
      const content = await fileAt(file);
      expect([bytes, sum], file).toEqual([content.length, sha256(content)]);
      expect(comment, file).not.toBe("");
    }
  });

  test("says which commit it is of, or that there is no history", () => {
    const git = (...args: string[]) => spawnSync("git", args, {encoding: "utf8"}).stdout?.trim();
    const known = git("rev-parse", "--show-cdup") === "" && git("rev-parse", "--show-prefix") === "";
    expect(certificate.checkout === null).toBe(!known || !git("rev-parse", "HEAD"));
    if (!certificate.checkout) return;
    expect(certificate.checkout.commit).toBe(git("rev-parse", "HEAD"));
    expect(certificate.checkout.date).toBe(git("show", "--no-patch", "--format=%cI", "HEAD"));
  });

  test("holds no other date", async () => {
    const {checkout, ...rest} = certificate;
    expect(JSON.stringify(rest)).not.toMatch(/20[2-9]\d-[01]\d|:\d\d:\d\d/);
  });

  test("counts what the registers hold", async () => {
    for (const [name, tally] of [
      ["checks", certificate.results.checks],
      ["claims", certificate.results.claims]
    ] as const) {
      const table = aq.fromArrow((await made(`${name}.arrow`)).slice());
      const verdicts = table.array("verdict") as string[];
      for (const [verdict, count] of Object.entries(tally)) {
        expect(count, `${name} ${verdict}`).toBe(verdicts.filter((found) => found === verdict).length);
      }
      expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBe(table.numRows());
    }
    const {numbers, relations} = certificate.results;
    const sum = (tally: Readonly<Record<string, number>>) => Object.values(tally).reduce((a, b) => a + b, 0);
    const column = (name: string) => made("checks.arrow").then((bytes) => aq.fromArrow(bytes.slice()).array(name));
    const settled = (await column("numbers")) as number[];
    expect(sum(numbers)).toBe(aq.fromArrow((await made("published.arrow")).slice()).numRows());
    expect(sum(numbers) - (numbers.not_checkable ?? 0)).toBe(settled.reduce((a, b) => a + b, 0));
    expect(sum(relations)).toBeLessThanOrEqual(settled.filter((n) => n === 0).length);
    const {tables, compared, equal} = certificate.results.counts;
    expect(tables).toBeGreaterThan(25);
    expect(compared).toBeGreaterThan(tables * 4);
    expect(equal).toBe(compared);
  });

  test("comes out the same when everything is made again", async () => {
    const again = maker(new Map(raw));
    for (const name of ["datapackage.json", "nav-offices-2010.zip", "certificate.json"]) {
      expect(sha256(await again(name)), name).toBe(sha256(await made(name)));
    }
  });

  test("is made last, and each file after all that it is made from", () => {
    expect(names.at(-1)).toBe("certificate.json");
    for (const [name, {from = []}] of Object.entries(outputs)) {
      for (const source of from)
        expect(names.indexOf(source), `${source} for ${name}`).toBeLessThan(names.indexOf(name));
    }
  });
});

describe("published files", () => {
  test("are made once, however many are made from them", async () => {
    const asked: string[] = [];
    const make = maker(new Map(raw), (name) => {
      asked.push(name);
      return null;
    });
    await Promise.all([make("nav-offices-2010.zip"), make("certificate.json"), make("published.csv")]);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test("are taken from another process where that has made them", async () => {
    const arrow = await made("respondents-2008.arrow");
    const make = maker(new Map(), (name) => (name === "respondents-2008.arrow" ? arrow : null));
    expect(await make("respondents-2008.csv")).toEqual(await made("respondents-2008.csv"));
  });
});
