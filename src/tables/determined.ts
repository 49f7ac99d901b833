import type {ColumnTable} from "arquero";
import {type Crosstab, crosstab, MISSING} from "./crosstab.js";
import {type ReportEntries, sideOf, variableEntry} from "./labels.js";
import {type Choice, type Recoded, tableChoice} from "./recode.js";
import {recomputeTable} from "./recompute.js";
import type {TableId} from "./table-id.js";

/** The least and the greatest count that any respondents who print the report's tables can have. */
export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** How much of a chosen crosstab the printed tables determine. */
export interface Determination {
  /** In the shape of the crosstab's counts. */
  readonly cells: readonly (readonly Range[])[];
  readonly rowTotals: readonly Range[];
  readonly columnTotals: readonly Range[];
  readonly total: Range;
  /** Whether every cell has one possible count only. */
  readonly determined: boolean;
  /**
   * Why not, where it is not: the report never crosses the two questions (`pair`), only crosses them with categories
   * merged or left out (`merged`), never crosses them with the filter's question (`filter`), or does not say who left
   * one question open and not the other (`missing`); `single` is a question whose answers it does not list.
   */
  readonly reason: "pair" | "merged" | "filter" | "missing" | "single" | null;
  /** The printed tables that cross the two questions, of everybody who was asked. */
  readonly tables: readonly TableId[];
  /** Whether merged cells may be narrower than their ranges say: each is a sum over ranges of single cells. */
  readonly sums: boolean;
}

/** A printed crosstab of two questions, of everybody who was asked both: the categories each line stands for. */
interface Fact {
  readonly table: TableId;
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly (readonly string[])[];
  readonly counts: Crosstab;
}

/** What is known of a pair: its printed tables, turned to the rows and columns asked for, and its cells' bounds. */
interface Pair {
  readonly facts: readonly Fact[];
  readonly bounds: ReadonlyMap<string, Range>;
}

/** Answers what the printed tables determine of any crosstab. Made once; it remembers what it has looked up. */
export type Determiner = (choice: Choice, recoded: Recoded) => Determination;

const exactly = (count: number): Range => ({lower: count, upper: count});
const nothing: Range = exactly(0);
const add = (a: Range, b: Range): Range => ({lower: a.lower + b.lower, upper: a.upper + b.upper});
const both = (a: Range, b: Range): Range => ({lower: Math.max(a.lower, b.lower), upper: Math.min(a.upper, b.upper)});

/**
 * The ranges of counts that the report's tables leave open.
 *
 * A cell of a printed crosstab, and every sum of such cells, is exact. A pair that is not printed has the bounds of
 * `bounds.arrow`; its merged cells have sums of these, which hold but may be wider than need be. Where a table prints
 * categories merged (table 25), the counts of parts are bounded by the merged count and by how many gave each answer
 * in all (Fréchet 1951, within each merged group). With a filter on a third question the three crosstabs of the pairs
 * bound each cell. `respondents` must print every usable table exactly, as the reconstruction does; only their counts
 * of printed cells are looked at.
 */
