import {ownSurvey} from "../../src/tables/labels.js";
import type {TableId} from "../../src/tables/table-id.js";
import {type Verdict, verdicts} from "../../src/tables/verdict.js";
import {columnsOf, writeDescribed} from "../publish/described.js";
import described from "../publish/files.json" with {type: "json"};
import {printedNumbers} from "../publish/published.js";
import {reconstructSurvey, usableSurveys} from "../publish/respondents.js";
import {about} from "../read/about.js";
import type {CatalogueEntry} from "../read/catalogue.js";
import {baseOf} from "../read/codebook.js";
import {type Complain, oneOf, type Problem, quote, refuseFile, reportIn, stopAt} from "../read/problem.js";
import type {Report} from "../read/report.js";
import {type Names, type Row, readRecords} from "../read/sheet.js";
import {requireKnown} from "./errata.js";
import {type Evaluation, type Evidence, ExpressionError, evaluate, type Use} from "./expression.js";
import {checkClaim, type RelationName, relationOf, relations, type Unit, units} from "./verdict-of-claim.js";

/** The raw file of the claims. */
export const claimsFile = "claims.csv";

const header = "id,section,paraphrase,printed,table,expression,relation,value,unit,reason,note";
/** Columns that a report without such claims may leave out. */
const more = "same_as,lacks,otherwise,otherwise_expression";
type Name = Names<typeof header> | Names<typeof more>;

/** What would be needed to settle a claim that nothing settles, with what each means. */
const lacks = described["claims.arrow"].columns.lacks.meanings;
type Lack = keyof typeof lacks;

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
  readonly tables: readonly TableId[];
  readonly unit: Unit;
  /** The printed number: percent points for a percent, 0 to 1 for a fraction in words. */
  readonly value: number | null;
  /** How it is recomputed; null where it cannot be, and then there is a reason. */
  readonly check: {readonly expression: string; readonly relation: RelationName} | null;
  readonly reason: string;
  readonly note: string;
  /** The claim whose record this one shares, as the report says the same twice; null where it has its own. */
  readonly sameAs: string | null;
  /** What is lacking to check it; null where it can be checked, or where that is not told. */
  readonly lacks: Lack | null;
  /** Another way to read the words, with its expression; the expression is empty where that reading cannot be checked. */
  readonly otherwise: {readonly reading: string; readonly expression: string} | null;
  /** Where the expression stands in the file, for messages. */
  readonly place: {readonly line: number; readonly column: number};
}

/** A claim with what was found. */
export interface CheckedClaim extends Claim {
  readonly verdict: Verdict;
  /** The recomputed value as a reader would have it; empty where there is none. */
  readonly recomputed: string;
  readonly recomputedValue: number | null;
  /** What it was held against: numbers of a table, other words and numbers of the text, or nothing. */
  readonly against: "tables" | "text" | "nothing";
  /** What the other reading gives; null where there is none. */
  readonly other: {readonly recomputed: string; readonly verdict: Verdict} | null;
}

/** The numbers that the report's prose has in words. */
const numberWords = Object.entries(about.numberWords).map(([word, value]): [string, number] => {
  const [over = "", under = "1"] = value.split("/");
  return [word, Number(over) / Number(under)];
});

/** The fields that a claim has of its own, where it takes all others from the one that says the same. */
const own = ["id", "section", "paraphrase", "printed", "same_as"];

/**
 * Reads `claims.csv`. Lines with problems are reported and left out. What the report says twice is judged once: a line
 * that names another in `same_as` takes from it all but its own id, place and words.
 */
