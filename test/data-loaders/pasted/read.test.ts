import {readdirSync, readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {describe, expect, test} from "vitest";
import type {Block} from "../../../data-loaders/pasted/blocks.js";
import {checkBlocks} from "../../../data-loaders/pasted/check.js";
import {type ReadOptions, readingJson, readPasted} from "../../../data-loaders/pasted/read.js";
import {seeded} from "../../../src/statistics/random.js";

/**
 * Pieces of published tables as they stand in papers and statistics programs, and how a person reads each: in
 * `readings.txt`, a line for each measure of a block, its rows in print order. `cases` has the files as pasted.
 */
const folder = fileURLToPath(new URL("./", import.meta.url));
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${folder}cases/${name}`));
const readings = new Map(
  readFileSync(`${folder}readings.txt`, "utf8")
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const [name = "", ...lines] = part.trim().split("\n");
      return [name, lines.join("\n")] as const;
    })
);

/** A reading as `readings.txt` has it. */
function compact(blocks: readonly Block[]): string {
  const lines = blocks.flatMap(({rowVariable, columnVariable, rows, columns, cells}) => {
    const side = (sides: Block["rows"]) => sides.map(({label, total}) => `${label}${total ? " =" : ""}`).join(" | ");
    const measures = [...new Set(cells.map(({measure}) => measure))];
    return [
      `${rowVariable ?? "–"} × ${columnVariable ?? "–"}`,
      `  rows: ${side(rows)}`,
      ...(columns.length > 0 ? [`  columns: ${side(columns)}`] : []),
      ...measures.map((measure) => {
        const own = cells.filter((cell) => cell.measure === measure);
        const values = [-1, ...rows.keys()].map((r) =>
          own
            .filter((cell) => cell.r === r)
            .sort((a, b) => a.c - b.c)
            .map(({value, bound, printed}) => (value === null ? `?${printed}` : `${bound ?? ""}${value}`))
            .join(" ")
        );
        return `  ${measure}: ${values.filter(Boolean).join(", ")}`;
      })
    ];
  });
  return lines.join("\n");
}

describe("a table as pasted", () => {
  test("each case has its reading", () => {
    expect(readdirSync(`${folder}cases`).sort()).toEqual([...readings.keys()].sort());
  });

  test.each([...readings])("%s", (name, reading) => {
    // “!” is why it cannot be read.
    if (reading.startsWith("! ")) expect(() => readPasted(bytesOf(name))).toThrow(reading.slice(2));
    else expect(compact(readPasted(bytesOf(name)).blocks)).toBe(reading);
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const find = (name: string, options: ReadOptions = {}) => {
  const {blocks, weighted} = readPasted(bytesOf(name), options);
  return checkBlocks(blocks, weighted);
};

describe("the reading as data", () => {
  const reading = readPasted(bytesOf("01-stacked-n-percent-chi2.tsv"));
  const json = readingJson(reading, checkBlocks(reading.blocks, false));

  test("has the blocks’ sides, tests and base, and each number with its place", () => {
    const [age] = json.blocks;
    expect(json.blocks.length).toBe(3);
    expect(age).toMatchObject({
      rowVariable: "Age",
      columnVariable: null,
      rows: ["≤50", "51-70", ">70"],
      columns: ["Total", "Likely", "Not likely", "Undecided"],
      p: "0.254",
      statistic: "5.343",
      base: 211
    });
    const own = age?.cells.filter(({row, column}) => row === "≤50" && column === "Likely");
    expect(own).toEqual([
      {row: "≤50", column: "Likely", measure: "count", printed: "22", value: 22, line: 3, field: 3},
      {row: "≤50", column: "Likely", measure: "percent", printed: "30.1%", value: 30.1, line: 3, field: 3}
    ]);
  });

  test("holds every number of the file once", () => {
    const text = readFileSync(`${folder}cases/01-stacked-n-percent-chi2.tsv`, "utf8");
    const [, ...lines] = text.trim().split("\n");
    const fields = lines.flatMap((line, l) => line.split("\t").map((field, f) => ({field, line: l + 2, at: f + 1})));
    for (const {field, line, at} of fields.filter(({at, field}) => at > 1 && field !== "")) {
      const cells = json.blocks
        .flatMap((block) => block.cells)
        .filter((cell) => cell.line === line && cell.field === at);
      expect(
        cells.map(({printed}) => printed),
        `${line}:${at}`
      ).toEqual(field.match(/[\d.]+%?/g));
    }
  });

  test("keeps what is printed: bounds, levels, signs and what is not there", () => {
    const cells = (name: string) => readingJson(readPasted(bytesOf(name)), find(name)).blocks.flatMap((b) => b.cells);
    expect(cells("10d-p-less-than.csv").at(-1)).toMatchObject({printed: "<0,0001", value: 0.0001, bound: "<"});
    expect(cells("made-suppressed.csv").find(({printed}) => printed === "<5")).toMatchObject({value: null, bound: "<"});
    expect(cells("08-suppressed-colon.tsv").find(({printed}) => printed === ":")).toMatchObject({value: null});
    expect(
      cells("made-stars.tsv")
        .filter(({measure}) => measure === "p")
        .map(({value}) => value)
    ).toEqual([null, null, null]);
  });
});

describe("what the numbers of a pasted table say of each other", () => {
  test("a percent that its count does not give is told with its place", () => {
    const {problems, checked} = find("01-stacked-n-percent-chi2.tsv");
    expect(checked).toBeGreaterThan(40);
    expect(problems).toEqual([
      "Age: A percent is not what the counts give. “37.1%” of “≤50” × “Not likely” (line 3, field 4): 20 of 54 is 37.04 %."
    ]);
  });

  test("sound tables are not accused, weighted ones and batteries among them", () => {
    const sound = [...readings].filter(([, reading]) => !reading.startsWith("! "));
    const accused = sound.flatMap(([name]) => (find(name).problems.length > 0 ? [name] : []));
    expect(accused).toEqual([
      "01-stacked-n-percent-chi2.tsv",
      "02-one-block-as-printed.tsv",
      "05d-percent-only-typo.csv",
      "12-n-and-percent-columns-row-variable-name.tsv",
      "21-row-percent-n-chi2-yates.tsv",
      "24-framed-decimal-point-no-total-row.csv",
      // Made up, with P values that are of nothing.
      "made-means-and-medians.csv",
      "made-statistic-with-df.tsv",
      "made-workbook.xlsx",
      "other-contradictions.tsv"
    ]);
  });

  test("percents by themselves are held to 100, and the misprint is named", () => {
    expect(find("05-percent-only-crosstab.tsv")).toMatchObject({checked: 5, problems: []});
    const {problems} = find("05d-percent-only-typo.csv");
    expect(problems.length).toBe(1);
    expect(problems[0]).toContain("“18-39” adds up to 109.0");
    expect(problems[0]).toContain("“67,6” for “76,6”");
  });

  test("counts that contradict their percents and their P: one sentence for all percents", () => {
    const {problems} = find("12-n-and-percent-columns-row-variable-name.tsv");
    expect(problems.length).toBe(2);
    expect(problems[0]).toContain("2 percents are not what the counts give");
  });

  test("Yates’s correction in every cell, as its authors mark it, is no error; a percent of the same table is", () => {
    const {problems, notes} = find("21-row-percent-n-chi2-yates.tsv");
    expect(problems).toEqual([expect.stringContaining("718 of 749 is 95.86 %")]);
    expect(notes.join("\n")).toContain("The chi-square with Yates’s correction gives the printed P");
  });

  test("where nothing can be checked, that is said, and no praise", () => {
    for (const name of ["08-suppressed-colon.tsv", "32-no-totals.csv", "made-stars.tsv", "made-mean-sd-n.tsv"]) {
      const {checked, notes} = find(name);
      expect(checked, name).toBe(0);
      expect(notes.at(-1), name).toContain("0 checks");
    }
  });

  test("a chi-square and its P are held against each other where there are no counts", () => {
    expect(find("20-spss-chi-square-block.tsv")).toMatchObject({checked: 3, problems: []});
    const wrong = readPasted(bytes("\tValue\tdf\tAsymp. Sig. (2-sided)\nPearson Chi-Square\t20.4\t12\t.472\n"));
    expect(checkBlocks(wrong.blocks, false).problems.length).toBe(1);
  });

  test("ratios are held against their intervals, and intervals against P", () => {
    expect(find("other-or.tsv")).toMatchObject({checked: 16, problems: []});
    expect(find("other-contradictions.tsv").problems).toEqual([
      "“0.24” of “Smoking” (line 2, field 3): By its interval P is 0.000986 to 0.00146, and “0.24” is printed.",
      "“2.10” of “Age >60” × “HR” (line 4, field 2): It is outside its interval, 1.30 to 1.95."
    ]);
  });

  test("a statistic is held against the distribution that its name says, and B against its error", () => {
    expect(find("other-mean-sd.tsv")).toMatchObject({checked: 6, problems: []});
    expect(find("other-anova.tsv")).toMatchObject({checked: 2, problems: []});
    expect(find("other-regression.tsv")).toMatchObject({checked: 9, problems: []});
    expect(find("other-spss-logistic-norsk.tsv")).toMatchObject({checked: 12, problems: []});
    const {blocks} = readPasted(bytes("\tB\tSE\tt\tp\nAge\t0.021\t0.006\t5.30\t.001\n"));
    expect(checkBlocks(blocks, false).problems).toEqual([
      "“5.30” of “Age” (line 2, field 4): B by its standard error is 3.15 to 3.91, and “5.30” is printed."
    ]);
  });

  test("every statistic below a crosstab is held against its counts: chi-squares, V, gamma and tau", () => {
    expect(find("other-stata-all.txt")).toMatchObject({checked: 14, problems: []});
  });

  test("what is kept back is unknown, or bounded; some may not have answered; subtotals are no parts", () => {
    expect(find("other-suppressed.csv")).toMatchObject({checked: 6, problems: []});
    const {blocks} = readPasted(bytes("Area,A,B,Total\nNorth,10,<5,20\nSouth,10,7,17\nEast,4,4,8\n"));
    expect(checkBlocks(blocks, false).problems).toEqual([
      "“20” of “North” × “Total” (line 2, field 4): The total is not the sum of its cells, which is 10 or more."
    ]);
    expect(find("other-gtsummary.md").notes.join()).toContain("a share of fewer, if some did not answer");
    expect(find("other-subtotals.csv")).toMatchObject({checked: 3, problems: []});
  });

  test("ten thousand lines are read at once", () => {
    const lines = Array.from({length: 10_000}, (_, i) => `Place ${i},${i},${i + 1},${2 * i + 1}`);
    const {blocks} = readPasted(bytes(`id,Men,Women,Total\n${lines.join("\n")}\n`));
    expect(checkBlocks(blocks, false)).toMatchObject({checked: 10_000, problems: []});
  });

  test("percents pasted under the head of counts are noticed", () => {
    const {blocks} = readPasted(bytes("Answer,Men,Women\nYes,60,55\nNo,30,40\nDo not know,10,5\n"));
    expect(blocks[0]?.cells.every(({measure}) => measure === "percent")).toBe(true);
  });
});

test("whatever is wrong with a file is said in a sentence, and nothing ends in a slip of code", () => {
  const random = seeded(7);
  const upTo = (n: number) => Math.floor(random() * n);
  for (const name of readings.keys()) {
    if (name.endsWith(".xlsx")) continue;
    const lines = readFileSync(`${folder}cases/${name}`, "latin1").split("\n");
    for (let i = 0; i < 4; i++) {
      const at = upTo(lines.length);
      const line = lines[at] ?? "";
      const cut = upTo(line.length);
      const others = [
        line.slice(0, cut),
        `${line.slice(0, cut)}${"\t,;|(%)*<-.0 x"[upTo(14)]}${line.slice(cut + 1)}`,
        ""
      ];
      lines[at] = others[upTo(3)] ?? "";
    }
    try {
      const {blocks, weighted} = readPasted(bytes(lines.join("\n")));
      checkBlocks(blocks, weighted);
    } catch (error) {
      expect(Object.getPrototypeOf(error), `${name}: ${error}`).toBe(Error.prototype);
    }
  }
});

describe("a wrong guess", () => {
  const table = "Plan,A,B,C,D\nYes,5,6,7,8\nNo,1,2,3,4\nOld,3,3,3,3\nYoung,3,5,7,9\n";

  test("is corrected by an option", () => {
    const {blocks} = readPasted(bytes(table), {splitRows: [4], splitColumns: [2, 4], measures: ["percent"]});
    expect(blocks.map(({rows, columns}) => [rows.map((r) => r.label), columns.map((c) => c.label)])).toEqual([
      [
        ["Yes", "No"],
        ["A", "B"]
      ],
      [
        ["Yes", "No"],
        ["C", "D"]
      ],
      [
        ["Old", "Young"],
        ["A", "B"]
      ],
      [
        ["Old", "Young"],
        ["C", "D"]
      ]
    ]);
    expect(blocks[0]?.cells[0]?.measure).toBe("percent");
    expect(readPasted(bytes('a,b\nx,"1,250"\ny,"2,500"\n'), {decimal: ","}).blocks[0]?.cells[0]?.token.value).toBe(
      1.25
    );
    expect(readPasted(bytes(table), {rowVariable: "Reform"}).blocks[0]?.rowVariable).toBe("Reform");
  });

  test.each([
    ["", "The file is empty."],
    ["\n \n", "blank lines only"],
    ["one line of prose and no table\nanother line\n", "No columns are seen"],
    ["a,b\nc,d\n", "No numbers are seen"],
    ["42", "No columns are seen"],
    ["a\u0000b\u0001\tc\n", "no text and no workbook"],
    ["%PDF-1.4\n", "The file is a PDF"],
    ["PK\u0003\u0004cut short", "The workbook cannot be read"]
  ])("what is no table is refused in one sentence: %j", (text, says) => {
    expect(() => readPasted(bytes(text))).toThrow(says);
  });
});
