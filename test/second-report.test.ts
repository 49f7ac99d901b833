import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {type Table, tableFromIPC} from "apache-arrow";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {root} from "../scripts/paths.js";
import {copyProject, runScript} from "./site/workspace.js";

/**
 * docs/another-report.md, step by step: a small made-up report takes the place of the first in a copy of the project,
 * and no line of code is changed.
 */
describe("another report", () => {
  const fixture = join(root, "test/second-report");
  let project: ReturnType<typeof copyProject>;
  const at = (path: string) => join(project.folder, path);
  const arrow = (name: string): Table => tableFromIPC(readFileSync(at(`dist/data/${name}`)));
  const rows = (name: string) =>
    arrow(name)
      .toArray()
      .map((row) => row.toJSON() as Record<string, unknown>);

  beforeAll(async () => {
    project = copyProject();
    // 1. Its raw files, its notebooks and what is said of it take the place of the first report's.
    for (const folder of ["data-loaders/raw"]) rmSync(at(folder), {recursive: true});
    for (const name of readdirSync(at("src")))
      if (name.endsWith(".md") && name !== "every-check.md") rmSync(at(`src/${name}`));
    mkdirSync(at("data-loaders/raw"));
    cpSync(join(fixture, "raw"), at("data-loaders/raw"), {recursive: true});
    cpSync(join(fixture, "pages"), at("src"), {recursive: true});
    cpSync(join(fixture, "about.json"), at("data-loaders/about.json"));
    cpSync(join(fixture, "CITATION.cff"), at("CITATION.cff"));
    // 2. Each table is checked; 3. the site is built.
    for (const table of [11, 12, 13, 14, 15, 16, 17, 18]) {
      const checked = await runScript(project.folder, "check-table", {args: [String(table)]});
      if (checked.code !== 0) throw new Error(checked.output);
    }
    const {code, output} = await runScript(project.folder, "build");
    if (code !== 0) throw new Error(output);
  });
  afterAll(() => project?.remove());

  test("is reconstructed, a data set a survey, under names that follow from its catalogue", () => {
    expect(arrow("respondents.arrow").numRows).toBe(183);
    expect(arrow("respondents.arrow").schema.fields.map(({name}) => name)).toEqual([
      "shift",
      "diet",
      "view_of_food",
      "floor"
    ]);
    expect(arrow("respondents-2019.arrow").numRows).toBe(96);
    expect(existsSync(at("dist/data/respondents-2008.arrow"))).toBe(false);
    const night = rows("respondents.arrow").filter(({shift, diet}) => shift === "night" && diet === "vegetarian");
    expect(night.length).toBe(4);
  });

  test("is checked: its one misprint is found, and nothing else", () => {
    const wrong = rows("checks.arrow").filter(({verdict}) => verdict === "differs" || verdict === "inconsistent");
    expect(wrong.map(({id, erratum}) => [id, erratum])).toEqual([["t13.day.dissatisfied.percent", "e01"]]);
    expect(
      rows("checks.arrow")
        .filter(({kind}) => kind === "count")
        .map(({verdict}) => verdict)
    ).not.toContain("inconsistent");
  });

  test("has its claims recomputed, from either survey, in its own words for numbers", () => {
    const verdicts = Object.fromEntries(rows("claims.arrow").map(({id, verdict}) => [id, verdict]));
    expect(verdicts).toEqual({
      "for-01": "exact",
      "ata-01": "exact",
      "ata-02": "exact",
      "noj-01": "exact",
      "not-01": "exact"
    });
    const quarter = rows("claims.arrow").find(({id}) => id === "ata-01");
    expect(quarter).toMatchObject({printed_value: 0.25});
  });

  test("says of itself what about.json says, and nothing of the first report", () => {
    for (const name of readdirSync(at("dist/data")).filter((file) => file.endsWith(".arrow"))) {
      const {metadata} = arrow(name).schema;
      expect(metadata.get("source"), name).toContain("canteen");
    }
    expect(existsSync(at("dist/data/canteen-2021.zip"))).toBe(true);
    expect(readFileSync(at("dist/data/datapackage.json"), "utf8")).not.toContain("NAV");
    for (const name of ["index.html", "before.html"]) {
      const page = readFileSync(at(`dist/${name}`), "utf8");
      expect(page).toContain("The canteen, recomputed");
      expect(page).toContain("Two years before");
      for (const word of ["NAV", "Arbeidsforskningsinstituttet", "who-works-here"])
        expect(page, word).not.toContain(word);
    }
  });

  test("each file names the raw files that it is made from, and no others", () => {
    const inputs = (name: string) => Object.keys(JSON.parse(arrow(name).schema.metadata.get("inputs") ?? "{}"));
    const codebook = ["categories.csv", "tables.csv", "variables.csv"];
    expect(inputs("respondents-2019.arrow").sort()).toEqual([...codebook, "table-11.csv", "table-16.csv"].sort());
    expect(inputs("tests.arrow").filter((name) => name.startsWith("table-"))).toEqual([
      "table-12.csv",
      "table-13.csv",
      "table-14.csv",
      "table-17.csv",
      "table-18.csv"
    ]);
    expect(inputs("claims.arrow")).toContain("errata.csv");
    expect(inputs("published.arrow")).not.toContain("errata.csv");
  });
});
