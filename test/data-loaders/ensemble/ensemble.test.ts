import {type ColumnTable, fromArrow} from "arquero";
import {beforeAll, describe, expect, test} from "vitest";
import {blocks} from "../../../data-loaders/ensemble/blocks.js";
import type {EnsembleAccount} from "../../../data-loaders/ensemble/count.js";
import {type DrawInput, draw, needsWalk} from "../../../data-loaders/ensemble/draw.js";
import {independentMembers, shareInCommon} from "../../../data-loaders/ensemble/mixing.js";
import {writeEnsemble, writeEnsembleAccount, writeMembers} from "../../../data-loaders/publish/ensemble.js";
import {reconstructSurvey, surveyCounts, writeRespondents} from "../../../data-loaders/publish/respondents.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import {readConstraints} from "../../../data-loaders/reconstruction/constraints.js";
import {random} from "../../../data-loaders/reconstruction/random.js";
import {verifyCounts} from "../../../data-loaders/reconstruction/verify.js";
import {type Ensemble, openEnsemble, spread} from "../../../src/multiverse/ensemble.js";

const raw = readRawFolder();
const report = readReport(raw);
const counts = surveyCounts(report, "2010");

/** The published files, opened as a page opens them. */
describe("the published ensemble", () => {
  let account: EnsembleAccount;
  let ensemble: Ensemble;
  /** All members’ answers: to put them together takes long. */
  let members: ReturnType<Ensemble["columns"]>[];
  let spreads: ColumnTable;

  beforeAll(async () => {
    account = JSON.parse(new TextDecoder().decode(await writeEnsembleAccount(report, "2010"))) as EnsembleAccount;
    const stored = fromArrow(await writeMembers(report, "2010", raw));
    ensemble = openEnsemble(stored, fromArrow(await writeRespondents(report, "2010", raw)), account);
    members = ensemble.kinds.map((_, k) => ensemble.columns(k));
    spreads = fromArrow(await writeEnsemble(report, "2010", raw));
  });

  test("has 200 members, each of which prints every count of every used table", () => {
    expect(ensemble.kinds.length).toBe(200);
    for (const [k, columns] of members.entries()) {
      const compared = verifyCounts(columns, counts.tables);
      expect(compared.length).toBe(613);
      expect(
        compared.filter(({printed, counted}) => printed !== counted),
        `member ${k}`
      ).toEqual([]);
    }
  });

  test("has no two members alike, nor one like the published respondents", async () => {
    const {columns} = await reconstructSurvey(report, "2010");
    const rows = (member: Readonly<Record<string, readonly (string | null)[]>>) =>
      Array.from({length: counts.n}, (_, person) => counts.variables.map(({name}) => member[name]?.[person]).join());
    const all = [rows(columns), ...members.map(rows)];
    // Who has which answers how often: few are the same in two members, so only those are gone through.
    const having = new Map<string, Map<number, number>>();
    all.forEach((list, k) => {
      for (const row of list) {
        const times = having.get(row) ?? new Map<number, number>();
        having.set(row, times.set(k, (times.get(k) ?? 0) + 1));
      }
    });
    const common = new Int32Array(all.length ** 2);
    for (const times of having.values()) {
      for (const [i, one] of times) {
        for (const [j, other] of times) if (i < j) (common[i * all.length + j] as number) += Math.min(one, other);
      }
    }
    const alike = common.reduce((most, count) => Math.max(most, count), 0) / counts.n;
    expect(shareInCommon(all[0] ?? [], all[1] ?? [])).toBe((common[1] ?? 0) / counts.n);
    // With all twenty answers, hardly anybody has a double.
    expect(alike).toBeLessThan(0.15);
  });

  test("gives a member as a table with the respondents' columns, the same each time", () => {
    const member = ensemble.member(150);
    expect(member.numRows()).toBe(counts.n);
    expect([...member.columnNames()].sort()).toEqual(counts.variables.map(({name}) => name).sort());
    const columns = ensemble.columns(150);
    expect(columns).toEqual(members[150]);
    expect(Object.fromEntries(member.columnNames().map((name) => [name, member.array(name)]))).toEqual(columns);
    expect(() => ensemble.columns(200)).toThrow(RangeError);
    expect(() => ensemble.member(200)).toThrow(RangeError);
  });

  test("has every count of every member within the exact bounds, and spreads in order", () => {
    expect(spreads.numRows()).toBe(3004);
    for (const row of spreads.objects() as Record<string, number>[]) {
      for (const kind of ["even", "slanted"]) {
        const values = ["least", "low", "middle", "high", "most"].map((part) => row[`${kind}_${part}`] ?? Number.NaN);
        const chain = [row.lower ?? Number.NaN, ...values, row.upper ?? Number.NaN];
        expect(
          chain.every((value, i) => i === 0 || (chain[i - 1] ?? 0) <= value),
          JSON.stringify(row)
        ).toBe(true);
      }
    }
  });

  test("spreads are those of the members, in some cells", () => {
    const cells = spreads.objects() as Record<string, string | number>[];
    const isWomenWhoAgree = (cell: (typeof cells)[number]) => `${cell.row} ${cell.column}` === "woman agree";
    // Others whenever the lockfile's are made anew.
    for (const cell of [
      ...cells.filter(isWomenWhoAgree),
      ...random(account.walks[0]?.made ?? 0)
        .shuffle(cells)
        .slice(0, 30)
    ]) {
      for (const kind of ["even", "slanted"] as const) {
        const counted = members.flatMap((columns, k) => {
          if (ensemble.kinds[k] !== kind) return [];
          const across = columns[cell.column_variable as string];
          const down = columns[cell.row_variable as string] ?? [];
          return [down.filter((code, person) => code === cell.row && across?.[person] === cell.column).length];
        });
        const {least, low, middle, high, most} = spread(counted);
        const printed = ["least", "low", "middle", "high", "most"].map((part) => cell[`${kind}_${part}`]);
        expect(printed).toEqual([least, low, middle, high, most]);
      }
    }
  });

  test("mixes: even members are worth most of their number, and slanted ones reach further", () => {
    expect(account.mixing.cells).toBeGreaterThan(300);
    expect(account.mixing.median).toBeGreaterThan(70);
    expect(account.mixing.correlation).toBeLessThan(0.15);
    expect(account.mixing.alikeNext).toBeLessThan(account.mixing.alikeAny + 0.03);
    expect(account.coverage.slanted).toBeGreaterThan(1.3 * account.coverage.even);
  });
});

