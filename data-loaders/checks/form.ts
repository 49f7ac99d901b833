import {lacksDecimalSign, readDecimal} from "../../src/tables/decimal.js";
import type {Codebook} from "../read/codebook.js";
import {MISSING, TOTAL} from "../read/codebook.js";
import {count} from "../read/problem.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";
import {type Check, check, list} from "./check.js";
import {gridOf, MISSING_TOTAL, numberOf} from "./grid.js";

/** What is wrong in a table's form: one finding a table and kind of misprint. */
type Finding = Pick<Check, "verdict" | "cells" | "place" | "note"> & Partial<Check> & {readonly what: string};

/**
 * The form of what a table prints: signs on numbers that cannot have them, numbers that lack their decimal sign or their
 * decimals, lines without a label or with another's, a total too many, categories that overlap, and axes. Only misprints
 * are told, but for the axes of charts, of which each is checked.
 */
export function formChecks(table: PrintedTable, codebook: Codebook): Check[] {
  const findings = [
    ...signs(table),
    ...labels(table, codebook),
    ...extraTotals(table, codebook),
    ...overlaps(table),
    ...chart(table, codebook)
  ];
  return findings.map(({what, ...finding}) => {
    const placePrinted = finding.cells[0]?.row?.label ?? "";
    return check(table.entry.table, `${what}.structure`, "structure", {placePrinted, ...finding});
  });
}

const allPrinted = (cells: readonly PrintedCell[]) => cells.map(({printed}) => printed).join(" ");

function signs({cells}: PrintedTable): Finding[] {
  const withSign = cells.filter(({measure, printed}) => measure === "count" && printed.endsWith("%"));
  const noDecimals = cells.filter(({measure, printed}) => /percent$/.test(measure) && /,%?$/.test(printed));
  const noPoint = cells.filter(({measure, printed}) => ["p", "r2"].includes(measure) && lacksDecimalSign(printed));
  const some = (found: readonly PrintedCell[], finding: Omit<Finding, "cells" | "verdict">): Finding[] =>
    found.length === 0 ? [] : [{...finding, cells: found, printed: allPrinted(found), verdict: "differs"}];
  return [
    ...some(withSign, {
      what: "percent_sign",
      place: "Counts",
      recomputed: withSign.map(({value}) => value).join(" "),
      note: `${count(withSign.length, "count")} printed with a percent sign.`
    }),
    ...some(noDecimals, {
      what: "decimals",
      place: "Percents",
      recomputed: allPrinted(noDecimals).replaceAll(",", ""),
      note: `${count(noDecimals.length, "percent")} printed with a decimal comma and no decimals.`
    }),
    ...noPoint.flatMap((cell) => {
      const {value, digits} = readDecimal(cell.printed, true);
      return some([cell], {
        what: `${cell.measure}_decimal_sign`,
        place: cell.measure === "p" ? "P value" : "R²",
        recomputed: value.toFixed(digits).replace(".", ","),
        note: "Printed without its decimal sign."
      });
    })
  ];
}

/** Lines whose label only this table prints: none at all, or one that means something else. */
function labels({entry, cells}: PrintedTable, codebook: Codebook): Finding[] {
  return ["measure", "summary"].flatMap((name) => {
    const categories = codebook.get(name)?.categories ?? [];
    return categories.flatMap((category): Finding[] => {
      const {code, labelEn, spellings, label} = category;
      const own = spellings.find((spelling) => spelling.table === entry.table)?.text;
      if (own === undefined) return [];
      const ofMeasure = ({measure}: PrintedCell) => measure === code;
      const ofLine = ({measure, row}: PrintedCell) => measure === "count" && row?.code === code && row.label === own;
      const other = categories.find((c) => c !== category && c.spellings.some(({text}) => text === own));
      const elsewhere = other ? `, which elsewhere means ${other.labelEn.toLowerCase()}` : "";
      const standing = own === "" ? "has no label" : `is labelled “${own}”${elsewhere}`;
      const printed = own || "(no label)";
      return [
        {
          what: `${code}_label`,
          place: `Label of the line “${labelEn}”`,
          placePrinted: printed,
          verdict: "differs",
          printed,
          recomputed: spellings.find(({table, text}) => table === null && text !== "")?.text ?? label,
          // A spelling for one table is used for as many of its lines as have it: all of a measure's, or some totals.
          cells: cells.filter(name === "measure" ? ofMeasure : ofLine),
          note: `The line that holds the ${labelEn.toLowerCase()} ${standing}.`
        }
      ];
    });
  });
}

