import {readCount} from "../../src/tables/decimal.js";
import {type TableId, tableKey} from "../../src/tables/table-id.js";
import type {Verdict} from "../../src/tables/verdict.js";
import {type Codebook, MISSING, TOTAL, type Variable} from "../read/codebook.js";
import {EVERYBODY} from "../read/counts.js";
import type {PrintedCell} from "../read/table.js";
import {type Check, check} from "./check.js";
import {type Grid, labelOf} from "./grid.js";

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
  /** The variable that it is crossed with, whose missing answers are missing here too. */
  readonly crossedWith: string | null;
  /** Whether everybody with an answer to the variable is counted: it is not crossed with another. */
  readonly complete: boolean;
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

/**
 * Every printed margin of a variable against the other tables that print the variable.
 *
 * A crosstab leaves out those who did not answer its other question, so its margins may be smaller than those of a
 * table of the variable alone, but never larger, and category by category by no more than in all. Where no table shows
 * the variable alone, the largest count of each category is a lower bound of how many chose it, and these together an
 * upper bound of the rest of the survey. Counts outside of what is left for them are `inconsistent`.
 */
export function marginChecks(grids: readonly Grid[], codebook: Codebook): Check[] {
  const margins = grids.flatMap((grid) => marginsOf(grid, codebook));
  const sizes = surveySizes(grids);
  return [
    ...margins.filter((margin) => margin.isMargin).flatMap((margin) => checksOf(margin, margins, sizes)),
    ...everybodyChecks(grids),
    ...populationChecks(grids, margins, sizes)
  ];
}

/** The number of respondents of each survey: what most of the tables that print it say. */
export function surveySizes(grids: readonly Grid[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const survey of new Set(grids.flatMap((grid) => grid.table.entry.survey))) {
    const found = everybodyCells(grids, survey).map(({cell}) => cell.value ?? 0);
    const size = usual(found);
    if (size !== undefined) sizes.set(survey, size);
  }
  return sizes;
}

function everybodyCells(grids: readonly Grid[], survey: string): {grid: Grid; cell: PrintedCell}[] {
  return grids
    .filter(({table: {entry}}) => entry.population === null && entry.survey.includes(survey) && !entry.column)
    .flatMap((grid) => grid.counts.filter((c) => grid.rowKey(c) === EVERYBODY).map((cell) => ({grid, cell})));
}

function usual(values: readonly number[]): number | undefined {
  const times = (value: number) => values.filter((other) => other === value).length;
  return [...values].sort((a, b) => times(b) - times(a))[0];
}

