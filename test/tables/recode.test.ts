import {fromArrow} from "arquero";
import fc from "fast-check";
import {beforeAll, describe, expect, test} from "vitest";
import {outputs} from "../../data-loaders/make/outputs.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {decodeChoice, encodeChoice} from "../../src/explorer/address.js";
import {cutSide, everyCut} from "../../src/explorer/cuts.js";
import {pRange} from "../../src/explorer/p-range.js";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {monteCarloTest} from "../../src/statistics/exact.js";
import {crosstabTests, exactInSteps, inOrder} from "../../src/tables/crosstab-tests.js";
import {type Determiner, determiner} from "../../src/tables/determined.js";
import {groupLabel} from "../../src/tables/group-label.js";
import {tableEntry} from "../../src/tables/labels.js";
import {
  type Choice,
  choosable,
  plainSide,
  printedAs,
  printedTables,
  recode,
  type SideChoice,
  sideGroups,
  tableChoice,
  treat
} from "../../src/tables/recode.js";
import {recomputeTable} from "../../src/tables/recompute.js";
import type {TableId} from "../../src/tables/table-id.js";
import {entries} from "./published.js";

let respondents: ReturnType<typeof fromArrow>;
let determine: Determiner;

beforeAll(async () => {
  const raw = readRawFolder();
  const read = async (name: string) => {
    const bytes = await outputs[name]?.(raw);
    if (!bytes) throw new Error(`no output ${name}`);
    return fromArrow(bytes);
  };
  const bounds = await read("bounds.arrow");
  respondents = await read("respondents.arrow");
  determine = determiner(respondents, entries, bounds);
});

const ofTable = (table: TableId): Choice => {
  const choice = tableChoice(entries, tableEntry(entries, table));
  if (!choice) throw new Error(`table ${table} cannot be chosen`);
  return choice;
};
const cross = (rows: string, columns: string | null, rest: Partial<Choice> = {}): Choice => ({
  rows: plainSide(rows),
  columns: columns === null ? null : plainSide(columns),
  percent: columns === null ? "column" : "row",
  missing: "exclude",
  filter: null,
  ...rest
});
const chosen = entries.tables.filter((entry) => tableChoice(entries, entry) !== null).map(({table}) => table);

describe("a printed table as a choice", () => {
  test("has the printed counts, is known to be that table, and is determined", () => {
    expect(chosen).toHaveLength(28);
    for (const table of chosen) {
      const choice = ofTable(table);
      const recoded = recode(respondents, entries, choice);
      expect(recoded.table.counts, `table ${table}`).toEqual(recomputeTable(respondents, entries, table)?.counts);
      expect(printedAs(entries, choice)?.entry.table).toBe(table);
      expect(determine(choice, recoded).determined, `table ${table}`).toBe(true);
    }
  });

  test("is recognised when turned, and not when a category is left out or missing answers count", () => {
    const {rows, columns, ...rest} = ofTable(25);
    if (!columns) throw new Error("table 25 has columns");
    expect(printedAs(entries, {...rest, rows: columns, columns: rows})).toMatchObject({
      turned: true,
      entry: {table: 25}
    });
    expect(printedAs(entries, {...rest, rows: {...rows, dropped: ["other"]}, columns})).toBeNull();
    expect(printedAs(entries, {...rest, rows, columns, missing: "category"})).toBeNull();
    expect(printedAs(entries, {...rest, rows, columns: {...columns, cut: 2}})).toBeNull();
  });

  test("cuts where the report merges, leaves out what it leaves out, counts whom it counts", () => {
    expect(ofTable(25).columns).toEqual({variable: "view_of_reform", cut: 3, merged: [], dropped: []});
    expect(ofTable(14).rows.dropped).toEqual(["none"]);
    expect(ofTable(30).filter).toEqual({variable: "position", codes: ["unit_manager"]});
    // A merge by hand that is the report's own is the report's own.
    const byHand = {
      ...plainSide("view_of_reform"),
      merged: [
        ["disagree", "partly_disagree", "neither"],
        ["partly_agree", "agree"]
      ]
    };
    expect(printedAs(entries, {...ofTable(25), columns: byHand})?.entry.table).toBe(25);
    expect(printedTables(entries, cross("view_of_reform", "role")).map(({table}) => table)).toEqual([25]);
  });
});

