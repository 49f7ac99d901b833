import {read} from "@e965/xlsx";
import {unzipSync} from "fflate";
import {JSDOM} from "jsdom";
import {describe, expect, test} from "vitest";
import {writeArrow} from "../../../data-loaders/publish/arrow.js";
import {writeWorkbook} from "../../../data-loaders/publish/workbook.js";
import {seeded} from "../../../src/statistics/random.js";

/** Texts that spreadsheets take for numbers, dates, formulas, truth values or errors, or cannot hold as they are. */
const tempting = [
  "0,174",
  "1-5",
  "æøå",
  "=1+1",
  "+47 22 00 00 00",
  "-,125",
  "1e5",
  "TRUE",
  "#N/A",
  "00012",
  "3/4",
  "<b>&amp;</b>",
  "@SUM(A1)",
  "\u05d0\u202ex",
  "W".repeat(200),
  "_x0041_",
  "'x",
  " x"
];

describe("the workbook", () => {
  const random = seeded(7);
  const texts = Array.from({length: 300}, () =>
    random() < 0.1 ? null : (tempting[Math.floor(random() * tempting.length)] ?? "")
  );
  const numbers = texts.map(() => (random() < 0.1 ? null : (random() - 0.5) * 10 ** Math.floor(random() * 30 - 15)));
  const column = {label: "l", description: "d"};
  const metadata = {title: "t", description: "d", source: "s", section: "s", licence: "l", inputs: "{}"};
  const arrow = writeArrow(
    [
      {...column, name: "printed", type: "text", values: texts},
      {...column, name: "value", type: "number", values: numbers}
    ],
    metadata
  );
  const files = new Map([
    ["things.arrow", arrow],
    ["codebook.csv", Buffer.from("variable,order,respondents_2010\n007,1,12\n")]
  ]);

  /** The cells of a sheet as its XML has them. */
  const cells = (bytes: Uint8Array, sheet: number) => {
    const xml = new TextDecoder().decode(unzipSync(bytes)[`xl/worksheets/sheet${sheet}.xml`]);
    const {document} = new JSDOM(xml, {contentType: "application/xml"}).window;
    return new Map(
      [...document.querySelectorAll("c")].map((cell) => {
        const text = (cell.textContent ?? "").replaceAll("_x005F_", "_");
        return [cell.getAttribute("r"), cell.getAttribute("t") === "str" ? text : Number(text)];
      })
    );
  };

  test("holds each text as a text and each number as the same number", async () => {
    const bytes = await writeWorkbook(files);
    expect(read(bytes).SheetNames).toEqual(["things", "codebook"]);
    const things = cells(bytes, 1);
    expect([things.get("A1"), things.get("B1")]).toEqual(["printed", "value"]);
    for (const [i, text] of texts.entries()) {
      expect([things.get(`A${i + 2}`), things.get(`B${i + 2}`)]).toEqual([text ?? undefined, numbers[i] ?? undefined]);
    }
    expect([...cells(bytes, 2).values()]).toEqual(["variable", "order", "respondents_2010", "007", 1, 12]);
  });

  test("has no formula in it, and is the same bytes whenever it is made", async () => {
    const [first, second] = [await writeWorkbook(files), await writeWorkbook(files)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    for (const bytes of Object.values(unzipSync(first))) expect(new TextDecoder().decode(bytes)).not.toMatch(/<f>|<f /);
  });
});
