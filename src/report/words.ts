import {spelling} from "../tables/spelling.js";

/**
 * What the site says around the data, in the report's own language, by what it says in English; and the other way round
 * for headings of the report. What has no translation here stays as it is.
 */
export const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nb: {
    // Around every page
    Home: "Forsiden",
    "NAV offices 2010, recomputed": "NAV-kontorene 2010, regnet om igjen",
    Menu: "Meny",
    Search: "Søk",
    "On this page": "På denne siden",
    Labels: "Språk",
    Code: "Kode",
    "Code: shown": "Kode: vist",
    "Code: edit": "Kode: rediger",
    "Previous page": "Forrige side",
    "Next page": "Neste side",
    "The report, chapter by chapter": "Rapporten, kapittel for kapittel",
    "Who works in the NAV offices": "Hvem jobber på NAV-kontorene",
    "Roles and kinds of assistance": "Roller og typer bistand",
    "Across the old agencies’ borders": "På tvers av de gamle etatene",
    "Caseloads and follow-up": "Antall brukere og oppfølging",
    "Who leads": "Hvem leder",
    "Cooperation and development": "Samarbeid og utvikling",
    "Belief in the reform": "Tro på reformen",
    "What goes with belief in the office": "Hva henger sammen med tro på kontoret",
    "The unit managers": "Enhetslederne",
    "The conclusions, one by one": "Konklusjonene, én for én",
    "What it adds up to": "Hva det blir til sammen",
    "Whether it holds": "Holder det?",
    "What holds": "Hva som holder",
    "What holds, and the errors": "Hva som holder, og feilene",
    "Would other choices have changed the answer?": "Ville andre valg gitt et annet svar?",
    "From tables back to respondents": "Fra tabeller tilbake til svar",
    "Every check": "Alle kontroller",
    "Every check, line by line": "Alle kontroller, linje for linje",
    "Try it yourself": "Prøv selv",
    "Cross any two questions": "Krysstabuler to spørsmål",
    Playground: "Lekeplass for kode",
    About: "Om nettstedet",
    "Data to take away": "Data til nedlasting",
    Codebook: "Kodebok",
    "Words and facts": "Ord og fakta",
    Accessibility: "Tilgjengelighet",
    "All figures": "Alle figurer",
    Certificate: "Attest",
    // Search
    "no results": "ingen treff",
    "{n} results": "{n} treff",
    "1 result": "1 treff",
    // Figures
    "Address of this figure": "Adressen til figuren",
    Numbers: "Tall",
    "Numbers of the figure: {title}": "Tallene i figuren: {title}",
    "Save or quote": "Lagre eller siter",
    "Save as SVG": "Lagre som SVG",
    "Save as PNG": "Lagre som PNG",
    "Save the numbers (CSV)": "Lagre tallene (CSV)",
    "Copy a sentence with its source": "Kopier en setning med kilde",
    "Copy the address": "Kopier adressen",
    "Copied:": "Kopiert:",
    "Table {list}": "Tabell {list}",
    "Tables {list}": "Tabell {list}",
    " and ": " og ",
    "{n} respondents": "{n} svar",
    "Report: {source}. Recomputed: {site}.": "Rapport: {source}. Regnet om igjen: {site}.",
    Share: "Andel",
    From: "Fra",
    To: "Til",
    Survey: "Undersøkelse",
    Count: "Antall",
    Counted: "Antall",
    Answer: "Svar",
    Group: "Gruppe",
    "The version tells what the numbers are. The buttons add this page’s address and the day.":
      "Versjonen forteller hvilke tall det er. Knappene legger til sidens adresse og dagen.",
    "Copy the reference": "Kopier referansen",
    "Copy the BibTeX entry": "Kopier BibTeX-posten",
    // Printed tables
    "Table {table}": "Tabell {table}",
    "table {table}": "tabell {table}",
    "table {table} only": "bare tabell {table}",
    "Table {table}, printed and recomputed": "Tabell {table}, slik den er trykt og regnet om igjen",
    "Count and percent": "Antall og prosent",
    "Cumulative percent": "Kumulativ prosent",
    "In each cell: count and percent as printed, and below them, in italics, the percent recomputed.":
      "I hver celle: antall og prosent slik de er trykt, og under dem, i kursiv, prosenten regnet om igjen.",
    "as printed": "som trykt",
    recomputed: "regnet om igjen",
    "less than 0.001": "mindre enn 0,001",
    "Pearson’s chi-square": "Pearsons kjikvadrat",
    "another rounding": "en annen avrunding",
    differs: "stemmer ikke",
    "contradicts itself": "motsier seg selv",
    "cannot be checked": "kan ikke kontrolleres",
    "0 checks: no number of the table can be held against another.":
      "0 kontroller: ingen tall i tabellen kan holdes mot andre.",
    "All {total} numbers reproduce as printed.": "Alle de {total} tallene kommer ut som trykt.",
    "Each of the {all} significances follows from its t.": "Hver av de {all} signifikansene følger av sin t.",
    "{exactly} of the {all} significances follow from the printed t, {rounded} within its rounding.":
      "{exactly} av de {all} signifikansene følger av den trykte t, {rounded} innenfor avrundingen av den.",
    "A chart without numbers, which cannot be checked by itself.":
      "Et diagram uten tall, som ikke kan etterprøves i seg selv.",
    Nothing: "Ingenting",
    "{exact} of {total} numbers reproduce as printed; {rest}.": "{exact} av {total} tall kommer ut som trykt; {rest}.",
    "by another rounding only": "bare med en annen avrunding",
    "not at all": "slett ikke",
    "contradicted by other numbers in the table": "i strid med andre tall i tabellen",
    "not checkable": "kan ikke kontrolleres",
    "Its checks": "Kontrollene",
    "Its raw file": "Rådatafilen",
    "Cut it another way": "Del inn på en annen måte",
    "Error in its numbers:": "Feil i tallene:",
    "Errors in its numbers:": "Feil i tallene:",
    "Error in its title and labels:": "Feil i tittel og etiketter:",
    "Errors in its title and labels:": "Feil i tittel og etiketter:",
    "Error in what the text says of it:": "Feil i det teksten sier om den:",
    "Errors in what the text says of it:": "Feil i det teksten sier om den:",
    "Error {id}": "Feil {id}",
    "What the report tells of the bar": "Hva rapporten forteller om søylen",
    "The parts of each bar:": "Delene av hver søyle:",
    "The axis, as printed, in percent:": "Aksen, slik den er trykt, i prosent:",
    Predictor: "Forklaringsvariabel",
    "Beta, printed": "Beta, trykt",
    "95% interval, from beta and t": "95 % intervall, av beta og t",
    "t, printed": "t, trykt",
    "Sig., as printed": "Sig., som trykt",
    "P from t": "P av t",
    "P after Holm": "P etter Holm",
    "Explained by it alone": "Forklart av den alene",
    "Below the table the report prints": "Under tabellen trykker rapporten",
    "significance of F": "signifikans for F",
    "How answers are coded, as printed": "Hvordan svarene er kodet, som trykt",
    "Of what": "Hva",
    to: "til",
    // What the text says
    "What the text says of {about}": "Hva teksten sier om {about}",
    "the survey": "undersøkelsen",
    "The report:": "Rapporten:",
    "the tables:": "tabellene:",
    against: "mot",
    holds: "holder",
    "does not hold": "holder ikke",
    "contradicts the report itself": "motsier rapporten selv",
    "holds by another rounding only": "holder bare med en annen avrunding",
    "1 statement that holds": "1 utsagn som holder",
    "{n} statements that hold": "{n} utsagn som holder",
    "1 statement that cannot be checked": "1 utsagn som ikke kan kontrolleres",
    "{n} statements that cannot be checked": "{n} utsagn som ikke kan kontrolleres",
    "How it is computed": "Slik er det regnet",
    // Conclusions
    Yes: "Ja",
    "In part": "Delvis",
    No: "Nei",
    "Cannot be checked": "Kan ikke kontrolleres",
    Firm: "Står fast",
    "Mostly firm": "Står stort sett fast",
    Weak: "Svak",
    "Nothing found": "Ingenting funnet",
    "Not tested": "Ikke prøvd",
    "Fewer staff than in 2008 believe in the reform, but a majority still do; the share has fallen somewhat.":
      "Færre ansatte enn i 2008 tror på reformen, men fremdeles et flertall; andelen har sunket noe.",
    "What decides belief in the reform is whether users are better served and whether colleagues cooperate.":
      "Avgjørende for troen på reformen er om brukerne blir bedre ivaretatt, og om kollegene samarbeider.",
    "The smaller the office, the closer its cooperation and the more positive its staff, throughout.":
      "Jo mindre kontor, desto tettere samarbeid og desto mer positive ansatte, gjennomgående.",
    "Half work as before, half mix administration and professional work, and some 15 percent more work across the old borders.":
      "Halvparten jobber som før, halvparten kombinerer administrasjon og faglig arbeid, og i tillegg jobber rundt 15 prosent på tvers.",
    "Most staff work with users who need specially adapted help; it is the most important task.":
      "De fleste ansatte jobber med brukere som trenger spesielt tilpasset hjelp; det er den viktigste oppgaven.",
    "Managers give much weight to their staff, and that may make staff more positive.":
      "Lederne legger stor vekt på medarbeiderne sine, og det kan gjøre medarbeiderne mer positive.",
    "Those who follow up the sick have the most users, and feel that these should get more.":
      "De som følger opp syke, har flest brukere, og mener at brukerne burde fått tettere oppfølging.",
    "Managers believe most, and belief rises with each step of the hierarchy.":
      "Lederne er mest positive, og troen øker for hvert trinn i hierarkiet.",
    "A large majority find that the office cooperates closely and that they had enough training.":
      "Et stort flertall opplever et tett samarbeid ved kontoret og har fått nok opplæring.",
    "Those newly hired and those from Aetat believe more than the other two groups.":
      "Nyansatte og ansatte fra Aetat er mer positive enn de to andre gruppene.",
    "A preponderance of former state staff work in administration and management, of the newly hired with jobseekers who need more guidance, and of those from Aetat with ordinary jobseekers.":
      "En overvekt av tidligere statlige ansatte jobber med administrasjon og ledelse, av nyansatte med arbeidssøkere som trenger mer veiledning, og av ansatte fra Aetat med ordinære arbeidssøkere.",
    "Staff see gains, are moved by the good of the users, and bear heavy strains from the reorganisation.":
      "De ansatte ser gevinster, drives av brukernes beste og bærer store belastninger av omorganiseringen.",
    "New occupational roles may have come about, and larger offices may be more specialised.":
      "Nye yrkesroller kan ha utviklet seg, og større kontor kan være mer spesialiserte.",
    // Cross any two questions
    "Start from a printed table": "Start fra en trykt tabell",
    "– none: a choice of your own –": "– ingen: eget valg –",
    "– none –": "– ingen –",
    "– everybody –": "– alle –",
    "As the report has it": "Slik rapporten har det",
    "As the report has it (table {table})": "Slik rapporten har det (tabell {table})",
    "The report never crosses these": "Rapporten krysser aldri disse",
    Rows: "Rader",
    Columns: "Kolonner",
    "Swap rows and columns": "Bytt om rader og kolonner",
    "Cut the scale in two": "Del skalaen i to",
    "Merge or leave out categories": "Slå sammen eller utelat svar",
    "on its own": "for seg",
    "left out": "utelatt",
    "a category": "en kategori",
    row: "rad",
    column: "kolonne",
    whole: "alle",
    "Percents, missing answers, one group only": "Prosenter, manglende svar, bare én gruppe",
    "Percent of each": "Prosent av hver",
    "Missing answers": "Manglende svar",
    "Only those who answered to": "Bare de som svarte på",
    "Crossed with the rows in print": "Krysset med radene på trykk",
    "Never crossed with the rows in print": "Aldri krysset med radene på trykk",
    "Copy the address of this choice": "Kopier adressen til valget",
    "Copied.": "Kopiert.",
    Tests: "Tester",
    "not determined": "ikke bestemt",
    "All who answered": "Alle som svarte",
    // The codebook and the register of tables
    "In order": "Ordnet",
    "In no order": "Uten rekkefølge",
    "Asked:": "Spurt:",
    "Merges answers to": "Slår sammen svar på",
    "Tables:": "Tabeller:",
    "As printed": "Som trykt",
    "No answer, or not asked": "Ikke svart, eller ikke spurt",
    Respondents: "Svar",
    "(no label)": "(uten etikett)",
    Table: "Tabell",
    "Title and question": "Tittel og spørsmål",
    Result: "Resultat",
    "Every table of the report": "Alle tabellene i rapporten",
    "A chart; its bars carry no numbers.": "En figur; søylene har ingen tall.",
    "A regression; it prints no counts to compute it from, but its numbers are checked against each other.":
      "En regresjon; den trykker ingen antall å regne den ut av, men tallene er kontrollert mot hverandre."
  },
  en: {Sammendrag: "Summary", Konklusjon: "Conclusion", Fotnote: "Footnote"}
};

/** Words that are looked for, by beginnings, with others that stand for the same on this site. */
const alike: readonly (readonly string[])[] = [
  ["sosialhjelp", "sosialbistand", "sosialtjeneste", "social assistance"],
  ["leder", "manager", "enhetsleder", "hierarchy"],
  ["regresjon", "regression"],
  ["kjonn", "gender", "women"],
  ["afi", "arbeidsforskningsinstituttet", "institute", "institutt"],
  ["tro", "belief", "holdning"],
  ["samarbeid", "cooperation"],
  ["opplaering", "training"],
  ["bruker", "caseload", "users"],
  ["feil", "error", "errata"],
  ["svarprosent", "response rate"],
  ["syk", "sick"],
  ["ledig", "unemployed"]
];

/** Other words for what is looked for, in either language. */
export function synonyms(text: string): string[] {
  const words = text.split(/\s+/).map(spelling);
  return alike.flatMap((group) => {
    const spelt = group.map(spelling);
    const asked = words.some((word) => word.length > 2 && spelt.some((other) => word.startsWith(other.slice(0, 8))));
    return asked ? group : [];
  });
}
