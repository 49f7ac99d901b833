import {chiSquareTest} from "../statistics/chi-square.js";
import {type Counts, transposed} from "../statistics/contingency.js";
import {cramersV} from "../statistics/cramer.js";
import {type ExactTest, exactly, exactP, monteCarloTest, simulated} from "../statistics/exact.js";
import {residuals} from "../statistics/residuals.js";
import {trendTest} from "../statistics/trend.js";
import {MISSING} from "./crosstab.js";
import {type ReportEntries, sideOf, variableEntry} from "./labels.js";

/** The tests of one crosstab that take no time. */
export type CrosstabTests = NonNullable<ReturnType<typeof crosstabTests>>;

/**
 * Pearson's and the likelihood ratio test, the test of trend, Cramér's V and the residuals of a table of counts; null
 * where fewer than two rows or two columns count anybody, so that there is nothing to test.
 */
export function crosstabTests(counts: Counts, ordered: boolean) {
  const counted = (table: Counts) => table.filter((line) => line.some((count) => count > 0)).length;
  if (counted(counts) < 2 || counted(transposed(counts)) < 2) return null;
  const chiSquare = chiSquareTest(counts);
  return {
    chiSquare,
    /** Null unless both sides have an order. */
    trend: ordered ? trendTest(counts) : null,
    cramersV: cramersV(counts),
    residuals: residuals(counts),
    /** Whether some expected count is below 5, so that the chi-square distribution may not hold. */
    small: chiSquare.minExpected < 5
  };
}

/**
 * Whether groups of a variable's categories have an order: the categories have one and no group reaches over another,
 * or there are only two groups. Missing answers have no place in an order.
 */
export function inOrder(report: ReportEntries, variable: string, groups: readonly (readonly string[])[]): boolean {
  if (groups.some((group) => group.includes(MISSING))) return false;
  if (groups.length === 2) return true;
  const {codes} = sideOf(report, variable);
  const places = groups.flatMap((group) => group.map((code) => codes.indexOf(code)));
  return (
    variableEntry(report, variable).kind === "ordinal" && places.every((place, i) => place >= (places[i - 1] ?? 0))
  );
}

/**
 * The exact test in steps that each take a few milliseconds, so that a page can go on meanwhile: the network algorithm
 * where the table is small enough for `budget` steps of it, else simulated tables in batches. Each step gives the
 * result so far. The same table gives the same results everywhere.
 */
export function* exactInSteps(
  counts: Counts,
  {budget = 3e5, replicates = 20_000, batch = 250}: {budget?: number; replicates?: number; batch?: number} = {}
): Generator<ExactTest> {
  const p = exactP(counts, "probability", budget);
  if (p !== null) return yield exactly(p);
  let [done, extreme] = [0, 0];
  // Every batch has a seed of its own: the same numbers again would tell nothing new.
  for (let seed = 1; done < replicates; seed++) {
    const drawn = Math.min(batch, replicates - done);
    extreme += monteCarloTest(counts, {replicates: drawn, seed}).extreme;
    done += drawn;
    yield simulated(extreme, done);
  }
}
