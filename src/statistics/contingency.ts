/**
 * A table of counts: an array of rows, each an array of one count a column. Every row has the same length, every count
 * is a finite number of at least 0. Totals are not part of it.
 */
export type Counts = readonly (readonly number[])[];

/** The sums of a table of counts. */
export interface Margins {
  /** The sum of each row, in the table's order. */
  readonly rows: readonly number[];
  /** The sum of each column, in the table's order. */
  readonly columns: readonly number[];
  /** The sum of all counts. */
  readonly total: number;
}

/** A table of counts without its empty rows and columns. */
export interface Occupied {
  /** The counts that are left: at least two rows and two columns, each with a sum above 0. */
  readonly counts: Counts;
  /** For each row that is left, its place (from 0) in the table that was given. */
  readonly rows: readonly number[];
  /** For each column that is left, its place (from 0) in the table that was given. */
  readonly columns: readonly number[];
  readonly margins: Margins;
}

/**
 * The sums of a table's rows and columns and of the whole, after checking that it is a table of counts.
 *
 * Throws a RangeError for a table with no rows or no columns, rows of unequal length, a count that is negative or not
 * finite, and a table that counts nobody.
 */
export function margins(table: Counts): Margins {
  const columns: number[] = new Array<number>(table[0]?.length ?? 0).fill(0);
  if (columns.length === 0) throw new RangeError("A table of counts needs at least one row and one column.");
  const rows = table.map((row, i) => {
    if (row.length !== columns.length) {
      throw new RangeError(`Row ${i + 1} has ${row.length} counts where the first row has ${columns.length}.`);
    }
    let sum = 0;
    row.forEach((count, j) => {
      if (!Number.isFinite(count) || count < 0) {
        throw new RangeError(`Row ${i + 1}, column ${j + 1} is ${count}; a count is a finite number of at least 0.`);
      }
      sum += count;
      columns[j] = (columns[j] ?? 0) + count;
    });
    return sum;
  });
  const total = rows.reduce((sum, row) => sum + row, 0);
  if (total === 0) throw new RangeError("The table counts nobody: every count is 0.");
  return {rows, columns, total};
}

/**
 * The table without the rows and columns that are all zero.
 *
 * Nobody in the sample could have been in them, so a test of independence has nothing to say about them. SPSS and most
 * packages leave them out in the same way; R's `chisq.test` keeps them and answers NaN.
 *
 * Throws a RangeError where {@link margins} does, and when fewer than two rows or two columns are left: with one row
 * or one column there is nothing to be independent of.
 */
export function occupied(table: Counts): Occupied {
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

/** Throws a RangeError unless every count of the table is a whole number, which an exact test needs. */
export function requireWhole(table: Counts): void {
  table.forEach((row, i) => {
    row.forEach((count, j) => {
      if (!Number.isSafeInteger(count)) {
        throw new RangeError(`Row ${i + 1}, column ${j + 1} is ${count}; this test needs whole counts.`);
      }
    });
  });
}
