import {type ColumnTable, from} from "arquero";
import type {Text} from "../figures/drawing.js";
import madeLabels from "../report/made-labels.json";
import {alpha} from "../statistics/alpha.js";
import {compareTable, comparisonSentence, worstOf} from "../tables/comparison.js";
import {type Counts, crosstabOf} from "../tables/counts.js";
import {printedCells} from "../tables/crosstab.js";
import {type Counted, type Funnel, funnelOf} from "../tables/funnel.js";
import {type Labels, labelsIn, type ReportEntries, sideOf, tableEntry, variableEntry} from "../tables/labels.js";
import type {Say} from "../tables/phrase.js";
import {directedLabel, type Regression, readRegression} from "../tables/regression-table.js";
import type {TableId} from "../tables/table-id.js";
import {printedChart, withoutNumbers} from "./chart.js";
import {type ClaimRow, claimsList} from "./claims.js";
import {comparisonTable} from "./comparison-table.js";
import {element, html} from "./html.js";
import {bilingual, type Language} from "./language.js";
import {printedSection} from "./printed-section.js";
import {regressionTable, regressionVerdict} from "./regression-table.js";

/** The published files that chapters are made of, as tables or as rows. */
export interface ChapterFiles {
  /** A row a respondent, a column a variable; null where there is no answer. */
  readonly respondents: ColumnTable;
  /** A row a printed number. */
  readonly published: ColumnTable;
  readonly bounds: ColumnTable;
  readonly claims: readonly ClaimRow[];
  readonly tests: readonly Row[];
  readonly checks: readonly Row[];
  readonly errata: readonly Row[];
  readonly places: readonly Row[];
  /** The catalogue of tables, and the variables with their categories. */
  readonly codebook: ReportEntries;
}

type Row = Readonly<Record<string, never>>;

/** What a chapter’s cells can ask for besides the files. */
export interface ChapterParts {
  /** `label("gender", "female")` and `label("gender")`, in the language that the reader has chosen. */
  readonly label: Labels;
  /** The same, in English always: for sentences, which are in English. */
  readonly english: Labels;
  /** `question("gender")`: the question as it was put. */
  readonly question: (variable: string) => HTMLElement;
  /** `said("opp-07")`: a statement of the report’s text with what was found. */
  readonly said: (id: string) => ClaimRow;
  /** `statements("the survey", "int-01", (d) => d.section === "Fotnote 3")`: what the text says, statement by statement. */
  readonly statements: (about: string, ...which: (string | ((claim: ClaimRow) => boolean))[]) => HTMLElement;
  /**
   * `table(2, counts)`: a printed table beside the recomputed counts with a verdict in one line, unfolding, and what the
   * text says of it; further statements are named by their ids. Groups without an answer are the table’s missing line.
   * Without counts the printed numbers are held against each other alone, as those of a regression always are.
   */
  readonly table: (table: TableId, counts?: Counts | null, ...also: string[]) => HTMLElement;
  /**
   * `chart(29, {employers: {en: "All, from table 30", no: "Alt, fra tabell 30"}})`: a printed chart without numbers, with what is known
   * of its bars by their codes, folded into one line as tables are, and what the text says of it.
   */
  readonly chart: (table: TableId, known: Readonly<Record<string, Text>>, ...also: string[]) => HTMLElement;
  /**
   * `regression(28)`: a printed regression with what follows from its numbers. Its `terms` have a row a predictor: its
   * `label` (with the answer that counts as 1), `beta`, `lower`, `upper`, `t`, `p`, `holm`, `survives_holm` (after
   * Holm’s correction for the number of predictors), `unique` (share explained by it alone), `inflation`.
   */
  readonly regression: (table: TableId) => Regression & {readonly terms: ColumnTable};
  /** `test(2)`: the tests of a printed crosstab, as in tests.arrow. */
  readonly test: (table: TableId) => Row;
  /** Every total that the site names: numbers, statements and errors, each with what it is a part of. */
  readonly funnel: Funnel;
}

export type Chapter = ChapterFiles & ChapterParts;

