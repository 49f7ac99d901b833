import {ownSurvey} from "../../src/tables/labels.js";
import {type Verdict, verdicts} from "../../src/tables/verdict.js";
import {type Column, writeArrow} from "../publish/arrow.js";
import {checksums, licence, source} from "../publish/published.js";
import {reconstructSurvey, usableSurveys} from "../publish/respondents.js";
import {about} from "../read/about.js";
import type {CatalogueEntry} from "../read/catalogue.js";
import type {Variable} from "../read/codebook.js";
import {oneOf, type Problem, quote, RawDataError} from "../read/problem.js";
import type {Report} from "../read/report.js";
import {type Cell, readRecords} from "../read/sheet.js";
import {type Evaluation, type Evidence, type EvidenceTable, ExpressionError, evaluate, type Use} from "./expression.js";
import {checkClaim, type RelationName, relationOf, relations, type Unit, units} from "./verdict-of-claim.js";

/** The raw file of the claims. */
export const claimsFile = "claims.csv";

const columns = [
  "id",
  "section",
  "paraphrase",
  "printed",
  "table",
  "expression",
  "relation",
  "value",
  "unit",
  "reason",
  "note"
] as const;
type Row = Record<(typeof columns)[number], Cell>;

/** A line of `claims.csv`: a number, share, comparison or quantity word of the report's prose. */
export interface Claim {
  readonly id: string;
  /** The heading it stands under, as printed, or a footnote. */
  readonly section: string;
  /** What is said, in short and in other words, in English. */
  readonly paraphrase: string;
  /** The number or word as printed. */
  readonly printed: string;
  /** The tables that settle it, the main one first. */
  readonly tables: readonly number[];
  readonly unit: Unit;
  /** The printed number: percent points for a percent, 0 to 1 for a fraction in words. */
  readonly value: number | null;
  /** How it is recomputed; null where it cannot be, and then there is a reason. */
  readonly check: {readonly expression: string; readonly relation: RelationName} | null;
  readonly reason: string;
  readonly note: string;
  /** Where the expression stands in the file, for messages. */
  readonly place: {readonly line: number; readonly column: number};
}

/** A claim with what was found. */
export interface CheckedClaim extends Claim {
  readonly verdict: Verdict;
  /** The recomputed value as a reader would have it; empty where there is none. */
  readonly recomputed: string;
  readonly recomputedValue: number | null;
}

/** The numbers that the report's prose has in words. */
const numberWords = Object.entries(about.numberWords).map(([word, value]): [string, number] => {
  const [over = "", under = "1"] = value.split("/");
  return [word, Number(over) / Number(under)];
});

/** Whether a heading is one of those that hold no table, and so are not in the catalogue. */
function isOtherSection(heading: string): boolean {
  return about.otherSections.includes(heading.replace(/[1-9]\d*$/, "#"));
}

/** Reads `claims.csv`. Lines with problems are reported and left out. */
export function readClaims(bytes: Uint8Array, report: Report, complain: (problem: Problem) => void): Claim[] {
  const rows = readRecords(bytes, columns, (problem) => complain({file: claimsFile, ...problem})) ?? [];
  const lineOf = new Map<string, number>();
  return rows.flatMap((row) => {
    let sound = true;
    const refuse = ({text, line, column}: Cell, expected: string) => {
      sound = false;
      complain({file: claimsFile, line, column, found: quote(text), expected});
    };
    const before = lineOf.get(row.id.text);
    if (before !== undefined) refuse(row.id, `each id once; line ${before} has it already`);
    lineOf.set(row.id.text, row.id.line);
    const claim = readClaim(row, report, refuse);
    return sound && claim ? [claim] : [];
  });
}

