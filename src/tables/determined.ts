import type {ColumnTable} from "arquero";
import {crosstab, MISSING, sum} from "./crosstab.js";
import {type ReportEntries, sideOf} from "./labels.js";
import {type Choice, type Recoded, recode, sideGroups, tableChoice} from "./recode.js";
import type {Filter} from "./recompute.js";
import type {TableId} from "./table-id.js";

/** The least and the greatest count that any respondents who print the report's tables can have. */
export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** Answers what the printed tables determine of any crosstab. Made once; it remembers what it has looked up. */
export type Determiner = ReturnType<typeof determiner>;
/** How much of a chosen crosstab the printed tables determine. */
export type Determination = ReturnType<Determiner>;

type Codes = readonly string[];

/** A printed crosstab of two questions: the answers that each line and each column stands for, and the counts. */
interface Fact {
  readonly table: TableId;
  readonly rows: readonly Codes[];
  readonly columns: readonly Codes[];
  readonly counts: readonly (readonly number[])[];
  readonly total: number;
}

const exactly = (count: number): Range => ({lower: count, upper: count});
const nothing: Range = exactly(0);
const add = (a: Range, b: Range): Range => ({lower: a.lower + b.lower, upper: a.upper + b.upper});
const both = (a: Range, b: Range): Range => ({lower: Math.max(a.lower, b.lower), upper: Math.min(a.upper, b.upper)});
const isExact = ({lower, upper}: Range) => lower === upper;

/** A function that computes each answer once. */
function remembered<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as Value;
  };
}

/**
 * The ranges of counts that the report's tables leave open.
 *
 * A cell of a printed crosstab, and every sum of such cells, is exact. A pair that is not printed has the bounds of
 * `bounds.arrow`; its merged cells have sums of these, which hold but may be wider than need be. Where a table prints
 * categories merged, the counts of parts are bounded by the merged count and by how many gave each answer in all
 * (Fréchet 1951, within each merged group). With a filter on a third question the three crosstabs of the pairs bound
 * each cell. `respondents` must print every usable table exactly, as the reconstruction does; only their counts of
 * printed cells are looked at.
 */
