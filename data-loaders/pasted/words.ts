import vocabulary from "./words.json" with {type: "json"};

/**
 * The words by which printed tables say what their numbers are, in the languages that tables are pasted in. A label
 * ends or begins with them (“Female, n (%)”) or is one (“Valid Percent”).
 */

/** What a printed number of a pasted table is. */
export const pastedMeasures = [
  "count",
  "percent",
  "valid_percent",
  "cumulative_percent",
  "base",
  "mean",
  "sd",
  "median",
  "odds_ratio",
  "b",
  "se",
  "beta",
  "lower",
  "upper",
  "p",
  "statistic",
  "df",
  "r2",
  "correlation"
] as const;
export type PastedMeasure = (typeof pastedMeasures)[number];

/** The words of `words.json` as a pattern, in which `{count}` and the like stand for others. */
function patternOf(words: readonly string[]): string {
  const named = new Map<string, readonly string[]>(Object.entries(vocabulary.parts));
  return words.join("|").replace(/\{([a-z]+)\}/g, (_, name: string) => `(?:${patternOf(named.get(name) ?? [])})`);
}

const END = "[\\s)\\]]*";

/** The longest first: a pattern that stands at the end of a text, and the measures in the order it names them. */
const patterns = vocabulary.tails.map(([words = "", measures = ""]) => {
  const pattern = patternOf([words]);
  return {
    whole: new RegExp(`^[(\\[]?(?:${pattern})${END}$`, "i"),
    // Behind a label a bare letter or word counts only if a comma, a bracket or a blank sets it apart.
    tail: new RegExp(`(?:[\\s,;:–-]*[(\\[]|[,;:–-]\\s*|\\s)(?:${pattern})${END}$`, "i"),
    measures: measures.split(" ") as PastedMeasure[]
  };
});

/** Measures that a single word says only by itself or in brackets: “M”, “OR” and “average” end labels as well. */
const shy = new Set<PastedMeasure>(["mean", "median", "odds_ratio", "lower", "upper", "base"]);

/** A head or a row label: what is left of it as a label, the group size it prints, and what it says its numbers are. */
export interface Head {
  readonly label: string;
  readonly base: string | null;
  readonly measures: readonly PastedMeasure[];
}

const BASE = /[\s,;:–-]*[([]?\s*\b[nN]\s*[=:]\s*((?:\d{1,3}(?:[ ,.'’]\d{3})+|\d+)(?!\d))\s*(%?)\s*[)\]]?/;

export function readHead(text: string): Head {
  const found = BASE.exec(text);
  const base = found && !found[2] ? (found[1] ?? null) : null;
  let label = unmarked(
    base === null || !found ? text : `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
  );
  // “Age, mean (SD), y”: a unit follows what the numbers are; “No. (%) of patients” names no variable.
  const [, said, unit] = /^(.*\b(?:mean|median|no\.?|n)\s*[([].*[)\]])\s*,\s*([^,()]{1,12})$/i.exec(label) ?? [];
  if (said && unit) {
    const inner = readHead(said);
    return {...inner, base, label: `${inner.label}, ${unit}`};
  }
  label = label.replace(/^((?:n|nos?\.?|number) ?\(%\)) of (?:the )?\p{L}+$/iu, "$1");
  const own = patterns.find(({whole}) => whole.test(label));
  if (own && own.measures[0] !== "odds_ratio") return {label: "", base, measures: own.measures};
  // “% who agree”, “Percent of cases”: said before what it is of.
  if (SHARE.test(label)) return {label, base, measures: ["percent"]};
  for (const {tail, measures} of patterns) {
    const cut = tail.exec(label);
    // “Crude OR” and “Adjusted OR (95% CI)” are two columns: the word is a part of the label.
    if (measures[0] === "odds_ratio" && (cut || own)) {
      return {label: label.replace(/[\s,]*[([]?\s*(?:9\d ?%|C\.?I\b).*$/i, ""), base, measures};
    }
    if (!cut || (measures.length === 1 && shy.has(measures[0] as PastedMeasure) && !/[,(]/.test(cut[0]))) continue;
    // “No (n)” loses its measure, “Group N” keeps its name.
    if (measures[0] === "count" && measures.length === 1 && /\s[A-Z]$/.test(label)) continue;
    label = label.slice(0, cut.index).trim();
    return {label, base, measures};
  }
  return {label, base, measures: []};
}

const SHARE = new RegExp(
  `^${patternOf(["{percent}"])} (?:who|of|that|with|saying|answering|within|som|av|med|der|mit|von)\\b`,
  "i"
);

/** A label without the marks of footnotes at its end. */
export function unmarked(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\s*(?:[*†‡§¶]+|[¹²³⁴⁵⁶ᵃᵇᶜᵈᵉᶠ]+|\^\w|\s[a-d1-9]\))$/, "")
    .replace(/[\s,;:]+$/, "")
    .trim();
}

const isWord = (words: readonly string[]) => {
  const regex = new RegExp(`^(?:${patternOf(words)})$`, "i");
  return (text: string) => regex.test(text.trim());
};

const {words} = vocabulary;
export const isP = isWord(words.p);
export const isStatistic = isWord(words.statistic);
/** The coefficients of a regression: a bare B or estimate is one where others stand beside it. */
export const isCoefficient = isWord(["{b}"]);
/** Numbers that are of no measure here. */
export const isOther = isWord(words.other);
export const isDf = isWord(words.df);
export const isTotal = isWord([...words.total, ...words.net]);
/** A line that counts some of the others once more: “NET: agree”. */
export const isNet = isWord(words.net);
export const isBase = isWord(words.base);
/** Words in a corner or over row labels that name no variable. */
export const isGeneric = isWord(words.generic);
export const isMissing = isWord(words.missing);

/** Names of variables that tables print before the first category of a stack: “Sex Women”, “Age groups Young”. */
const VARIABLE = new RegExp(`^((?:${patternOf(words.variable)})[:,]?) (?=[\\p{Lu}\\d<>≤≥])`, "iu");

/** A stack's first label that has the variable's name before it, in two. */
export function splitVariable(label: string): {variable: string; label: string} | null {
  const found = VARIABLE.exec(label);
  return found?.[1] ? {variable: found[1].replace(/[:,]$/, ""), label: label.slice(found[0].length)} : null;
}