function extraTotals(table: PrintedTable, codebook: Codebook): Finding[] {
  const grid = gridOf(table, codebook);
  const extra = grid?.counts.filter((cell) => grid.rowKey(cell) === MISSING_TOTAL) ?? [];
  if (extra.length === 0) return [];
  const missing = codebook.get("summary")?.categories.find((c) => c.code === MISSING);
  const label = missing?.spellings.find((s) => s.table === null)?.text ?? MISSING;
  return [
    {
      what: "extra_total",
      place: "Total of the missing",
      verdict: "differs",
      printed: extra.map(({row, printed}) => `${row?.label} ${printed}`).join(", "),
      recomputed: extra.map(({printed}) => `${label} ${printed}`).join(", "),
      cells: extra,
      note: "A line labelled as a total counts the missing answers once more."
    }
  ];
}

/** Neighbouring categories that share an end, such as 20–50 and 50–100. */
function overlaps({cells}: PrintedTable): Finding[] {
  return (["row", "column"] as const).flatMap((name): Finding[] => {
    const counts = cells.filter((cell) => cell.measure === "count" && cell[name] && cell[name].code !== TOTAL);
    const bySide = new Map(counts.map((cell) => [cell[name]?.index, {label: cell[name]?.label ?? "", cell}]));
    const ranges = [...bySide.values()].flatMap(({label, cell}) => {
      const [, low, high] = /^(\d+)\s?[-–]\s?(\d+)$/.exec(label) ?? [];
      return low && high ? [{label, cell, low, high}] : [];
    });
    const shared = ranges.filter(({high}, i) => ranges[i + 1]?.low === high).map(({high}) => high);
    if (shared.length === 0) return [];
    const printed = ranges.map(({label}) => label).join(", ");
    return [
      {
        what: "categories",
        place: "Categories",
        placePrinted: printed,
        verdict: "inconsistent",
        printed,
        cells: ranges.map(({cell}) => cell),
        note: `${list(shared)} belong to two categories each: which one was ticked cannot be known.`
      }
    ];
  });
}

function chart({entry, cells}: PrintedTable, codebook: Codebook): Finding[] {
  if (entry.kind !== "chart") return [];
  const ticks = cells.filter((cell) => cell.measure === "axis_tick");
  const beyond = ticks.filter((cell) => numberOf(cell) > 100);
  const percent = codebook.get("measure")?.categories.find((c) => c.code === "percent")?.label ?? "percent";
  const isPercent = entry.title.toLowerCase().includes(percent.toLowerCase());
  const [verdict, note] = !isPercent
    ? (["not_checkable", "The chart does not say what its axis measures."] as const)
    : beyond.length > 0
      ? (["differs", "The axis of percents goes beyond 100."] as const)
      : (["exact", "The axis of percents ends at 100 or before."] as const);
  return [
    {
      what: "bars",
      place: "Bars of the chart",
      verdict: "not_checkable",
      cells: [],
      note: "The chart prints no number at its bars."
    },
    {
      what: "axis",
      place: "Axis",
      placePrinted: "",
      verdict,
      printed: allPrinted(ticks),
      recomputed: allPrinted(ticks.filter((cell) => !beyond.includes(cell))),
      cells: beyond.length > 0 ? beyond : ticks,
      note
    }
  ];
}
