import {type ColumnTable, from} from "arquero";
import type {Text} from "../figures/drawing.js";
import type {SaidAndFound} from "../figures/said-and-found.js";
import type {TextShare} from "../figures/text-shares.js";
import {countsPrintedAs} from "../tables/scale.js";
import told from "./text-only.json";

const {bars, managers, parted, staff, themes} = told;

/** A statement of the report’s text, as claims.arrow has it. */
interface Said {
  readonly printed_value: number;
  readonly unit: string;
}

/**
 * What the report’s text tells of its staff and no table shows, as {@link TextShare}s. The file has theme, words, the
 * statement and that of the strongest answer, and the text’s words where it gives a share otherwise than as a percent.
 *
 * @example staffInText(said)
 */
export function staffInText(said: (id: string) => Said): ColumnTable {
  const share = (id: string) => said(id).printed_value / (said(id).unit === "share" ? 1 : 100);
  return from(
    staff.map(
      ({theme, label, id, strongest, printed}): TextShare => ({
        panel: themes[theme as keyof typeof themes],
        label,
        share: share(id),
        printed: printed ?? `${said(id).printed_value}%`,
        strongest: strongest ? share(strongest) : null
      })
    )
  );
}

/**
 * What managers answered to questions that no table shows, as counts of `n` people had back from the text’s percents:
 * `question`, which made-labels.json has a name for, `extent`, `count`, `percent`, and `ways`, how many counts print as
 * that percent.
 *
 * @example managersInText(said, 40)
 */
export function managersInText(said: (id: string) => Said, n: number): ColumnTable {
  return from(
    Object.entries(managers).flatMap(([question, answers]) =>
      Object.entries(answers).map(([extent, id]) => {
        const percent = said(id).printed_value;
        const counts = countsPrintedAs(percent, n);
        return {question, extent, count: counts[0] ?? 0, percent, ways: counts.length};
      })
    )
  );
}

/** What the rest of the report tells of the bars of its charts, which it prints without numbers, by table. */
export const knownBars: Readonly<Record<string, Readonly<Record<string, Text>>>> = bars;

/**
 * Shares that the text has otherwise than the tables, as {@link SaidAndFound}. “Most” is anything above a half.
 *
 * @example sharesThatPart(said)
 */
export function sharesThatPart(
  said: (id: string) => {printed_value: number | null; recomputed_value: number}
): ColumnTable {
  return from(
    parted.map(
      ({label, words, id}): SaidAndFound => ({
        label,
        words: {en: `“${words.en}”`, no: `«${words.no}»`},
        said: said(id).printed_value ?? 1 / 2,
        found: said(id).recomputed_value
      })
    )
  );
}
