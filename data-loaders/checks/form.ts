import {lacksDecimalSign, readDecimal} from "../../src/tables/decimal.js";
import {tableKey} from "../../src/tables/table-id.js";
import type {Category, Codebook} from "../read/codebook.js";
import {MISSING, TOTAL} from "../read/codebook.js";
import {count} from "../read/problem.js";
import type {PrintedCell, PrintedTable} from "../read/table.js";
import {type Check, check, list} from "./check.js";
import {gridOf, MISSING_TOTAL} from "./grid.js";

/** What is wrong in a table's form: one finding a table and kind of misprint. */
type Finding = Pick<Check, "verdict" | "printed" | "recomputed" | "note" | "cells" | "place"> & {
  readonly what: string;
  readonly placePrinted?: string;
};

/**
 * The form of what a table prints: signs on numbers that cannot have them, numbers that lack their decimal sign or their
 * decimals, lines without a label or with another's, a total too many, categories that overlap, and axes. Only misprints
 * are told, but for the axes of charts, of which each is checked.
 */
export function formChecks(table: PrintedTable, codebook: Codebook): Check[] {
  const {entry} = table;
  const findings = [
    ...signs(table),
    ...labels(table, codebook),
    ...extraTotals(table, codebook),
    ...overlaps(table),
    ...chart(table, codebook)
  ];
  return findings.map(({what, ...finding}) =>
    check({
      id: `t${tableKey(entry.table)}.${what}.structure`,
      table: entry.table,
      kind: "structure",
      placePrinted: finding.cells[0]?.row?.label ?? "",
      formula: "",
      ...finding
    })
  );
}

function signs({cells}: PrintedTable): Finding[] {
  const of = (measure: string, pattern: RegExp) =>
    cells.filter((cell) => cell.measure === measure && pattern.test(cell.printed));
  const all = (found: readonly PrintedCell[]) => found.map((cell) => cell.printed).join(" ");
  const withSign = of("count", /%$/);
  const noDecimals = cells.filter((cell) => /percent$/.test(cell.measure) && /,%?$/.test(cell.printed));
  const noPoint = cells.filter((cell) => ["p", "r2"].includes(cell.measure) && lacksDecimalSign(cell.printed));
  const findings: Finding[] = [];
  if (withSign.length > 0) {
    findings.push({
      what: "percent_sign",
      place: "Counts",
      verdict: "differs",
      printed: all(withSign),
      recomputed: withSign.map((cell) => cell.value).join(" "),
      cells: withSign,
      note: `${count(withSign.length, "count")} printed with a percent sign.`
    });
  }
  if (noDecimals.length > 0) {
    findings.push({
      what: "decimals",
      place: "Percents",
      verdict: "differs",
      printed: all(noDecimals),
      recomputed: noDecimals.map((cell) => cell.printed.replace(",", "")).join(" "),
      cells: noDecimals,
      note: `${count(noDecimals.length, "percent")} printed with a decimal comma and no decimals.`
    });
  }
  for (const cell of noPoint) {
    const {value, digits} = readDecimal(cell.printed, true);
    findings.push({
      what: `${cell.measure}_decimal_sign`,
      place: cell.measure === "p" ? "P value" : "R²",
      verdict: "differs",
      printed: cell.printed,
      recomputed: value.toFixed(digits).replace(".", ","),
      cells: [cell],
      note: "Printed without its decimal sign."
    });
  }
  return findings;
}

/** Lines whose label only this table prints: none at all, or one that means something else. */
function labels({entry, cells}: PrintedTable, codebook: Codebook): Finding[] {
  const own = (category: Category) => category.spellings.find((spelling) => spelling.table === entry.table);
  return ["measure", "summary"].flatMap((name) => {
    const categories = codebook.get(name)?.categories ?? [];
    return categories.flatMap((category): Finding[] => {
      const spelling = own(category);
      if (!spelling) return [];
      const ofMeasure = (cell: PrintedCell) => cell.measure === category.code;
      const ofLine = (cell: PrintedCell) =>
        cell.measure === "count" && cell.row?.code === category.code && cell.row.label === spelling.text;
      // A spelling for one table is used for as many of its lines as have it: all of a measure's, or some totals.
      const touched = cells.filter(name === "measure" ? ofMeasure : ofLine);
      const other = categories.find((c) => c !== category && c.spellings.some((s) => s.text === spelling.text));
      const meant = category.labelEn.toLowerCase();
      const standing =
        spelling.text === ""
          ? "has no label"
          : `is labelled “${spelling.text}”${other ? `, which elsewhere means ${other.labelEn.toLowerCase()}` : ""}`;
      return [
        {
          what: `${category.code}_label`,
          place: `Label of the line “${category.labelEn}”`,
          placePrinted: spelling.text || "(no label)",
          verdict: "differs",
          printed: spelling.text || "(no label)",
          recomputed: category.spellings.find((s) => s.table === null && s.text !== "")?.text ?? category.label,
          cells: touched,
          note: `The line that holds the ${meant} ${standing}.`
        }
      ];
    });
  });
}

