import type {TableId} from "../../src/tables/table-id.js";
import type {CountCell, CountSide, CountTable, CountVariable} from "../read/counts.js";

/** A data set: for each variable the code of every respondent, null for no answer. */
export type Columns = Readonly<Record<string, readonly (string | null)[]>>;

/** A printed count with its place. */
export interface PrintedCount extends Omit<CountCell, "count"> {
  readonly table: TableId;
  readonly printed: number;
}

/** One printed count beside the same count taken from respondents. */
export interface Compared extends PrintedCount {
  readonly counted: number;
}

/** Whether an answer belongs to a printed category of a side, or to one of its totals. */
function belongs(side: CountSide, key: string, answer: string | null): boolean {
  const codes = side.groups.get(key);
  if (codes !== undefined) return answer !== null && codes.includes(answer);
  if (key === "total") return answer !== null;
  if (key === "missing") return answer === null;
  if (key === "everybody") return true;
  throw new Error(`${side.variable} has no category ${key}.`);
}

/**
 * Counts, for every printed count of some tables, the respondents that it should count: those of the table's
 * population whose answers fall in the cell. It is written without the code that builds the respondents, so that it
 * cannot share that code's mistakes. Throws if a column is missing or the columns are of unequal length.
 */
export function verifyCounts(columns: Columns, tables: readonly CountTable[]): Compared[] {
  const lengths = new Set(Object.values(columns).map((column) => column.length));
  if (lengths.size > 1) throw new Error(`The columns are of different lengths: ${[...lengths].join(", ")}.`);
  const answersTo = (name: string) => {
    const found = columns[name];
    if (found === undefined) throw new Error(`There is no column ${name}.`);
    return found;
  };
  return tables.flatMap(({table, row, column, population, cells}) => {
    const down = answersTo(row.variable);
    const across = column && answersTo(column.variable);
    // Who answers alike is counted once, not again for every cell.
    const alike = new Map<string, {answer: string | null; other: string | null; people: number}>();
    down.forEach((answer, person) => {
      if (!population.every(({variable, code}) => answersTo(variable)[person] === code)) return;
      const other = across?.[person] ?? null;
      const key = JSON.stringify([answer, other]);
      const group = alike.get(key) ?? {answer, other, people: 0};
      group.people++;
      alike.set(key, group);
    });
    return cells.map(({count, ...cell}) => {
      const counts = (group: {answer: string | null; other: string | null}) =>
        belongs(row, cell.row, group.answer) &&
        (column === null || belongs(column, cell.column ?? "total", group.other));
      const counted = [...alike.values()].reduce((sum, group) => sum + (counts(group) ? group.people : 0), 0);
      return {table, ...cell, printed: count, counted};
    });
  });
}

/** A cell of a crosstab of two variables. */
export type Cell = Readonly<Record<"row_variable" | "row" | "column_variable" | "column", string>>;

/** Counts how many of some respondents each cell has; quick, since every member of an ensemble is counted so. */
export function cellCounter(cells: readonly Cell[], variables: readonly CountVariable[]) {
  const places = new Map(variables.map(({name, codes}) => [name, new Map(codes.map((code, i) => [code, i]))]));
  const placesOf = (name: string) => places.get(name) ?? new Map<string, number>();
  return (columns: Columns): number[] => {
    const levels = new Map(
      [...places].map(([name, own]) => [
        name,
        Uint8Array.from(columns[name] ?? [], (c) => own.get(c ?? "") ?? own.size)
      ])
    );
    const tables = new Map<string, Int32Array>();
    return cells.map(({row_variable, row, column_variable, column}) => {
      const [rows, width] = [placesOf(row_variable), placesOf(column_variable).size + 1];
      const key = `${row_variable} ${column_variable}`;
      let table = tables.get(key);
      if (!table) {
        table = new Int32Array((rows.size + 1) * width);
        tables.set(key, table);
        const [down, across] = [levels.get(row_variable) ?? [], levels.get(column_variable) ?? []];
        for (let i = 0; i < down.length; i++) {
          (table[(down[i] as number) * width + (across[i] as number)] as number)++;
        }
      }
      return table[(rows.get(row) ?? 0) * width + (placesOf(column_variable).get(column) ?? 0)] ?? 0;
    });
  };
}
