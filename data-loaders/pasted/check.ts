import {chiSquareTest, yatesTest} from "../../src/statistics/chi-square.js";
import {chiSquareTail} from "../../src/statistics/distributions.js";
import {exactTest} from "../../src/statistics/exact.js";
import {judgeP, readP, runTests} from "../../src/tables/printed-p.js";
import {isWrong} from "../checks/check.js";
import type {Block, BlockCell} from "./blocks.js";
import {isMissing, type PastedMeasure} from "./words.js";

/** What the numbers of a pasted table say of each other. */
export interface Findings {
  /** How many printed numbers were held against others. */
  readonly checked: number;
  /** Numbers that cannot all be right, a sentence a cause. */
  readonly problems: readonly string[];
  /** What was found out on the way: which sums percents are of, what could not be checked and why. */
  readonly notes: readonly string[];
}

interface Finding {
  checked: number;
  readonly problems: string[];
  readonly notes: string[];
}

/** Steps of the exact test for each P, some seconds of them. */
const BUDGET = 1e8;

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const half = ({token}: BlockCell) => 0.5 / 10 ** token.digits;
const place = ({line, field}: BlockCell) => `line ${line}, field ${field}`;

/** Holds the numbers of each block against each other. `weighted`: somewhere the file says that counts are weighted. */
export function checkBlocks(blocks: readonly Block[], weighted: boolean): Findings {
  const found: Finding = {checked: 0, problems: [], notes: []};
  for (const block of blocks) {
    const name = [block.rowVariable, block.columnVariable].filter(Boolean).join(" × ");
    const own: Finding = {checked: 0, problems: [], notes: []};
    const isWeighted = totals(block, own, weighted);
    percents(block, own, isWeighted);
    hundreds(block, own);
    tests(block, own, isWeighted);
    estimates(block, own);
    found.checked += own.checked;
    const of = name && blocks.length > 1 ? `${name}: ` : "";
    found.problems.push(...own.problems.map((text) => of + text));
    found.notes.push(...own.notes.map((text) => of + text));
  }
  if (found.checked === 0)
    found.notes.push("0 checks: the table prints nothing that could be held against anything else.");
  return {...found, problems: [...new Set(found.problems)], notes: [...new Set(found.notes)]};
}

const at = (block: Block, measure: PastedMeasure, r: number, c: number) =>
  block.cells.find((cell) => cell.measure === measure && cell.r === r && cell.c === c);

/** The number of a place: its count or base, where it is known. */
function size(block: Block, r: number, c: number): BlockCell | undefined {
  return [at(block, "count", r, c), at(block, "base", r, c)].find((cell) => cell && cell.value !== null);
}

/** Places of the rows and columns that are no totals. */
const parts = (sides: Block["rows"]) => sides.flatMap((side, i) => (side.total ? [] : [i]));
const totalsOf = (sides: Block["rows"]) => sides.flatMap((side, i) => (side.total ? [i] : []));

/**
 * Printed totals against their sums. Where a line or two in many is off, that is a misprint; where sums are off by no
 * more than half a unit a cell, and weights are spoken of or many are off, the counts are weighted and rounded. Where no
 * line adds up, not all categories are shown or people count twice. Answers whether counts are to be taken as weighted.
 */
