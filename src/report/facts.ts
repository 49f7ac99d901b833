import {element, type Html, html} from "../components/html.js";
import {bilingual} from "../components/language.js";

/** The text of a fact or a term, in both languages. */
interface Entry {
  readonly term: readonly [en: string, no: string];
  readonly text: readonly [en: string, no: string];
}

/** What is known of the survey, from the report's own text. */
const known: readonly Entry[] = [
  {
    term: ["Who", "Hvem"],
    text: [
      "1,257 staff of NAV offices answered in 2010, 40 of them unit managers, and 831 in 2008.",
      "1257 ansatte ved NAV-kontor svarte i 2010, 40 av dem enhetsledere, og 831 i 2008."
    ]
  },
  {
    term: ["Which offices", "Hvilke kontor"],
    text: [
      "Three samples: the pilot offices that opened in autumn 2006, and corresponding ones of those that opened in autumn 2007 and in autumn 2008.",
      "Tre utvalg: pilotkontorene som åpnet høsten 2006, og tilsvarende utvalg av dem som åpnet høsten 2007 og høsten 2008."
    ]
  },
  {
    term: ["When and how", "Når og hvordan"],
    text: ["A questionnaire, summer and autumn 2010.", "Spørreskjema, sommeren og høsten 2010."]
  },
  {
    term: ["By whom, paid by whom", "Av hvem, betalt av hvem"],
    text: [
      "Arbeidsforskningsinstituttet (Work Research Institute), Oslo, as part of its evaluation of the NAV reform, financed by the Research Council of Norway.",
      "Arbeidsforskningsinstituttet, Oslo, som del av evalueringen av NAV-reformen, finansiert av Norges forskningsråd."
    ]
  },
  {
    term: ["Weighted", "Vektet"],
    text: [
      "No weights are mentioned, and the printed percents are those of the printed counts; three are rounded twice.",
      "Vekter er ikke nevnt, og de trykte prosentene er prosenter av de trykte antallene; tre er avrundet to ganger."
    ]
  }
];

/** What the report does not tell. */
const unknown: readonly Entry[] = [
  {
    term: ["Response rate", "Svarprosent"],
    text: ["How many were asked is not said.", "Hvor mange som ble spurt, er ikke oppgitt."]
  },
  {
    term: ["Number of offices", "Antall kontor"],
    text: ["Not said; 40 unit managers answered.", "Ikke oppgitt; 40 enhetsledere svarte."]
  },
  {
    term: ["Who left", "Hvem som sluttet"],
    text: [
      "Those who had gone by 2010 were not asked, so change of mind and change of staff cannot be told apart.",
      "De som hadde sluttet før 2010, ble ikke spurt, så nye meninger og nye ansatte kan ikke skilles."
    ]
  },
  {
    term: ["Title and authors", "Tittel og forfattere"],
    text: [
      "The text at hand begins with the summary; it names neither. Its pages say “Arbeidsforskningsinstituttet, FoU 2014”. The survey’s methods are told in Alm Andreassen, Legard and Lie (2011), N2011:5, which we have not seen.",
      "Teksten vi har, begynner med sammendraget og oppgir ingen av delene. På sidene står «Arbeidsforskningsinstituttet, FoU 2014». Metoden er beskrevet i Alm Andreassen, Legard og Lie (2011), N2011:5, som vi ikke har sett."
    ]
  }
];

/** Words of the report, and of statistics, that not every reader knows. */
export const glossary: readonly Entry[] = [
  {
    term: ["NAV", "NAV"],
    text: [
      "Norway’s labour and welfare administration, made in 2006 out of Aetat and Trygdeetaten. In each municipality it shares an office with the municipality’s social services.",
      "Arbeids- og velferdsforvaltningen, dannet i 2006 av Aetat og Trygdeetaten. I hver kommune deler den kontor med den kommunale sosialtjenesten."
    ]
  },
  {
    term: ["Aetat", "Aetat"],
    text: ["The state’s employment service until 2006.", "Statens arbeidsmarkedsetat fram til 2006."]
  },
  {
    term: ["Trygdeetaten", "Trygdeetaten"],
    text: [
      "The state’s national insurance until 2006: pensions, sickness and disability benefits.",
      "Statens trygdeetat fram til 2006: pensjoner, sykepenger og uføretrygd."
    ]
  },
  {
    term: ["social assistance", "sosialhjelp"],
    text: [
      "The municipality’s help for those who have no other means to live on.",
      "Kommunens hjelp til dem som ikke har annet å leve av."
    ]
  },
  {
    term: ["standard assistance", "ordinær bistand"],
    text: ["For jobseekers who find work with little help.", "For arbeidssøkere som finner arbeid med litt hjelp."]
  },
  {
    term: ["assistance by situation", "situasjonsbestemt bistand"],
    text: [
      "For users who need more guidance to get work or keep it.",
      "For brukere som trenger mer veiledning for å få eller beholde arbeid."
    ]
  },
  {
    term: ["specially adapted assistance", "spesielt tilpasset bistand"],
    text: [
      "For users whose ability to work is reduced, and who need follow-up over a longer time.",
      "For brukere med nedsatt arbeidsevne, som trenger oppfølging over lengre tid."
    ]
  },
  {
    term: ["permanently adapted assistance", "varig tilpasset bistand"],
    text: ["For users whose ability to work is reduced for good.", "For brukere med varig nedsatt arbeidsevne."]
  },
  {
    term: ["unit manager", "enhetsleder"],
    text: ["The head of a NAV office.", "Lederen for et NAV-kontor."]
  },
  {
    term: ["P", "P"],
    text: [
      "How often chance alone would give a difference at least as large, if there were none. Below 5% a result is called significant.",
      "Hvor ofte tilfeldigheter alene ville gitt en minst så stor forskjell om det ikke fantes noen. Under 5 % kalles et resultat signifikant."
    ]
  },
  {
    term: ["design effect", "designeffekt"],
    text: [
      "How much less a survey of the staff of sampled offices knows than one of as many people drawn one by one, since colleagues answer alike.",
      "Hvor mye mindre en undersøkelse av de ansatte i utvalgte kontor vet enn en av like mange trukket hver for seg, fordi kolleger svarer likt."
    ]
  },
  {
    term: ["reconstructed", "rekonstruert"],
    text: [
      "Worked back from the printed tables: one of many lists of answers that would print the same tables. No line is a person.",
      "Regnet tilbake fra de trykte tabellene: én av mange lister med svar som ville gitt de samme tabellene. Ingen linje er en person."
    ]
  }
];

const list = (entries: readonly Entry[]): Html =>
  html`<dl>${entries.map(
    ({term: [en, no], text: [enText, noText]}) =>
      html`<dt>${bilingual(no, en)}</dt><dd>${bilingual(noText, enText)}</dd>`
  )}</dl>`;

/** The facts of the survey in one box, and what is not known of it. */
export function factsBox(): HTMLElement {
  return element(html`<div class="facts-box" id="facts">
    <h3>${bilingual("Undersøkelsen", "The survey")}</h3>${list(known)}
    <h3>${bilingual("Ikke kjent", "Not known")}</h3>${list(unknown)}
  </div>`);
}

/** All terms that are explained. */
export function glossaryList(): HTMLElement {
  return element(html`<div class="facts-box">${list(glossary)}</div>`);
}