function readClaim(row: Row, {tables}: Report, refuse: (cell: Cell, expected: string) => void): Claim | null {
  if (!/^[a-z]+\d?-\d{2,3}$/.test(row.id.text)) refuse(row.id, "an id such as “sum-03”");
  const sections = new Set(tables.map(({entry}) => entry.section));
  if (!sections.has(row.section.text) && !isOtherSection(row.section.text)) {
    refuse(
      row.section,
      `a heading of the report: ${oneOf([...about.otherSections.filter((name) => !name.includes("#")), ...sections])}`
    );
  }
  for (const cell of [row.paraphrase, row.printed]) if (!cell.text) refuse(cell, "text");
  const numbers = row.table.text === "" ? [] : row.table.text.split(" ").map(Number);
  const known = numbers.every((number) => tables.some(({entry}) => entry.table === number));
  if (!known || new Set(numbers).size < numbers.length) {
    refuse(row.table, "numbers of tables that tables.csv lists, each once, with blanks between");
  }
  const unit = units.find((u) => u === row.unit.text);
  if (!unit) refuse(row.unit, oneOf(units));
  const value = readValue(row, unit, refuse);
  const relation = relationOf(row.relation.text);
  if (row.expression.text === "") {
    if (row.relation.text) refuse(row.relation, "nothing: there is no expression");
    if (!row.reason.text) refuse(row.reason, "the reason why it cannot be checked, as there is no expression");
  } else {
    if (row.reason.text) refuse(row.reason, "nothing: there is an expression; remarks belong in the note");
    if (!relation) refuse(row.relation, oneOf(Object.keys(relations)));
    else if (unit && !relation.units.includes(unit)) {
      refuse(row.unit, `${oneOf(relation.units)}, of which “${relation.name}” can be asked`);
    } else if (relation.value && row.value.text === "" && !needsValue(unit))
      refuse(row.value, `a value, which “${relation.name}” needs`);
    else if (!relation.value && row.value.text !== "") refuse(row.value, `nothing: “${relation.name}” takes no value`);
  }
  if (unit === "comparison" && row.expression.text !== "") {
    // The numbers that are compared are printed; a slip in either place shows.
    const missing = numbersIn(row.printed.text).filter((number) => !numbersIn(row.expression.text).includes(number));
    const figures = /\d/.test(row.printed.text) ? missing : [];
    if (figures.length > 0)
      refuse(row.expression, `${oneOf(figures.map(String))}, printed as ${quote(row.printed.text)}`);
  }
  if (!unit) return null;
  return {
    id: row.id.text,
    section: row.section.text,
    paraphrase: row.paraphrase.text,
    printed: row.printed.text,
    tables: numbers,
    unit,
    value,
    check: relation && row.expression.text ? {expression: row.expression.text, relation: relation.name} : null,
    reason: row.reason.text,
    note: row.note.text,
    place: {line: row.expression.line, column: row.expression.column}
  };
}

/** Whether a number of this unit is always printed in figures, or as a number word. */
function needsValue(unit: Unit | undefined): boolean {
  return unit === "percent" || unit === "count" || unit === "ratio" || unit === "reference";
}

/** The value of a claim, which must be among the numbers that its printed words say. */
function readValue(row: Row, unit: Unit | undefined, refuse: (cell: Cell, expected: string) => void): number | null {
  const {text} = row.value;
  if (text === "") {
    if (needsValue(unit)) refuse(row.value, `the printed number, as the unit is ${unit}`);
    return null;
  }
  const match = /^(\d+(?:\.\d+)?)(?:\/([1-9]\d*))?$/.exec(text);
  if (!match) {
    refuse(row.value, "a number such as “17” or “0.5”, or a fraction such as “1/3”");
    return null;
  }
  const value = Number(match[1]) / Number(match[2] ?? 1);
  const said = numbersIn(row.printed.text);
  if (!said.some((number) => Math.abs(number - value) < 1e-12)) {
    const list = said.length > 0 ? oneOf(said.map((number) => String(Math.round(1e4 * number) / 1e4))) : "nothing";
    refuse(row.value, `${list}, which is what ${quote(row.printed.text)} says`);
  }
  return value;
}

function numbersIn(printed: string): number[] {
  const figures = [...printed.matchAll(/\d+(?:,\d+)?/g)].map(([number]) => Number(number.replace(",", ".")));
  if (figures.length > 0) return figures;
  const words = ` ${printed.toLowerCase()} `;
  const [first] = numberWords.filter(([word]) => words.includes(` ${word} `));
  // A fraction goes before the article in front of it: “en femtedel” is a fifth and not one.
  return first ? [first[1]] : [];
}

/** What expressions can ask, from the report, its surveys' reconstructed respondents and the claims themselves. */
export async function gatherEvidence(report: Report, claims: readonly Claim[]): Promise<Evidence> {
  const surveys = usableSurveys(report);
  const data = await Promise.all(surveys.map((survey) => reconstructSurvey(report, survey)));
  return {
    printed: report.tables.flatMap(({entry, cells}) =>
      cells.map(({row, column, measure, printed, value}) => ({
        table: entry.table,
        row: row?.code || null,
        column: column?.code || null,
        row_label: row?.label ?? null,
        column_label: column?.label ?? null,
        row_index: row?.index ?? null,
        column_index: column?.index ?? null,
        measure,
        printed,
        value
      }))
    ),
    respondents: new Map(surveys.map((survey, i) => [survey, data[i]?.columns ?? {}])),
    survey: ownSurvey({tables: report.tables.map(({entry}) => entry)}),
    variables: new Map(
      [...report.codebook.values()].map(({name, categories}) => [
        name,
        new Map(categories.map(({code, labelEn}) => [code, labelEn]))
      ])
    ),
    tables: report.tables.map(({entry}): EvidenceTable => {
      const {table, kind, survey} = entry;
      return {table, kind, survey, row: base(entry.row), column: entry.column && base(entry.column)};
    }),
    said: new Map(
      claims.flatMap(({id, unit, value}) =>
        value !== null && (unit === "percent" || unit === "count") ? [[id, {unit, value}] as const] : []
      )
    )
  };
}

