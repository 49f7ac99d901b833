import {createHash} from "node:crypto";
import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {copyProject, runScript} from "../site/workspace.js";

/** The command that adds a table: all of it or nothing, and with the loaders as judges. */
describe("add-table", () => {
  let project: ReturnType<typeof copyProject>;
  const at = (path: string) => join(project.folder, path);
  const add = (...args: string[]) => runScript(project.folder, "add-table", {args});
  const check = (...args: string[]) => runScript(project.folder, "check-table", {args});
  const line = [
    ["--survey", "2010"],
    ["--kind", "crosstab"],
    ["--title", "Kjønn etter kontorstørrelse, en prøve"],
    ["--title-en", "Gender by size of office, a trial"],
    ["--row-variable", "gender"],
    ["--column-variable", "office_size"],
    ["--asked", "Alle ansatte"],
    ["--asked-en", "All employees"],
    ["--section", "Hvem gjør hva i NAV-kontorene?"],
    ["--use", "no"],
    ["--use-note", "A trial, and nobody’s answers."]
  ].flat();

  /** What the raw folder and the pages hold, as one checksum. */
  const state = () => {
    const hash = createHash("sha256");
    for (const folder of ["data-loaders/raw", "src"]) {
      for (const name of readdirSync(at(folder)).sort()) {
        if (/\.(csv|md)$/.test(name)) hash.update(name).update(readFileSync(at(`${folder}/${name}`)));
      }
    }
    return hash.digest("hex");
  };
  const pasted = (name: string, text: string) => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const tsv = [
    "\t\tSmå kontor\tMellomstore kontor\tStore kontor\tSvært store kontor\tTotal",
    "Mann\tAntall\t10\t20\t30\t40\t100",
    "Mann\tProsent\t10%\t20%\t30%\t40%\t100%",
    "Kvinne\tAntall\t20\t20\t30\t30\t100",
    "Kvinne\tProsent\t20%\t20%\t30%\t30%\t100%",
    "Total\tAntall\t30\t40\t60\t70\t200",
    "Total\tProsent\t15%\t20%\t30%\t35%\t100%"
  ].join("\n");

  beforeAll(() => {
    project = copyProject();
  });
  afterAll(() => project?.remove());

  test("refuses what is wrong, says where, and leaves nothing behind", async () => {
    const before = state();
    const wrong: [string, string[], RegExp[]][] = [
      ["a number that there is", ["2", ...line], [/has a table 2 already/]],
      ["no number", [...line], [/no number/]],
      ["a line that lacks fields", ["41", "--kind", "frequency"], [/--survey/, /--row-variable/]],
      ["an unknown variable", ["41", ...line, "--row-variable", "shoe_size"], [/tables\.csv:\d+:6/, /shoe_size/]],
      [
        "an unknown label",
        ["41", ...line, "--from", pasted("label.tsv", tsv.replaceAll("Kvinne", "Kvine"))],
        [/table-41\.csv:4:1/, /found: +“Kvine”/, /expected: .*“Kvinne”/]
      ],
      [
        "no number where one stands",
        ["41", ...line, "--from", pasted("number.tsv", tsv.replace("\t40\t100\n", "\t4o\t100\n"))],
        [/table-41\.csv:2:6/, /“4o”/, /whole number/]
      ],
      ["no such page", ["41", ...line, "--page", "src/nowhere.md"], [/src\/nowhere\.md/]],
      ["no such file", ["41", ...line, "--from", at("none.csv")], [/there is no file/]],
      ["no table", ["41", "--from", pasted("prose.txt", "A line of prose\nand another\n")], [/^No columns are seen/m]],
      [
        "rows that cannot be told apart",
        ["41", "--from", pasted("twice.csv", ",Men,Women\nOther,1,2\nOther,3,4\n")],
        [/Two rows of one variable are called “Other”: say by --rows/]
      ]
    ];
    for (const [what, args, expected] of wrong) {
      const {code, output} = await add(...args);
      expect(code, `${what}\n${output}`).toBe(1);
      for (const pattern of expected) expect(output, what).toMatch(pattern);
      expect(state(), `${what} leaves everything as it was`).toBe(before);
    }
    expect(readdirSync(at("node_modules")).filter((name) => name.startsWith(".add-table"))).toEqual([]);
  });

  test("adds a pasted table, its line in its place, and its cells in a notebook that lacks their imports", async () => {
    const added = await add("41", ...line, "--from", pasted("good.tsv", tsv), "--page", "src/every-check.md");
    expect(added.code, added.output).toBe(0);
    expect(readFileSync(at("data-loaders/raw/table-41.csv"), "utf8")).toContain("Mann,Antall,10,20,30,40,100\n");
    const lower = await add("40", ...line, "--from", at("good.tsv"));
    expect(lower.code, lower.output).toBe(0);
    const numbers = readFileSync(at("data-loaders/raw/tables.csv"), "utf8").match(/^\d+/gm);
    expect(numbers?.slice(-3)).toEqual(["34", "40", "41"]);
    const page = readFileSync(at("src/every-check.md"), "utf8");
    expect(page).toContain("## Table 41");
    expect(page).toContain("comparisonTable(compareTable(published, report, 41");
    for (const needed of ["comparisonTable", "compareTable", "recomputeTable"]) {
      expect(page.match(new RegExp(`^import \\{.*\\b${needed}\\b`, "gm")), needed).toHaveLength(1);
    }
    const checked = await check("41");
    expect(checked.code, checked.output).toBe(0);
    expect(checked.output).toContain("30 numbers read");
  });

  test("shows the lines that it writes, and takes them back unless somebody has edited them since", async () => {
    const before = state();
    const added = await add("43", ...line, "--from", at("good.tsv"));
    expect(added.output).toContain("data-loaders/raw/table-43.csv, a new file:\n  + ");
    expect(added.output).toContain("  + Mann,Antall,10,20,30,40,100\n");
    const file = at("data-loaders/raw/table-43.csv");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("Mann,Antall,10", "Mann,Antall,11"));
    const kept = await add("--undo");
    expect(kept.code).toBe(1);
    expect(kept.output).toContain("table-43.csv has changed since");
    writeFileSync(file, text);
    const undone = await add("--undo");
    expect(undone.code, undone.output).toBe(0);
    expect(state()).toBe(before);
    expect((await add("--undo")).output).toContain("nothing that was added last");
  });

  test("check-table names the place, what is printed and the interval of a number that does not hold", async () => {
    const file = at("data-loaders/raw/table-41.csv");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("Kvinne,Prosent,20%,20%", "Kvinne,Prosent,20%,21%"));
    const {code, output} = await check("41");
    expect(code).toBe(1);
    expect(output).toMatch(/table-41\.csv:5:4 .*Kvinne × Mellomstore kontor/);
    expect(output).toMatch(/printed: 21%, recomputed: 20\.00, allowed: 20\.5 to 21\.5/);
    writeFileSync(file, text.replace("Kvinne,Antall,20,20", "Kvinne,Antall,20,2x"));
    const broken = await check("41");
    expect(broken.code).toBe(1);
    expect(broken.output).toContain("table-41.csv:4:4");
    writeFileSync(file, text);
  });

  test("check-table reads no other table, and passes what errata.csv lists", async () => {
    const other = at("data-loaders/raw/table-03.csv");
    const text = readFileSync(other, "utf8");
    writeFileSync(other, "half a table");
    const listed = await check("1");
    expect(listed.code, listed.output).toBe(0);
    expect(listed.output).toContain("e10 of errata.csv");
    writeFileSync(other, text);
    expect((await check("99")).output).toContain("no table 99");
    expect((await check("two")).code).toBe(2);
  });

  test("writes an empty frame with the codebook’s labels, whose only problems are its empty fields", async () => {
    const frequency = line.map((word) => ({crosstab: "frequency", office_size: ""})[word] ?? word);
    const added = await add("42", ...frequency, "--summary", "total missing total");
    expect(added.code, added.output).toBe(0);
    expect(readFileSync(at("data-loaders/raw/table-42.csv"), "utf8").split("\n").slice(0, 5)).toEqual([
      ",Antall,Prosent",
      "Mann,,",
      "Kvinne,,",
      "Total,,",
      "Missing,,"
    ]);
    const {code, output} = await check("42");
    expect(code).toBe(1);
    const found = output.match(/found: .*/g) ?? [];
    expect(found.length).toBe(8);
    for (const one of found) expect(one).toContain("an empty field");
  });
});
