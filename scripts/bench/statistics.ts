import {fromArrow} from "arquero";
import {writePublished} from "../../data-loaders/publish/published.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import {monteCarloTest} from "../../src/statistics/exact.js";
import {seeded} from "../../src/statistics/random.js";
import {printedCrosstab} from "../../src/tables/crosstab.js";
import {tabulate} from "../../src/tables/tabulate.js";

/**
 * What the statistics cost, as ratios against the least that any program does for the same at the same time, with the
 * budget beside each (what R takes: `tabulate` on coded columns, `chisq.test` with simulated P). Nothing is asserted: a
 * busy machine is no error.
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
    const bare = () => {
      const counts = new Uint32Array(20);
      for (let i = 0; i < n; i++) (counts[(rows[i] as number) * 5 + (columns[i] as number)] as number)++;
    };
    line("crosstab on coded columns", n, () => tabulate(rows, columns, 4, 5), bare, budget);
  }
  const raw = readRawFolder();
  const table = printedCrosstab(fromArrow(writePublished(readReport(raw), raw)), 17).counts;
  const replicates = 100_000;
  // One random number a free cell.
  const draws = replicates * (table.length - 1) * ((table[0]?.length ?? 1) - 1);
  const bare = () => {
    const random = seeded(1);
    for (let i = 0; i < draws; i++) random();
  };
  const test = () => monteCarloTest(table, {order: "chi_square", replicates, seed: 1});
  line("Monte Carlo P of table 17", replicates, test, bare, 81);
}

function line(what: string, size: number, run: () => unknown, bare: () => unknown, budget: number): void {
  const [own, least] = [median(run), median(bare)];
  const numbers = [size, own.toFixed(1), least.toFixed(1), (own / least).toFixed(2), budget];
  console.log([what, ...numbers].join(" | "));
}

/** The middle time of nine runs, in milliseconds, after three that let the compiler see the code. */
function median(run: () => unknown): number {
  const times = Array.from({length: 12}, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.slice(3).sort((a, b) => a - b)[4] ?? Number.NaN;
}
