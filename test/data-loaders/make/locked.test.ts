import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {keeper, type Locked, lock, lockFile} from "../../../data-loaders/make/derived.js";
import {lockedResults} from "../../../data-loaders/make/locked.js";
import {surveyBounds} from "../../../data-loaders/publish/bounds.js";
import {ensembleMembers} from "../../../data-loaders/publish/ensemble.js";
import {surveyCounts} from "../../../data-loaders/publish/respondents.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {readReport} from "../../../data-loaders/read/report.js";
import {findEnds} from "../../../data-loaders/reconstruction/bounds.js";
import {random} from "../../../data-loaders/reconstruction/random.js";
import type {ExactTest} from "../../../src/statistics/exact.js";

const report = readReport(readRawFolder());
const slow = lockedResults(report);
const locked = JSON.parse(readFileSync(lockFile, "utf8")) as Record<string, Locked>;

describe("the results that are kept in the repository", () => {
  test("are of these inputs and this code, and whole: if not, `npm run lock` makes them anew", () => {
    expect(Object.keys(locked)).toEqual(slow.map(({name}) => name));
    for (const {name, origin} of slow) {
      const {of, sum, result} = locked[name] as Locked;
      expect({name, of, sum}).toEqual({name, of: lock(origin, result).of, sum: lock(origin, result).sum});
    }
  });

  // Another few whenever the file is made anew.
  const seed = Number.parseInt(locked["ends-2010"]?.sum.slice(0, 6) ?? "", 16);

  test(`come out the same when some of the bounds are made again (seed ${seed})`, async () => {
    const counts = surveyCounts(report, "2010");
    const {pairs, bounds} = await surveyBounds(report, "2010");
    const programs = pairs.flatMap(({method}, place) => (method === "program" ? [place] : []));
    const some = random(seed).shuffle(programs).slice(0, 4);
    const {programs: ends} = await findEnds(counts, some);
    const expected = pairs.flatMap((pair, place) =>
      some.includes(place)
        ? bounds
            .filter((b) => b.row_variable === pair.row_variable && b.column_variable === pair.column_variable)
            .flatMap(({lower, upper}) => [lower, upper])
        : []
    );
    expect(ends).toEqual(expected);
  });

  test("come out the same when the respondents are made again, and their independence is measured again", async () => {
    for (const {name, make} of slow.filter(({name}) => /^(respondents|independence)-/.test(name))) {
      expect({name, result: await make()}).toEqual({name, result: (locked[name] as Locked).result});
    }
  });

  test("come out the same when the first data sets of the ensemble are drawn again", async () => {
    const members = 3;
    const {levels} = await ensembleMembers(report, "2010", members).make();
    const {levels: kept} = (locked["ensemble-2010"] as Locked).result as {levels: typeof levels};
    const {n} = surveyCounts(report, "2010");
    expect(Object.keys(levels)).toEqual(Object.keys(kept));
    for (const [name, digits] of Object.entries(levels)) expect(kept[name]?.slice(0, members * n)).toBe(digits);
  });

  test(`come out the same when some of the exact tests are made again (seed ${seed})`, async () => {
    const tests = slow.filter(({name}) => name.startsWith("exact-"));
    for (const {name, make} of random(seed).shuffle(tests).slice(0, 4)) {
      const {p, ...rest} = (await make()) as ExactTest;
      const {p: kept, ...others} = (locked[name] as Locked).result as ExactTest;
      expect({name, ...rest}).toEqual({name, ...others});
      expect(p / kept).toBeCloseTo(1, 12);
    }
  });
});

describe("a result that is looked for in the file of those that take long", () => {
  const origin = {inputs: ["a"], code: ["data-loaders/make/derived.ts"]};
  let folder = "";
  let made = 0;
  let lines: string[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "locked-"));
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  async function get(text: string, inputs: unknown = origin.inputs) {
    [made, lines] = [0, []];
    const file = join(folder, "lock.json");
    writeFileSync(file, text);
    const kept = mkdtempSync(join(folder, "kept-"));
    const derived = keeper(kept, (line) => lines.push(line), file);
    const make = async () => {
      made++;
      return 42;
    };
    return derived({name: "answer", origin: {...origin, inputs}, make});
  }

  const whole = JSON.stringify({answer: lock(origin, 41)});

  test("is taken from there, and made anew for other inputs", async () => {
    expect([await get(whole), made]).toEqual([41, 0]);
    expect([await get(whole, ["b"]), made, lines]).toEqual([42, 1, []]);
  });

  test("is made anew where it is not what was kept, with one line that says so", async () => {
    expect([await get(whole.replace('"result":41', '"result":40')), made, lines.length]).toEqual([42, 1, 1]);
    expect(lines[0]).toMatch(/^answer in .* is not what was kept and is made anew\.$/);
    expect([await get(whole.replace('"result":41', '"result":null')), made, lines.length]).toEqual([42, 1, 1]);
  });

  test("is made anew where there is no such file, or nothing to be read in it", async () => {
    for (const text of ["", "{", "{}"]) expect([await get(text), made]).toEqual([42, 1]);
  });
});
