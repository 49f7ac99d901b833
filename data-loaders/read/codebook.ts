import {readTableId, type TableId} from "../../src/tables/table-id.js";
import {oneOf, type Problem, quote} from "./problem.js";
import {type Cell, readRecords} from "./sheet.js";

/** A category of a variable. */
export interface Category {
  readonly code: string;
  readonly label: string;
  readonly labelEn: string;
  /** How tables print it. */
  readonly spellings: readonly Spelling[];
  /** For a category of a derived variable: the codes of the base variable that it merges. */
  readonly includes: readonly string[];
}

/** A label as printed; with `table`, a label that only that table prints (a misprint, as a rule). */
export interface Spelling {
  readonly text: string;
  readonly table: TableId | null;
}

export const variableKinds = ["nominal", "ordinal", "structure"] as const;

/** A variable of the codebook. A `structure` is no question to respondents but something that tables are built of. */
export interface Variable {
  readonly name: string;
  readonly kind: (typeof variableKinds)[number];
  readonly label: string;
  readonly labelEn: string;
  readonly question: string;
  readonly questionEn: string;
  readonly asked: string;
  readonly askedEn: string;
  /** The variable whose categories this one merges, if any. */
  readonly derivedFrom: string | null;
  /** In the codebook's order. */
  readonly categories: readonly Category[];
}

/** The variables by name, in the codebook's order. */
export type Codebook = ReadonlyMap<string, Variable>;

const variableColumns = [
  "variable",
  "kind",
  "label",
  "label_en",
  "question",
  "question_en",
  "asked",
  "asked_en",
  "derived_from"
] as const;
const categoryColumns = ["variable", "code", "order", "label", "label_en", "spellings", "includes"] as const;

/** The code of totals, in every table. */
export const TOTAL = "total";

/** The code of lines that count missing answers. */
export const MISSING = "missing";

