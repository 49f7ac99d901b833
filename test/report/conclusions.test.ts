import {readFileSync} from "node:fs";
import {fromArrow} from "arquero";
import {beforeAll, describe, expect, test} from "vitest";
import {writeTests} from "../../data-loaders/checks/tests.js";
import {writeClaims} from "../../data-loaders/claims/register.js";
import {writeRespondents} from "../../data-loaders/publish/respondents.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import {conclusions, testedConclusions} from "../../src/report/conclusions.js";
import {
  type JudgedClaim,
  type Judgement,
  judgements,
  printedAnswer,
  type Sources,
  tableLimits
} from "../../src/report/judgement.js";
import {chiSquareTest} from "../../src/statistics/chi-square.js";
import {trendTest} from "../../src/statistics/trend.js";
import {printedCrosstab} from "../../src/tables/crosstab.js";
import {entries, published} from "../tables/published.js";

const page = (name: string) => readFileSync(new URL(`../../src/${name}.md`, import.meta.url), "utf8");
const ofSummary = conclusions.filter(({drawn}) => drawn === "summary");

describe("conclusions", () => {
  test("hold every statement of the summary and the closing chapter, each once", () => {
    const raw = readFileSync(new URL("../../data-loaders/raw/claims.csv", import.meta.url), "utf8");
    const ids = [...raw.matchAll(/^(?:sum|kon)-\d+/gm)].map(([id]) => id);
    const own = ofSummary.flatMap(({claims}) => claims).filter((id) => /^(sum|kon)-/.test(id));
    expect([...own].sort()).toEqual(ids.sort());
    const all = conclusions.flatMap(({claims}) => claims);
    expect(all.filter((id, i) => all.indexOf(id) !== i)).toEqual([]);
  });

  test("rest on every test, each in one of them; the others say why nothing tests them", () => {
    const tests = conclusions.flatMap((conclusion) => conclusion.tests);
    expect([...tests].sort()).toEqual([...testedConclusions.map(({id}) => id), "t28-service", "t28-two"].sort());
    for (const {anchor, tests: own, untested} of conclusions) {
      expect([anchor, own.length === 0]).toEqual([anchor, untested !== ""]);
    }
  });

  test("have their sections on the page, in the same order", () => {
    const headings = [...page("conclusions").matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\w]+/g, "-")
        .replace(/^-|-$/g, "")
    );
    const anchors = ofSummary.map(({anchor}) => anchor);
    expect(headings.filter((heading) => anchors.includes(heading))).toEqual(anchors);
    for (const cell of ["conclusion"]) {
      const shown = [...page("conclusions").matchAll(new RegExp(`^${cell}\\("(.+)"\\)$`, "gm"))];
      expect(shown.map(([, anchor]) => anchor)).toEqual(anchors);
    }
  });

  test("are the same list, with the same two answers, on both pages", () => {
    for (const name of ["conclusions", "would-it-change"]) expect(page(name)).toContain("\nconclusionsTable(judged)\n");
    expect(page("conclusions")).toContain("judged = judgements(");
    expect(page("would-it-change")).toContain("judged = judge(conclusions, claims, tried)");
  });
});