function marginsOf(grid: Grid, codebook: Codebook): Margin[] {
  const {entry} = grid.table;
  const {population} = entry;
  const who =
    population === null
      ? ""
      : population === "unidentifiable"
        ? population
        : `${population.variable}=${population.code}`;
  const make = (
    variable: Variable,
    cells: readonly PrintedCell[],
    codeOf: (cell: PrintedCell) => string,
    rest: Partial<Margin>
  ): Margin => {
    const groups = cells.flatMap((cell) => {
      const category = variable.categories.find((c) => c.code === codeOf(cell));
      if (!category) return [];
      return [{key: category.code, codes: variable.derivedFrom ? category.includes : [category.code], cell}];
    });
    return {
      grid,
      table: entry.table,
      survey: entry.survey[0] ?? "",
      variable,
      base: variable.derivedFrom ?? variable.name,
      population: who,
      groups,
      total: cells.find((cell) => codeOf(cell) === TOTAL) ?? null,
      crossedWith: null,
      complete: true,
      isMargin: true,
      ...rest
    };
  };
  const row = (cell: PrintedCell) => cell.row?.code ?? "";
  const column = (cell: PrintedCell) => cell.column?.code ?? "";
  if (entry.kind === "comparison") {
    return entry.survey.map((survey) =>
      make(
        entry.row,
        grid.counts.filter((c) => column(c) === survey),
        row,
        {survey}
      )
    );
  }
  if (!entry.column) {
    const first = grid.counts.findIndex((c) => row(c) === TOTAL);
    const valid = grid.counts.slice(0, first < 0 ? undefined : first + 1);
    // A total below a missing line counts everybody, not the answers.
    const answers = valid.some((c) => row(c) === MISSING) ? valid.slice(0, -1) : valid;
    return [make(entry.row, answers, row, {})];
  }
  const crossed = entry.column;
  const lines = entry.row.categories.map(({code}) =>
    // A line of cells counts a group by the other variable: the margin of a table of that group alone.
    make(
      crossed,
      grid.counts.filter((c) => row(c) === code),
      column,
      {
        population: `${entry.row.name}=${code}`,
        isMargin: false
      }
    )
  );
  const stripes = crossed.categories.map(({code}) =>
    make(
      entry.row,
      grid.counts.filter((c) => column(c) === code),
      row,
      {
        population: `${crossed.name}=${code}`,
        isMargin: false
      }
    )
  );
  const base = (variable: Variable) => variable.derivedFrom ?? variable.name;
  return [
    make(
      entry.row,
      grid.counts.filter((c) => column(c) === TOTAL),
      row,
      {
        crossedWith: base(crossed),
        complete: false
      }
    ),
    make(
      crossed,
      grid.counts.filter((c) => row(c) === TOTAL),
      column,
      {
        crossedWith: base(entry.row),
        complete: false
      }
    ),
    // Lines of a table that shows a group already would be of a group within it.
    ...(who === "" && codebook.has(crossed.name) ? [...lines, ...stripes] : [])
  ];
}

function checksOf(margin: Margin, margins: readonly Margin[], sizes: ReadonlyMap<string, number>): Check[] {
  const room = roomFor(margin, margins, sizes);
  if (!room) return [];
  const {table, variable} = margin;
  const survey = margin.grid.table.entry.survey.length > 1 ? `.${margin.survey}` : "";
  const make = (key: string, cell: PrintedCell, {lower, upper, formula, cells}: Room) =>
    check({
      id: `t${tableKey(table)}${survey}.${variable.name}.${key}.margin`,
      table,
      kind: "margin",
      place: `${variable.labelEn}: ${key === TOTAL ? "Total" : labelOf([variable], key)}`,
      placePrinted: margin.grid.placeOf(cell).placePrinted,
      cells: [cell, ...cells],
      ...interval(lower, upper),
      formula,
      note: "",
      judge: within(lower, upper)
    });
  return [
    ...margin.groups.map(({key, codes, cell}) => make(key, cell, room(codes))),
    ...(margin.total && margin.crossedWith ? [make(TOTAL, margin.total, room(null))] : [])
  ].map((made) => ({...made, note: noteOf(made)}));
}

function interval(lower: number | null, upper: number | null): Pick<Check, "recomputed" | "value" | "lower" | "upper"> {
  const words =
    lower === null ? `at most ${upper}` : upper === null ? `at least ${lower}` : lower === upper ? `${lower}` : null;
  return {recomputed: words ?? `${lower} to ${upper}`, value: lower === upper ? upper : null, lower, upper};
}

function within(lower: number | null, upper: number | null): (printed: string) => Verdict {
  return (printed) => {
    const value = readCount(printed);
    return value < (lower ?? Number.NEGATIVE_INFINITY) || value > (upper ?? Number.POSITIVE_INFINITY)
      ? "inconsistent"
      : "exact";
  };
}

function noteOf({verdict, recomputed}: Check): string {
  return verdict === "exact"
    ? `The other tables leave room for ${recomputed}.`
    : `The other tables leave room for ${recomputed} only: missing answers cannot explain the difference.`;
}

/**
 * What other tables leave for a margin's counts, by the base variable's codes, and for its total (null). Null where no
 * other table prints the variable.
 */