function totals(block: Block, found: Finding, weighted: boolean): boolean {
  const {rows, columns} = block;
  const list: {total: BlockCell; cells: BlockCell[]; sum: number}[] = [];
  const add = (total: BlockCell | undefined, cells: readonly (BlockCell | undefined)[]) => {
    const known = cells.flatMap((cell) => (cell ? [cell] : []));
    if (!total || known.length < 2 || known.some(({value, token}) => value === null && token.kind !== "missing"))
      return;
    list.push({total, cells: known, sum: sum(known.map(({value}) => value ?? 0))});
  };
  for (const c of columns.length > 0 ? columns.keys() : [-1]) {
    const down = totalsOf(rows);
    const [first = -1, ...later] = down;
    const firstIsTop = first === 0 && rows.length > 2;
    const own = parts(rows).filter((r) => firstIsTop || r < first);
    if (first >= 0)
      add(
        at(block, "count", first, c),
        own.map((r) => at(block, "count", r, c))
      );
    for (const [i, r] of later.entries()) {
      const before = down[i] ?? 0;
      const between = parts(rows).filter((k) => k > before && k < r);
      if (between.length > 0)
        add(
          at(block, "count", r, c),
          [before, ...between].map((k) => at(block, "count", k, c))
        );
    }
  }
  const across = totalsOf(columns);
  if (across.length === 1) {
    for (const r of rows.keys()) {
      const measure = at(block, "base", r, across[0] ?? 0) ? "base" : "count";
      add(
        at(block, measure, r, across[0] ?? 0),
        parts(columns).map((c) => at(block, measure, r, c))
      );
    }
  }
  const off = list.filter(({total, sum}) => total.value !== sum);
  if (list.length === 0)
    return weighted || block.cells.some(({measure, token}) => measure === "count" && token.digits > 0);
  const near = off.filter(({total, cells, sum}) => Math.abs((total.value ?? 0) - sum) <= (cells.length + 1) / 2);
  const fits = (cell: BlockCell) => percentFits(block, cell, 0) === false;
  const many =
    near.length > 1 || (near.length > 0 && block.cells.some((cell) => /percent/.test(cell.measure) && fits(cell)));
  const isWeighted = weighted || (near.length === off.length && many);
  if (off.length > 0 && off.length * 2 > list.length && off.length > 1 && !isWeighted) {
    found.notes.push(
      "The counts do not add up to the totals: not all categories are shown, or people are counted more than once."
    );
    return isWeighted;
  }
  found.checked += list.length;
  if (isWeighted && near.length > 0) {
    found.notes.push(
      `Sums are off by less than half a unit a cell, as weighted counts that were rounded are; ${near.length} of ${list.length} totals.`
    );
  }
  for (const {total, sum: made} of off) {
    if (isWeighted && near.some((each) => each.total === total)) continue;
    found.problems.push(
      `The total “${total.printed}” of ${where(block, total)} (${place(total)}) is not the sum of its cells, which is ${made}.`
    );
  }
  return isWeighted;
}

function where({rows, columns}: Block, {r, c}: BlockCell): string {
  return (
    [rows[r]?.label, columns[c]?.label]
      .filter(Boolean)
      .map((label) => `“${label}”`)
      .join(" × ") || "all"
  );
}

/** The sums that the percents of a column, or of a row, may be shares of. */
function bases(block: Block, measure: PastedMeasure, r: number, c: number, way: "column" | "row" | "all"): number[] {
  const {rows, columns} = block;
  const known = (cells: readonly (BlockCell | undefined)[]) =>
    cells.flatMap((cell) => (cell?.value ? [cell.value] : []));
  if (way === "all") return known(totalsOf(rows).flatMap((t) => totalsOf(columns).map((k) => size(block, t, k))));
  if (way === "row") {
    const printed = known([
      at(block, "base", r, -1),
      ...totalsOf(columns).map((k) => size(block, r, k)),
      at(block, "base", r, c)
    ]);
    const cells = parts(columns).map((k) => at(block, "count", r, k));
    return printed.length > 0 || cells.length < 2 || cells.some((cell) => cell?.value == null)
      ? printed
      : [sum(known(cells))];
  }
  const under = totalsOf(rows).map((t) => size(block, t, c));
  const heads = [
    at(block, "base", -1, c),
    ...rows.map((_, k) => at(block, "base", k, c)).filter((cell) => cell?.r !== r)
  ];
  const printed = known(
    measure === "percent" && columns.length === 0 ? [...heads, under.at(-1)] : [...heads, ...under]
  );
  const cells = parts(rows).map((k) => at(block, "count", k, c));
  const missing = rows.some(({label}) => isMissing(label));
  const whole = cells.length > 1 && !missing && cells.every((cell) => cell?.value != null) ? [sum(known(cells))] : [];
  return measure === "valid_percent" ? known(under.slice(0, 1)) : printed.length > 0 ? printed : whole;
}

const ways = ["column", "row", "all"] as const;