describe("recoding", () => {
  test("moves a cut: the people on its left are those of the categories before it", () => {
    const whole = recode(respondents, entries, cross("background", "view_of_reform")).table;
    for (const cut of [1, 2, 3, 4]) {
      const {table} = recode(
        respondents,
        entries,
        cross("background", null, {columns: {...plainSide("view_of_reform"), cut}, percent: "row"})
      );
      expect(table.counts.map(([left]) => left)).toEqual(
        whole.counts.map((line) => line.slice(0, cut).reduce((a, b) => a + b, 0))
      );
      expect(table.total).toBe(whole.total);
    }
  });

  test("merges, leaves out, and says how many are left out", () => {
    const plain = recode(respondents, entries, cross("role", "gender")).table;
    const rows = {...plainSide("role"), merged: [["adviser_reception", "adviser_both"]], dropped: ["other"]};
    const {table, rows: groups} = recode(respondents, entries, {...cross("role", "gender"), rows});
    expect(groups.map((group) => group.length)).toEqual([2, 1, 1, 1]);
    expect(table.counts[0]).toEqual([0, 1].map((c) => (plain.counts[0]?.[c] ?? 0) + (plain.counts[2]?.[c] ?? 0)));
    expect(table.total).toBe(plain.total - (plain.rowTotals[5] ?? 0));
    expect((table.missing ?? 0) + table.total).toBe(respondents.numRows());
  });

  test("counts missing answers as a category of their own, after the others", () => {
    const {table, columns} = recode(respondents, entries, cross("role", "view_of_reform", {missing: "category"}));
    expect(columns.at(-1)).toEqual(["missing"]);
    expect(table.total).toBe(respondents.numRows());
    expect(table.columnTotals.at(-1)).toBe(respondents.numRows() - 1219);
  });

  test("filters to those who gave one of some answers", () => {
    const all = recode(respondents, entries, cross("role", "background")).table.total;
    const [men, women, both] = [["man"], ["woman"], ["man", "woman"]].map(
      (codes) =>
        recode(respondents, entries, cross("role", "background", {filter: {variable: "gender", codes}})).table.total
    );
    expect((men ?? 0) + (women ?? 0)).toBe(both);
    expect(both).toBeLessThan(all);
  });

  test("treats categories one by one, as the form does", () => {
    const start = plainSide("view_of_reform");
    const merged = treat(entries, start, "neither", {kind: "with", code: "disagree"});
    expect(merged.merged).toEqual([["disagree", "neither"]]);
    const three = treat(entries, merged, "partly_disagree", {kind: "with", code: "neither"});
    expect(three.merged).toEqual([["disagree", "partly_disagree", "neither"]]);
    expect(treat(entries, three, "disagree", {kind: "own"}).merged).toEqual([["partly_disagree", "neither"]]);
    const dropped = treat(entries, three, "neither", {kind: "drop"});
    expect(dropped).toMatchObject({merged: [["disagree", "partly_disagree"]], dropped: ["neither"]});
    // Put together with one that was left out, both are in again.
    expect(treat(entries, dropped, "agree", {kind: "with", code: "neither"})).toMatchObject({
      merged: [
        ["disagree", "partly_disagree"],
        ["neither", "agree"]
      ],
      dropped: []
    });
    // A cut becomes the groups that it makes.
    expect(sideGroups(entries, treat(entries, {...start, cut: 3}, "neither", {kind: "own"}))).toEqual([
      ["disagree", "partly_disagree"],
      ["neither"],
      ["partly_agree", "agree"]
    ]);
  });

  test("names groups as the report does where it has them", () => {
    const name = (codes: string[]) => groupLabel(entries, "view_of_reform", codes);
    expect(name(["disagree", "partly_disagree", "neither"])).toEqual({
      no: "Uenig eller verken eller",
      en: "Disagree or neither"
    });
    expect(name(["agree", "disagree"]).en).toBe("Fully agree and fully disagree");
    expect(name(["disagree", "partly_disagree", "neither", "partly_agree"]).no).toBe("Helt uenig til delvis enig");
  });
});

