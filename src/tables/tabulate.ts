/**
 * Counts pairs of codes: how many respondents have code r in `rows` and code c in `columns`, at r × `width` + c. R's
 * `tabulate` on coded columns.
 *
 * Codes run from 0 to `height` − 1 and `width` − 1, and fit a byte. Throws a RangeError when the columns differ in
 * length or somebody's code is not a level: nobody is dropped unseen.
 */
export function tabulate(rows: Uint8Array, columns: Uint8Array, height: number, width: number): Uint32Array {
  if (rows.length !== columns.length) {
    throw new RangeError(`The columns have ${rows.length} and ${columns.length} respondents.`);
  }
  // A place for every pair of bytes, so that the loop need not ask whether a code is a level: what falls outside is
  // found afterwards. Two tables take turns, since adding twice in a row to one cell waits for memory.
  const even = new Uint32Array(65536);
  const odd = new Uint32Array(65536);
  const last = rows.length - 1;
  for (let i = 0; i < last; i += 2) {
    const first = ((rows[i] as number) << 8) | (columns[i] as number);
    const second = ((rows[i + 1] as number) << 8) | (columns[i + 1] as number);
    even[first] = (even[first] as number) + 1;
    odd[second] = (odd[second] as number) + 1;
  }
  if (rows.length % 2 === 1) {
    const pair = ((rows[last] as number) << 8) | (columns[last] as number);
    even[pair] = (even[pair] as number) + 1;
  }
  const counts = new Uint32Array(height * width);
  let counted = 0;
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const count = (even[(r << 8) | c] as number) + (odd[(r << 8) | c] as number);
      counts[r * width + c] = count;
      counted += count;
    }
  }
  if (counted < rows.length) {
    throw new RangeError(`${rows.length - counted} respondents have a code outside the ${height} × ${width} levels.`);
  }
  return counts;
}