/** The variable that a table's side asks about: a derived variable merges answers to its base. */
function base({name, derivedFrom}: Variable): string {
  return derivedFrom ?? name;
}

/** Holds every claim against the evidence. Expressions with problems are reported and their claims left out. */
export function checkClaims(
  claims: readonly Claim[],
  report: Report,
  evidence: Evidence,
  complain: (problem: Problem) => void
): CheckedClaim[] {
  return claims.flatMap((claim): CheckedClaim[] => {
    const {check, unit, value, place, tables, note} = claim;
    if (!check) return [{...claim, verdict: "not_checkable", recomputed: "", recomputedValue: null}];
    const refuse = (found: string, expected: string) => complain({file: claimsFile, ...place, found, expected});
    try {
      const evaluation = evaluate(check.expression, evidence);
      const entries = report.tables.map(({entry}) => entry).filter(({table}) => tables.includes(table));
      let sound = true;
      const object = (found: string, expected: string) => {
        sound = false;
        refuse(found, expected);
      };
      for (const use of evaluation.uses) {
        if (entries.some((entry) => shows(entry, use))) continue;
        const crossed = [...use.variables.keys()].join(" by ") || "everybody";
        object(
          `${quote(check.expression)}, character ${use.at}: ${crossed}, ${use.survey}`,
          `what a table that the claim names shows (${oneOf(tables.map(String))}); anything else is made up`
        );
      }
      const asked = entries.flatMap(sidesOf);
      const lacking = [
        ...evaluation.tables.filter((table) => !tables.includes(table)).map((table) => `table ${table}`),
        ...evaluation.counted
          .filter((variable) => !asked.includes(variable))
          .map((name) => `a table that shows ${name}`)
      ];
      if (lacking.length > 0) object(quote(check.expression), `${lacking.join(" and ")} among the claim’s tables`);
      const idle = entries.filter((entry) => !isUsed(entry, evaluation)).map(({table}) => table);
      if (sound && idle.length > 0) {
        object(quote(check.expression), `something that asks table ${idle.join(", ")}, which the claim names`);
      }
      const result = checkClaim({relation: check.relation, unit, value}, evaluation);
      const words = [note, result.note].filter(Boolean).join(" ");
      return [
        {...claim, note: words, verdict: result.verdict, recomputed: result.recomputed, recomputedValue: result.value}
      ];
    } catch (error) {
      if (error instanceof ExpressionError) {
        refuse(quote(check.expression), `${error.problem} (character ${error.position})`);
      } else if (error instanceof RangeError) refuse(quote(check.expression), error.message);
      else throw error;
      return [];
    }
  });
}

/**
 * Whether a table shows what was asked of the respondents: it counts those who have answered just these questions. Its
 * cells and margins are theirs exactly. What no table shows is of the reconstruction's making and settles nothing; so
 * is, in a crosstab, who has answered one question but not the other. How many there are in all, each table shows.
 */
function shows(entry: CatalogueEntry, {survey, variables}: Use): boolean {
  const {population} = entry;
  if (!entry.survey.includes(survey) || population === "unidentifiable") return false;
  if (variables.size === 0) return true;
  if (population) {
    const codes = variables.get(population.variable);
    if (codes?.length !== 1 || codes[0] !== population.code) return false;
  }
  const shown = population ? [...sidesOf(entry), population.variable] : sidesOf(entry);
  return shown.length === variables.size && shown.every((variable) => variables.has(variable));
}

/** The variables that a table's respondents were asked. */
function sidesOf({row, column, kind}: CatalogueEntry): string[] {
  return column && kind !== "comparison" ? [base(row), base(column)] : [base(row)];
}

/** Whether a table had a part in an evaluation. */
function isUsed(entry: CatalogueEntry, {tables, uses, counted}: Evaluation): boolean {
  return (
    tables.includes(entry.table) ||
    uses.some((use) => shows(entry, use)) ||
    counted.some((variable) => sidesOf(entry).includes(variable))
  );
}

/**
 * Reads and checks the claims of a raw folder. Throws a RawDataError with every problem: all of the file's, and those
 * of the expressions in its sound lines.
 */