/** Whether a percent is the share that its count has of some base, within rounding, `slack` a count and some digits. */
function percentFits(
  block: Block,
  cell: BlockCell,
  slack: number,
  way?: (typeof ways)[number],
  unit = half(cell)
): boolean | null {
  const count = at(block, "count", cell.r, cell.c);
  if (cell.measure === "cumulative_percent") return cumulativeFits(block, cell, slack);
  if (cell.value === null || !count || count.value === null) return null;
  const n = count.value;
  const tried = (way ? [way] : ways).flatMap((each) => bases(block, cell.measure, cell.r, cell.c, each));
  if (tried.length === 0) return null;
  // Half a unit either way, and one downwards for those who cut decimals off.
  return tried.some((base) => {
    const share = (m: number, of: number) => (100 * m) / of;
    const [low, high] = [share(Math.max(0, n - slack), base + slack), share(n + slack, Math.max(1, base - slack))];
    const value = cell.value ?? 0;
    return low - unit - 1e-9 <= value && value <= high + unit + 1e-9
      ? true
      : value <= low && low < value + 2 * unit - 1e-9;
  });
}

function cumulativeFits(block: Block, cell: BlockCell, slack: number): boolean | null {
  const upTo = parts(block.rows).filter((r) => r <= cell.r);
  const counts = upTo.map((r) => at(block, "count", r, cell.c)?.value ?? null);
  const measure = block.cells.some((each) => each.measure === "valid_percent") ? "valid_percent" : "percent";
  const [base] = bases(block, measure, cell.r, cell.c, "column");
  if (cell.value === null || !base || counts.some((n) => n === null)) return null;
  const whole = sum(counts.map((n) => n ?? 0));
  return Math.abs((100 * whole) / base - cell.value) <= half(cell) + (100 * slack * upTo.length) / base + 1e-9;
}

/** Which way a block's percents add up: by its counts, or by their own sums; null where neither tells. */
export function percentDirection(block: Block): "row" | "column" | null {
  const own = block.cells.filter(({measure}) => measure === "percent");
  const held = (way: "row" | "column") => own.filter((cell) => percentFits(block, cell, 0, way)).length;
  const [down, across] = [held("column"), held("row")];
  if (down !== across) return down > across ? "column" : "row";
  const lines = (along: Block["rows"], pick: (cell: BlockCell) => number) =>
    parts(along).filter((i) => {
      const line = own.filter(
        (cell) => pick(cell) === i && !block.rows[cell.r]?.total && !block.columns[cell.c]?.total
      );
      return line.length > 1 && Math.abs(sum(line.map(({value}) => value ?? 0)) - 100) <= sum(line.map(half)) + 1e-9;
    }).length;
  const [columns, rows] = [lines(block.columns, ({c}) => c), lines(block.rows, ({r}) => r)];
  return columns === rows ? null : columns > rows ? "column" : "row";
}

