import type {TableId} from "../../src/tables/table-id.js";
import {errataFile, erratumBy, readErrata} from "../claims/errata.js";
import type {CatalogueEntry} from "../read/catalogue.js";
import {refuseFile} from "../read/problem.js";
import {readEntries, readReport} from "../read/report.js";
import {type Check, isWrong} from "./check.js";
import {checkReport} from "./register.js";
import {exactTests, reportTests} from "./tests.js";

/** A table by itself: what it is, how many numbers it prints, and its checks. */
export interface OneTable {
  readonly entry: CatalogueEntry;
  readonly numbers: number;
  readonly checks: readonly OwnCheck[];
}

/** A check, with the erratum that tells of it. */
export interface OwnCheck extends Check {
  readonly erratum: string | null;
  /** Whether it finds something wrong that `errata.csv` does not list. */
  readonly fails: boolean;
}

/**
 * Reads one table and checks it against itself: form, sums, percents, and P by all tests that the build tries. What only other tables
 * or respondents can tell is left out. No other table is read, so that one can be checked while others are half written.
 *
 * Throws a RawDataError when the table, the catalogue or the codebook cannot be read, or the catalogue has no such table.
 */
export async function checkOneTable(raw: ReadonlyMap<string, Uint8Array>, table: TableId): Promise<OneTable> {
  const {entries} = readEntries(raw);
  if (!entries.some((entry) => entry.table === table)) {
    const known = entries.map((entry) => entry.table).join(", ");
    refuseFile("tables.csv", `no table ${table}`, `a line for it; the tables are ${known}`);
  }
  const report = readReport(raw, (entry) => entry.table === table);
  const [own] = report.tables;
  if (!own) throw new Error(`table ${table} has not been read`);
  const errata = erratumBy(readErrata(raw.get(errataFile) ?? new Uint8Array()), "checks");
  const checks = checkReport(report, {tests: reportTests(report, await exactTests(report))}).map((check): OwnCheck => {
    const erratum = errata.get(check.id) ?? null;
    return {...check, erratum, fails: isWrong(check.verdict) && erratum === null};
  });
  return {entry: own.entry, numbers: own.cells.length, checks};
}