export function determiner(respondents: ColumnTable, report: ReportEntries, bounds: ColumnTable) {
  const n = respondents.numRows();
  const printedBounds = readBounds(bounds);
  const usable = report.tables.flatMap((entry) => {
    const choice = tableChoice(report, entry);
    if (!choice) return [];
    return [{entry, choice, filter: choice.filter, pair: [choice.rows.variable, choice.columns?.variable]}];
  });
  const codesOf = (variable: string) => sideOf(report, variable).codes;

  /** What a table prints, the lines being answers to one of its questions. */
  const factOf = remembered(({entry, choice}: (typeof usable)[number]): Fact => {
    const {rows, columns, table} = recode(respondents, report, choice);
    return {table: entry.table, rows, columns, counts: table.counts, total: table.total};
  });
  const factBy = (table: (typeof usable)[number], rows: string): Fact =>
    table.pair[0] === rows ? factOf(table) : turn(factOf(table));

  /** Whether all who answered a question belong to a table's population: then the table leaves out nobody. */
  const onlyAskedOf = (variable: string, population: Filter) =>
    usable.every(({pair, filter}) => !pair.includes(variable) || sameFilter(filter, population));

  const factsOf = (rows: string, columns: string): Fact[] =>
    usable.flatMap((table): Fact[] => {
      const {pair, filter} = table;
      if (!pair.includes(rows)) return [];
      if (pair.includes(columns)) {
        const leavesOut = filter && ![rows, columns].some((variable) => onlyAskedOf(variable, filter));
        return leavesOut ? [] : [factBy(table, rows)];
      }
      // A question that only some were asked is crossed with what they have in common.
      if (filter?.variable !== columns) return [];
      const fact = factBy(table, rows);
      const others = onlyAskedOf(rows, filter) ? codesOf(columns) : filter.codes;
      const counts = fact.counts.map((line) => others.map((code) => (filter.codes.includes(code) ? sum(line) : 0)));
      return [{...fact, columns: others.map((code) => [code]), counts}];
    });
  const pairOf = remembered((rows: string) =>
    remembered((columns: string): Fact[] => {
      const facts = [...factsOf(rows, columns), ...factsOf(columns, rows).map(turn)];
      return facts.filter(({table}, i) => facts.findIndex((other) => other.table === table) === i);
    })
  );

  /** How many gave each answer, missing included. A frequency table tells; else other tables' totals are the least. */
  const single = remembered((variable: string): ReadonlyMap<string, Range> => {
    const codes = codesOf(variable);
    const showing = usable.filter(({pair}) => pair.includes(variable));
    const whole = showing.some(
      ({choice, filter}) => !filter && !choice.columns && sideGroups(report, choice.rows).length === codes.length
    );
    if (whole) {
      const {rows, rowTotals} = crosstab(respondents, {variable, codes}, null, {missing: "category"});
      return new Map(rows.map((code, i) => [code, exactly(rowTotals[i] ?? 0)]));
    }
    const least = codes.map((code) => {
      const counts = showing.flatMap((table) => {
        if (table.entry.row !== variable && table.entry.column !== variable) return [];
        const {rows, counts: lines} = factBy(table, variable);
        return sum(lines[rows.findIndex(([own]) => own === code)] ?? []);
      });
      return Math.max(0, ...counts);
    });
    const open = n - sum(least);
    return new Map([
      ...codes.map((code, i): [string, Range] => [code, {lower: least[i] ?? 0, upper: open + (least[i] ?? 0)}]),
      [MISSING, {lower: 0, upper: open}]
    ]);
  });

  const oneWay = (variable: string, codes: Codes): Range => {
    const ranges = codes.map((code) => single(variable).get(code) ?? {lower: 0, upper: n});
    return both(ranges.reduce(add, nothing), {lower: 0, upper: n});
  };

  /**
   * How many of a printed table's people gave an answer to its column question, where that is known: all who gave any
   * answer to that question are in the table, so the totals of the question's own frequency table are the table's.
   */
  const answered = (fact: Fact, columns: string) => (code: string) => {
    const all = codesOf(columns).reduce((range, other) => add(range, single(columns).get(other) ?? nothing), nothing);
    return isExact(all) && all.lower === fact.total ? (single(columns).get(code)?.lower ?? null) : null;
  };

  /** The range of how many answered one of `r` and one of `c`. */
  const twoWay = (rows: string, r: Codes, columns: string, c: Codes): Range => {
    const facts = pairOf(rows)(columns);
    const [a, b] = [oneWay(rows, r), oneWay(columns, c)];
    // Fréchet's bounds from the two questions alone.
    const ranges = [{lower: Math.max(0, a.lower + b.lower - n), upper: Math.min(a.upper, b.upper)}];
    if (r.includes(MISSING) || c.includes(MISSING)) {
      ranges.push(...facts.map((fact) => withMissing(fact, rows, r, columns, c)));
    } else {
      const cells = printedBounds.get(`${rows} ${columns}`);
      const bound = (row: string, column: string) => cells?.get(`${row} ${column}`) ?? {lower: 0, upper: n};
      if (cells) ranges.push(r.flatMap((row) => c.map((column) => bound(row, column))).reduce(add, nothing));
      for (const fact of facts) {
        ranges.push(byFact(fact, r, c, answered(fact, columns), limit(rows, columns)));
        ranges.push(byFact(turn(fact), c, r, answered(fact, rows), limit(columns, rows)));
      }
    }
    return ranges.reduce(both);
  };
  const limit = (rows: string, columns: string) => (r: Codes, c: Codes) => ({
    lower: 0,
    upper: Math.min(oneWay(rows, r).upper, oneWay(columns, c).upper)
  });

  /** The range of a count in which missing answers take part, from a printed table of the answers and of everybody. */
  const withMissing = (fact: Fact, rows: string, r: Codes, columns: string, c: Codes): Range => {
    // Whoever is not in the table left at least one of the two open.
    const open = {lower: 0, upper: n - fact.total};
    const rest = (own: Range, total: Range): Range => ({
      lower: Math.max(0, own.lower - total.upper),
      upper: Math.max(0, own.upper - total.lower)
    });
    const part = (missingRow: boolean, missingColumn: boolean): Range => {
      const rs = r.filter((code) => (code === MISSING) === missingRow);
      const cs = c.filter((code) => (code === MISSING) === missingColumn);
      if (rs.length === 0 || cs.length === 0) return nothing;
      if (!missingRow && !missingColumn) return twoWay(rows, rs, columns, cs);
      if (missingRow && missingColumn) return [open, limit(rows, columns)(rs, cs)].reduce(both);
      const all = twoWay(rows, missingRow ? codesOf(rows) : rs, columns, missingColumn ? codesOf(columns) : cs);
      return both(open, rest(missingColumn ? oneWay(rows, rs) : oneWay(columns, cs), all));
    };
    return [part(false, false), part(false, true), part(true, false), part(true, true)].reduce(add);
  };

  return ({rows: {variable: rows}, columns: across, filter, missing}: Choice, recoded: Recoded) => {
    const columns = across?.variable;
    // A printed table of just the people whom the filter lets through.
    const special =
      filter &&
      columns !== undefined &&
      usable.find(
        ({filter: own, pair}) => sameFilter(own, filter) && [rows, columns].every((variable) => pair.includes(variable))
      );
    const range = (r: Codes, c: Codes): Range => {
      if (columns === undefined) return filter ? twoWay(rows, r, filter.variable, filter.codes) : oneWay(rows, r);
      const pair = twoWay(rows, r, columns, c);
      if (!filter) return pair;
      if (special) {
        const found = byFact(factBy(special, rows), r, c, () => null, limit(rows, columns));
        return both(found, {lower: 0, upper: pair.upper});
      }
      const a = twoWay(rows, r, filter.variable, filter.codes);
      const b = twoWay(columns, c, filter.variable, filter.codes);
      // Of the people in two sets within a third, at least as many are in both as do not fit beside each other.
      const overlap = (x: Range, y: Range, within: Range) => x.lower + y.lower - within.upper;
      const lower = Math.max(
        0,
        overlap(pair, a, oneWay(rows, r)),
        overlap(pair, b, oneWay(columns, c)),
        overlap(a, b, oneWay(filter.variable, filter.codes))
      );
      return {lower, upper: Math.min(pair.upper, a.upper, b.upper)};
    };
    const cells = recoded.rows.map((r) => recoded.columns.map((c) => range(r, c)));
    const totals = (own: Range, parts: readonly Range[]) => both(own, parts.reduce(add, nothing));
    const [allRows, allColumns] = [recoded.rows.flat(), recoded.columns.flat()];
    const rowTotals = cells.map((line, i) => totals(range(recoded.rows[i] ?? [], allColumns), line));
    const columnTotals = recoded.columns.map((c, j) =>
      totals(
        range(allRows, c),
        cells.map((line) => line[j] ?? nothing)
      )
    );
    const determined = cells.flat().every(isExact);
    const isMissing = ([code]: Codes) => code === MISSING;
    const answersKnown = cells.every((line, i) =>
      line.every(
        (cell, j) => isExact(cell) || [recoded.rows[i], recoded.columns[j]].some((group) => isMissing(group ?? []))
      )
    );
    const facts = columns === undefined ? [] : pairOf(rows)(columns);
    /**
     * Why not all is determined: the report never crosses the two questions (`pair`), only crosses them with categories
     * merged or left out (`merged`), never crosses them with the filter's question (`filter`), or does not say who left
     * one question open and not the other (`missing`); `single` is a question whose answers it does not list.
     */
    const why = (): "pair" | "merged" | "filter" | "missing" | "single" => {
      if (filter && columns !== undefined) return "filter";
      if (missing === "category" && answersKnown) return "missing";
      if (columns === undefined && !filter) return "single";
      return facts.length > 0 ? "merged" : "pair";
    };
    const reason = determined ? null : why();
    return {
      /** In the shape of the crosstab's counts. */
      cells,
      rowTotals,
      columnTotals,
      total: totals(range(allRows, allColumns), rowTotals),
      /** Whether every cell has one possible count only. */
      determined,
      reason,
      /** The printed tables that cross the two questions, of everybody who was asked. */
      tables: special ? [special.entry.table] : facts.map(({table}) => table),
      /** Whether merged cells may be narrower than their ranges say: each is a sum over ranges of single cells. */
      sums: reason === "pair" && [...recoded.rows, ...recoded.columns].some((group) => group.length > 1)
    };
  };
}

