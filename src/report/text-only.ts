import {type ColumnTable, from} from "arquero";
import type {Text} from "../figures/drawing.js";
import type {SaidAndFound} from "../figures/said-and-found.js";
import type {TextShare} from "../figures/text-shares.js";
import {countsPrintedAs} from "../tables/scale.js";

/** A statement of the report’s text, as claims.arrow has it. */
interface Said {
  readonly printed_value: number;
  readonly unit: string;
}

const themes = {
  changes: {en: "Changes and influence", no: "Endringer og innflytelse"},
  motives: {en: "What motivates at work", no: "Hva som motiverer i arbeidet"},
  gains: {en: "Gains", no: "Gevinster"},
  strains: {en: "Strains", no: "Belastninger"}
};

/** What staff answered to questions that no table shows: theme, words, statement, and that of the strongest answer. */
const staff: readonly (readonly [keyof typeof themes, string, string, id: string, strongest?: string])[] = [
  ["changes", "Reorganised too often", "For hyppige omorganiseringer", "utv-15", "utv-16"],
  ["changes", "Staff have influence on developments", "Innflytelse over utviklingen", "utv-19", "utv-20"],
  ["motives", "The good of the users", "Brukernes beste", "utv-22"],
  ["motives", "Colleagues", "Kolleger", "utv-23"],
  ["motives", "The manager", "Leder", "utv-24"],
  ["gains", "Better cooperation across old fields", "Bedre samarbeid på tvers av fagområdene", "utv-25"],
  ["gains", "Better overview of the users", "Bedre oversikt over brukerne", "utv-29"],
  ["gains", "More comprehensive help", "Mer helhetlig bistand", "utv-31"],
  ["gains", "Good flow of work in the office", "God arbeidsflyt internt i kontoret", "utv-26"],
  ["gains", "Easy to find solutions; easier to reach", "Enkelt å finne løsninger; bedre tilgjengelighet", "utv-28"],
  ["gains", "Better solutions for the users", "Bedre løsninger for brukerne", "utv-30"],
  ["strains", "Heavy workload", "Høy arbeidsbelastning", "utv-36"],
  ["strains", "Benefit cases crowd out work-oriented measures", "Livsopphold går på bekostning av tiltak", "utv-35"],
  ["strains", "Service to users reduced", "Servicen til brukerne redusert", "utv-34"],
  ["strains", "Sick leave, turnover, reduced quality", "Sykefravær, turnover, redusert kvalitet", "utv-33"]
];

/** Shares that the text gives otherwise than as a percent. */
const inWords: Readonly<Record<string, Text>> = {
  "utv-19": {en: "“half”", no: "«halvparten»"},
  "utv-35": {en: "over 70%", no: "over 70%"}
};

/**
 * What the report’s text tells of its staff and no table shows, as {@link TextShare}s.
 *
 * @example staffInText(said)
 */
export function staffInText(said: (id: string) => Said): ColumnTable {
  const share = (id: string) => said(id).printed_value / (said(id).unit === "share" ? 1 : 100);
  return from(
    staff.map(
      ([theme, en, no, id, strongest]): TextShare => ({
        panel: themes[theme],
        label: {en, no},
        share: share(id),
        printed: inWords[id] ?? `${said(id).printed_value}%`,
        strongest: strongest ? share(strongest) : null
      })
    )
  );
}

/**
 * What managers answered in the text alone: a question, which group-names.ts has a name for, with its answers,
 * each with the statement that gives its percent.
 */
const managers = {
  planning: {great_extent: "enh-22", some_extent: "enh-23", little_extent: "enh-25", not_at_all: "enh-26"},
  partnership: {great_extent: "enh-30", some_extent: "enh-31", little_extent: "enh-32"},
  useful: {great_extent: "enh-42", some_extent: "enh-43", little_extent: "enh-44"},
  drawn_away: {great_extent: "enh-46", some_extent: "enh-47", little_extent: "enh-48"}
};

/**
 * What managers answered to questions that no table shows, as counts of `n` people had back from the text’s percents:
 * `question`, `extent`, `count`, `percent`, and `ways`, how many counts print as that percent.
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

/** What the rest of the report tells of the bars of its charts, which it prints without numbers. */
export const knownBars: Readonly<Record<number, Readonly<Record<string, Text>>>> = {
  29: {
    employers: {en: "All of it, from the total line of table 30", no: "Alt, fra sumlinjen i tabell 30"},
    follow_up_service: {en: "All of it, from the total line of table 31", no: "Alt, fra sumlinjen i tabell 31"},
    addiction_care: {en: "The text names it among those with most", no: "Teksten nevner den blant dem med mest"},
    psychiatry: {en: "The text names it among those with most", no: "Teksten nevner den blant dem med mest"}
  },
  32: {
    develop_staff: {en: "All of it, from the total line of table 34", no: "Alt, fra sumlinjen i tabell 34"},
    working_life: {en: "The text names it among the most important", no: "Teksten nevner det blant de viktigste"}
  }
};

/** Shares that the text has otherwise than the tables: what they are of, the text’s word, and the statement. */
const parted: readonly (readonly [en: string, no: string, wordEn: string, wordNo: string, id: string])[] = [
  [
    "Staff who work with those who need specially adapted help",
    "Ansatte som gir spesielt tilpasset bistand",
    "most",
    "de fleste",
    "sum-02"
  ],
  [
    "Staff who work in the same way as before",
    "Ansatte som jobber på samme måte som før",
    "about half",
    "omtrent halvparten",
    "kon-05"
  ],
  [
    "All other staff: those with varied tasks",
    "Alle øvrige: de med varierte oppgaver",
    "slightly over half",
    "litt over halvparten",
    "sum-08"
  ],
  [
    "Advisers who are no longer specialists",
    "Veiledere som ikke lenger er spesialister",
    "half",
    "halvparten",
    "int-15"
  ],
  [
    "Staff of 2008 from the two state agencies",
    "Ansatte i 2008 fra statlige etater",
    "a fifth",
    "en femtedel",
    "hvem-02"
  ]
];

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
      ([en, no, wordEn, wordNo, id]): SaidAndFound => ({
        label: {en, no},
        words: {en: `“${wordEn}”`, no: `«${wordNo}»`},
        said: said(id).printed_value ?? 1 / 2,
        found: said(id).recomputed_value
      })
    )
  );
}
