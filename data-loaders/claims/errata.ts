import {readTableId, type TableId, tableNumber} from "../../src/tables/table-id.js";
import {writeJson} from "../publish/json.js";
import {type Problem, quote, stopAt} from "../read/problem.js";
import {readRecords} from "../read/sheet.js";

/** The name of the raw file. */
export const errataFile = "errata.csv";

/** What an error does to what the report concludes. */
export const bearings = ["changed", "weakened", "unchanged"] as const;
export type Bearing = (typeof bearings)[number];

/** What kind of thing is wrong. */
const errorKinds = ["p", "total", "percent", "label", "reference", "definition", "coding", "sentence", "form"] as const;

/** An error of the report with its evidence. */
export interface Erratum {
  readonly id: string;
  /** Where it stands, in words for readers. */
  readonly place: string;
  /** The table it concerns, or null. */
  readonly table: TableId | null;
  /** Other tables that have the same error. */
  readonly also?: readonly TableId[];
  readonly kind: (typeof errorKinds)[number];
  readonly printed: string;
  /** What it should be, or why that cannot be known. */
  readonly correct: string;
  readonly evidence: string;
  /** Whether a conclusion of the report changes, is weakened, or stands. */
  readonly conclusion: Bearing;
  /** The checks and the claims that show it. */
  readonly checks: readonly string[];
  readonly claims: readonly string[];
}

const header = "id,place,table,kind,printed,correct,evidence,conclusion,checks,claims";

/**
 * Reads `errata.csv`, the worst first: by what they do to conclusions, then in the file's order.
 *
 * An error that no number shows, such as a misleading title, names no check and no claim: its evidence is in words.
 * Throws a RawDataError with every problem: repeated ids, empty fields, unknown words. Whether the checks that are named
 * exist and still fail is the tests' to say.
 */
export function readErrata(bytes: Uint8Array): Erratum[] {
  const problems: Problem[] = [];
  const rows = readRecords(errataFile, bytes, header, (problem) => problems.push(problem)) ?? [];
  const seen = new Set<string>();
  const errata = rows.map((row): Erratum => {
    const {id, place, printed, correct, evidence} = row.texts;
    if (!/^e\d{2,3}$/.test(id) || seen.has(id)) row.refuse("id", "an id such as “e07”, each once");
    seen.add(id);
    row.require(["place", "printed", "correct", "evidence"]);
    const kind = row.pick("kind", errorKinds);
    const conclusion = row.pick("conclusion", bearings) ?? "unchanged";
    const [checks, claims, tables] = [row.words("checks"), row.words("claims"), row.words("table")];
    if (!tables.every((table) => tableNumber.test(table))) row.refuse("table", "the number of a table, or nothing");
    const [table = null, ...also] = tables.map(readTableId);
    if (checks.length + claims.length === 0 && kind !== "sentence" && kind !== "label") {
      row.refuse("checks", "the id of a check or a claim that shows the error");
    }
    return {
      id,
      place,
      table,
      ...(also.length > 0 ? {also} : {}),
      kind: kind ?? "form",
      printed,
      correct,
      evidence,
      conclusion,
      checks,
      claims
    };
  });
  stopAt(problems);
  const rank = (erratum: Erratum) => bearings.indexOf(erratum.conclusion);
  return errata.sort((a, b) => rank(a) - rank(b));
}

/** From the ids of checks (or claims) to the id of the erratum that they show. */
export function erratumBy(errata: readonly Erratum[], what: "checks" | "claims"): Map<string, string> {
  return new Map(errata.flatMap((erratum) => erratum[what].map((id) => [id, erratum.id] as const)));
}

/** Throws a RawDataError where errata tell of checks or claims that there are not; `known` are those that there are. */
export function requireKnown(errata: ReadonlyMap<string, string>, known: Iterable<string>, what: string): void {
  const there = new Set(known);
  const unknown = [...errata].filter(([id]) => !there.has(id));
  const [file, place, expected] = [errataFile, {line: null, column: null}, `the id of a ${what}`];
  stopAt(unknown.map(([id, erratum]) => ({file, ...place, found: `${quote(id)} at ${erratum}`, expected})));
}

/** The bytes of `errata.json`. */
export function writeErrata(errata: readonly Erratum[]): Uint8Array {
  return writeJson(errata);
}
