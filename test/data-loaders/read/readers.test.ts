import {execFileSync, spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import * as aq from "arquero";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {WebR} from "webr";
import {made} from "../made.js";

const page = readFileSync("src/data.md", "utf8");
const blocks = (language: string) =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, code = ""]) =>
    name === language ? [code] : []
  );

/** How many respondents have each pair of answers, from the Arrow file. */
async function pairs(row: string, column: string): Promise<Map<string, number>> {
  const table = aq.fromArrow((await made("respondents.arrow")).slice());
  const [a, b] = [table.array(row) as (string | null)[], table.array(column) as (string | null)[]];
  const counts = new Map<string, number>();
  for (const [i, code] of a.entries()) {
    if (code !== null && b[i] != null) counts.set(`${code} ${b[i]}`, (counts.get(`${code} ${b[i]}`) ?? 0) + 1);
  }
  return counts;
}

describe("R as it comes", () => {
  const r = new WebR();
  const code = blocks("r");
  const run = (script: string) => r.evalRRaw(script, "string[]");

  beforeAll(async () => {
    await r.init();
    for (const name of ["respondents.csv", "codebook.csv", "published.csv", "checks.csv", "claims.csv"]) {
      await r.FS.writeFile(`/home/web_user/${name}`, await made(name));
    }
    await run(`setwd("/home/web_user"); "ready"`);
  });
  afterAll(() => r.close());

  test("reads the files by the lines that the page gives", async () => {
    expect(code).toHaveLength(3);
    const [read = "", factors = "", published = ""] = code;
    const counted = `x <- as.data.frame(last); paste(x[[1]], x[[2]], x[[3]])`;
    const expected = [...(await pairs("office_size", "cooperation"))].map(([pair, count]) => `${pair} ${count}`).sort();
    for (const lines of [read, `${read}\n${factors}`]) {
      const found = await run(`last <- {\n${lines}}\n${counted}`);
      expect(found.filter((line) => !line.endsWith(" 0")).sort()).toEqual(expected);
    }
    // With the codebook's order, small offices come before large ones, and not by the alphabet.
    expect(await run("levels(respondents$office_size)")).toEqual(["small", "medium", "large", "very_large"]);
    const shown = await run(`last <- {\n${published}}\npaste(last$row, last$column, last$printed, last$value)`);
    expect(shown).toContain("medium hired_later 75 75");
  });

  test("reads texts, missing values and numbers of every size as they are", async () => {
    for (const name of ["checks", "claims"]) {
      const table = aq.fromArrow((await made(`${name}.arrow`)).slice());
      await run(`d <- read.csv("${name}.csv", na.strings = "", fileEncoding = "UTF-8"); "read"`);
      expect(await run("as.character(nrow(d))")).toEqual([String(table.numRows())]);
      expect(await run("names(d)")).toEqual(table.columnNames());
      const notes = (table.array("note") as (string | null)[]).map((note) => note || "-");
      expect(await run(`ifelse(is.na(d$note), "-", d$note)`)).toEqual(notes);
    }
    const lower = aq.fromArrow((await made("checks.arrow")).slice());
    const expected = (lower.array("recomputed_value") as (number | null)[]).filter((value) => value !== null);
    await run(`d <- read.csv("checks.csv", na.strings = "", fileEncoding = "UTF-8"); "read"`);
    expect(await r.evalRRaw("d$recomputed_value[!is.na(d$recomputed_value)]", "number[]")).toEqual(expected);
  });
});

describe("Python as it comes", () => {
  test("reads the files by the lines that the page gives, where there is a Python", async () => {
    const [code = ""] = blocks("python");
    expect(code).toContain("csv.DictReader");
    if (spawnSync("python3", ["--version"]).status !== 0) return;
    const folder = mkdtempSync(join(tmpdir(), "nav-offices-"));
    try {
      for (const name of ["respondents.csv", "datapackage.json"]) writeFileSync(join(folder, name), await made(name));
      const said = execFileSync("python3", ["-c", code], {cwd: folder, encoding: "utf8"});
      const rows = aq.fromArrow((await made("respondents.arrow")).slice()).numRows();
      expect(said.trim()).toBe(`${rows} NAV offices 2010, recomputed`);
    } finally {
      rmSync(folder, {recursive: true});
    }
  });
});
