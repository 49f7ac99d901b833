import type {Counts} from "../../src/statistics/contingency.js";
import {seeded} from "../../src/statistics/random.js";

/** A random table and what is special about it. */
export interface Sample {
  readonly kind: "any" | "two_by_two" | "sparse" | "large" | "zero_margins" | "related";
  readonly counts: Counts;
}

/** Some 300 seeded random tables of every kind that has at least two rows and two columns with counts. */
export function sampleTables(): Sample[] {
  const random = seeded(2010);
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const fill = (height: number, width: number, count: (i: number, j: number) => number): number[][] =>
    Array.from({length: height}, (_, i) => Array.from({length: width}, (_, j) => count(i, j)));
  const makers: Record<Sample["kind"], () => number[][]> = {
    any: () => fill(whole(2, 6), whole(2, 7), () => whole(0, 80)),
    two_by_two: () => fill(2, 2, () => whole(0, 40)),
    sparse: () => fill(whole(2, 4), whole(2, 4), () => (random() < 0.5 ? 0 : whole(1, 4))),
    large: () => fill(whole(2, 5), whole(2, 5), () => whole(900_000, 1_000_000)),
    zero_margins: () => {
      const [height, width] = [whole(3, 6), whole(3, 6)];
      const [row, column] = [whole(0, height - 1), whole(0, width - 1)];
      const side = random();
      return fill(height, width, (i, j) =>
        (side < 0.7 && i === row) || (side > 0.3 && j === column) ? 0 : whole(1, 60)
      );
    },
    // Ordered on both sides, up to p values of 1e-200.
    related: () => {
      const [height, width, strength] = [whole(2, 5), whole(2, 6), random()];
      return fill(height, width, (i, j) => whole(0, 10) + Math.round(150 * Math.exp(-3 * strength * Math.abs(i - j))));
    }
  };
  const kinds = Object.keys(makers) as Sample["kind"][];
  const samples: Sample[] = [];
  for (let k = 0; samples.length < 300; k++) {
    const kind = kinds[k % kinds.length] ?? "any";
    const counts = makers[kind]();
    const rows = counts.filter((row) => row.some((count) => count > 0)).length;
    const columns = counts[0]?.filter((_, j) => counts.some((row) => (row[j] ?? 0) > 0)).length ?? 0;
    if (rows > 1 && columns > 1) samples.push({kind, counts});
  }
  return samples;
}
