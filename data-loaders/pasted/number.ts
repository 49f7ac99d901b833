/** A number, or a sign in the place of one, as a field prints it. */
export interface Token {
  /** As it stands, with its signs: `1,404`, `29.4%`, `<.0001`, `0.004*`. */
  readonly printed: string;
  /** Null where nothing is known but a bound, a level or that there is nothing. */
  readonly value: number | null;
  /** The value if the only sign parts thousands and not decimals; else the same. */
  readonly whole: number | null;
  /** How many decimals are printed. */
  readonly digits: number;
  readonly kind: "number" | "missing" | "level";
  readonly bound: "<" | ">" | null;
  readonly percent: boolean;
  readonly bracket: boolean;
  /** What stands between it and the number before: `–` of a range, `±`, `/`. */
  readonly joint: string;
  /** What it is called in the field itself, lower case: `p`, `χ2`, `n`, `df`. */
  readonly name: string;
}

export type DecimalSign = "." | ",";

const NUMBER =
  /^(?:\d{1,3}(?:([ '’.,])\d{3})(?:\1\d{3})*(?!\d)(?:[.,·]\d+)?|\d+(?:[.,·]\d+|[.,](?=\s?%|$))?(?:e[-+]?\d{1,3}\b)?|[.,·]\d+)/i;
const MISSING =
  /^(?::(?: [a-z])?|\.{1,3}|…|[-−–—]{1,3}|x|n\/?a|n\.a\.|nd|\/|#|·|ref(?:erence|\.)?(?: group| category)?|\*{1,3})$/i;
const LEVEL = /^(?:\*{1,4}|n\.?\s?s\.?|†)$/i;
const NAMED =
  /^(\p{L}[\p{L}’'.²\- ]*?\d?)\s*(?:\(\s*(\d+(?:\s*,\s*[\d.]+)?)\s*\))?\s*(?:(=)|:|(?=[<>≤≥]))\s*(?=[<>≤≥−–\-.,]?\s*[.,]?\d)/u;

/** A field of which nothing is known but how it is printed. */
export function unread(printed: string, kind: Token["kind"] = "missing"): Token {
  const unknown = {value: null, whole: null, digits: 0, bound: null} as const;
  return {...unknown, printed, kind, percent: false, bracket: false, joint: "", name: ""};
}

/** The decimal sign of a table, by its numbers that can be read one way only; a point where none tells. */
export function decimalSign(texts: Iterable<string>): DecimalSign {
  let points = 0;
  let commas = 0;
  for (const text of texts) {
    for (const [run] of text.matchAll(/[\d.,]*\d[\d.,]*/g)) {
      const last = Math.max(run.lastIndexOf("."), run.lastIndexOf(","));
      const behind = run.length - last - 1;
      const mixed = run.includes(".") && run.includes(",");
      if (last < 0 || behind === 0 || run.indexOf(run[last] ?? "") < last) continue;
      if (!mixed && behind === 3 && last > 0 && last < 4 && !run.startsWith("0")) continue;
      if (run[last] === ".") points++;
      else commas++;
    }
  }
  return commas > points ? "," : ".";
}

function numberOf(digits: string, decimal: DecimalSign): {value: number; whole: number; digits: number} {
  // A raised point is one of decimals, as some journals have it.
  if (/e/i.test(digits)) {
    const value = Number(digits.replace(",", "."));
    return {value, whole: value, digits: Math.max(0, 2 - Math.floor(Math.log10(value)))};
  }
  const raised = digits.replace(/[,.](?=.*·)/g, "").replace("·", ".");
  if (raised !== digits) return numberOf(raised, ".");
  const text = digits.replace(/[ '’]/g, "");
  const signs = text.match(/[.,]/g) ?? [];
  const plain = (from: string) => {
    const cut = from.search(/[.,]/);
    const value = Number(from.replace(",", "."));
    return {value, whole: value, digits: cut < 0 ? 0 : from.length - cut - 1};
  };
  const thousands = Number(text.replace(/[.,]/g, ""));
  const last = signs.at(-1);
  if (signs.length === 0 || last === undefined) return plain(text);
  if (new Set(signs).size > 1) {
    const cut = text.lastIndexOf(last);
    return plain(`${text.slice(0, cut).replace(/[.,]/g, "")}.${text.slice(cut + 1)}`);
  }
  if (signs.length > 1) return {value: thousands, whole: thousands, digits: 0};
  const grouped = /^[1-9]\d{0,2}[.,]\d{3}$/.test(text);
  if (grouped && last !== decimal) return {value: thousands, whole: thousands, digits: 0};
  return grouped ? {...plain(text), whole: thousands} : plain(text.replace(/[.,]$/, ""));
}

/**
 * The numbers of a field: `62 (29.4%)` has two, `0.90 (0.89–0.91)` three, `χ2 = 0.003 P = 0.99` two with names. Null for
 * a field that has other words in it, and an empty list for an empty one.
 */
export function readField(text: string, decimal: DecimalSign): Token[] | null {
  let rest = text.trim();
  const tokens: Token[] = [];
  if (rest === "") return [];
  const bare = rest.replace(/^[([]\s*(.*?)\s*[)\]]$/, "$1");
  if (LEVEL.test(bare)) return [unread(rest, "level")];
  if (MISSING.test(bare)) return [unread(rest)];
  let depth = 0;
  let joint = "";
  let name = "";
  const eat = (pattern: RegExp, tight = false): RegExpExecArray | null => {
    const from = tight ? rest : rest.trimStart();
    const match = pattern.exec(from);
    if (match) rest = from.slice(match[0].length);
    return match;
  };
  while (rest.trim() !== "") {
    if (eat(/^[([{]/)) {
      depth++;
      continue;
    }
    // Stars and the marks of footnotes may stand behind the brackets: 0.83 (0.71–0.98)**, 15 (30.6)².
    if (eat(/^[)\]}]/)) {
      depth--;
      eat(/^(?:[*†‡§¶#+]+|[¹²³⁴⁵⁶ᵃᵇᶜᵈᵉᶠ]+|\^\w|[a-d1-9](?![\w.,%]))/, true);
      continue;
    }
    // Before a number: its name and the sign of a bound.
    const named = eat(NAMED);
    if (named) {
      name = (named[1] ?? "").trim().toLowerCase();
      for (const df of named[2]?.split(",") ?? []) {
        const own = numberOf(df.trim(), ".");
        tokens.push({...unread(df.trim(), "number"), ...own, bracket: true, name: "df"});
      }
    }
    const bound = eat(/^(<|>|≤|≥|&lt;|&gt;)\s*=?/)?.[1] ?? "";
    const sign = tokens.length === 0 || joint !== "" || depth > 0 || name ? eat(/^[-−–‐‑﹣－](?=\s?[.,]?\d)/) : null;
    const number = eat(NUMBER);
    if (!number) {
      const missing =
        depth > 0
          ? eat(/^(?:[-−–—]{1,3}|:|\.{1,2}|n\/?a|ref(?:erence|\.)?(?: \w+)?)(?=\s*[)\];,])/i)
          : eat(/^[-–—](?=\s*[([])/);
      if (!missing || bound) return null;
      tokens.push({...unread(missing[0].trim()), bracket: depth > 0, joint, name});
    } else {
      const percent = eat(/^\s?%/) !== null;
      // A letter close behind a number is a mark (4.005Y, 120.4(a)); a word is not.
      const mark =
        eat(
          /^(?:[*†‡§¶#+]+| \*{1,3}$| (?:[a-z]{1,2}|[A-Z]{1,3})$|\([a-z*†]\)|[a-zA-Z](?![a-zA-Z\d]|\s*[=<>])|[¹²³⁴⁵ᵃᵇᶜᵈ]+|\^\w)/,
          true
        )?.[0] ?? "";
      const own = numberOf(number[0], decimal);
      const minus = sign ? -1 : 1;
      const side = /^[<≤]|&lt;/.test(bound) ? "<" : bound ? ">" : null;
      const printed = `${bound}${sign?.[0] ?? ""}${number[0]}${percent ? "%" : ""}${/^[*†]/.test(mark) ? mark : ""}`;
      const values = {...own, value: own.value * minus, whole: own.whole * minus};
      tokens.push({...unread(printed, "number"), ...values, bound: side, percent, bracket: depth > 0, joint, name});
    }
    name = "";
    joint =
      rest.trim() === ""
        ? ""
        : (eat(/^(?:--|[-−–—~]|to\b|til\b|;|,|±|\+\/?-|\/|\||of\b|av\b|and\b|og\b|(?=[([{)\]}])|(?=\p{L}))/iu)?.[0] ??
          "none");
    if (joint === "none") return null;
  }
  return depth === 0 && tokens.length > 0 ? tokens : null;
}

/** Whether a text that can be read as a number is rather the name of a group: `18-24`, `≥60`, `51–70`, `2008`. */
export function isLabel(text: string): boolean {
  return (
    /^[<>≤≥]?\s*\d+\s*(?:-|–|—|to|til)\s*[<>≤≥]?\s*\d+\+?$/i.test(text) ||
    /^(?:[<>≤≥]=?|under|over)\s*\d+$/i.test(text) ||
    /^\d+\s*(?:\+|& ?\w+|or more|og over)$/i.test(text)
  );
}