describe("the address", () => {
  const names = () => respondents.columnNames();
  const read = (query: string) => decodeChoice(query, entries, names(), ofTable(25));

  /** Any choice that the form can make. */
  const anyChoice = () => {
    const variables = choosable(entries, names());
    const side = (index: number, seed: number): SideChoice => {
      const entry = variables[index % variables.length];
      if (!entry) throw new Error("no such variable");
      let made = plainSide(entry.variable);
      const codes = entry.categories.map(({code}) => code);
      if (seed % 3 === 1 && entry.kind === "ordinal" && codes.length > 2) {
        return {
          ...made,
          cut: 1 + (seed % (codes.length - 1)),
          dropped: seed % 2 ? [] : [codes[seed % codes.length] ?? ""]
        };
      }
      for (const [i, code] of codes.entries()) {
        const [way, other] = [(seed >> i) % 4, codes[(seed + i) % codes.length] ?? code];
        const next = treat(
          entries,
          made,
          code,
          way === 1 ? {kind: "drop"} : way === 2 && other !== code ? {kind: "with", code: other} : {kind: "own"}
        );
        if (sideGroups(entries, next).length > 0) made = next;
      }
      return made;
    };
    return fc
      .record({
        a: fc.nat(1000),
        b: fc.nat(1000),
        f: fc.nat(1000),
        seeds: fc.array(fc.nat(1e6), {minLength: 3, maxLength: 3})
      })
      .filter(({a, b, f}) => new Set([a, b, f].map((i) => i % variables.length)).size === 3)
      .map(({a, b, f, seeds: [x = 0, y = 0, z = 0]}): Choice => {
        const filter = variables[f % variables.length];
        return {
          rows: side(a, x),
          columns: side(b, y),
          percent: (["row", "column", "total"] as const)[z % 3] ?? "row",
          missing: z % 2 ? "category" : "exclude",
          filter: filter && z % 5 === 0 ? {variable: filter.variable, codes: [filter.categories[0]?.code ?? ""]} : null
        };
      });
  };

  test("holds any choice, in letters that need no escaping", () => {
    fc.assert(
      fc.property(anyChoice(), (choice) => {
        const text = encodeChoice(choice);
        expect(text).toMatch(/^[a-z0-9_=&.,:-]+$/);
        expect(read(text)).toEqual({choice, problems: []});
      }),
      {numRuns: 300}
    );
    expect(encodeChoice(ofTable(25))).toBe("rows=role&columns=view_of_reform&cut=3&percent=row&missing=exclude");
    expect(read(encodeChoice(ofTable(8))).choice).toEqual(ofTable(8));
  });

  test("is the default when empty, and a printed table when it names one", () => {
    expect(read("")).toEqual({choice: ofTable(25), problems: []});
    expect(read("table=31")).toEqual({choice: ofTable(31), problems: []});
  });

  test.each([
    ["rows=foo", "rows", "foo"],
    ["rows=role&columns=role", "columns", "role"],
    ["rows=view_of_reform_split", "rows", "view_of_reform_split"],
    ["rows=role&columns=view_of_reform&cut=5", "cut", "5"],
    ["rows=role&columns=view_of_reform&cut=0", "cut", "0"],
    ["rows=role&columns=view_of_reform&cut=1.5", "cut", "1.5"],
    ["rows=role&columns=gender&cut=1", "cut", "1"],
    ["rows=role&columns=none&cut=1", "cut", "1"],
    ["rows=role&percent=half", "percent", "half"],
    ["rows=role&missing=", "missing", ""],
    ["rows=role&filter=gender", "filter", "gender"],
    ["rows=role&filter=gender:alien", "filter", "gender:alien"],
    ["rows=role&filter=role:other", "filter", "role:other"],
    ["rows=role&merge-rows=other", "merge-rows", "other"],
    ["rows=role&merge-rows=other.clerical,clerical.management", "merge-rows", "other.clerical,clerical.management"],
    ["rows=role&drop-rows=other&merge-rows=other.clerical", "merge-rows", "other.clerical"],
    ["rows=gender&columns=role&drop-rows=man.woman", "drop-rows", "man.woman"],
    ["rows=role&drop-rows=nobody", "drop-rows", "nobody"],
    ["rows=role&sort=up", "sort", "sort"],
    ["rows=role&rows=gender", "rows", "role and gender"],
    ["table=28", "table", "28"],
    ["rows=%E0%A4%A", "rows", "\uFFFD%A"]
  ])("tells what it cannot use: %s", (query, parameter, found) => {
    const {choice, problems} = read(query);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({parameter, found});
    expect(problems[0]?.expected).not.toBe("");
    // What is used instead can be counted.
    expect(recode(respondents, entries, choice).table.total).toBeGreaterThan(0);
  });

  test("survives anything", () => {
    const words = fc.constantFrom(
      "rows",
      "columns",
      "cut",
      "merge-rows",
      "drop-columns",
      "filter",
      "role",
      "gender",
      "=",
      "&",
      ".",
      ":",
      ",",
      "3",
      "__proto__",
      "toString"
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({maxLength: 3})), {maxLength: 25}), (parts) => {
        const {choice} = read(parts.join(""));
        expect(recode(respondents, entries, choice).table.rows.length).toBeGreaterThan(0);
      }),
      {numRuns: 200}
    );
  });
});

