import type {CategoryEntry, VariableEntry} from "../../src/tables/labels.js";
import {readTableId, type TableId} from "../../src/tables/table-id.js";
import {type Complain, quote, reportIn} from "./problem.js";
import {readRecords} from "./sheet.js";

/** A category of a variable. */
export interface Category extends CategoryEntry {
  /** How tables print it. */
  readonly spellings: readonly Spelling[];
}

/** A label as printed; with `table`, a label that only that table prints (a misprint, as a rule). */
export interface Spelling {
  readonly text: string;
  readonly table: TableId | null;
}

/** A variable of the codebook. A `structure` is no question to respondents but something that tables are built of. */
export interface Variable extends Omit<VariableEntry, "variable" | "categories"> {
  readonly name: string;
  /** In the codebook's order. */
  readonly categories: readonly Category[];
}

/** The variables by name, in the codebook's order. */
export type Codebook = ReadonlyMap<string, Variable>;

const variableHeader = "variable,kind,label,label_en,question,question_en,asked,asked_en,derived_from";
const categoryHeader = "variable,code,order,label,label_en,spellings,includes";

/** The code of totals, in every table. */
export const TOTAL = "total";

/** The code of lines that count missing answers. */
export const MISSING = "missing";

/** Reads `variables.csv` and `categories.csv`. Answers with what could be read; every problem is reported. */
export function readCodebook(variables: Uint8Array, categories: Uint8Array, complain: Complain): Codebook {
  const codebook = new Map<string, Variable & {categories: Category[]}>();
  const variableRows = readRecords("variables.csv", variables, variableHeader, complain);
  const categoryRows = readRecords("categories.csv", categories, categoryHeader, complain);
  // Without one of the files everything in the other would be called unknown.
  if (!variableRows || !categoryRows) return codebook;

  for (const row of variableRows) {
    const {variable: name, label, question, asked, derived_from: base, ...texts} = row.texts;
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(name)) {
      row.refuse("variable", "a name of at most 32 lower-case letters, digits and “_”");
    }
    if (codebook.has(name)) row.refuse("variable", "each variable once");
    const kind = row.pick("kind", ["nominal", "ordinal", "structure"] as const) ?? "nominal";
    row.require(["label", "label_en"], "a label");
    if (base && (!codebook.has(base) || base === name)) row.refuse("derived_from", "a variable from a line above");
    codebook.set(name, {
      name,
      kind,
      label,
      labelEn: texts.label_en,
      question,
      questionEn: texts.question_en,
      asked,
      askedEn: texts.asked_en,
      derivedFrom: base || null,
      categories: []
    });
  }

  const unknown = new Set<string>();
  const lastOrder = new Map<string, number>();
  for (const row of categoryRows) {
    const {texts} = row;
    const {code} = texts;
    const variable = codebook.get(texts.variable);
    if (!variable) {
      if (!unknown.has(texts.variable)) row.refuse("variable", "a variable that variables.csv has");
      unknown.add(texts.variable);
      continue;
    }
    const {name, derivedFrom, categories: siblings} = variable;
    if (!/^[a-z0-9_]{1,32}$/.test(code) || ([TOTAL, MISSING].includes(code) && name !== "summary")) {
      row.refuse("code", `a code of lower-case letters, digits and “_”, other than “${TOTAL}” and “${MISSING}”`);
    }
    if (siblings.some((c) => c.code === code)) row.refuse("code", `each code of ${name} once`);
    const order = (lastOrder.get(name) ?? 0) + 1;
    if (texts.order !== String(order)) row.refuse("order", `${quote(String(order))}: categories are numbered in order`);
    lastOrder.set(name, Number(texts.order) || order);
    row.require(["label", "label_en"], "a label");
    const spellings = texts.spellings ? texts.spellings.split(" | ").map(readSpelling) : [];
    for (const {text, table} of spellings) {
      const isSame = (other: Spelling) => other.text === text && other.table === table;
      const clash = siblings.find((c) => c.code !== code && c.spellings.some(isSame));
      if (clash) row.refuse("spellings", `no spelling that “${clash.code}” has already`);
    }
    const includes = row.words("includes");
    const base = codebook.get(derivedFrom ?? "");
    if (derivedFrom === null && includes.length > 0) row.refuse("includes", "nothing: the variable is not derived");
    if (base && (includes.length === 0 || includes.some((part) => !base.categories.some((c) => c.code === part)))) {
      row.refuse("includes", `codes of ${base.name}`);
    }
    siblings.push({code, label: texts.label, labelEn: texts.label_en, spellings, includes});
  }

  for (const row of variableRows) {
    const isEmpty = codebook.get(row.texts.variable)?.categories.length === 0;
    if (isEmpty) row.refuse("variable", "a variable with categories in categories.csv");
  }
  // Which measures there must be, the catalogue says.
  for (const [name, codes] of Object.entries({measure: [], summary: [TOTAL, MISSING]})) {
    const variable = codebook.get(name);
    const missing = codes.filter((code) => !variable?.categories.some((c) => c.code === code));
    const report = reportIn(`${variable ? "categories" : "variables"}.csv`, complain);
    const expected = missing.map((code) => `a line “${name},${code},…”`).join(", ");
    if (!variable) report(null, `no variable “${name}”`, `a line “${name},structure,…”`);
    else if (missing.length === 1) report(null, `no ${name} ${missing.map(quote).join(", ")}`, expected);
  }
  return codebook;
}

/** The variable that is asked about: itself, or the one whose answers it merges. */
export function baseOf({derivedFrom, name}: Variable): string {
  return derivedFrom ?? name;
}

/** The code of a category by the label that a table prints, or undefined. A spelling of that one table goes first. */
export function codeOf(variable: Variable, label: string, table: TableId): string | undefined {
  const spelt = (where: TableId | null) =>
    variable.categories.find((c) => c.spellings.some((s) => s.text === label && s.table === where))?.code;
  return spelt(table) ?? spelt(null);
}

/** Every label by which a table may print the categories of a variable, or one of them: what is expected of a label. */
export function spellingsOf({categories}: Variable, table: TableId, code?: string): string[] {
  return categories
    .filter((category) => code === undefined || category.code === code)
    .flatMap(({spellings}) => spellings.filter((s) => s.table === null || s.table === table).map(({text}) => text));
}

/** `Trygdetat`, or for one table only `Antall @17`; `(blank)` stands for no label at all. */
function readSpelling(text: string): Spelling {
  const match = /^(.*?)(?: @([\w.-]+))?$/.exec(text);
  const label = match?.[1] ?? text;
  return {text: label === "(blank)" ? "" : label, table: match?.[2] ? readTableId(match[2]) : null};
}
