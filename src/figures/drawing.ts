import words from "../report/words.json";
import {percentText} from "../tables/format.js";
import type {Labels} from "../tables/labels.js";
import {fill, type Say} from "../tables/phrase.js";

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

/** What every figure may be told. */
export interface FigureOptions {
  readonly label: Labels;
  /** In pixels; a page’s own `width`. */
  readonly width?: number;
}

/** How many of a group: `count` of `n`, a share from 0 to 1 with its interval, as `derive(shares)` makes it. */
export interface ShareRow {
  readonly count: number;
  readonly n: number;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** Such a row as a figure’s numbers have it. */
export function shareNumbers({count, n, ...shares}: ShareRow, language: string, digits = 0) {
  const say = sayIn(language);
  const [share, from, to] = [shares.share, shares.lower, shares.upper].map((d) => percentText(d, language, digits));
  const texts = {[say("Share")]: share ?? "", [say("From")]: from ?? "", [say("To")]: to ?? ""};
  return {[say("Count")]: count, [say("Of")]: n, ...texts};
}

/** A text in English and in the report’s language, or one that is the same in both. */
export type Text = string | {readonly en: string; readonly [language: string]: string};

/**
 * A text in a language: in English, or else in the other language that it is given in. Numbers in it may be written as
 * in English: in other languages percent signs are set apart and decimals get a comma.
 */
export function textIn(text: Text, language: string): string {
  if (typeof text === "string") return text;
  const own = language === "en" ? undefined : Object.entries(text).find(([other]) => other !== "en")?.[1];
  return own?.replaceAll(/(\d)\s?%/g, "$1\u202f%").replaceAll(/(\d)\.(\d)/g, "$1,$2") ?? text.en;
}

/** The words of a text in lines, each of them as many as are not too long. */
export function linesOf(text: string, isLong: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.pop();
    const longer = last === undefined ? word : `${last} ${word}`;
    lines.push(...(last !== undefined && isLong(longer) ? [last, word] : [longer]));
  }
  return lines;
}

/** Gives an element attributes, and gives it back. */
export function withAttributes<T extends Element>(node: T, values: Readonly<Record<string, string | number>>): T {
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, String(value));
  return node;
}

/** An element of SVG with its attributes and its text. */
export function svgElement(name: string, values: Readonly<Record<string, string | number>>, text = ""): SVGElement {
  const node = withAttributes(document.createElementNS("http://www.w3.org/2000/svg", name), values);
  if (text) node.append(text);
  return node;
}

/** Translations by language and English phrase; the file has them by where they stand. */
const translations: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  Object.entries(words).map(([language, places]) => [language, Object.assign({}, ...Object.values(places))])
);

/** Says phrases of the site in a language, as src/report/words.json has them; in English what it does not have. */
export function sayIn(language: string): Say {
  return (english, values) => fill(translations[language]?.[english] ?? english, values);
}
