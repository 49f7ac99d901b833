import alike from "../report/synonyms.json";
import {spelling} from "../tables/spelling.js";

/** Something to be found: a page, a section of one, or a table. */
export interface Found {
  /** Its address, from the top of the site. */
  readonly id: string;
  readonly title: string;
  /** Its text in English, and what of it stands in the report's own language. */
  readonly text: string;
  readonly own: string;
  /** The number of the table that it is; empty for other things. */
  readonly table: string;
}

/** How the index is made and read. */
export const indexOptions = {
  fields: ["title", "text", "own"],
  storeFields: ["title", "text", "own", "table"],
  processTerm: (term: string) => spelling(term) || null
};

/** The number of the table that somebody asks for: “17”, “table 17”, “tabell 17”. */
export function tableAsked(text: string): string | null {
  return /^(?:tab[a-z]*\.?\s*)?([a-z]?\d+(?:\.\d+)?[a-z]?)$/i.exec(text.trim())?.[1]?.toLowerCase() ?? null;
}

/** Other words for what is looked for, in either language: the beginnings of words, which stand for the same here. */
export function synonyms(text: string): string[] {
  const words = text.split(/\s+/).map(spelling);
  return alike
    .filter((group) => {
      const starts = group.map((word) => spelling(word).slice(0, 8));
      return words.some((word) => word.length > 2 && starts.some((start) => word.startsWith(start)));
    })
    .flat();
}

/**
 * The words around the first place where one of the words looked for stands, in the English text or else in the other:
 * before it, itself, after it.
 */
export function excerpt({text, own}: Found, words: string): [before: string, hit: string, after: string] {
  const found = around(text, words);
  return found[1] || !own ? found : around(own, words);
}

function around(text: string, words: string): [before: string, hit: string, after: string] {
  const wanted = words.split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word.length > 1 ? [spelling(word)] : []));
  const hit = [...text.matchAll(/[\p{L}\p{N}]+/gu)].find(([word]) =>
    wanted.some((start) => spelling(word).startsWith(start))
  );
  if (!hit) return [`${text.slice(0, 100)}…`, "", ""];
  const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, hit.index - 45)));
  const end = hit.index + hit[0].length;
  return [`${start > 0 ? "…" : ""}${text.slice(start, hit.index)}`, hit[0], `${text.slice(end, end + 60)}…`];
}