/** Printed percents against printed counts, in the direction in which most of them fit. */
function percents(block: Block, found: Finding, weighted: boolean): void {
  const own = block.cells.filter((cell) => ["percent", "valid_percent"].includes(cell.measure) && cell.value !== null);
  if (own.length === 0 || !block.cells.some(({measure}) => measure === "count")) return;
  const slack = weighted ? 0.5 : 0;
  const attempt = (times: number) =>
    ways.map((way) => {
      const fits = own.map((cell) => percentFits(block, cell, slack, way, half(cell) * times));
      const of = (wanted: boolean) => fits.filter((fit) => fit === wanted).length;
      return {way, fits, held: of(true), known: of(true) + of(false)};
    });
  const most = (list: ReturnType<typeof attempt>) => list.reduce((a, b) => (b.held > a.held ? b : a));
  const plain = most(attempt(1));
  // Percents may all have a nought more than was computed: 16.70 for 16.7.
  const noughts = own.length > 2 && own.every(({token, printed}) => token.digits > 0 && /0\D*$/.test(printed));
  const padded = noughts && plain.held < plain.known;
  const best = padded ? most(attempt(10)) : plain;
  if (best.known === 0) return;
  if (best.held * 2 < best.known) {
    found.notes.push(
      "The percents are of numbers that the table does not print (another base, weights): they are not checked."
    );
    return;
  }
  const of = {column: "its column", row: "its row", all: "all"}[best.way];
  found.notes.push(
    `Each percent is of ${of}: ${best.held} of ${best.known} are the counts’ own.${padded ? " All have a nought added." : ""}`
  );
  found.checked += best.known;
  const wrong = own.filter((_, i) => best.fits[i] === false);
  const sums = block.cells.filter((cell) => cell.measure === "cumulative_percent");
  const bad = sums.filter((cell) => percentFits(block, cell, slack) === false);
  found.checked += sums.length;
  // Three or more that half a unit a count explains, where half a unit is little: counts that are rounded weights.
  const excused = [...wrong, ...bad].filter((cell) => {
    const [base = 1] = bases(block, cell.measure, cell.r, cell.c, best.way);
    return percentFits(block, cell, 0.5) === true && 50 / base < 6 * half(cell);
  });
  if (excused.length > 2 && excused.length === wrong.length + bad.length) {
    found.notes.push(`${excused.length} percents fit only if the counts are weighted ones that were rounded.`);
    return;
  }
  const told = wrong.map((cell) => {
    const count = at(block, "count", cell.r, cell.c);
    const [base = 0] = bases(block, cell.measure, cell.r, cell.c, best.way);
    const made = ((100 * (count?.value ?? 0)) / base).toFixed(cell.token.digits + 1);
    return `“${cell.printed}” of ${where(block, cell)} (${place(cell)}): ${count?.printed} of ${base} is ${made} %`;
  });
  if (told.length > 0) {
    found.problems.push(
      `${told.length === 1 ? "A percent is" : `${told.length} percents are`} not what the counts give. ${told.slice(0, 6).join("; ")}${told.length > 6 ? "; …" : ""}.`
    );
  }
  if (bad.length > 0 && !weighted) {
    found.problems.push(
      `${bad.length} cumulative percents are not what the counts give, the first “${bad[0]?.printed}” of ${bad[0] ? where(block, bad[0]) : ""}.`
    );
  }
}

/** Percents without counts: each column, or each row, to 100 within rounding, in the direction in which most do. */
function hundreds(block: Block, found: Finding): void {
  const {rows, columns} = block;
  const value = (r: number, c: number) => at(block, "percent", r, c);
  const own = block.cells.filter(({measure}) => measure === "percent");
  if (block.cells.some(({measure}) => measure === "count") || !block.cells.some(({measure}) => measure === "percent"))
    return;
  const lines = (way: "column" | "row") => {
    const [along, over] = way === "column" ? [columns, rows] : [rows, columns];
    // A line of group sizes is no part of the sum.
    const counted = parts(over).filter((k) => own.some(({r, c}) => (way === "column" ? r : c) === k));
    return along.flatMap((side, i) => {
      const cells = counted.flatMap((k) => (way === "column" ? value(k, i) : value(i, k)) ?? []);
      if (cells.length < 2 || cells.length < counted.length || cells.some((cell) => cell.value === null)) return [];
      const made = sum(cells.map((cell) => cell.value ?? 0));
      return [{side, cells, made, fits: Math.abs(made - 100) <= sum(cells.map(half)) + 1e-9}];
    });
  };
  const [down, across] = [lines("column"), lines("row")];
  const held = (list: typeof down) => list.filter(({fits}) => fits).length;
  const best = held(down) >= held(across) ? down : across;
  if (held(best) < 2 || held(best) * 2 <= best.length) {
    found.notes.push(
      "The percents add up to 100 in neither direction: they are of questions with several answers, or of parts that are not shown."
    );
    return;
  }
  found.checked += best.length;
  found.notes.push(
    `Each ${best === down ? "column" : "row"} adds up to 100 within rounding: ${held(best)} of ${best.length}.`
  );
  for (const {side, cells, made, fits} of best) {
    if (fits) continue;
    const digits = Math.max(...cells.map(({token}) => token.digits));
    const over = made - 100;
    const mended = cells.flatMap((cell) => misprintsOf(cell, over, sum(cells.map(half))));
    const remedy = mended.length > 0 ? `; it would with ${mended.slice(0, 3).join(", or ")}` : "";
    found.problems.push(
      `“${side.label}” adds up to ${made.toFixed(digits)} and not to 100 (lines ${cells[0]?.line} to ${cells.at(-1)?.line}, field ${cells[0]?.field})${remedy}.`
    );
  }
}