describe("what the printed tables determine", () => {
  test("the reconstruction's counts lie within, whatever is chosen", () => {
    const variables = choosable(entries, respondents.columnNames()).map(({variable}) => variable);
    let open = 0;
    for (const [i, a] of variables.entries()) {
      for (const b of [...variables.slice(i + 1), null]) {
        for (const rest of [
          {},
          {missing: "category" as const},
          {filter: {variable: "gender", codes: ["woman"]}},
          {filter: {variable: "position", codes: ["unit_manager"]}, missing: "category" as const}
        ]) {
          if (rest.filter && [a, b].includes(rest.filter.variable)) continue;
          const choice = cross(a, b, rest);
          const recoded = recode(respondents, entries, choice);
          const known = determine(choice, recoded);
          const check = (count: number, range: {lower: number; upper: number} | undefined, what: string) => {
            if (!range || count < range.lower || count > range.upper)
              throw new Error(`${encodeChoice(choice)} ${what}: ${count} is not within ${JSON.stringify(range)}`);
          };
          recoded.table.counts.forEach((line, r) => {
            line.forEach((count, c) => {
              check(count, known.cells[r]?.[c], `${recoded.rows[r]} ${recoded.columns[c]}`);
            });
            check(recoded.table.rowTotals[r] ?? 0, known.rowTotals[r], `row ${recoded.rows[r]}`);
          });
          check(recoded.table.total, known.total, "total");
          expect(known.reason === null).toBe(known.determined);
          if (!known.determined) open++;
        }
      }
    }
    expect(open).toBeGreaterThan(500);
  });

  test("a cut of a fully printed scale is determined; of table 25's only its own", () => {
    const determinedAt = (table: number) =>
      everyCut(respondents, entries, determine, ofTable(table), "columns").map(({determined, table: own}) => [
        determined,
        own
      ]);
    expect(determinedAt(24)).toEqual([1, 2, 3, 4].map(() => [true, null]));
    expect(determinedAt(25)).toEqual([
      [false, null],
      [false, null],
      [true, 25],
      [false, null]
    ]);
  });

  test("parts of what table 25 merges are limited by it and by table 21", () => {
    const choice = {...ofTable(25), columns: {...plainSide("view_of_reform"), cut: 2}};
    const recoded = recode(respondents, entries, choice);
    const {cells, rowTotals, columnTotals, reason, tables} = determine(choice, recoded);
    expect({reason, tables}).toEqual({reason: "merged", tables: [25]});
    // 245 of the 503 who do not agree are advisers in follow-up; 240 of them disagree at all.
    expect(cells[1]?.[0]).toEqual({lower: 0, upper: 240});
    expect(cells[0]?.[0]).toEqual({lower: 0, upper: 70});
    expect(rowTotals.map(({lower, upper}) => [lower, upper])).toEqual(recoded.table.rowTotals.map((n) => [n, n]));
    expect(columnTotals[0]).toEqual({lower: 240, upper: 240});
  });

  test("a pair that is never printed has the published bounds, added up where merged", () => {
    const plain = cross("role", "office_size");
    const merged = {...plain, columns: {...plainSide("office_size"), merged: [["small", "medium"]]}};
    const [one, two] = [plain, merged].map((choice) => determine(choice, recode(respondents, entries, choice)));
    expect(one?.reason).toBe("pair");
    expect(one?.sums).toBe(false);
    expect(two?.sums).toBe(true);
    const [small, medium, both] = [one?.cells[3]?.[0], one?.cells[3]?.[1], two?.cells[3]?.[0]];
    expect(both?.upper).toBeLessThanOrEqual((small?.upper ?? 0) + (medium?.upper ?? 0));
    expect(both?.upper).toBeGreaterThanOrEqual(Math.max(small?.upper ?? 0, medium?.upper ?? 0));
  });

  test("a filter leaves a printed pair open, unless a table prints that very group", () => {
    const of = (choice: Choice) => determine(choice, recode(respondents, entries, choice));
    const women = of(cross("role", "background", {filter: {variable: "gender", codes: ["woman"]}}));
    expect(women.reason).toBe("filter");
    expect(of(ofTable(33)).determined).toBe(true);
    expect(of({...ofTable(33), columns: {...plainSide("view_of_reform"), cut: 3}}).determined).toBe(true);
  });

  test("missing answers are open, and the answers beside them printed", () => {
    const choice = cross("gender", "role", {missing: "category"});
    const recoded = recode(respondents, entries, choice);
    const {cells, reason} = determine(choice, recoded);
    expect(reason).toBe("missing");
    expect(cells[0]?.[0]?.lower).toBe(cells[0]?.[0]?.upper);
    expect(cells.at(-1)?.some(({lower, upper}) => lower < upper)).toBe(true);
  });
});

