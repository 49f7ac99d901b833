/** What a figure gives: the drawing, and the same in words and in numbers. */
export interface Drawing {
  readonly node: SVGSVGElement | HTMLElement;
  /** What the drawing shows, in a sentence or two, for readers who do not see it. */
  readonly words: string;
  /** The numbers that are drawn, a line each, as they are to be read: `{Role: "Adviser", Share: "24%"}`. */
  readonly numbers: readonly Readonly<Record<string, string | number>>[];
  /** How to read it, where that is not plain: what dots, lines and fills are. */
  readonly key?: string;
  /** The language that its labels are in. */
  readonly language: string;
  /** How many people are drawn, for the line of its source. */
  readonly n?: number;
}

/** The label of a variable’s category, or of the variable itself where no category is named, in the reader’s language. */
export interface Labels {
  (variable: string, code?: string | null): string;
  /** The language that labels are in: `en`, or the report’s own. */
  readonly language: string;
}

/** What every figure may be told. */
export interface FigureOptions {
  readonly label: Labels;
  /** In pixels; a page’s own `width`. */
  readonly width?: number;
}

/** A text in the languages of the site, or one that is the same in all. */
export type Text = string | Readonly<Record<string, string>>;

/**
 * A text in one language, or in English where it is not given in that one. Numbers in it may be written as in English:
 * in other languages percent signs are set apart and decimals get a comma.
 */
export function textIn(text: Text, language: string): string {
  const own = typeof text === "string" ? text : text[language];
  if (own === undefined) return textIn((text as Readonly<Record<string, string>>).en ?? "", "en");
  if (language === "en") return own;
  return own.replaceAll(/(\d)\s?%/g, "$1\u202f%").replaceAll(/(\d)\.(\d)/g, "$1,$2");
}