function roomFor(
  margin: Margin,
  margins: readonly Margin[],
  sizes: ReadonlyMap<string, number>
): ((codes: readonly string[] | null) => Room) | null {
  const comparable = margins.filter(
    (other) =>
      other.table !== margin.table &&
      other.base === margin.base &&
      other.survey === margin.survey &&
      !other.variable.derivedFrom
  );
  const shown = margin.groups.flatMap((group) => group.codes);
  const same = comparable.filter((other) => other.population === margin.population);
  const complete = largest(same.filter((other) => other.complete));
  const lost = nonResponse(margin, margins, sizes);
  if (complete) {
    const answers = sumOf(complete, shown);
    const printed = sum(margin.groups.map(({cell}) => cell.value ?? 0));
    const fewer = Math.max(0, answers - printed);
    return (codes) => {
      const upper = sumOf(complete, codes ?? shown);
      const lower = codes ? upper - fewer : lost === null ? null : answers - lost;
      const where = `table ${complete.table} has ${upper}`;
      return {
        lower: lower === null ? null : Math.max(0, lower),
        upper,
        cells: cellsOf(complete, codes ?? shown),
        formula: codes
          ? `${where}, and ${fewer} more answers in all`
          : `${where}, less at most ${lost} without an answer to the other question`
      };
    };
  }
  const size = margin.population === "" ? sizes.get(margin.survey) : groupSize(margin, margins, sizes).upper;
  if (same.length > 0) {
    return (codes) => {
      const most = largestCounts(same);
      const taken = sum((codes ?? shown).map((code) => most.get(code) ?? 0));
      const others = codes ? sum([...most].filter(([code]) => !codes.includes(code)).map(([, n]) => n)) : 0;
      const least = codes ? taken : Math.max(...same.map((other) => sumOf(other, shown)));
      const tables = [...new Set(same.map((other) => other.table))];
      return {
        lower: lost === null ? null : Math.max(0, least - lost),
        upper: size === undefined || size === null ? null : size - others,
        cells: same.flatMap((other) => cellsOf(other, codes ?? shown)),
        formula: `tables ${tables.join(", ")} have ${least} at most${others > 0 ? ` and ${others} in other categories` : ""}; ${size ?? "?"} in all`
      };
    };
  }
  // A group whose variable no other table shows is at least a part of everybody.
  if (margin.population === "") return null;
  const everybody = comparable.filter((other) => other.population === "");
  if (everybody.length === 0) return null;
  const whole = largest(everybody.filter((other) => other.complete));
  return (codes) => {
    const of = codes ?? shown;
    const most = largestCounts(everybody);
    const others = sum([...most].filter(([code]) => !of.includes(code)).map(([, n]) => n));
    const n = sizes.get(margin.survey);
    const upper = whole ? sumOf(whole, of) : n === undefined ? null : n - others;
    const tables = whole ? `table ${whole.table}` : `tables ${[...new Set(everybody.map((o) => o.table))].join(", ")}`;
    return {
      lower: null,
      upper,
      cells: everybody.flatMap((other) => cellsOf(other, of)),
      formula: `a part of everybody, of whom ${tables} ${whole ? "has" : "leave room for"} ${upper}`
    };
  };
}

/** How many of a margin's population may lack an answer to the question that it is crossed with; null: not known. */
function nonResponse(margin: Margin, margins: readonly Margin[], sizes: ReadonlyMap<string, number>): number | null {
  const size = margin.population === "" ? sizes.get(margin.survey) : groupSize(margin, margins, sizes).upper;
  if (size === undefined || size === null) return null;
  const answered = margins
    .filter(
      (other) =>
        other.isMargin &&
        other.base === margin.crossedWith &&
        other.survey === margin.survey &&
        other.population === margin.population
    )
    .map((other) => sum(other.groups.map(({cell}) => cell.value ?? 0)));
  return answered.length === 0 ? null : Math.max(0, size - Math.max(...answered));
}