describe("the two answers", () => {
  let judged: Judgement[];
  let sources: Sources;

  beforeAll(async () => {
    const raw = readRawFolder();
    const report = readReport(raw);
    const table = async (bytes: Promise<Uint8Array>) => fromArrow(await bytes);
    const rows = async (bytes: Promise<Uint8Array>) => (await table(bytes)).objects({limit: Number.POSITIVE_INFINITY});
    sources = {
      respondents: await table(writeRespondents(report, "2010", raw)),
      earlier: await table(writeRespondents(report, "2008", raw)),
      published,
      codebook: entries,
      tests: await rows(writeTests(report, raw)),
      claims: await rows(writeClaims(report, raw))
    };
    judged = judgements(sources);
  });

  const answers = (drawn: (drawn: string) => boolean) =>
    judged.filter((d) => drawn(d.drawn)).map(({anchor, printed, firm}) => [anchor, printed, firm]);

  test("of the summary's conclusions are these", () => {
    expect(answers((drawn) => drawn === "summary")).toEqual([
      ["belief-has-fallen", "in_part", "firm"],
      ["what-belief-goes-with", "in_part", "weak"],
      ["small-offices", "in_part", "mostly"],
      ["half-as-before", "in_part", "untested"],
      ["most-staff", "in_part", "untested"],
      ["managers-and-their-staff", "in_part", "untested"],
      ["the-sick", "yes", "mostly"],
      ["the-higher-the-more-positive", "yes", "weak"],
      ["cooperation-and-training", "in_part", "untested"],
      ["newcomers-and-aetat", "yes", "weak"],
      ["who-does-what", "in_part", "untested"],
      ["gains-and-strains", "open", "untested"],
      ["new-roles-and-specialists", "open", "untested"]
    ]);
  });

  test("of findings of no difference are no more than that nothing was found", () => {
    for (const {tried, firm} of judged.filter((d) => d.tests.length > 0)) {
      expect(tried.every(({isNull}) => isNull)).toBe(firm === "nothing_found");
    }
    expect(judged.filter(({firm}) => firm === "nothing_found")).toHaveLength(7);
  });

  test("rest on what the printed tables determine, and on the report's own choices as well", () => {
    for (const {specs, summary, id} of judged.flatMap(({tried}) => tried)) {
      expect([id, specs.every(({determined}) => determined)]).toEqual([id, true]);
      expect([id, specs.filter(({own}) => own).length, summary.own]).toEqual([id, 1, true]);
    }
  });

  test("say at which likeness a result is lost: no specification beyond it holds without a correction", () => {
    const tried = judged.flatMap((d) => d.tried).filter(({lostAt}) => lostAt !== null);
    const lost = Object.fromEntries(tried.map(({id, lostAt}) => [id, lostAt?.toFixed(3)]));
    expect(lost).toMatchObject({t17: "0.234", t18: "0.108", t19: "0.174", t23: "0.009", t24: "0.031", t16: "0.138"});
    for (const {specs, lostAt, conclusion} of tried.filter((d) => d.conclusion)) {
      const own = specs.filter((d) => d.recode === conclusion?.recodes[0]?.id && d.test === "pearson");
      for (const spec of own.filter((d) => d.correction === "none" && d.missing === "exclude")) {
        expect([conclusion?.id, spec.p < 0.05]).toEqual([conclusion?.id, spec.likeness < (lostAt ?? 1)]);
      }
    }
  });

  test("have a limit for every significant crosstab of all respondents", () => {
    const limits = tableLimits(entries, sources.tests as never, 45);
    const significant = (sources.tests as {table: number; p_pearson: number}[]).filter((d) => d.p_pearson < 0.05);
    expect(limits.map(({table}) => table)).toEqual(significant.map(({table}) => table));
  });
});

test("each step of table 26 is significant on the five answers, and neither if only agreement is counted", () => {
  const {counts} = printedCrosstab(published, 26);
  const inTwo = (line: readonly number[]) =>
    [line.slice(0, 3), line.slice(3)].map((some) => some.reduce((a, b) => a + b));
  for (const step of [counts.slice(0, 2), counts.slice(1, 3)]) {
    expect(trendTest(step).p).toBeLessThan(0.05);
    expect(chiSquareTest(step.map(inTwo)).p).toBeGreaterThan(0.05);
  }
});

test("a conclusion comes out in part where some of it fails, or holds in another reading only", () => {
  const claim = (verdict: JudgedClaim["verdict"], more: Partial<JudgedClaim> = {}): JudgedClaim => ({
    ...{id: "", verdict, against: verdict === "not_checkable" ? "nothing" : "tables", otherwise_verdict: null},
    ...more
  });
  expect(printedAnswer([claim("exact"), claim("rounding")])).toBe("yes");
  expect(printedAnswer([claim("exact"), claim("differs")])).toBe("in_part");
  expect(printedAnswer([claim("exact"), claim("not_checkable")])).toBe("in_part");
  expect(printedAnswer([claim("differs"), claim("inconsistent")])).toBe("no");
  expect(printedAnswer([claim("differs", {otherwise_verdict: "exact"})])).toBe("in_part");
  expect(printedAnswer([claim("exact", {against: "text"}), claim("not_checkable")])).toBe("open");
});
