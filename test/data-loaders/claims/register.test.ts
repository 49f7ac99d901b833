import {fromArrow} from "arquero";
import {beforeAll, describe, expect, test} from "vitest";
import type {Evidence} from "../../../data-loaders/claims/expression.js";
import {
  type CheckedClaim,
  checkClaims,
  claimsFile,
  gatherEvidence,
  loadClaims,
  readClaims,
  writeClaims
} from "../../../data-loaders/claims/register.js";
import {relations} from "../../../data-loaders/claims/verdict-of-claim.js";
import {formatProblems, type Problem} from "../../../data-loaders/read/problem.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import {seeded} from "../../../src/statistics/random.js";

const files = readRawFolder();
const report = readReport(files);
const text = new TextDecoder().decode(files.get(claimsFile));
let evidence: Evidence;
let claims: CheckedClaim[];

beforeAll(async () => {
  claims = await loadClaims(report, files);
  evidence = await gatherEvidence(report, claims);
});

const claim = (id: string): CheckedClaim => claims.find((c) => c.id === id) ?? expect.fail(`no claim ${id}`);

function tally(of: (claim: CheckedClaim) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const c of claims) counts[of(c)] = (counts[of(c)] ?? 0) + 1;
  return counts;
}

/** The claims of a file, checked, and what was found wrong with it. */
function check(csv: string): {checked: CheckedClaim[]; problems: Problem[]} {
  const problems: Problem[] = [];
  const read = readClaims(new TextEncoder().encode(csv), report, (problem) => problems.push(problem));
  return {checked: checkClaims(read, report, evidence, (problem) => problems.push(problem)), problems};
}

