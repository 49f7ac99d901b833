import {chiSquareTest, yatesTest} from "../../src/statistics/chi-square.js";
import type {Counts} from "../../src/statistics/contingency.js";
import {cramersV} from "../../src/statistics/cramer.js";
import {exactTest} from "../../src/statistics/exact.js";
import {ordinalAssociation} from "../../src/statistics/ordinal.js";
import {judgeP, readP, runTests} from "../../src/tables/printed-p.js";
import type {Verdict} from "../../src/tables/verdict.js";
import {type CheckKind, isWrong} from "../checks/check.js";
import {estimateFindings} from "../checks/estimates.js";
import type {Block, BlockCell} from "./blocks.js";
import {cellAt as at, once} from "./cells.js";
import {sum} from "./infer.js";
import {readField} from "./number.js";
import {isMissing, isNet, type PastedMeasure} from "./words.js";

/** What the numbers of a pasted table say of each other. */
export interface Findings {
  /** How many printed numbers were held against others. */
  readonly checked: number;
  /** Numbers that cannot all be right, a sentence a cause. */
  readonly problems: readonly string[];
  /** What was found out on the way: which sums percents are of, what could not be checked and why. */
  readonly notes: readonly string[];
}

/** Some numbers of a block held against each other. */
export interface BlockFinding {
  readonly kind: CheckKind;
  /** What is checked, as the end of an id. */
  readonly what: string;
  /** The numbers that take part, first the one on trial. */
  readonly cells: readonly BlockCell[];
  readonly verdict: Verdict;
  /** What the others give. */
  readonly range: readonly [number, number];
  /** The finding in words, to be read after the number and its place. */
  readonly note: string;
  /** The verdict, were the number printed otherwise. */
  readonly judge?: (printed: string) => Verdict;
}

/** The findings of a block, and what was found out on the way. */
export interface Found {
  readonly findings: BlockFinding[];
  readonly notes: string[];
}

/** Steps of the exact test for each P, some seconds of them. */
const BUDGET = 1e8;

const half = ({token}: BlockCell) => 0.5 / 10 ** token.digits;
const place = ({line, field}: BlockCell) => `line ${line}, field ${field}`;

/**
 * Holds the numbers of a block against each other. `weighted`: somewhere it is said that counts are weighted. `above`:
 * the block before, whose tests a list of tests is of. A P that `settled` names is left to others.
 */
export function checkBlock(block: Block, weighted: boolean, above?: Block, settled?: BlockCell): Found {
  const own: Found = {findings: [], notes: []};
  const isWeighted = totals(block, own, weighted);
  percents(block, own, isWeighted);
  hundreds(block, own);
  const counts = countsOf(block) ?? (block.columns.length === 0 && above ? countsOf(above) : null);
  const judged = tests(block, own, isWeighted, counts, settled);
  estimates(block, own, judged);
  return own;
}

/** Holds the numbers of each block of a file against each other, and says what was found in sentences. */
export function checkBlocks(blocks: readonly Block[], weighted: boolean): Findings {
  const all = blocks.map((block, i) => {
    const name = [block.rowVariable, block.columnVariable].filter(Boolean).join(" × ");
    const of = name && blocks.length > 1 ? `${name}: ` : "";
    const {findings, notes} = checkBlock(block, weighted, blocks[i - 1]);
    const open = findings.filter(({verdict, kind}) => verdict === "not_checkable" && kind === "estimate");
    const wrong = findings.filter(({verdict}) => isWrong(verdict));
    const percent = wrong.filter(({what}) => what === "percent");
    const many = percent.length === 1 ? "A percent is" : `${percent.length} percents are`;
    const list = percent.slice(0, 6).map((each) => sentence(block, each));
    const problems = [
      ...wrong.filter(({what}) => what === "sum").map((each) => sentence(block, each)),
      ...(list.length > 0
        ? [`${many} not what the counts give. ${list.join("; ")}${percent.length > list.length ? "; …" : ""}.`]
        : []),
      ...wrong.filter((each) => !percent.includes(each) && each.what !== "sum").map((each) => sentence(block, each))
    ];
    return {
      checked: findings.filter(({verdict}) => verdict !== "not_checkable").length,
      problems: problems.map((text) => of + text),
      notes: [...notes, ...open.map((each) => sentence(block, each))].map((text) => of + text)
    };
  });
  const checked = sum(all.map((each) => each.checked));
  const none = checked === 0 ? ["0 checks: the table prints nothing that could be held against anything else."] : [];
  return {
    checked,
    problems: [...new Set(all.flatMap(({problems}) => problems))],
    notes: [...new Set([...all.flatMap(({notes}) => notes), ...none])]
  };
}

