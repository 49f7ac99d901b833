import type {CountTable} from "../read/counts.js";
import type {Bound} from "./bounds.js";

/**
 * Sorts out from bounds which cells that were never printed the printed tables give away, and which of these are small
 * (1 to `few` people), beside the small cells that are printed as they stand.
 *
 * It can but tell of crosstabs of two variables, since bounds are of these: that a cell is absent here does not show
 * that no combination of three or more answers is given away (Garfinkel, Abowd and Martindale 2019).
 */
export function disclosure(bounds: readonly Bound[], tables: readonly CountTable[], few = 3) {
  const unprinted = bounds.filter(({printed}) => !printed);
  const determined = unprinted.filter(({lower, upper}) => lower === upper && upper > 0);
  return {
    /** Cells not printed that the printed tables determine exactly, zeros apart. */
    determined,
    /** Those of them that count no more than `few` people: the ones that a statistical office would not print. */
    small: determined.filter(({upper}) => upper <= few),
    /** Cells not printed that nobody can be in. A certain absence tells something of people too. */
    zeros: unprinted.filter(({upper}) => upper === 0),
    /** Cells not printed that certainly hold someone, but no more than `few`, whether or not the count is certain. */
    certainlyFew: unprinted.filter(({lower, upper}) => lower > 0 && upper <= few),
    /** Inner cells that the report itself prints with one to `few` people. */
    printed: tables.flatMap(({table, row: down, column: across, cells}) =>
      cells
        .filter(({row, column, count}) => {
          const inside = down.groups.has(row) && (across === null || across.groups.has(column ?? ""));
          return inside && count > 0 && count <= few;
        })
        .map(({row, column, count}) => ({table, row, column, count}))
    )
  };
}