export function determiner(respondents: ColumnTable, report: ReportEntries, bounds: ColumnTable): Determiner {
  const n = respondents.numRows();
  const pairs = new Map<string, Pair>();
  const singles = new Map<string, ReadonlyMap<string, Range>>();
  const printedBounds = readBounds(bounds);
  const usable = report.tables.flatMap((entry) => {
    const choice = tableChoice(report, entry);
    return choice ? [{entry, choice}] : [];
  });

  const recomputed = new Map<TableId, Crosstab | null>();
  const printed = (table: TableId): Crosstab | null => {
    const found = recomputed.get(table);
    if (found !== undefined) return found;
    const counts = recomputeTable(respondents, report, table);
    recomputed.set(table, counts);
    return counts;
  };

  /** Whether all who answered a question belong to a table's population: then the table leaves out nobody. */
  const onlyAskedOf = (variable: string, population: {variable: string; code: string}) =>
    usable.every(
      ({entry, choice}) =>
        ![choice.rows.variable, choice.columns?.variable].includes(variable) ||
        (entry.population !== null &&
          entry.population !== "unidentifiable" &&
          entry.population.variable === population.variable &&
          entry.population.code === population.code)
    );

  const factsOf = (rows: string, columns: string): Fact[] =>
    usable.flatMap(({entry, choice}): Fact[] => {
      const sides = [choice.rows.variable, choice.columns?.variable ?? null];
      if (!sides.includes(rows)) return [];
      const {population} = entry;
      if (population === "unidentifiable") return [];
      const counts = printed(entry.table);
      if (!counts) return [];
      const groups = (name: string, codes: readonly string[]) => {
        const {categories, derivedFrom} = variableEntry(report, name);
        return codes.map((code) =>
          derivedFrom === null ? [code] : [...(categories.find((category) => category.code === code)?.includes ?? [])]
        );
      };
      const lines = groups(entry.row, counts.rows);
      if (sides.includes(columns) && entry.column !== null) {
        if (population && ![rows, columns].some((variable) => onlyAskedOf(variable, population))) return [];
        const fact = {table: entry.table, rows: lines, columns: groups(entry.column, counts.columns), counts};
        return [choice.rows.variable === rows ? fact : turn(fact)];
      }
      // A question that only some were asked is crossed with what they have in common.
      if (population?.variable !== columns) return [];
      const line = choice.rows.variable === rows;
      const totals = line ? counts.rowTotals : counts.columnTotals;
      const answered = line ? lines : groups(entry.column ?? "", counts.columns);
      const {codes} = sideOf(report, columns);
      const others = onlyAskedOf(rows, population) ? codes : [population.code];
      return [
        {
          table: entry.table,
          rows: answered,
          columns: others.map((code) => [code]),
          counts: {
            rows: [],
            columns: [],
            counts: totals.map((count) => others.map((code) => (code === population.code ? count : 0))),
            rowTotals: totals,
            columnTotals: others.map((code) => (code === population.code ? counts.total : 0)),
            total: counts.total
          }
        }
      ];
    });

  const pairOf = (rows: string, columns: string): Pair => {
    const key = `${rows} ${columns}`;
    const found = pairs.get(key);
    if (found) return found;
    const facts = [...factsOf(rows, columns), ...factsOf(columns, rows).map(turn)].filter(
      (fact, i, all) => all.findIndex((other) => other.table === fact.table) === i
    );
    const pair = {facts, bounds: printedBounds.get(key) ?? new Map<string, Range>()};
    pairs.set(key, pair);
    return pair;
  };

  /** How many gave each answer, missing included. A frequency table tells; else other tables' totals are the least. */
  const single = (variable: string): ReadonlyMap<string, Range> => {
    const found = singles.get(variable);
    if (found) return found;
    const {codes} = sideOf(report, variable);
    const tables = usable.filter(
      ({entry, choice}) =>
        entry.population === null && [choice.rows.variable, choice.columns?.variable].includes(variable)
    );
    const whole = tables.some(
      ({choice}) => choice.columns === null && choice.rows.dropped.length === 0 && choice.rows.merged.length === 0
    );
    const ranges = new Map<string, Range>();
    if (whole) {
      const counted = crosstab(respondents, {variable, codes}, null, {missing: "category"});
      for (const [i, code] of [...codes, MISSING].entries()) ranges.set(code, exactly(counted.rowTotals[i] ?? 0));
    } else {
      const least = new Map<string, number>();
      for (const {entry} of usable) {
        for (const [code, count] of totalsOf(report, entry.table, variable, printed(entry.table))) {
          least.set(code, Math.max(least.get(code) ?? 0, count));
        }
      }
      const sum = [...least.values()].reduce((a, b) => a + b, 0);
      for (const code of codes) {
        const lower = least.get(code) ?? 0;
        ranges.set(code, {lower, upper: n - (sum - lower)});
      }
      ranges.set(MISSING, {lower: 0, upper: n - sum});
    }
    singles.set(variable, ranges);
    return ranges;
  };

  const oneWay = (variable: string, codes: readonly string[]): Range => {
    const ranges = single(variable);
    const sum = codes.map((code) => ranges.get(code) ?? {lower: 0, upper: n}).reduce(add, nothing);
    return both(sum, {lower: 0, upper: n});
  };

  /** The range of how many answered one of `r` and one of `c`. */
  const twoWay = (rows: string, r: readonly string[], columns: string, c: readonly string[]): Range => {
    const pair = pairOf(rows, columns);
    const [a, b] = [oneWay(rows, r), oneWay(columns, c)];
    // Fréchet's bounds from the two questions alone.
    const ranges = [{lower: Math.max(0, a.lower + b.lower - n), upper: Math.min(a.upper, b.upper)}];
    const [r0, c0] = [r.filter((code) => code !== MISSING), c.filter((code) => code !== MISSING)];
    if (r0.length === r.length && c0.length === c.length) {
      if (pair.bounds.size > 0) ranges.push(sumOfBounds(pair.bounds, r, c, n));
      for (const fact of pair.facts) {
        ranges.push(byFact(fact, r, c, (code) => answered(fact, columns, code), twoWayLimits(rows, columns)));
        ranges.push(byFact(turn(fact), c, r, (code) => answered(turn(fact), rows, code), twoWayLimits(columns, rows)));
      }
    } else {
      for (const fact of pair.facts) ranges.push(withMissing(fact, rows, r, columns, c));
    }
    return ranges.reduce(both);
  };

  const twoWayLimits = (rows: string, columns: string) => (r: readonly string[], c: readonly string[]) => ({
    lower: 0,
    upper: Math.min(oneWay(rows, r).upper, oneWay(columns, c).upper)
  });

  /**
   * How many of a printed table's people gave an answer to its column question, where that is known: all who gave any
   * answer to that question are in the table, so the totals of the question's own frequency table are the table's.
   */
  const answered = (fact: Fact, columns: string, code: string): number | null => {
    const given = single(columns);
    const {codes} = sideOf(report, columns);
    const all = codes
      .map((other) => given.get(other))
      .reduce<Range>((sum, range) => add(sum, range ?? nothing), nothing);
    if (all.lower !== all.upper || all.lower !== fact.counts.total) return null;
    return given.get(code)?.lower ?? null;
  };

  /** The range of a count in which missing answers take part, from a printed table of the answers and of everybody. */
  const withMissing = (
    fact: Fact,
    rows: string,
    r: readonly string[],
    columns: string,
    c: readonly string[]
  ): Range => {
    const part = (mr: boolean, mc: boolean): Range => {
      const [rs, cs] = [r.filter((code) => (code === MISSING) === mr), c.filter((code) => (code === MISSING) === mc)];
      if (rs.length === 0 || cs.length === 0) return nothing;
      if (!mr && !mc) return twoWay(rows, rs, columns, cs);
      // Whoever is not in the table left at least one of the two open.
      const open = {lower: 0, upper: n - fact.counts.total};
      const rest = (variable: string, codes: readonly string[], total: Range): Range => {
        const own = oneWay(variable, codes);
        return {lower: Math.max(0, own.lower - total.upper), upper: Math.max(0, own.upper - total.lower)};
      };
      if (mr && mc) {
        const upper = Math.min(open.upper, oneWay(rows, [MISSING]).upper, oneWay(columns, [MISSING]).upper);
        return {lower: 0, upper};
      }
      if (mc) return both(open, rest(rows, rs, twoWay(rows, rs, columns, sideOf(report, columns).codes)));
      return both(open, rest(columns, cs, twoWay(rows, sideOf(report, rows).codes, columns, cs)));
    };
    return [part(false, false), part(false, true), part(true, false), part(true, true)].reduce(add);
  };

  return (choice, recoded) => {
    const {rows, columns, filter, missing} = choice;
    const range = (r: readonly string[], c: readonly string[] | null): Range => {
      if (!columns || c === null) {
        return filter ? twoWay(rows.variable, r, filter.variable, filter.codes) : oneWay(rows.variable, r);
      }
      const pair = twoWay(rows.variable, r, columns.variable, c);
      if (!filter) return pair;
      const special = populationFact(choice);
      if (special) {
        const found = byFact(special, r, c, () => null, twoWayLimits(rows.variable, columns.variable));
        return both(found, {lower: 0, upper: pair.upper});
      }
      const [a, b] = [
        twoWay(rows.variable, r, filter.variable, filter.codes),
        twoWay(columns.variable, c, filter.variable, filter.codes)
      ];
      // Of the people in two sets within a third, at least as many are in both as do not fit beside each other.
      const overlap = (x: Range, y: Range, within: Range) => x.lower + y.lower - within.upper;
      const lower = Math.max(
        0,
        overlap(pair, a, oneWay(rows.variable, r)),
        overlap(pair, b, oneWay(columns.variable, c)),
        overlap(a, b, oneWay(filter.variable, filter.codes))
      );
      return {lower, upper: Math.min(pair.upper, a.upper, b.upper)};
    };
    /** A printed table of just the people whom the filter lets through. */
    const populationFact = ({columns: other}: Choice): Fact | null => {
      const code = filter?.codes.length === 1 ? filter.codes[0] : undefined;
      if (!filter || code === undefined || !other) return null;
      const found = usable.find(
        ({entry, choice: printed}) =>
          entry.population !== null &&
          entry.population !== "unidentifiable" &&
          entry.population.variable === filter.variable &&
          entry.population.code === code &&
          [printed.rows.variable, printed.columns?.variable].sort().join() ===
            [rows.variable, other.variable].sort().join()
      );
      if (!found?.entry.column) return null;
      const counts = printed(found.entry.table);
      if (!counts) return null;
      const fact = {
        table: found.entry.table,
        rows: counts.rows.map((row) => [row]),
        columns: counts.columns.map((column) => [column]),
        counts
      };
      return found.choice.rows.variable === rows.variable ? fact : turn(fact);
    };

    const cells = recoded.rows.map((r) => recoded.columns.map((c) => range(r, columns ? c : null)));
    const whole = (groups: readonly (readonly string[])[]) => groups.flat();
    const allColumns = columns ? whole(recoded.columns) : null;
    const determined = cells.flat().every(({lower, upper}) => lower === upper);
    const totals = (own: Range, parts: readonly Range[]) => both(own, parts.reduce(add, nothing));
    const pair = columns ? pairOf(rows.variable, columns.variable) : null;
    const special = populationFact(choice);
    const inside = recoded.rows.flatMap((r, i) =>
      recoded.columns.map((c, j) => (r[0] === MISSING || c[0] === MISSING ? null : cells[i]?.[j]))
    );
    const answersKnown = inside.every((cell) => !cell || cell.lower === cell.upper);
    const reason = determined
      ? null
      : filter && columns
        ? "filter"
        : missing === "category" && answersKnown
          ? "missing"
          : !columns && !filter
            ? "single"
            : (pair?.facts.length ?? 0) > 0
              ? "merged"
              : "pair";
    const rowTotals = recoded.rows.map((r, i) => totals(range(r, allColumns), cells[i] ?? []));
    return {
      cells,
      rowTotals,
      columnTotals: recoded.columns.map((c, j) =>
        totals(
          range(whole(recoded.rows), columns ? c : null),
          cells.map((line) => line[j] ?? nothing)
        )
      ),
      total: totals(range(whole(recoded.rows), allColumns), rowTotals),
      determined,
      reason,
      tables: special ? [special.table] : (pair?.facts.map((fact) => fact.table) ?? []),
      sums: reason === "pair" && [...recoded.rows, ...recoded.columns].some((group) => group.length > 1)
    };
  };
}

