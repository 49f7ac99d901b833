import {WebR} from "webr";
import type {Counts} from "../../src/statistics/contingency.js";

/** R itself, compiled to WebAssembly: base and stats, no network. It takes a second or two to start. */
export interface Oracle {
  /**
   * Runs a script with vectors bound to names and gives the numbers that it ends with. The script must not end with a
   * missing value; Inf and NaN pass.
   */
  numbers(script: string, vectors?: Readonly<Record<string, readonly number[]>>): Promise<number[]>;
  /**
   * Runs an R expression on each table, a matrix `x` whose place in the list is `k`, and gives the numbers that the
   * expression ends with, table by table.
   */
  tables(expression: string, tables: readonly Counts[]): Promise<number[][]>;
  close(): void;
}

/** Starts R. Whoever starts it closes it. */
export async function startOracle(): Promise<Oracle> {
  const r = new WebR();
  await r.init();
  const numbers: Oracle["numbers"] = async (script, vectors = {}) => {
    for (const [name, vector] of Object.entries(vectors)) await r.objs.globalEnv.bind(name, [...vector]);
    return r.evalRRaw(script, "number[]");
  };
  return {
    numbers,
    async tables(expression, tables) {
      const flat = await numbers(
        `tables <- lapply(seq_along(heights), function(k) {
           width <- widths[k]; size <- heights[k] * width
           matrix(counts[starts[k] + seq_len(size)], ncol = width, byrow = TRUE)
         })
         results <- lapply(seq_along(tables), function(k) { x <- tables[[k]]; as.numeric({ ${expression} }) })
         as.numeric(c(lengths(results), unlist(results)))`,
        {
          counts: tables.flat(2),
          heights: tables.map((table) => table.length),
          widths: tables.map((table) => table[0]?.length ?? 0),
          starts: starts(tables.map((table) => table.flat().length))
        }
      );
      const lengths = flat.slice(0, tables.length);
      const values = flat.slice(tables.length);
      const places = starts(lengths);
      return lengths.map((length, k) => values.slice(places[k], (places[k] ?? 0) + length));
    },
    close: () => r.close()
  };
}

function starts(lengths: readonly number[]): number[] {
  let sum = 0;
  return lengths.map((length) => {
    sum += length;
    return sum - length;
  });
}

/**
 * How far a value is from R's, relative to R's; 0 where both are the same, infinities too. Below 1e-280 the values
 * count as the same when both are that small, for there doubles thin out.
 */
export function distance(value: number, expected: number): number {
  if (Object.is(value, expected) || value === expected) return 0;
  if (Math.abs(expected) < 1e-280 && Math.abs(value) < 1e-280) return 0;
  const apart = Math.abs(value - expected) / Math.abs(expected);
  return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
}