export function readClaims(bytes: Uint8Array, report: Report, complain: Complain): Claim[] {
  const rows = readRecords(claimsFile, bytes, header, complain, more) ?? [];
  const shared = `${header},${more}`.split(",").filter((name) => !own.includes(name)) as Name[];
  const lineOf = new Map<string, number>();
  const byId = new Map(rows.map((row) => [row.texts.id, row]));
  return rows.flatMap((line) => {
    const {id, same_as: sameAs} = line.texts;
    const model = sameAs ? byId.get(sameAs) : undefined;
    if (lineOf.has(id)) line.refuse("id", `each id once; line ${lineOf.get(id)} has it already`);
    lineOf.set(id, line.cells.id.line);
    if (sameAs && (!model || model.texts.same_as)) {
      line.refuse("same_as", "the id of another claim, with a record of its own");
    }
    for (const name of model ? shared : []) if (line.texts[name]) line.refuse(name, `nothing: it is that of ${sameAs}`);
    const row = model ? line.with(Object.fromEntries(shared.map((name) => [name, model.cells[name]]))) : line;
    const claim = readClaim(row, report);
    return line.sound && row.sound && claim ? [claim] : [];
  });
}

function readClaim(row: Row<Name>, {tables}: Report): Claim | null {
  const {texts} = row;
  const {expression, reason, otherwise} = texts;
  if (!/^[a-z]+\d?-\d{2,3}$/.test(texts.id)) row.refuse("id", "an id such as “sum-03”");
  const sections = new Set(tables.map(({entry}) => entry.section));
  // Headings that hold no table are not in the catalogue.
  if (!sections.has(texts.section) && !about.otherSections.includes(texts.section.replace(/[1-9]\d*$/, "#"))) {
    const known = [...about.otherSections.filter((name) => !name.includes("#")), ...sections];
    row.refuse("section", `a heading of the report: ${oneOf(known)}`);
  }
  row.require(["paraphrase", "printed"]);
  const numbers = row.words("table").map(Number);
  const areKnown = numbers.every((number) => tables.some(({entry}) => entry.table === number));
  if (!areKnown || new Set(numbers).size < numbers.length) {
    row.refuse("table", "numbers of tables that tables.csv lists, each once, with blanks between");
  }
  const unit = row.pick("unit", units);
  const value = readValue(row, unit);
  const relation = relationOf(texts.relation);
  if (texts.lacks && expression) row.refuse("lacks", "nothing: there is an expression");
  const lack = texts.lacks && !expression ? row.pick("lacks", Object.keys(lacks) as Lack[]) : null;
  if (texts.otherwise_expression) row.require(["otherwise"], "the other reading in words");
  if (!expression) {
    if (texts.relation) row.refuse("relation", "nothing: there is no expression");
    row.require(["reason"], "the reason why it cannot be checked, as there is no expression");
  } else {
    if (reason) row.refuse("reason", "nothing: there is an expression; remarks belong in the note");
    if (!relation) row.refuse("relation", oneOf(Object.keys(relations)));
    else if (unit && !relation.units.includes(unit)) {
      row.refuse("unit", `${oneOf(relation.units)}, of which “${relation.name}” can be asked`);
    } else if (relation.value && !texts.value && !needsValue(unit)) {
      row.refuse("value", `a value, which “${relation.name}” needs`);
    } else if (!relation.value && texts.value) row.refuse("value", `nothing: “${relation.name}” takes no value`);
  }
  if (unit === "comparison" && expression && /\d/.test(texts.printed)) {
    // The numbers that are compared are printed; a slip in either place shows.
    const missing = numbersIn(texts.printed).filter((number) => !numbersIn(expression).includes(number));
    if (missing.length > 0) {
      row.refuse("expression", `${oneOf(missing.map(String))}, printed as ${quote(texts.printed)}`);
    }
  }
  if (!unit) return null;
  return {
    id: texts.id,
    section: texts.section,
    paraphrase: texts.paraphrase,
    printed: texts.printed,
    tables: numbers,
    unit,
    value,
    check: relation && expression ? {expression, relation: relation.name} : null,
    reason,
    note: texts.note,
    sameAs: texts.same_as || null,
    lacks: lack ?? null,
    otherwise: otherwise ? {reading: otherwise, expression: texts.otherwise_expression} : null,
    place: row.cells.expression
  };
}

