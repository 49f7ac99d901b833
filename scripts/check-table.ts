import {checkKinds} from "../data-loaders/checks/check.js";
import {checkOneTable, type OneTable, type OwnCheck} from "../data-loaders/checks/one-table.js";
import {RawDataError} from "../data-loaders/read/problem.js";
import {rawFolder, readRawFolder} from "../data-loaders/read/raw.js";
import {readTableId, type TableId, tableNumber} from "../src/tables/table-id.js";
import {command, type Typed} from "./command.js";
import {afterSaves} from "./saves.js";

/** `npm run check-table`: see help/check-table.txt. */
async function main({words, flags}: Typed): Promise<number | null> {
  const [number = ""] = words;
  if (words.length !== 1 || !tableNumber.test(number)) return null;
  const table = readTableId(number);
  if (flags.has("watch")) {
    afterSaves([rawFolder], {}, () => {
      console.log(`\n${new Date().toTimeString().slice(0, 8)}`);
      void check(table);
    });
  }
  const code = await check(table);
  return flags.has("watch") ? 0 : code;
}

/** Says what is to be said of a table. Gives 0 where all holds or is listed, otherwise 1. */
async function check(table: TableId): Promise<number> {
  try {
    const checked = await checkOneTable(readRawFolder(), table);
    console.log(formatTable(checked));
    return checked.checks.some((check) => check.fails) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof RawDataError)) throw error;
    console.log(error.message);
    return 1;
  }
}

function formatTable({entry, numbers, checks}: OneTable): string {
  const kinds = Object.keys(checkKinds).flatMap((kind) => {
    const own = checks.filter((check) => check.kind === kind);
    const holds = own.filter(({verdict}) => verdict === "exact").length;
    return own.length > 0 ? [`  ${kind.padEnd(12)} ${holds} of ${own.length} as printed`] : [];
  });
  const others = checks.filter(({verdict}) => verdict !== "exact").map(formatCheck);
  const failing = checks.filter((check) => check.fails).length;
  const made = checks.filter(({verdict}) => verdict !== "not_checkable").length;
  const result =
    made === 0
      ? "0 checks: the table prints nothing that can be held against anything else."
      : failing === 0
        ? "Nothing is wrong that errata.csv does not list."
        : `${failing} ${failing === 1 ? "check finds" : "checks find"} something wrong that errata.csv does not list.`;
  return [
    `Table ${entry.table}, ${entry.kind}: ${entry.titleEn}`,
    `${numbers} numbers read`,
    ...kinds,
    ...others,
    result
  ].join("\n");
}

function formatCheck(check: OwnCheck): string {
  const {id, cells, place, placePrinted, printed, recomputed, lower, upper, verdict, rule, note, erratum} = check;
  const [cell] = cells;
  const at = cell ? `${cell.file}:${cell.line}:${cell.field}` : "";
  const interval = lower === null && upper === null ? "" : `, allowed: ${bound(lower)} to ${bound(upper)}`;
  const listed = erratum ? ` (${erratum} of errata.csv)` : "";
  return [
    `${at}  ${placePrinted || place}`,
    `    printed: ${printed || "nothing"}, recomputed: ${recomputed ?? "not known"}${interval}`,
    `    ${verdict.replaceAll("_", " ")}${rule ? `, ${rule.replaceAll("_", " ")}` : ""}${listed}: ${note}  [${id}]`
  ].join("\n");
}

/** The end of an interval, to as many digits as anyone would compare. */
const bound = (value: number | null) => (value === null ? "…" : String(Number(value.toPrecision(6))));

await command("check-table", {texts: [], flags: ["watch"]}, main);