/** One slip of the pen that would mend a sum: two digits that changed places, or one digit that is another. */
function misprintsOf(cell: BlockCell, over: number, slack: number): string[] {
  const wanted = (cell.value ?? 0) - over;
  const digits = [...cell.printed];
  const numbers = digits.flatMap((digit, i) => (/\d/.test(digit) ? [i] : []));
  const read = (text: readonly string[]) =>
    Number(
      text
        .join("")
        .replace(/[^\d.,]/g, "")
        .replace(",", ".")
    );
  const swaps = numbers.slice(1).map((j, k) => {
    const text = [...digits];
    const i = numbers[k] ?? 0;
    [text[i], text[j]] = [text[j] ?? "", text[i] ?? ""];
    return text;
  });
  const close = (text: readonly string[]) =>
    Math.abs(read(text) - wanted) <= slack + 1e-9 && text.join("") !== cell.printed;
  return swaps
    .filter(close)
    .map((text) => `“${text.join("")}” for “${cell.printed}” of “${cell.row}” (two digits have changed places)`);
}

/** A printed P and statistic against the tests of the counts, and against each other. */
function tests(block: Block, found: Finding, weighted: boolean): void {
  const own = (measure: PastedMeasure) => block.cells.filter((cell) => cell.measure === measure);
  const lists = block.columns.length === 0;
  for (const p of own("p")) {
    const statistic = own("statistic").find(({r}) => r === p.r);
    const printed = readP(p.printed);
    const beside = p.r >= 0 && p.c < 0 && own("odds_ratio").length + own("statistic").length === 0;
    const counts = p.r < 0 && own("p").length === 1 ? countsOf(block) : beside ? countsOf(block, p.r) : null;
    const df =
      own("df").find(({r}) => r === p.r)?.value ??
      (counts ? (counts.length - 1) * ((counts[0]?.length ?? 1) - 1) : null);
    if (!printed) continue;
    if (counts && weighted) found.notes.push("P is not checked: a test of weighted counts is not that of their sum.");
    if (counts && !weighted) {
      const tried = runTests(counts, true, exactTest(counts, {budget: BUDGET}));
      const {verdict, note} = judgeP(printed, tried);
      found.checked += verdict === "not_checkable" ? 0 : 1;
      // A P beside one row may be of something else, and one of rows that are not all shown is of all of them.
      if (isWrong(verdict) && (beside || !isWhole(block))) {
        found.notes.push(
          `The P “${p.printed}” (${place(p)}) is not that of the counts that are shown; others may belong to it.`
        );
      } else if (isWrong(verdict))
        found.problems.push(`The P “${p.printed}” (${place(p)}) does not follow from the counts. ${note}`);
      else found.notes.push(`P “${p.printed}”: ${note}`);
      continue;
    }
    // Without counts a chi-square and its P can be held against each other.
    const chi = statistic && (lists ? /chi|ratio|linear/i.test(p.row ?? "") : true) && statistic.value !== null;
    if (!statistic || !chi || !df || statistic.value === null) continue;
    const [low, high] = [statistic.value - half(statistic), statistic.value + half(statistic)].map((x) =>
      chiSquareTail(Math.max(0, x), df)
    );
    found.checked++;
    if ((high ?? 0) > printed.upper + 1e-9 || (low ?? 1) < printed.lower - 1e-9) {
      found.problems.push(
        `A chi-square of ${statistic.printed} on ${df} degrees of freedom has P ${(low ?? 0).toPrecision(3)}, not “${p.printed}” (${place(p)}).`
      );
    }
  }
  const [statistic] = own("statistic").filter(({r}) => r < 0);
  const counts = countsOf(block);
  if (!statistic || statistic.value === null || !counts || weighted) return;
  const test = chiSquareTest(counts);
  const known = [
    test.statistic,
    test.likelihoodRatio.statistic,
    yatesTest(counts).statistic,
    Math.sqrt(test.statistic)
  ];
  if (known.some((x) => x !== undefined && Math.abs(x - (statistic.value ?? 0)) <= half(statistic) + 1e-9))
    found.checked++;
  else
    found.notes.push(
      `The statistic “${statistic.printed}” is not the counts’ chi-square, ${test.statistic.toFixed(3)}, nor its usual kin; what it is of is not known.`
    );
}