/** A printed table's totals of a variable's answers, when the table shows each of them as it was asked. */
function totalsOf(
  report: ReportEntries,
  table: TableId,
  variable: string,
  counts: Crosstab | null
): (readonly [string, number])[] {
  const entry = report.tables.find((other) => other.table === table);
  if (!entry || (entry.row !== variable && entry.column !== variable)) return [];
  if (!counts) return [];
  const [codes, totals] =
    entry.row === variable ? [counts.rows, counts.rowTotals] : [counts.columns, counts.columnTotals];
  return codes.map((code, i) => [code, totals[i] ?? 0] as const);
}

/** The bounds of every cell that is not printed, by pair and by cell, each pair in both orders. */
function readBounds(bounds: ColumnTable): Map<string, Map<string, Range>> {
  const found = new Map<string, Map<string, Range>>();
  const cells = bounds.objects({limit: Number.POSITIVE_INFINITY}) as {
    row_variable: string;
    row: string;
    column_variable: string;
    column: string;
    lower: number;
    upper: number;
  }[];
  for (const {row_variable, row, column_variable, column, lower, upper} of cells) {
    for (const [pair, cell] of [
      [`${row_variable} ${column_variable}`, `${row} ${column}`],
      [`${column_variable} ${row_variable}`, `${column} ${row}`]
    ] as const) {
      const ranges = found.get(pair) ?? new Map<string, Range>();
      ranges.set(cell, {lower, upper});
      found.set(pair, ranges);
    }
  }
  return found;
}

