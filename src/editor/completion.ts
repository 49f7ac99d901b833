import type {Completion, CompletionContext, CompletionResult} from "@codemirror/autocomplete";
import type {ScopeNames} from "../sandbox/messages.js";
import type {ReportEntries} from "../tables/labels.js";

/** What completion knows: the names in the sandbox, and the codebook. */
export interface Vocabulary {
  readonly names: ScopeNames;
  readonly report: ReportEntries;
}

/** Completes names in scope, members of libraries, columns of tables, and, in quotes, columns and category codes. */
export function completions(vocabulary: () => Vocabulary | null) {
  return ({state, pos, explicit}: CompletionContext): CompletionResult | null => {
    const known = vocabulary();
    if (!known) return null;
    const line = state.doc.lineAt(pos);
    const [before = "", word = ""] = line.text.slice(0, pos - line.from).split(/([\w$]*)$/);
    const options = optionsAt(before, known, explicit || word.length > 0);
    return options ? {from: pos - word.length, options, validFor: /^[\w$]*$/} : null;
  };
}

/** What can follow the text that stands before the cursor on its line; null when nothing is offered. */
function optionsAt(before: string, {names, report}: Vocabulary, asked: boolean): Completion[] | null {
  const compared = /\b(\w+)\)?\s*[!=]==?\s*["'`]$/.exec(before)?.[1];
  if (inQuotes(before)) {
    const codes = categories(report, compared);
    return compared !== undefined && codes.length > 0 ? codes : [...columns(names, report), ...categories(report)];
  }
  const owner = /([\w$]+|\))\s*\??\.$/.exec(before)?.[1];
  if (owner !== undefined) {
    const members = names.members[owner];
    if (members) return members.map((label) => ({label, type: "function"}));
    // The rows that functions are given: `d => d.role`, `(d) => …`.
    if (/^(d|r|row|_)$/.test(owner)) return columns(names, report);
    const methods = (names.members.table ?? []).map((label) => ({label, type: "method"}));
    return owner === ")" || owner in names.columns ? methods : null;
  }
  if (!asked || /[.\d]$/.test(before)) return null;
  return names.globals.map((label) =>
    label in names.columns
      ? {label, type: "variable", detail: "table"}
      : {label, type: label in names.members ? "namespace" : "function"}
  );
}

/** Whether the cursor stands in a string that begins on its line. */
function inQuotes(before: string): boolean {
  return /["'`]/.test(before.replaceAll(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, ""));
}

/** The columns of all tables, those of the respondents first, with what they mean. */
function columns({columns}: ScopeNames, report: ReportEntries): Completion[] {
  const labels = new Map(report.variables.map((v) => [v.variable, v.labelEn]));
  const own = columns.respondents ?? [];
  return [...new Set([...own, ...Object.values(columns).flat()])].map((label) => ({
    label,
    type: "property",
    ...(own.includes(label) ? {detail: labels.get(label) ?? "", boost: 1} : {})
  }));
}

/** The codes of a variable’s categories, or of all variables of the respondents; each once. */
function categories(report: ReportEntries, variable?: string): Completion[] {
  const found = new Map<string, Completion>();
  for (const {variable: name, kind, labelEn, categories: list} of report.variables) {
    if (variable === undefined ? kind === "structure" : name !== variable) continue;
    for (const {code, labelEn: meaning} of list) {
      const detail = variable === undefined ? `${labelEn}: ${meaning}` : meaning;
      if (!found.has(code)) found.set(code, {label: code, type: "enum", detail});
    }
  }
  return [...found.values()];
}
