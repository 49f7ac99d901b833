/** The words that figures share, in the languages of the site. */
const words = {
  en: {
    share: "Share",
    count: "Count",
    of: "Of",
    from: "From",
    to: "To",
    all: "All",
    more: "more than",
    fewer: "fewer than",
    axis: "share of those who answered",
    ofEach: "share of each group",
    intervals: "Lines: 95% intervals.",
    dashed: "Dashed:",
    residual: "Adjusted residual",
    corrected: "P, corrected",
    lines: "Percents are of each line.",
    columns: "Percents are of each column.",
    map:
      "Filled, ▲: more than among all; framed, ▼: fewer (P under 5% after Holm’s correction for the number of cells; " +
      "two marks: under 0.1%).",
    nothing: "No cell stands out.",
    atMost: "At most",
    noEnd: "any number",
    group: "Group",
    ends: "Dots: ends of the answers; the lines between them are a guide."
  },
  no: {
    share: "Andel",
    count: "Antall",
    of: "Av",
    from: "Fra",
    to: "Til",
    all: "Alle",
    more: "flere enn",
    fewer: "færre enn",
    axis: "andel av dem som svarte",
    ofEach: "andel av hver gruppe",
    intervals: "Linjer: 95 % intervaller.",
    dashed: "Stiplet:",
    residual: "Justert residual",
    corrected: "P, korrigert",
    lines: "Prosentene er av hver linje.",
    columns: "Prosentene er av hver kolonne.",
    map:
      "Fylt, ▲: flere enn blant alle; innrammet, ▼: færre (P under 5 % etter Holms korreksjon for antall celler; " +
      "to merker: under 0,1 %).",
    nothing: "Ingen celle skiller seg ut.",
    atMost: "Høyst",
    noEnd: "uten grense",
    group: "Gruppe",
    ends: "Prikker: der svarene slutter; linjene mellom dem er bare til hjelp."
  }
} as const;

/** The words that figures share, in one language; in English or the report’s. */
export function wordsIn(language: string): Readonly<Record<keyof (typeof words)["en"], string>> {
  return language === "en" ? words.en : words.no;
}
