import {beforeAll, describe, expect, test} from "vitest";
import {type Check, isWrong} from "../../../data-loaders/checks/check.js";
import {allChecks} from "../../../data-loaders/checks/register.js";
import {type Erratum, errataFile, erratumBy, readErrata, writeErrata} from "../../../data-loaders/claims/errata.js";
import {type CheckedClaim, loadClaims} from "../../../data-loaders/claims/register.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import type {TableId} from "../../../src/tables/table-id.js";
import {sphereOf, type Verdict} from "../../../src/tables/verdict.js";

const files = readRawFolder();
const report = readReport(files);
const raw = files.get(errataFile) ?? new Uint8Array();
let errata: Erratum[];
let checks: Check[];
let claims: CheckedClaim[];

beforeAll(async () => {
  errata = readErrata(raw);
  [checks, claims] = await Promise.all([allChecks(report), loadClaims(report, files)]);
});

/** What a list names more than once. */
const repeated = (ids: readonly string[]) => ids.filter((id, i) => ids.indexOf(id) !== i);

describe("the errata of the report", () => {
  test("are these many, by what they do to conclusions, the worst first", () => {
    const count = (bearing: string) => errata.filter(({conclusion}) => conclusion === bearing).length;
    expect([count("changed"), count("weakened"), count("unchanged")]).toEqual([2, 12, 68]);
    const order = ["changed", "weakened", "unchanged"];
    const ranks = errata.map(({conclusion}) => order.indexOf(conclusion));
    expect(ranks).toEqual([...ranks].sort());
    expect(errata.map(({id}) => id).sort()).toEqual(errata.map((_, i) => `e${String(i + 1).padStart(2, "0")}`));
  });

  test("tell of every check that fails, each in one erratum", () => {
    const told = errata.flatMap((erratum) => erratum.checks);
    const failing = checks.filter(
      ({verdict, rule}) => isWrong(verdict) || (verdict === "rounding" && rule === "twice")
    );
    expect(failing.length).toBeGreaterThan(0);
    expect([...told].sort()).toEqual(failing.map(({id}) => id).sort());
  });

  test("tell of every claim that fails", () => {
    const told = new Set(errata.flatMap((erratum) => erratum.claims));
    const failing = claims.filter(({verdict}) => isWrong(verdict));
    expect(failing.length).toBeGreaterThan(0);
    expect(failing.map(({id}) => id).filter((id) => !told.has(id))).toEqual([]);
  });

  test("name checks and claims that there are, none twice", () => {
    const [told, said] = [errata.flatMap((e) => e.checks), errata.flatMap((e) => e.claims)];
    expect(told.filter((id) => !checks.some((check) => check.id === id))).toEqual([]);
    expect(said.filter((id) => !claims.some((claim) => claim.id === id))).toEqual([]);
    // `erratumBy` keeps one erratum a claim, so a second one would not be shown.
    expect([...repeated(told), ...repeated(said)]).toEqual([]);
  });

  test("each have a check or a claim that still fails, or tell in words of a sentence or a label", () => {
    const verdictOf = new Map<string, Verdict>([...checks, ...claims].map(({id, verdict}) => [id, verdict]));
    const among = (ids: readonly string[], ...wanted: readonly Verdict[]) =>
      ids.some((id) => wanted.some((verdict) => verdict === verdictOf.get(id)));
    for (const {id, kind, checks: told, claims: said} of errata) {
      const fails = among([...told, ...said], "differs", "inconsistent", "rounding");
      const inWords = kind === "label" || kind === "sentence";
      expect([id, fails || (inWords && told.length === 0)]).toEqual([id, true]);
      // What is said in words names only statements that nothing settles.
      if (!fails) expect([id, said.filter((claim) => verdictOf.get(claim) !== "not_checkable")]).toEqual([id, []]);
    }
  });

  test("stand in numbers, labels or text, and in each of them", () => {
    const spheres = errata.map(sphereOf);
    const count = (sphere: string) => spheres.filter((each) => each === sphere).length;
    expect([count("numbers"), count("labels"), count("text")]).toEqual([5, 33, 44]);
  });

  test("of titles that are turned round are all there are", () => {
    // The words after “etter”, as every title of a crosstab has them, and the variable that they name.
    const named: readonly [RegExp, string][] = [
      [/^tidligere (arbeidsplass|bakgrunn)/, "background"],
      [/^(størrelse på kontoret|kontorstørrelse)/, "office_size"],
      [/^kjønn/, "gender"],
      [/^fagområde/, "field"],
      [/^(behov for mer oppfølging|oppfølgingsbehov)/, "follow_up_need"],
      [/^stilling/, "position"],
      [/^rolle/, "role"],
      [/^oppstartsår/, "start_year"],
      [/^oppfatning om NAV-reformen/, "view_of_reform"],
      [/^ledernes prioritering/, "prioritises_staff"]
    ];
    const turned = report.tables.flatMap(({entry}) => {
      const [, after] = /\better (?!reformen)([^.]+)(?:\.|$)/.exec(entry.title.replace(/^.* i havn/, "")) ?? [];
      if (entry.kind !== "crosstab" || after === undefined) return [];
      const variable = named.find(([words]) => words.test(after))?.[1] ?? expect.fail(`table ${entry.table}: ${after}`);
      const base = entry.percentOf === "row" ? entry.row : entry.column;
      return base?.name === variable ? [] : [entry.table];
    });
    const told = errata.filter(({kind, printed}) => kind === "label" && printed === "etter").map(({table}) => table);
    expect(turned).toEqual(told);
    expect(turned.length).toBeGreaterThan(0);
  });

  test("of spellings quote what is printed there, and what is printed elsewhere", () => {
    const labels = (table: TableId) =>
      report.tables
        .filter(({entry}) => entry.table === table)
        .flatMap(({cells}) => cells.flatMap(({row, column}) => [row?.label ?? "", column?.label ?? ""]));
    for (const {id, table, printed} of errata.filter(({place}) => /^Table \d+, label$/.test(place))) {
      expect([id, labels(table ?? 0).some((label) => label.includes(printed))]).toEqual([id, true]);
      const others = report.tables.filter(({entry}) => entry.table !== table).flatMap(({entry}) => labels(entry.table));
      expect([id, others.some((label) => label.includes(printed))]).toEqual([id, false]);
    }
  });

  test("are of the table of their checks", () => {
    for (const erratum of errata) {
      const tables = checks.filter(({id}) => erratum.checks.includes(id)).map(({table}) => table);
      if (tables.length > 0)
        expect([erratum.id, tables]).toEqual([erratum.id, expect.arrayContaining([erratum.table])]);
    }
  });

  test("change a conclusion only where prose is wrong: no P of the report crosses 5 %", () => {
    const crossing = checks.filter(({conclusion}) => conclusion === "changes").map(({id}) => id);
    const changed = errata.filter(({conclusion}) => conclusion === "changed");
    expect(crossing).toEqual([]);
    expect(changed.flatMap((erratum) => erratum.checks)).toEqual([]);
    expect(changed.flatMap((erratum) => erratum.claims)).toEqual(["kon-08", "enh-37", "sum-33"]);
  });

  test("quote no sentence and stay short", () => {
    for (const {id, printed, correct, evidence} of errata) {
      expect([id, printed.split(/\s+/).length < 8, correct.length < 160, evidence.length < 260]).toEqual([
        id,
        true,
        true,
        true
      ]);
    }
  });

  test("lead back from checks and claims", () => {
    expect(erratumBy(errata, "checks").get("t26.p")).toBe(errata.find((e) => e.checks.includes("t26.p"))?.id);
    expect(erratumBy(errata, "claims").get("kon-02")).toBe(erratumBy(errata, "claims").get("sum-02"));
    expect(JSON.parse(new TextDecoder().decode(writeErrata(errata)))).toEqual(errata);
  });
});

