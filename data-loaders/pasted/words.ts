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

const COUNT =
  "(?:n|nos?\\.|number|counts?|freq(?:uency|uencies|\\.)?|frequency|antall?|anzahl|häufigkeit|effectifs?|frekvens)";
const PERCENT =
  "(?:(?:(?:row|col(?:umn)?|cell|table|layer|total|subtable)(?: valid)?(?: n)? ?)?(?:%|percent(?:age)?s?|per cent|pct\\.?|prosent|prozent|procent|pourcentage))";
const SD = "(?:s\\.?d\\.?|std\\.?(?: ?dev(?:iation|\\.)?)?|standard deviation|standardavvik)";
const MEAN = "(?:mean|average|m|gjennomsnitt|mittelwert|moyenne)";
const OR = "(?:[ac]?or|odds ratios?|hr|[ai]?rr|pr|hazard ratios?|risk ratios?|exp\\(b\\))";
const CI =
  "(?:(?:95|99|90) ?% ?)?(?:ci|c\\.i\\.|confidence intervals?|conf\\. interval|ki|konfidensintervall)(?:,? ?\\(?(?:95|99|90) ?%\\)?)?(?: for .*)?";
const B = "(?:unstandardi[sz]ed )?(?:b|coef(?:ficients?|\\.)?|estimates?)(?: \\(b\\))?";
const SE = "(?:s\\.?e\\.?|std\\.? ?err(?:ors?|\\.)?|standard errors?|standardfeil)(?: \\(?b\\)?)?";
const BETA = "(?:(?:standardi[sz]ed |std\\.? )?(?:β|beta)(?: coefficients?)?|standardi[sz]ed coefficients?)";
const JOIN = "[\\s,;/&(\\[±]*(?:and|\\+/?-|±)?[\\s(\\[]*";
const END = "[\\s)\\]]*";

/** The longest first: a pattern that stands at the end of a text, and the measures in the order it names them. */
const tails: readonly (readonly [string, readonly PastedMeasure[]])[] = [
  [`${OR}${JOIN}${CI}`, ["odds_ratio", "lower", "upper"]],
  [`${MEAN}${JOIN}${SD}`, ["mean", "sd"]],
  [`${MEAN}${JOIN}${CI}`, ["mean", "lower", "upper"]],
  [`median${JOIN}(?:iqr|interquartile range|range|q1.*q3|p25.*p75)`, ["median", "lower", "upper"]],
  [`n ?/ ?n${JOIN}${PERCENT}`, ["count", "base", "percent"]],
  [`${COUNT}${JOIN}${PERCENT}`, ["count", "percent"]],
  [`${PERCENT}${JOIN}${COUNT}`, ["percent", "count"]],
  [`${PERCENT}${JOIN}${CI}`, ["percent", "lower", "upper"]],
  [`(?:${B}|β)${JOIN}${CI}`, ["b", "lower", "upper"]],
  [`(?:${B}|β)${JOIN}${SE}`, ["b", "se"]],
  [SE, ["se"]],
  [BETA, ["beta"]],
  [`valid ${PERCENT}|gyldig ${PERCENT}`, ["valid_percent"]],
  [`cum(?:ulative|\\.)? ?(?:${PERCENT}|freq\\w*)?|kumulativ ${PERCENT}`, ["cumulative_percent"]],
  [CI, ["lower", "upper"]],
  ["lower(?: limit| bound)?", ["lower"]],
  ["upper(?: limit| bound)?", ["upper"]],
  [SD, ["sd"]],
  [PERCENT, ["percent"]],
  [
    `(?:unweighted |weighted )?bases?|sample size|(?:number of|no\\. of|total) (?:respondents|cases|persons|participants)`,
    ["base"]
  ],
  [COUNT, ["count"]],
  [MEAN, ["mean"]],
  ["median", ["median"]],
  [OR, ["odds_ratio"]]
];
const patterns = tails.map(([pattern, measures]) => ({
  whole: new RegExp(`^[(\\[]?(?:${pattern})${END}$`, "i"),
  // Behind a label a bare letter or word counts only if a comma, a bracket or a blank sets it apart.
  tail: new RegExp(`(?:[\\s,;:–-]*[(\\[]|[,;:–-]\\s*|\\s)(?:${pattern})${END}$`, "i"),
  measures
}));

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

const SHARE = new RegExp(`^${PERCENT} (?:who|of|that|with|saying|answering|within|som|av|med|der|mit|von)\\b`, "i");