/** Reads `variables.csv` and `categories.csv`. Answers with what could be read; every problem is reported. */
export function readCodebook(
  variables: Uint8Array,
  categories: Uint8Array,
  report: (problem: Problem) => void
): Codebook {
  const codebook = new Map<string, Variable & {categories: Category[]; line: number}>();
  const inVariables = (problem: Omit<Problem, "file">) => report({file: "variables.csv", ...problem});
  const inCategories = (problem: Omit<Problem, "file">) => report({file: "categories.csv", ...problem});
  const at = ({text, line, column}: Cell, expected: string) => ({line, column, found: quote(text), expected});

  const variableRows = readRecords(variables, variableColumns, inVariables);
  const categoryRows = readRecords(categories, categoryColumns, inCategories);
  // Without one of the files everything in the other would be called unknown.
  if (!variableRows || !categoryRows) return codebook;

  for (const row of variableRows) {
    const name = row.variable.text;
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(name)) {
      inVariables(at(row.variable, "a name of at most 32 lower-case letters, digits and “_”"));
    }
    if (codebook.has(name)) inVariables(at(row.variable, "each variable once"));
    const kind = variableKinds.find((k) => k === row.kind.text);
    if (!kind) inVariables(at(row.kind, oneOf(variableKinds)));
    for (const cell of [row.label, row.label_en]) if (!cell.text) inVariables(at(cell, "a label"));
    codebook.set(name, {
      name,
      kind: kind ?? "nominal",
      label: row.label.text,
      labelEn: row.label_en.text,
      question: row.question.text,
      questionEn: row.question_en.text,
      asked: row.asked.text,
      askedEn: row.asked_en.text,
      derivedFrom: row.derived_from.text || null,
      categories: [],
      line: row.variable.line
    });
    const base = row.derived_from.text;
    if (base && (!codebook.has(base) || base === name)) {
      inVariables(at(row.derived_from, "a variable from a line above"));
    }
  }

  const unknown = new Set<string>();
  const lastOrder = new Map<string, number>();
  for (const row of categoryRows) {
    const variable = codebook.get(row.variable.text);
    if (!variable) {
      if (!unknown.has(row.variable.text)) inCategories(at(row.variable, "a variable that variables.csv has"));
      unknown.add(row.variable.text);
      continue;
    }
    const {categories: siblings} = variable;
    const code = row.code.text;
    if (!/^[a-z0-9_]{1,32}$/.test(code) || ((code === TOTAL || code === MISSING) && variable.name !== "summary")) {
      inCategories(
        at(row.code, `a code of lower-case letters, digits and “_”, other than “${TOTAL}” and “${MISSING}”`)
      );
    }
    if (siblings.some((c) => c.code === code)) inCategories(at(row.code, `each code of ${variable.name} once`));
    const order = (lastOrder.get(variable.name) ?? 0) + 1;
    if (row.order.text !== String(order)) {
      inCategories(at(row.order, `${quote(String(order))}: categories are numbered in order`));
    }
    lastOrder.set(variable.name, Number(row.order.text) || order);
    for (const cell of [row.label, row.label_en]) if (!cell.text) inCategories(at(cell, "a label"));
    const spellings = row.spellings.text ? row.spellings.text.split(" | ").map(readSpelling) : [];
    for (const spelling of spellings) {
      const clash = siblings.find((c) => c.code !== code && c.spellings.some((s) => sameSpelling(s, spelling)));
      if (clash) inCategories(at(row.spellings, `no spelling that “${clash.code}” has already`));
    }
    const includes = row.includes.text ? row.includes.text.split(" ") : [];
    const base = variable.derivedFrom === null ? undefined : codebook.get(variable.derivedFrom);
    if (variable.derivedFrom === null && includes.length > 0) {
      inCategories(at(row.includes, "nothing: the variable is not derived"));
    }
    if (base && (includes.length === 0 || includes.some((part) => !base.categories.some((c) => c.code === part)))) {
      inCategories(at(row.includes, `codes of ${base.name}`));
    }
    siblings.push({code, label: row.label.text, labelEn: row.label_en.text, spellings, includes});
  }

  for (const {name, line, categories: own} of codebook.values()) {
    if (own.length === 0) {
      inVariables({line, column: 1, found: quote(name), expected: "a variable with categories in categories.csv"});
    }
  }
  for (const [name, codes] of [
    // Which measures there must be, the catalogue says.
    ["measure", []],
    ["summary", [TOTAL, MISSING]]
  ] as const) {
    const variable = codebook.get(name);
    const missing = codes.filter((code) => !variable?.categories.some((c) => c.code === code));
    if (!variable) {
      inVariables({line: null, column: null, found: `no variable “${name}”`, expected: `a line “${name},structure,…”`});
    } else if (missing.length > 0 && missing.length < codes.length) {
      const expected = missing.map((code) => `a line “${name},${code},…”`).join(", ");
      inCategories({line: null, column: null, found: `no ${name} ${missing.map(quote).join(", ")}`, expected});
    }
  }
  return codebook;
}

/** The code of a category by the label that a table prints, or undefined. A spelling of that one table goes first. */
export function codeOf(variable: Variable, label: string, table: TableId): string | undefined {
  const spelt = (where: TableId | null) =>
    variable.categories.find((c) => c.spellings.some((s) => s.text === label && s.table === where))?.code;
  return spelt(table) ?? spelt(null);
}

/** Every label by which a table may print the categories of a variable: what is expected where none matches. */
export function spellingsOf(variable: Variable, table: TableId): string[] {
  return variable.categories.flatMap((c) =>
    c.spellings.filter((s) => s.table === null || s.table === table).map((s) => s.text)
  );
}

/** `Trygdetat`, or for one table only `Antall @17`; `(blank)` stands for no label at all. */
function readSpelling(text: string): Spelling {
  const match = /^(.*?)(?: @([\w.-]+))?$/.exec(text);
  const label = match?.[1] ?? text;
  return {text: label === "(blank)" ? "" : label, table: match?.[2] ? readTableId(match[2]) : null};
}

function sameSpelling(a: Spelling, b: Spelling): boolean {
  return a.text === b.text && a.table === b.table;
}