/** A finding with the number that it is of, and its place in the file. */
function sentence(block: Block, {cells, what, note}: BlockFinding): string {
  const [cell] = cells;
  if (!cell || what === "hundred") return note;
  return `“${cell.printed}” of ${where(block, cell)} (${place(cell)}): ${note}`;
}

/** The number of a place: its count or base, where it is known. */
function sizeAt(block: Block, r: number, c: number): BlockCell | undefined {
  return [at(block, "count", r, c), at(block, "base", r, c)].find((cell) => cell && cell.value !== null);
}

/** Places of the rows and columns that are no totals, and of those that are. */
const parts = (sides: Block["rows"]) => sides.flatMap((side, i) => (side.total ? [] : [i]));
const totalsOf = (sides: Block["rows"]) => sides.flatMap(({total, label}, i) => (total && !isNet(label) ? [i] : []));

/** A printed total with what its cells, so many, can add up to. */
interface Summed {
  readonly total: BlockCell;
  readonly cells: readonly BlockCell[];
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const isOff = ({value, low, high}: Summed) => value < low - 1e-6 || value > high + 1e-6;

/** What a count may be: itself, from 0 to below a bound, anything where it is kept back, and 0 for a mere stroke. */
function rangeOf({value, token}: BlockCell): readonly [number, number] {
  if (value !== null) return [value, value];
  if (token.bound === "<") return [0, (token.whole ?? 1) - 1];
  return [0, /^[-–—−.]$/.test(token.printed) ? 0 : Number.POSITIVE_INFINITY];
}

/**
 * Printed totals against their sums. Where a line or two in many is off, that is a misprint; where sums are off by no
 * more than half a unit a cell, and weights are spoken of or many are off, the counts are weighted and rounded. Where no
 * line adds up, not all categories are shown or people count twice. Answers whether counts are to be taken as weighted.
 */
function totals(block: Block, found: Found, weighted: boolean): boolean {
  const {rows, columns} = block;
  const list: Summed[] = [];
  /** Holds a total against the first of some sums that it may be. */
  const add = (total: BlockCell | undefined, ...sums: (BlockCell | undefined)[][]) => {
    if (total?.value == null) return;
    const made = sums.flatMap((cells) => {
      const known = cells.filter((cell) => cell !== undefined);
      const [low = 0, high = 0] = [0, 1].map((end) => sum(known.map((cell) => rangeOf(cell)[end as 0 | 1])));
      return known.length < 2 || known.length < cells.length
        ? []
        : [{total, cells: known, value: total.value ?? 0, low, high}];
    });
    const best = made.find((each) => !isOff(each)) ?? made[0];
    if (best) list.push(best);
  };
  const down = totalsOf(rows);
  for (const c of columns.length > 0 ? columns.keys() : [-1]) {
    const cellsAt = (places: readonly number[]) => places.map((k) => at(block, "count", k, c));
    for (const [i, r] of down.entries()) {
      const before = down.slice(0, i);
      const last = before.at(-1) ?? -1;
      // The first of the table is of all below it, a later one of what follows the total before, or of all totals.
      const own = parts(rows).filter((k) => (r === 0 && rows.length > 2) || (k < r && k > last));
      const above = parts(rows).filter((k) => k < r);
      if (i === 0) add(at(block, "count", r, c), cellsAt(own));
      else add(at(block, "count", r, c), ...[[last, ...own], own, before, above].map(cellsAt));
    }
  }
  const across = totalsOf(columns);
  if (across.length === 1) {
    for (const r of rows.keys()) {
      const total = at(block, "base", r, across[0] ?? 0) ?? at(block, "count", r, across[0] ?? 0);
      add(
        total,
        parts(columns).map((c) => at(block, total?.measure ?? "count", r, c))
      );
    }
  }
  const off = list.filter(isOff);
  const decimals = block.cells.some(({measure, token}) => measure === "count" && token.digits > 0);
  if (list.length === 0) return weighted || decimals;
  const near = off.filter(({value, low, high, cells}) => {
    const reach = (cells.length + 1) / 2;
    return value >= low - reach && value <= high + reach;
  });
  const many =
    near.length > 1 ||
    (near.length > 0 &&
      block.cells.some((cell) => /percent/.test(cell.measure) && percentFits(block, cell, 0) === false));
  const isWeighted = weighted || decimals || (near.length === off.length && many);
  if (off.length > 1 && off.length * 2 > list.length && !isWeighted) {
    found.notes.push(
      "The counts do not add up to the totals: not all categories are shown, or people are counted more than once."
    );
    return isWeighted;
  }
  if (isWeighted && near.length > 0) {
    found.notes.push(
      `Sums are off by less than half a unit a cell, as weighted counts that were rounded are; ${near.length} of ${list.length} totals.`
    );
  }
  for (const each of list) {
    const {total, cells, low, high} = each;
    const judge = (printed: string): Verdict => {
      const value = readField(printed, ".")?.[0]?.whole ?? Number.NaN;
      return isOff({...each, value}) ? "inconsistent" : "exact";
    };
    const made = low === high ? `is ${low}` : `is ${low} or more`;
    const verdict = !isOff(each) ? "exact" : isWeighted && near.includes(each) ? "rounding" : "inconsistent";
    const note = {
      exact: "The cells add up to the printed total.",
      rounding: `The cells add up to ${low}; weighted counts that were rounded may.`,
      inconsistent: `The total is not the sum of its cells, which ${made}.`
    }[verdict];
    const rounded = verdict === "rounding" ? {} : {judge};
    found.findings.push({
      kind: "total",
      what: "sum",
      cells: [total, ...cells],
      verdict,
      range: [low, high],
      note,
      ...rounded
    });
  }
  return isWeighted;
}

function where({rows, columns}: Block, {r, c}: BlockCell): string {
  const labels = [rows[r]?.label, columns[c]?.label].filter(Boolean);
  return labels.map((label) => `“${label}”`).join(" × ") || "all";
}

type Way = "column" | "row" | "all";
const ways: readonly Way[] = ["column", "row", "all"];

/** The sums that the percents of a column, or of a row, may be shares of. */
function bases(block: Block, {measure, r, c}: BlockCell, way: Way): number[] {
  const {rows, columns} = block;
  const known = (cells: readonly (BlockCell | undefined)[]) =>
    cells.flatMap((cell) => (cell?.value ? [cell.value] : []));
  const summed = (cells: readonly (BlockCell | undefined)[]) =>
    cells.length > 1 && cells.every((cell) => cell && Number.isFinite(rangeOf(cell)[1])) ? [sum(known(cells))] : [];
  if (way === "all") return known(totalsOf(rows).flatMap((t) => totalsOf(columns).map((k) => sizeAt(block, t, k))));
  if (way === "row") {
    const totals = totalsOf(columns).map((k) => sizeAt(block, r, k));
    const printed = known([at(block, "base", r, -1), ...totals, at(block, "base", r, c)]);
    return printed.length > 0 ? printed : summed(parts(columns).map((k) => at(block, "count", r, k)));
  }
  const {under, sizes, whole} = once(block, `column ${c}`, () => ({
    under: totalsOf(rows).map((t) => sizeAt(block, t, c)),
    sizes: block.cells.filter((cell) => cell.measure === "base" && cell.c === c),
    whole: rows.some(({label}) => isMissing(label)) ? [] : summed(parts(rows).map((k) => at(block, "count", k, c)))
  }));
  if (measure === "valid_percent") return known(under.slice(0, 1));
  const totals = measure === "percent" && columns.length === 0 ? under.slice(-1) : under;
  const printed = known([...sizes.filter((cell) => cell.r !== r), ...totals]);
  return printed.length > 0 ? printed : whole;
}

/** A percent, and half a unit of its last digit; shares of one are so many percents. */
function shareOf(block: Block, cell: BlockCell): {value: number; unit: number} {
  const ofOne = once(block, "ofOne", () => {
    const own = block.cells.filter(({measure}) => measure === "percent");
    const small = own.every(({value, token}) => (value ?? 0) <= 1 && !token.percent);
    return own.length > 1 && small && own.some(({value}) => value);
  });
  return {value: (cell.value ?? 0) * (ofOne ? 100 : 1), unit: half(cell) * (ofOne ? 100 : 1)};
}

/** Whether a percent is the share that its count has of some base, within rounding, `slack` a count and some digits. */
function percentFits(block: Block, cell: BlockCell, slack: number, way?: Way, times = 1): boolean | null {
  const count = at(block, "count", cell.r, cell.c);
  if (cell.measure === "cumulative_percent") return cumulativeFits(block, cell, slack);
  if (cell.value === null || count?.value == null) return null;
  const n = count.value;
  const tried = (way ? [way] : ways).flatMap((each) => bases(block, cell, each));
  if (tried.length === 0) return null;
  const {value, unit} = shareOf(block, cell);
  const reach = unit * times + 1e-9;
  // Half a unit either way, and one downwards for those who cut decimals off.
  return tried.some((base) => {
    const low = (100 * Math.max(0, n - slack)) / (base + slack);
    const high = (100 * (n + slack)) / Math.max(1, base - slack);
    return (low - reach <= value && value <= high + reach) || (value <= low && low < value + 2 * unit * times - 1e-9);
  });
}

function cumulativeFits(block: Block, cell: BlockCell, slack: number): boolean | null {
  const upTo = parts(block.rows).filter((r) => r <= cell.r);
  const counts = upTo.map((r) => at(block, "count", r, cell.c)?.value ?? null);
  const measure = block.cells.some((each) => each.measure === "valid_percent") ? "valid_percent" : "percent";
  const [base] = bases(block, {...cell, measure}, "column");
  if (cell.value === null || !base || counts.includes(null)) return null;
  const whole = sum(counts.map((n) => n ?? 0));
  return Math.abs((100 * whole) / base - cell.value) <= half(cell) + (100 * slack * upTo.length) / base + 1e-9;
}

/** The lines of percents along one side, and whether each adds up to 100 within rounding. */
function hundredLines(block: Block, way: "column" | "row") {
  const [along, over] = way === "column" ? [block.columns, block.rows] : [block.rows, block.columns];
  const own = block.cells.filter(({measure}) => measure === "percent");
  // A line of group sizes is no part of the sum, nor is a difference.
  const counted = parts(over).filter((k) => own.some(({r, c}) => (way === "column" ? r : c) === k));
  return along.flatMap((side, i) => {
    const cells = counted.flatMap(
      (k) => at(block, "percent", way === "column" ? k : i, way === "column" ? i : k) ?? []
    );
    if (cells.length < 2 || cells.length < counted.length || cells.some(({value}) => value === null)) return [];
    const made = sum(cells.map((cell) => shareOf(block, cell).value));
    const slack = sum(cells.map((cell) => shareOf(block, cell).unit)) + 1e-9;
    return [{side, cells, made, slack, fits: Math.abs(made - 100) <= slack}];
  });
}

/** Which way a block's percents add up: by its counts, or by their own sums; null where neither tells. */
export function percentDirection(block: Block): "row" | "column" | null {
  const own = block.cells.filter(({measure}) => measure === "percent");
  const held = (way: Way) => own.filter((cell) => percentFits(block, cell, 0, way)).length;
  const lines = (way: "row" | "column") =>
    hundredLines(block, way).filter(({side, fits}) => fits && !side.total).length;
  for (const [down, across] of [
    [held("column"), held("row")],
    [lines("column"), lines("row")]
  ] as const)
    if (down !== across) return down > across ? "column" : "row";
  return null;
}

/** Printed percents against printed counts, in the direction in which most of them fit. */
function percents(block: Block, found: Found, weighted: boolean): void {
  const own = block.cells.filter((cell) => ["percent", "valid_percent"].includes(cell.measure) && cell.value !== null);
  if (own.length === 0 || !block.cells.some(({measure}) => measure === "count")) return;
  const slack = weighted ? 0.5 : 0;
  const attempt = (times: number) => {
    const tried = ways.map((way) => {
      const fits = own.map((cell) => percentFits(block, cell, slack, way, times));
      const held = fits.filter((fit) => fit === true).length;
      return {way, times, fits, held, known: held + fits.filter((fit) => fit === false).length};
    });
    return tried.reduce((a, b) => (b.held > a.held ? b : a));
  };
  const plain = attempt(1);
  // Percents may all have a nought more than was computed: 16.70 for 16.7.
  const noughts = own.length > 2 && own.every(({token, printed}) => token.digits > 0 && /0\D*$/.test(printed));
  const padded = noughts && plain.held < plain.known;
  const best = padded ? attempt(10) : plain;
  const isOther = best.held * 2 < best.known;
  if (isOther)
    found.notes.push(
      "The percents are of numbers that the table does not print (another base, weights): they are not checked."
    );
  else if (best.known > 0) {
    const of = {column: "its column", row: "its row", all: "all"}[best.way];
    const nought = padded ? " All have a nought added." : "";
    found.notes.push(`Each percent is of ${of}: ${best.held} of ${best.known} are the counts’ own.${nought}`);
  }
  const cumulative = best.known > 0 ? block.cells.filter((cell) => cell.measure === "cumulative_percent") : [];
  const fits = new Map([
    ...own.map((cell, i) => [cell, best.fits[i]] as const),
    ...cumulative.map((cell) => [cell, percentFits(block, cell, slack)] as const)
  ]);
  // Three or more that half a unit a count explains, where half a unit is little: counts that are rounded weights.
  const wrong = [...fits.keys()].filter((cell) => fits.get(cell) === false);
  const excused = wrong.filter((cell) => {
    const [base = 1] = bases(block, cell, best.way);
    return percentFits(block, cell, 0.5) === true && 50 / base < 6 * half(cell);
  });
  const isExcused = !isOther && excused.length > 2 && excused.length === wrong.length;
  if (isExcused)
    found.notes.push(`${excused.length} percents fit only if the counts are weighted ones that were rounded.`);
  const judgeOf = (cell: BlockCell) => (printed: string) => {
    const [token] = readField(printed, printed.includes(",") ? "," : ".") ?? [];
    if (!token || token.value === null || token.value > 100) return "differs" as const;
    const other = {...cell, token, value: token.value};
    return percentFits(block, other, slack, best.way, best.times) === false ? ("differs" as const) : ("exact" as const);
  };
  for (const [cell, fit] of fits) {
    const isSum = cell.measure === "cumulative_percent";
    const upTo = isSum ? parts(block.rows).filter((r) => r <= cell.r) : [cell.r];
    const counts = upTo.flatMap((r) => at(block, "count", r, cell.c) ?? []);
    const [base = Number.NaN] = bases(block, cell, best.way);
    const made = (100 * sum(counts.map(({value}) => value ?? 0))) / base;
    const told = `${counts.map(({printed}) => printed).join(" + ")} of ${base} is ${made.toFixed(cell.token.digits + 1)} %`;
    const none = "The table prints no count that this is a share of.";
    const note = fit ? "The counts give the printed percent." : base ? told : none;
    // Of a group whose categories are not all shown, some may not have answered: then the share is of fewer.
    const shown = () => sum(parts(block.rows).map((r) => at(block, "count", r, cell.c)?.value ?? 0));
    const isLess = fit === false && best.way === "column" && shareOf(block, cell).value > made && shown() < base;
    if (isLess && !isOther) {
      const named = `“${cell.printed}” of ${where(block, cell)} (${place(cell)})`;
      found.notes.push(`${named}: ${note}; it is a share of fewer, if some did not answer.`);
    }
    const open = fit == null || isOther || isLess;
    const verdict = open ? "not_checkable" : fit ? "exact" : isExcused || (weighted && isSum) ? "rounding" : "differs";
    const judged = open || isExcused ? {} : {judge: judgeOf(cell)};
    const range = [made, made] as const;
    const kind = isSum ? "cumulative" : "percent";
    const what = isSum ? kind : cell.measure;
    found.findings.push({kind, what, cells: [cell, ...counts], verdict, range, note, ...judged});
  }
}

/** Percents without counts: each column, or each row, to 100 within rounding, in the direction in which most do. */
function hundreds(block: Block, found: Found): void {
  if (block.cells.some(({measure}) => measure === "count") || !block.cells.some(({measure}) => measure === "percent"))
    return;
  const [down, across] = [hundredLines(block, "column"), hundredLines(block, "row")];
  const held = (list: typeof down) => list.filter(({fits}) => fits).length;
  const best = held(down) >= held(across) ? down : across;
  if (held(best) < 2 || held(best) * 2 <= best.length) {
    found.notes.push(
      "The percents add up to 100 in neither direction: they are of questions with several answers, or of parts that are not shown."
    );
    return;
  }
  const line = best === down ? "column" : "row";
  found.notes.push(`Each ${line} adds up to 100 within rounding: ${held(best)} of ${best.length}.`);
  for (const {side, cells, made, slack, fits} of best) {
    const digits = Math.max(...cells.map(({token}) => token.digits));
    const mended = cells.flatMap((cell) => misprintsOf(cell, made - 100, slack)).slice(0, 3);
    const remedy = mended.length > 0 ? `; it would with ${mended.join(", or ")}` : "";
    const places = `lines ${cells[0]?.line} to ${cells.at(-1)?.line}, field ${cells[0]?.field}`;
    const note = fits
      ? "The percents add up to 100 within rounding."
      : `“${side.label}” adds up to ${made.toFixed(digits)} and not to 100 (${places})${remedy}.`;
    const verdict = fits ? "exact" : "inconsistent";
    found.findings.push({kind: "percent", what: "hundred", cells, verdict, range: [100 - slack, 100 + slack], note});
  }
}

/** One slip of the pen that would mend a sum: two neighbouring digits that changed places. */
function misprintsOf(cell: BlockCell, over: number, slack: number): string[] {
  const wanted = (cell.value ?? 0) - over;
  const swaps = [...cell.printed.matchAll(/(?=(\d)([.,]?)(\d))/g)].map(({index, 1: a, 2: sign = "", 3: b}) => {
    const end = index + 2 + sign.length;
    return `${cell.printed.slice(0, index)}${b}${sign}${a}${cell.printed.slice(end)}`;
  });
  const read = (text: string) => Number(text.replace(/[^\d.,]/g, "").replace(",", "."));
  return swaps
    .filter((text) => Math.abs(read(text) - wanted) <= slack && text !== cell.printed)
    .map((text) => `“${text}” for “${cell.printed}” of “${cell.row}” (two digits have changed places)`);
}

/** Printed P values and statistics against the tests of the counts; answers which of them were held against counts. */
function tests(
  block: Block,
  found: Found,
  weighted: boolean,
  whole: number[][] | null,
  settled: BlockCell | undefined
): ReadonlySet<BlockCell> {
  const own = (measure: PastedMeasure) => block.cells.filter((cell) => cell.measure === measure);
  const judged = new Set<BlockCell>(settled ? [settled] : []);
  const alone = own("odds_ratio").length + own("statistic").length === 0;
  for (const p of own("p").filter((cell) => cell !== settled)) {
    const beside = p.r >= 0 && p.c < 0 && alone;
    const counts = p.r < 0 && p.c < 0 ? countsOf(block) : beside ? countsOf(block, p.r) : null;
    const printed = readP(p.printed);
    if (!printed && p.value !== null) {
      const note = "It is no P value, which lies between 0 and 1.";
      found.findings.push({kind: "p", what: "p", cells: [p], verdict: "differs", range: [0, 1], note});
    }
    if (!printed || !counts) continue;
    judged.add(p);
    if (weighted) {
      found.notes.push("P is not checked: a test of weighted counts is not that of their sum.");
      continue;
    }
    const {verdict, note} = judgeP(printed, runTests(counts, true, exactTest(counts, {budget: BUDGET})));
    // A P beside one row may be of something else, and one of rows that are not all shown is of all of them.
    const open = isWrong(verdict) && (beside || !isComplete(block));
    const told = open
      ? "It is not that of the counts that are shown; others may belong to it."
      : isWrong(verdict)
        ? `It does not follow from the counts. ${note}`
        : note;
    if (open || !isWrong(verdict)) found.notes.push(`P “${p.printed}” (${place(p)}): ${told}`);
    found.findings.push({
      kind: "p",
      what: "p",
      cells: [p],
      verdict: open ? "not_checkable" : verdict,
      range: [0, 1],
      note: told
    });
  }
  for (const statistic of own("statistic").filter(({r}) => r < 0 || block.columns.length === 0)) {
    if (statistic.value === null || !whole || weighted) continue;
    const known = associationOf(whole, statistic.called);
    const [usual = 0] = known;
    const fits = known.some((x) => Math.abs(Math.abs(x) - Math.abs(statistic.value ?? 0)) <= half(statistic) + 1e-9);
    if (fits && statistic.r < 0) judged.add(statistic);
    const name = statistic.called || "chi-square";
    const note = fits
      ? `It is the counts’ ${name}.`
      : `It is not the counts’ ${name}, ${usual.toFixed(3)}, nor its usual kin; what it is of is not known.`;
    if (!fits) found.notes.push(`“${statistic.printed}” (${place(statistic)}): ${note}`);
    const verdict = fits ? "exact" : "not_checkable";
    found.findings.push({
      kind: "statistic",
      what: "statistic",
      cells: [statistic],
      verdict,
      range: [usual, usual],
      note
    });
  }
  return judged;
}

/** What a statistic of a crosstab may be, by what it is called: the likeliest first. */
export function associationOf(counts: Counts, called: string): number[] {
  const test = chiSquareTest(counts);
  const {gamma, tauB} = ordinalAssociation(counts);
  if (/gamma/i.test(called)) return [gamma?.estimate ?? Number.NaN];
  if (/tau/i.test(called)) return [tauB?.estimate ?? Number.NaN];
  const v = cramersV(counts).estimate;
  if (/cram|phi|φ|^v\b/i.test(called)) return [v];
  const usual = [
    test.statistic,
    test.likelihoodRatio.statistic,
    yatesTest(counts).statistic,
    Math.sqrt(test.statistic)
  ];
  return /likelihood|^g/i.test(called) ? [test.likelihoodRatio.statistic] : usual;
}

/** Whether no group size says that there are more than the rows that are shown. */
function isComplete(block: Block): boolean {
  const shown = parts(block.rows);
  return parts(block.columns).every((c) => {
    const base = at(block, "base", -1, c)?.value;
    return base == null || base === sum(shown.map((r) => at(block, "count", r, c)?.value ?? 0));
  });
}

/** The counts of a block without its totals, if all are known; with one row, and bases, the others as a second row. */
function countsOf(block: Block, only?: number): number[][] | null {
  const columns = parts(block.columns);
  const sizes = new Set(block.cells.flatMap(({measure, r}) => (measure === "base" ? [r] : [])));
  const rows = only === undefined ? parts(block.rows).filter((r) => !sizes.has(r)) : [only];
  const counts = rows.map((r) => columns.map((c) => at(block, "count", r, c)?.value ?? Number.NaN));
  const [first] = counts;
  if (columns.length < 2 || !first || !counts.flat().every(Number.isInteger)) return null;
  if (counts.length === 1) {
    const base = (c: number) => at(block, "base", -1, c) ?? at(block, "base", rows[0] ?? -1, c);
    const rest = columns.map((c, i) => (base(c)?.value ?? Number.NaN) - (first[i] ?? 0));
    if (!rest.every((n) => n >= 0)) return null;
    counts.push(rest);
  }
  const down = counts.filter((line) => line.some((n) => n > 0)).length;
  const across = columns.filter((_, c) => counts.some((line) => (line[c] ?? 0) > 0)).length;
  return down > 1 && across > 1 ? counts : null;
}

/** Estimates against their intervals, errors, tests and sizes, but for what was held against counts. */
function estimates(block: Block, found: Found, judged: ReadonlySet<BlockCell>): void {
  const items = block.cells.flatMap((cell) => (judged.has(cell) ? [] : [{...cell, digits: cell.token.digits, cell}]));
  const all = estimateFindings(items, (block.level ?? 95) / 100);
  for (const each of all) {
    found.findings.push({...each, kind: "estimate"});
    if (each.verdict === "exact" && /middle|t of the/.test(each.note))
      found.notes.push(sentence(block, {...each, kind: "estimate"}));
  }
  const held = new Set(all.flatMap(({cells}) => cells));
  const rest = block.cells.filter((cell) => ["sd", "median"].includes(cell.measure) && !held.has(cell)).length;
  if (rest > 0)
    found.notes.push(
      `${rest} standard deviations or medians are read and not checked: the table prints nothing they follow from.`
    );
}
