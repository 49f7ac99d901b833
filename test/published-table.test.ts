import {cpSync, existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {type Table, tableFromIPC} from "apache-arrow";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {root} from "../scripts/paths.js";
import {copyProject, runScript} from "./site/workspace.js";

/**
 * docs/another-report.md, word by word: from the table of a published paper, as it was pasted (211 patients, six
 * variables stacked under headings), to a built site. No number is retyped and no line of code is changed.
 */
describe("a published paper’s table becomes a site", () => {
  let project: ReturnType<typeof copyProject>;
  let added = "";
  const at = (path: string) => join(project.folder, path);
  const arrow = (name: string): Table => tableFromIPC(readFileSync(at(`dist/data/${name}`)));
  const rows = (name: string) =>
    arrow(name)
      .toArray()
      .map((row) => row.toJSON() as Record<string, unknown>);

  beforeAll(async () => {
    project = copyProject();
    cpSync(join(root, "test/data-loaders/pasted/cases/01-stacked-n-percent-chi2.tsv"), at("table-1.tsv"));
    cpSync(join(root, "test/data-loaders/pasted/cases/other-contradictions.tsv"), at("ratios.tsv"));
    const say = async (script: string, ...args: string[]) => {
      const {code, output} = await runScript(project.folder, script, {args});
      if (code !== 0) throw new Error(output);
      return output;
    };
    const source = "A published survey of 211 patients";
    await say("new-report", "--title", "Willing or not", "--source", source, "--survey", "2021", "--yes");
    await say("read-table", "table-1.tsv");
    // Of another paper, with ratios that nobody can be given.
    await say("add-table", "A1", "--from", "ratios.tsv", "--page", "src/index.md");
    added = await say(
      "add-table",
      "1",
      "--from",
      "table-1.tsv",
      "--column-name",
      "Willingness",
      "--page",
      "src/index.md"
    );
    for (const table of ["1b", "1c"]) await say("check-table", table);
    await say("build/build");
  });
  afterAll(() => project?.remove());

  test("what each number is taken for is shown before it is written", () => {
    expect(added.indexOf("82 numbers in 3 blocks")).toBeGreaterThan(0);
    expect(added.indexOf("82 numbers in 3 blocks")).toBeLessThan(added.indexOf("table-01a.csv written"));
  });

  test("its 211 patients have every printed count, with no table that counts everybody", () => {
    const people = rows("respondents.arrow");
    expect(people.length).toBe(211);
    expect(Object.keys(people[0] ?? {})).toEqual(["age", "willingness", "gender", "residence"]);
    expect(people.filter(({age, willingness}) => age === "le_50" && willingness === "likely").length).toBe(22);
    expect(rows("checks.arrow").filter(({kind, verdict}) => kind === "count" && verdict === "exact").length).toBe(3);
  });

  test("its real error is found and its sound P values are not accused", () => {
    const wrong = rows("checks.arrow").filter(({verdict}) => verdict === "differs" || verdict === "inconsistent");
    expect(wrong.map(({id, printed}) => [id, printed])).toEqual([
      ["t1a.le_50.not_likely.percent", "37.1%"],
      ["tA1.smoking.interval_p", "0.24"],
      ["tA1.age_gt_60.hr.interval", "2.10"]
    ]);
    const p = rows("checks.arrow").filter(({kind}) => kind === "p");
    expect(p.map(({printed, verdict}) => [printed, verdict])).toEqual([
      ["0.254", "exact"],
      ["0.287", "exact"],
      ["0.594", "exact"]
    ]);
  });

  test("what is printed stays as printed, in raw files and on pages", () => {
    expect(readFileSync(at("data-loaders/raw/table-01a.csv"), "utf8")).toContain("≤50,%,29.4%,30.1%,37.1%,23.8%");
    const page = readFileSync(at("dist/index.html"), "utf8");
    expect(page).toContain("30.1%");
    expect(page).not.toContain("30,1%");
    expect(page).toContain("By its interval P is 0.000986 to 0.00146, and “0.24” is printed.");
    expect(rows("published.arrow").find(({printed}) => printed === "37.1%")).toMatchObject({table: "1a", value: 37.1});
  });

  test("nothing of the first report is left on its pages, and its one language is not offered twice", () => {
    const pages = readdirSync(at("dist")).filter((name) => name.endsWith(".html"));
    expect(pages.sort()).toEqual(["404.html", "every-check.html", "explore.html", "index.html", "what-holds.html"]);
    for (const name of pages) {
      const page = readFileSync(at(`dist/${name}`), "utf8");
      expect(page, name).not.toMatch(/\bNAV\b|Norsk|Arbeidsforskningsinstituttet|lang="n[bo]"|id="label-switch"/);
    }
    expect(existsSync(at("dist/data/willing-or-not.zip"))).toBe(true);
    expect(readFileSync(at("dist/data/codebook.csv"), "utf8")).not.toContain("Ubesvart");
  });
});

test("a report of percents alone is checked and shown, and says why it has no respondents", async () => {
  const project = copyProject();
  const at = (path: string) => join(project.folder, path);
  try {
    cpSync(join(root, "test/data-loaders/pasted/cases/05d-percent-only-typo.csv"), at("table.csv"));
    for (const [script, ...args] of [
      ["new-report", "--title", "Travel", "--source", "A poll", "--survey", "2011", "--yes"],
      ["add-table", "S1", "--from", "table.csv", "--page", "src/index.md"],
      ["build/build"]
    ] as const) {
      const {code, output} = await runScript(project.folder, script, {args});
      if (code !== 0) throw new Error(output);
    }
    const checks = tableFromIPC(readFileSync(at("dist/data/checks.arrow")))
      .toArray()
      .map((row) => row.toJSON());
    expect(checks.filter(({verdict}) => verdict !== "exact").map(({id}) => id)).toEqual(["tS1.column.18_39.hundred"]);
    expect(readFileSync(at("dist/index.html"), "utf8")).toContain("76,6");
    expect(readFileSync(at("dist/explore.html"), "utf8")).toContain("There is nobody to cross questions of");
    expect(existsSync(at("dist/data/bounds.arrow"))).toBe(false);
  } finally {
    project.remove();
  }
});