/** Whether a number of this unit is always printed in figures, or as a number word. */
function needsValue(unit: Unit | undefined): boolean {
  return unit === "percent" || unit === "count" || unit === "ratio" || unit === "reference";
}

/** The value of a claim, which must be among the numbers that its printed words say. */
function readValue(row: Row<Name>, unit: Unit | undefined): number | null {
  const {value: text, printed} = row.texts;
  if (text === "") {
    if (needsValue(unit)) row.refuse("value", `the printed number, as the unit is ${unit}`);
    return null;
  }
  const match = /^(\d+(?:\.\d+)?)(?:\/([1-9]\d*))?$/.exec(text);
  if (!match) {
    row.refuse("value", "a number such as “17” or “0.5”, or a fraction such as “1/3”");
    return null;
  }
  const value = Number(match[1]) / Number(match[2] ?? 1);
  const said = numbersIn(printed);
  if (!said.some((number) => Math.abs(number - value) < 1e-12)) {
    const rounded = said.map((number) => String(Math.round(1e4 * number) / 1e4));
    row.refuse("value", `${oneOf(rounded)}, which is what ${quote(printed)} says`);
  }
  return value;
}

function numbersIn(printed: string): number[] {
  const figures = [...printed.matchAll(/\d+(?:[.,]\d+)?/g)].map(([number]) => Number(number.replace(",", ".")));
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
    printed: printedNumbers(report),
    respondents: new Map(surveys.map((survey, i) => [survey, data[i]?.columns ?? {}])),
    survey: ownSurvey({tables: report.tables.map(({entry}) => entry)}),
    variables: new Map(
      [...report.codebook.values()].map(({name, categories}) => [
        name,
        new Map(categories.map(({code, labelEn}) => [code, labelEn]))
      ])
    ),
    tables: report.tables.map(({entry: {table, kind, survey, row, column}}) => ({
      table,
      kind,
      survey,
      row: baseOf(row),
      column: column && baseOf(column)
    })),
    asks: new Map(
      report.tables.map(({entry: {table, title}}) => {
        const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
        const put = [...report.codebook.values()].filter(
          ({question, derivedFrom}) => question && !derivedFrom && letters(title).includes(letters(question))
        );
        return [table, new Map(put.map(({name, labelEn}) => [name, labelEn]))] as const;
      })
    ),
    said: new Map(
      claims.flatMap(({id, unit, value}) =>
        value !== null && (unit === "percent" || unit === "count") ? [[id, {unit, value}] as const] : []
      )
    )
  };
}

/** Holds every claim against the evidence. Expressions with problems are reported and their claims left out. */
export function checkClaims(
  claims: readonly Claim[],
  report: Report,
  evidence: Evidence,
  complain: Complain
): CheckedClaim[] {
  return claims.flatMap((claim): CheckedClaim[] => {
    const {check, otherwise, unit, value, place, tables, note} = claim;
    const refuse = (found: string, expected: string) => reportIn(claimsFile, complain)(place, found, expected);
    const entries = report.tables.map(({entry}) => entry).filter(({table}) => tables.includes(table));
    const evaluations: Evaluation[] = [];
    let sound = true;
    let asked = "";
    /** Evaluates an expression, and objects where it asks anything but what the claim's tables show. */
    const ask = (expression: string): Evaluation => {
      asked = expression;
      const evaluation = evaluate(expression, evidence);
      evaluations.push(evaluation);
      for (const [found, expected] of objections(evaluation, entries)) {
        sound = false;
        refuse(`${quote(expression)}${found}`, expected);
      }
      return evaluation;
    };
    try {
      const main = check && ask(check.expression);
      const result = main && checkClaim({relation: check.relation, unit, value}, main);
      const second = otherwise?.expression ? ask(otherwise.expression) : null;
      const idle = entries.filter((entry) => !evaluations.some((each) => isUsed(entry, each)));
      if (sound && asked && idle.length > 0) {
        const unused = idle.map(({table}) => table).join(", ");
        refuse(quote(asked), `something that asks table ${unused}, which the claim names`);
      }
      return [
        {
          ...claim,
          note: [note, result?.note].filter(Boolean).join(" "),
          verdict: result?.verdict ?? "not_checkable",
          recomputed: result?.recomputed ?? "",
          recomputedValue: result?.value ?? null,
          against: !main ? "nothing" : main.literal || main.leansOnText ? "text" : "tables",
          other: otherwise && otherReading(claim, second)
        }
      ];
    } catch (error) {
      if (!(error instanceof ExpressionError || error instanceof RangeError)) throw error;
      const {problem, position} = error as Partial<ExpressionError>;
      refuse(quote(asked), problem ? `${problem} (character ${position})` : error.message);
      return [];
    }
  });
}