describe("drawing", () => {
  let input: DrawInput;

  beforeAll(async () => {
    const {columns} = await reconstructSurvey(report, "2010");
    input = {...counts, columns, kinds: ["even", "slanted"], seed: 1, slant: 0.2, burnIn: 200, thinning: 200};
  });

  test("gives the same members for the same seed, and others for another", () => {
    expect(draw(input)).toEqual(draw(input));
    expect(draw({...input, seed: 2}).levels).not.toEqual(draw(input).levels);
  });

  test("splits the variables into blocks that share one variable at most, each table within one", () => {
    const constraints = readConstraints(counts);
    const found = blocks(constraints);
    for (const scope of constraints.scopes) {
      expect(found.some(({variables}) => scope.every((variable) => variables.includes(variable)))).toBe(true);
    }
    const seen = new Set<number>();
    for (const {variables, hinge} of found) {
      expect(variables.filter((variable) => seen.has(variable))).toEqual(hinge === null ? [] : [hinge]);
      for (const variable of variables) seen.add(variable);
    }
    expect(seen.size).toBe(20);
    expect(found.filter(needsWalk).map(({variables}) => variables.length)).toEqual([10, 3]);
  });
});

/** A cube of 2 × 2 × 2 whose three faces are printed: all its tables can be listed. */
describe("a walk on a small cube", () => {
  const codes = ["0", "1"];
  const names = ["a", "b", "c"] as const;
  const counts = [3, 1, 2, 2, 1, 2, 2, 1];
  const people = counts.flatMap((count, cell) => new Array<number>(count).fill(cell));
  const columns = Object.fromEntries(names.map((name, i) => [name, people.map((cell) => String((cell >> i) & 1))]));
  const side = (variable: string) => ({variable, groups: new Map(codes.map((code) => [code, [code]]))});
  const tables = [
    [0, 1],
    [0, 2],
    [1, 2]
  ].map(([a = 0, b = 0], i) => ({
    table: i + 1,
    survey: "x",
    row: side(names[a] ?? ""),
    column: side(names[b] ?? ""),
    population: [],
    cells: codes.flatMap((row) =>
      codes.map((column, c) => ({
        row,
        column,
        count: people.filter((cell) => String((cell >> a) & 1) === row && String((cell >> b) & 1) === column).length,
        place: {file: "x", line: Number(row) + 2, column: c + 2}
      }))
    )
  }));

  test("visits each table as often as there are ways to give the answers to the respondents", () => {
    const n = people.length;
    const kinds = new Array<"even">(20_000).fill("even");
    const variables = names.map((name) => ({name, codes}));
    const {levels} = draw({variables, tables, n, columns, kinds, seed: 5, slant: 0, burnIn: 10, thinning: 5});
    const found = new Map<number, number>();
    kinds.forEach((_, k) => {
      let first = 0;
      for (let person = k * n; person < (k + 1) * n; person++) {
        if (names.every((name) => levels[name]?.[person] === "0")) first++;
      }
      found.set(first, (found.get(first) ?? 0) + 1);
    });
    // Tables with these faces differ by one number: t more in the cells of even parity, t fewer in the others.
    const parity = (cell: number) => ((cell & 1) + ((cell >> 1) & 1) + ((cell >> 2) & 1)) % 2;
    const weights = new Map<number, number>();
    for (let t = -n; t <= n; t++) {
      const table = counts.map((count, cell) => count + (parity(cell) === 0 ? t : -t));
      if (table.some((count) => count < 0)) continue;
      const log = table.reduce(
        (sum, count) => sum - Array.from({length: count}, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0),
        0
      );
      weights.set(table[0] ?? 0, Math.exp(log));
    }
    const whole = [...weights.values()].reduce((a, b) => a + b, 0);
    expect(weights.size).toBeGreaterThan(2);
    expect([...found.keys()].sort()).toEqual([...weights.keys()].sort());
    for (const [first, weight] of weights) {
      expect((found.get(first) ?? 0) / kinds.length).toBeCloseTo(weight / whole, 1.5);
    }
  });
});

describe("measures of mixing", () => {
  test("count independent values as they are, and repeated ones once", () => {
    const values = Array.from({length: 400}, (_, i) => Math.sin(i * i * 12.9898) * 1000).map((x) => x - Math.floor(x));
    expect(independentMembers(values).size).toBeGreaterThan(250);
    expect(independentMembers(values.flatMap((value) => new Array<number>(10).fill(value))).size).toBeLessThan(600);
    expect(independentMembers([2, 2, 2])).toEqual({size: 1, correlation: 1});
  });

  test("match each item once", () => {
    expect(shareInCommon(["a", "a", "b", "c"], ["a", "c", "c", "d"])).toBe(0.5);
  });
});
