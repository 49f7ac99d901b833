import {expect, test} from "vitest";
import {compareTables, readTableId, tableKey, tableNumber} from "../../src/tables/table-id.js";

test("tables have the numbers that are printed, in the order that people give them", () => {
  const printed = ["10", "2", "2b", "3.10", "S1", "2a", "3.2", "S10", "A-1"];
  expect(printed.every((text) => tableNumber.test(text))).toBe(true);
  expect(printed.map(readTableId).sort(compareTables)).toEqual([2, "2a", "2b", "3.2", "3.10", 10, "A-1", "S1", "S10"]);
  for (const text of ["", "0", "01", "1000", "S", "2 a", "../x", "-1"])
    expect(tableNumber.test(text), text).toBe(false);
});

test("in ids a table’s number has no point", () => {
  expect([7, "3.2", "2a"].map(tableKey)).toEqual(["7", "3_2", "2a"]);
});