/** A label without the marks of footnotes at its end. */
export function unmarked(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/\s*(?:[*†‡§¶]+|[¹²³⁴⁵⁶ᵃᵇᶜᵈᵉᶠ]+|\^\w|\s[a-d1-9]\))$/, "")
    .replace(/[\s,;:]+$/, "")
    .trim();
}

const isWord = (pattern: string) => {
  const regex = new RegExp(`^(?:${pattern})$`, "i");
  return (text: string) => regex.test(text.trim());
};
const MARK = "[\\s*†‡§a-d]*";

export const isP = isWord(
  `p|p ?=|p ?[-– ]?(?:values?|verdi|wert)(?: ?\\(.*\\))?|(?:asymp\\w*\\.?|exact)?.{0,3}sig(?:\\.|nificance|nifikans)?(?: ?\\(.*\\))?|pr(?:ob)?\\.?|pr ?> ?.*`
);
export const isStatistic = isWord(
  `(?:pearson.{0,3} )?(?:[χΧ]|chi|kji|khi|ji|x)[- ]?(?:[2²]|squared?|kvadrat|quadrat|deux)?(?: ?\\(.*\\)| tests?| values?| statistics?)?|[fgtzu]²?2?(?: ?\\(.*\\))?|test statistics?|statistics?|value|wald|test value|f value|t value|z value|likelihood[- ]ratio.*|linear-by-linear.*|fisher.*|pearson.*|(?:goodman.*)?gamma|cram[eé]r.{0,3}s? v|phi|kendall.*|tau.?[bc]?`
);
/** The coefficients of a regression: a bare B or estimate is one where others stand beside it. */
export const isCoefficient = isWord(B);
/** Numbers that are of no measure here. */
export const isOther = isWord(
  `vif|tolerance|rank|min(?:imum)?\\.?|max(?:imum)?\\.?|range|skewness|kurtosis|variance|expected(?: count)?|.*residuals?`
);
export const isDf = isWord(`d\\.? ?f\\.?|degrees of freedom|frihetsgrader`);
export const isTotal = isWord(
  `(?:sub)?totals?|totalt|.+ (?:totalt|i alt|in total|subtotal)|net\\b.*|.* \\(net\\)|all|alle|i alt|sum|sums|overall|all (?:respondents|participants|patients|persons)|gesamt|insgesamt|ensemble|total sample|whole sample|both|samtlige|tot\\.?|column total|row total|grand total|everyone|everybody`
);
export const isBase = isWord(
  `(?:un ?weighted |weighted |effective |total )?(?:bases?|n|sample size)(?: ?[=:(].*)?|\\(?n ?=?\\)?|(?:total )?(?:number|no\\.?|antall?|tallet|anzahl) (?:of|på|av)? ?(?:respondents|persons|cases|people|participants|patients|women|men|interviews|interviewed|personer|spurte|respondenter|svar|befragten?|who ).*|(?:antall )?(?:spurte|respondenter|intervjuede|respondents)|n of valid cases|observations|valid n|sample`
);
/** Words in a corner or over row labels that name no variable. */
export const isGeneric = isWord(
  `(?:socio-?demographic |demographic |baseline |patient )?(?:variables?|characteristics?|items?|statements?|questions?|categor(?:y|ies)|groups?|levels?|factors?|parameters?|response|answers?|options?|variabler?|kjennetegn|kategori(?:er)?|gruppe|spørsmål|svar)s?${MARK}|model|label|`
);
export const isMissing = isWord(
  `missing(?: .*)?|system(?: missing)?|no answer|not stated|not answered|ubesvart|uoppgitt|mangler|na|n/a|no response`
);

/** Names of variables that tables print before the first category of a stack: “Sex Women”, “Age groups Young”. */
const VARIABLE =
  /^((?:age(?: groups?)?(?: \(.*?\))?|sex|gender|area|region|residence|place of residence|education(?:al)?(?: level)?|marital status|occupation|employment(?: status)?|income|race|ethnicity|religion|nationality|smoking(?: status)?|alder(?:sgruppe)?|kjønn|utdanning)[:,]?) (?=[\p{Lu}\d<>≤≥])/iu;

/** A stack's first label that has the variable's name before it, in two. */
export function splitVariable(label: string): {variable: string; label: string} | null {
  const found = VARIABLE.exec(label);
  return found?.[1] ? {variable: found[1].replace(/[:,]$/, ""), label: label.slice(found[0].length)} : null;
}

/** A line that counts some of the others once more: “NET: agree”. */
export const isNet = isWord(`net\\b.*|.* \\(net\\)`);
