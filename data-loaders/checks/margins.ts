import {readCount} from "../../src/tables/decimal.js";
import type {TableId} from "../../src/tables/table-id.js";
import {baseOf, type Codebook, MISSING, TOTAL, type Variable} from "../read/codebook.js";
import {EVERYBODY} from "../read/counts.js";
import {usual} from "../read/sheet.js";
import type {PrintedCell} from "../read/table.js";
import {type Check, check} from "./check.js";
import {add, type Grid, labelOf, numberOf} from "./grid.js";

/** How many fall in each category of one variable, as one table prints it. */
interface Margin {
  readonly grid: Grid;
  readonly table: TableId;
  readonly survey: string;
  /** The variable whose categories are printed, which may merge those of `base`. */
  readonly variable: Variable;
  readonly base: string;
  /** Who is counted: `position=unit_manager`, `unidentifiable`, or empty for everybody. */
  readonly population: string;
  readonly groups: readonly {readonly key: string; readonly codes: readonly string[]; readonly cell: PrintedCell}[];
  readonly total: PrintedCell | null;
  /**
   * The variable that it is crossed with, whose missing answers are missing here too; null where everybody with an answer
   * to the variable is counted.
   */
  readonly crossedWith: string | null;
  /** Whether it is a printed line of totals, and not a line of cells that serves another table. */
  readonly isMargin: boolean;
}

/** The interval that other tables leave for a count, and how it comes about. */
interface Room {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly formula: string;
  readonly cells: readonly PrintedCell[];
}

