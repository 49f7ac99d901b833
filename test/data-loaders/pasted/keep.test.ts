import {readdirSync, readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {describe, expect, test} from "vitest";
import {checkOneTable} from "../../../data-loaders/checks/one-table.js";
import {checkBlocks} from "../../../data-loaders/pasted/check.js";
import {emptyRaw} from "../../../data-loaders/pasted/empty.js";
import {keepBlocks, withKept} from "../../../data-loaders/pasted/keep.js";
import {readPasted} from "../../../data-loaders/pasted/read.js";
import {readEntries, readReport} from "../../../data-loaders/read/report.js";

const folder = fileURLToPath(new URL("./cases/", import.meta.url));
const told = {
  survey: "2021",
  title: "A table",
  titleEn: "A table",
  asked: "Everybody",
  askedEn: "Everybody",
  section: "Tables",
  use: "",
  useNote: "",
  population: "",
  weighted: false,
  rowNames: [],
  columnNames: []
};
const read = (name: string) => readPasted(new Uint8Array(readFileSync(`${folder}${name}`)));
const keep = (name: string, raw: ReadonlyMap<string, Uint8Array> = emptyRaw(["2021"]), table = "1") => {
  const kept = keepBlocks(read(name).blocks, table, told, readEntries(raw).codebook);
  return {kept, raw: withKept(raw, kept)};
};

describe("a pasted table as raw files", () => {
  const readable = readdirSync(folder).filter((name) => name !== "other-sas-freq.txt");

  test.each(readable.sort())("%s: every number is kept as printed", (name) => {
    const {kept, raw} = keep(name);
    const {tables} = readReport(raw);
    expect(tables.map(({entry}) => entry.table)).toEqual(kept.tables);
    const printed = read(name).blocks.flatMap(({cells}) => cells.map((cell) => cell.printed));
    expect(tables.flatMap(({cells}) => cells.map((cell) => cell.printed)).sort()).toEqual(printed.sort());
  });

  test.each(readable.sort())("%s: check-table finds what read-table finds, and nothing else", async (name) => {
    const {kept, raw} = keep(name);
    const {blocks, weighted} = read(name);
    const fails = [];
    for (const id of kept.tables) fails.push(...(await checkOneTable(raw, id)).checks.filter((each) => each.fails));
    expect(fails.length > 0, fails.map(({id, note}) => `${id}: ${note}`).join("\n")).toBe(
      checkBlocks(blocks, weighted).problems.length > 0
    );
  });

  test("stacked variables share their columns’ variable, group sizes are the totals", () => {
    const {kept, raw} = keep("01-stacked-n-percent-chi2.tsv");
    expect(kept.tables).toEqual(["1a", "1b", "1c"]);
    const {tables, codebook} = readReport(raw);
    expect(tables.map(({entry}) => [entry.row.name, entry.column?.name, entry.percentOf, entry.use])).toEqual([
      ["age", "likely_not_likely_undecided", "column", ["2021"]],
      ["gender", "likely_not_likely_undecided", "column", ["2021"]],
      ["residence", "likely_not_likely_undecided", "column", ["2021"]]
    ]);
    expect(codebook.get("age")?.categories.map(({code}) => code)).toEqual(["le_50", "51_70", "gt_70"]);
    expect(codebook.get("age")?.kind).toBe("ordinal");
    const totals = tables[0]?.cells.filter(({row}) => row?.code === "total").map(({printed}) => printed);
    expect(totals).toEqual(["211", "73", "54", "84"]);
  });

  test("questions with the same answers are variables of their own, also across each other", () => {
    const {kept, raw} = keep("made-questions-as-headings.tsv");
    const rows = readReport(raw).tables.map(({entry}) => entry.row.name);
    expect(rows).toEqual(["do_you_smoke", "do_you_drink"]);
    expect(kept.tables).toEqual(["1a", "1b"]);
    const bytes = new TextEncoder().encode("Before,Yes,No\nYes,10,20\nNo,5,6\n");
    const crossed = keepBlocks(readPasted(bytes).blocks, "2", told, readEntries(emptyRaw(["2021"])).codebook);
    const [table] = readReport(withKept(emptyRaw(["2021"]), crossed)).tables;
    expect(table?.entry.column?.name).not.toBe(table?.entry.row.name);
  });

  test("intervals of another level are held against P as such, also from the raw file", async () => {
    // z = 4: an interval of 99 % is 1.31 times as wide as one of 95 %.
    const bytes = new TextEncoder().encode(
      "Exposure\tOR (99% CI)\tP\nSmoking\t2.00 (1.28–3.13)\t0.00006\nAge\t1.50 (0.96–2.34)\t0.019\n"
    );
    const {blocks} = readPasted(bytes);
    expect(checkBlocks(blocks, false)).toMatchObject({checked: 4, problems: []});
    const raw = emptyRaw(["2021"]);
    const {checks} = await checkOneTable(withKept(raw, keepBlocks(blocks, "1", told, readEntries(raw).codebook)), 1);
    expect(checks.map(({verdict}) => verdict)).toEqual(["exact", "exact", "exact", "exact"]);
  });

  test("items of a battery are not added up to respondents", () => {
    const [{entry} = {}] = readReport(keep("16-item-battery.tsv").raw).tables;
    expect([entry?.use, entry?.useNote]).toEqual([[], "each line is of the same people"]);
  });

  test("labels without Latin letters are variables too, and a misprinted P is kept and told", async () => {
    const bytes = new TextEncoder().encode("Возраст,Да,Нет\nМолодые,10,20\nСтарые,20,10\nP,9.49,\n");
    const raw = emptyRaw(["2021"]);
    const {tables, files} = keepBlocks(readPasted(bytes).blocks, "1", told, readEntries(raw).codebook);
    const {checks} = await checkOneTable(withKept(raw, {tables, files}), 1);
    expect(checks.filter(({fails}) => fails).map(({id, printed}) => [id, printed])).toEqual([["t1.p", "9.49"]]);
  });

  test("a second table takes the variables that the codebook has by then, in part or in another order", () => {
    const {raw} = keep("01-stacked-n-percent-chi2.tsv");
    const bytes = new TextEncoder().encode(",Female,Male,Total\nUndecided,10,20,30\nLikely,5,6,11\n");
    const kept = keepBlocks(readPasted(bytes).blocks, "S2", told, readEntries(raw).codebook);
    const [table] = readReport(withKept(raw, kept)).tables.filter(({entry}) => entry.table === "S2");
    expect(table?.entry.row.name).toBe("likely_not_likely_undecided");
    expect(table?.entry.rowCodes).toEqual(["likely", "undecided"]);
    expect(table?.entry.column?.name).toBe("gender");
  });

  test("its real error is found by check-table, and no sound P is accused", async () => {
    const {raw} = keep("01-stacked-n-percent-chi2.tsv");
    const wrong = [];
    for (const id of ["1a", "1b", "1c"]) {
      const {checks} = await checkOneTable(raw, id);
      expect(
        checks.some(({kind, verdict}) => kind === "p" && verdict === "exact"),
        id
      ).toBe(true);
      wrong.push(...checks.filter(({fails}) => fails).map((check) => check.id));
    }
    expect(wrong).toEqual(["t1a.le_50.not_likely.percent"]);
  });

  test("percents by themselves are held to 100 by check-table too; where nothing can be, there are no checks", async () => {
    const wrong = await checkOneTable(keep("05d-percent-only-typo.csv").raw, 1);
    expect(wrong.checks.filter(({fails}) => fails).map(({id}) => id)).toEqual(["t1.column.18_39.hundred"]);
    expect(wrong.checks.filter(({verdict}) => verdict === "exact").length).toBe(4);
    const sound = await checkOneTable(keep("05-percent-only-crosstab.tsv").raw, 1);
    expect(sound.checks.map(({verdict}) => verdict)).toEqual(["exact", "exact", "exact", "exact", "exact"]);
    expect((await checkOneTable(keep("made-stars.tsv").raw, 1)).checks).toEqual([]);
  });
});