function sameFilter(one: Filter | null, other: Filter): boolean {
  return one?.variable === other.variable && one.codes.join() === other.codes.join();
}

/** The bounds of every cell that is not printed, by pair and by cell, each pair in both orders. */
function readBounds(bounds: ColumnTable): Map<string, Map<string, Range>> {
  const found = new Map<string, Map<string, Range>>();
  const cells = bounds.objects() as ({
    [side in "row_variable" | "row" | "column_variable" | "column"]: string;
  } & Range)[];
  for (const {row_variable, row, column_variable, column, lower, upper} of cells) {
    for (const [pair, cell] of [
      [`${row_variable} ${column_variable}`, `${row} ${column}`],
      [`${column_variable} ${row_variable}`, `${column} ${row}`]
    ] as const) {
      const ranges = found.get(pair) ?? new Map<string, Range>();
      found.set(pair, ranges.set(cell, {lower, upper}));
    }
  }
  return found;
}

/**
 * The range of how many fall in `rows` and `columns`, from one printed table.
 *
 * Its lines that lie in `rows` count whole. Of its column groups, those in `columns` count whole; one that `columns`
 * takes a part of is bounded by the people of the lines in that group and by those who gave the part's answers.
 */
function byFact(
  fact: Fact,
  rows: Codes,
  columns: Codes,
  answered: (code: string) => number | null,
  limit: (rows: Codes, columns: Codes) => Range
): Range {
  const inside = fact.rows.map((group) => group.every((code) => rows.includes(code)));
  const covered = fact.rows.filter((_, i) => inside[i]).flat();
  const ranges = fact.columns.map((group, j): Range => {
    const part = group.filter((code) => columns.includes(code));
    const counts = fact.counts.map((line) => line[j] ?? 0);
    const here = sum(counts.filter((_, i) => inside[i]));
    if (part.length === 0) return nothing;
    if (part.length === group.length) return exactly(here);
    const given = part.map(answered);
    if (given.includes(null)) return {lower: 0, upper: here};
    const all = sum(given.map(Number));
    return {lower: Math.max(0, here + all - sum(counts)), upper: Math.min(here, all)};
  });
  // What the table does not show.
  const otherRows = rows.filter((code) => !covered.includes(code));
  const otherColumns = columns.filter((code) => !fact.columns.flat().includes(code));
  if (otherRows.length > 0) ranges.push(limit(otherRows, columns));
  if (otherColumns.length > 0 && covered.length > 0) ranges.push(limit(covered, otherColumns));
  return ranges.reduce(add, nothing);
}

function turn(fact: Fact): Fact {
  const counts = fact.columns.map((_, j) => fact.counts.map((line) => line[j] ?? 0));
  return {...fact, rows: fact.columns, columns: fact.rows, counts};
}