function extraTotals(table: PrintedTable, codebook: Codebook): Finding[] {
  const grid = gridOf(table, codebook);
  const extra = grid?.counts.filter((cell) => grid.rowKey(cell) === MISSING_TOTAL) ?? [];
  if (!grid || extra.length === 0) return [];
  const missing = codebook.get("summary")?.categories.find((c) => c.code === MISSING);
  const label = missing?.spellings.find((s) => s.table === null)?.text ?? MISSING;
  return [
    {
      what: "extra_total",
      place: "Total of the missing",
      verdict: "differs",
      printed: extra.map((cell) => `${cell.row?.label} ${cell.printed}`).join(", "),
      recomputed: extra.map((cell) => `${label} ${cell.printed}`).join(", "),
      cells: extra,
      note: "A line labelled as a total counts the missing answers once more."
    }
  ];
}

/** Neighbouring categories that share an end, such as 20–50 and 50–100. */
function overlaps({cells}: PrintedTable): Finding[] {
  return (["row", "column"] as const).flatMap((name): Finding[] => {
    const sides = new Map(
      cells
        .filter((cell) => cell.measure === "count" && cell[name] && cell[name].code !== TOTAL)
        .map((cell) => [cell[name]?.index ?? -1, {label: cell[name]?.label ?? "", cell}] as const)
    );
    const ranges = [...sides.values()].flatMap(({label, cell}) => {
      const [, low, high] = /^(\d+)\s?[-–]\s?(\d+)$/.exec(label) ?? [];
      return low && high ? [{label, cell, low, high}] : [];
    });
    const shared = ranges.filter(({high}, i) => ranges[i + 1]?.low === high);
    if (shared.length === 0) return [];
    const ends = shared.map(({high}) => high);
    return [
      {
        what: "categories",
        place: "Categories",
        placePrinted: ranges.map(({label}) => label).join(", "),
        verdict: "inconsistent",
        printed: ranges.map(({label}) => label).join(", "),
        recomputed: null,
        cells: ranges.map(({cell}) => cell),
        note: `${list(ends)} belong to two categories each: which one was ticked cannot be known.`
      }
    ];
  });
}

function chart({entry, cells}: PrintedTable, codebook: Codebook): Finding[] {
  if (entry.kind !== "chart") return [];
  const ticks = cells.filter((cell) => cell.measure === "axis_tick");
  const beyond = ticks.filter((cell) => (cell.value ?? 0) > 100);
  const percent = codebook.get("measure")?.categories.find((c) => c.code === "percent")?.label ?? "percent";
  const isPercent = entry.title.toLowerCase().includes(percent.toLowerCase());
  return [
    {
      what: "bars",
      place: "Bars of the chart",
      verdict: "not_checkable",
      printed: "",
      recomputed: null,
      cells: [],
      note: "The chart prints no number at its bars."
    },
    {
      what: "axis",
      place: "Axis",
      placePrinted: "",
      verdict: !isPercent ? "not_checkable" : beyond.length > 0 ? "differs" : "exact",
      printed: ticks.map((cell) => cell.printed).join(" "),
      recomputed: ticks
        .filter((cell) => !beyond.includes(cell))
        .map((cell) => cell.printed)
        .join(" "),
      cells: beyond.length > 0 ? beyond : ticks,
      note: !isPercent
        ? "The chart does not say what its axis measures."
        : beyond.length > 0
          ? "The axis of percents goes beyond 100."
          : "The axis of percents ends at 100 or before."
    }
  ];
}