/** What margins are held against: all others, and how many answered each survey. */
interface Known {
  readonly margins: readonly Margin[];
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * Every printed margin of a variable against the other tables that print the variable.
 *
 * A crosstab leaves out those who did not answer its other question, so its margins may be smaller than those of a
 * table of the variable alone, but never larger, and category by category by no more than in all. Where no table shows
 * the variable alone, the largest count of each category is a lower bound of how many chose it, and these together an
 * upper bound of the rest of the survey. Counts outside of what is left for them are `inconsistent`.
 */
export function marginChecks(grids: readonly Grid[], codebook: Codebook): Check[] {
  const known = {margins: grids.flatMap((grid) => marginsOf(grid, codebook)), sizes: surveySizes(grids)};
  return [
    ...known.margins.filter((margin) => margin.isMargin).flatMap((margin) => checksOf(margin, known)),
    ...everybodyChecks(grids),
    ...grids.flatMap((grid) => populationCheck(grid, known))
  ];
}

/** The number of respondents of each survey: what most of the tables that print it say. */
export function surveySizes(grids: readonly Grid[]): Map<string, number> {
  const surveys = new Set(grids.flatMap((grid) => grid.table.entry.survey));
  return new Map(
    [...surveys].flatMap((survey) => {
      const size = usual(everybodyCells(grids, survey).map(({cell}) => numberOf(cell)));
      return size === undefined ? [] : [[survey, size]];
    })
  );
}

function everybodyCells(grids: readonly Grid[], survey: string): {grid: Grid; cell: PrintedCell}[] {
  return grids
    .filter(({table: {entry}}) => entry.population === null && entry.survey.includes(survey) && !entry.column)
    .flatMap((grid) => grid.counts.filter((c) => grid.rowKey(c) === EVERYBODY).map((cell) => ({grid, cell})));
}

function marginsOf(grid: Grid, codebook: Codebook): Margin[] {
  const {counts} = grid;
  const {table, kind, row, column, survey, population} = grid.table.entry;
  const who = typeof population === "object" && population ? `${population.variable}=${population.code}` : population;
  const margin = (
    side: "row" | "column",
    variable: Variable,
    cells: readonly PrintedCell[],
    rest: Partial<Margin> = {}
  ): Margin => ({
    grid,
    table,
    survey: survey[0] ?? "",
    variable,
    base: baseOf(variable),
    population: who ?? "",
    groups: cells.flatMap((cell) => {
      const category = variable.categories.find((c) => c.code === cell[side]?.code);
      if (!category) return [];
      return [{key: category.code, codes: variable.derivedFrom ? category.includes : [category.code], cell}];
    }),
    total: cells.find((cell) => cell[side]?.code === TOTAL) ?? null,
    crossedWith: null,
    isMargin: true,
    ...rest
  });
  const where = (side: "row" | "column", code: string) => counts.filter((cell) => cell[side]?.code === code);
  if (kind === "comparison") return survey.map((year) => margin("row", row, where("column", year), {survey: year}));
  if (!column) {
    const first = counts.findIndex((c) => c.row?.code === TOTAL);
    const valid = counts.slice(0, first < 0 ? undefined : first + 1);
    // A total below a missing line counts everybody, not the answers.
    return [margin("row", row, valid.some((c) => c.row?.code === MISSING) ? valid.slice(0, -1) : valid)];
  }
  const sides = [
    {side: "row", variable: row, across: "column", other: column},
    {side: "column", variable: column, across: "row", other: row}
  ] as const;
  const margins = sides.map(({side, variable, across, other}) =>
    margin(side, variable, where(across, TOTAL), {crossedWith: baseOf(other)})
  );
  // Lines of a table that shows a group already would be of a group within it.
  if (who !== null || !codebook.has(column.name)) return margins;
  // A line of cells counts a group by the other variable: the margin of a table of that group alone.
  const lines = sides.toReversed().flatMap(({side, variable, across, other}) =>
    other.categories.map(({code}) => {
      const group = `${other.name}=${code}`;
      return margin(side, variable, where(across, code), {population: group, isMargin: false});
    })
  );
  return [...margins, ...lines];
}

function checksOf(margin: Margin, known: Known): Check[] {
  const room = roomFor(margin, known);
  if (!room) return [];
  const {grid, variable, groups, total, crossedWith} = margin;
  const survey = grid.table.entry.survey.length > 1 ? `${margin.survey}.` : "";
  const make = (key: string, cell: PrintedCell, codes: readonly string[] | null) => {
    const place = `${variable.labelEn}: ${key === TOTAL ? "Total" : labelOf([variable], key)}`;
    return roomCheck(`${survey}${variable.name}.${key}`, place, grid, cell, room(codes));
  };
  return [
    ...groups.map(({key, codes, cell}) => make(key, cell, codes)),
    ...(total && crossedWith ? [make(TOTAL, total, null)] : [])
  ];
}

/** A count against the room that other tables leave for it. */
function roomCheck(name: string, place: string, grid: Grid, cell: PrintedCell, room: Room): Check {
  const {lower, upper, formula} = room;
  const words =
    lower === null ? `at most ${upper}` : upper === null ? `at least ${lower}` : lower === upper ? `${lower}` : null;
  const recomputed = words ?? `${lower} to ${upper}`;
  const fits = (printed: string) => {
    const value = readCount(printed);
    return value >= (lower ?? Number.NEGATIVE_INFINITY) && value <= (upper ?? Number.POSITIVE_INFINITY);
  };
  return check(grid.table.entry.table, `${name}.margin`, "margin", {
    place,
    placePrinted: grid.placeOf(cell).placePrinted,
    cells: [cell, ...room.cells],
    recomputed,
    value: lower === upper ? upper : null,
    lower,
    upper,
    formula,
    judge: (printed) => (fits(printed) ? "exact" : "inconsistent"),
    note: fits(cell.printed)
      ? `The other tables leave room for ${recomputed}.`
      : `The other tables leave room for ${recomputed} only: missing answers cannot explain the difference.`
  });
}

/**
 * What other tables leave for a margin's counts, by the base variable's codes, and for its total (null). Null where no
 * other table prints the variable.
 */
function roomFor(margin: Margin, known: Known): ((codes: readonly string[] | null) => Room) | null {
  const {table, base, survey, population} = margin;
  const comparable = known.margins.filter(
    (other) => other.table !== table && other.base === base && other.survey === survey && !other.variable.derivedFrom
  );
  const shown = margin.groups.flatMap((group) => group.codes);
  const same = comparable.filter((other) => other.population === population);
  const complete = largestComplete(same);
  const size = sizeOf(margin, known);
  const lost = nonResponse(margin, size, known);
  if (complete) {
    const answers = add(cellsOf(complete, shown));
    const fewer = Math.max(0, answers - add(margin.groups.map(({cell}) => cell)));
    return (codes) => {
      const cells = cellsOf(complete, codes ?? shown);
      const upper = add(cells);
      const lower = codes ? upper - fewer : lost === null ? null : answers - lost;
      const less = codes
        ? `and ${fewer} more answers in all`
        : `less at most ${lost} without an answer to the other question`;
      return {
        lower: lower === null ? null : Math.max(0, lower),
        upper,
        cells,
        formula: `table ${complete.table} has ${upper}, ${less}`
      };
    };
  }
  if (same.length > 0) {
    const most = largestCounts(same);
    return (codes) => {
      const others = codes ? otherCounts(most, codes) : 0;
      const least = codes
        ? codes.reduce((sum, code) => sum + (most.get(code) ?? 0), 0)
        : Math.max(...same.map((other) => add(cellsOf(other, shown))));
      const apart = others > 0 ? ` and ${others} in other categories` : "";
      return {
        lower: lost === null ? null : Math.max(0, least - lost),
        upper: size === null ? null : size - others,
        cells: same.flatMap((other) => cellsOf(other, codes ?? shown)),
        formula: `tables ${tablesOf(same).join(", ")} have ${least} at most${apart}; ${size ?? "?"} in all`
      };
    };
  }
  // A group whose variable no other table shows is at least a part of everybody.
  const everybody = comparable.filter((other) => other.population === "");
  if (population === "" || everybody.length === 0) return null;
  const whole = largestComplete(everybody);
  const n = known.sizes.get(survey);
  return (codes) => {
    const of = codes ?? shown;
    const rest = n === undefined ? null : n - otherCounts(largestCounts(everybody), of);
    const upper = whole ? add(cellsOf(whole, of)) : rest;
    const tables = whole ? `table ${whole.table} has` : `tables ${tablesOf(everybody).join(", ")} leave room for`;
    return {
      lower: null,
      upper,
      cells: everybody.flatMap((other) => cellsOf(other, of)),
      formula: `a part of everybody, of whom ${tables} ${upper}`
    };
  };
}

/** How many of a margin's population may lack an answer to the question that it is crossed with; null: not known. */
function nonResponse(margin: Margin, size: number | null, {margins}: Known): number | null {
  const answered = margins
    .filter(
      ({isMargin, base, survey, population}) =>
        isMargin && base === margin.crossedWith && survey === margin.survey && population === margin.population
    )
    .map(({groups}) => add(groups.map(({cell}) => cell)));
  return size === null || answered.length === 0 ? null : Math.max(0, size - Math.max(...answered));
}

/** How many belong to a margin's population, at most; null: not known. */
function sizeOf(margin: Margin, known: Known): number | null {
  return margin.population === "" ? (known.sizes.get(margin.survey) ?? null) : groupSize(margin, known).upper;
}

/** How many belong to a group, at most, by the tables that show the group's variable. */
function groupSize(
  {survey, population, table}: Pick<Margin, "survey" | "population" | "table">,
  {margins, sizes}: Known
): {upper: number | null; cells: PrintedCell[]; tables: TableId[]} {
  const [variable = "", code = ""] = population.split("=");
  const shown = margins.filter(
    (m) => m.isMargin && m.base === variable && m.survey === survey && m.population === "" && m.table !== table
  );
  const cells = shown.flatMap((m) => cellsOf(m, [code]));
  const whole = largestComplete(shown);
  if (whole) return {upper: add(cellsOf(whole, [code])), cells, tables: [whole.table]};
  const size = sizes.get(survey);
  const upper = shown.length === 0 || size === undefined ? null : size - otherCounts(largestCounts(shown), [code]);
  return {upper, cells, tables: tablesOf(shown)};
}

/** A table of a group against how many belong to the group. */
function populationCheck(grid: Grid, known: Known): Check[] {
  const {table, population, survey} = grid.table.entry;
  if (population === null || population === "unidentifiable") return [];
  const totals = grid.counts.filter((c) => c.row?.code === TOTAL && (!c.column || c.column.code === TOTAL));
  const cell = totals.at(-1);
  const who = `${population.variable}=${population.code}`;
  const {upper, cells, tables} = groupSize({survey: survey[0] ?? "", population: who, table}, known);
  if (!cell || upper === null) return [];
  const formula = `${who} in ${tables.length > 1 ? "tables" : "table"} ${tables.join(", ")}: at most ${upper}`;
  const room = {lower: null, upper, formula, cells};
  return [roomCheck("population", "Everybody whom the table counts", grid, cell, room)];
}

/** Every count of all respondents against the other tables that print it. */
function everybodyChecks(grids: readonly Grid[]): Check[] {
  const surveys = new Set(grids.flatMap((grid) => grid.table.entry.survey));
  return [...surveys].flatMap((survey) => {
    const all = everybodyCells(grids, survey);
    return all.flatMap(({grid, cell}) => {
      const others = all.filter((other) => other.cell !== cell);
      const cells = others.map((other) => other.cell);
      const size = usual(cells.map(numberOf));
      if (size === undefined) return [];
      const formula = `tables ${others.map((other) => other.grid.table.entry.table).join(", ")}: ${size}`;
      const room = {lower: size, upper: size, formula, cells};
      return [roomCheck("everybody", "Everybody", grid, cell, room)];
    });
  });
}

/** Of the margins that count everybody with an answer, the one that counts most. */
function largestComplete(margins: readonly Margin[]): Margin | undefined {
  const total = ({groups}: Margin) => add(groups.map(({cell}) => cell));
  return margins.filter((margin) => margin.crossedWith === null).sort((a, b) => total(b) - total(a))[0];
}

/** The largest count of each category among some margins. */
function largestCounts(margins: readonly Margin[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const {key, cell} of margins.flatMap(({groups}) => groups)) {
    most.set(key, Math.max(most.get(key) ?? 0, numberOf(cell)));
  }
  return most;
}

function otherCounts(counts: ReadonlyMap<string, number>, codes: readonly string[]): number {
  return [...counts].reduce((sum, [code, count]) => (codes.includes(code) ? sum : sum + count), 0);
}

function tablesOf(margins: readonly Margin[]): TableId[] {
  return [...new Set(margins.map(({table}) => table))];
}

function cellsOf(margin: Margin, codes: readonly string[]): PrintedCell[] {
  return margin.groups.filter((group) => group.codes.some((code) => codes.includes(code))).map(({cell}) => cell);
}
