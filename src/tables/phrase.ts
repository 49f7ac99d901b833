/** What stands in the places of a phrase. */
export type Values = Readonly<Record<string, string | number>>;

/** Says a phrase of the site, given in English, in some language: `say("Table {table}", {table: 21})`. */
export type Say = (english: string, values?: Values) => string;

/** A phrase with its places filled. */
export function fill(phrase: string, values: Values = {}): string {
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