/** How many belong to the group that a margin counts, at most, by the tables that show the group's variable. */
function groupSize(
  {survey, population, table}: Pick<Margin, "survey" | "population" | "table">,
  margins: readonly Margin[],
  sizes: ReadonlyMap<string, number>
): {upper: number | null; cells: PrintedCell[]; tables: TableId[]} {
  const [variable = "", code = ""] = population.split("=");
  const shown = margins.filter(
    (m) => m.isMargin && m.base === variable && m.survey === survey && m.population === "" && m.table !== table
  );
  const tables = [...new Set(shown.map((m) => m.table))];
  const cells = shown.flatMap((m) => cellsOf(m, [code]));
  const whole = largest(shown.filter((m) => m.complete));
  if (whole) return {upper: sumOf(whole, [code]), cells, tables: [whole.table]};
  const size = sizes.get(survey);
  if (shown.length === 0 || size === undefined) return {upper: null, cells, tables};
  return {upper: size - sum([...largestCounts(shown)].filter(([c]) => c !== code).map(([, n]) => n)), cells, tables};
}

/** Every table of a group against how many belong to the group. */
function populationChecks(
  grids: readonly Grid[],
  margins: readonly Margin[],
  sizes: ReadonlyMap<string, number>
): Check[] {
  return grids.flatMap((grid) => {
    const {table, population, survey} = grid.table.entry;
    if (population === null || population === "unidentifiable") return [];
    const totals = grid.counts.filter((c) => c.row?.code === TOTAL && (!c.column || c.column.code === TOTAL));
    const cell = totals.at(-1);
    const who = `${population.variable}=${population.code}`;
    const {upper, cells, tables} = groupSize({survey: survey[0] ?? "", population: who, table}, margins, sizes);
    if (!cell || upper === null) return [];
    const made = check({
      id: `t${tableKey(table)}.population.margin`,
      table,
      kind: "margin",
      place: "Everybody whom the table counts",
      placePrinted: grid.placeOf(cell).placePrinted,
      cells: [cell, ...cells],
      ...interval(null, upper),
      formula: `${who} in ${tables.length > 1 ? "tables" : "table"} ${tables.join(", ")}: at most ${upper}`,
      judge: within(null, upper)
    });
    return [{...made, note: noteOf(made)}];
  });
}

/** Every count of all respondents against the other tables that print it. */
function everybodyChecks(grids: readonly Grid[]): Check[] {
  const surveys = new Set(grids.flatMap((grid) => grid.table.entry.survey));
  return [...surveys].flatMap((survey) => {
    const all = everybodyCells(grids, survey);
    return all.flatMap(({grid, cell}) => {
      const others = all.filter((other) => other.cell !== cell);
      const size = usual(others.map((other) => other.cell.value ?? 0));
      if (size === undefined) return [];
      const {table} = grid.table.entry;
      const made = check({
        id: `t${tableKey(table)}.everybody.margin`,
        table,
        kind: "margin",
        place: "Everybody",
        placePrinted: grid.placeOf(cell).placePrinted,
        cells: [cell, ...others.map((other) => other.cell)],
        ...interval(size, size),
        formula: `tables ${others.map((other) => other.grid.table.entry.table).join(", ")}: ${size}`,
        judge: within(size, size)
      });
      return [{...made, note: noteOf(made)}];
    });
  });
}

function largest(margins: readonly Margin[]): Margin | undefined {
  const total = (margin: Margin) => sum(margin.groups.map(({cell}) => cell.value ?? 0));
  return [...margins].sort((a, b) => total(b) - total(a))[0];
}

/** The largest count of each category among some margins. */
function largestCounts(margins: readonly Margin[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const {groups} of margins) {
    for (const {key, cell} of groups) most.set(key, Math.max(most.get(key) ?? 0, cell.value ?? 0));
  }
  return most;
}

function cellsOf(margin: Margin, codes: readonly string[]): PrintedCell[] {
  return margin.groups.filter((group) => group.codes.some((code) => codes.includes(code))).map(({cell}) => cell);
}

function sumOf(margin: Margin, codes: readonly string[]): number {
  return sum(cellsOf(margin, codes).map((cell) => cell.value ?? 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