describe("the claims of the report", () => {
  test("are these many, with these verdicts", () => {
    expect(tally((c) => c.verdict)).toEqual({
      exact: 229,
      rounding: 4,
      differs: 29,
      inconsistent: 6,
      not_checkable: 69
    });
  });

  test("are held against so many tables, other words of the text, and nothing", () => {
    expect(tally((c) => c.against)).toEqual({tables: 199, text: 69, nothing: 69});
    for (const c of claims) {
      expect([c.id, c.against === "nothing"]).toEqual([c.id, c.verdict === "not_checkable"]);
      expect([c.id, c.lacks !== null]).toEqual([c.id, c.verdict === "not_checkable"]);
      // What rests on another number of the text, or on the number of a table, is not settled by a table.
      if (/said\(|table\(/.test(c.check?.expression ?? "")) expect([c.id, c.against]).toEqual([c.id, "text"]);
      if (c.tables.length === 0 && c.check) expect([c.id, c.against]).toEqual([c.id, "text"]);
    }
  });

  test("judge the same words once: what is judged alike shares one record", () => {
    const key = ({check, value, printed}: CheckedClaim) => JSON.stringify([check, value, printed.toLowerCase()]);
    // The same 29 percent, once of those who find the office not on its way and once of those who think it never will be.
    const own = claims.filter((c) => c.check && !c.sameAs && c.id !== "opp-72");
    expect(own.filter((c) => own.some((other) => other !== c && key(other) === key(c))).map(({id}) => id)).toEqual([]);
    for (const c of claims.filter(({sameAs}) => sameAs !== null)) {
      const {verdict, recomputed, note, reason, other} = claim(c.sameAs ?? "");
      expect(c).toMatchObject({verdict, recomputed, note, reason, other});
    }
  });

  test("of the same words about the same tables agree, unless they are said of other groups", () => {
    const groups = new Map<string, CheckedClaim[]>();
    for (const c of claims.filter(({tables}) => tables.length > 0)) {
      const key = `${c.printed.toLowerCase()}, ${c.tables.join(" ")}`;
      groups.set(key, [...(groups.get(key) ?? []), c]);
    }
    const split = [...groups].filter(([, all]) => new Set(all.map(({verdict}) => verdict)).size > 1);
    expect(split.map(([, all]) => all.map(({id, verdict}) => `${id} ${verdict}`))).toEqual([
      // Former state staff and the newly hired: one rule, two groups.
      ["sum-03 differs", "hvem-14 exact"],
      // For reaching the goals, and for thinking that they will be reached.
      ["sum-30 not_checkable", "opp-86 not_checkable", "kon-15 exact"],
      // Most common among those from two agencies, not among those from the third.
      ["bis-04 exact", "bis-05 exact", "bis-06 differs"],
      // Said of the newly hired, and of those with short experience.
      ["bis-09 exact", "bis-10 not_checkable"],
      // All who answered, and all whom table 6 sorts.
      ["fn3-05 exact", "fn3-06 inconsistent"]
    ]);
  });

  test("have another reading where it turns the verdict", () => {
    const turned = claims.filter(({other, verdict}) => other !== null && other.verdict === verdict);
    expect(turned.map(({id}) => id)).toEqual([]);
  });

  test("come from every part of its prose", () => {
    expect(tally((c) => c.section)).toEqual({
      Sammendrag: 37,
      Innledning: 12,
      "Hvem gjør hva i NAV-kontorene?": 16,
      "Hvilke typer bistand veilederne jobber med": 10,
      "Integrering på tvers av de tidligere etatenes arbeidsområder": 22,
      "Fotnote 3": 6,
      "Fotnote 4": 2,
      "Brukerrettet arbeid i NAV-kontorene": 23,
      "Hvem som jobber med ledelse": 12,
      "Utvikling og samarbeid internt i NAV-kontorene": 36,
      "Oppfatningen av reformen": 87,
      "Noter til tabell 28": 6,
      Enhetslederne: 48,
      Konklusjon: 20
    });
  });

  test("that do not hold are these", () => {
    const found = claims.filter((c) => c.check !== null && c.verdict !== "exact");
    const order = ["differs", "inconsistent", "rounding"];
    found.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
    expect(found.map((c) => [c.verdict, c.id, c.recomputed])).toEqual([
      ["differs", "sum-02", "41.8%"],
      ["differs", "sum-03", "Adviser, follow-up (41.2%; next 17.6%)"],
      ["differs", "sum-05", "Specially adapted assistance (41.3%; next 23.7%)"],
      ["differs", "sum-08", "100.0%"],
      ["differs", "sum-27", "table 28 asks: On the way to reaching the goals; 0.327 > 0; P below 0.001"],
      ["differs", "sum-28", "table 28 asks: On the way to reaching the goals; 0.122 > 0; P 0.002"],
      ["differs", "sum-29", "table 28 asks: On the way to reaching the goals; 0.088 > 0; P 0.020"],
      ["differs", "hvem-02", "49.5%"],
      ["differs", "bis-06", "None of these or not relevant (37.5%; next 36.7%)"],
      ["differs", "int-15", "40.8%"],
      ["differs", "led-07", "21.3%"],
      ["differs", "led-12", "45.0% > 6.8%"],
      ["differs", "utv-01", "table 17 is a crosstab"],
      ["differs", "utv-05", "24.6%"],
      ["differs", "opp-02", "25.0%"],
      ["differs", "opp-03", "57.0%"],
      ["differs", "opp-05", "47.9%"],
      ["differs", "opp-27", "table 20"],
      ["differs", "opp-68", "47.9%"],
      ["differs", "opp-79", "table 28 asks: On the way to reaching the goals; 0.327 > 0; P below 0.001"],
      ["differs", "opp-80", "table 28 asks: On the way to reaching the goals; 0.088 > 0; P 0.020"],
      ["differs", "opp-81", "table 28 asks: On the way to reaching the goals; 0.122 > 0; P 0.002"],
      ["differs", "not-05", "3 < 4"],
      ["differs", "not-06", "5 < 6"],
      ["differs", "enh-37", "40 < 1081"],
      ["differs", "enh-40", "14.7 points > 10.0 points"],
      ["differs", "kon-02", "41.8%"],
      ["differs", "kon-05", "28.8%"],
      ["differs", "kon-12", "23.7 points"],
      ["inconsistent", "int-02", "19"],
      ["inconsistent", "int-03", "19"],
      ["inconsistent", "int-08", "19 < 20"],
      ["inconsistent", "fn3-06", "1257 > 1255"],
      ["inconsistent", "opp-07", "10 < 20"],
      ["inconsistent", "kon-08", "114.6% > 100.0%"],
      ["rounding", "opp-01", "58.9%"],
      ["rounding", "opp-20", "73.7%"],
      ["rounding", "opp-62", "66.7%"],
      ["rounding", "opp-65", "57.4%"]
    ]);
  });

  test("that cannot be checked say why, and the others do not", () => {
    for (const c of claims) {
      expect([c.id, c.reason !== "", c.check === null, c.recomputed === ""]).toEqual(
        c.verdict === "not_checkable" ? [c.id, true, true, true] : [c.id, false, false, false]
      );
    }
  });

  test("use every relation of the vocabulary", () => {
    const used = new Set(claims.flatMap((c) => c.check?.relation ?? []));
    expect([...used].sort()).toEqual(Object.keys(relations).sort());
  });

  test("are in other words than the report’s", () => {
    // The report is in Norwegian; a paraphrase with its letters would be a copy.
    for (const c of claims) expect(c.paraphrase).not.toMatch(/[æøå]|\b(og|som|av|prosent)\b/i);
  });

  test.each([
    // By hand from the printed counts: 516 of 1233, 411 of 831, 369 of 904, 265 of 1244, 303 of 1231.
    ["sum-02", "differs", "41.8%"],
    ["hvem-02", "differs", "49.5%"],
    ["int-15", "differs", "40.8%"],
    ["led-07", "differs", "21.3%"],
    ["utv-05", "differs", "24.6%"],
    // 119 + 188 of 1229, 418 + 284 of 1231, 395 + 192 of 1225.
    ["opp-02", "differs", "25.0%"],
    ["opp-03", "differs", "57.0%"],
    ["opp-05", "differs", "47.9%"],
    // 724 of 1229 is 58.9, but 40 + 18 is 58; 62 of 93 is 66.7, but 33 + 33 is 66.
    ["opp-01", "rounding", "58.9%"],
    ["opp-62", "rounding", "66.7%"],
    // Exactly half a percent: 161 of 200 and 33 of 40.
    ["utv-09", "exact", "80.5%"],
    ["opp-59", "exact", "82.5%"],
    ["opp-27", "differs", "table 20"],
    ["opp-29", "exact", "0.087"],
    ["led-10", "exact", "3.02"],
    // By the letter, of former state staff and of those from Aetat: 66 of 568, and 71 of 300.
    ["sum-03", "differs", "Adviser, follow-up (41.2%; next 17.6%)"],
    ["sum-05", "differs", "Specially adapted assistance (41.3%; next 23.7%)"],
    // 681 of 826 less 716 of 1219; 66 of 568 less 48 of 681.
    ["kon-12", "differs", "23.7 points"],
    ["hvem-16", "exact", "4.6 points"],
    ["bis-06", "differs", "None of these or not relevant (37.5%; next 36.7%)"],
    ["opp-07", "inconsistent", "10 < 20"],
    ["fn3-06", "inconsistent", "1257 > 1255"]
  ])("%s: %s, %s", (id, verdict, recomputed) => {
    expect(claim(id)).toMatchObject({verdict, recomputed});
  });
});

describe("claims.arrow", () => {
  test("has a row a claim, with its erratum where there is one", async () => {
    const table = fromArrow(await writeClaims(report, files, new Map([["opp-27", "E07"]])));
    expect(table.numRows()).toBe(claims.length);
    const rows = table.objects() as Record<string, unknown>[];
    expect(rows.find((row) => row.id === "opp-27")).toEqual({
      id: "opp-27",
      section: "Oppfatningen av reformen",
      paraphrase: "The table of training by size of office",
      printed: "Tabell 13",
      printed_value: 13,
      unit: "reference",
      recomputed: "table 20",
      recomputed_value: 20,
      verdict: "differs",
      table: 20,
      tables: "20",
      expression: "table(training, office_size)",
      relation: "equals",
      reason: null,
      note: "Table 13 is about field of work and need for closer follow-up.",
      erratum: "E07",
      same_as: null,
      against: "text",
      lacks: null,
      otherwise: null,
      otherwise_recomputed: null,
      otherwise_verdict: null
    });
    expect(rows.find((row) => row.id === "kon-02")).toMatchObject({
      same_as: "sum-02",
      against: "tables",
      otherwise: "by role: those who follow up, with or without reception",
      otherwise_recomputed: "58.1%",
      otherwise_verdict: "exact"
    });
    expect(rows.find((row) => row.id === "utv-15")).toMatchObject({
      recomputed: null,
      recomputed_value: null,
      verdict: "not_checkable",
      table: null,
      tables: null,
      expression: null,
      relation: null,
      reason: "The report says that no table shows it",
      erratum: null
    });
    expect(rows.find((row) => row.id === "opp-01")).toMatchObject({recomputed_value: expect.closeTo(58.91, 2)});
    expect(rows.filter((row) => row.erratum !== null)).toHaveLength(1);
  });

  test("refuses an erratum of no claim", async () => {
    await expect(writeClaims(report, files, new Map([["opp-999", "E07"]]))).rejects.toThrow("“opp-999” at E07");
  });
});

describe("a claims.csv with errors", () => {
  const header = "id,section,paraphrase,printed,table,expression,relation,value,unit,reason,note\n";
  const longer = header.replace("\n", ",same_as,lacks,otherwise,otherwise_expression\n");
  /** A sound line with some fields changed. */
  const line = (changes: Record<string, string>): string => {
    const sound: Record<string, string> = {
      id: "inn-01",
      section: "Innledning",
      paraphrase: "Unit managers",
      printed: "3 prosent",
      table: "16",
      expression: '"share(position == unit_manager, answered(gender))"',
      relation: "equals",
      value: "3",
      unit: "percent",
      reason: "",
      note: ""
    };
    return `${Object.values({...sound, ...changes}).join(",")}\n`;
  };
  const problemsOf = (...lines: string[]) =>
    formatProblems(check((lines[0] === longer ? "" : header) + lines.join("")).problems);

  test("is sound before they are made", () => {
    expect(check(header + line({}))).toMatchObject({problems: [], checked: [{verdict: "exact", recomputed: "3.2%"}]});
  });

  test.each<[string, Record<string, string>, string]>([
    ["id", {id: "Inn 1"}, "claims.csv:2:1 (line 2, column 1)\n  found:    “Inn 1”\n  expected: an id such as “sum-03”"],
    [
      "section",
      {section: "Inledning"},
      "claims.csv:2:2 (line 2, column 2)\n  found:    “Inledning”\n  expected: a heading of the report: one of “Sammendrag”,"
    ],
    ["paraphrase", {paraphrase: ""}, "claims.csv:2:3 (line 2, column 3)\n  found:    an empty field\n  expected: text"],
    [
      "table",
      {table: "16 99"},
      "claims.csv:2:5 (line 2, column 5)\n  found:    “16 99”\n  expected: numbers of tables that tables.csv lists"
    ],
    [
      "table twice",
      {table: "16 16"},
      "claims.csv:2:5 (line 2, column 5)\n  found:    “16 16”\n  expected: numbers of tables that tables.csv lists, each once"
    ],
    [
      "expression",
      {expression: "share(position == boss)"},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “share(position == boss)”\n  expected: position has no category “boss” (character 19)"
    ],
    [
      "a statistic that is not defined",
      {
        expression: '"p(gender, position, gender == man)"',
        relation: "significant",
        value: "",
        unit: "p",
        printed: "ja"
      },
      "claims.csv:2:6 (line 2, column 6)\n  found:    “p(gender, position, gender == man)”\n  expected: A test of independence needs two rows"
    ],
    [
      "another table",
      {table: "15"},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “share(position == unit_manager, answered(gender))”, character 1: gender by position, 2010\n  expected: what a table that the claim names shows (“15”); anything else is made up"
    ],
    [
      "a table that is not asked",
      {table: "16 15"},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “share(position == unit_manager, answered(gender))”\n  expected: something that asks table 15, which the claim names"
    ],
    [
      "a variable of another table",
      {table: "6", printed: "fire", value: "4", unit: "count", expression: "categories(background)"},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “categories(background)”\n  expected: a table that shows background among the claim’s tables"
    ],
    [
      "a number that is not compared",
      {table: "", printed: "1-9", value: "", unit: "comparison", relation: "agrees", expression: "8 + 1 == 10"},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “8 + 1 == 10”\n  expected: “9”, printed as “1-9”"
    ],
    [
      "half a table",
      {expression: "share(position == unit_manager)"},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “share(position == unit_manager)”, character 1: position, 2010\n  expected: what a table that the claim names shows (“16”)"
    ],
    [
      "more than a table",
      {expression: '"share(position == unit_manager, gender == man, role == management)"'},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “share(position == unit_manager, gender == man, role == management)”, character 1: gender by role by position, 2010"
    ],
    [
      "a table of some",
      {table: "34", expression: '"share(prioritises_staff == yes, answered(office_size))"'},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “share(prioritises_staff == yes, answered(office_size))”, character 1: office_size by prioritises_staff, 2010"
    ],
    [
      "another survey",
      {expression: '"share(view_of_reform == agree, survey == 2008)"', table: "21"},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “share(view_of_reform == agree, survey == 2008)”, character 1: view_of_reform, 2008"
    ],
    [
      "a printed cell of another table",
      {expression: '"printed(15, employee, total, percent)"'},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “printed(15, employee, total, percent)”\n  expected: table 15 among the claim’s tables"
    ],
    [
      "not a number",
      {expression: "1 < 2", table: ""},
      "claims.csv:2:6 (line 2, column 6)\n  found:    “1 < 2”\n  expected: a percent needs an expression that is a number"
    ],
    [
      "relation",
      {relation: "equal"},
      "claims.csv:2:7 (line 2, column 7)\n  found:    “equal”\n  expected: one of “equals”, “fraction”,"
    ],
    [
      "no relation",
      {relation: ""},
      "claims.csv:2:7 (line 2, column 7)\n  found:    an empty field\n  expected: one of “equals”"
    ],
    [
      "value",
      {value: "three"},
      "claims.csv:2:8 (line 2, column 8)\n  found:    “three”\n  expected: a number such as “17” or “0.5”, or a fraction such as “1/3”"
    ],
    [
      "value that is not printed",
      {value: "8"},
      "claims.csv:2:8 (line 2, column 8)\n  found:    “8”\n  expected: “3”, which is what “3 prosent” says"
    ],
    [
      "printed that is not the value",
      {printed: "13 prosent"},
      "claims.csv:2:8 (line 2, column 8)\n  found:    “3”\n  expected: “13”, which is what “13 prosent” says"
    ],
    [
      "words",
      {printed: "nesten en femtedel", value: "1/4", unit: "share", relation: "almost"},
      "claims.csv:2:8 (line 2, column 8)\n  found:    “1/4”\n  expected: “0.2”, which is what “nesten en femtedel” says"
    ],
    [
      "no value",
      {value: ""},
      "claims.csv:2:8 (line 2, column 8)\n  found:    an empty field\n  expected: the printed number, as the unit is percent"
    ],
    [
      "unit",
      {unit: "percents"},
      "claims.csv:2:9 (line 2, column 9)\n  found:    “percents”\n  expected: one of “percent”, “share”,"
    ],
    [
      "unit of another relation",
      {relation: "holds"},
      "claims.csv:2:9 (line 2, column 9)\n  found:    “percent”\n  expected: “comparison”, of which “holds” can be asked"
    ],
    [
      "no value for a word that needs one",
      {relation: "almost", unit: "share", value: ""},
      "claims.csv:2:8 (line 2, column 8)\n  found:    an empty field\n  expected: a value, which “almost” needs"
    ],
    [
      "a value for a word that takes none",
      {relation: "majority", unit: "share"},
      "claims.csv:2:8 (line 2, column 8)\n  found:    “3”\n  expected: nothing: “majority” takes no value"
    ],
    [
      "no expression and no reason",
      {expression: "", relation: ""},
      "claims.csv:2:10 (line 2, column 10)\n  found:    an empty field\n  expected: the reason why it cannot be checked"
    ],
    [
      "no expression but a relation",
      {expression: "", reason: "why"},
      "claims.csv:2:7 (line 2, column 7)\n  found:    “equals”\n  expected: nothing: there is no expression"
    ],
    [
      "an expression and a reason",
      {reason: "why"},
      "claims.csv:2:10 (line 2, column 10)\n  found:    “why”\n  expected: nothing: there is an expression"
    ]
  ])("%s", (_, changes, expected) => {
    const problems = problemsOf(line(changes));
    expect(problems).toContain(expected);
    expect(problems).toContain("1 problem in 1 raw file");
  });

  test.each<[string, string[], string]>([
    ["no such claim", ["inn-99", "", "", ""], "claims.csv:2:12 (line 2, column 12)\n  found:    “inn-99”"],
    ["a gap of no kind", ["", "luck", "", ""], "claims.csv:2:13 (line 2, column 13)\n  found:    “luck”"],
    [
      "another reading without words",
      ["", "", "", '"share(position == employee, answered(gender))"'],
      "claims.csv:2:14 (line 2, column 14)\n  found:    an empty field\n  expected: the other reading in words"
    ],
    [
      "another reading of another table",
      ["", "", "of those who lead nobody", '"share(position == employee, answered(background))"'],
      "character 1: background by position, 2010\n  expected: what a table that the claim names shows"
    ]
  ])("%s", (_, fields, expected) => {
    expect(problemsOf(longer, line({}).replace("\n", `,${fields.join(",")}\n`))).toContain(expected);
  });

  test("a claim that says the same as another takes its record, and has none of its own", () => {
    const first = line({}).replace("\n", ",,,,\n");
    const second = (...rest: string[]) => `inn-02,Innledning,Again,3 prosent,,,,,,,,inn-01,${rest.join(",")}\n`;
    const {checked, problems} = check(longer + first + second("", "", ""));
    expect(problems).toEqual([]);
    expect(checked[1]).toMatchObject({id: "inn-02", sameAs: "inn-01", verdict: "exact", recomputed: "3.2%"});
    expect(problemsOf(longer, first, second("question", "", ""))).toContain("expected: nothing: it is that of inn-01");
  });

  test("is told everything at once", () => {
    const problems = problemsOf(line({value: "8"}), line({}), line({id: "inn-02", expression: "share(1)"}));
    expect(problems.split("\n\n")).toHaveLength(4);
    expect(problems).toContain(
      "claims.csv:3:1 (line 3, column 1)\n  found:    “inn-01”\n  expected: each id once; line 2 has it already"
    );
    expect(problems).toContain("claims.csv:4:6");
  });

  test("or is not there at all", async () => {
    const without = new Map(files);
    without.delete(claimsFile);
    await expect(loadClaims(report, without)).rejects.toThrow("claims.csv\n  found:    no such file");
  });
});

test("a digit changed in what is printed, its value or its expression does not go unseen", () => {
  const random = seeded(4);
  const lines = text.trimEnd().split("\n");
  // Fields up to the unit; the reason and the note are remarks.
  const places = lines.slice(1).flatMap((line, l) => {
    const id = line.split(",", 1)[0] ?? "";
    const fields = [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].slice(3, 8);
    return fields.flatMap((field) =>
      [...(field[1] ?? "").matchAll(/\d/g)].map((digit) => ({id, l: l + 1, at: field.index + digit.index}))
    );
  });
  const unseen: string[] = [];
  const trials = 600;
  for (let i = 0; i < trials; i++) {
    const {id, l, at} = places[Math.floor(random() * places.length)] ?? expect.fail("no digits");
    const line = lines[l] ?? "";
    const digit = String((Number(line[at]) + 1 + Math.floor(random() * 9)) % 10);
    const {checked, problems} = check(`${lines[0]}\n${line.slice(0, at)}${digit}${line.slice(at + 1)}\n`);
    // What is recomputed of those that do not hold is listed above; of the others the verdict is.
    const before = claim(id);
    const [after] = checked;
    const same =
      after?.verdict === before.verdict && (before.verdict === "exact" || after.recomputed === before.recomputed);
    if (problems.length === 0 && same) unseen.push(`${id}: ${line.slice(0, at)}[${digit}]${line.slice(at + 1)}`);
  }
  expect(unseen.length, unseen.join("\n")).toBeLessThan(0.02 * trials);
});
