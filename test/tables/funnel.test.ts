import {readFileSync} from "node:fs";
import {fromArrow} from "arquero";
import {beforeAll, describe, expect, test} from "vitest";
import {writeChecks} from "../../data-loaders/checks/register.js";
import {readErrata} from "../../data-loaders/claims/errata.js";
import {writeClaims} from "../../data-loaders/claims/register.js";
import {writePublished} from "../../data-loaders/publish/published.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import {compareTable} from "../../src/tables/comparison.js";
import {type Counted, type Funnel, funnelOf} from "../../src/tables/funnel.js";
import {entries, published} from "./published.js";

const raw = readRawFolder();
const report = readReport(raw);
const pages = [
  "index",
  "sammendrag",
  "what-holds",
  "conclusions",
  "every-check",
  "reconstruction",
  "certificate"
] as const;
const source = (page: string) => readFileSync(new URL(`../../src/${page}.md`, import.meta.url), "utf8");
let funnel: Funnel;
let counted: Counted;

beforeAll(async () => {
  const rows = async (bytes: Promise<Uint8Array>) =>
    fromArrow(await bytes).objects({limit: Number.POSITIVE_INFINITY}) as never[];
  counted = {
    printed: fromArrow(await writePublished(report, raw)).numRows(),
    checks: await rows(writeChecks(report, raw)),
    claims: await rows(writeClaims(report, raw)),
    errata: readErrata(raw.get("errata.csv") ?? new Uint8Array())
  };
  funnel = funnelOf(counted);
});

const sum = (tally: Readonly<Record<string, number>>) => Object.values(tally).reduce((a, b) => a + b, 0);

describe("the funnel of counts", () => {
  test("each follows from the one before", () => {
    const {numbers, counts, statements, errors, relations} = funnel;
    expect(numbers).toMatchObject({printed: 1396, checked: 1379, unchecked: 17});
    expect(numbers.checked + numbers.unchecked).toBe(numbers.printed);
    expect(sum(numbers.by)).toBe(numbers.checked);
    expect(numbers.by).toEqual({exact: 1370, rounding: 7, differs: 1, inconsistent: 1, not_checkable: 0});
    expect(counts.all).toEqual({tables: 30, compared: 624, equal: 624});
    expect(Object.fromEntries(counts.bySurvey)).toEqual({
      2008: {tables: 2, compared: 11, equal: 11},
      2010: {tables: 28, compared: 613, equal: 613}
    });
    expect(statements.tables.all + statements.text.all + statements.nothing.all).toBe(statements.all);
    expect([...statements.nothing.lacks.values()].reduce((a, b) => a + b, 0)).toBe(statements.nothing.all);
    expect(statements.tables.by.not_checkable + statements.text.by.not_checkable).toBe(0);
    expect(sum(errors.by)).toBe(errors.all);
    expect(errors.changed + errors.weakened).toBe(errors.bearing);
    expect(sum(relations.by)).toBe(relations.all);
  });

  test("no total that pages name can be taken for the number of people", () => {
    const {numbers, counts, statements, relations, errors} = funnel;
    const totals = [
      numbers.printed,
      numbers.checked,
      numbers.by.exact,
      counts.all.compared,
      statements.all,
      relations.all
    ];
    for (const total of [...totals, errors.all, counted.checks.length]) expect([1257, 831]).not.toContain(total);
  });

  test("of a table's numbers is what stands below the table", () => {
    const checks = counted.checks as unknown as readonly {table: number; verdict: string; numbers: number}[];
    for (const {table, kind} of entries.tables) {
      if (kind === "chart" || kind === "regression") continue;
      const {tally} = compareTable(published, entries, table);
      const own = Object.keys(tally).map((verdict) => [
        verdict,
        checks.reduce((n, d) => n + (d.table === table && d.verdict === verdict ? d.numbers : 0), 0)
      ]);
      expect([table, Object.fromEntries(own)]).toEqual([table, tally]);
    }
  });

  test("is where every page takes its totals from", () => {
    // A page that counted lines itself could differ from the others.
    for (const page of pages) {
      expect([page, source(page).match(/\b(checks|claims|errata)\.length/g)]).toEqual([page, null]);
    }
  });
});