/** Each part of a chapter: the files it is made of, and how. */
export const chapterParts: {
  readonly [Part in keyof ChapterParts]: {
    readonly needs: readonly (keyof ChapterFiles)[];
    readonly make: (files: ChapterFiles, language: Language) => ChapterParts[Part];
  };
} = {
  label: {needs: ["codebook"], make: ({codebook}, language) => labelsIn(codebook, language, madeLabels)},
  english: {needs: ["codebook"], make: ({codebook}) => labelsIn(codebook, "en")},
  question: {
    needs: ["codebook"],
    make:
      ({codebook}) =>
      (variable) => {
        const {question, questionEn} = variableEntry(codebook, variable);
        return element(html`<span class="question">${bilingual(question, questionEn)}</span>`);
      }
  },
  said: {
    needs: ["claims"],
    make:
      ({claims}) =>
      (id) =>
        find(claims, "id", id)
  },
  statements: {
    needs: ["claims"],
    make:
      ({claims}) =>
      (about, ...which) =>
        claimsList(
          which.flatMap((one) => (typeof one === "function" ? claims.filter(one) : find(claims, "id", one))),
          about
        )
  },
  table: {
    needs: ["published", "codebook", "claims"],
    make:
      ({published, codebook, claims}) =>
      (number, counts = null, ...also) => {
        const entry = tableEntry(codebook, number);
        const about = claims.filter(({table, id}) => table === number || also.includes(id));
        if (entry.kind === "regression") {
          const regression = readRegression(published, codebook, number);
          const printed = regressionTable(regression, codebook, number);
          return printedSection(entry, regressionVerdict(regression), printed, about);
        }
        const row = {variable: entry.row, codes: entry.rowCodes};
        const column = entry.column === null ? null : sideOf(codebook, entry.column);
        const comparison = compareTable(published, codebook, number, counts && crosstabOf(counts, row, column));
        const verdict = {worst: worstOf(comparison), sentence: (say: Say) => comparisonSentence(comparison, say)};
        return printedSection(entry, verdict, comparisonTable(comparison, codebook, number), about);
      }
  },
  chart: {
    needs: ["published", "codebook", "claims"],
    make:
      ({published, codebook, claims}) =>
      (number, known, ...also) => {
        const entry = tableEntry(codebook, number);
        const ticks = printedCells(published, number, "axis_tick").map(({printed}) => printed);
        const printed = printedChart(entry, codebook, ticks, known);
        const about = claims.filter(({table, id}) => table === number || also.includes(id));
        return printedSection(entry, {worst: null, sentence: (say) => say(withoutNumbers)}, printed, about);
      }
  },
  regression: {
    needs: ["published", "codebook"],
    make:
      ({published, codebook}) =>
      (number) => {
        const regression = readRegression(published, codebook, number);
        const terms = regression.predictors.map((predictor) => ({
          ...predictor,
          label: directedLabel(predictor),
          survives_holm: predictor.holm < alpha
        }));
        return {...regression, terms: from(terms)};
      }
  },
  test: {
    needs: ["tests"],
    make:
      ({tests}) =>
      (table) =>
        find(tests, "table", table as never)
  },
  funnel: {
    needs: ["published", "checks", "claims", "errata"],
    make: ({published, checks, claims, errata}) =>
      funnelOf({printed: published.numRows(), checks, claims, errata} as unknown as Counted)
  }
};

/** A chapter of files that are there already, as tests and the sandbox have them. */
export function chapterOf(files: ChapterFiles, language: Language): Chapter {
  const chapter = Object.create(files) as Chapter;
  for (const [name, {make}] of Object.entries(chapterParts)) {
    Object.defineProperty(chapter, name, {get: () => make(files, language), enumerable: true});
  }
  return chapter;
}

function find<T, Name extends keyof T>(rows: readonly T[], name: Name, value: T[Name]): T {
  const found = rows.find((row) => row[name] === value);
  if (!found) throw new Error(`nothing has the ${String(name)} ${String(value)}`);
  return found;
}