describe("P where counts are open", () => {
  test("is that of the table where they are not", () => {
    const counts = [
      [70, 102],
      [245, 302],
      [58, 111]
    ];
    const totals = counts.map(([a = 0, b = 0]) => a + b);
    const range = pRange(
      counts.map(([a = 0]) => ({lower: a, upper: a})),
      totals,
      373
    );
    const {p} = chiSquareTest(counts);
    expect(range?.lowestP).toBeCloseTo(p, 12);
    expect(range?.highestP).toBeCloseTo(p, 12);
  });

  test("reaches the least and the greatest of all tables that fit", () => {
    const ranges = fc.array(fc.record({n: fc.integer({min: 1, max: 9}), a: fc.nat(9), b: fc.nat(9)}), {
      minLength: 2,
      maxLength: 4
    });
    fc.assert(
      fc.property(ranges, fc.nat(30), (rows, any) => {
        const totals = rows.map(({n}) => n);
        const first = rows.map(({n, a, b}) => ({lower: Math.min(a, b, n), upper: Math.min(Math.max(a, b), n)}));
        const all = totals.reduce((x, y) => x + y, 0);
        const sum = 1 + (any % Math.max(1, all - 1));
        let [low, high] = [2, -1];
        const walk = (i: number, counts: number[]) => {
          const range = first[i];
          if (range) for (let x = range.lower; x <= range.upper; x++) walk(i + 1, [...counts, x]);
          else if (counts.reduce((x, y) => x + y, 0) === sum) {
            const {p} = chiSquareTest(counts.map((x, r) => [x, (totals[r] ?? 0) - x]));
            [low, high] = [Math.min(low, p), Math.max(high, p)];
          }
        };
        if (sum < all) walk(0, []);
        const range = pRange(first, totals, sum);
        if (high < 0) return;
        expect(range?.lowestP).toBeCloseTo(low, 10);
        // The most even division need not be of whole people.
        expect(range?.highestP).toBeGreaterThanOrEqual(high - 1e-9);
      }),
      {numRuns: 200}
    );
  });

  test("is unknown where no counts fit", () => {
    expect(
      pRange(
        [
          {lower: 0, upper: 1},
          {lower: 0, upper: 1}
        ],
        [5, 5],
        7
      )
    ).toBeNull();
  });
});

describe("tests of a choice", () => {
  test("ask for a trend only where both sides have an order", () => {
    expect(inOrder(entries, "view_of_reform", [["disagree"], ["neither"], ["agree"]])).toBe(true);
    expect(inOrder(entries, "view_of_reform", [["disagree", "agree"], ["partly_disagree"], ["neither"]])).toBe(false);
    expect(inOrder(entries, "view_of_reform", [["disagree"], ["missing"]])).toBe(false);
    expect(inOrder(entries, "role", [["clerical"], ["other"], ["management"]])).toBe(false);
    expect(
      crosstabTests(
        [
          [1, 2],
          [0, 0]
        ],
        true
      )
    ).toBeNull();
    expect(
      crosstabTests(
        [
          [10, 2],
          [3, 9]
        ],
        true
      )?.trend
    ).not.toBeNull();
  });

  test("find the exact P in steps, by batches that each draw anew", () => {
    const small = [
      [4, 11],
      [1, 13]
    ];
    expect([...exactInSteps(small)]).toMatchObject([{method: "exact"}]);
    const counts = recode(respondents, entries, cross("background", "field")).table.counts;
    const steps = [...exactInSteps(counts, {budget: 1, replicates: 1000, batch: 300})];
    expect(steps.map(({replicates}) => replicates)).toEqual([300, 600, 900, 1000]);
    const large = [
      [40, 30, 20],
      [32, 33, 27]
    ];
    const last = [...exactInSteps(large, {budget: 1, replicates: 20_000})].at(-1);
    const whole = monteCarloTest(large, {replicates: 20_000, seed: 77});
    expect(Math.abs((last?.p ?? 0) - whole.p)).toBeLessThan(5 * whole.standardError);
    // The same batch over and over would give a share of 250ths.
    expect((last?.extreme ?? 0) % 80).not.toBe(0);
  });

  test("take the scale that is cut, else the columns' before the rows'", () => {
    expect(cutSide(entries, ofTable(25))).toBe("columns");
    expect(cutSide(entries, cross("view_of_reform", "role"))).toBe("rows");
    expect(cutSide(entries, cross("role", "background"))).toBeNull();
    expect(
      cutSide(entries, {...cross("view_of_reform", "training"), rows: {...plainSide("view_of_reform"), cut: 1}})
    ).toBe("rows");
  });
});
