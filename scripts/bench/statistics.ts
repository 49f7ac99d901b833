import {fromArrow} from "arquero";
import {writePublished} from "../../data-loaders/publish/published.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import {monteCarloTest} from "../../src/statistics/exact.js";
import {seeded} from "../../src/statistics/random.js";
import {printedCrosstab} from "../../src/tables/crosstab.js";
import {tabulate} from "../../src/tables/tabulate.js";

/**
 * What the statistics cost, as ratios against a bare loop on the same machine at the same time, with
 * the budget beside each (what R takes for the same: `tabulate` on coded columns, `chisq.test` with simulated P).
 * Nothing is asserted: a busy machine is no error.
 */
export function measureStatistics(): void {
  console.log("what | size | median ms | bare loop ms | ratio | budget ms (R)");
  for (const [n, budget] of [
    [1e6, 8],
    [1e7, 103]
  ] as const) {
    const random = seeded(n);
    const rows = Uint8Array.from({length: n}, () => Math.floor(4 * random()));
    const columns = Uint8Array.from({length: n}, () => Math.floor(5 * random()));
    const own = median(() => tabulate(rows, columns, 4, 5));
    line(
      "crosstab on coded columns",
      n,
      own,
      median(() => bare(rows, columns)),
      budget
    );
  }
  const raw = readRawFolder();
  const table = printedCrosstab(fromArrow(writePublished(readReport(raw), raw)), 17).counts;
  const replicates = 100_000;
  const own = median(() => monteCarloTest(table, {order: "chi_square", replicates, seed: 1}));
  // The least that any simulation of these tables does: one random number a free cell.
  const cells = (table.length - 1) * ((table[0]?.length ?? 1) - 1);
  line(
    "Monte Carlo P of table 17",
    replicates,
    own,
    median(() => draws(replicates * cells)),
    81
  );
}

function line(what: string, size: number, own: number, bareLoop: number, budget: number): void {
  const ratio = (own / bareLoop).toFixed(2);
  console.log(`${what} | ${size} | ${own.toFixed(1)} | ${bareLoop.toFixed(1)} | ${ratio} | ${budget}`);
}

/** One pass that adds to a cell, and nothing else. */
function bare(rows: Uint8Array, columns: Uint8Array): Uint32Array {
  const counts = new Uint32Array(20);
  for (let i = 0; i < rows.length; i++) {
    const cell = (rows[i] as number) * 5 + (columns[i] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

function draws(n: number): number {
  const random = seeded(1);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += random();
  return sum;
}

/** The middle time of nine runs, in milliseconds, after three that let the compiler see the code. */
function median(run: () => unknown): number {
  for (let i = 0; i < 3; i++) run();
  const times = Array.from({length: 9}, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[4] ?? Number.NaN;
}