describe("an errata.csv with errors", () => {
  const header = "id,place,table,kind,printed,correct,evidence,conclusion,checks,claims\n";
  /** A sound line with some fields changed. */
  const line = (changes: Record<string, string>): string => {
    const sound: Record<string, string> = {
      id: "e01",
      place: "Table 26",
      table: "26",
      kind: "p",
      printed: "0.000",
      correct: "0.004",
      evidence: "chi-square",
      conclusion: "unchanged",
      checks: "t26.p",
      claims: ""
    };
    return `${Object.values({...sound, ...changes}).join(",")}\n`;
  };
  const read = (...lines: string[]) => readErrata(new TextEncoder().encode(header + lines.join("")));

  test("is sound before they are made", () => {
    expect(read(line({checks: "t26.p t1.x", claims: "sum-02"}))).toEqual([
      {
        id: "e01",
        place: "Table 26",
        table: 26,
        kind: "p",
        printed: "0.000",
        correct: "0.004",
        evidence: "chi-square",
        conclusion: "unchanged",
        checks: ["t26.p", "t1.x"],
        claims: ["sum-02"]
      }
    ]);
    expect(read(line({table: "", checks: "", claims: "sum-02"}))).toMatchObject([{table: null, checks: []}]);
  });

  test("is put in order of what errors do to conclusions, then of the file", () => {
    const order = read(
      line({id: "e01"}),
      line({id: "e02", conclusion: "weakened"}),
      line({id: "e03", conclusion: "changed"}),
      line({id: "e04", conclusion: "weakened"})
    );
    expect(order.map(({id}) => id)).toEqual(["e03", "e02", "e04", "e01"]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["an id", {id: "07"}, "errata.csv:2:1 (line 2, column 1)\n  found:    “07”\n  expected: an id such as “e07”"],
    ["a place", {place: ""}, "errata.csv:2:2 (line 2, column 2)\n  found:    an empty field\n  expected: text"],
    [
      "a table",
      {table: "table 26"},
      "errata.csv:2:3 (line 2, column 3)\n  found:    “table 26”\n  expected: the number of a table"
    ],
    [
      "a kind",
      {kind: "typo"},
      "errata.csv:2:4 (line 2, column 4)\n  found:    “typo”\n  expected: one of “p”, “total”"
    ],
    ["what is printed", {printed: ""}, "errata.csv:2:5 (line 2, column 5)\n  found:    an empty field"],
    ["what is right", {correct: ""}, "errata.csv:2:6 (line 2, column 6)\n  found:    an empty field"],
    ["evidence", {evidence: ""}, "errata.csv:2:7 (line 2, column 7)\n  found:    an empty field"],
    [
      "a conclusion",
      {conclusion: "changes"},
      "errata.csv:2:8 (line 2, column 8)\n  found:    “changes”\n  expected: one of “changed”"
    ],
    [
      "a check",
      {checks: ""},
      "errata.csv:2:9 (line 2, column 9)\n  found:    an empty field\n  expected: the id of a check or a claim"
    ]
  ])("lacks %s", (_, changes, expected) => {
    expect(() => read(line(changes))).toThrow(expected);
    expect(() => read(line(changes))).toThrow("1 problem in 1 raw file");
  });

  test("has an id twice, and is told everything at once", () => {
    expect(() => read(line({}), line({}))).toThrow(
      "errata.csv:3:1 (line 3, column 1)\n  found:    “e01”\n  expected: an id such as “e07”, each once"
    );
    expect(() => read(line({kind: ""}), line({}))).toThrow("errata.csv:2:4");
    expect(() => read(line({kind: ""}), line({}))).toThrow("errata.csv:3:1");
  });
});
