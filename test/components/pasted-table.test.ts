import {readFileSync} from "node:fs";
import {JSDOM} from "jsdom";
import {beforeAll, expect, test, vi} from "vitest";
import {writeChecks} from "../../data-loaders/checks/register.js";
import {emptyRaw} from "../../data-loaders/pasted/empty.js";
import {keepBlocks, withKept} from "../../data-loaders/pasted/keep.js";
import {readPasted} from "../../data-loaders/pasted/read.js";
import {writePublished} from "../../data-loaders/publish/published.js";
import {writeReportJson} from "../../data-loaders/publish/report-json.js";
import {readEntries, readReport} from "../../data-loaders/read/report.js";
import {readTable} from "../../src/components/data.js";
import {pastedTable} from "../../src/components/pasted-table.js";

// The loaders need Node’s own URL, so that the whole environment cannot be the browser’s.
beforeAll(() => {
  const {document, HTMLElement} = new JSDOM("<!doctype html>").window;
  vi.stubGlobal("document", document);
  vi.stubGlobal("HTMLElement", HTMLElement);
});

const told = {
  survey: "2021",
  title: "A table",
  titleEn: "A table",
  asked: "Everybody",
  askedEn: "Everybody",
  section: "Tables",
  use: "no",
  useNote: "a trial",
  population: "",
  weighted: false,
  rowNames: [],
  columnNames: []
};

/** The last of some pasted tables as its page shows it, from the published files. */
async function shown(...names: string[]): Promise<HTMLElement> {
  const raw = names.reduce(
    (files, name, i) => {
      const bytes = readFileSync(`${import.meta.dirname}/../data-loaders/pasted/cases/${name}`);
      const {blocks} = readPasted(new Uint8Array(bytes));
      return withKept(files, keepBlocks(blocks, String(i + 1), told, readEntries(files).codebook));
    },
    emptyRaw(["2021"])
  );
  const report = readReport(raw);
  const read = (bytes: Uint8Array) => readTable(Uint8Array.from(bytes).buffer);
  const checks = read(await writeChecks(report, raw)).objects();
  const entries = JSON.parse(new TextDecoder().decode(writeReportJson(report, [])));
  const last = report.tables.at(-1)?.entry.table ?? 1;
  return pastedTable(read(writePublished(report, raw)), entries, checks, last);
}

const textOf = (node: Element | null) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();

test("a table of ratios is shown with what each number is, and with what its checks say", async () => {
  const figure = await shown("other-contradictions.tsv");
  const [smoking] = [...figure.querySelectorAll("tbody tr")].map(textOf);
  expect(smoking).toBe("Smokingodds ratio 1.62 lower 1.21 upper 2.17 p 0.24");
  expect(textOf(figure.querySelector(".verdict.differs"))).toBe("3 of 5 checks hold.");
  expect([...figure.querySelectorAll("li")].map(textOf)).toEqual([
    "Smoking: 0.24. By its interval P is 0.000986 to 0.00146, and “0.24” is printed.",
    "Age >60 × HR: 2.10. It is outside its interval, 1.30 to 1.95."
  ]);
});

test("a regression has its coefficients, and below it the tests of the whole", async () => {
  const figure = await shown("other-regression.tsv");
  expect(textOf(figure.querySelectorAll("tbody tr")[1] ?? null)).toContain("b 0.021 se 0.006 beta .18");
  expect(textOf(figure.querySelector(".p-value"))).toContain("f 16.34");
  expect(textOf(figure.querySelector(".verdict.exact"))).toBe("9 of 9 checks hold.");
});

test("both percents of a frequency table stand beside each other, and statistics below a crosstab", async () => {
  const frequency = await shown("other-spss-norsk.csv");
  expect(textOf(frequency.querySelector("tbody tr"))).toBe(
    "Grunnskolecount 120 percent 24,5 percent of all 24,0 cumulative percent 24,5"
  );
  const crosstab = await shown("other-stata-all.txt");
  expect(textOf(crosstab.querySelector(".p-value"))).toContain("gamma 0.2925");
  expect(textOf(crosstab.querySelector(".verdict.exact"))).toBe("14 of 14 checks hold.");
});

test("a table with a plain number is found beside a table 1a", async () => {
  const figure = await shown("01-stacked-n-percent-chi2.tsv", "other-contradictions.tsv");
  expect(figure.id).toBe("table-2");
  expect(figure.querySelectorAll("tbody tr").length).toBe(3);
  expect(textOf(figure.querySelector(".verdict"))).toBe("3 of 5 checks hold.");
});
