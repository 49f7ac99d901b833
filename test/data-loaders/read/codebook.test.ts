import * as aq from "arquero";
import {parse} from "csv-parse/sync";
import {describe, expect, test} from "vitest";
import type {CodebookFile} from "../../../src/tables/codebook.js";
import {made, text} from "../made.js";

const codebook = JSON.parse(await text("codebook.json")) as CodebookFile;
const variable = (name: string) => codebook.variables.find((v) => v.variable === name);

describe("the codebook", () => {
  test("counts who gave each answer as the respondents’ files have it", async () => {
    for (const [survey, file] of [
      ["2010", "respondents.arrow"],
      ["2008", "respondents-2008.arrow"]
    ] as const) {
      const table = aq.fromArrow((await made(file)).slice());
      for (const name of table.columnNames()) {
        const values = table.array(name) as (string | null)[];
        const entry = variable(name);
        expect(entry?.missing[survey], name).toBe(values.filter((value) => value === null).length);
        for (const {code, respondents} of entry?.categories ?? []) {
          expect(respondents[survey], `${name} ${code}`).toBe(values.filter((value) => value === code).length);
        }
      }
    }
  });

  test("accounts for every respondent in every variable, merged ones too", async () => {
    const sizes: Record<string, number> = {
      2010: aq.fromArrow((await made("respondents.arrow")).slice()).numRows(),
      2008: aq.fromArrow((await made("respondents-2008.arrow")).slice()).numRows()
    };
    const split = variable("view_of_reform_split");
    expect(split?.derivedFrom).toBe("view_of_reform");
    expect(Object.keys(split?.missing ?? {}).sort()).toEqual(["2008", "2010"]);
    for (const {variable: name, categories, missing} of codebook.variables) {
      for (const [survey, without] of Object.entries(missing)) {
        const with_ = categories.reduce((sum, {respondents}) => sum + (respondents[survey] ?? 0), 0);
        expect(with_ + without, `${name} ${survey}`).toBe(sizes[survey]);
      }
    }
  });

  test("names the tables that show a variable, and spellings of one table only", () => {
    expect(variable("office_size")?.tables).toContain(2);
    expect(variable("office_size")?.tables).not.toContain(3);
    const own = codebook.variables.flatMap(({categories}) => categories.flatMap(({spellings}) => spellings));
    expect(own.some(({table}) => table !== null)).toBe(true);
  });

  test("says the same as a table", async () => {
    const rows: Record<string, string>[] = parse(await text("codebook.csv"), {columns: true});
    const lines = codebook.variables.flatMap(({variable: name, categories, missing}) => [
      ...categories.map(({code, labelEn, respondents}) => [name, code, labelEn, String(respondents["2010"] ?? "")]),
      ...(missing["2010"] === undefined ? [] : [[name, "missing", "No answer, or not asked", String(missing["2010"])]])
    ]);
    expect(rows.map((row) => [row.variable, row.code, row.category_en, row.respondents_2010])).toEqual(lines);
    expect(rows.length).toBeGreaterThan(100);
  });
});
