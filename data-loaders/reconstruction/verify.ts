import type {TableId} from "../../src/tables/table-id.js";
import type {CountCell, CountSide, CountTable} from "../read/counts.js";

/** A data set: for each variable the code of every respondent, null for no answer. */
export type Columns = Readonly<Record<string, readonly (string | null)[]>>;

/** One printed count beside the same count taken from respondents. */
export interface Compared {
  readonly table: TableId;
  readonly row: string;
  readonly column: string | null;
  readonly place: CountCell["place"];
  readonly printed: number;
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
  const [n = 0] = lengths;
  const column = (name: string) => {
    const found = columns[name];
    if (found === undefined) throw new Error(`There is no column ${name}.`);
    return found;
  };
  return tables.flatMap(({table, row, column: side, population, cells}) => {
    const rows = column(row.variable);
    const across = side === null ? null : column(side.variable);
    const conditions = population.map(({variable, code}) => ({answers: column(variable), code}));
    const inside = rows.flatMap((_, person) =>
      conditions.every(({answers, code}) => answers[person] === code) ? [person] : []
    );
    // Who is in a row and who is in a column is found once, not again for every cell.
    const inRow = new Map<string, number[]>();
    const inColumn = new Map<string, Uint8Array>();
    for (const cell of cells) {
      if (!inRow.has(cell.row)) {
        const belonging = inside.filter((person) => belongs(row, cell.row, rows[person] ?? null));
        inRow.set(cell.row, belonging);
      }
      const key = cell.column ?? "total";
      if (side !== null && !inColumn.has(key)) {
        const belonging = new Uint8Array(n);
        for (const person of inside) belonging[person] = belongs(side, key, across?.[person] ?? null) ? 1 : 0;
        inColumn.set(key, belonging);
      }
    }
    return cells.map((cell) => {
      const people = inRow.get(cell.row) ?? [];
      const others = side === null ? null : inColumn.get(cell.column ?? "total");
      let counted = others ? 0 : people.length;
      if (others) for (const person of people) counted += others[person] ?? 0;
      return {table, row: cell.row, column: cell.column, place: cell.place, printed: cell.count, counted};
    });
  });
}