export async function loadClaims(report: Report, files: ReadonlyMap<string, Uint8Array>): Promise<CheckedClaim[]> {
  const problems: Problem[] = [];
  const complain = (problem: Problem) => problems.push(problem);
  const bytes = files.get(claimsFile);
  if (!bytes) {
    complain({file: claimsFile, line: null, column: null, found: "no such file", expected: "a file of this name"});
    throw new RawDataError(problems);
  }
  const claims = readClaims(bytes, report, complain);
  const checked = checkClaims(claims, report, await gatherEvidence(report, claims), complain);
  if (problems.length > 0) throw new RawDataError(problems);
  return checked;
}

/**
 * The bytes of `claims.arrow`: a row a claim, in the order of the prose. `errata` gives the erratum of a claim by the
 * claim's id; it throws when there is no such claim.
 */
export async function writeClaims(
  report: Report,
  files: ReadonlyMap<string, Uint8Array>,
  errata: ReadonlyMap<string, string> = new Map()
): Promise<Uint8Array> {
  const claims = await loadClaims(report, files);
  for (const [claim, erratum] of errata) {
    if (!claims.some(({id}) => id === claim)) throw new Error(`erratum ${erratum} is of “${claim}”, which is no claim`);
  }
  return writeArrow(claimColumns(claims, errata), {
    title: "Every number and comparison in the report’s prose, checked",
    description:
      "One row is one number, share, comparison or quantity word of the prose, with the expression that recomputes it and the verdict.",
    source,
    section: "Summary, body, footnotes and conclusion",
    licence,
    inputs: checksums(files)
  });
}

function claimColumns(claims: readonly CheckedClaim[], errata: ReadonlyMap<string, string>): Column[] {
  const text = (
    name: string,
    label: string,
    description: string,
    pick: (claim: CheckedClaim) => string | null | undefined
  ): Column => ({name, type: "text", label, description, values: claims.map((claim) => pick(claim) || null)});
  return [
    text("id", "Claim", "Name of the claim; its letters stand for the section.", ({id}) => id),
    text("section", "Section", "Heading of the report as printed, or a footnote.", ({section}) => section),
    text("paraphrase", "What is said", "What the report says, in short and in other words.", (c) => c.paraphrase),
    text("printed", "As printed", "The number or quantity word as the report prints it.", ({printed}) => printed),
    {
      name: "printed_value",
      type: "number",
      label: "Printed value",
      description: "The number that the printed words say; null where they say none.",
      unit: "by unit: percent points for a percent, 0 to 1 for a share",
      values: claims.map(({value}) => value)
    },
    {
      name: "unit",
      type: "category",
      codes: units,
      label: "Unit",
      description:
        "What the claim is a number of: a percent in figures, a share in words, a count, a ratio, a P value, the number of a table, or a comparison that holds or does not.",
      values: claims.map(({unit}) => unit)
    },
    text(
      "recomputed",
      "Recomputed",
      "The recomputed number, or the figures that a comparison is about, as they stand; null where there is none.",
      ({recomputed}) => recomputed
    ),
    {
      name: "recomputed_value",
      type: "number",
      label: "Recomputed value",
      description: "The recomputed number; for a comparison 1 if it holds and 0 if not; null where there is none.",
      unit: "as the printed value",
      values: claims.map(({recomputedValue}) => recomputedValue)
    },
    {
      name: "verdict",
      type: "category",
      codes: verdicts,
      label: "Verdict",
      description:
        "exact: it reproduces; rounding: by another rounding, which the note names; differs: it does not; inconsistent: the report contradicts itself; not_checkable: the reason says why.",
      values: claims.map(({verdict}) => verdict)
    },
    {
      name: "table",
      type: "integer",
      label: "Table",
      description: "Number of the table that settles it, or of the main one; null where none does.",
      values: claims.map(({tables}) => tables[0] ?? null)
    },
    text("tables", "Tables", "Numbers of all tables that settle it.", ({tables}) => tables.join(" ")),
    text(
      "expression",
      "Expression",
      "What recomputes it; null where it cannot be checked.",
      (c) => c.check?.expression
    ),
    {
      name: "relation",
      type: "category",
      codes: Object.keys(relations),
      label: "Relation",
      description: "How the recomputed value must stand to the printed one.",
      metadata: {
        meanings: JSON.stringify(Object.fromEntries(Object.entries(relations).map(([name, r]) => [name, r.meaning])))
      },
      values: claims.map(({check}) => check?.relation ?? null)
    },
    text("reason", "Reason", "Why it cannot be checked; null where it can.", ({reason}) => reason),
    text("note", "Note", "How the words were read, and what rounding gives the printed number.", ({note}) => note),
    text("erratum", "Erratum", "The erratum that says what is wrong; null where nothing is.", ({id}) => errata.get(id))
  ];
}
