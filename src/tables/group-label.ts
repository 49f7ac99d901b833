import {MISSING} from "./crosstab.js";
import {categoryLabel, type Label, type ReportEntries, sideOf, variableEntry} from "./labels.js";

/**
 * What a group of a variable's categories is called: as the report calls it where the report merges them too, from its
 * first to its last for neighbours on a scale, else all of them.
 */
export function groupLabel(report: ReportEntries, variable: string, group: readonly string[]): Label {
  const labels = group.map((code) => categoryLabel(report, variable, code));
  const [first = {no: "", en: ""}] = labels;
  if (labels.length < 2) return first;
  const key = [...group].sort().join();
  const printed = report.variables
    .filter((entry) => entry.derivedFrom === variable)
    .flatMap((entry) => entry.categories)
    .find((category) => [...category.includes].sort().join() === key);
  if (printed) return {no: printed.label, en: printed.labelEn};
  const names = namesIn(report);
  const say = (phrase: (words: readonly string[], language: keyof Label) => string): Label => {
    const words = (language: keyof Label) =>
      labels.map((label, i) => (i === 0 ? label[language] : lower(label[language], names)));
    return {no: phrase(words("no"), "no"), en: phrase(words("en"), "en")};
  };
  const {codes} = sideOf(report, variable);
  const places = group.map((code) => codes.indexOf(code));
  const neighbours = places.every((place, i) => i === 0 || place === (places[i - 1] ?? 0) + 1);
  if (variableEntry(report, variable).kind === "ordinal" && neighbours && labels.length > 2 && !group.includes(MISSING))
    return say((words, language) => `${words[0]} ${language === "no" ? "til" : "to"} ${words.at(-1)}`);
  return say(
    (words, language) => `${words.slice(0, -1).join(", ")} ${language === "no" ? "og" : "and"} ${words.at(-1)}`
  );
}

/** A label within another: its first letter small, unless it is a name, which other labels have in their midst. */
function lower(label: string, names: ReadonlySet<string>): string {
  const [first = ""] = label.split(/[\s,()]/);
  return /^[A-ZÆØÅ][a-zæøå]/.test(label) && !names.has(first) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** Words with a capital letter that stand within a label of the codebook. */
function namesIn({variables}: ReportEntries): ReadonlySet<string> {
  const labels = variables.flatMap(({categories}) => categories.flatMap(({label, labelEn}) => [label, labelEn]));
  return new Set(labels.flatMap((label) => label.match(/(?<=[\s(])[A-ZÆØÅ][a-zæøå]+/g) ?? []));
}