function sumOfBounds(
  bounds: ReadonlyMap<string, Range>,
  rows: readonly string[],
  columns: readonly string[],
  n: number
): Range {
  return rows.flatMap((r) => columns.map((c) => bounds.get(`${r} ${c}`) ?? {lower: 0, upper: n})).reduce(add, nothing);
}

/**
 * The range of how many fall in `rows` and `columns`, from one printed table.
 *
 * Its lines that lie in `rows` count whole. Of its column groups, those in `columns` count whole; one that `columns`
 * takes a part of is bounded by the people of the lines in that group and by those who gave the part's answers.
 */
function byFact(
  fact: Fact,
  rows: readonly string[],
  columns: readonly string[],
  answered: (code: string) => number | null,
  limit: (rows: readonly string[], columns: readonly string[]) => Range
): Range {
  const inside = fact.rows.map((group) => group.every((code) => rows.includes(code)));
  const covered = new Set(fact.rows.flatMap((group, i) => (inside[i] ? group : [])));
  const shown = new Set(fact.columns.flat());
  let range = nothing;
  fact.columns.forEach((group, j) => {
    const part = group.filter((code) => columns.includes(code));
    if (part.length === 0) return;
    const counts = fact.counts.counts.map((line) => line[j] ?? 0);
    const here = counts.reduce((sum, count, i) => sum + (inside[i] ? count : 0), 0);
    if (part.length === group.length) {
      range = add(range, exactly(here));
      return;
    }
    const all = counts.reduce((sum, count) => sum + count, 0);
    const given = part.reduce<number | null>((sum, code) => {
      const count = answered(code);
      return sum === null || count === null ? null : sum + count;
    }, 0);
    range = add(
      range,
      given === null ? {lower: 0, upper: here} : {lower: Math.max(0, here + given - all), upper: Math.min(here, given)}
    );
  });
  // What the table does not show.
  const otherRows = rows.filter((code) => !covered.has(code));
  const otherColumns = columns.filter((code) => !shown.has(code));
  if (otherRows.length > 0) range = add(range, limit(otherRows, columns));
  if (otherColumns.length > 0 && covered.size > 0) range = add(range, limit([...covered], otherColumns));
  return range;
}

function turn(fact: Fact): Fact {
  const {counts} = fact;
  return {
    table: fact.table,
    rows: fact.columns,
    columns: fact.rows,
    counts: {
      ...counts,
      rows: counts.columns,
      columns: counts.rows,
      counts: fact.columns.map((_, j) => counts.counts.map((line) => line[j] ?? 0)),
      rowTotals: counts.columnTotals,
      columnTotals: counts.rowTotals
    }
  };
}
