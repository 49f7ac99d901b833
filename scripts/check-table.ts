import {parseArgs} from "node:util";
import {watch} from "chokidar";
import {checkKinds} from "../data-loaders/checks/check.js";
import {checkOneTable, type OneTable, type OwnCheck} from "../data-loaders/checks/one-table.js";
import {RawDataError} from "../data-loaders/read/problem.js";
import {rawFolder, readRawFolder} from "../data-loaders/read/raw.js";
import {readTableId, type TableId, tableNumber} from "../src/tables/table-id.js";

const help = `npm run check-table -- <number> [--watch]

Checks one table of data-loaders/raw by itself: that it can be read, its sums, its percents and its P. Each number that
does not hold is told with its place, what is printed, what it should be and the interval that would hold.

  --watch   check again whenever a raw file is saved

Exit code 1 if something does not hold that errata.csv does not list; 2 if the command is not understood.`;

/** `npm run check-table`: see the help above. */
async function main(): Promise<void> {
  const {values, positionals} = readArguments();
  const [number] = positionals;
  if (values.help || positionals.length !== 1 || !tableNumber.test(number ?? "")) {
    console.log(help);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const run = async () => {
    const {text, sound} = await describe(readTableId(number ?? ""));
    console.log(text);
    return sound;
  };
  const sound = await run();
  if (!values.watch) {
    process.exitCode = sound ? 0 : 1;
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  watch(rawFolder, {ignoreInitial: true}).on("all", () => {
    clearTimeout(timer);
    // Editors save in several steps.
    timer = setTimeout(() => {
      console.log(`\n${new Date().toTimeString().slice(0, 8)}`);
      run();
    }, 50);
  });
}

function readArguments(): {values: {watch?: boolean; help?: boolean}; positionals: string[]} {
  try {
    const options = {watch: {type: "boolean"}, help: {type: "boolean", short: "h"}} as const;
    return parseArgs({options, allowPositionals: true});
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return {values: {}, positionals: []};
  }
}

/** What is to be said of a table, and whether all holds or is listed. */
async function describe(table: TableId): Promise<{text: string; sound: boolean}> {
  try {
    const checked = await checkOneTable(readRawFolder(), table);
    return {text: formatTable(checked), sound: !checked.checks.some((check) => check.fails)};
  } catch (error) {
    if (error instanceof RawDataError) return {text: error.message, sound: false};
    throw error;
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

function formatCheck({
  id,
  cells,
  place,
  placePrinted,
  printed,
  recomputed,
  lower,
  upper,
  verdict,
  rule,
  note,
  erratum
}: OwnCheck): string {
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
function bound(value: number | null): string {
  return value === null ? "…" : String(Number(value.toPrecision(6)));
}

await main();
