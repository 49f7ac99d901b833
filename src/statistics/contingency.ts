/**
 * A table of counts: an array of rows, each an array of one count a column. Every row has the same length, every count
 * is a finite number of at least 0. Totals are not part of it.
 */
export type Counts = readonly (readonly number[])[];

/** The sums of each row and each column, in the table's order, and of all counts. */
interface Margins {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
}

/**
 * The sums of a table of counts. Throws a RangeError for a table with no rows or no columns, rows of unequal length, a
 * count that is negative or not finite, and a table that counts nobody.
 */
export function margins(table: Counts): Margins {
  const columns = new Array<number>(table[0]?.length ?? 0).fill(0);
  if (columns.length === 0) throw new RangeError("A table of counts needs at least one row and one column.");
  const rows = table.map((row, i) => {
    if (row.length !== columns.length) {
      throw new RangeError(`Row ${i + 1} has ${row.length} counts where the first row has ${columns.length}.`);
    }
    return row.reduce((sum, count, j) => {
      if (!Number.isFinite(count) || count < 0) {
        throw new RangeError(`Row ${i + 1}, column ${j + 1} is ${count}; a count is a finite number of at least 0.`);
      }
      columns[j] = (columns[j] ?? 0) + count;
      return sum + count;
    }, 0);
  });
  const total = rows.reduce((sum, row) => sum + row, 0);
  if (total === 0) throw new RangeError("The table counts nobody: every count is 0.");
  return {rows, columns, total};
}

/**
 * The table without the rows and columns that are all zero, the places (from 0) that those left had, and its sums.
 *
 * Nobody in the sample could have been in them, so a test of independence has nothing to say about them. SPSS and most
 * packages leave them out in the same way; R's `chisq.test` keeps them and answers NaN.
 *
 * Throws a RangeError where {@link margins} does, and when fewer than two rows or two columns are left: with one row
 * or one column there is nothing to be independent of.
 */
export function occupied(table: Counts) {
  const all = margins(table);
  const rows = all.rows.flatMap((sum, i) => (sum > 0 ? [i] : []));
  const columns = all.columns.flatMap((sum, j) => (sum > 0 ? [j] : []));
  if (rows.length < 2 || columns.length < 2) {
    throw new RangeError(
      `A test of independence needs two rows and two columns with counts; this table has ${rows.length} and ${columns.length}.`
    );
  }
  return {
    counts: rows.map((i) => columns.map((j) => table[i]?.[j] ?? 0)),
    rows,
    columns,
    margins: {
      rows: rows.map((i) => all.rows[i] ?? 0),
      columns: columns.map((j) => all.columns[j] ?? 0),
      total: all.total
    }
  };
}

/** A cell in a row and a column that are not empty. */
export interface Cell {
  /** Its row and column in the table that was given, from 0. */
  readonly row: number;
  readonly column: number;
  readonly observed: number;
  /** What independence would give: the row's sum times the column's sum, over the total. */
  readonly expected: number;
  readonly rowSum: number;
  readonly columnSum: number;
}

/**
 * The cells of a table row by row, those of empty rows and columns left out, with the degrees of freedom and the total.
 * Throws a RangeError where {@link occupied} does.
 */
export function independence(table: Counts) {
  const {counts, rows, columns, margins: sums} = occupied(table);
  const cells = counts.flatMap((line, i) =>
    line.map((observed, j): Cell => {
      const [rowSum, columnSum] = [sums.rows[i] ?? 0, sums.columns[j] ?? 0];
      const expected = (rowSum * columnSum) / sums.total;
      return {row: rows[i] ?? 0, column: columns[j] ?? 0, observed, expected, rowSum, columnSum};
    })
  );
  return {cells, df: (rows.length - 1) * (columns.length - 1), total: sums.total};
}

/** The table with its rows as columns. */
export function transposed(table: Counts): number[][] {
  return (table[0] ?? []).map((_, j) => table.map((row) => row[j] ?? 0));
}

/** Throws a RangeError unless every count of the table is a whole number, which an exact test needs. */
export function requireWhole(table: Counts): void {
  for (const [i, row] of table.entries()) {
    const j = row.findIndex((count) => !Number.isSafeInteger(count));
    if (j >= 0) throw new RangeError(`Row ${i + 1}, column ${j + 1} is ${row[j]}; this test needs whole counts.`);
  }
}