/** What an evaluation asks that some tables do not show: what is found, after the expression, and what is expected. */
function objections({uses, tables, counted}: Evaluation, entries: readonly CatalogueEntry[]): [string, string][] {
  const named = entries.map(({table}) => table);
  const shown = entries.flatMap(sidesOf);
  const made = uses.filter((use) => !entries.some((entry) => shows(entry, use)));
  const lacking = [
    ...tables.filter((table) => !named.includes(table)).map((table) => `table ${table}`),
    ...counted.filter((variable) => !shown.includes(variable)).map((variable) => `a table that shows ${variable}`)
  ];
  return [
    ...made.map(({survey, variables, at}): [string, string] => [
      `, character ${at}: ${[...variables.keys()].join(" by ") || "everybody"}, ${survey}`,
      `what a table that the claim names shows (${oneOf(named.map(String))}); anything else is made up`
    ]),
    ...(lacking.length > 0 ? [["", `${lacking.join(" and ")} among the claim’s tables`] as [string, string]] : [])
  ];
}

/** What another reading of a claim's words gives: what holds or does not, or a number under the claim's own relation. */
function otherReading({check, unit, value}: Claim, evaluation: Evaluation | null): CheckedClaim["other"] {
  if (!evaluation) return {recomputed: "", verdict: "not_checkable"};
  const truth = {relation: "holds", unit: "comparison", value: null} as const;
  const own = {relation: check?.relation ?? "majority", unit: check ? unit : "share", value} as const;
  const {recomputed, verdict} = checkClaim(evaluation.value.type === "boolean" ? truth : own, evaluation);
  return {recomputed, verdict};
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
  return column && kind !== "comparison" ? [baseOf(row), baseOf(column)] : [baseOf(row)];
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
  const bytes = files.get(claimsFile) ?? refuseFile(claimsFile, "no such file", "a file of this name");
  const claims = readClaims(bytes, report, complain);
  const checked = checkClaims(claims, report, await gatherEvidence(report, claims), complain);
  stopAt(problems);
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
  const ids = claims.map(({id}) => id);
  requireKnown(errata, ids, "claim");
  const rows = claims.map((claim) => {
    const {tables, check, otherwise, other, place: _, sameAs, value, recomputedValue, ...rest} = claim;
    return {
      ...rest,
      recomputed: rest.recomputed || null,
      reason: rest.reason || null,
      note: rest.note || null,
      printed_value: value,
      recomputed_value: recomputedValue,
      table: tables[0] ?? null,
      tables: tables.join(" ") || null,
      expression: check?.expression ?? null,
      relation: check?.relation ?? null,
      erratum: errata.get(rest.id) ?? null,
      same_as: sameAs,
      otherwise: otherwise?.reading ?? null,
      otherwise_recomputed: other?.recomputed || null,
      otherwise_verdict: other?.verdict ?? null
    };
  });
  const columns = columnsOf("claims.arrow", rows, {
    codes: {unit: units, verdict: verdicts, otherwise_verdict: verdicts}
  });
  return writeDescribed("claims.arrow", columns, files);
}
