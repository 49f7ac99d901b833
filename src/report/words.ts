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
    Language: "Språk",
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
    "The text here is in English.": "Brødteksten på denne siden er på engelsk.",
    "Read the summary.": "Les sammendraget på norsk.",
    "./index.html": "./sammendrag.html",
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
    "{n} respondents": "{n} ansatte svarte",
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
    "not at all": "ikke i det hele tatt",
    "contradicted by other numbers in the table": "i strid med andre tall i tabellen",
    "not checkable": "kan ikke kontrolleres",
    "Its checks": "Kontrollene",
    "Its raw file": "Rådatafilen",
    "Cut it another way": "Del inn på en annen måte",
    "Error in its numbers:": "Feil i tallene:",
    "Errors in its numbers:": "Feil i tallene:",
    "Error in its title and labels:": "Feil i tittel og ledetekster:",
    "Errors in its title and labels:": "Feil i tittel og ledetekster:",
    "Error in what the text says of it:": "Feil i det teksten sier om den:",
    "Errors in what the text says of it:": "Feil i det teksten sier om den:",
    "Error {id}": "Feil {id}",
    "What the report tells of the bar": "Hva rapporten forteller om søylen",
    "The parts of each bar:": "Delene av hver søyle:",
    "The axis, as printed, in percent:": "Aksen, slik den er trykt, i prosent:",
    Predictor: "Forklaringsvariabel",
    "Beta, printed": "Beta, trykt",
    "95% interval, from beta and t": "95 %-intervall, av beta og t",
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
    holds: "holder",
    "does not hold": "holder ikke",
    "contradicts the report itself": "motsier rapporten selv",
    "holds by another rounding only": "holder bare med en annen avrunding",
    "1 statement that holds": "1 utsagn som holder",
    "{n} statements that hold": "{n} utsagn som holder",
    "1 statement that cannot be checked": "1 utsagn som ikke kan kontrolleres",
    "{n} statements that cannot be checked": "{n} utsagn som ikke kan kontrolleres",
    // Conclusions
    "Comes out as printed": "Kommer ut som trykt",
    "Comes out in part": "Kommer delvis ut",
    "Does not come out": "Kommer ikke ut",
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
    "Former state staff mostly work in administration and management, the newly hired with jobseekers who need more guidance, those from Aetat with ordinary jobseekers.":
      "En overvekt av tidligere statlige ansatte jobber med administrasjon og ledelse, av nyansatte med arbeidssøkere som trenger mer veiledning, og av ansatte fra Aetat med ordinære arbeidssøkere.",
    "Staff see gains, are moved by the good of the users, and bear heavy strains from the reorganisation.":
      "De ansatte ser gevinster, drives av brukernes beste og bærer store belastninger av omorganiseringen.",
    "New occupational roles may have come about, and larger offices may be more specialised.":
      "Nye yrkesroller kan ha utviklet seg, og større kontor kan være mer spesialiserte.",
    "The fall is large, not slight.": "Fallet er stort, ikke lite.",
    "They go together; nothing shows that one decides the other, and the question was about the office, not the reform.":
      "De henger sammen; ingenting viser at det ene avgjør det andre, og spørsmålet gjaldt kontoret, ikke reformen.",
    "True of cooperation, goals and development. Belief in the reform by size is never shown.":
      "Gjelder samarbeid, mål og utvikling. Tro på reformen etter kontorstørrelse er aldri vist.",
    "The half “as before” counts people who have no before, nobody is shown to mix, and the last are inside the two halves already.":
      "Halvparten «som før» omfatter noen som ikke har noe før, ingen er vist å kombinere, og de siste er allerede med i de to halvdelene.",
    "They are the largest group and no majority, except by role and with the reception counted in.":
      "De er den største gruppen, men ikke et flertall, med mindre man ser på rolle og tar med mottaket.",
    "Most tick it among their priorities. The rest has nothing behind it but the managers’ own answers.":
      "De fleste krysser av for det blant prioriteringene sine. Resten bygger bare på ledernes egne svar.",
    "The first by a wide margin; of the second it depends on where the answers are cut.":
      "Det første med god margin; det andre avhenger av hvor svarene deles.",
    "The order is as said; neither step is significant by itself.":
      "Rekkefølgen stemmer; ingen av trinnene er signifikant alene.",
    "Both shares hold; that cooperation is professional was not asked.":
      "Begge andelene holder; om samarbeidet er faglig, ble det ikke spurt om.",
    "The order is as said, the difference too small to be sure of.":
      "Rekkefølgen stemmer, men forskjellen er for liten til å være sikker.",
    "True of the newly hired. The other two hold only when turned round.":
      "Stemmer for de nyansatte. De to andre holder bare når de snus.",
    "The summary repeats the chapter’s own numbers.": "Sammendraget gjentar kapitlets egne tall.",
    "The report calls both possible, and has no table on either.":
      "Rapporten kaller begge deler mulig, og har ingen tabell om noen av dem.",
    "Previous workplaces are spread much the same in offices of all sizes.":
      "Tidligere arbeidssted fordeler seg nokså likt i kontor av alle størrelser.",
    "As a whole; the share from Trygdeetaten falls with size.":
      "Samlet sett; andelen fra Trygdeetaten synker med størrelsen.",
    "Women’s and men’s roles do not differ significantly.":
      "Kvinners og menns roller er ikke signifikant forskjellige.",
    "Taken together. By position they do.": "Samlet sett. Etter stilling er de det.",
    "Former state staff are more often in reception and in management, the newly hired in follow-up.":
      "Tidligere statlige ansatte er oftere i mottak og ledelse, nyansatte i oppfølging.",
    "As shares of each group.": "Som andeler av hver gruppe.",
    "Half of the advisers may no longer be specialists.":
      "Halvparten av veilederne er kanskje ikke lenger spesialister.",
    "It is more than half of those with varied tasks who are advisers, and two fifths of the advisers who have varied tasks.":
      "Over halvparten av dem med varierte oppgaver er veiledere, og to femdeler av veilederne har varierte oppgaver.",
    "The more users, the more of them need closer follow-up.":
      "Jo flere brukere, desto flere av dem trenger tettere oppfølging.",
    "Up to 250 users.": "Opp til 250 brukere.",
    "More unit managers come from the state agencies than from the municipality or the newly hired.":
      "Flere enhetsledere kommer fra statsetatene enn fra kommunen eller er nyansatte.",
    "Clear for Trygdeetaten; for Aetat it hangs on one person.":
      "Klart for Trygdeetaten; for Aetat avhenger det av én person.",
    "More women than men lead, but a larger share of the men.":
      "Flere kvinner enn menn leder, men en større andel av mennene.",
    "Training differs little and not significantly by size of office.":
      "Opplæring varierer lite og ikke signifikant med kontorstørrelse.",
    "Staff of the offices opened in 2007 believe least.": "Ansatte i kontor åpnet i 2007 har minst tro på reformen.",
    "If colleagues resemble each other as is usual, chance could give it.":
      "Hvis kolleger svarer så likt som vanlig er, kan det være tilfeldig.",
    "Cooperation with employers does not differ significantly by size of office.":
      "Samarbeid med arbeidsgivere varierer ikke signifikant med kontorstørrelse.",
    "Nor does cooperation with the youth follow-up service.":
      "Det gjør heller ikke samarbeid med oppfølgingstjenesten.",
    "Managers who name their staff among their priorities believe more in the reform, but not significantly.":
      "Ledere som nevner medarbeiderne blant prioriteringene sine, har større tro på reformen, men ikke signifikant.",
    "Seven did not name them.": "Sju nevnte dem ikke.",
    "Small and larger offices give the same priority to staff.": "Små og større kontor prioriterer medarbeiderne likt.",
    "They differ, though not significantly.": "De er forskjellige, men ikke signifikant.",
    "Tested in other ways: firm.": "Prøvd på andre måter: står fast.",
    "Tested in other ways: mostly firm.": "Prøvd på andre måter: står stort sett fast.",
    "Tested in other ways: weak.": "Prøvd på andre måter: svak.",
    "Tested in other ways: nothing found.": "Prøvd på andre måter: ingenting funnet.",
    "The report concludes": "Rapporten konkluderer",
    "Does it come out as printed?": "Kommer det ut som trykt?",
    "How firm is it?": "Hvor fast står det?",
    "In its summary and closing chapter": "I sammendraget og det siste kapitlet",
    "In its chapters besides": "I kapitlene for øvrig",
    // Cross any two questions
    "{row} by {column}": "{row} etter {column}",
    ", as in table {table}": ", som i tabell {table}",
    "{what}: nobody is counted.": "{what}: ingen er talt med.",
    "They allow P {range}.": "De tillater P {range}.",
    "{what}: the printed tables do not determine this.": "{what}: de trykte tabellene bestemmer ikke dette.",
    "They differ: P {p} (Pearson).": "De er forskjellige: P {p} (Pearson).",
    "The differences could be chance: P {p} (Pearson).": "Forskjellene kan være tilfeldige: P {p} (Pearson).",
    "anywhere from {low} to {high}": "alt fra {low} til {high}",
    "almost 0": "nesten 0",
    "“{answer}” goes from {low} ({lowest}) to {high} ({highest}).":
      "«{answer}» går fra {low} ({lowest}) til {high} ({highest}).",
    "Does {scale} differ by {group}, wherever it is cut?":
      "Er {scale} forskjellig etter {group}, uansett hvor det deles?",
    "at {n} of {all} cuts the difference by {name} is significant at 5%":
      "ved {n} av {all} delinger er forskjellen etter {name} signifikant på 5 %-nivå",
    "at {n} it is not": "ved {n} ikke",
    "at {n} of {all} cuts the difference by {name} is not significant at 5%":
      "ved {n} av {all} delinger er forskjellen etter {name} ikke signifikant på 5 %-nivå",
    "at {n} of {all} the printed tables leave it open: answers that fit them can make P small or large":
      "ved {n} av {all} lar de trykte tabellene det stå åpent: svar som passer med dem, kan gjøre P liten eller stor",
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
