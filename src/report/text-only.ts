import {type ColumnTable, from} from "arquero";
import type {Text} from "../figures/drawing.js";
import type {TextShare} from "../figures/text-shares.js";

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
