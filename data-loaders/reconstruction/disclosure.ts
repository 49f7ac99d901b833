import type {TableId} from "../../src/tables/table-id.js";
import type {CountTable} from "../read/counts.js";
import type {Bound} from "./bounds.js";

/** A printed inner cell of a table that counts very few people. */
export interface SmallPrinted {
  readonly table: TableId;
  readonly row: string;
  readonly column: string | null;
  readonly count: number;
}

/** What a reader of the tables can know for certain, apart from what they print. */
export interface Disclosure {
  /** Cells not printed that the printed tables determine exactly, zeros apart. */
  readonly determined: readonly Bound[];
  /** Those of them that count no more than `few` people: the ones that a statistical office would not print. */
  readonly small: readonly Bound[];
  /** Cells not printed that nobody can be in. A certain absence tells something of people too. */
  readonly zeros: readonly Bound[];
  /** Cells not printed that certainly hold someone, but no more than `few`, whether or not the count is certain. */
  readonly certainlyFew: readonly Bound[];
  /** Inner cells that the report itself prints with one to `few` people. */
  readonly printed: readonly SmallPrinted[];
}

/**
 * Sorts out from bounds which cells that were never printed the printed tables give away, and which of these are small
 * (1 to `few` people), beside the small cells that are printed as they stand.
 *
 * It can but tell of crosstabs of two variables, since bounds are of these: that a cell is absent here does not show
 * that no combination of three or more answers is given away (Garfinkel, Abowd and Martindale 2019).
 */
export function disclosure(bounds: readonly Bound[], tables: readonly CountTable[], few = 3): Disclosure {
  const unprinted = bounds.filter(({printed}) => !printed);
  const determined = unprinted.filter(({lower, upper}) => lower === upper && upper > 0);
  return {
    determined,
    small: determined.filter(({upper}) => upper <= few),
    zeros: unprinted.filter(({upper}) => upper === 0),
    certainlyFew: unprinted.filter(({lower, upper}) => lower > 0 && upper <= few),
    printed: tables.flatMap(({table, row, column, cells}) =>
      cells
        .filter((cell) => cell.count > 0 && cell.count <= few && row.groups.has(cell.row))
        .filter((cell) => column === null || (cell.column !== null && column.groups.has(cell.column)))
        .map((cell) => ({table, row: cell.row, column: cell.column, count: cell.count}))
    )
  };
}