/** Whether no group size says that there are more than the rows that are shown. */
function isWhole(block: Block): boolean {
  const shown = parts(block.rows);
  return parts(block.columns).every((c) => {
    const base = at(block, "base", -1, c)?.value;
    return base == null || shown.length === 1 || base === sum(shown.map((r) => at(block, "count", r, c)?.value ?? 0));
  });
}

/** The counts of a block without its totals, if all are known; with one row, and bases, the others as a second row. */
function countsOf(block: Block, only?: number): number[][] | null {
  const [rows, columns] = [
    (only === undefined ? parts(block.rows) : [only]).filter(
      (r) => !block.cells.some((cell) => cell.r === r && cell.measure === "base" && only === undefined)
    ),
    parts(block.columns)
  ];
  const counts = rows.map((r) => columns.map((c) => at(block, "count", r, c)?.value ?? null));
  if (columns.length < 2 || rows.length === 0 || counts.flat().some((n) => n === null || !Number.isInteger(n)))
    return null;
  const whole = counts as number[][];
  if (rows.length === 1) {
    const rest = columns.map(
      (c, i) =>
        ((at(block, "base", -1, c) ?? at(block, "base", rows[0] ?? -1, c))?.value ?? Number.NaN) - (whole[0]?.[i] ?? 0)
    );
    if (rest.some((n) => !(n >= 0))) return null;
    whole.push(rest);
  }
  const occupied = (line: readonly number[]) => line.some((n) => n > 0);
  const across = columns.filter((_, c) => whole.some((line) => (line[c] ?? 0) > 0)).length;
  return whole.filter(occupied).length > 1 && across > 1 ? whole : null;
}

/** Estimates against their intervals, and means of whole answers against how many they are of (GRIM, DEBIT). */
function estimates(block: Block, found: Finding): void {
  const all = (measure: PastedMeasure) => block.cells.filter((cell) => cell.measure === measure && cell.value !== null);
  for (const estimate of [...all("odds_ratio"), ...all("mean")]) {
    const [low, high] = (["lower", "upper"] as const).map((end) => at(block, end, estimate.r, estimate.c));
    if (low?.value != null && high?.value != null && estimate.value !== null) {
      found.checked++;
      if (estimate.value < low.value || estimate.value > high.value) {
        found.problems.push(
          `“${estimate.printed}” of ${where(block, estimate)} (${place(estimate)}) is outside its interval, ${low.printed} to ${high.printed}.`
        );
      } else if (estimate.measure === "odds_ratio" && low.value > 0) {
        const [from, to] = [-1, 1].map((side) =>
          Math.sqrt(Math.max(0, (low.value ?? 0) + side * half(low)) * ((high.value ?? 0) + side * half(high)))
        );
        const apart = (from ?? 0) > estimate.value + half(estimate) || (to ?? 0) < estimate.value - half(estimate);
        if (apart)
          found.notes.push(
            `The interval of “${estimate.printed}” of ${where(block, estimate)} is not symmetric around it on the scale of logarithms.`
          );
      }
    }
    const n = size(block, -1, estimate.c)?.value;
    if (estimate.measure !== "mean" || !n || n * 2 * half(estimate) >= 1 || estimate.value === null) continue;
    const nearest = Math.round(estimate.value * n) / n;
    if (Math.abs(nearest - estimate.value) > half(estimate) + 1e-9) {
      found.notes.push(
        `No sum of ${n} whole numbers has the mean “${estimate.printed}” of ${where(block, estimate)} (GRIM); if answers are whole numbers, it is a misprint.`
      );
    }
  }
  const rest = block.cells.filter(({measure}) => ["sd", "median"].includes(measure)).length;
  if (rest > 0)
    found.notes.push(
      `${rest} standard deviations or medians are read and not checked: the table prints nothing they follow from.`
    );
}
